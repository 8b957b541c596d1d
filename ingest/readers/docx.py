"""DOCX: paragraphs, lists, tables and footnotes; tracked changes and hidden words reported."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from ingest.readers.allowance import earn_by_text
from ingest.readers.colours import WHITE, alike, normal
from ingest.readers.lines import is_heading
from ingest.readers.markers import find_marker
from ingest.readers.runs import (
    Properties,
    is_row_unseen,
    is_shaded,
    is_unseen,
    named_styles,
)
from ingest.readers.structure import Block, BlockKind, Finding
from ontology.errors import ReformError

ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
KNOWN = (
    "http://schemas.microsoft.com/office/",
    "http://schemas.openxmlformats.org/",
    "urn:schemas",
)
WRAPPERS = {
    *map(qn, ("w:sdt", "w:sdtContent", "w:customXml")),
    *(ALTERNATIVES + name for name in ("AlternateContent", "Choice", "Fallback")),
}
"""Elements that stand around paragraphs and say nothing themselves."""
MARKERS = {
    "black": "#000000", "blue": "#0000ff", "cyan": "#00ffff", "darkBlue": "#000080",
    "darkCyan": "#008080", "darkGray": "#808080", "darkGreen": "#008000",
    "darkMagenta": "#800080", "darkRed": "#800000", "darkYellow": "#808000", "green": "#00ff00",
    "lightGray": "#c0c0c0", "magenta": "#ff00ff", "red": "#ff0000", "white": "#ffffff",
    "yellow": "#ffff00",
}  # fmt: skip
"""The colours of Word's markers."""
PAPER = ("background1", "light1")
"""Names in a theme of the colour of paper."""
IN_WORDS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
"""Elements that stand among words, and what they are read as."""
EMBEDDED = ("/aFChunk", "/oleObject", "/package", "/subDocument")
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200


@dataclass
class _Writing:
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    hidden: int = 0
    doubtful: int = 0
    signs: int = 0
    """Pictures of a symbol font, which stand for no letters."""
    deleted: int = 0
    inserted: int = 0
    styles: dict[str, Properties] = field(default_factory=dict)
    drawn_behind: bool = False
    """Whether something is drawn behind the words, such as the ground of a title page."""

    def add(self, text: str, kind: BlockKind, marker: str = "", depth: int = 0) -> None:
        if text.strip():
            mark = find_marker(text) if kind in {"paragraph", "item"} and not marker else None
            start = mark[1] if mark else len(text) - len(text.lstrip())
            if mark and start < len(text.rstrip()):
                kind, marker = "item", mark[0]
            begin, end = self.length + start, self.length + len(text.rstrip())
            self.blocks.append(Block(kind, begin, end, marker, depth))
        self.pieces.append(text + "\n")
        earn_by_text(len(text), self.length)
        self.length += len(text) + 1


def read_docx(data: bytes, name: str) -> tuple[str, list[Block], str, list[Finding]]:
    """Read a DOCX: its text, blocks, title and findings.

    Raises ReformError when it is damaged, encrypted, unpacks to too much or declares entities.
    """
    _look_before_unpacking(data, name)
    try:
        document = docx.Document(io.BytesIO(data))
        writing = _Writing(styles=named_styles(document), drawn_behind=_is_drawn_behind(document))
        _choose(document.element, writing)
        _write_body(document.element.body, writing)
        notes = _footnotes(document, writing)
        title = document.core_properties.title or ""
        findings = _findings(document, writing)
    except MemoryError:
        raise
    except Exception as error:  # python-docx lets KeyError and AttributeError of lxml through
        raise ReformError(
            f"{name}: is damaged or no DOCX ({type(error).__name__}). Open and save it again."
        ) from error
    for note in notes:
        writing.add(note, "footnote")
    return "".join(writing.pieces), writing.blocks, title, findings


