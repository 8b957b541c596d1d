"""A document's text around a passage: the passage marked, furniture dimmed, names left out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from explorer.languages.saying import say
from explorer.markup import Html, element, joined
from ingest.drafting import quoted
from ingest.fields import Span
from ingest.quotes import stretch
from ingest.readers import Block, Reading

AROUND = 700
"""Characters shown before and after a passage; a press of a button doubles them."""
LONGEST_BLOCK = 4000
"""A block longer than this is cut where it is far from the passage."""
LEFT_OUT = element("div", "…", class_="rg-muted")
"""What stands for the text that is not shown."""


def around(
    reading: Reading, spans: Sequence[Span], withheld: Sequence[Span], reach: int = AROUND
) -> Html:
    """Return the text about some stretches of it as HTML, each stretch marked."""
    windows = [(start - reach, end + reach) for start, end in spans]
    shown: list[Html] = []
    page: int | None = None
    for block in reading.blocks:
        near = next((one for one in windows if block.end > one[0] and block.start < one[1]), None)
        if near is None:
            if not shown or shown[-1] is not LEFT_OUT:
                shown.append(LEFT_OUT)
            continue
        if (now := reading.page(block.start)) != page:
            page = now
            shown.append(element("div", say("page {number}", number=page), class_="rg-page"))
        shown.append(_block(reading, block, spans, withheld, near))
    return element("div", shown, class_="rg-text", dir="auto", lang=reading.language or None)


def _block(
    reading: Reading,
    block: Block,
    spans: Sequence[Span],
    withheld: Sequence[Span],
    bounds: Span,
) -> Html:
    start, end = block.start, block.end
    if end - start > LONGEST_BLOCK:
        start, end = max(start, bounds[0]), min(end, bounds[1])
    pieces = joined(_pieces(reading, (start, end), spans, withheld))
    if block.furniture:
        return element(
            "div",
            pieces,
            class_="rg-furniture",
            title=say("not the document's own words: {what}", what=block.furniture),
        )
    mark = element("span", f"{block.marker} ", class_="rg-muted") if block.marker else None
    return element("div", mark, pieces, class_=f"rg-block rg-{block.kind}")


def _pieces(
    reading: Reading, part: Span, spans: Sequence[Span], withheld: Sequence[Span]
) -> Iterator[Html]:
    """Yield a stretch piece by piece: what is marked, what is not; interruptions are left out."""
    start, end = part
    cuts = {start, end}
    for a, b in (*spans, *reading.gaps):
        cuts |= {at for at in (a, b) if start < at < end}
    ordered = sorted(cuts)
    for a, b in itertools.pairwise(ordered):
        if any(gap <= a and b <= stop for gap, stop in reading.gaps):
            yield joined(" ")
            continue
        words = unnamed(reading.text, a, b, withheld)
        is_marked = any(begin <= a and b <= stop for begin, stop in spans)
        yield element("mark", words) if is_marked and words.strip() else joined(words)


def unnamed(text: str, start: int, end: int, withheld: Sequence[Span]) -> str:
    """Return a stretch of a text without the names withheld, spaces at its ends kept."""
    words = quoted(text, start, end, withheld)
    before = " " if text[start : start + 1].isspace() else ""
    after = " " if text[end - 1 : end].isspace() else ""
    return f"{before}{words}{after}"


def shortened(text: str, longest: int = 90) -> str:
    """Return the beginning of a text."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def moved(text: str, span: Span, end: str, step: int) -> Span:
    """Return a stretch whose `end` ("first" or "last") lies one word further on (1) or back (-1).

    A step that would leave no word, or leave the text, changes nothing.
    """
    start, stop = span
    if end == "first":
        words = [m.start() for m in re.finditer(r"\S+", text[max(0, start - 400) : stop])]
        places = [max(0, start - 400) + at for at in words]
        after = [at for at in places if at > start] if step > 0 else []
        before = [at for at in places if at < start]
        moved_to = after[0] if after else before[-1] if step < 0 and before else start
        return moved_to, stop
    places = [start + m.end() for m in re.finditer(r"\S+", text[start : stop + 400])]
    after = [at for at in places if at > stop]
    before = [at for at in places if at < stop]
    if step > 0:
        return start, after[0] if after else stop
    return start, before[-1] if before else stop


def found(reading: Reading, first: str, last: str, near: Span | None = None) -> Span:
    """Return the stretch from the first words to the last ones; `near` tells which of several.

    Raises UsageError when the first words stand there not just once, or the last ones not after
    them.
    """
    return stretch(reading.text, first, last, near, reading.gaps)


def paragraphs(reading: Reading, wanted: str, withheld: Sequence[Span]) -> dict[Span, str]:
    """Return the paragraphs in which all wanted words stand, by their place; at most 50."""
    words = [word.casefold() for word in wanted.split()]
    hits: dict[Span, str] = {}
    for block in reading.blocks:
        if block.furniture or block.kind == "heading" or len(hits) == 50:
            continue
        told = quoted(reading.text, block.start, block.end, withheld)
        if all(word in told.casefold() for word in words):
            hits[block.start, block.end] = told
    return hits


def beginning(reading: Reading, length: int = 500) -> str:
    """Return the first words of a document, without its furniture."""
    told = ""
    for block in reading.blocks:
        if not block.furniture:
            told = f"{told} {quoted(reading.text, block.start, block.end, ())}".strip()
        if len(told) > length:
            break
    return shortened(told, length)
