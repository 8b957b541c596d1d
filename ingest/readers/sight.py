"""What of a PDF's page is seen: words that nobody sees are found by how they are drawn."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from pypdf import PageObject
from pypdf.generic import DictionaryObject

from ingest.readers import boxes, inks
from ingest.readers.boxes import EVERYWHERE, NOWHERE, UNMOVED, Box, Numbers
from ingest.readers.covers import Covers, Path, notes

SMALLEST = 1.0
"""Points: what is smaller is no text that anybody reads."""
MOST_GROUNDS = 2_000
"""Painted places kept one by one, each of which white words are held against."""
SEEN_THROUGH = ("/SMask", "/Mask", "/ImageMask")
SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})
FILLS = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
STROKES = frozenset({b"S", b"s"})


@dataclass
class Unseen:
    """What was found on a page.

    `words` are the numbers, in the order in which they are drawn, of the strings that nobody sees,
    and `reasons` say why; `doubts` are what may not be seen, and is read.
    """

    words: set[int] = field(default_factory=set)
    reasons: set[str] = field(default_factory=set)
    doubts: set[str] = field(default_factory=set)
    unread: bool = False
    """Whether notes or filled fields have words of their own."""


@dataclass(frozen=True)
class Seen:
    """A page's text, how many characters nobody sees, for what reasons, and what is in doubt."""

    text: str
    hidden: int = 0
    reasons: AbstractSet[str] = frozenset()
    doubts: AbstractSet[str] = frozenset()
    unread: bool = False


@dataclass
class _State:
    """What of the graphics state tells whether words are seen. Sizes are before any matrix."""

    clip: Box
    mode: int = 0
    size: float = 12.0
    width: float = 1.0
    """The horizontal scale, 1 for none."""
    between: float = 0.0
    """What is put between two signs, and more at a space: in either direction, at most."""
    at_spaces: float = 0.0
    strange: bool = False
    """Whether the font has a scale or a direction of its own, so that nothing is known of sizes."""
    white: bool = False
    """Whether what is filled is white, and so what is stroked. Gray: one part says how white."""
    white_line: bool = False
    clear: bool = False
    clear_line: bool = False
    gray: bool = False
    masked: bool = False
    covers: bool = True
    """Whether what is filled hides what was drawn before."""
    line: float = 1.0


