"""Which entity a page shows: the one its address names, or one that somebody chooses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from explorer.languages.saying import say
from explorer.markup import element, plain
from explorer.screen import beginning, put
from explorer.words import Names
from ontology.errors import UsageError
from ontology.identifiers import KINDS, iri, is_data, parse

ANEW: Final = "another entity was chosen"
"""Noted in the session, for the page that was shown means nothing for another entity."""


def of_kind(names: Names, kind: str) -> list[str]:
    """Return the entities of a kind that have a label, by name."""
    found = [one for one in names.known() if is_data(one) and parse(one)[0] == kind]
    return sorted(found, key=lambda one: (names.of(one), one))


def chosen(
    kind: str,
    options: Sequence[str],
    name_of: Callable[[str], str],
    resolve: Callable[[str], str | None] = lambda _: None,
) -> str | None:
    """Return the entity that `id` in the address names, with a list to choose another from.

    `options` are the entities that may be chosen, in their order. `resolve` gives the one of them
    on whose page something else is shown, such as the instrument of a version. An id that means
    nothing here is told, and None returned.
    """
    asked = st.query_params.get("id", "")
    found = meant(kind, asked)
    if found and found not in options:
        found = resolve(found)
    if found not in options:
        found = None
    if asked and found is None:
        st.warning(plain(say(
            "{title}: there is no {value}. Choose one.", title=say(kind.capitalize()),
            value=beginning(asked),
        )))  # fmt: skip
    if not options:
        return None

    def go() -> None:
        picked = st.session_state[f"chooser {asked}"]
        if picked:
            st.session_state[ANEW] = True
            for name in ("passage", "part"):
                st.query_params.pop(name, None)
            st.query_params["id"] = parse(picked)[1]

    # The key changes with the address, so that the box follows it, back and forth.
    st.selectbox(
        plain(say(kind.capitalize())), options, index=options.index(found) if found else None,
        format_func=name_of, key=f"chooser {asked}", on_change=go,
        placeholder=say("Choose one of {count:,}", count=len(options)),
    )  # fmt: skip
    return found


def meant(kind: str, text: str) -> str | None:
    """Return the IRI that an id in an address means: a slug of a kind, or a kind with its slug."""
    first, _, rest = text.partition("/")
    try:
        if first in KINDS and rest:
            return str(iri(first, rest))
        return str(iri(kind, text)) if text else None
    except UsageError:
        return None


def say_empty(text: str) -> None:
    """Say in a box that there is nothing to show, and what to do."""
    put(element("p", text, class_="rg-empty"))
