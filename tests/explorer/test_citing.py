"""A citation says who, when, what and of which data, and stays one entry whatever it is made of."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from explorer.citing import Citation, cite, cite_selection
from explorer.words import Names
from graph.exports.taking import Stamp
from graph.store import MemoryStore
from ontology.errors import NotFoundError
from ontology.identifiers import iri
from ontology.terms import RG

SKOS, DCT = "http://www.w3.org/2004/02/skos/core#", "http://purl.org/dc/terms/"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
ASKED, IN = str(iri("recommendation", "x")), str(iri("document", "x"))
BY, TO = str(iri("actor", "x")), str(iri("actor", "y"))
LABEL = "50% of {all} & \\more_ #1 ~ $ ^\\nTY  - EVIL"
LINES = (
    f"<{ASKED}> {TYPE} <{RG}Recommendation> .",
    f'<{ASKED}> <{SKOS}prefLabel> "{LABEL}"@en .'.replace("\\more", "\\\\more"),
    f"<{ASKED}> <{RG}issuedBy> <{BY}> .",
    f"<{ASKED}> <{RG}addressedTo> <{TO}> .",
    f"<{ASKED}> <{RG}madeIn> <{IN}> .",
    f'<{ASKED}> <{RG}edtf> "../2025-11" .',
    f"<{IN}> {TYPE} <{RG}SourceDocument> .",
    f'<{IN}> <{DCT}title> "Report"@en .',
    f"<{IN}> <{DCT}publisher> <{BY}> .",
    f'<{IN}> <{RG}edtf> "2026-02-19" .',
)
NAMES = Names({BY: "Group of People", TO: "Body", IN: "Report"})
STORE = MemoryStore("\n".join(LINES).encode())
STAMP = Stamp(
    STORE.digest, 64 * "0", dt.date(2026, 11, 23), "All", link="https://example.org/?q=a_b"
)


@pytest.fixture
def asked() -> Citation:
    return cite(STORE, NAMES, ASKED, STAMP)


def test_a_recommendation_is_cited_with_who_when_what_where_and_of_which_data(
    asked: Citation,
) -> None:
    text = asked.text
    assert text.startswith("Group of People (by 2025-11): 50% of {all} & ")
    assert "Recommendation to Body, in: Report." in text
    assert STORE.digest[:12] in text
    assert "2026-11-23" in text
    assert text.endswith(ASKED)


def test_bibtex_reads_every_sign_as_text(asked: Citation) -> None:
    entry = asked.bibtex
    assert entry.startswith("@misc{reformgraph-recommendation-x,\n")
    title = r"50\% of \{all\} \& \textbackslash{}more\_ \#1 \textasciitilde{} \$ \textasciicircum{}"
    assert f"  title = {{{{{title} TY - EVIL}}}},\n" in entry
    assert "  author = {{Group of People}},\n" in entry
    assert "  year = {2025},\n" in entry
    bare = re.sub(r"\\[{}]", "", entry)
    assert bare.count("{") == bare.count("}")


def test_ris_holds_one_entry_whatever_a_label_says(asked: Citation) -> None:
    lines = asked.ris.split("\r\n")
    assert lines[0] == "TY  - GEN"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert [line[:2] for line in lines].count("TY") == 1


def test_a_document_is_cited_by_its_publisher() -> None:
    text = cite(STORE, NAMES, IN, STAMP).text
    assert text.startswith("Group of People (2026-02-19): Report.")


def test_a_selection_is_cited_with_the_address_that_shows_it_again() -> None:
    cited = cite_selection(STAMP)
    assert cited.text.endswith("https://example.org/?q=a_b")
    assert "url = {https://example.org/?q=a_b}" in cited.bibtex


def test_what_is_not_there_cannot_be_cited() -> None:
    with pytest.raises(NotFoundError, match="recommendation/none"):
        cite(STORE, NAMES, str(iri("recommendation", "none")), STAMP)