class SeenPage(PageObject):
    """A page whose words are looked at as they are drawn, also in the forms that it draws."""

    def __init__(self, page: PageObject) -> None:
        """Take a page as pypdf has it."""
        super().__init__(page.pdf, page.indirect_reference)
        self.update(page)
        self.unseen = Unseen()
        self._state = _State(_shown(page))
        self._saved: list[_State] = []
        self._base: Numbers = UNMOVED
        self._cm: Numbers = UNMOVED
        self._resources: Any = page.get("/Resources")
        self._path = Path()
        self._clips = False
        self._drawn = 0
        self._back = self._ahead = 0.0
        self._grounds: list[tuple[Box, bool]] = []
        self._rest = self._pictures = NOWHERE
        self._covers = Covers()
        self._without_ink: list[tuple[int, Box]] = []
        self._does: dict[bytes, Callable[[list[Any]], None]] = {
            b"q": self._save, b"Q": self._restore, b"gs": self._apply,
            b"Tr": self._set_mode, b"Tf": self._set_font, b"Tz": self._set_width,
            b"Tc": self._set_between, b"Tw": self._set_at_spaces, b"w": self._set_line,
            b"g": self._set_colour, b"rg": self._set_colour, b"k": self._set_colour,
            b"sc": self._set_other_colour, b"scn": self._set_other_colour,
            b"cs": self._set_space, b"m": self._begin, b"l": self._draw_line,
            b"G": self._set_line_colour, b"RG": self._set_line_colour, b"K": self._set_line_colour,
            **dict.fromkeys((b"CS", b"SC", b"SCN"), partial(self._set_line_colour, known=(3,))),
            b"c": self._draw, b"v": self._draw, b"y": self._draw, b"re": self._draw_rectangle,
            b"W": self._clip, b"W*": self._clip, b"sh": self._shade,
            b"Do": self._show_picture, b"INLINE IMAGE": self._put_picture,
            **dict.fromkeys((b"BT", b"Td", b"TD", b"Tm", b"T*"), self._move),
        }  # fmt: skip

    def look(self, operator: bytes, operands: list[Any], cm: Numbers, tm: Numbers) -> None:
        """Look at one operation before it is done: to be given to pypdf as a visitor."""
        self._cm = cm
        if operator in SHOWS:
            self._show(operator, operands, tm)
        elif operator in FILLS or operator in STROKES or operator == b"n":
            self._paint(operator)
        elif does := self._does.get(operator):
            does(operands)

    def end(self) -> Unseen:
        """Return what was found, when the whole page was looked at.

        Words without ink are those of a recognised scan where a picture lies over or under them.
        """
        for number, box in self._without_ink:
            if boxes.meet(box, self._pictures):
                self.unseen.doubts.add("drawn without ink at a picture, as in a recognised scan")
            else:
                self._miss(number, "drawn without ink")
        for place, covers in notes(self):
            if covers:
                self._covers.cover(place)
            self.unseen.unread |= not covers
        if self._covers.hides_words():
            self.unseen.doubts.add("under a box or a picture that is drawn over them")
        return self.unseen

    def extract_xform_text(self, xform: Any, *args: Any, **kwargs: Any) -> str:
        """Extract the text of a form, which is drawn in the state in which it is called."""
        kept = self._state, self._saved, self._base, self._resources
        self._base = boxes.product(
            boxes.numbers(xform.get("/Matrix"), 6) or UNMOVED, self._matrix()
        )
        self._state, self._saved = copy.copy(self._state), []
        if box := boxes.numbers(xform.get("/BBox"), 4):
            self._narrow(boxes.moved(boxes.around(box), self._base))
        self._resources = xform.get("/Resources", self._resources)
        try:
            return super().extract_xform_text(xform, *args, **kwargs)
        finally:
            self._state, self._saved, self._base, self._resources = kept

    def _matrix(self) -> Numbers:
        return boxes.product(self._cm, self._base)

    def _named(self, kind: str, operands: list[Any]) -> Any:
        """Return the resource of a kind that an operation names, or an empty dictionary."""
        try:
            return self._resources.get_object()[kind].get_object()[operands[0]].get_object()
        except (AttributeError, IndexError, KeyError, TypeError):
            return DictionaryObject()

    # --- state -----------------------------------------------------------------------------------

    def _save(self, _: list[Any]) -> None:
        self._saved.append(copy.copy(self._state))

    def _restore(self, _: list[Any]) -> None:
        if self._saved:
            self._state = self._saved.pop()

    def _apply(self, operands: list[Any]) -> None:
        given = self._named("/ExtGState", operands)
        if (opacity := boxes.numbers([given.get("/ca")], 1)) is not None:
            self._state.clear = opacity[0] <= 0
            self._state.covers = opacity[0] >= 1
        if (opacity := boxes.numbers([given.get("/CA")], 1)) is not None:
            self._state.clear_line = opacity[0] <= 0
        if mask := given.get("/SMask"):
            self._state.masked = mask != "/None"
        if given.get("/BM", "/Normal") not in {"/Normal", "/Compatible"}:  # as a marker does
            self._state.covers = False

    def _set_mode(self, operands: list[Any]) -> None:
        self._state.mode = int((boxes.numbers(operands, 1) or [0])[0])

    def _set_font(self, operands: list[Any]) -> None:
        font = self._named("/Font", operands)
        vertical = str(font.get("/Encoding", "")).endswith("-V")
        self._state.strange = vertical or font.get("/Subtype") in {"/Type3", None}
        if size := boxes.numbers(operands[1:], 1):
            self._state.size = abs(size[0])

    def _set_width(self, operands: list[Any]) -> None:
        self._state.width = abs((boxes.numbers(operands, 1) or [100.0])[0]) / 100

    def _set_between(self, operands: list[Any]) -> None:
        self._state.between = abs((boxes.numbers(operands, 1) or [0.0])[0])

    def _set_at_spaces(self, operands: list[Any]) -> None:
        self._state.at_spaces = abs((boxes.numbers(operands, 1) or [0.0])[0])

    def _set_line(self, operands: list[Any]) -> None:
        self._state.line = (boxes.numbers(operands, 1) or [1.0])[0]

    def _set_colour(self, operands: list[Any]) -> None:
        self._state.white = inks.is_white(operands)

    def _set_line_colour(self, operands: list[Any], known: Sequence[int] = (1, 3, 4)) -> None:
        self._state.white_line = len(operands) in known and inks.is_white(operands)

    def _set_space(self, operands: list[Any]) -> None:
        named = operands[0] if operands else None
        self._state.gray = inks.is_gray(named, self._named("/ColorSpace", operands))
        self._state.white = False

    def _set_other_colour(self, operands: list[Any]) -> None:
        """Take a colour of its space: three parts are red, green and blue."""
        known = len(operands) == 3 or (len(operands) == 1 and self._state.gray)
        self._state.white = known and inks.is_white(operands)

    # --- paths and pictures ----------------------------------------------------------------------

    def _begin(self, operands: list[Any]) -> None:
        if points := boxes.numbers(operands, 2):
            self._path.begin(points)

    def _draw_line(self, operands: list[Any]) -> None:
        if points := boxes.numbers(operands, 2):
            self._path.line_to(points)

    def _draw(self, operands: list[Any]) -> None:
        if len(points := boxes.numbers(operands, len(operands)) or []) > 1:
            self._path.curve(points)

    def _draw_rectangle(self, operands: list[Any]) -> None:
        if given := boxes.numbers(operands, 4):
            self._path.rectangle(*given)

    def _clip(self, _: list[Any]) -> None:
        self._clips = True

    def _paint(self, operator: bytes) -> None:
        path, matrix = self._path, self._matrix()
        place = boxes.moved(path.box, matrix)
        if operator in STROKES:
            # A stroke may be as wide as a ground; its colour is not looked at.
            width = self._state.line * boxes.scale(matrix)
            self._put(boxes.grown(place, width), sure=False)
            if path.is_line() and self._state.covers:
                self._hide(boxes.grown(place, width / 2))
        elif operator != b"n":
            if path.is_filled_box() and self._state.covers:
                self._hide(place)
            if not (self._state.white or self._state.clear):
                self._put(place, sure=path.is_filled_box())
        if self._clips and path.box != NOWHERE:
            self._narrow(place)
        self._path, self._clips = Path(), False

    def _narrow(self, box: Box) -> None:
        clip = boxes.common(self._state.clip, box)
        wide = min(clip[2] - clip[0], clip[3] - clip[1]) >= SMALLEST
        self._state.clip = clip if wide else NOWHERE

    def _shade(self, _: list[Any]) -> None:
        self._put(self._state.clip, sure=False)

    def _show_picture(self, operands: list[Any]) -> None:
        picture = self._named("/XObject", operands)
        if picture.get("/Subtype") == "/Image":
            self._put_picture([], covers=not any(name in picture for name in SEEN_THROUGH))

    def _put_picture(self, _: list[Any], *, covers: bool = True) -> None:
        place = boxes.moved((0.0, 0.0, 1.0, 1.0), self._matrix())
        if self._state.covers and covers:
            self._hide(place)
        self._pictures = boxes.union(self._pictures, place)
        self._put(place, sure=False)

    def _hide(self, place: Box) -> None:
        self._covers.cover(boxes.common(place, self._state.clip))

    def _put(self, place: Box, *, sure: bool) -> None:
        if len(self._grounds) < MOST_GROUNDS:
            self._grounds.append((place, sure))
        else:
            self._rest = boxes.union(self._rest, place)

    # --- words -----------------------------------------------------------------------------------

    def _move(self, _: list[Any]) -> None:
        self._back = self._ahead = 0.0

    def _show(self, operator: bytes, operands: list[Any], tm: Numbers) -> None:
        number, state = self._drawn, self._state
        self._drawn += 1
        if operator in {b"'", b'"'}:
            self._move([])
        self._advance(operands)
        matrix = boxes.product(tm, self._matrix())
        height, width = boxes.sizes(matrix)
        box = EVERYWHERE
        if not state.strange:
            if min(height, width * state.width) * state.size < SMALLEST:
                self._miss(number, "smaller than one point")
                return
            box = self._box(matrix)
            if not boxes.meet(box, state.clip):
                self._miss(number, "outside of what the page shows")
                return
            if state.mode not in {inks.WITHOUT_INK, inks.CLIPPING}:
                self._covers.word(matrix, state.size, height, inks.length(operands))
        self._see_ink(number, box)

    def _see_ink(self, number: int, box: Box) -> None:
        """Look at the ink of words, and at what they are drawn through."""
        state = self._state
        if state.mode == inks.CLIPPING:
            self.unseen.doubts.add("that only cut out what is drawn later")
        elif state.mode == inks.WITHOUT_INK:
            self._without_ink.append((number, box))
        elif inks.is_said_of(state.mode, state.clear, state.clear_line):
            self._miss(number, "of no opacity")
        elif inks.is_said_of(state.mode, state.white, state.white_line):
            self._see_white(number, box)
        elif state.masked:
            self.unseen.doubts.add("behind a mask")

    def _see_white(self, number: int, box: Box) -> None:
        """Look for what was painted under white words; nobody sees them on paper."""
        under = [sure for ground, sure in self._grounds if boxes.meet(box, ground)]
        if not under and not boxes.meet(box, self._rest):
            self._miss(number, "white on white")
        elif not any(under):
            self.unseen.doubts.add("white, on a ground that is not known")

    def _miss(self, number: int, reason: str) -> None:
        self.unseen.words.add(number)
        self.unseen.reasons.add(reason)

    def _advance(self, operands: list[Any]) -> None:
        """Reckon how far, at most, the words of a line go back and ahead from its beginning."""
        for one in operands:
            for part in one if isinstance(one, list) else [one]:
                if isinstance(part, str | bytes):
                    # Which bytes are a sign is not looked up: as many signs, of a whole em each.
                    each = self._state.size + self._state.between + self._state.at_spaces
                    self._ahead += len(part) * each
                elif isinstance(one, list) and (kern := boxes.numbers([part], 1)):
                    self._back += max(kern[0], 0) * self._state.size / 1000
                    self._ahead += max(-kern[0], 0) * self._state.size / 1000

    def _box(self, matrix: Numbers) -> Box:
        """Return a place around the words of a line, which is never too small."""
        around, width = 2 * self._state.size, self._state.width
        left, right = -self._back * width - around, self._ahead * width + around
        return boxes.moved((left, -around, right, around), matrix)


