"""Taking in, deciding and taking back on the command line."""

import datetime as dt
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner, Result

from explorer.cli import app

LETTER = (
    "Open letter on gauges\n\n"
    "We call on the River Board to read every gauge at noon. "
    "We urge the River Board to publish what the gauges show.\n\n"
    "In 2025 the board began to publish its gauges.\n"
)
runner = CliRunner()


def run(*words: str) -> Result:
    return runner.invoke(app, list(words))


def said(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(result: Result, code: int = 1) -> str:
    assert result.exit_code == code, result.output
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, lines
    assert "Traceback" not in result.output
    return lines[0]


def test_the_help_says_how_a_new_actor_is_written() -> None:
    assert "[ngo]" in said(run("assess", "--help"))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a workspace in which the letter is described; to be copied, not changed."""
    return tmp_path_factory.mktemp("letter")


@pytest.fixture
def letter(home: Path, prepared: Path, tmp_path: Path) -> Path:
    """A workspace with the letter, described."""
    assert not home.exists()
    file = tmp_path / "letter.txt"
    file.write_text(LETTER, encoding="utf-8")
    if not (prepared / "home").exists():
        about = ["--publisher", "Gauge Watch [ngo]", "--kind", "openLetter", "--issued", "2025-02"]
        said(run("add", str(file), "--id", "letter", *about))
        shutil.copytree(home, prepared / "home")
    else:
        shutil.copytree(prepared / "home", home)
    return file


def ids(*more: str) -> list[str]:
    return [one["id"] for one in json.loads(said(run("review", "letter", "--json", *more)))]


def accept(*more: str) -> str:
    one = ids()[0]
    known = json.loads(said(run("ask", "which_recommendations", "--format", "json")))
    theme = next(iter(known[0]["themes"])).rpartition("theme/")[2]
    addressee = known[0]["addressees"][0].rpartition("actor/")[2]
    return said(run("decide", "accept", one, "--label", "Read gauges daily", "--issuer",
                    "gauge-watch", "--addressee", addressee, "--new-ask", "Daily readings",
                    "--theme", theme, *more))  # fmt: skip


@pytest.mark.usefixtures("letter")
def test_a_file_is_read_told_kept_and_waits_for_decisions(home: Path) -> None:
    told = said(run("review"))
    assert told.startswith("letter  letter.txt: 2 open")
    queue = said(run("review", "letter"))
    assert "read every gauge at noon" in queue
    assert "2 candidates." in queue
    assert len(list((home / "originals").iterdir())) == 1


def test_a_batch_goes_on_with_the_rest_and_says_at_the_end_what_failed(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "batch"
    folder.mkdir()
    (folder / "a.txt").write_text("We call on the board to act.", encoding="utf-8")
    (folder / "b.txt").write_bytes(b"")
    (folder / "c.pdf").write_bytes(b"%PDF-1.7\nbroken")
    (folder / "d.txt").write_text("We urge the board to wait.", encoding="utf-8")
    monkeypatch.setattr("ingest.extraction.MOST", 0)
    result = run("add", str(folder))
    assert result.exit_code == 1
    assert result.stdout.count("Saved as decision") == 2
    # With more candidates than rules look for a document is kept, and its queue tells it.
    assert result.stdout.count("note: a.txt: has more than 0 candidates") == 1
    assert said(run("review")).count("Split it") == 2
    assert "Split it" in refused(run("review", "a"))
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == ["b.txt", "c.pdf"]
    assert len(list((home / "originals").iterdir())) == 2


@pytest.mark.usefixtures("letter")
def test_what_is_accepted_is_in_the_answers_and_what_is_undone_is_not() -> None:
    told = accept()
    assert told.startswith("Saved as decision 3: Ada accepted recommendation letter-read-gauges")
    ident = told.split("recommendation ")[1].split()[0]
    assert ident in said(run("ask", "which_recommendations", "--format", "csv"))
    assert "written    journal.jsonl line 3" in said(run("show", f"recommendation/{ident}"))
    assert said(run("undo", "3", "--reason", "Too early.")).startswith("Saved as decision 4")
    assert ident not in said(run("ask", "which_recommendations", "--format", "csv"))
    journal = said(run("journal")).splitlines()
    assert [line.split()[0] for line in journal] == ["4", "3", "2", "1"]
    assert journal[1].endswith("(taken back)")


@pytest.mark.usefixtures("letter")
def test_a_status_by_hand_counts_from_its_day_on() -> None:
    ident = accept().split("recommendation ")[1].split()[0]
    told = said(run("assess", ident, "inPractice", "--as-of", "2025-06-01", "--document", "letter",
                    "--first", "In 2025 the board", "--last", "publish its gauges."))  # fmt: skip
    assert "Saved as decision 4: Ada stated assessment" in told
    for day, count in (("2025-05-31", 0), ("2025-06-01", 1)):
        answer = said(run("ask", "what_happened_to", "--recommendation", ident, "--as-of", day,
                          "--format", "json"))  # fmt: skip
        assert len(json.loads(answer)) == count
    assert json.loads(answer)[0]["assessor"].endswith("actor/reviewer-ada")


@pytest.mark.usefixtures("letter")
def test_a_look_that_found_nothing_names_where_it_looked() -> None:
    ident = accept().split("recommendation ")[1].split()[0]
    said(run("assess", ident, "noInformation", "--axis", "adoption", "--basis", "curatorInferred",
             "--looked-in", "letter", "--searched", "Any rule on gauges; there is none.",
             "--note", "Silence of one letter."))  # fmt: skip
    answer = said(run("ask", "what_happened_to", "--recommendation", ident, "--format", "json"))
    assert json.loads(answer)[0]["lookedOn" if "lookedOn" in answer else "looked_on"]


@pytest.mark.usefixtures("letter")
def test_facts_of_a_file_are_stated_with_passages_by_their_words(tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text(
        "passages:\n"
        "  began: {section: letter, first: In 2025 the board, last: publish its gauges.}\n"
        "propositions:\n"
        "  - {id: gauges-public, label: The gauges are public, kind: factual}\n"
        "claims:\n"
        "  - {id: letter-gauges-public, passages: [began], summary: The board publishes now.,\n"
        "     proposition: gauges-public}\n",
        encoding="utf-8",
    )
    assert "claim letter-gauges-public" in said(run("state", "letter", str(facts)))
    facts.write_text(facts.read_text().replace("its gauges.}", "its barges.}"), encoding="utf-8")
    assert "facts.yaml line 2" in refused(run("state", "letter", str(facts)))
    facts.write_text("passages: [", encoding="utf-8")
    assert "facts.yaml line 1" in refused(run("state", "letter", str(facts)))


@pytest.mark.usefixtures("letter")
def test_a_candidate_is_split_by_a_file_of_two_recommendations(tmp_path: Path) -> None:
    accept()
    known = json.loads(said(run("ask", "which_recommendations", "--format", "json")))[0]
    theme, addressee = known["themes"][0], known["addressees"][0]
    one = "{{id: {0}, label: {1}, summary: {1}, issuers: [gauge-watch], addressees: [{2}], " \
          "asks: [daily-readings], themes: [{3}], passages: [{0}]}}"  # fmt: skip
    who = addressee.rpartition("actor/")[2], theme.rpartition("theme/")[2]
    file = tmp_path / "split.yaml"
    file.write_text(
        "passages:\n"
        "  show-one: {section: letter, span: [83, 110]}\n"
        "  show-two: {section: letter, first: to publish what, last: gauges show}\n"
        "recommendations:\n"
        f"  - {one.format('show-one', 'Urge it', *who)}\n"
        f"  - {one.format('show-two', 'Publish it', *who)}\n",
        encoding="utf-8",
    )
    told = said(run("decide", "accept", ids()[0], "--facts", str(file)))
    assert "recommendation show-one, recommendation show-two" in told
    assert len(ids("--state", "accept")) == 2


@pytest.mark.usefixtures("letter")
def test_rejecting_and_being_unsure_take_the_candidate_off_the_open_ones() -> None:
    first, second = ids()
    said(run("decide", "reject", first, "--reason", "No ask."))
    said(run("decide", "unsure", second))
    assert first not in ids()
    assert ids("--state", "unsure") == [second]
    assert len(ids("--state", "all")) == 2


@pytest.mark.usefixtures("letter")
def test_looking_again_is_due_on_its_day() -> None:
    ident = accept().split("recommendation ")[1].split()[0]
    said(run("remind", ident, "2020-01-01", "--reason", "The board votes."))
    said(run("remind", ident, "2999-01-01"))
    due = said(run("review", "--due"))
    assert f"2020-01-01  recommendation/{ident}: The board votes." in due
    assert "2999" not in due


@pytest.mark.usefixtures("letter")
def test_a_day_that_never_was_is_refused_before_the_document_is_taken_in(
    tmp_path: Path,
) -> None:
    letter = tmp_path / "another.txt"
    letter.write_text("We call on the Harbour Board to open the locks at night.\n", "utf-8")
    words = ("--publisher", "gauge-watch", "--kind", "letter", "--issued", "2026-02-30")
    before = said(run("journal"))
    assert "is not a date" in refused(run("add", str(letter), *words), 2)
    assert said(run("journal")) == before


@pytest.mark.usefixtures("letter")
def test_every_slip_is_one_line_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    one = ids()[0]
    assert "Say --issuer ACTOR" in refused(run("decide", "accept", one, "--label", "Read"), 2)
    assert "is no candidate" in refused(run("decide", "reject", "letter/1-2"), 2)
    assert "several documents" in refused(run("decide", "reject", one, "other/1-2"), 2)
    assert "is no document here" in refused(run("review", "missing"), 2)
    assert "is no decision" in refused(run("undo", "77"), 2)
    assert "is no recommendation" in refused(run("remind", "nothing", "2026-01-01"), 2)
    assert "no evidence is named" in refused(run("assess", "x", "adopted"), 2)
    assert "is not a status" in refused(run("assess", "x", "done", "--document", "letter"), 2)
    assert "in your own words" in refused(
        run("decide", "accept", one, "--issuer", "gauge-watch", "--addressee", "gauge-watch",
            "--new-ask", "An ask", "--new-theme", "A theme", "--label", "Read", "--summary",
            LETTER),
    )  # fmt: skip
    assert "at least 3 characters" in refused(run("decide", "reject", one, "--reason", "x"), 2)
    assert "`who`" in refused(run("decide", "reject", one, "--who", "A\nB"), 2)
    assert "none of the words proposed" in refused(
        run("decide", "accept", one, "--label", "Read", "--issuer", "gauge-watch", "--addressee",
            "gauge-watch", "--new-ask", "Ask", "--new-theme", "Theme", "--span", "0-6"), 2,
    )  # fmt: skip
    hidden = refused(run("review", "a\x1b[31mb\u202ec"), 2)
    assert "\x1b" not in hidden
    assert "\u202e" not in hidden
    assert "--who: is empty" in refused(run("decide", "reject", one, "--who", " "), 2)
    monkeypatch.delenv("REFORMGRAPH_REVIEWER")
    assert "Say --who NAME" in refused(run("decide", "reject", one), 2)
    assert ids() == [one, *ids()[1:]]


@pytest.mark.usefixtures("letter")
def test_a_damaged_journal_stops_with_the_line_at_fault_and_exit_code_3(home: Path) -> None:
    file = home / "journal.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"number":1', b'"number":4'))
    for words in (["journal"], ["review"], ["build"], ["undo", "1"]):
        assert "journal.jsonl line 1" in refused(run(*words), 3)


# --- from the web ------------------------------------------------------------------------------


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "letter.html").write_text(
        f"<html><title>On gauges</title><p>{LETTER}</p></html>", encoding="utf-8"
    )
    handler: Callable[..., SimpleHTTPRequestHandler] = partial(_Silent, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_web_page_is_shown_before_it_is_kept(home: Path, site: str) -> None:
    result = run("add", f"{site}/letter.html")
    assert "kept only when you say so" in result.stderr
    assert "begins: " in result.stdout
    assert not (home / "originals").exists()
    told = said(run("add", f"{site}/letter.html", "--yes"))
    assert "Saved as decision 1" in told
    record = json.loads((home / "journal.jsonl").read_text(encoding="utf-8"))
    assert record["decision"]["url"] == f"{site}/letter.html"
    assert "404" in refused(run("add", f"{site}/missing.html", "--yes"))


@pytest.mark.usefixtures("letter")
def test_nothing_is_kept_of_the_words_on_the_command_line_but_the_decision(
    home: Path, tmp_path: Path
) -> None:
    shutil.rmtree(home / "readings")
    assert "2 candidates." in said(run("review", "letter"))
    assert str(tmp_path) not in (home / "journal.jsonl").read_text(encoding="utf-8")
    assert sys.platform == "win32" or (home.stat().st_mode & 0o077) == 0


def test_a_withheld_name_is_on_no_line_of_any_command(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "plea.txt"
    file.write_text(
        "Petra Quill asks the River Board to open the lock. We call on the River Board, says Petra "
        "Quill, to read every gauge. In 2025 the board rejected the demand of Petra Quill to wait.",
        encoding="utf-8",
    )
    told = [run("add", str(file), "--publisher", "Gauge Watch [ngo]", "--kind", "openLetter",
                "--withhold", "petra quill")]  # fmt: skip
    one = json.loads(said(run("review", "plea", "--json")))[0]["id"]
    told += [
        run("review", "plea"), run("review"), run("journal"), run("check"),
        run("decide", "reject", one), run("show", "document/plea"),
        run("decide", "reject", one, "--reason", "Quill herself"),
        run("describe", "plea", "--title", "For Petra Quill"),
        run("describe", "plea", "--url", "https://example.org/petra-quill"),
    ]  # fmt: skip
    assert [result.exit_code for result in told[-3:]] == [1, 1, 1]
    for result in told:
        assert "quill" not in result.output.casefold(), result.output
    assert "quill" not in (home / "journal.jsonl").read_text(encoding="utf-8").casefold()


class Back(dt.datetime):
    """A clock that is more than a year behind."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
        return dt.datetime.now(tz) - dt.timedelta(days=400)


@pytest.mark.usefixtures("letter")
def test_a_clock_that_is_set_back_loses_nothing_and_is_told() -> None:
    ident = accept().split("recommendation ")[1].split()[0]
    passage = ("--document", "letter", "--first", "In 2025 the board", "--last", "its gauges.")
    status = ("what_happened_to", "--recommendation", ident, "--format", "json")
    with pytest.MonkeyPatch.context() as patch:
        for module in ("ingest.journal", "explorer.deciding"):
            patch.setattr(f"{module}.dt", SimpleNamespace(**{**vars(dt), "datetime": Back}))
        said(run("assess", ident, "inPractice", "--as-of", "2025-03", *passage))
        assert "Saved as decision 5" in said(run("remind", ident, "2025-01-01"))
        assert "1 to look at again" in said(run("review", "--due"))
        later = run("assess", ident, "inPractice", "--as-of", str(dt.date.today()), *passage)
        assert "later than the day of the record" in refused(later)
        said(run("undo", "5"))
        said(run("build", "--keep", "back"))
        verified = said(run("verify"))
    assert "journal.jsonl line 4: is dated" in verified
    assert verified.count("a clock was wrong") == 1  # those after it are in order again
    listed = said(run("journal")).splitlines()
    assert [line.split()[0] for line in listed] == ["6", "5", "4", "3", "2", "1"]
    assert [line.endswith("(dated before decision 3)") for line in listed].index(True) == 2
    assert listed[1].endswith("(taken back)")
    assert [one["status"] for one in json.loads(said(run("ask", *status)))] == ["inPractice"]
    assert "everything is whole" in said(run("verify"))
