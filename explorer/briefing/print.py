"""A paper as PDF, set by typst: tagged, with bookmarks, in the fonts that the machine has."""

from __future__ import annotations

import re

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
    runs_right_to_left,
)
from explorer.typesetting import pdf_of
from explorer.typesetting import text_of as literal

FONTS = ("Noto Sans", "Calibri", "DejaVu Sans", "Noto Naskh Arabic", "Noto Sans Arabic",
         "Libertinus Serif")  # fmt: skip

STYLE = """
#set page(paper: "a4", margin: (x: 2cm, y: 2.2cm), footer: context [
  #set text(size: 7.5pt)
  #foot · page #counter(page).display()
])
#set par(leading: 0.62em, spacing: 0.9em)
#set table(stroke: 0.5pt + rgb("#b9b6af"), inset: 5pt, fill: (_, y) => if y == 0 { rgb("#e7edf5") })
#show table: set text(size: 8.5pt)
#show table: set par(justify: false)
#show link: set text(fill: rgb("#1f5fa8"))
#show heading: set block(above: 1.4em, below: 0.7em, sticky: true)
#show heading.where(level: 1): set text(size: 15pt)
#show heading.where(level: 2): set text(size: 12pt)
#show heading.where(level: 3): set text(size: 10.5pt)
"""


def as_pdf(paper: Paper) -> bytes:
    """Return a paper as PDF; the same paper, fonts and typst give the same bytes."""
    return pdf_of(source_of(paper), paper.made_on)


def source_of(paper: Paper) -> str:
    """Return a paper in typst's language; every text in it is a literal, none is markup."""
    day = paper.made_on
    head = [
        f"#set document(title: {literal(paper.title)}, author: {literal(paper.author)}, "
        f"date: datetime(year: {day.year}, month: {day.month}, day: {day.day}))",
        f'#set text(lang: "en", region: "GB", size: 10pt, font: ({_listed(FONTS)}))',
        f"#let foot = {literal(paper.foot)}",
        STYLE,
        f"#title({_piece(Span(paper.title, language=paper.language))})",
        f"#text(size: 11pt, {literal(paper.subtitle)})",
    ]
    return "\n\n".join([*head, *map(_block, paper.blocks), ""])


def _listed(texts: tuple[str, ...]) -> str:
    return "".join(f"{literal(text)}, " for text in texts)


def _block(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"#heading(level: {level}, {literal(text)})"
        case Paragraph(pieces, small):
            size = "size: 8.5pt, " if small else ""
            return f"#par(text({size}{_content(pieces)}))"
        case Bullets(items):
            return f"#list({''.join(f'{_content(item)}, ' for item in items)})"
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    columns = "".join(f"{width}fr, " for width in table.widths)
    header = "".join(f"strong({literal(title)}), " for title in table.header)
    cells = "".join(f"{_content(cell)}, " for row in table.rows for cell in row)
    return f"#table(columns: ({columns}), table.header({header}), {cells})"


def _piece(piece: Span) -> str:
    text = f"text({_language(piece.language)}{literal(piece.text)})"
    return f"strong({text})" if piece.strong else text


def _language(tag: str | None) -> str:
    """Return what tells the language of a text; typst knows those whose tag has 2 or 3 letters."""
    found = re.match(r"[a-z]{2,3}(?=-|$)", (tag or "").lower())
    return f'lang: "{found[0]}", region: none, ' if found else ""


def _content(pieces: Words) -> str:
    """Return pieces of text as one expression; a line written leftwards is set so."""
    parts = []
    for link, group in by_link(pieces):
        part = " + ".join(map(_piece, group))
        parts.append(f"link({literal(link)}, {part})" if link else part)
    whole = " + ".join(parts) or "[]"
    if runs_right_to_left(pieces):
        return f'align(right, text(dir: rtl, lang: "ar", region: none, {whole}))'
    return f"({whole})"
