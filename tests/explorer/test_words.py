"""Words for people: none of what an answer holds is shown as a program writes it."""

import re

import pytest

from explorer.entity.telling import also_called
from explorer.settings import read_settings
from explorer.tables import as_cells
from explorer.words import Names, in_time
from explorer.workspace import open_current
from graph.entities import describe, labels
from graph.questions import QUESTIONS, ask
from ontology.identifiers import iri

PROGRAMS_WORD = re.compile(r"^[a-z]+(?:[A-Z][a-z]+)+$")


@pytest.mark.parametrize(
    "name",
    [
        question.name
        for question in QUESTIONS.values()
        if not any(parameter.required for parameter in question.parameters)
    ],
)
def test_an_answer_for_people_holds_no_word_of_programs(name: str) -> None:
    store = open_current(read_settings())
    names = Names(labels(store))
    cells = {cell for row in as_cells(ask(store, name), names) for cell in row.values()}
    assert cells
    words = {word for cell in cells for word in cell.split("; ")}
    assert not [word for word in words if PROGRAMS_WORD.match(word)]


def test_what_was_done_by_a_day_stands_just_before_that_day() -> None:
    days = ["2025-11", "../2025-11", "2016-11", None, "2025-10/2025-12"]
    assert sorted(days, key=in_time) == [
        None,
        "2016-11",
        "2025-10/2025-12",
        "../2025-11",
        "2025-11",
    ]


def test_another_way_to_write_a_name_is_no_other_name() -> None:
    entity = describe(open_current(read_settings()), str(iri("actor", "aimc")))
    written = entity.label.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
    assert written in [line.value for line in entity.statements]
    others = (also_called(entity) or "").split("; ")
    assert "AIMC" in others
    assert not {written, entity.label} & {*others}