def _look_before_unpacking(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
            if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(len(data), 50_000):
                raise ReformError(
                    f"{name}: unpacks to {unpacked // 1_000_000} MB, too much for its size. "
                    "Not read."
                )
            hostile = any(_has_doctype(archive, info) for info in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ReformError(f"{name}: is a damaged DOCX. Open and save it again.") from error
    if hostile:
        raise ReformError(
            f"{name}: declares a document type, which no DOCX may and which can make words vanish "
            "or read other files. Save its text anew, if you trust it."
        )


def _has_doctype(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part is XML with a document type; only what stands before its root is parsed."""

    def tell(*given: object) -> None:
        raise StopIteration(len(given) == 4)  # a type has four properties, an element two

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = tell
    parser.StartElementHandler = tell
    try:
        with archive.open(part) as file:
            while piece := file.read(16_384):
                parser.Parse(piece)
    except StopIteration as told:
        return bool(told.value)
    except expat.ExpatError as error:
        # Another part than XML. In an encoding unknown here a type could hide.
        return error.code == expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING]
    except (ValueError, LookupError):
        return True  # an encoding unknown here
    except Exception:  # a damaged part is told when it is needed
        return False
    return False


def _choose(root: Any, writing: _Writing) -> None:
    """Take out of a tree all alternatives but those that Word shows.

    Words that stand in others only count as hidden.
    """
    for one in list(root.iter(f"{ALTERNATIVES}AlternateContent")):
        if next(one.iterancestors(root.tag), None) is None:
            continue  # part of another that was taken out
        chosen = next(filter(_is_shown, one.iterchildren()), None)
        words = _plain(chosen) if chosen is not None else ""
        for other in list(one.iterchildren()):
            if other is not chosen:
                writing.hidden += len(_plain(other)) if _plain(other) != words else 0
                one.remove(other)


def _is_shown(alternative: Any) -> bool:
    """Whether Word shows an alternative, which it does with all that its makers have named."""
    if alternative.tag == f"{ALTERNATIVES}Choice":
        names = [alternative.nsmap.get(one) for one in alternative.get("Requires", "").split()]
        return all(name and name.startswith(KNOWN) for name in names)
    return bool(alternative.tag == f"{ALTERNATIVES}Fallback")


def _plain(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


def _write_body(body: Any, writing: _Writing) -> None:
    for element in body.iterchildren():
        if element.tag == qn("w:p"):
            _write_paragraph(element, writing)
        elif element.tag == qn("w:tbl"):
            for cell in element.iter(qn("w:tc")):
                if is_row_unseen(cell.getparent()):
                    writing.hidden += len(_plain(cell))
                    continue
                texts = [_words(p, writing) for p in _paragraphs(cell)]
                for text in [t for t in texts if t.strip()] or [""]:
                    writing.add(text, "cell")
        elif element.tag in WRAPPERS:
            _write_body(element, writing)


def _paragraphs(cell: Any) -> Iterator[Any]:
    """Yield a cell's own paragraphs, not those of tables in it."""
    for element in cell.iterchildren():
        if element.tag == qn("w:p"):
            yield element
        elif element.tag in WRAPPERS:
            yield from _paragraphs(element)


def _write_paragraph(paragraph: Any, writing: _Writing) -> None:
    text = _words(paragraph, writing)
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    style_name = (style.get(qn("w:val")) if style is not None else "") or ""
    heading = re.fullmatch(r"(?:heading|titre|berschrift)\s?(\d)|(title)", style_name, re.I)
    numbering = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if heading:
        writing.add(text, "heading", "", int(heading[1] or 0))
    elif numbering is not None or style_name.lower().startswith("list"):
        level = numbering.find(qn("w:ilvl")) if numbering is not None else None
        writing.add(text, "item", "•", int(level.get(qn("w:val")) or 0) if level is not None else 0)
    else:
        writing.add(text, "heading" if is_heading(text) else "paragraph")


def _words(paragraph: Any, writing: _Writing) -> str:
    """Return a paragraph's words as they stand: insertions in, deletions and hidden words out."""
    words = []
    inside = [qn(f"w:{name}") for name in ("t", "delText", "sym", *IN_WORDS)]
    for node in paragraph.iter(*inside, qn("m:t")):
        run, name = node.getparent(), node.tag.rpartition("}")[2]
        taken_out = next(run.iterancestors(qn("w:del"), qn("w:moveFrom")), None) is not None
        if name == "delText" or taken_out:
            writing.deleted += len(node.text or "")
            continue
        if is_unseen(run, writing.styles):
            writing.hidden += len(node.text or "")
            continue
        colour, ground = _colours(run, writing)
        if alike(colour, ground or WHITE):
            if ground:
                writing.hidden += len(node.text or "")
                continue
            writing.doubtful += len(node.text or "")
        if next(run.iterancestors(qn("w:ins"), qn("w:moveTo")), None) is not None:
            writing.inserted += len(node.text or "")
        if name == "t":
            words.append(node.text or "")
        elif name == "sym":
            writing.signs += 1
        elif next(node.iterancestors(qn("w:pPr")), None) is None:
            words.append(IN_WORDS[name])
    return "".join(words)


def _is_drawn_behind(document: Any) -> bool:
    heads = [r for r in document.part.rels.values() if r.reltype.endswith("/header")]
    roots = [parse_xml(r.target_part.blob) for r in heads if not r.is_external]
    anchors = (one for root in (document.element, *roots) for one in root.iter(qn("wp:anchor")))
    return any(one.get("behindDoc") in {"1", "true"} for one in anchors)


def _colours(run: Any, writing: _Writing) -> tuple[str, str]:
    """Return a run's own colour and that of the ground declared around it, or of white paper.

    The ground is "" when a style, a drawn box, something drawn behind the words or a page colour
    may lie under the run, or when a black marker lies on words whose colour is left to the program.
    """
    properties = f"{qn('w:rPr')}/"
    colour = run.find(properties + qn("w:color"))
    written = (colour.get(qn("w:val")) if colour is not None else "") or "auto"
    if colour is not None and colour.get(qn("w:themeColor")) in PAPER:
        written = "auto" if colour.get(qn("w:themeShade")) else "FFFFFF"
    marker = run.find(properties + qn("w:highlight"))
    marked = MARKERS.get(marker.get(qn("w:val")) or "") if marker is not None else None
    if written == "auto":
        return (WHITE if marked == MARKERS["black"] else "", "")
    if marked:
        return normal(f"#{written}"), marked
    for element in (run, *run.iterancestors(qn("w:p"), qn("w:tc"))):
        shading = element.find(f"{element.tag}Pr/{qn('w:shd')}")  # w:rPr, w:pPr, w:tcPr
        solid = shading is not None and shading.get(qn("w:val")) == "solid"
        fill = shading.get(qn("w:color" if solid else "w:fill")) if shading is not None else ""
        if (fill or "auto") != "auto":
            return normal(f"#{written}"), normal(f"#{fill}")
    table = next(run.iterancestors(qn("w:tbl")), None)
    is_unknown = (
        writing.drawn_behind
        or is_shaded(run, writing.styles)
        or (table is not None and table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}") is not None)
        or next(run.iterancestors(qn("w:txbxContent")), None) is not None
        or run.getroottree().getroot().find(qn("w:background")) is not None
    )
    return normal(f"#{written}"), "" if is_unknown else WHITE


def _footnotes(document: Any, writing: _Writing) -> list[str]:
    found = []
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(("/footnotes", "/endnotes")):
            root = parse_xml(relation.target_part.blob)  # resolves no entities
            _choose(root, writing)
            for note in root:
                text = _words(note, writing).strip()
                if text:
                    found.append(text)
    return found


def _says(end: Any) -> bool:
    """Whether the head or foot of pages holds more than the number of a page."""
    return len(re.findall(r"[^\W\d_]{3,}", _plain(end))) > 1


def _findings(document: Any, writing: _Writing) -> list[Finding]:
    findings = []
    if writing.deleted or writing.inserted:
        findings.append(
            Finding(
                "tracked changes",
                f"{writing.inserted} characters inserted (read), {writing.deleted} deleted "
                "(left out), neither accepted yet: the text may not be the final one",
            )
        )
    if writing.hidden:
        findings.append(Finding("hidden text", f"{writing.hidden} hidden characters: left out"))
    if writing.doubtful:
        findings.append(
            Finding(
                "hidden text",
                f"{writing.doubtful} characters in white on a ground that is not known, or under "
                "a black marker: read; look whether one sees them",
            )
        )
    if writing.signs:
        findings.append(
            Finding("unreadable part", f"{writing.signs} signs of symbol fonts: not read")
        )
    ends = [r for r in document.part.rels.values() if r.reltype.endswith(("/header", "/footer"))]
    if any(not r.is_external and _says(parse_xml(r.target_part.blob)) for r in ends):
        findings.append(Finding("unreadable part", "words at the head or foot of pages: not read"))
    embedded = [r for r in document.part.rels.values() if r.reltype.endswith(EMBEDDED)]
    if embedded:
        findings.append(
            Finding("unreadable part", f"{len(embedded)} files are embedded in it: not read")
        )
    if any(r.reltype.endswith("/comments") for r in document.part.rels.values()):
        findings.append(Finding("comments", "the file holds comments: not read"))
    return findings
