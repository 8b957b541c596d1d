"""Addresses of data: minted, read, shortened and refused."""

import pytest
from rdflib import URIRef

from ontology.errors import UsageError
from ontology.identifiers import (
    KINDS,
    curie,
    expand,
    iri,
    is_data,
    parse,
    passage_iri,
    selector_iri,
)
from ontology.terms import ELI, PROV, RG

BASE = "https://w3id.org/reformgraph/id/"


def test_an_address_is_namespace_kind_and_slug() -> None:
    assert iri("actor", "interpol") == URIRef(BASE + "actor/interpol")


@pytest.mark.parametrize(
    "slug",
    ["interpol", "ccf-statute/2025-11", "ccf-statute/2025/art_28/para_3", "19", "a/1/b"],
)
def test_a_slug_of_lower_case_words_is_taken(slug: str) -> None:
    assert parse(iri("provision", slug)) == ("provision", slug)


@pytest.mark.parametrize(
    "slug",
    ["", "Interpol", "türkiye", "a b", "a--b", "-a", "a-", "a/", "/a", "a//b", "a_", "a\n", "../a",
     "a%20b", "a#b", "a?b", "a.b"],
)  # fmt: skip
def test_any_other_slug_is_refused_with_the_rule(slug: str) -> None:
    with pytest.raises(UsageError, match="lower-case letters, digits and single hyphens"):
        iri("actor", slug)


def test_an_unknown_kind_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="Use one of: actor, ask, assessment"):
        iri("person", "somebody")


def test_there_is_no_kind_for_an_affected_person() -> None:
    assert not {"person", "victim", "target"} & KINDS


def test_a_passage_stands_below_its_document() -> None:
    passage = passage_iri("mrg-2026", "notify-reasons")
    assert passage == URIRef(BASE + "passage/mrg-2026/notify-reasons")
    assert selector_iri(passage, "position") == URIRef(f"{passage}/position")
    assert selector_iri(passage, "words") == URIRef(f"{passage}/words")


def test_only_passages_have_selectors_and_only_known_ones() -> None:
    with pytest.raises(UsageError):
        selector_iri(passage_iri("a", "b"), "quote")
    with pytest.raises(UsageError):
        selector_iri(iri("actor", "interpol"), "words")


@pytest.mark.parametrize(
    "node", [str(RG.adopted), BASE, BASE + "actor", BASE + "actor/", BASE + "actor/A", "actor/a"]
)
def test_what_is_no_address_of_data_is_not_parsed(node: str) -> None:
    assert not is_data(node)
    with pytest.raises(UsageError, match="is not an address of this data"):
        parse(node)


@pytest.mark.parametrize(
    ("node", "short"),
    [
        (iri("actor", "interpol"), "actor/interpol"),
        (iri("provision", "ccf-statute/2025/art_28"), "provision/ccf-statute/2025/art_28"),
        (RG.adopted, "rg:adopted"),
        (PROV.wasAttributedTo, "prov:wasAttributedTo"),
        (ELI["InForce-inForce"], "eli:InForce-inForce"),
    ],
)
def test_a_short_form_and_its_address_lead_to_each_other(node: URIRef, short: str) -> None:
    assert curie(node) == short
    assert expand(short) == node


def test_an_address_without_a_short_form_stays_as_it_is() -> None:
    assert curie("https://example.org/x") == "https://example.org/x"
    assert expand("https://example.org/x") == URIRef("https://example.org/x")
    assert curie(BASE + "actor/NotASlug") == BASE + "actor/NotASlug"


def test_what_is_neither_short_nor_full_is_refused() -> None:
    with pytest.raises(UsageError):
        expand("interpol")
    with pytest.raises(UsageError):
        expand("nowhere:interpol")
