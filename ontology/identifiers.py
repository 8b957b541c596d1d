"""Mint and read the IRIs of data: one kind, one slug, one address."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import Final

from rdflib import URIRef

from ontology.errors import UsageError
from ontology.terms import ID, PREFIXES

KINDS: Final = frozenset(
    {
        "actor",
        "ask",
        "assessment",
        "candidacy",
        "case",
        "claim",
        "curation",
        "dataset",
        "document",
        "election",
        "event",
        "instrument",
        "lineage",
        "look",
        "name",
        "passage",
        "post",
        "process",
        "proposition",
        "provision",
        "recommendation",
        "relation",
        "safeguard",
        "scheme",
        "signature",
        "theme",
        "transfer",
        "version",
    }
)
"""Every kind of node the data may hold; the first step of a data IRI after the namespace."""

SLUG: Final = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*(?:/[a-z0-9]+(?:[-_][a-z0-9]+)*)*")
"""Lower-case ASCII words and digits joined by single `-` or `_`; `/` goes down one level."""

ID_KINDS_OF_PEOPLE: Final = {
    "case": re.compile(r"case-[0-9a-f]{6,}"),
    "event": re.compile(r"case-[0-9a-f]{6,}(?:-[a-z0-9]+)+"),
}
"""The kinds of node that are about an affected person, and the ids that tell nothing of them."""

SELECTORS: Final = ("position", "words", "row")
"""The selectors of a passage: character offsets, first and last words, the row of a table."""


@lru_cache(maxsize=100_000)
def iri(kind: str, slug: str) -> URIRef:
    """Return the IRI of one data node, such as `iri("version", "ccf-statute/2025")`.

    A case whose id is not random, and a step of one, get an address that does not show the id.
    Raises UsageError when the kind is unknown or the slug is not of the form of SLUG.
    """
    if kind not in KINDS:
        raise UsageError(f"“{kind}” is not a kind of node. Use one of: {', '.join(sorted(KINDS))}.")
    if SLUG.fullmatch(slug) is None:
        raise UsageError(
            f"“{slug}” is not a valid name. "
            "Use lower-case letters, digits and single hyphens; “/” separates levels."
        )
    if kind in ID_KINDS_OF_PEOPLE:
        slug = _opaque(kind, slug)
    return ID[f"{kind}/{slug}"]


def tells_nothing(kind: str, slug: str) -> bool:
    """Tell whether an id is random where it must be: in a case and in its steps."""
    allowed = ID_KINDS_OF_PEOPLE.get(kind)
    return allowed is None or allowed.fullmatch(slug) is not None


def _opaque(kind: str, slug: str) -> str:
    """Return an id that shows nothing: the same for the same id, and an opaque one as it is."""
    if tells_nothing(kind, slug):
        return slug
    hidden = hashlib.sha256(f"{kind}/{slug}".encode()).hexdigest()[:12]
    return f"case-{hidden}" if kind == "case" else f"case-{hidden}-step"


def passage_iri(document: str, key: str) -> URIRef:
    """Return the IRI of the passage `key` of a document; both are slugs."""
    return iri("passage", f"{document}/{key}")


def selector_iri(passage: URIRef, selector: str) -> URIRef:
    """Return the IRI of one selector (`position`, `words` or `row`) of a passage.

    Raises UsageError for another selector, or when `passage` is no passage.
    """
    if selector not in SELECTORS or parse(passage)[0] != "passage":
        raise UsageError(f"{passage} has no selector “{selector}”. Use position, words or row.")
    return URIRef(f"{passage}/{selector}")


def is_data(node: str) -> bool:
    """Tell whether an IRI is a well-formed address of our data namespace."""
    kind, _, slug = str(node).removeprefix(ID).partition("/")
    return str(node).startswith(ID) and kind in KINDS and SLUG.fullmatch(slug) is not None


def parse(node: str) -> tuple[str, str]:
    """Return the kind and the slug of a data IRI.

    Raises UsageError when the IRI is not one of ours.
    """
    if not is_data(node):
        raise UsageError(f"“{node}” is not an address of this data. It should begin with {ID}.")
    kind, _, slug = str(node).removeprefix(ID).partition("/")
    return kind, slug


def curie(node: str) -> str:
    """Return the short form of an IRI: `actor/interpol`, `rg:adopted`, or the IRI itself."""
    text = str(node)
    if is_data(text):
        return text.removeprefix(ID)
    for prefix, namespace in PREFIXES.items():
        local = text.removeprefix(namespace)
        if local != text and re.fullmatch(r"[A-Za-z_][\w-]*", local):
            return f"{prefix}:{local}"
    return text


def expand(short: str) -> URIRef:
    """Return the IRI of a short form; a full IRI is returned as it is.

    Raises UsageError when the text is neither.
    """
    if "://" in short:
        return URIRef(short)
    prefix, colon, local = short.partition(":")
    if colon and prefix in PREFIXES and local:
        return URIRef(PREFIXES[prefix] + local)
    kind, _, slug = short.partition("/")
    return iri(kind, slug)
