"""A document's text with every passage marked, from the user's own copy, without withheld names."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from explorer.documents import shared_documents
from explorer.entitypages import page_of
from explorer.languages.saying import data_language, say
from explorer.markup import Html, element, joined
from explorer.quoting import file_of, may_show
from explorer.session import Session, corpus_of
from graph.answers import PassageRow
from ingest.documents import SourceText
from ingest.drafting import without_names
from ingest.fields import Span
from ingest.passages import verify
from ontology.identifiers import parse

AROUND = 400
"""Characters shown before the first passage and after the last."""


def marked_text(session: Session, rows: Sequence[PassageRow]) -> Html:
    """Return the stretch of a document in which some of its passages stand, each marked.

    A number behind a passage leads to what is stated on it. Without a copy at hand, a line says
    so; what cannot be shown without the names of affected persons is not shown.
    """
    found: list[tuple[Span, PassageRow]] = []
    shown: tuple[SourceText, list[Span]] | None = None
    language = None
    for row in rows:
        document, _, key = parse(row.passage)[1].partition("/")
        file = file_of(corpus_of(session), document, key)
        place = file.facts.passages[key].anchor if file else None
        if file is None or place is None or file.facts.document.file is None:
            continue
        recorded = file.facts.document.file
        source = shared_documents(session.settings).find(document, recorded.name, recorded.sha256)
        if source is None or not may_show(file, source):
            continue
        _, span = verify(place, source.text, source.gaps)
        if span:
            found.append((span, row))
            shown = source, file.facts.document.withheld
            language = data_language(file.facts.document.language)
    if shown is None:
        told = say("The text is not at hand: REFORMGRAPH_DOCUMENTS names the folder to look in.")
        return element("p", told, class_="rg-small")
    pieces = _pieces(*shown, found)
    return element("div", pieces, class_="rg-text rg-read", dir="auto", lang=language)


def _pieces(
    source: SourceText, withheld: Sequence[Span], found: Sequence[tuple[Span, PassageRow]]
) -> Iterator[Html]:
    text = source.text
    first = max(0, min(span[0] for span, _ in found) - AROUND)
    last = min(len(text), max(span[1] for span, _ in found) + AROUND)
    # Begin after a space and stop before one, so that no word is cut in two.
    first = text.find(" ", first) + 1 if first else 0
    last = text.rfind(" ", 0, last) if last < len(text) else last
    cuts = sorted({first, last, *(at for span, _ in found for at in span)})
    numbers = {row.passage: number for number, (_, row) in enumerate(found, 1)}
    for begin, stop in itertools.pairwise(cuts):
        words = without_names(text, begin, stop, withheld)
        inside = any(span[0] <= begin and stop <= span[1] for span, _ in found)
        yield element("mark", words) if inside and words.strip() else joined(words)
        for span, row in found:
            if span[1] == stop:
                told = say("What is stated on the passage in “{section}”", section=row.section)
                number = f"[{numbers[row.passage]}]"
                link = element("a", number, href=page_of(row.passage), title=told)
                yield element("sup", link)
