"""Lists of rows as documents: they have no text, and what stands in them may be said of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.deciding import Desk
from ingest.decisions import Declaration
from ingest.drafting import Place
from ingest.facts import Assessment, Facts, Recommendation
from ingest.imports import Source
from ingest.objections import BrokenRulesError
from ontology.errors import NotAtHandError, ReformError

SUMMARY = (
    "The board should mark every shoal of the outer basin with a lit buoy before the winter comes, "
    "so that small boats find their way at night."
)


@pytest.fixture
def rows(corpus_folder: Callable[..., Path], tmp_path: Path) -> tuple[Desk, str, str]:
    """A desk with a list of one row, the list's id and that of the row's recommendation."""
    desk = Desk(corpus_folder(), tmp_path / "home")
    row = f'More lamps,"{SUMMARY}",harbour-watch,harbour-board,fees\n'
    source = Source("rows.csv", f"label,summary,issuers,addressees,themes\n{row}".encode())
    batch = desk.preview("Ada", source)
    desk.take_batch("Ada", source, None, batch, None)
    return desk, batch.document.id, batch.changes[0].recommendation


def test_a_row_is_linked_though_its_words_stand_in_the_file(rows: tuple[Desk, str, str]) -> None:
    desk, document, ident = rows
    entry = next(e for _, e in desk.corpus().entries("recommendations") if e.id == ident)
    said = entry.model_dump(exclude_unset=True) | {"asks": ["publish-fees"]}
    facts = Facts(recommendations=[Recommendation.model_validate(said)])
    desk.record(
        "Bea",
        Declaration(document=document, facts=facts, replaces=[f"recommendation:{ident}"]),
    )
    linked = next(e for _, e in desk.corpus().entries("recommendations") if e.id == ident)
    assert (linked.asks, linked.summary) == (["publish-fees"], SUMMARY)


def test_a_status_is_held_against_those_that_came_in_earlier_lists(
    rows: tuple[Desk, str, str],
) -> None:
    desk, document, ident = rows
    said = {"axis": "response", "as_of": "2025-01-01", "by": "harbour-board", "basis": "textRead"}
    head, line = ",".join(["id", "status", *said]), ",".join([ident, "rejected", *said.values()])
    source = Source("statuses.csv", f"{head}\n{line}\n".encode())
    desk.take_batch("Ada", source, None, desk.preview("Ada", source), None)
    second = {"id": "second", "of": ident, "status": "accepted", "passages": ["row-2"]}
    facts = Facts(assessments=[Assessment.model_validate(said | second)])
    with pytest.raises(BrokenRulesError, match=r"gives two statuses to “More lamps”"):
        desk.record("Bea", Declaration(document=document, facts=facts))


def test_a_list_is_no_text_and_can_be_looked_in(rows: tuple[Desk, str, str]) -> None:
    desk, document, _ = rows
    with pytest.raises(NotAtHandError, match="is a list of rows and has no text"):
        desk.waiting(document)
    assert desk.place(document, []) == Place()


def test_a_list_that_brings_too_much_is_refused_before_its_rows_are_checked(
    rows: tuple[Desk, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, *_ = rows
    monkeypatch.setattr("ingest.imports.MOST", 1)
    head, kept = b"label,summary,issuers,addressees\n", len(desk.journal.read().records)
    lines = [f"Lamp {n},Put up lamp {n}.,harbour-watch,harbour-board\n".encode() for n in (1, 2)]
    with pytest.raises(ReformError, match=r"brings 2 recommendations .* Split it"):
        desk.preview("Ada", Source("two.csv", head + b"".join(lines)))
    assert not desk.preview("Ada", Source("one.csv", head + lines[0])).errors
    known = [e.id for _, e in desk.corpus().entries("recommendations")][:2]
    said = [f"{one},response,rejected,2025-01-01,harbour-board,textRead\n" for one in known]
    statuses = "".join(["id,axis,status,as_of,by,basis\n", *said]).encode()
    with pytest.raises(ReformError, match=r"brings 2 recommendations .* new status"):
        desk.preview("Ada", Source("statuses.csv", statuses))
    assert len(desk.journal.read().records) == kept
