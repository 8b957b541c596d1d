"""The words as code sees them: labels, lists, errors that say what to write instead."""

import pytest
from rdflib import Graph

from ontology.errors import (
    CorpusError,
    NotFoundError,
    ReformError,
    StoreError,
    UnknownTermError,
    UsageError,
)
from ontology.terms import (
    ORG,
    PREFIXES,
    RG,
    SCHEMES,
    definition,
    label,
    load_ontology,
    local_name,
    scheme,
    scheme_iri,
    scheme_names,
)


def test_a_concept_a_property_and_a_reused_property_have_labels() -> None:
    assert label(RG.noResponseRecorded) == "no response recorded"
    assert label(RG.issuedBy) == "issued by"
    assert label(RG.adoptionScheme) == "Adoption"
    assert label(ORG.memberOf) == "member of"


def test_a_term_without_a_label_is_refused() -> None:
    with pytest.raises(UnknownTermError, match=r"nonsense is not a term of the ontology\. Declare"):
        label(RG.nonsense)


def test_a_term_of_ours_has_a_definition_and_others_are_refused() -> None:
    assert definition(RG.adopted).startswith("The text of an instrument")
    with pytest.raises(UnknownTermError):
        definition(ORG.memberOf)


def test_the_three_axes_name_their_lists() -> None:
    assert list(SCHEMES) == ["response", "adoption", "practice"]
    assert all(scheme_iri(axis) == iri for axis, iri in SCHEMES.items())


def test_a_list_is_found_by_its_short_and_its_full_name() -> None:
    assert scheme("adoption") == scheme("adoptionScheme")
    assert "relationToRecommendation" in scheme_names()


def test_an_unknown_list_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownTermError, match="Use one of: actorKind, adoption"):
        scheme("colour")


def test_a_caller_may_change_the_ontology_it_was_given() -> None:
    mine = load_ontology()
    mine.remove((None, None, None))
    assert len(load_ontology()) > 1000
    assert label(RG.adopted) == "adopted"


def test_alignments_come_only_when_asked_for() -> None:
    assert len(load_ontology(alignments=True)) > len(load_ontology())


def test_the_prefixes_bind_without_being_renamed() -> None:
    triples = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        triples.bind(prefix, namespace)
    assert {name: str(space) for name, space in triples.namespaces()} == PREFIXES
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_the_local_name_is_what_follows_the_last_mark() -> None:
    assert local_name(RG.adopted) == "adopted"
    assert local_name("https://w3id.org/reformgraph/id/actor/interpol") == "interpol"


# --- errors ---------------------------------------------------------------------------------------


def test_a_corpus_error_says_file_line_fault_and_remedy_in_one_line() -> None:
    fault = CorpusError("a.yaml", 12, "the actor “x” is unknown", "Add it to actors")
    assert str(fault) == "a.yaml line 12: the actor “x” is unknown. Add it to actors."
    assert (fault.file, fault.line) == ("a.yaml", 12)


def test_a_corpus_error_of_a_whole_file_names_no_line() -> None:
    assert str(CorpusError("a.yaml", None, "is empty.", "Fill it.")) == "a.yaml: is empty. Fill it."


@pytest.mark.parametrize(
    ("error", "code"),
    [(ReformError, 1), (UnknownTermError, 1), (NotFoundError, 2), (UsageError, 2), (StoreError, 3)],
)
def test_every_error_has_its_exit_code_and_one_root(error: type[ReformError], code: int) -> None:
    assert issubclass(error, ReformError)
    assert error("said").exit_code == code
