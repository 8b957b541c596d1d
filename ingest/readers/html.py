"""HTML: the text a reader would see, its headings, lists and tables; furniture marked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.readers.allowance import earn_work, shorten_work
from ingest.readers.colours import WHITE, alike, normal
from ingest.readers.decoding import decode
from ingest.readers.structure import Block, BlockKind, Finding
from ontology.errors import ReformError

SILENT = {"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select"}
INLINE_WORDS = """
a abbr b bdi bdo cite code data del dfn em font i img ins kbd label mark q s samp small
span strong sub sup time tt u var wbr
"""
INLINE = frozenset(INLINE_WORDS.split())
FURNITURE_TAGS = {"nav": "menu", "footer": "page foot", "aside": "margin", "form": "form"}
FURNITURE_ROLES = {"navigation": "menu", "banner": "page head", "contentinfo": "page foot"}
FURNITURE_WORDS = re.compile(
    r"(?:^|[\W_])(cookie|consent|menu|nav|navbar|breadcrumb|share|sharing|social|newsletter|"
    r"subscribe|related|popular|sidebar|advert|banner|promo|donate|skip)s?(?:$|[\W_])",
    re.IGNORECASE,
)
HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|"
    r"opacity\s*:\s*0(?:\.0*)?(?![.\d])|(?:left|top|text-indent)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
COLOUR = re.compile(r"(?:^|;)\s*(color|background(?:-color)?)\s*:\s*([^;!]+)", re.IGNORECASE)
DEEPEST = 400
PARSED_WITHIN = 6.0
"""Seconds of work for the parser, which needs one for 40 MB, or minutes where memory runs out."""
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)([^>]*)")
ENDS_ITSELF = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "dd",
        "dt",
        "embed",
        "hr",
        "img",
        "input",
        "li",
        "link",
        "meta",
        "option",
        "p",
        "param",
        "source",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "track",
        "wbr",
    ]
)
MOST_OPEN = 5_000
MOST_ATTRIBUTES = 5_000
"""Beyond these the parser takes minutes; a page that somebody wrote has hundredths of it."""


@dataclass(frozen=True)
class _Place:
    """What the elements around a text say about it."""

    kind: BlockKind = "paragraph"
    marker: str = ""
    depth: int = 0
    furniture: str = ""
    level: int = 0
    colour: str = ""
    ground: str = WHITE


@dataclass
class _Page:
    """The text written so far."""

    done: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    current: list[str] = field(default_factory=list)
    hidden: int = 0
    too_deep: int = 0

    def write(self, text: str) -> None:
        self.current.append(text)

    def ends_blank(self) -> bool:
        return not self.current or self.current[-1][-1:].isspace()

    def close(self, place: _Place) -> None:
        """End the block that is being written, if it has words."""
        text = "".join(self.current)
        self.current = []
        if not text.strip():
            return
        start = self.length + len(text) - len(text.lstrip())
        end = self.length + len(text.rstrip())
        self.blocks.append(
            Block(place.kind, start, end, place.marker, place.depth, place.furniture)
        )
        self.done.append(text + "\n")
        self.length += len(text) + 1


def read_html(data: bytes, name: str) -> tuple[str, list[Block], str, list[Finding]]:
    """Read a page: its visible text, blocks, title and findings.

    Raises ReformError when the bytes are no text, or elements too deep in each other.
    """
    source, findings = decode(data, name, declared_in_html=True)
    _refuse_tangled(source, name)
    shorten_work(PARSED_WITHIN)
    tree = LexborHTMLParser(source)
    earn_work(min(len(source) // 250_000, 20))
    title = tree.css_first("title")
    page = _Page()
    if tree.body is not None:
        _walk(tree.body, page, _coloured(_Place(), "body", tree.body.attributes))
        page.close(_Place())
    if page.hidden:
        findings.append(
            Finding("hidden text", f"{page.hidden} characters a reader does not see: left out")
        )
    if page.too_deep:
        findings.append(
            Finding(
                "unreadable part",
                f"{page.too_deep} characters in more than {DEEPEST} elements, one in the other: "
                "left out",
            )
        )
    return "".join(page.done), page.blocks, title.text(strip=True) if title else "", findings


def _refuse_tangled(source: str, name: str) -> None:
    """Raise ReformError where so many elements are open at once, or one has so many attributes."""
    deep = 0
    for tag in TAG.finditer(source):
        if tag[2].lower() not in ENDS_ITSELF and not tag[3].endswith("/"):
            deep = max(deep - 1, 0) if tag[1] else deep + 1
        if deep > MOST_OPEN or len(tag[3]) > MOST_ATTRIBUTES < tag[3].count(" "):
            line = source.count("\n", 0, tag.start()) + 1
            raise ReformError(
                f"{name} line {line}: has elements more than {MOST_OPEN:,} deep in each other, or "
                "as many attributes. Open it, and save what you see as plain text."
            )


def _walk(node: LexborNode, page: _Page, place: _Place) -> None:
    if place.level > DEEPEST:
        page.too_deep += len((node.text() or "").strip())
        return
    number = 0
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag == "-text":
            _write_words(child, page, place)
            continue
        if tag in SILENT or tag.startswith("-") or tag.startswith("!"):
            continue
        attributes = child.attributes
        if _hidden(attributes):
            page.hidden += len((child.text() or "").strip())
            continue
        if tag == "br":
            page.write("\n")
            continue
        around = _coloured(place, tag, attributes)
        if tag in INLINE:
            _walk(child, page, _deeper(around, place.kind, place.marker, place.furniture))
            continue
        number += tag == "li"
        page.close(place)
        inner = _enter(tag, attributes, around, node.tag or "", number)
        _walk(child, page, inner)
        page.close(inner)


def _write_words(node: LexborNode, page: _Page, place: _Place) -> None:
    words = re.sub(r"\s+", " ", node.text(deep=False) or "")
    if alike(place.colour, place.ground):
        page.hidden += len(words.strip())
        return
    if page.ends_blank():
        words = words.lstrip()
    if words:
        page.write(words)


def _deeper(place: _Place, kind: BlockKind, marker: str, furniture: str, depth: int = -1) -> _Place:
    deep = place.depth if depth < 0 else depth
    return _Place(kind, marker, deep, furniture, place.level + 1, place.colour, place.ground)


def _coloured(place: _Place, tag: str, attributes: dict[str, str | None]) -> _Place:
    """Return the place with the colours an element gives itself; style sheets are not computed."""
    colour, ground = place.colour, place.ground
    if tag == "font":
        colour = normal(attributes.get("color") or colour)
    elif tag in {"body", "table", "tr", "td", "th"}:
        ground = normal(attributes.get("bgcolor") or ground)
    for name, value in COLOUR.findall(attributes.get("style") or ""):
        said = normal(value)
        if said in {"inherit", "none", "initial", "unset", "currentcolor"}:
            continue
        if name.lower() == "color":
            colour = said
        elif said != "transparent":
            ground = said
    return replace(place, colour=colour, ground=ground)


def _enter(
    tag: str, attributes: dict[str, str | None], place: _Place, parent: str, number: int
) -> _Place:
    furniture = place.furniture or _furniture(tag, attributes)
    if re.fullmatch(r"h[1-6]", tag):
        return _deeper(place, "heading", "", furniture, int(tag[1]))
    if tag == "li":
        marker = f"{number}." if parent == "ol" else "•"
        return _deeper(place, "item", marker, furniture, place.depth)
    if tag in {"ul", "ol"}:
        return _deeper(place, place.kind, place.marker, furniture, place.depth + 1)
    if tag in {"td", "th"}:
        return _deeper(place, "cell", "", furniture)
    if tag == "blockquote":
        return _deeper(place, "paragraph", "", furniture)
    return _deeper(place, place.kind, place.marker, furniture)


def _hidden(attributes: dict[str, str | None]) -> bool:
    return "hidden" in attributes or bool(HIDDEN.search(attributes.get("style") or ""))


def _furniture(tag: str, attributes: dict[str, str | None]) -> str:
    if tag in FURNITURE_TAGS:
        return FURNITURE_TAGS[tag]
    role = FURNITURE_ROLES.get(attributes.get("role") or "")
    if role:
        return role
    if tag in {"body", "main", "article", "html"}:
        return ""
    named = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
    found = FURNITURE_WORDS.search(named)
    return found[1].lower() if found else ""
