"""Held against an earlier release: what is new, gone or otherwise in the data, in every view."""

import csv
import datetime as dt
import hashlib
import io
import os
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from explorer.access.users import User
from explorer.choosing import preparing
from explorer.choosing.asking import VIEWS
from explorer.cli import app
from explorer.exporting import EXPORTS, taken
from explorer.facets import Prepared, prepared
from explorer.languages.saying import listed
from explorer.marks import compared, gone_of, held
from explorer.releases import kept, read_release, refuse_foreign
from explorer.selection import Selection, read_query
from explorer.settings import read_settings
from explorer.words import Names
from graph.entities import labels
from graph.store import open_store
from ingest.pipeline import build
from ingest.roles import Role
from ontology.errors import ReformError
from ontology.terms import ID
from tests.explorer.conftest import OTHER_REFORM

GAUGES, PANEL, REASONS, GHOST = (
    f"{ID}recommendation/open-locks-{name}"
    for name in ("2012-gauge-data", "2014-panel", "2014-reasons", "2014-ghost")
)
LABEL, READ_BEFORE = b"A panel for complaints thrown out as idle", b"A <b>panel</b> as it was"
LATER = f"<{ID}assessment/audit-2016-reasons> ".encode()


@pytest.fixture(scope="module")
def today() -> bytes:
    return build(OTHER_REFORM).to_bytes()


@pytest.fixture(scope="module")
def earlier(today: bytes) -> bytes:
    """A release without one recommendation and one statement, another label, and one more."""
    lines = [
        line for line in today.replace(LABEL, READ_BEFORE).splitlines(keepends=True)
        if not line.startswith((f"<{GAUGES}> ".encode(), LATER))
    ]  # fmt: skip
    panel = f"<{PANEL}> ".encode()
    ghost = [
        line.replace(panel, f"<{GHOST}> ".encode()).replace(READ_BEFORE, b"A ghost")
        for line in lines
        if line.startswith(panel)
    ]
    return b"".join(sorted([*lines, *ghost]))


def all_of(data: bytes, as_of: dt.date | None = None) -> Prepared:
    store = open_store("memory:", data)
    return prepared(store, Names(labels(store)), "adoption", as_of)


# --- the marks -----------------------------------------------------------------------------------


def test_a_release_marks_what_is_new_gone_and_otherwise(today: bytes, earlier: bytes) -> None:
    marks = compared(all_of(today), all_of(earlier)).marks
    told = {iri: (mark.change, mark.aspects) for iri, mark in marks.items()}
    assert told == {
        GAUGES: ("new", ()), GHOST: ("gone", ()), PANEL: ("changed", ("wording",)),
        REASONS: ("changed", ("status", "said")),
    }  # fmt: skip
    assert [row.status for row in marks[REASONS].said] == ["partiallyAdopted"]
    was = marks[REASONS].was
    assert was is not None
    assert was.bucket == "adopted"


def test_a_day_marks_in_the_same_way_what_was_said_after_it(today: bytes) -> None:
    then = dt.date(2016, 5, 15)
    marks = compared(all_of(today), all_of(today, then)).marks
    assert marks[REASONS].aspects == ("status", "said")
    said = [row for mark in marks.values() for row in mark.said]
    assert said
    assert all(row.as_of > str(then) for row in said)
    assert not any(mark.change == "gone" or mark.unsaid for mark in marks.values())


def test_the_same_data_have_no_marks(today: bytes) -> None:
    found = compared(all_of(today), all_of(today))
    assert found.marks == {}
    assert found.now.counts(Selection())["change"] == {"same": 12}


def test_changes_are_a_choice_like_any_other(today: bytes, earlier: bytes) -> None:
    found = compared(all_of(today), all_of(earlier))
    assert found.now.counts(Selection())["change"] == {"new": 1, "changed": 2, "same": 9}
    chosen = found.now.chosen(Selection(change=("new", "changed")))
    assert {item.iri for item in chosen} == {GAUGES, PANEL, REASONS}
    assert [item.iri for item in found.then.chosen(Selection(change=("gone",)))] == [GHOST]


# --- the address ---------------------------------------------------------------------------------


def test_an_address_names_a_release_or_a_day_but_not_both() -> None:
    digest = "0123456789ab" * 5 + "0123"
    found, lost = read_query({"release": [digest.upper()], "change": ["new"]})
    assert not lost
    assert found.to_query() == {"release": [digest[:12]], "change": ["new"]}
    both, lost = read_query({"release": [digest], "since": ["2020-01-01"]})
    assert (both.release, both.since) == (digest[:12], None)
    assert [(one.title, one.value) for one in lost] == [("Since", "2020-01-01")]
    assert [one.title for one in read_query({"release": ["../x"]})[1]] == ["Release"]


