"""The files of the ontology parse alike everywhere, and what is used is what is declared."""

import ast
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib.namespace
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS, XSD, DefinedNamespace

import ontology.terms
from ontology.terms import ONTOLOGY, PREFIXES, RG, load_ontology

ROOT = Path(__file__).parents[2]
HERE = Path(str(files("ontology")))
FILES = sorted(HERE.rglob("*.ttl"))
ROOMS = ("ontology", "ingest", "graph", "explorer")
LANGUAGES: tuple[type[DefinedNamespace], ...] = (OWL, RDF, RDFS, SH, XSD)
OURS = "https://w3id.org/reformgraph/"


# --- the files ------------------------------------------------------------------------------------


def canonical(dataset: ox.Dataset) -> set[str]:
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return {str(quad.triple) for quad in dataset}


@pytest.mark.parametrize("source", FILES, ids=lambda path: str(path.relative_to(HERE)))
def test_two_independent_parsers_read_the_same_triples(source: Path) -> None:
    one = ox.Dataset(ox.parse(path=source, format=ox.RdfFormat.TURTLE))
    lines = Graph().parse(source, format="turtle").serialize(format="nt", encoding="utf-8")
    other = ox.Dataset(ox.parse(lines, format=ox.RdfFormat.N_TRIPLES))
    assert canonical(one) == canonical(other)
    assert len(one) > 0


@pytest.mark.parametrize("source", FILES, ids=lambda path: str(path.relative_to(HERE)))
def test_each_prefix_of_a_file_is_the_one_used_everywhere(source: Path) -> None:
    text = source.read_text("utf-8")
    found = dict(re.findall(r"^@prefix ([\w-]*): <([^>]+)> \.$", text, re.MULTILINE))
    assert not [name for name, space in found.items() if PREFIXES.get(name, space) != space]


def test_there_is_one_ontology_and_it_is_in_reform_ttl() -> None:
    reform = Graph().parse(HERE / "reform.ttl")
    assert list(reform.subjects(RDF.type, OWL.Ontology)) == [ONTOLOGY]
    assert list(load_ontology(alignments=True).subjects(RDF.type, OWL.Ontology)) == [ONTOLOGY]


def test_each_term_is_declared_in_one_file_only() -> None:
    seen: dict[URIRef, str] = {}
    for source in [HERE / "reform.ttl", *sorted(HERE.glob("schemes/*.ttl"))]:
        for term in set(Graph().parse(source).subjects(SKOS.definition)):
            assert term not in seen, f"{term} is in {seen[URIRef(str(term))]} and {source.name}"
            seen[URIRef(str(term))] = source.name


def test_no_name_hides_a_method_of_strings() -> None:
    """`RG.title` would be a method of str and no term at all."""
    local = {str(s).removeprefix(RG) for s in load_ontology().subjects(RDFS.isDefinedBy)}
    assert not {name for name in local if hasattr(str, name)}


# --- what is declared and what is used ------------------------------------------------------------


@cache
def declared() -> set[str]:
    """The local names of all terms of our own."""
    return {str(s).removeprefix(RG) for s in load_ontology().subjects(RDFS.isDefinedBy)}


@cache
def python_namespaces() -> dict[str, str]:
    """Name in the code (`RG`, `PROV`) to namespace."""
    found = {}
    for module in (rdflib.namespace, ontology.terms):
        for name, value in vars(module).items():
            if name.isupper() and (
                isinstance(value, rdflib.Namespace)
                or (isinstance(value, type) and issubclass(value, DefinedNamespace))
            ):
                found[name] = str(value)
    return found


def in_python(source: str) -> set[str]:
    """IRIs named in Python: `RG.adopted`, `RG["adopted"]`, `scheme("adoption")`, "rg:adopted"."""
    spaces = python_namespaces()
    found = in_text(source)
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=local) if name in spaces:
                found.add(spaces[name] + local)
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(local))):
                found |= {spaces[name] + local} if name in spaces else set()
            case ast.Call(func=ast.Name(id="scheme" | "scheme_iri"), args=args):
                named = [a.value for a in args if isinstance(a, ast.Constant)]
                found |= {f"{RG}{str(name).removesuffix('Scheme')}Scheme" for name in named}
    return found


