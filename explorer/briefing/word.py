"""A paper as DOCX: styled headings, a header row on each page, no name of a machine or user."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run

from explorer.archives import archive, members_of
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

FACE = "Calibri"
LONGEST = 255
"""Characters of the title among the properties of a document."""
SMALL = Pt(9.5)
WIDTH = 17.0
"""Centimetres between the margins of an A4 page."""
INK, LINK, SHADE = RGBColor(0x1D, 0x1C, 0x1A), "1F5FA8", "E7EDF5"


def as_docx(paper: Paper) -> bytes:
    """Return a paper as DOCX; the same paper gives the same bytes."""
    document = Document()
    _set_up(document, paper)
    title = Span(paper.title, language=paper.language)
    _write(document.add_paragraph(style="Title"), (title,))
    _write(document.add_paragraph(style="Subtitle"), (Span(paper.subtitle),))
    for block in paper.blocks:
        _add(document, block)
    out = io.BytesIO()
    document.save(out)
    return archive(members_of(out.getvalue()))


def _set_up(document: DocxDocument, paper: Paper) -> None:
    made = dt.datetime.combine(paper.made_on, dt.time())
    about = document.core_properties
    about.title, about.author, about.language = paper.title[:LONGEST], paper.author, "en-GB"
    about.last_modified_by = about.comments = about.keywords = about.subject = ""
    about.created = about.modified = made
    about.revision = 1
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21.0 - WIDTH) / 2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    sizes = {"Normal": 11, "Title": 24, "Subtitle": 12, "Heading 1": 17, "Heading 2": 13.5,
             "Heading 3": 11.5, "List Bullet": 11}  # fmt: skip
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size = FACE, Pt(size)
        style.font.color.rgb = INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        for kind in ("hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{kind}"), FACE)
    _language(document)
    _foot(section.footer.paragraphs[0], paper.foot)


def _language(document: DocxDocument) -> None:
    """Tell which language the paper is in, for screen readers and spelling."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
        language.set(qn("w:bidi"), "ar")


def _foot(paragraph: DocxParagraph, text: str) -> None:
    run = paragraph.add_run(f"{text} · page ")
    run.font.size = Pt(8)
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    paragraph._p.append(number)


def _add(document: DocxDocument, block: Block) -> None:
    match block:
        case Heading(level, text):
            _write(document.add_heading(level=level), (Span(text),))
        case Paragraph(pieces, small):
            _write(document.add_paragraph(), pieces, SMALL if small else None)
        case Bullets(items):
            for item in items:
                _write(document.add_paragraph(style="List Bullet"), item)
        case Table():
            _add_table(document, block)


def _add_table(document: DocxDocument, table: Table) -> None:
    made = document.add_table(rows=0, cols=len(table.header), style="Table Grid")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    whole = sum(table.widths)
    header = tuple((Span(title, strong=True),) for title in table.header)
    for number, row in enumerate((header, *table.rows)):
        line = made.add_row()
        _mark(line._tr.get_or_add_trPr(), "w:cantSplit")
        if not number:
            _mark(line._tr.get_or_add_trPr(), "w:tblHeader")
        for cell, pieces, width in zip(line.cells, row, table.widths, strict=True):
            cell.width = Cm(WIDTH * width / whole)
            _write(cell.paragraphs[0], pieces, SMALL)
            if not number:
                _shade(cell)
    document.add_paragraph()


def _mark(properties: object, name: str) -> None:
    properties.append(OxmlElement(name))  # type: ignore[attr-defined]


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), SHADE)
    cell._tc.get_or_add_tcPr().append(shade)


def _write(paragraph: DocxParagraph, pieces: Words, size: Pt | None = None) -> None:
    if runs_right_to_left(pieces):
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    for link, group in by_link(pieces):
        runs = [_add_run(paragraph, piece, pieces) for piece in group]
        for run in runs:
            run.font.size = size
        if link:
            _link(paragraph, runs, link)


def _add_run(paragraph: DocxParagraph, piece: Span, pieces: Words) -> Run:
    """Add a piece of a paragraph, with the direction of its letters and its language."""
    run = paragraph.add_run(piece.text)
    run.bold = piece.strong or None
    if runs_right_to_left((piece, *pieces)):  # signs alone run as the paragraph does
        run.font.rtl, run.font.cs_bold = True, piece.strong or None
    if piece.language:
        language = OxmlElement("w:lang")
        for kind in ("val", "eastAsia", "bidi"):  # Word asks by the script of each letter
            language.set(qn(f"w:{kind}"), piece.language)
        run._r.get_or_add_rPr().append(language)  # python-docx puts the others before it
    return run


def _link(paragraph: DocxParagraph, runs: Sequence[Run], address: str) -> None:
    """Make runs a link that can be seen as one."""
    around = OxmlElement("w:hyperlink")
    target = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    around.set(qn("r:id"), target)
    paragraph._p.replace(runs[0]._r, around)
    for run in runs:
        run.font.underline = True
        run.font.color.rgb = RGBColor.from_string(LINK)
        around.append(run._r)
