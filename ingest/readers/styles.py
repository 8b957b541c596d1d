"""What an element's own style and attributes say: whether its words are seen."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.readers.colours import normal

BRACKET = re.compile("([{}])")
COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|\([^()]*\)")
END = re.compile(r"(?<!\\);")
LENGTH = re.compile(r"(?:calc\(\s*)?([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)([a-z]*|%)(?:\s*\))?")
PIXELS = {
    "px": 1.0, "pt": 1.33, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "q": 0.94, "em": 16.0,
    "rem": 16.0, "ex": 8.0, "ch": 8.0, "%": 0.16, "": 1.0,
}  # fmt: skip
"""What a unit of a font's size is, where the text around has the usual 16 pixels."""
FAR = re.compile(r"-\d{3,}")
AWAY = ("left", "top")
MARGINS = ("margin-left", "padding-left")
VERY_AWAY = ("margin-left", "margin-top", "margin", "inset", "right", "bottom", "translate")
MOVED_AWAY = re.compile(
    r"\bscale[xy]?\(\s*0(?:\.0*)?\s*[,)]|\btranslate\w*\([^()]{0,40}?-\d{4}|"
    r"\brotate[xy]\(\s*-?90deg|\bmatrix\(\s*0\s*,\s*0\s*,\s*0\s*,\s*0\s*,"
)
FILTERED_AWAY = re.compile(r"\bopacity\(\s*0(?:\.0*)?%?\s*\)")
NOTHING = re.compile(r"0(?:\.0*)?%?(?:\s|$)")
CUT_AWAY = re.compile(
    r"inset\([^()]*\b100(?:\.0*)?%|"
    r"inset\(\s*(?:[5-9]\d|\d{3,})(?:\.\d+)?%|(?:circle|ellipse)\(\s*0(?![.\d])|"
    r"(?:polygon|rect)\([\s,0a-z%]*\)"
)
SIDES = ("height", "max-height", "width", "max-width")
SHUT = frozenset({"hidden", "clip", "auto", "scroll"})
ALWAYS = re.compile(r"@(?:layer|supports|media\s+(?:only\s+)?(?:screen|all))\b[^:,]*$")
"""Heads of what counts for whoever reads a page on a screen."""
STATE = re.compile(r"::|:(?:hover|focus|active|visited|link|target|checked|open|disabled|enabled)")
ANYWHERE = frozenset({"inherit", "initial", "unset", "revert", "revert-layer"})
SHOWN_AS = """
none contents block inline run-in flow flow-root flex grid table list-item ruby math
inline-block inline-flex inline-grid inline-table
"""
DISPLAYS = frozenset(SHOWN_AS.split())
VISIBILITIES = frozenset({"visible", "hidden", "collapse"})
FAINTEST = 0.01
"""Of opacity."""
SHOWN_LATER = ("hidden", "popover")
"""Attributes whose elements are shown by a script or a click, unless their style shows them."""


def declared(style: str) -> dict[str, str]:
    """Return what a style declares, by property, in lower case: of each what counts in the end.

    A later declaration stands after an earlier one, as far as both count.
    """
    if not style:
        return {}
    plain = QUOTED.sub(lambda one: one[0].replace(";", " "), COMMENT.sub("", style))
    found: dict[str, str] = {}
    binding = set()
    for declaration in END.split(plain):
        unescaped = ESCAPE.sub(_unescaped, declaration).lower()
        name, colon, value = (part.strip() for part in unescaped.partition(":"))
        value, important, _ = value.partition("!")
        if colon and _counts(name, value.strip()) and (important or name not in binding):
            found.pop(name, None)
            found[name] = value.strip()
            if important:
                binding.add(name)
    return found


def _counts(name: str, value: str) -> bool:
    """Whether a browser takes a value; it passes over one that a property cannot have."""
    words = value.split()
    if not words or value in ANYWHERE or "var(" in value:
        return bool(words)
    if name == "display":
        return all(w in DISPLAYS or w.startswith(("table-", "ruby-", "-")) for w in words)
    if name == "visibility":
        return value in VISIBILITIES
    if name == "opacity":
        return bool(LENGTH.fullmatch(value)) or "(" in value
    if name == "font-size":
        letters = re.fullmatch(r"(?:xx?x?-)?(?:small|large)(?:er)?|medium|math", value)
        return bool(letters or LENGTH.fullmatch(value)) or "(" in value
    return True


