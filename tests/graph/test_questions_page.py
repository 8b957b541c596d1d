"""docs/questions.md tells of every question as it is; `cog --check` compares the examples too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.questions import QUESTIONS

PAGE = (Path(__file__).parents[2] / "docs" / "questions.md").read_text("utf-8")
AGAIN = "run `cog -r docs/questions.md`"


def written(page: str) -> str:
    """Return what cog has written."""
    return page.partition("]]] -->\n")[2].partition("<!-- [[[end]]] -->")[0]


def test_the_page_has_every_question_in_order_and_no_other():
    titles = re.findall(r"^## (.+)$", written(PAGE), re.MULTILINE)
    assert titles == [question.title for question in QUESTIONS.values()], AGAIN


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_the_page_tells_of_a_question_as_it_is(question):
    part = written(PAGE).partition(f"## {question.title}\n")[2].partition("\n## ")[0]
    assert f"`{question.name}`: {question.doc}\n" in part, AGAIN
    assert f"`reformgraph ask {question.name}" in part, AGAIN
    told = re.findall(r"^\| `(\w+)` \| ([\w ]+).*\| (.+) \|$", part, re.MULTILINE)
    for parameter in question.parameters:
        assert (parameter.name, parameter.doc) in {(name, doc) for name, _, doc in told}, AGAIN
