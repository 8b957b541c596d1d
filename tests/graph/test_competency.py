"""The questions we set out to answer, each with its true answer: row by row, or honestly none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from graph.questions import QUESTIONS


@dataclass(frozen=True)
class Expected:
    """A question in words, how it is asked, and the lines of its answer."""

    about: str
    question: str
    ask: str
    given: dict[str, str]
    columns: str
    lines: list[str]


def expected(corpus: str) -> list[Expected]:
    text = (Path(__file__).parent / "competency" / f"{corpus}.yaml").read_text("utf-8")
    tables = yaml.safe_load(text)
    return [
        Expected(
            one["about"],
            one["question"],
            one["ask"],
            one.get("with", {}),
            one["columns"],
            one["answer"].splitlines(),
        )
        for one in tables
    ]


@pytest.mark.parametrize("wanted", expected("interpol"), ids=lambda one: one.about)
def test_the_shipped_corpus_answers(wanted, interpol, table):
    assert table(interpol, wanted.ask, wanted.columns, **wanted.given) == wanted.lines


@pytest.mark.parametrize("wanted", expected("river"), ids=lambda one: one.about)
def test_another_reform_answers(wanted, river, table):
    assert table(river, wanted.ask, wanted.columns, **wanted.given) == wanted.lines


def test_each_of_the_twenty_is_there():
    numbers = {one.about.partition(",")[0] for one in expected("interpol")}
    assert {str(number) for number in range(1, 21)} <= numbers


def test_every_question_is_asked_of_both():
    for corpus in ("interpol", "river"):
        asked = {one.ask for one in expected(corpus)}
        assert asked == set(QUESTIONS), corpus
