"""What a paper is made of: headings, paragraphs, lists and tables of plain text and links."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from string import Formatter

from explorer.markup import is_safe_address, seen
from graph.exports.taking import writable


@dataclass(frozen=True)
class Span:
    """A piece of text; nothing in it is read as markup.

    `link` is a web address, `about` the entity that is named: where it has a page, that is linked.
    `language` is that of the text where it is not English.
    """

    text: str
    strong: bool = False
    link: str | None = None
    about: str | None = None
    language: str | None = None


Words = tuple[Span, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; 1 is the highest below the title."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a small one is an aside."""

    words: Words
    small: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[Words, ...]


@dataclass(frozen=True)
class Table:
    """A table whose header is repeated on each page; `widths` are shares of the page's width."""

    header: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[int, ...]


Block = Heading | Paragraph | Bullets | Table


@dataclass(frozen=True)
class Paper:
    """A whole paper: its title, the line below, its blocks, what stands at the foot of a page.

    `language` is that of the title where it is not English.
    """

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    foot: str
    author: str
    made_on: dt.date
    language: str | None = None


def span(
    text: object,
    *,
    strong: bool = False,
    link: str | None = None,
    about: str | None = None,
    language: str | None = None,
) -> Span:
    """Return a piece of text that every format can hold; a link that is not http(s) is dropped."""
    safe = link if link and is_safe_address(link) and "://" in link else None
    return Span(writable(seen(text)), strong, safe, about, language)


def heading(level: int, text: str) -> Heading:
    """Return a heading that every format can hold."""
    return Heading(level, span(text).text)


def words(*parts: Span | str | None) -> Words:
    """Return pieces of text; an empty one is left out."""
    made = (part if isinstance(part, Span) else span(part) for part in parts if part)
    return tuple(one for one in made if one.text)


def filled(message: str, **pieces: Words) -> Words:
    """Return a message with pieces of text in its places."""
    parts = ((words(text), pieces[name] if name else ()) for text, name, *_ in
             Formatter().parse(message))  # fmt: skip
    return tuple(piece for text, told in parts for piece in (*text, *told))


def said(text: str, *, small: bool = False) -> Paragraph:
    """Return a paragraph of one text."""
    return Paragraph(words(text), small)


def by_link(pieces: Words) -> Iterator[tuple[str | None, Words]]:
    """Yield neighbouring pieces of text that have the same link together: it is one link."""
    for link, together in groupby(pieces, key=lambda piece: piece.link):
        yield link, tuple(together)


def runs_right_to_left(pieces: Iterable[Span]) -> bool:
    """Tell whether the first letter of a text belongs to a script that is written leftwards."""
    for piece in pieces:
        for sign in piece.text:
            direction = unicodedata.bidirectional(sign)
            if direction in ("L", "R", "AL"):
                return direction != "L"
    return False
