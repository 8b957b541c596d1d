"""RDF files on the review page: a preview of what a file would change, all of it or nothing."""

from __future__ import annotations

import streamlit as st

from explorer.importingrdf import told
from explorer.languages.saying import say
from explorer.markup import element, plain
from explorer.review.acting import NOBODY, attempt
from explorer.review.known import Known
from explorer.screen import put
from ingest.imports import Source
from ingest.rdf.parsing import LIMITS
from ingest.rdf.syntax import FORMATS
from ingest.rdf.taking import Preview, in_a_line, preview, take
from ontology.errors import ReformError

MEGABYTES = LIMITS.size // (1024 * 1024)


def show(known: Known, who: str) -> None:
    """Show the part of the tab that takes RDF."""
    st.header(plain(say("A file of RDF")))
    upload = st.file_uploader(
        plain(say("Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD")),
        type=[ending.removeprefix(".") for ending in FORMATS], max_upload_size=MEGABYTES,
        key="review rdf",
    )  # fmt: skip
    if upload is None:
        put(
            element(
                "p",
                say(
                    "It comes in as one decision, in the words of our ontology and without "
                    "changing what is known. It is marked as imported, not reviewed."
                ),
                class_="rg-small",
            )
        )
        return
    source = Source(upload.name, upload.getvalue())
    found = _previewed(known, who, upload.file_id, source)
    if found is not None:
        _decide(known, who, source, found)


def _previewed(known: Known, who: str, key: str, source: Source) -> Preview | None:
    """Return what a file would change, read once for each state of the workspace."""
    state = f"{key} {len(known.records)}"
    held: dict[str, Preview | str] = st.session_state.setdefault("review rdf batch", {})
    if state not in held:
        held.clear()
        with st.spinner(plain(say("Reading {name} …", name=source.name))):
            try:
                held[state] = preview(known.desk, who or "nobody", source)
            except ReformError as error:
                held[state] = str(error)
    found = held[state]
    if isinstance(found, str):
        st.error(plain(found))
        return None
    return found


def _decide(known: Known, who: str, source: Source, found: Preview) -> None:
    put(element("pre", told(found), class_="rg-small"))
    if found.faults:
        st.error(plain(in_a_line(source.name, found.faults)))
        return
    if found.brings_nothing:
        st.info(plain(say("All that this file says is known already.")))
        return
    if len(who.strip()) < 2:
        put(element("p", say(NOBODY), class_="rg-small"))
    reason = st.text_input(
        plain(say("Reason, for those who read the journal")), key="review rdf reason"
    )
    if st.button(
        plain(say("Take in all of it")), type="primary", icon=":material/playlist_add:"
    ) and attempt(who, lambda: take(known.desk, who, source, found, reason or None)):
        st.session_state["review go"] = "Journal"
        st.rerun()