def test_a_selection_says_whether_the_world_or_the_data_changed() -> None:
    world = Selection(since=dt.date(2020, 1, 1)).in_words(lambda _, value: value, listed)
    data = Selection(release="0123456789ab").in_words(lambda _, value: value, listed)
    assert "changes in the world since 2020-01-01" in world
    assert "changes in our data since release 0123456789ab" in data


# --- releases ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"<https://b.example/a> <https://b.example/b> <https://b.example/c> .\n",
         "x.nq line 1: tells of something that is in no snapshot"),
        (b"_:a <https://b.example/b> <https://b.example/c> .\n", "in no snapshot"),
        (b"<nonsense\n", "x.nq line 1: is not valid RDF"),
        (b"", "x.nq: is empty"),
    ],
)  # fmt: skip
def test_what_is_no_snapshot_is_refused_in_a_line(data: bytes, told: str) -> None:
    with pytest.raises(ReformError, match=told):
        refuse_foreign(data, "x.nq")
    with pytest.raises(ReformError, match=r"x\.ttl: is no snapshot by its name"):
        read_release(data, "x.ttl")


# --- taken away ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "xlsx", "turtle", "graphml", "svg", "markdown"])
def test_every_file_names_both_releases_and_tells_what_changed(
    form: str, today: bytes, earlier: bytes
) -> None:
    now, then = all_of(today), all_of(earlier)
    digest = hashlib.sha256(earlier).hexdigest()
    marks = compared(now, then).marks
    stood = held(marks, gone_of(marks, then.items), "adoption", None, f"2016, sha256:{digest}")
    store = open_store("memory:", today)
    chosen = [item.iri for item in now.items if item.iri in (PANEL, REASONS, GAUGES)]
    given = taken(read_settings(), store, chosen, selection="Three", made_on=dt.date(2026, 11, 23),
                  held=stood)  # fmt: skip
    made = EXPORTS[form].make(given)
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(made))
        text = "\n".join(str(row) for sheet in book for row in sheet.values)
        assert list(book["No longer there"].values)[1] == ("A ghost", "unassessed")
    else:
        text = " ".join(re.sub(r"</?t(ext|span)[^>]*>", " ", made.decode("utf-8-sig")).split())
    assert store.digest in text.replace(" ", "")
    assert digest in text.replace(" ", "")
    if form != "turtle":  # linked data hold what is stated, not what it is held against
        assert "altered: the status, what is said of the status" in text.replace("\u00a0", " ")


def test_a_file_is_held_against_a_day_or_a_release_but_not_both(home: Path, earlier: bytes) -> None:
    del earlier
    words = ["export", "--format", "csv", "--out", "-"]
    file = str(home / "releases" / "2016.nq")
    told = CliRunner().invoke(app, [*words, "--release", file])
    assert told.exit_code == 0, told.stderr
    rows = list(csv.DictReader(io.StringIO(told.stdout.removeprefix("\ufeff"))))
    told_of = {row["recommendation"]: (row["change"], row["stood_at"]) for row in rows}
    assert told_of["recommendation/open-locks-2012-gauge-data"] == ("new", "")
    assert told_of["recommendation/open-locks-2014-reasons"][1] == "adopted"
    practice = CliRunner().invoke(app, [*words, "--release", file, "--axis", "practice"])
    rows = list(csv.DictReader(io.StringIO(practice.stdout.removeprefix("\ufeff"))))
    assert {row["axis"] for row in rows if row["stood_at"]} <= {"Practice"}
    assert all(row["compared_with"].endswith("since then, on practice)") for row in rows)
    new = CliRunner().invoke(app, [*words, "--release", file, "--change", "new"])
    rows = list(csv.DictReader(io.StringIO(new.stdout.removeprefix("\ufeff"))))
    assert {row["recommendation"] for row in rows} == {"recommendation/open-locks-2012-gauge-data"}
    both = CliRunner().invoke(app, [*words, "--release", file, "--since", "2016-01-01"])
    assert both.exit_code == 2
    assert "Say one of them" in both.stderr
    for day in ("2016-01-01", "2017-01-01"):
        turned = CliRunner().invoke(app, [*words, "--as-of", "2016-01-01", "--since", day])
        assert turned.exit_code == 2
        assert f"--since: {day} is not before 2016-01-01. Name an earlier day." in turned.stderr


# --- the page ------------------------------------------------------------------------------------


@pytest.fixture
def home(other_reform: Path, earlier: bytes) -> Path:
    """A workspace that keeps the earlier release."""
    del other_reform
    home = Path(os.environ["REFORMGRAPH_HOME"])
    (home / "releases").mkdir(mode=0o700)
    (home / "releases" / "2016.nq").write_bytes(earlier)
    return home


