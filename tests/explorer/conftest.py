"""A workspace, a second corpus on an invented reform, a served explorer, and a browser."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Dialog,
    Locator,
    Page,
    Request,
    WebSocket,
    expect,
    sync_playwright,
)
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest

import explorer

ROOT = Path(__file__).resolve().parent.parent.parent
OTHER_REFORM = ROOT / "tests" / "graph" / "another_reform"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
COMMAND = [sys.executable, "-c", "from explorer.cli import app; app()"]

# On an address below the first, Streamlit looks for its own server there first, and finds it above.
LOOKED_FOR = ("/_stcore/health", "/_stcore/host-config")

PATIENCE = 120
"""Seconds that a page may take on a machine that has much else to do."""
expect.set_options(timeout=PATIENCE * 1000)

SETTLED = """() =>
    document.querySelector(".stException")
    || (document.querySelector("[data-test-script-state=notRunning]")
        && document.querySelectorAll(".rg-end").length === 1
        && !document.querySelector("[data-stale=true], [data-testid=stSkeleton]"))
"""
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
PAINTED = """canvas => {
  const {width, height} = canvas, pen = canvas.getContext("2d");
  const {data} = pen.getImageData(0, 0, width, height);
  let painted = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] > 0) painted++;
  return [painted / (width * height), canvas.toDataURL()];
}"""
RERUN_FOLLOWS = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN


def surroundings(home: Path, **settings: str) -> dict[str, str]:
    """Return the environment of a command with its own workspace."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("REFORMGRAPH_")
    }
    given = {f"REFORMGRAPH_{name.upper()}": value for name, value in settings.items()}
    rooms = str(Path(explorer.__file__).parent.parent)
    return {**kept, "PYTHONPATH": rooms, "REFORMGRAPH_HOME": str(home), **given}


@pytest.fixture(scope="session")
def surroundings_of() -> Callable[..., dict[str, str]]:
    """The function that makes the environment of a command."""
    return surroundings


