"""One document: what it is, what was read of it, and all that is stated on its passages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from explorer.citing import cite_document
from explorer.entity.choosing import chosen, of_kind, say_empty
from explorer.entity.keeping import keep
from explorer.entity.parts import Part, facts, show_parts
from explorer.entity.reading import marked_text
from explorer.entity.telling import choice, claims, recommendations
from explorer.entitypages import in_english, link_to, named
from explorer.languages.saying import data_language, listed, say
from explorer.markup import Html, element, joined, plain, say_html, table
from explorer.quoting import passage_card, passage_fold
from explorer.screen import put, put_title
from explorer.session import Session, current
from explorer.voices import items_of
from explorer.words import claim_in_words, date_in_words, language_in_words, word
from graph.answers import (
    PassageRow,
    WhatIsSaidAboutRow,
    WhichDocumentsRow,
    WhichRecommendationsRow,
    WhoSignedRow,
)
from graph.entities import describe, what_stands_in
from graph.lookups import StandsInRow
from graph.questions import (
    what_is_said_about,
    which_documents,
    which_recommendations,
    who_signed,
)
from ontology.identifiers import parse, passage_iri
from ontology.terms import RG, local_name

STATEMENTS: Final = "Stated in it"
LINKS: Final = {
    "candidacy": "{one} stands for {other}",
    "signature": "{one} signs {other}",
}
"""What a statement that has neither label nor summary says of its two ends."""
READ: Final = {
    "whole": "the whole of it", "most": "most of it", "beginning": "the beginning of it",
}  # fmt: skip
"""How much of a document was read."""


def show() -> None:
    """Show the page."""
    session = current()
    names = session.names
    options = of_kind(names, "document")
    document = chosen("document", options, names.unique)
    if document is None:
        st.title(plain(say("What does a document say?")))
        say_empty(say("Choose a document above.") if options
                  else say("No document is recorded yet."))  # fmt: skip
        return
    put_title(names.of(document), names.language(document))
    read = next((row for row in which_documents(session.store) if row.document == document), None)
    put(_facts(session, document, read))
    passages = sorted(
        (row for row in session.passages.values() if row.document == document), key=_place
    )
    _one_passage(session, document, passages)
    with st.spinner(say("Looking up what is stated …")):
        parts = _parts(session.store.digest, str(session.settings), document, passages, session)
    show_parts(session, document, parts, together=False)
    keep(session, document, None,
         (lambda stamp: cite_document(read, names, stamp)) if read else None)  # fmt: skip


def _place(row: PassageRow) -> tuple[float, list[tuple[int, str]]]:
    """Sort passages by where they begin, those of a table by the number of their row."""
    parts = re.findall(r"\d+|\D+", parse(row.passage)[1])
    natural = [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
    return (float("inf") if row.start is None else row.start), natural


def _facts(session: Session, document: str, read: WhichDocumentsRow | None) -> Html:
    names = session.names
    entity = describe(session.store, document)

    def values(name: str) -> list[str]:
        return [line.value for line in entity.statements
                if line.outgoing and line.property.endswith(name)]  # fmt: skip

    cites, cited = (
        sorted({line.value for line in entity.statements if line.outgoing == way
                and line.property.endswith("citesAsEvidence")})
        for way in (True, False)
    )  # fmt: skip
    kinds = [word(local_name(kind)) for kind in values("terms/type")]
    pairs: list[tuple[str, Html | str | None]] = [
        (say("Published by"), named(names, values("terms/publisher"))),
        (say("Kind"), listed(kinds)),
        (say("Date"), date_in_words(next(iter(values("#edtf")), None))),
        (say("Cites as evidence"), named(names, cites)),
        (say("Cited in"), named(names, cited)),
        (say("Note"), in_english("; ".join(values("core#note")))),
    ]
    if read is None:
        told = say("not read itself; a document that was read tells of it")
        pairs.append((say("Read"), told))
        return joined(facts(pairs), passage_fold(session, entity.passages))
    link = element("a", read.url, href=read.url, target="_blank", rel="noreferrer")
    pairs += [
        (say("Language"), language_in_words(read.language)),
        (say("Read"), say(READ[read.read])),
        (say("Recorded by"), named(names, read.recorded_by)),
        (say("Reviewed"), in_english("; ".join(read.reviews))),
        (say("On the web"), link if read.url else say("no address is recorded")),
        (say("File"), ", ".join(values("terms/identifier"))),
    ]
    return facts(pairs)


def _one_passage(session: Session, document: str, passages: Sequence[PassageRow]) -> None:
    """Show the passage that the address names, with its words."""
    asked = st.query_params.get("passage")
    if not asked:
        return
    known = {parse(row.passage)[1].partition("/")[2]: row for row in passages}
    if asked not in known:
        told = say("There is no passage {passage} in it. All are below.", passage=asked)
        st.warning(plain(told))
        return
    passage = str(passage_iri(parse(document)[1], asked))
    rows = [row for row in what_stands_in(session.store, document) if passage in row.passages]
    claimed = _claimed(session)
    said = [element("li", _said(session, row, claimed)) for row in rows]
    put(joined(passage_card(session, passage, opened=True),
               element("ul", *said, class_="rg-list")))  # fmt: skip


@st.cache_resource(max_entries=8, show_spinner=False)
def _parts(
    digest: str,
    settings: str,
    document: str,
    _passages: Sequence[PassageRow],
    _session: Session,
) -> Sequence[Part]:
    del digest, settings  # with the document, the key under which they are kept
    session, store, passages = _session, _session.store, _passages
    order = {row.passage: place for place, row in enumerate(passages)}
    stated = sorted(
        what_stands_in(store, document),
        key=lambda row: min((order[of] for of in row.passages if of in order), default=len(order)),
    )
    items = items_of(which_recommendations(store, document=document))
    by_iri = {item.iri: item for item in items}
    every = what_is_said_about(store)
    said = [row for row in every if document in row.about]
    anchored = [row for row in passages if row.start is not None]

    def asked(rows: Sequence[WhichRecommendationsRow]) -> Html:
        return joined(
            choice(items, "document", document, None),
            recommendations(session, [by_iri[row.recommendation] for row in rows]),
        )

    return (
        Part(STATEMENTS, stated, StandsInRow, lambda rows: _statements(session, document, rows),
             "In the order of the passages; what only a machine proposes is not among them."),
        Part("Recommendations", [item.first for item in items], WhichRecommendationsRow, asked),
        Part("In the text", anchored, PassageRow, lambda rows: marked_text(session, rows),
             "Passages are marked in your own copy; a number leads to what is stated there."),
        Part("Signatures", who_signed(store, document=document), WhoSignedRow,
             lambda rows: _signatures(session, rows)),
        Part("Is spoken of", said, WhatIsSaidAboutRow, lambda rows: claims(session, rows, every)),
    )  # fmt: skip


def _statements(session: Session, document: str, rows: Sequence[StandsInRow]) -> Html:
    names, claimed = session.names, _claimed(session)
    lines = [
        (
            _said(session, row, claimed),
            say(parse(row.statement)[0]),
            named(names, row.attributed_to),
            named(names, row.reported_by),
            passage_fold(session, row.passages, within=document),
        )
        for row in rows
    ]
    header = (say("Statement"), say("Kind"), say("Says"), say("Told by"), say("Where"))
    return table(header, lines, say("Statements"))


def _claimed(session: Session) -> dict[str, str]:
    """Return by claim what it says, in words."""
    return {row.claim: claim_in_words(row) for row in what_is_said_about(session.store)}


def _said(session: Session, row: StandsInRow, claimed: Mapping[str, str]) -> Html:
    """Return what a statement says, from its label, its summary or its two ends."""
    told = row.label or claimed.get(row.statement) or row.summary
    if told:
        return link_to(row.statement, told, data_language())
    names, kind = session.names, parse(row.statement)[0]
    one, other = named(names, [row.about]), named(names, [row.to])
    if kind == "assessment":
        return joined(f"{word(row.word or '')}: ", one)
    link = word(row.word or "")
    if kind == "relation":  # a property; one of ours comes by its local name
        link = names.link(link if ":" in link else str(RG[link]))
    return say_html(LINKS.get(kind, "{one} {link} {other}"), one=one, link=link, other=other)


def _signatures(session: Session, rows: Sequence[WhoSignedRow]) -> Html:
    lines = [
        (named(session.names, [row.signatory]), in_english(row.signed_as) or "",
         str(row.position or ""), passage_fold(session, row.passages))
        for row in rows
    ]  # fmt: skip
    header = (say("Signatory"), say("Signed as"), say("Place in the list"), say("Where"))
    return table(header, lines, say("Signatures"))
