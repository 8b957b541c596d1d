"""What of a PDF's colours is white, and what a way of drawing words leaves to be seen."""

from __future__ import annotations

from typing import Any

from ingest.readers import boxes

NEARLY = 16 / 255
"""So near to white is white."""
WHITE = {1: 1.0, 3: 1.0, 4: 0.0}
"""What each part of a colour is when it is white, by the number of its parts."""
WITHOUT_INK = 3
CLIPPING = 7
"""Ways to draw words: without ink, and to cut out what is drawn later."""
GRAYS = ("/DeviceGray", "/CalGray", "/G")


def is_white(parts: list[Any]) -> bool:
    """Whether the parts of a colour are those of white."""
    found = boxes.numbers(parts, len(parts)) or ()
    white = WHITE.get(len(found))
    return white is not None and all(abs(one - white) < NEARLY for one in found)


def is_gray(named: Any, space: Any) -> bool:
    """Whether a colour space, by its name or its resource, is one of grays, in which 1 is white."""
    if named in GRAYS or space in GRAYS:
        return True
    try:
        kind, profile = space[0], space[1].get_object()
        return kind in GRAYS or (kind == "/ICCBased" and profile.get("/N") == 1)
    except (AttributeError, IndexError, KeyError, TypeError):
        return False


def is_said_of(mode: int, fill: bool, line: bool) -> bool:
    """Whether what is true of the fill or the line is true of all that a mode draws."""
    return {0: fill, 1: line, 2: fill and line}.get(mode % 4, False)


def length(operands: list[Any]) -> int:
    """Return how many bytes of words are shown, without spaces of one byte."""
    parts = [part for one in operands for part in (one if isinstance(one, list) else [one])]
    return sum(len(part.strip()) for part in parts if isinstance(part, str | bytes))