@contextmanager
def served(environment: dict[str, str]) -> Iterator[str]:
    """Serve the explorer on a free port; yields its address."""
    # Elsewhere than in the project, whose .streamlit/config.toml would help: in a folder like one
    # of downloads, where somebody put files that bear the names of modules.
    elsewhere = Path(tempfile.mkdtemp())
    for name in ("h11", "streamlit", "json", "explorer"):
        (elsewhere / f"{name}.py").write_text("raise SystemExit('taken from this folder')\n")
    (elsewhere / ".streamlit").mkdir()
    (elsewhere / ".streamlit" / "config.toml").write_text(
        "[server]\nenableCORS = false\nenableXsrfProtection = false\nenableAgentApi = true\n"
    )
    server = subprocess.Popen(
        [sys.executable, "-P", *COMMAND[1:], "explore", "--port", "0"],
        cwd=elsewhere, env=environment, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stderr is not None
    told = []
    try:
        for line in server.stderr:
            told.append(line)
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                yield found[0]
                break
        else:
            pytest.fail(f"the explorer did not start: {''.join(told)}")
    finally:
        # Not Ctrl-C: a shell that runs the tests in the background has its children ignore that.
        server.terminate()
        server.wait(timeout=20)
        shutil.rmtree(elsewhere)


@pytest.fixture(scope="session")
def serve() -> Callable[[dict[str, str]], AbstractContextManager[str]]:
    """The function that serves the explorer in an environment."""
    return served


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer on the shipped corpus, with the documents where they are at hand.

    One for all files: nobody may change anything in it.
    """
    documents = os.environ.get("REFORMGRAPH_DOCUMENTS")
    given = {"documents": documents} if documents else {}
    with served(surroundings(tmp_path_factory.mktemp("shipped") / "home", **given)) as address:
        yield address


@pytest.fixture
def other_reform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus on another reform with its documents, in a workspace of its own."""
    folder = tmp_path / "corpus"
    shutil.copytree(OTHER_REFORM, folder)
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    monkeypatch.setenv("REFORMGRAPH_HOME", str(home))
    monkeypatch.setenv("REFORMGRAPH_CORPUS", str(folder))
    monkeypatch.setenv("REFORMGRAPH_DOCUMENTS", str(folder))
    return folder


@pytest.fixture(scope="session")
def river_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One workspace for all tests that change nothing: its snapshot is built once."""
    home = tmp_path_factory.mktemp("river") / "home"
    home.mkdir(mode=0o700)
    return home


@pytest.fixture
def river(river_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The corpus on an invented reform, with its documents at hand; nobody may change it."""
    for name, value in (
        ("HOME", river_home), ("CORPUS", OTHER_REFORM), ("DOCUMENTS", OTHER_REFORM),
    ):  # fmt: skip
        monkeypatch.setenv(f"REFORMGRAPH_{name}", str(value))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace, not made yet, of a reviewer of another reform without documents at hand."""
    for name, value in (
        ("HOME", tmp_path / "home"), ("CORPUS", OTHER_REFORM), ("REVIEWER", "Ada"),
    ):  # fmt: skip
        monkeypatch.setenv(f"REFORMGRAPH_{name}", str(value))
    monkeypatch.delenv("REFORMGRAPH_DOCUMENTS", raising=False)
    return tmp_path / "home"


@pytest.fixture(scope="session")
def chromium() -> str:
    """A Chromium: the one named, or one on the search path. Without any the test fails."""
    named = os.environ.get("REFORMGRAPH_CHROMIUM")
    path = named or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not path:
        pytest.fail("no Chromium is here: run `python3 start.py test`, which finds or installs one")
    return path


# --- a page without a browser -------------------------------------------------------------------


@pytest.fixture(scope="session")
def open_page() -> Callable[..., AppTest]:
    """The function that runs one page as if its address held these parameters.

    `before` are lines of a script to begin with. An exception in the page fails the test.
    """

    def opened(
        name: str, query: Mapping[str, str | Sequence[str]] | None = None, before: str = ""
    ) -> AppTest:
        script = f"{before}from explorer.views import {name}\n{name}.show()\n"
        page = AppTest.from_string(script, default_timeout=PATIENCE)
        for key, value in (query or {}).items():
            page.query_params[key] = value if isinstance(value, str) else list(value)
        page.run()
        assert not page.exception, [error.message for error in page.exception]
        return page

    return opened


@pytest.fixture(scope="session")
def html() -> Callable[[AppTest], str]:
    """The function that returns all that a page shows as HTML."""

    def shown(page: AppTest) -> str:
        assert not page.exception, [error.message for error in page.exception]
        return "\n".join(str(part.body) for part in page.html)

    return shown


# --- a browser ----------------------------------------------------------------------------------


@dataclass
class Visit:
    """A page in a browser, and what it asked for and complained about on the way."""

    page: Page
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    runs: bool = False
    """Whether the page was asked to run, or runs, and has not come to its end yet."""

    def __post_init__(self) -> None:
        self.page.on("request", self._asked)
        self.page.on("websocket", self._connects)
        self.page.on("console", self._told)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", self._asks)

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "file") and parts.hostname != "127.0.0.1":
            self.foreign.append(request.url)

    def _told(self, message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        if message.type == "error" and not where.endswith(LOOKED_FOR):
            self.errors.append(f"{message.text} ({where})")

    def _asks(self, dialog: Dialog) -> None:
        self.errors.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _connects(self, socket: WebSocket) -> None:
        self.runs = True  # the first thing a page asks for
        socket.on("framesent", self._sends)
        socket.on("framereceived", self._hears)

    def _sends(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes) and BackMsg.FromString(frame).HasField("rerun_script"):
            self.runs = True

    def _hears(self, frame: str | bytes) -> None:
        """Note the end of a run, unless another follows it at once."""
        if isinstance(frame, bytes):
            told = ForwardMsg.FromString(frame)
            if told.WhichOneof("type") == "new_session":
                self.runs = True
            elif told.WhichOneof("type") == "script_finished":
                self.runs = told.script_finished == RERUN_FOLLOWS

    def open(self, address: str) -> None:
        """Go to a page of the explorer and wait for its last line."""
        self.page.goto(address)
        self.settled()

    def settled(self) -> None:
        """Wait until the page has run to its end and shows nothing of the run before.

        What passes between browser and server tells; the page itself says nothing of a run that
        was asked for and has not begun, nor between the two runs of a decision.
        """
        until = time.monotonic() + PATIENCE
        while True:
            while self.runs:
                assert time.monotonic() < until, "the page still runs"
                self.page.wait_for_timeout(20)
            self.page.wait_for_function(DRAWN)
            self.page.wait_for_function(SETTLED)
            if not self.runs:
                break
        assert self.page.locator(".stException").count() == 0, self.page.inner_text("body")

    def choose(self, facet: str, words: str) -> None:
        """Choose the value of a list that has these words with the keyboard, as who types does.

        What is typed or entered while the list still opens may be lost before anything is sent to
        the explorer; somebody who sees that no value was taken types once more.
        """
        field = self.page.get_by_role("combobox", name=re.compile(f"^{facet}"))
        its_list = self.page.get_by_test_id("stMultiSelect").filter(has=field)
        taken = its_list.get_by_role("button", name=re.compile(f"^Remove .*{words}"))
        until = time.monotonic() + PATIENCE
        while not taken.is_visible():
            assert time.monotonic() < until, f"{facet}: {words} cannot be chosen"
            field.click()
            with suppress(PlaywrightTimeout):
                self.page.get_by_role("option").first.wait_for(timeout=5_000)
                field.press_sequentially(words)
                self.page.get_by_role("option", name=words).first.wait_for(timeout=5_000)
                self.page.keyboard.press("Enter")
            self.page.keyboard.press("Escape")  # empties the field, if nothing was taken
            self.page.keyboard.press("Escape")  # puts the list away
            with suppress(PlaywrightTimeout):
                taken.wait_for(timeout=5_000)
        self.settled()

    def draws(self, stage: str) -> Locator:
        """Wait until a picture is painted and moves no more; returns its canvas."""
        canvas = self.page.locator(f"{stage} canvas").first
        until, before = time.monotonic() + PATIENCE, ""
        while True:
            painted, picture = canvas.evaluate(PAINTED)
            if painted > 0.02 and picture == before:
                return canvas
            assert time.monotonic() < until, f"{painted:.3f} of the picture is painted"
            before = picture
            self.page.wait_for_timeout(100)

    def is_clean(self) -> None:
        """Assert that nothing was asked of another machine and nothing went wrong."""
        assert self.foreign == []
        assert self.errors == []


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium,
            args=[
                "--no-sandbox", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--no-first-run", "--disable-gpu", "--in-process-gpu",
                # Whatever slips through finds no other machine.
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
        )  # fmt: skip
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open a browser window of a size and a colour scheme, where nothing moves for show."""
    opened = []

    def begin(
        size: tuple[int, int] = (1400, 900), scheme: str = "light", offline: bool = False
    ) -> Visit:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            offline=offline,
        )
        context.set_default_timeout(PATIENCE * 1000)
        opened.append(context)
        return Visit(context.new_page())

    yield begin
    for context in opened:
        context.close()
