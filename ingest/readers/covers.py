"""What is drawn over words of a PDF's page, as over blackened names."""

from __future__ import annotations

from collections.abc import Iterator

from pypdf import PageObject

from ingest.readers import boxes
from ingest.readers.boxes import NOWHERE, Box, Numbers

MOST_COVERS = 2_000
"""Kept one by one."""
MOST_LOOKS = 300_000
"""At words that may be covered, on a page."""
LEAST = 3
"""Bytes of words under one cover; a space may be of two."""
ON_WORDS = frozenset({"/Square", "/Circle", "/Polygon", "/Redact", "/Stamp", "/Ink", "/Line"})
"""Kinds of notes that may be drawn over words."""
DARK = 0.3
"""Of each part of a marker's colour: what is marked with it cannot be read."""
NOT_SHOWN = 2 | 32
"""Flags of a note that is hidden."""
MOST_NOTES = 2_000


class Path:
    """A path as it is drawn, in the units of the page: the box around it and whether it is one."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.box: Box = NOWHERE
        self.is_box = True
        self._corners: list[tuple[float, float]] = []

    def begin(self, points: Numbers) -> None:
        """Begin a part at a point."""
        self.is_box = self.is_box and len(self._corners) in {0, 4, 5}
        self._corners = []
        self.line_to(points)

    def line_to(self, points: Numbers) -> None:
        """Go on with a line; one that is neither level nor upright makes it no box."""
        point = points[0], points[1]
        if self._corners and point[0] != self._corners[-1][0] and point[1] != self._corners[-1][1]:
            self.is_box = False
        self._corners.append(point)
        self.box = boxes.union(self.box, boxes.around(points))

    def curve(self, points: Numbers) -> None:
        """Go on with a curve."""
        self.is_box = False
        self.box = boxes.union(self.box, boxes.around(points))

    def rectangle(self, x: float, y: float, width: float, height: float) -> None:
        """Add a rectangle."""
        self.box = boxes.union(self.box, boxes.around((x, y, x + width, y + height)))

    def is_filled_box(self) -> bool:
        """Whether it is boxes alone, when filled."""
        return self.is_box and len(self._corners) in {0, 4, 5}

    def is_line(self) -> bool:
        """Whether it is one straight line, level or upright."""
        return self.is_box and len(self._corners) == 2


class Covers:
    """The words that were drawn with ink, and what was drawn after them."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._words: list[tuple[float, float, float, int]] = []
        self._covers: list[tuple[Box, int]] = []

    def word(self, matrix: Numbers, size: float, height: float, length: int) -> None:
        """Take words of so many bytes: where they begin, and how high a sign is."""
        a, b, c, d, e, f = matrix
        # A point in the middle of where the first letter stands.
        x, y = size * (0.2 * a + 0.3 * c) + e, size * (0.2 * b + 0.3 * d) + f
        if length:
            self._words.append((x, y, height * size / 2, length))

    def cover(self, place: Box) -> None:
        """Take something that hides what was drawn before."""
        if self._words and len(self._covers) < MOST_COVERS:
            self._covers.append((place, len(self._words)))

    def hides_words(self) -> bool:
        """Whether some words lie under what was drawn later."""
        looks = 0
        for (left, low, right, high), before in self._covers:
            looks += before
            if looks > MOST_LOOKS:
                break
            found = 0
            for x, y, least, length in self._words[:before]:
                if left <= x <= right and low <= y <= high and high - low >= least:
                    found += length
                    if found >= LEAST:
                        return True
        return False


def notes(page: PageObject) -> Iterator[tuple[Box, bool]]:
    """Yield the place of each note on a page that covers words, True, or has its own, False."""
    listed = page.get("/Annots")
    listed = listed.get_object() if listed is not None else ()
    for one in listed[:MOST_NOTES] if isinstance(listed, list) else ():
        note = one.get_object()
        if not isinstance(note, dict) or _is_hidden(note):
            continue
        place, kind = boxes.numbers(note.get("/Rect"), 4), note.get("/Subtype")
        if place is None:
            continue
        colour = boxes.numbers(note.get("/C"), 3) or [1.0]
        if kind in ON_WORDS or (kind == "/Highlight" and max(colour) < DARK):
            yield boxes.around(place), True
        elif kind == "/FreeText" or (kind == "/Widget" and _is_filled(note)):
            yield boxes.around(place), False


def _is_hidden(note: dict[str, object]) -> bool:
    flags = boxes.numbers([note.get("/F")], 1)
    return flags is not None and 0 <= flags[0] < 2**31 and bool(int(flags[0]) & NOT_SHOWN)


def _is_filled(field: dict[str, object]) -> bool:
    """Whether a field of a form is filled with words, not with a tick."""
    return str(field.get("/V") or "").strip() != "" and field.get("/FT") in {"/Tx", "/Ch", None}