def hiding(sheet: str) -> list[str]:
    """Return the selectors of a style sheet by which nobody sees what they select.

    Rules for some media or states alone are passed over, and so is what other rules say against it.
    """
    found = []
    selector, depth = "", 0
    # Its end closes what is open, and the marks that hid it from old browsers say nothing.
    pieces = BRACKET.split(re.sub("<!--|-->", "", COMMENT.sub("", sheet)) + "}")
    for before, bracket in zip(pieces[::2], pieces[1::2], strict=False):
        if bracket == "{" and depth == 0 and ALWAYS.match(before.rpartition(";")[2].strip()):
            continue
        if bracket == "{":
            selector = before.rpartition(";")[2].strip() if depth == 0 else selector
            depth += 1
            continue
        depth = max(depth - 1, 0)
        plain = [
            one.strip() for one in selector.split(",") if one.strip() and not STATE.search(one)
        ]
        if depth == 0 and plain and "@" not in selector and is_unseen("", {}, declared(before)):
            found += plain
    return found


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else 0
    return found[2] if found[2] else chr(code) if code < 0xD800 else "\ufffd"


def is_unseen(tag: str, attributes: Mapping[str, str | None], style: Mapping[str, str]) -> bool:
    """Whether nobody sees the words of an element, by what it says itself.

    `style` is what `declared` returns of it. Style sheets and classes are not computed. What is
    hidden from programs that read aloud alone is seen.
    """
    closed = tag == "dialog" and "open" not in attributes
    waits = closed or any(name in attributes for name in SHOWN_LATER)
    return (
        style.get("display", "none" if waits else "") == "none"
        or style.get("visibility") in {"hidden", "collapse"}
        or style.get("content-visibility") == "hidden"
        or _is_faint(style)
        or _is_tiny(style)
        or _is_away(style)
        or _is_cut(style)
    )


def _pixels(length: str) -> float | None:
    """Return a length in pixels, or None for what is none."""
    found = LENGTH.fullmatch(length)
    return float(found[1]) * PIXELS.get(found[2], 16.0) if found else None


def _is_faint(style: Mapping[str, str]) -> bool:
    opacity = _pixels(style.get("opacity", ""))
    return (
        (opacity is not None and opacity <= FAINTEST)
        or bool(FILTERED_AWAY.search(style.get("filter", "")))
        or (
            normal(style.get("-webkit-text-fill-color", "")) == "transparent"
            and not is_cut_out(style)
        )
    )


def is_cut_out(style: Mapping[str, str]) -> bool:
    """Whether letters are cut out of a picture or a run of colours: they need no colour then."""
    clips = ("background-clip", "-webkit-background-clip", "background")
    painted = any("(" in style.get(name, "") for name in ("background", "background-image"))
    return painted and any("text" in style.get(name, "").split() for name in clips)


def _is_tiny(style: Mapping[str, str]) -> bool:
    size = _pixels(style.get("font-size", ""))
    if size is None:
        # In the short form a number without a unit is a weight, unless it is 0.
        sizes = [word.partition("/")[0] for word in style.get("font", "").split()]
        found = [_pixels(word) for word in sizes if word == "0" or not word.isdecimal()]
        size = next((one for one in found if one is not None), None)
    return size is not None and size < 1


def _is_away(style: Mapping[str, str]) -> bool:
    return (
        any(FAR.match(value) or _is_far(value) for value in map(style.get, AWAY) if value)
        or _is_indented_away(style)
        or any(_is_far(value) for value in map(style.get, VERY_AWAY) if value)
        or bool(MOVED_AWAY.search(style.get("transform", "")))
        or bool(NOTHING.match(style.get("scale", "")))
    )


def _is_indented_away(style: Mapping[str, str]) -> bool:
    """Whether a line begins far to the left, and not at the edge of a margin left for it."""
    indent = style.get("text-indent", "")
    shift = _pixels(indent)
    if shift is None or not (FAR.match(indent) or _is_far(indent)):
        return False
    room = sum(_pixels(style.get(one, "")) or 0 for one in MARGINS)
    return indent.endswith("%") or shift + room < -50


def _is_far(value: str) -> bool:
    """Whether one of the lengths of a place is so far below nothing that nobody goes there."""
    return any((length := _pixels(word)) is not None and length <= -1000 for word in value.split())


def _is_cut(style: Mapping[str, str]) -> bool:
    """Whether an element is cut to nothing, or to the pixel that is left for reading aloud."""
    if CUT_AWAY.search(style.get("clip-path", "")):
        return True
    clip = style.get("clip", "")
    if clip.startswith("rect(") and style.get("position") in {"absolute", "fixed"}:
        return all(float(number) <= 1 for number in re.findall(r"\d+\.?\d*|\.\d+", clip))
    # With a padding it is a place for something else.
    padded = any(n.startswith("padding") and re.search("[1-9]", v) for n, v in style.items())
    said = (style.get(name, "") for name in ("overflow", "overflow-y", "overflow-x"))
    cut = any(word in SHUT for value in said for word in value.split())
    return cut and not padded and any(_is_thin(style.get(name, "")) for name in SIDES)


def _is_thin(side: str) -> bool:
    """Whether a side of an element leaves no more than a pixel; of a share, only none does."""
    pixels = _pixels(side)
    return pixels is not None and pixels <= (0 if side.endswith("%") else 1)