def in_text(source: str) -> set[str]:
    """IRIs written with a known prefix or in full, in a query or in a string of Python."""
    short = re.findall(r"(?<![\w:/<#-])([a-z]+):([A-Za-z](?:-?\w)*)", source)
    found = {PREFIXES[name] + local for name, local in short if name in PREFIXES}
    return found | set(re.findall(rf"{re.escape(RG)}\w+", source))


def in_turtle(source: Path) -> set[str]:
    triples = Graph().parse(source, format="turtle")
    headers = set(triples.subjects(RDF.type, OWL.Ontology))
    found = {
        str(node)
        for subject, predicate, target in triples
        for node in (subject, predicate, target)
        # A header points at licences, documents and agents, which are no terms.
        if isinstance(node, URIRef) and not (subject in headers and node == target)
    }
    queries = (*triples.objects(None, SH.select), *triples.objects(None, SH.ask))
    return found.union(*(in_text(str(query)) for query in queries))


@cache
def used() -> dict[str, set[str]]:
    """Every IRI named by code, shapes, queries and data, by the place that names it."""
    places: dict[str, set[str]] = {}
    for room in ROOMS:
        for source in (ROOT / room).rglob("*.py"):
            places[str(source.relative_to(ROOT))] = in_python(source.read_text("utf-8"))
        for source in (ROOT / room).rglob("*.rq"):
            places[str(source.relative_to(ROOT))] = in_text(source.read_text("utf-8"))
    for source in HERE.glob("shapes/*.ttl"):
        places[str(source.relative_to(ROOT))] = in_turtle(source)
    places["the shipped corpus"] = in_corpus()
    return places


def in_corpus() -> set[str]:
    """The terms of the data which the shipped corpus builds to."""
    from ingest.pipeline import build  # here, so that the rest runs while a corpus is broken

    data = build(files("ingest") / "corpus").data()
    vocabularies = tuple(space for name, space in PREFIXES.items() if name != "id")
    nodes = (node for triple in data for node in triple if isinstance(node, URIRef))
    return {str(node) for node in nodes if str(node).startswith(vocabularies)}


def test_every_term_in_use_is_declared() -> None:
    unknown = {
        f"{place}: {term}"
        for place, terms in used().items()
        for term in terms
        if term.startswith(RG) and term.removeprefix(RG) not in declared()
    }
    assert unknown == set()


def test_every_declared_term_is_in_use() -> None:
    """A class or a property by name; a concept through its scheme; a scheme through either."""
    named = {term.removeprefix(RG) for terms in used().values() for term in terms}
    triples = load_ontology()
    for scheme in triples.subjects(RDF.type, SKOS.ConceptScheme):
        members = {str(c).removeprefix(RG) for c in triples.subjects(SKOS.inScheme, scheme)}
        if named & {*members, str(scheme).removeprefix(RG)}:
            named |= {*members, str(scheme).removeprefix(RG)}
    assert declared() - named == set()


@cache
def reused() -> set[str]:
    listed = Graph().parse(HERE / "support" / "reused-terms.ttl")
    return {str(term) for term in listed.subjects()}


def is_foreign(term: str) -> bool:
    language = any(
        term.startswith(str(space)) and URIRef(term) in space for space in LANGUAGES
    )  # fmt: skip
    return not language and not term.startswith(OURS) and term not in set(PREFIXES.values())


def test_every_foreign_term_in_use_is_known_to_exist() -> None:
    """OOPS! P40: a term of others is used only as its own vocabulary has it."""
    sources = [source for source in FILES if source.parent.name != "support"]
    places = {str(source.relative_to(ROOT)): in_turtle(source) for source in sources} | used()
    invented = {
        f"{place}: {term}"
        for place, terms in places.items()
        for term in terms
        if is_foreign(term) and term not in reused()
    }
    assert invented == set()


def test_the_list_of_foreign_terms_names_the_source_of_each() -> None:
    listed = Graph().parse(HERE / "support" / "reused-terms.ttl")
    for term in reused():
        assert listed.value(URIRef(term), RDFS.isDefinedBy) is not None
        assert listed.value(URIRef(term), RDFS.label) is not None
        assert listed.value(URIRef(term), RDF.type) is not None
