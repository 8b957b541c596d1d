"""A paper as Markdown, readable as it is and in any program that shows Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from explorer.briefing.blocks import (
    Block,
    Bullets,
    Heading,
    Paper,
    Paragraph,
    Span,
    Table,
    Words,
    by_link,
)

_SIGNS = re.compile(r"[\\`*_\[\]<>|~$]|&(?=#?\w+;)|:(?=//)|(?<=\bwww)\.")
_FIRST = re.compile(r"^[#+=-]|(?<=^\d)[.)]|(?<=^\d\d)[.)]|(?<=^\d{3})[.)]|(?<=^\d{4})[.)]")
"""What makes a line a heading or an entry of a list when it stands first."""


def as_markdown(paper: Paper) -> bytes:
    """Return a paper as Markdown; the same paper gives the same bytes."""
    parts = [f"# {_inner(paper.title)}", _escaped(paper.subtitle)]
    parts += [_block(block) for block in paper.blocks]
    parts += ["---", _escaped(paper.foot)]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _block(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * (level + 1)} {_inner(text)}"
        case Paragraph(pieces):
            return _line(pieces)
        case Bullets(items):
            return "\n".join(f"- {_line(item)}" for item in items)
        case Table():
            return "\n".join(_table(block))


def _table(table: Table) -> Iterable[str]:
    yield f"| {' | '.join(map(_inner, table.header))} |"
    yield f"|{'|'.join('---' for _ in table.header)}|"
    for row in table.rows:
        yield f"| {' | '.join(map(_pieces, row))} |"


def _line(pieces: Words) -> str:
    return _at_start(_pieces(pieces))


def _pieces(pieces: Words) -> str:
    told = ((link, "".join(map(_piece, group))) for link, group in by_link(pieces))
    return "".join(f"[{text}](<{_address(link)}>)" if link else text for link, text in told).strip()


def _piece(piece: Span) -> str:
    shown = _inner(piece.text)
    if piece.strong and shown.strip():
        bare = shown.strip()
        shown = shown.replace(bare, f"**{bare}**", 1)
    return shown


def _address(link: str) -> str:
    return link.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")


def _escaped(text: str) -> str:
    return _at_start(_inner(text))


def _inner(text: str) -> str:
    """Return a text in one line in which nothing is read as a sign of Markdown."""
    line = re.sub(r"\s+", " ", text)
    return _SIGNS.sub(lambda found: f"\\{found[0]}", line)


def _at_start(line: str) -> str:
    return _FIRST.sub(lambda found: f"\\{found[0]}", line)
