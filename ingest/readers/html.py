"""HTML: the text a reader would see, its headings, lists and tables; furniture marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from ingest.readers.allowance import earn_by_text
from ingest.readers.colours import BLACK, WHITE, alike, normal
from ingest.readers.decoding import decode
from ingest.readers.structure import Block, BlockKind, Finding, FindingKind
from ingest.readers.styles import declared, hiding, is_cut_out, is_unseen
from ontology.errors import ReformError

SILENT = {"script", "style", "noscript", "head", "select"}
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
COLOURS = {"color", "background", "background-color"}
PLAIN = {"inherit", "none", "initial", "unset", "currentcolor"}
"""Values of a colour or a ground that change nothing."""
SHADOW = re.compile("<template[^>]*shadowrootmode", re.IGNORECASE)
UNSEEN = {
    "annotation", "annotation-xml", "audio", "canvas", "datalist", "meter", "noembed", "noframes",
    "progress", "rp", "title", "video",
}  # fmt: skip
"""Elements whose words stand for something that is shown instead, or for nothing on a page."""
UNREAD = {"svg", "object", "iframe"}
"""Elements whose words are seen and not read."""
DEEPEST = 400
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
MOST_SELECTORS = 200
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
    doubted: bool = False


@dataclass
class _Page:
    """The text written so far."""

    done: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    current: list[str] = field(default_factory=list)
    hidden: int = 0
    too_deep: int = 0
    doubted: int = 0
    unread: int = 0
    on_black: int = 0
    """Characters on black, in a colour that no element says."""
    doubts: frozenset[int] = frozenset()
    """The elements that a style sheet of the page may hide."""
    shadowed: bool = False
    """Whether an element may have a second content, which is shown in place of its own."""

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
    tree = LexborHTMLParser(source)
    earn_by_text(len(source))  # the parser alone may take minutes, where memory runs out
    title = tree.css_first("title")
    page = _Page(doubts=_doubts(tree, findings), shadowed=bool(SHADOW.search(source)))
    if tree.body is not None:
        _walk(tree.body, page, _around(tree, page))
        page.close(_Place())
    findings += _told(page)
    return "".join(page.done), page.blocks, title.text(strip=True) if title else "", findings


def _told(page: _Page) -> Iterator[Finding]:
    """Yield what a page holds that nobody sees, that may not be seen, or that is not read."""
    look = "read; look whether one sees them"
    counted: tuple[tuple[FindingKind, int, str], ...] = (
        ("hidden text", page.hidden, "a reader does not see: left out"),
        ("hidden text", page.on_black, f"on black, in no colour of their own: {look}"),
        ("unreadable part", page.unread, "in drawings or frames: not read"),
        ("hidden text", page.doubted, f"that a style sheet of the page may hide: {look}"),
        ("unreadable part", page.too_deep,
         f"in more than {DEEPEST} elements, one in the other: left out"),
    )  # fmt: skip
    for kind, count, told in counted:
        if count:
            yield Finding(kind, f"{count} characters {told}")


def _around(tree: LexborHTMLParser, page: _Page) -> _Place:
    """Return the place that the page and its body make.

    What hides a whole page, a script mostly takes away again: its words are read, in doubt.
    """
    place = _Place()
    for node in (tree.root, tree.body):
        if node is not None:
            style = declared(node.attributes.get("style") or "")
            hidden = is_unseen("", node.attributes, style) or node.mem_id in page.doubts
            place = _coloured(place, node.tag or "", node.attributes, style)
            place = replace(place, doubted=place.doubted or hidden)
    return place


def _doubts(tree: LexborHTMLParser, findings: list[Finding]) -> frozenset[int]:
    """Return the elements that the page's own style sheets may hide, as far as they are told."""
    selectors = [one for sheet in tree.css("style") for one in hiding(sheet.text() or "")]
    found: set[int] = set()
    for selector in selectors[:MOST_SELECTORS]:
        with suppress(ValueError, SelectolaxError):  # no selector, or none that is known here
            found.update(node.mem_id for node in tree.css(selector))
    if len(selectors) > MOST_SELECTORS:
        findings.append(
            Finding(
                "hidden text",
                f"its style sheet has {len(selectors)} rules that hide words, of which "
                f"{MOST_SELECTORS} are looked at: look whether one sees what is read",
            )
        )
    return frozenset(found)


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
    if page.shadowed and _shadow_hides(node, page, place):
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
        style = declared(attributes.get("style") or "")
        if _count_unseen(child, attributes, style, page):
            continue
        if tag == "br":
            page.write("\n")
            continue
        around = _coloured(place, tag, attributes, style)
        if child.mem_id in page.doubts:
            around = replace(around, doubted=True)
        if tag in INLINE:
            _walk(child, page, _deeper(around, place.kind, place.marker, place.furniture))
            continue
        number += tag == "li"
        page.close(place)
        inner = _enter(tag, attributes, around, node.tag or "", number)
        _walk(child, page, inner)
        page.close(inner)


