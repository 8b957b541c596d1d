"""Take an entity along: its lasting name, how to cite it, and its statements in open formats."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from explorer.citing import Citation, cite_entity
from explorer.languages.saying import say, speaking
from explorer.markup import address, element, plain
from explorer.screen import put
from explorer.session import Session
from explorer.workspace import read_stamp
from graph.closure import Triple
from graph.exports.jsonld import in_jsonld
from graph.exports.rdf import in_turtle, triples_about, triples_of
from graph.exports.taking import Stamp, Taken
from ontology.identifiers import curie, parse


def stamp_of(session: Session, entity: str, as_of: dt.date | None) -> Stamp:
    """Return what a citation or file of an entity says of the data it is taken from."""
    built = read_stamp(session.settings.home)
    return Stamp(
        data_version=session.store.digest,
        journal_head=built.head if built else "0" * 64,
        made_on=dt.datetime.now(dt.UTC).date(),
        selection=session.names.of(entity),
        as_of=as_of,
        home=session.settings.public_url,
    )


def keep(
    session: Session,
    entity: str,
    as_of: dt.date | None,
    cited: Callable[[Stamp], Citation] | None = None,
) -> None:
    """Offer an entity's lasting name, its citation in three forms, and its statements as files.

    `cited` makes the citation where the entity is not cited as a part of these data only.
    """
    stamp = stamp_of(session, entity, as_of)
    with speaking("en"):  # as the files are
        citation = cited(stamp) if cited else cite_entity(entity, session.names, stamp)
        text = citation.text
    around = element(
        "a",
        say("What is around it, as a picture"),
        href=address("around", id=curie(entity), as_of=str(as_of) if as_of else None),
    )
    put(element("p", around))
    st.header(plain(say("Cite and share")))
    put(element("p", say("The address of this page holds its state. Its lasting name is:"),
                class_="rg-small"))  # fmt: skip
    st.code(entity, language=None, wrap_lines=True)
    put(element("p", say("Cite this:"), class_="rg-small"))
    st.code(text, language=None, wrap_lines=True)

    def triples() -> list[Triple]:
        if parse(entity)[0] == "recommendation":
            return triples_of(Taken(session.store, (entity,), stamp))
        return triples_about(session.store, entity, stamp)

    slug = parse(entity)[1].replace("/", "-")
    forms: tuple[tuple[str, str, str, Callable[[], str | bytes]], ...] = (
        ("BibTeX", "bib", "application/x-bibtex", lambda: citation.bibtex),
        ("RIS", "ris", "application/x-research-info-systems", lambda: citation.ris),
        ("Turtle", "ttl", "text/turtle", lambda: in_turtle(triples())),
        ("JSON-LD", "jsonld", "application/ld+json", lambda: in_jsonld(triples())),
    )
    with st.container(horizontal=True):
        for title, ending, media, make in forms:
            st.download_button(
                plain(title), make, file_name=f"{slug}.{ending}", mime=media,
                icon=":material/download:", on_click="ignore",
            )  # fmt: skip
    put(element("p", say("The same on the command line, with the line in the corpus:"),
                class_="rg-small"))  # fmt: skip
    st.code(f"reformgraph show {curie(entity)}", language=None)