def read_seen(page: PageObject, count: Callable[..., None]) -> Seen:
    """Return the text of a page that is seen, and what was found of the rest.

    `count` is told of each piece of text, as pypdf tells it.
    """
    looked = SeenPage(page)
    text = looked.extract_text(visitor_operand_before=looked.look, visitor_text=count)
    unseen = looked.end()
    seen = Seen(text, doubts=unseen.doubts, unread=unseen.unread)
    if not unseen.words:
        return seen
    drawn = 0

    def leave_out(operator: bytes, operands: list[Any], *_: object) -> None:
        nonlocal drawn
        if operator in SHOWS:
            if drawn in unseen.words:
                operands.clear()
            drawn += 1

    rest = page.extract_text(visitor_operand_before=leave_out)
    hidden = len("".join(text.split())) - len("".join(rest.split()))
    return replace(seen, text=rest, hidden=hidden, reasons=unseen.reasons) if hidden > 0 else seen


def _shown(page: PageObject) -> Box:
    """Return the box that a page shows, or everywhere where none is told that is one."""
    given = [boxes.numbers(page.get(name), 4) for name in ("/MediaBox", "/CropBox")]
    found = [box for one in given if one and boxes.area(box := boxes.around(one)) > 0]
    if len(found) == 2:
        both = boxes.common(*found)
        return both if boxes.area(both) > 0 else found[0]
    return found[0] if found else EVERYWHERE
