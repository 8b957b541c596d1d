"""Fresh ids: two exports of the same cases share none of their ids."""

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic

from graph.freshids import fresh_ids
from graph.store import Store
from ontology.identifiers import ID_KINDS_OF_PEOPLE, curie, is_data, parse, tells_nothing
from ontology.terms import RG


@pytest.fixture(scope="module")
def whole(interpol: Store) -> Graph:
    """Return what the snapshot says of cases, and of what is said of them."""
    triples = Graph(bind_namespaces="none")
    for row in interpol.select("SELECT ?s ?p ?o (isIRI(?o) AS ?iri) WHERE { ?s ?p ?o }"):
        subject, target = str(row["s"]), row["o"]
        end = URIRef(str(target)) if row["iri"] else Literal(str(target))
        if {parse(node)[0] for node in (subject, str(end)) if is_data(node)} & {
            *ID_KINDS_OF_PEOPLE
        }:
            triples.add((URIRef(subject), URIRef(str(row["p"])), end))
    return triples


def _ids(triples: Graph) -> set[str]:
    nodes = {str(node) for node in triples.all_nodes() if is_data(str(node))}
    return {node for node in nodes if parse(node)[0] in ID_KINDS_OF_PEOPLE}


def test_two_exports_of_one_case_share_no_id(whole: Graph) -> None:
    first, second = fresh_ids(whole), fresh_ids(whole)
    assert len(_ids(whole)) >= 20
    assert len(_ids(first)) == len(_ids(second)) == len(_ids(whole))
    assert not _ids(first) & _ids(second)
    assert not (_ids(first) | _ids(second)) & _ids(whole)
    held = first.serialize(format="nt")
    assert not any(curie(node) in held for node in _ids(whole))


def test_fresh_ids_change_nothing_but_ids(whole: Graph) -> None:
    first, second = fresh_ids(whole), fresh_ids(whole)
    assert len(first) == len(whole)

    def shape(triples: Graph) -> Graph:
        """Return the triples with each id as a blank node."""
        text = triples.serialize(format="nt")
        for number, node in enumerate(sorted(_ids(triples))):
            text = text.replace(f"<{node}>", f"_:b{number}")
        return Graph().parse(data=text, format="nt")

    assert isomorphic(shape(first), shape(second))
    assert isomorphic(shape(first), shape(whole))


def test_ids_of_recommendations_stay(whole: Graph) -> None:
    before = set(whole.subjects(RG.concernsCase))
    assert before
    assert before == set(fresh_ids(whole).subjects(RG.concernsCase))


def test_fresh_ids_tell_nothing(whole: Graph) -> None:
    assert all(tells_nothing(*parse(node)) for node in _ids(fresh_ids(whole)))
