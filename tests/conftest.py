"""What every test stands on: its surroundings, the source documents, and no other machine."""

import fnmatch
import ipaddress
import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOT_AT_HAND = "source documents not at hand: set REFORMGRAPH_DOCUMENTS"
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}
DEAREST = (
    "explorer/test_accessible.py", "explorer/test_browser.py", "test_bad_inputs.py",
    "explorer/test_review_browser.py", "test_mutants.py", "explorer/test_cli_importing.py",
    "test_durability.py", "ontology/test_shapes.py", "explorer/test_load.py",
    "explorer/test_hostile_texts.py", "explorer/test_stories.py", "graph/test_engines.py",
    "explorer/test_review_lists.py", "explorer/test_selection_browser.py", "ingest/test_fuzzing.py",
)  # fmt: skip
"""The files that take longest: begun first, so that no core waits for one of them at the end."""
SEEDS = (
    "gherson-2021", "mrg-2026", "otherside-2025", "statewatch-2021", "the-hill-2021",
    "uk-parliamentarians-2021",
)  # fmt: skip
LOCAL_NAMES = {"", "localhost", "localhost.localdomain", "ip6-localhost"}
refused: list[str] = []


def stays_here(host: object) -> bool:
    """Whether a host is this machine: nameless, localhost, or a loopback address."""
    if host is None:
        return True
    name = (host.decode() if isinstance(host, bytes) else str(host)).lower()
    if name in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def refuse_other_machines(event: str, arguments: tuple[object, ...]) -> None:
    """Stop each connection, datagram and look-up that would leave this machine.

    An audit hook sees them before the system does, whatever library asks.
    """
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # a Unix socket is a path
    elif event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
        host = arguments[0]
    else:
        return
    if not stays_here(host):
        refused.append(f"{event} {host}")
        raise ConnectionRefusedError(f"tests may not reach another machine: {event} {host}")


sys.addaudithook(refuse_other_machines)


@pytest.fixture(autouse=True)
def no_other_machine() -> Iterator[None]:
    """Fail a test that tried to reach another machine, even where the code under test hid that."""
    yield
    tried = ", ".join(refused)
    refused.clear()
    assert not tried, f"tried to reach another machine: {tried}"


@pytest.fixture(autouse=True, scope="session")
def own_surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tester's own workspace, store and Streamlit settings out of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        kept = {"REFORMGRAPH_DOCUMENTS", "REFORMGRAPH_CHROMIUM"}
        for name in list(os.environ):
            if name.startswith(("REFORMGRAPH_", "STREAMLIT_")) and name not in kept:
                patch.delenv(name)
        patch.setenv("REFORMGRAPH_HOME", str(tmp_path_factory.mktemp("workspace")))
        patch.setenv("NO_PROXY", "127.0.0.1,localhost")
        yield


@pytest.fixture(scope="session")
def documents() -> Path:
    """The folder of the source documents; without one, the test that asks for it is skipped."""
    named = os.environ.get("REFORMGRAPH_DOCUMENTS")
    if not named:
        pytest.skip(NOT_AT_HAND)
    folder = Path(named)
    assert folder.is_dir(), f"REFORMGRAPH_DOCUMENTS names {named}, which is not a folder"
    return folder


@pytest.fixture(scope="session")
def seeds() -> dict[str, str]:
    """The corpus files with which the project began, by id: they stay as the corpus grows."""
    from ingest.reading import shipped_corpus  # a bench of tests elsewhere begins without it

    folder = shipped_corpus()
    return {name: (folder / f"{name}.yaml").read_text("utf-8") for name in SEEDS}


@pytest.fixture(scope="session")
def mapping() -> str:
    """What the columns of an invented list mean: who asks which State for what."""
    return (Path(__file__).parent / "fee-list.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def project_texts() -> dict[str, str]:
    """Every text file of the project by its path, but for the folders git leaves out.

    Found without git, which a machine with Python and nothing else does not have.
    """
    ignored = [".git/", *(ROOT / ".gitignore").read_text(encoding="utf-8").split()]
    left_out = [pattern.rstrip("/") for pattern in ignored if pattern.endswith("/")]
    texts = {}
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [f for f in folders if not any(fnmatch.fnmatch(f, p) for p in left_out)]
        for file in (Path(folder) / name for name in names if name not in left_out):
            content = file.read_bytes()
            if b"\0" not in content:
                texts[file.relative_to(ROOT).as_posix()] = content.decode("utf-8")
    return texts


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the dearest files first; which tests run, and how, does not change."""
    places = {ROOT / "tests" / name: place for place, name in enumerate(DEAREST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skipped test has failed."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"in CI a skip is a failure: {reason(report)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """In CI a file of tests that skips itself has failed, too."""
    report = yield
    if IN_CI and report.skipped:
        report.outcome, report.longrepr = "failed", f"in CI a skip is a failure: {reason(report)}"
    return report


def reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Why a test was skipped, as its author put it."""
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name every skipped test, and count them by their reason."""
    names: dict[str, list[str]] = {}
    for report in terminalreporter.getreports("skipped"):
        names.setdefault(reason(report), []).append(report.nodeid)
    for why, skipped in sorted(names.items()):
        tests = "1 test" if len(skipped) == 1 else f"{len(skipped)} tests"
        terminalreporter.section(f"{tests} skipped: {why}")
        for name in skipped:
            terminalreporter.line(name)
