"""Roles: what a reader, a reviewer and a curator may put on record, refused where it is written."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import BaseModel

from ingest.deciding import Desk
from ingest.decisions import (
    Addition,
    Declaration,
    Import,
    Proposal,
    Record,
    Reminder,
    Verdict,
)
from ingest.facts import Facts, Look, Theme
from ingest.imports import Source
from ingest.objections import RefusedError
from ingest.readers import read_bytes
from ingest.roles import Member, Role, may, may_undo
from ingest.sources import Actor
from ontology.errors import NotFoundError, ReformError

LETTER = b"Open letter\n\nPetra Quill wrote that the Harbour Board should print the tide tables.\n"
SHA256 = "0" * 64
Seat = Callable[[str, str], Desk]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, small: str) -> Path:
    """A workspace in which Ada, a reviewer, and Cleo, a curator, have decided something."""
    folder = tmp_path_factory.mktemp("roles")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "harbour.yaml").write_text(small, encoding="utf-8")
    desk = Desk(folder / "corpus", folder / "home")
    desk.take_in("Ada", read_bytes(LETTER, "letter.txt"), LETTER, ident="letter")
    desk.describe("Cleo", "letter", {"publisher": "harbour-watch", "kind": "openLetter"})
    wanted = next(desk.corpus().entries("recommendations"))[1].id
    for who in ("Ada", "Cleo"):
        desk.record(who, Reminder(recommendation=wanted, on=dt.date(2030, 1, 1)))
    return folder


@pytest.fixture
def seat(workspace: Path, tmp_path: Path) -> Seat:
    """The function that seats somebody in a role at the desk."""
    shutil.copytree(workspace / "home", tmp_path / "home")

    def seated(name: str, role: str) -> Desk:
        return Desk(
            workspace / "corpus", tmp_path / "home", member=lambda: Member(name, Role(role))
        )

    return seated


TOLLS = Facts(themes=[Theme(id="tolls", label="Tolls", definition="What a passage costs.")])
PROPOSAL = Proposal(start=0, end=9, kind="ask", rule="r", rules_version="1", score=0.5)
KINDS: dict[str, tuple[BaseModel, str]] = {
    "accept": (
        Verdict(action="accept", document="none", proposals=[PROPOSAL], facts=TOLLS),
        "reviewer curator",
    ),
    "reject": (
        Verdict(action="reject", document="none", proposals=[PROPOSAL]), "reviewer curator",
    ),
    "unsure": (
        Verdict(action="unsure", document="none", proposals=[PROPOSAL]), "reviewer curator",
    ),
    "state": (Declaration(document="none", facts=Facts()), "reviewer curator"),
    "remind": (Reminder(recommendation="none", on=dt.date(2030, 1, 1)), "reviewer curator"),
    "add": (
        Addition(document="none", name="x", sha256=SHA256, size=1, media_type="text/plain"),
        "reviewer curator",
    ),
    "import": (Import(document="list", name="list.csv", sha256=SHA256), "curator"),
}  # fmt: skip
"""A decision of each kind, and the roles that may make it; describe and undo depend on whose."""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", list(Role))
def test_the_desk_refuses_what_a_role_does_not_allow(kind: str, role: Role, seat: Seat) -> None:
    decision, allowed = KINDS[kind]
    desk = seat("Ada", role)
    before = desk.journal.path.read_bytes()
    try:
        desk.record("Ada", decision)
        told = ""
    except ReformError as error:  # whoever may is refused for another reason, or not at all
        told = str(error)
    refused = f"the role {role.value} does not allow this ({kind})" in told
    assert refused is (role.value not in allowed.split())
    if refused:
        assert desk.journal.path.read_bytes() == before


def test_nobody_decides_under_the_name_of_another(seat: Seat) -> None:
    desk = seat("Ada", "curator")
    with pytest.raises(RefusedError, match="Ada is logged in and decides under that name only"):
        desk.record("Cleo", Reminder(recommendation="none", on=dt.date(2030, 1, 1)))


def number_of(desk: Desk, who: str) -> Record:
    """The last decision of somebody."""
    return [record for record in desk.journal.read().records if record.who == who][-1]


def test_a_reviewer_takes_back_her_own_decision_and_a_curator_all(seat: Seat) -> None:
    desk = seat("Ada", "reviewer")
    with pytest.raises(RefusedError, match="is by Cleo; a reviewer takes back her own"):
        desk.undo("Ada", number_of(desk, "Cleo").id)
    desk.undo("Ada", number_of(desk, "Ada").id)
    with pytest.raises(RefusedError, match="the role reader does not allow this"):
        seat("Ada", "reader").undo("Ada", number_of(desk, "Ada").id)
    with pytest.raises(RefusedError, match="is by Ada"):  # what Ada took back stays so
        seat("Bea", "reviewer").undo("Bea", number_of(desk, "Ada").id)
    seat("Dan", "curator").undo("Dan", number_of(desk, "Cleo").id)


def test_a_reviewer_may_only_withhold_more_names_in_what_another_described(seat: Seat) -> None:
    desk = seat("Ada", "reviewer")
    with pytest.raises(RefusedError, match="Cleo has said what it is"):
        desk.describe("Ada", "letter", {"title": "Another title"})
    desk.describe("Ada", "letter", {}, withhold=["Petra Quill"])
    assert desk.withheld("letter")
    described = number_of(desk, "Ada").decision
    shown = described.model_copy(
        update={"document": described.document.model_copy(update={"withheld": []})}  # type: ignore[union-attr]
    )
    with pytest.raises(RefusedError, match="Ada has said what it is"):
        seat("Bea", "reviewer").record("Bea", shown)
    seat("Cleo", "curator").describe("Cleo", "letter", {"title": "Another title"})


def test_nobody_states_as_another_who_decides_here_nor_says_who_that_is(seat: Seat) -> None:
    def look(by: str) -> Declaration:
        found = Look(
            id="harbour-look", on=dt.date(2026, 1, 5), by=by, documents=["harbour-report"],
            summary="Looked for fees and found none.",
        )  # fmt: skip
        return Declaration(document="letter", facts=Facts(looks=[found]))

    renamed = Actor(id="reviewer-cleo", label="Petra Quill", kind="curator")
    for role in ("reviewer", "curator"):
        desk = seat("Ada", role)
        for said in (
            look("reviewer-cleo"), Declaration(document="letter", facts=Facts(actors=[renamed]))
        ):  # fmt: skip
            with pytest.raises(RefusedError, match="reviewer-cleo: decides here and speaks for"):
                desk.record("Ada", said)
        with pytest.raises(RefusedError, match="reviewer-cleo: decides here and speaks for"):
            desk.describe("Ada", "letter", {"publisher": "reviewer-cleo"})
        with pytest.raises(ReformError, match="harbour-report"):  # of her own the rules judge
            desk.record("Ada", look("reviewer-ada"))


def test_a_list_that_a_reviewer_brings_leaves_nothing_in_the_workspace(seat: Seat) -> None:
    desk = seat("Ada", "reviewer")
    row = {
        "label": "Dredge the harbour", "summary": "The board should deepen the channel.",
        "issuers": "harbour-watch", "addressees": "Harbour Board", "themes": "fees",
    }  # fmt: skip
    source = Source("list.csv", f"{','.join(row)}\n{','.join(row.values())}\n".encode())
    batch = desk.preview("Ada", source)
    before = sorted(path.name for path in desk.journal.path.parent.rglob("*"))
    with pytest.raises(RefusedError, match="does not allow this"):
        desk.take_batch("Ada", source, None, batch, None)
    assert sorted(path.name for path in desk.journal.path.parent.rglob("*")) == before


def test_the_owner_at_the_command_line_is_no_member_and_may_all(
    seat: Seat, workspace: Path
) -> None:
    desk = Desk(workspace / "corpus", seat("x", "reader").journal.path.parent)
    with pytest.raises(NotFoundError):
        desk.record("Anybody", Reminder(recommendation="none", on=dt.date(2030, 1, 1)))


def test_a_kind_of_decision_that_no_table_knows_is_a_curators() -> None:
    assert not may(Member("Ada", Role.reviewer), "something new")
    assert may(Member("Ada", Role.curator), "something new")


def test_a_reader_may_take_back_nothing(seat: Seat) -> None:
    record = number_of(seat("Ada", "reader"), "Ada")
    assert not may_undo(Member("Ada", Role.reader), record)
    assert may_undo(Member("Ada", Role.reviewer), record)