@pytest.fixture
def page() -> AppTest:
    script = "from explorer.views import recommendations\nrecommendations.show()\n"
    return AppTest.from_string(script, default_timeout=120)


def cells(page: AppTest) -> str:
    return " ".join(str(one) for frame in page.dataframe for one in frame.value.to_numpy().flat)


def test_every_view_tells_what_changed_in_the_data(
    home: Path, page: AppTest, earlier: bytes, html: Callable[[AppTest], str]
) -> None:
    del home
    page.query_params["release"] = hashlib.sha256(earlier).hexdigest()
    marked = {
        "table": ("cells", "~ altered: the status, what is said of the status"),
        "numbers": ("html", "<b>1</b><span class=\"rg-was\"> ▲ was 0"),
        "heatmap": ("html", "▲ was"),
        "timeline": ("cells", "+ new"),
        "flow": ("cells", "● adopted"),
        "network": ("cells", "~2"),
        "sides": ("html", '<span class="rg-was">+ new</span>'),
        "changes": ("html", "It read: “A &lt;b&gt;panel&lt;/b&gt; as it was”"),
    }  # fmt: skip
    assert marked.keys() == VIEWS.keys()
    for view, (where, sign) in marked.items():
        page.query_params["view"] = view
        page.run()
        text = html(page)
        assert "Changed in our data since the release 2016 (SHA-256" in text, view
        assert "not what happened in the world" in text, view
        assert "No longer in our data: 1" in text, view
        assert "A ghost" in text, view
        assert sign in (cells(page) if where == "cells" else text), view
    page.query_params["change"] = ["new", "changed"]
    assert "<b>3 of 12 shown</b>" in html(page.run())


def test_what_only_the_earlier_release_had_can_be_chosen(
    other_reform: Path, page: AppTest, today: bytes, html: Callable[[AppTest], str]
) -> None:
    del other_reform
    releases = Path(os.environ["REFORMGRAPH_HOME"]) / "releases"
    releases.mkdir(mode=0o700)
    shore = f"<{ID}theme/shore-rights>".encode()
    theme = next(
        word for line in today.splitlines() if line.startswith(f"<{PANEL}> ".encode())
        for word in line.split() if word.startswith(f"<{ID}theme/".encode())
    )  # fmt: skip
    then = today.replace(theme, shore)
    (releases / "then.nq").write_bytes(then)
    page.query_params["release"] = hashlib.sha256(then).hexdigest()
    page.query_params["theme"] = "shore-rights"
    page.run()
    assert "shore-rights" in page.multiselect(key="theme").value[0]
    assert re.search(r"None fits all of these choices now; (1|\d+) did then\.", html(page))
    assert not page.warning
    words = ["export", "--format", "csv", "--out", "-", "--theme", "shore-rights"]
    told = CliRunner().invoke(app, [*words, "--release", str(releases / "then.nq")])
    assert told.exit_code == 1
    assert re.match(r"nothing fits now \(\d+ did then\): Theme: ", told.stderr)
    assert "--theme: “shore-rights” is not there" in CliRunner().invoke(app, words).stderr


def test_a_release_that_is_not_at_hand_is_named_and_the_page_goes_on(
    home: Path, page: AppTest, html: Callable[[AppTest], str]
) -> None:
    del home
    page.query_params["release"] = "0123456789ab"
    text = html(page.run())
    assert "<b>12 shown</b>" in text
    assert "rg-compared" not in text
    told = [warning.value for warning in page.warning]
    assert len(told) == 1
    assert "0123456789ab" in told[0]
    assert page.query_params["release"] == "0123456789ab"


def test_a_file_is_compared_with_seen_by_who_gave_it_and_not_kept(
    home: Path,
    page: AppTest,
    earlier: bytes,
    html: Callable[[AppTest], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = earlier.replace(b"A ghost", b"A spectre")
    page.query_params.update({"view": "changes", "since": "2016-01-01"})
    page.run()
    page.file_uploader[0].upload("theirs.nq", given).run()
    text = html(page)
    assert "Changed in our data since the release theirs" in text
    assert "A spectre" in text
    assert page.query_params["release"] == hashlib.sha256(given).hexdigest()[:12]
    assert "since" not in page.query_params
    assert [path.name for path in kept(home)] == ["2016.nq"]
    somebody_else = User(id="other", name="Ada", role=Role.reader)
    with monkeypatch.context() as patch:
        patch.setattr(preparing, "user_here", lambda: somebody_else)
        assert "theirs" not in html(page.run())
        assert "is not at hand" in page.warning[0].value
    page.file_uploader[0].upload("bad.nq", b"<nonsense\n").run()
    assert "bad\\.nq line 1" in page.error[0].value