def _count_unseen(
    node: LexborNode, attributes: dict[str, str | None], style: dict[str, str], page: _Page
) -> bool:
    """Count the words of an element that nobody sees; return whether it is one."""
    tag = node.tag or ""
    if tag in UNREAD:
        page.unread += _length_unread(node, tag)
    elif tag == "template":
        if "shadowrootmode" not in attributes:
            page.hidden += _length_of(_content(node).body)
    elif tag in UNSEEN or is_unseen(tag, attributes, style):
        page.hidden += _length_of(node)
    else:
        return False
    return True


def _shadow_hides(node: LexborNode, page: _Page, place: _Place) -> bool:
    """Read what is shown in place of an element's own content, if there is such a thing.

    Return whether that hides its own content: it has no slot for it.
    """
    for child in node.iter():
        if child.tag == "template" and "shadowrootmode" in child.attributes:
            shown = _content(child)
            if shown.body is not None:
                inner = _deeper(place, place.kind, place.marker, place.furniture)
                _walk(shown.body, page, inner)
            if shown.css_first("slot") is not None:
                return False
            page.hidden += _length_of(node)
            return True
    return False


def _content(template: LexborNode) -> LexborHTMLParser:
    """Return what a template holds, which is no part of the tree, as a page of its own."""
    source = template.html or ""
    return LexborHTMLParser("<div" + source.removeprefix("<template").removesuffix("</template>"))


def _length_of(node: LexborNode | None) -> int:
    return len((node.text() or "").strip()) if node is not None else 0


def _length_unread(node: LexborNode, tag: str) -> int:
    """Return how many characters of a drawing or a frame one sees, which are not read."""
    if tag == "iframe":
        return _length_of(LexborHTMLParser(node.attributes.get("srcdoc") or "").body)
    if tag == "object":
        return _length_of(node)
    return sum(_length_of(one) for one in node.css("text, foreignObject"))


def _write_words(node: LexborNode, page: _Page, place: _Place) -> None:
    words = re.sub(r"\s+", " ", node.text(deep=False) or "")
    if alike(place.colour, place.ground):
        page.hidden += len(words.strip())
        return
    if page.ends_blank():
        words = words.lstrip()
    if words:
        page.write(words)
        if not place.colour and alike(BLACK, place.ground):
            page.on_black += len(words.strip())
        if place.doubted and not place.furniture:
            page.doubted += len(words.strip())


def _deeper(place: _Place, kind: BlockKind, marker: str, furniture: str, depth: int = -1) -> _Place:
    deep = place.depth if depth < 0 else depth
    return replace(
        place, kind=kind, marker=marker, depth=deep, furniture=furniture, level=place.level + 1
    )


def _coloured(
    place: _Place, tag: str, attributes: dict[str, str | None], style: dict[str, str]
) -> _Place:
    """Return the place with the colours an element gives itself; style sheets are not computed."""
    colour, ground = place.colour, place.ground
    if tag == "font":
        colour = normal(attributes.get("color") or colour)
    elif tag in {"body", "table", "tr", "td", "th"}:
        ground = normal(attributes.get("bgcolor") or ground)
        ground = attributes.get("background") or ground  # a picture
        colour = normal(attributes.get("text") or colour) if tag == "body" else colour
    for name, value in style.items():
        if name not in COLOURS or (name == "color" and is_cut_out(style)):
            continue
        said = normal(value)
        if said in PLAIN:
            continue
        if name == "color":
            colour = said
        elif said != "transparent":
            ground = said
    picture = style.get("background-image", "none")  # lies on any colour
    return replace(place, colour=colour, ground=ground if picture in PLAIN else picture)


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
