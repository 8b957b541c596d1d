"""A passage for the eye: where it stands, and its words when the user has the document."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from explorer.documents import shared_documents
from explorer.entitypages import in_english, link_to, name_of
from explorer.languages.saying import SEMICOLON, say
from explorer.markup import Html, element, joined, listed_html, say_html
from explorer.session import Session, corpus_of
from explorer.settings import Settings
from explorer.words import date_in_words
from explorer.workspace import open_desk
from graph.answers import PassageRow
from ingest.documents import SourceText
from ingest.drafting import without_names
from ingest.passages import Span, Verdict, verify
from ingest.reading import Corpus, LoadedFile
from ingest.sources import Passage
from ingest.tables.rows import verify_rows
from ingest.tables.structure import Table
from ontology.identifiers import curie, parse

AROUND = 240
"""Characters shown before and after a passage."""

IN_YOUR_COPY = {
    Verdict.VERIFIED: "In your copy: verified",
    Verdict.MOVED: "In your copy: moved",
    Verdict.CHANGED: "In your copy: changed",
}
"""What is said over the words of a passage."""


@dataclass(frozen=True)
class Quote:
    """What the copy at hand says: the verdict, the words, and a little before and after.

    `fault` is the line on a copy that could not be read.
    """

    verdict: Verdict
    before: str = ""
    words: str = ""
    after: str = ""
    fault: str = ""


def quote(session: Session, passage: str) -> Quote:
    """Return the words of a passage from the user's own copy, or the original in the workspace.

    Names of affected persons are left out; where they cannot be found for sure, all words are.
    """
    document, _, key = parse(passage)[1].partition("/")
    file = file_of(corpus_of(session), document, key)
    if file is None:
        return Quote(Verdict.NOT_AT_HAND)
    recorded, place = file.facts.document.file, file.facts.passages[key].anchor
    if file.facts.passages[key].row is not None:
        return _row(session, document, file.facts.passages[key])
    if place is None:
        return Quote(Verdict.LOCATOR_ONLY)
    if recorded is None:
        return Quote(Verdict.NOT_AT_HAND)
    documents = shared_documents(session.settings)
    source = documents.find(document, recorded.name, recorded.sha256)
    if source is None:
        return Quote(Verdict.NOT_AT_HAND, fault=documents.unread.get(document, ""))
    verdict, span = verify(place, source.text, source.gaps)
    if span is None or not may_show(file, source):
        return Quote(verdict)
    return _cut(source, span, file.facts.document.withheld, verdict)


def may_show(file: LoadedFile, source: SourceText) -> bool:
    """Tell whether words of a copy may be shown: where names are withheld, they must be found."""
    document = file.facts.document
    read = document.file is not None and document.file.is_read_as(source.sha256, source.text)
    return not document.withheld or read


def file_of(corpus: Corpus, document: str, key: str) -> LoadedFile | None:
    """Return the source of facts, of those on a document, that has a passage."""
    return next(
        (
            file
            for file in corpus.files
            if file.facts.document.id == document and key in file.facts.passages
        ),
        None,
    )


def _row(session: Session, document: str, passage: Passage) -> Quote:
    """Return the text of an imported row, from the file that is kept in the workspace."""
    table = _table(document, session.inputs, session.settings)
    if table is None:
        return Quote(Verdict.NOT_AT_HAND)
    ((verdict, number),) = verify_rows([passage], table)
    cells = next((row.cells for row in table.rows if row.number == number), ())
    return Quote(verdict, words=" · ".join(cell for cell in cells if cell))


@st.cache_resource(show_spinner="Reading the imported file …", max_entries=2)
def _table(document: str, inputs: str, _settings: Settings) -> Table | None:
    del inputs
    return open_desk(_settings).table(document)


def _cut(source: SourceText, span: Span, withheld: list[Span], verdict: Verdict) -> Quote:
    start, end = span
    first, last = max(0, start - AROUND), min(len(source.text), end + AROUND)
    # Begin after a space and stop before one, so that no word is cut in two.
    first = source.text.find(" ", first, start) + 1 or first if first else 0
    last = max(source.text.rfind(" ", end, last), end) if last < len(source.text) else last
    for a, b in withheld:  # a name is never cut in two
        first = b if a < first < b else first
        last = a if a < last < b else last

    def between(begin: int, stop: int) -> str:
        return without_names(source.text, begin, stop, withheld)

    return Quote(verdict, between(first, start), between(start, end), between(end, last))


def passage_card(session: Session, passage: str, *, opened: bool = False) -> Html:
    """Return one passage as HTML: document, section, offsets, link, and the words when at hand."""
    row = session.passages.get(passage)
    if row is None:
        return element("div", curie(passage), class_="rg-passage")
    told, language = quote(session, passage), session.names.language(row.document)
    return element(
        "div",
        element("div", link_to(passage, row.document_title, language), class_="rg-passage-title"),
        element("div", _place(session, row), class_="rg-small"),
        _words(told, opened=opened, language=language),
        element("div", _links(row), class_="rg-small"),
        class_="rg-passage",
    )


def passage_cards(session: Session, passages: tuple[str, ...], *, opened: bool = False) -> Html:
    """Return several passages as HTML."""
    return joined(passage_card(session, passage, opened=opened) for passage in passages)


def passage_fold(session: Session, passages: tuple[str, ...], within: str | None = None) -> Html:
    """Return passages under a line that says where they stand, to be opened.

    The line does not repeat the title of the document `within` which all is shown.
    """
    rows = [session.passages[of] for of in passages if of in session.passages]
    if not rows:
        return passage_cards(session, passages)
    places = [
        _section(session, row) if row.document == within
        else listed_html([_its(session, row, row.document_title), _section(session, row)])
        for row in {(row.document, row.section): row for row in rows}.values()
    ]  # fmt: skip
    where = listed_html(places, SEMICOLON)
    head = element("summary", say_html("Where it is written: {where}", where=where))
    cards = passage_cards(session, passages, opened=True)
    return element("details", head, cards, class_="rg-where")


def _its(session: Session, row: PassageRow, text: str) -> Html:
    """Return words of the document of a passage, in its language."""
    return element("span", text, lang=session.names.language(row.document), dir="auto")


def _section(session: Session, row: PassageRow) -> Html:
    return say_html("“{words}”", words=_its(session, row, row.section))


def _place(session: Session, row: PassageRow) -> Html:
    told: list[Html | str] = [
        name_of(session.names, row.publisher) if row.publisher else "",
        date_in_words(row.date),
        say_html("section “{section}”", section=_its(session, row, row.section)),
    ]
    if row.start is not None:
        told.append(say("characters {start} to {end}", start=row.start, end=row.end))
    if row.locator:
        told.append(in_english(row.locator) or "")
    there = [part for part in told if part]
    return listed_html(there, " · ")


def _words(told: Quote, *, opened: bool, language: str | None) -> Html:
    if not told.words:
        said = {
            Verdict.NOT_AT_HAND: told.fault
            or say(
                "Not at hand: its words are shown once REFORMGRAPH_DOCUMENTS names your folder "
                "of documents."
            ),
            Verdict.LOCATOR_ONLY: say("Only its place is recorded; read it there."),
            Verdict.CHANGED: say("The words are not in your copy of the document."),
        }
        otherwise = say("Your copy differs; its words are not shown.")
        return element("p", said.get(told.verdict, otherwise), class_="rg-small rg-muted")
    text = element(
        "blockquote", "… ", told.before, element("mark", told.words), told.after, " …",
        dir="auto", lang=language,
    )  # fmt: skip
    state = "open" if opened else None
    found = IN_YOUR_COPY.get(told.verdict, told.verdict.value)
    return element("details", element("summary", say(found)), text, open=state)


def _links(row: PassageRow) -> Html:
    if not row.link:
        return joined(say("No address on the web is recorded."))
    return element(
        "a", say("Open at the passage"), href=row.link, target="_blank", rel="noreferrer"
    )
