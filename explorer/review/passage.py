"""Asking for the passage on which a statement by hand rests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from explorer.languages.saying import say
from explorer.markup import element, plain
from explorer.review.acting import need
from explorer.review.known import Known
from explorer.review.text import around, found, paragraphs, shortened
from explorer.screen import own_place, put
from ingest.drafting import Place, quoted
from ingest.fields import Span
from ingest.readers import Reading
from ontology.errors import NotAtHandError, ReformError, UsageError

WAYS = ("a paragraph", "first and last words")


@dataclass(frozen=True)
class Evidence:
    """The passage chosen: a document with stretches of it, or with a locator alone."""

    document: str = ""
    spans: Sequence[Span] = ()
    section: str = ""
    locator: str = ""
    words: str = ""

    def place(self, known: Known) -> Place:
        """Return the place for a fact to hang on.

        Raises UsageError when no passage is chosen.
        """
        need(document=self.document)
        if self.spans:
            return known.desk.place(self.document, self.spans)
        if not self.locator:
            raise UsageError(say("No passage is chosen. Pick a paragraph, or give its words."))
        need(section=self.section)
        return Place(section=self.section, locator=self.locator)


def ask_passage(known: Known, key: str, document: str = "") -> Evidence:
    """Ask for a document and the passage in it; show the passage in its surroundings."""
    options = list(known.titles)
    asked = document or st.query_params.get("document", "")
    if f"{key} document" not in st.session_state and asked in options:
        st.session_state[f"{key} document"] = asked
    ident = st.selectbox(
        plain(say("In which document it stands")), options, index=None, key=f"{key} document",
        format_func=lambda one: known.titles.get(one, one), placeholder=say("choose a document"),
        persist_state="page",
    )  # fmt: skip
    if not ident:
        return Evidence()
    try:
        reading, withheld = known.desk.reading(ident), known.withheld(ident)
    except NotAtHandError as error:
        st.info(plain(say("{error} You can still name the place in it.", error=error)))
        return _ask_locator(ident, key)
    except ReformError as error:
        st.error(plain(error))
        return Evidence(ident)
    notes = own_place()
    if ident not in known.described:
        notes.info(
            plain(say("Nobody has said yet what this document is: say so under “Document” first."))
        )
    way = st.segmented_control(
        plain(say("The passage is given by")),
        WAYS,
        default=WAYS[0],
        key=f"{key} way",
        required=True,
        format_func=lambda one: plain(say(one)),
        persist_state="page",
    )
    pick = _ask_words if way == WAYS[1] else _ask_paragraph
    span = pick(reading, withheld, key)
    if span is None:
        return Evidence(ident)
    put(around(reading, [span], withheld, 500))
    return Evidence(ident, [span], words=reading.text[span[0] : span[1]])


def _ask_locator(ident: str, key: str) -> Evidence:
    section = st.text_input(plain(say("Section")), key=f"{key} section", persist_state="page",
                            placeholder=say("the heading it stands under"))  # fmt: skip
    locator = st.text_input(plain(say("Place")), key=f"{key} locator", persist_state="page",
                            placeholder=say("page 12, paragraph 3"))  # fmt: skip
    return Evidence(ident, section=section or "", locator=locator or "")


def _ask_words(reading: Reading, withheld: Sequence[Span], key: str) -> Span | None:
    del withheld
    left, right = st.columns(2)
    first = left.text_input(plain(say("First words")), key=f"{key} first", persist_state="page",
                            placeholder=say("as they stand there"))  # fmt: skip
    last = right.text_input(plain(say("Last words")), key=f"{key} last", persist_state="page",
                            placeholder=say("as they stand there"))  # fmt: skip
    if not (first and last):
        return None
    try:
        return found(reading, first, last)
    except UsageError as error:
        st.error(plain(error))
        return None


def _ask_paragraph(reading: Reading, withheld: Sequence[Span], key: str) -> Span | None:
    wanted = st.text_input(
        plain(say("Words in it")),
        key=f"{key} wanted",
        type="search",
        persist_state="page",
        placeholder=say("search the document"),
    )
    hits = paragraphs(reading, wanted or "", withheld)
    if not hits:
        put(element("p", say("No paragraph has all of these words."), class_="rg-small"))
        return None
    names = {f"{a}-{b}": shortened(quoted(reading.text, a, b, withheld), 110) for a, b in hits}
    chosen = st.selectbox(
        plain(say("Paragraph")), list(names), index=None, key=f"{key} paragraph",
        format_func=lambda one: names.get(one, one), placeholder=say("choose"),
        persist_state="page",
    )  # fmt: skip
    if chosen not in names:
        return None
    a, _, b = chosen.partition("-")
    return int(a), int(b)
