"""Parameters as text become values: an entity that is there, a word of a list, a day, a number."""

from __future__ import annotations

import datetime as dt
import difflib
from typing import Final, Literal

from graph.answers import CONTESTED, UNASSESSED
from graph.entities import labels
from graph.store import Store
from ontology.errors import NotFoundError, UsageError
from ontology.identifiers import is_data, parse
from ontology.terms import ID, SCHEMES, scheme

Kind = Literal[
    "actor", "document", "election", "instrument", "post", "recommendation", "theme", "version",
    "entity", "status", "axis", "basis", "actor kind", "mechanism", "outcome", "disagreement",
    "yes or no", "date", "text", "number",
]  # fmt: skip
"""What a parameter takes: an entity of a kind, any entity, a word of a list, or a plain value."""

ENTITY_KINDS: Final = frozenset(
    {"actor", "document", "election", "instrument", "post", "recommendation", "theme", "version"}
)
"""The kinds of which a parameter takes an entity; `entity` takes one of any kind."""


LONGEST_NUMBER: Final = 9
"""Digits of a number; nothing counted here has more."""
_YES_OR_NO: Final = {"yes": True, "no": False}


def words_of(kind: Kind, axis: str = "adoption") -> list[str]:
    """Return the words a parameter of this kind takes; none for entities and plain values.

    `axis` matters for a status only. Raises UsageError when it is not an axis.
    """
    if kind == "status":
        if axis not in SCHEMES:
            raise UsageError(f"“{axis}” is not an axis. Use one of: {', '.join(SCHEMES)}.")
        return [*scheme(axis), UNASSESSED, CONTESTED]
    lists = {
        "axis": list(SCHEMES),
        "basis": list(scheme("basis")),
        "actor kind": list(scheme("actorKind")),
        "yes or no": list(_YES_OR_NO),
        "mechanism": list(scheme("mechanism")),
        "outcome": list(scheme("caseOutcome")),
        "disagreement": ["fact", "judgement", "count", "status"],
    }
    return lists.get(kind, [])


def read(store: Store, name: str, kind: Kind, text: str, axis: str) -> str | int | bool | dt.date:
    """Return the value of the parameter `name` given as text.

    Raises NotFoundError for an entity that is not there, UsageError for what cannot be read.
    """
    if kind == "entity" or kind in ENTITY_KINDS:
        return _entity(store, name, kind, text)
    if kind == "date":
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            raise UsageError(f"{name}: “{text}” is not a day. Write it as 2025-11-24.") from None
    if kind == "number":
        if not text.isdecimal() or len(text) > LONGEST_NUMBER or int(text) < 1:
            raise UsageError(f"{name}: “{text}” is not a number here. Give 1 or more.")
        return int(text)
    if (words := words_of(kind, axis)) and text not in words:
        raise UsageError(f"{name}: “{text}” is not a known word. Use one of: {', '.join(words)}.")
    return _YES_OR_NO[text] if kind == "yes or no" else text


def _entity(store: Store, name: str, kind: Kind, text: str) -> str:
    """Return the IRI of the entity meant; a bare slug must mean one entity only."""
    known = [iri for iri in labels(store) if is_data(iri) and kind in ("entity", parse(iri)[0])]
    wanted = text.removeprefix(ID)
    found = [iri for iri in known if wanted in (iri.removeprefix(ID), parse(iri)[1])]
    exact = [iri for iri in found if iri.removeprefix(ID) == wanted]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        several = ", ".join(sorted(iri.removeprefix(ID) for iri in found))
        raise UsageError(f"{name}: “{text}” may mean several. Give one of: {several}.")
    slugs = [parse(iri)[1] for iri in known]
    close = difflib.get_close_matches(wanted, slugs, n=1) or [
        slug for slug in slugs if len(wanted) > 2 and wanted in slug
    ]
    todo = f"Did you mean “{close[0]}”?" if close else "Choose one in `reformgraph explore`."
    raise NotFoundError(f"{name}: there is no {kind} “{text}” in the graph. {todo}")
