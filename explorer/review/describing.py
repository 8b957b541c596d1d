"""Saying what a document is: who published it, what kind it is, and which names are withheld."""

from __future__ import annotations

from typing import Any

import streamlit as st

from explorer.languages.saying import say
from explorer.markup import element, plain
from explorer.review import choices
from explorer.review.acting import attempt, need
from explorer.review.known import Known
from explorer.screen import put
from explorer.words import word
from ingest.characters import without_cloaks
from ingest.decisions import Record
from ingest.folding import TakenIn
from ingest.readers import Reading
from ontology.errors import ReformError
from ontology.terms import scheme

READ = {"whole": "the whole of it", "most": "most of it", "beginning": "its beginning only"}


def show(known: Known, who: str) -> None:
    """Show the tab."""
    empty = say("No document has been taken in yet. Begin under “{tab}”.", tab=say("Take in"))
    ident = choices.document(known, list(known.taken), empty)
    if ident is None:
        return
    held = known.taken[ident]
    if held.described is None:
        st.info(plain(say("Before anything in it is accepted, say what this document is.")))
    else:
        told = say("Described; whatever you change here replaces what was said. Its id is {id}.",
                   id=ident)  # fmt: skip
        put(element("p", told, class_="rg-small"))
    try:
        reading = known.desk.reading(ident)
    except ReformError as error:  # the file is gone, or cannot be read any more
        st.error(plain(error))
        return
    key = f"describe {ident}"
    said, publisher = _asked(known, key, held, reading)
    words = _withhold(key, len(held.described.withheld) if held.described else 0)
    if not st.button(plain(say("Save what it is")), type="primary", key=f"{key} save"):
        return

    def describe() -> Record:
        publisher.refuse_faults()
        need(title=said["title"], publisher=publisher.ids, kind=said["kind"],
             language=said["language"])  # fmt: skip
        fields: dict[str, Any] = {**said, "publisher": publisher.ids[0]}
        return known.desk.describe(who, ident, fields, publisher.new, words)

    if attempt(who, describe):
        st.session_state[f"{key} round"] = st.session_state.get(f"{key} round", 0) + 1
        st.session_state["review go"] = "Queue"
        st.rerun()


def _asked(
    known: Known, key: str, held: TakenIn, reading: Reading
) -> tuple[dict[str, Any], choices.Chosen]:
    """Ask what a document is, beginning with what was said before; the publisher stands apart."""
    before = held.described
    left, right = st.columns(2, gap="large")
    with left:
        title = st.text_input(
            plain(say("Title")),
            value=before.title if before else without_cloaks(reading.title or held.addition.name),
            key=f"{key} title",
            max_chars=160,
        )
        publisher = choices.one_actor(
            say("Publisher"), f"{key} publisher", known, first=before.publisher if before else "",
            explained=say("Who put it out. Search, or write a new name and press Enter."),
        )  # fmt: skip
        kinds = list(scheme("documentKind"))
        kind = st.selectbox(
            plain(say("Kind")),
            kinds,
            index=kinds.index(before.kind) if before else None,
            format_func=word,
            key=f"{key} kind",
            placeholder=say("choose"),
        )
        issued = st.text_input(
            plain(say("Date")), value=(before.issued or "") if before else "", key=f"{key} issued",
            placeholder=say("2025, 2025-11 or 2025-11-24"),
        )  # fmt: skip
    with right:
        language = st.text_input(
            plain(say("Language")),
            value=before.language if before else reading.language,
            max_chars=3,
            key=f"{key} language",
            placeholder="en",
            help=plain(say("Two or three letters, such as en or fr.")),
        )
        url = st.text_input(
            plain(say("Web address")),
            value=(before.url if before else held.addition.url) or "",
            key=f"{key} url",
            placeholder=say("none"),
        )
        read = st.selectbox(
            plain(say("How much of it was read")), list(READ), key=f"{key} read",
            index=list(READ).index(before.read) if before else 0,
            format_func=lambda one: say(READ[one]),
        )  # fmt: skip
        copy_of = st.text_input(
            plain(say("It is a copy of")), value=(before.copy_of or "") if before else "",
            key=f"{key} copy of", placeholder=say("nothing: it is the original"),
        )  # fmt: skip
    said = {
        "title": title, "kind": kind, "issued": issued or None, "language": language,
        "url": url or None, "read": read, "copy_of": copy_of or None,
    }  # fmt: skip
    return said, publisher


def _withhold(key: str, places: int) -> list[str]:
    """Ask for names to withhold; once saved, only the number of their places is told."""
    told = say(
        "The names of affected persons, one a line, as they stand in the document. Their places "
        "are kept, the words are not, and they are never shown again."
    )
    times = st.session_state.get(f"{key} round", 0)
    names = st.text_area(plain(say("Names to withhold")), key=f"{key} names {times}", height=90,
                         placeholder=say("none"), help=plain(told))  # fmt: skip
    now = say("Places withheld now: {count}.", count=places) if places else ""
    put(element("p", f"{told} {now}", class_="rg-small"))
    return [line.strip() for line in (names or "").splitlines() if line.strip()]
