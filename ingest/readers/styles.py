"""What an element's own style and attributes say: whether its words are seen."""

from __future__ import annotations

import re
from collections.abc import Mapping

BRACKET = re.compile("([{}])")
COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)
LENGTH = re.compile(r"(-?(?:\d+\.?\d*|\.\d+))(px|pt|em|rem|ex|ch|vw|vh|%|)")
PIXELS = {"px": 1.0, "pt": 1.33, "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "%": 0.16, "": 1.0}
"""What a unit of a font's size is, where the text around has the usual 16 pixels."""
FAR = re.compile(r"-\d{3,}")
VERY_FAR = re.compile(r"-\d{4,}")
AWAY = ("left", "top", "text-indent")
MOVED_AWAY = re.compile(r"\bscale[xy]?\(\s*0(?:\.0*)?\s*[,)]|\btranslate\w*\([^()]{0,40}?-\d{4}")
CUT_AWAY = re.compile(
    r"inset\(\s*(?:[5-9]\d|\d{3,})(?:\.\d+)?%|(?:circle|ellipse)\(\s*0(?![.\d])|"
    r"(?:polygon|rect)\([\s,0a-z%]*\)"
)
SIDES = ("height", "max-height", "width", "max-width")
SHOWN_LATER = ("hidden", "popover")
"""Attributes whose elements are shown by a script or a click, unless their style shows them."""


def declared(style: str) -> dict[str, str]:
    """Return what a style declares, by property, in lower case: of each what counts in the end.

    A later declaration stands after an earlier one, as far as both count.
    """
    if not style:
        return {}
    plain = ESCAPE.sub(_unescaped, COMMENT.sub("", style)).lower()
    found: dict[str, str] = {}
    binding = set()
    for declaration in plain.split(";"):
        name, colon, value = (part.strip() for part in declaration.partition(":"))
        value, important, _ = value.partition("!")
        if colon and (important or name not in binding):
            found.pop(name, None)
            found[name] = value.strip()
            if important:
                binding.add(name)
    return found


def hiding(sheet: str) -> list[str]:
    """Return the selectors of a style sheet by which nobody sees what they select.

    Rules for some media or states alone are passed over, and so is what other rules say against it.
    """
    found = []
    selector, depth = "", 0
    pieces = BRACKET.split(COMMENT.sub("", sheet))
    for before, bracket in zip(pieces[::2], pieces[1::2], strict=False):
        if bracket == "{":
            selector = before.rpartition(";")[2].strip() if depth == 0 else selector
            depth += 1
            continue
        depth = max(depth - 1, 0)
        plain = depth == 0 and "@" not in selector and ":" not in selector
        if plain and selector and is_unseen("", {}, declared(before)):
            found.append(selector)
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
        or _pixels(style.get("opacity", "")) == 0
        or _is_tiny(style)
        or _is_away(style)
        or _is_cut(style)
    )


def _pixels(length: str) -> float | None:
    """Return a length in pixels, or None for what is none."""
    found = LENGTH.fullmatch(length)
    return float(found[1]) * PIXELS.get(found[2], 16.0) if found else None


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
        any(FAR.match(style.get(name, "")) for name in AWAY)
        or any(VERY_FAR.match(style.get(f"margin-{side}", "")) for side in ("left", "top"))
        or bool(MOVED_AWAY.search(style.get("transform", "")))
    )


def _is_cut(style: Mapping[str, str]) -> bool:
    """Whether an element is cut to nothing, or to the pixel that is left for reading aloud."""
    if CUT_AWAY.search(style.get("clip-path", "")):
        return True
    clip = style.get("clip", "")
    if clip.startswith("rect(") and style.get("position") in {"absolute", "fixed"}:
        return all(float(number) <= 1 for number in re.findall(r"\d+\.?\d*|\.\d+", clip))
    padded = any(name.startswith("padding") for name in style)  # is a place for something else
    cut = any(style.get(name) in {"hidden", "clip"} for name in ("overflow", "overflow-y"))
    sides = [_pixels(style.get(name, "")) for name in SIDES]
    return cut and not padded and any(side is not None and side <= 1 for side in sides)
