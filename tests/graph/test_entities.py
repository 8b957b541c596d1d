"""One entity with all its sources, names, passages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.entities import describe, labels, name_of, passages
from graph.lookups import PassageRow
from ontology.errors import NotFoundError
from ontology.identifiers import curie, iri, passage_iri
from ontology.terms import RG


def node(kind: str, slug: str) -> str:
    return str(iri(kind, slug))


def test_an_entity_has_label_and_types(river):
    found = describe(river, node("actor", "ombrel-council"))
    assert found.label == "Council of the Ombrel River Commission"
    assert any(name.endswith("OrganizationalUnit") for name in found.types)


def test_a_link_stated_in_three_documents_is_one_with_three_passages(river):
    found = describe(river, node("actor", "ombrel-council"))
    (link,) = [row for row in found.statements if row.property.endswith("#unitOf")]
    assert link.outgoing
    assert link.value == node("actor", "ombrel-commission")
    assert [curie(one) for one in link.passages] == [
        "passage/ombrel-courier-2013/vote",
        "passage/open-locks-2012/organs",
        "passage/waterways-audit-2016/council",
    ]
    assert len(link.documents) == 3
    assert len(link.attributed_to) == 3


def test_a_link_is_seen_from_its_other_end(river):
    found = describe(river, node("actor", "ombrel-commission"))
    units = {
        row.value
        for row in found.statements
        if row.property.endswith("#unitOf") and not row.outgoing
    }
    assert {curie(one) for one in units} == {
        "actor/ombrel-council",
        "actor/ombrel-inspectors",
        "actor/ombrel-secretariat",
    }


@pytest.mark.parametrize(
    ("fragment", "first"),
    [
        (":~:text=A%20fee%2C%20too%20low,was%20paid.", "A fee, too low"),
        (":~:text=before%20it-,A%20fee,-after%20it", "A fee"),
        (":~:text=A%20fee", "A fee"),
        ("page=3", ""),
        (None, ""),
    ],
)
def test_a_link_to_words_tells_with_which_a_passage_begins(fragment, first):
    row = PassageRow(*["x"] * 14)
    assert replace(row, fragment=fragment).first_words == first


@pytest.mark.parametrize("slug", ["odo-brankel", "brankel-barges"])
def test_an_allegation_is_marked_and_attributed(slug, river):
    (row,) = [row for row in describe(river, node("actor", slug)).statements if row.allegation]
    assert row.statement == node("relation", "open-locks-2012-barges")
    assert row.attributed_to == (node("actor", "open-locks-network"),)
    assert row.passage == str(passage_iri("open-locks-2012", "ties"))
    assert row.outgoing == (slug == "odo-brankel")


def test_a_statement_tells_its_own_passages_and_speaker(river):
    found = describe(river, node("claim", "open-locks-2015-no-panel"))
    assert found.summary == "Nobody hears complaints but the Secretariat itself."
    assert found.attributed_to == (node("actor", "open-locks-network"),)
    assert found.passages == (str(passage_iri("open-locks-2015", "no-panel")),)


def test_what_points_at_an_entity_comes_with_its_own_passages(river):
    found = describe(river, node("recommendation", "open-locks-2014-reasons"))
    assessed = [row for row in found.statements if row.property == str(RG.assesses)]
    assert len(assessed) == 4
    assert all(row.passages and row.attributed_to for row in assessed)


def test_an_entity_that_is_not_there_is_told(river):
    with pytest.raises(NotFoundError, match="“actor/nobody” is not in the graph"):
        describe(river, node("actor", "nobody"))


def test_every_data_entity_has_a_name(river):
    assert name_of(node("actor", "kaldoria"), labels(river)) == "Kaldoria"
    assert name_of(str(RG.adopted), {}) == "adopted"
    assert name_of(node("actor", "nobody"), {}) == "actor/nobody"


def test_a_passage_tells_document_place_and_address(river):
    found = passages(river)[str(passage_iri("open-locks-2015", "not-taken"))]
    assert found.document == node("document", "open-locks-2015")
    assert found.document_title == "What became of the Navigation Rules"
    assert found.publisher == node("actor", "open-locks-network")
    assert found.date == "2015-03-01"
    assert found.start is not None
    assert found.end == found.start + len("The panel was not taken up.")
    assert found.link == ("https://open-locks.example/2015/rules#:~:text=The%20panel,taken%20up.")


def test_a_document_without_an_address_gives_no_link(river):
    assert passages(river)[str(passage_iri("ombrel-courier-2013", "vote"))].link is None
