"""A selection as JSON-LD: one object a thing, with a context of its own made from the ontology."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache
from typing import Any, Final

from rdflib.namespace import OWL, RDF, SH, XSD

from graph.closure import Triple
from graph.exports.rdf import triples_of
from graph.exports.taking import Taken
from ontology.identifiers import is_data
from ontology.rules import load_shapes
from ontology.terms import ID, PREFIXES, RG, load_terms

TEXT: Final = str(XSD.string)
"""The datatype that a JSON text has without being told."""


def jsonld(taken: Taken) -> bytes:
    """Return a selection as JSON-LD; the same selection gives the same bytes."""
    return in_jsonld(triples_of(taken))


def in_jsonld(triples: Iterable[Triple]) -> bytes:
    """Return triples as JSON-LD 1.1, each subject an object, in the order given.

    A term of ours stands by its bare name, a thing of the data as `actor/interpol`, any other
    address with its prefix. The context is inline: nothing has to be fetched to read it.
    """
    found = list(triples)
    spoken = _only_in_languages(found)
    by_subject: dict[str, list[Triple]] = defaultdict(list)
    for triple in found:
        by_subject[triple.subject].append(triple)
    whole = {
        "@context": _context(found, spoken),
        "@graph": [_object(subject, said, spoken) for subject, said in by_subject.items()],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _only_in_languages(triples: Collection[Triple]) -> frozenset[str]:
    """Return the properties all of whose values are texts in a language."""
    by_language = {triple.property: set[bool]() for triple in triples}
    for triple in triples:
        by_language[triple.property].add(bool(triple.language))
    return frozenset(name for name, found in by_language.items() if found == {True})


def _context(triples: Collection[Triple], spoken: Collection[str]) -> dict[str, Any]:
    properties = {triple.property for triple in triples}
    used = properties | {triple.datatype for triple in triples}
    used |= {triple.text for triple in triples if triple.link}
    spaces = {
        name: space for name, space in PREFIXES.items()
        if name != "id" and any(one.startswith(space) for one in used)
    }  # fmt: skip
    terms = {}
    for one in sorted(properties - {str(RDF.type)}):
        if one in spoken:
            terms[_name(one)] = {"@id": _short(one), "@container": "@language"}
        elif kind := _kinds().get(one):
            terms[_name(one)] = {"@id": _short(one), "@type": _short(kind)}
    return {"@version": 1.1, "@base": str(ID), "@vocab": str(RG), **spaces, **terms}


@cache
def _kinds() -> dict[str, str]:
    """Return the one datatype that the rules allow a property, or `@id` where it is a link."""
    shapes, found = load_shapes(), defaultdict(set)
    for rule, kind in shapes.subject_objects(SH.datatype):
        for path in shapes.objects(rule, SH.path):
            found[str(path)].add(str(kind))
    kinds = {path: min(every) for path, every in found.items() if len(every) == 1}
    links = {str(one): "@id" for one in load_terms().subjects(RDF.type, OWL.ObjectProperty)}
    return {path: kind for path, kind in (kinds | links).items() if kind not in _PLAIN}


_PLAIN: Final = frozenset({TEXT, str(RDF.langString)})


def _name(term: str) -> str:
    """Return a property or class as a key: by its bare name where it is ours."""
    return term.removeprefix(RG) if term.startswith(RG) else _short(term)


def _short(address: str) -> str:
    for name, space in PREFIXES.items():
        if name != "id" and address.startswith(space):
            return f"{name}:{address.removeprefix(space)}"
    return address


def _object(subject: str, said: Iterable[Triple], spoken: Collection[str]) -> dict[str, Any]:
    """Return what is said of one thing; several values of a property stand in a list."""
    values: dict[str, list[Any]] = {}
    texts: dict[str, dict[str, Any]] = {}
    for triple in said:
        if triple.property == str(RDF.type):
            values.setdefault("@type", []).append(_name(triple.text))
        elif triple.property in spoken:
            by_language = texts.setdefault(_name(triple.property), {})
            by_language.setdefault(triple.language, []).append(triple.text)
        else:
            values.setdefault(_name(triple.property), []).append(_value(triple))
    said_so = {name: _alone(every) for name, every in values.items()}
    told = {name: {lang: _alone(all_) for lang, all_ in by.items()} for name, by in texts.items()}
    return {"@id": _reference(subject), **said_so, **told}


def _alone(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _reference(address: str) -> str:
    return address.removeprefix(ID) if is_data(address) else _short(address)


def _value(triple: Triple) -> Any:
    expected = _kinds().get(triple.property)
    if triple.link:
        short = _reference(triple.text)
        return short if expected == "@id" else {"@id": short}
    if triple.language:
        return {"@language": triple.language, "@value": triple.text}
    if triple.datatype == (expected or TEXT):
        return triple.text
    return {"@type": _short(triple.datatype), "@value": triple.text}
