"""Passages: anchor a place in a document without copying it, and verify it later."""

from __future__ import annotations

import bisect
import hashlib
import re
import unicodedata
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from urllib.parse import quote

Span = tuple[int, int]
"""From a character to the one after the last, counted from 0."""

_FOLD = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "´": "'", "`": "'", "ʼ": "'",
        "‹": "'", "›": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"', "«": '"', "»": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
        "\u00ad": None, "\ufeff": None, "\u200b": None, "\u2060": None,
        "\u200e": None, "\u200f": None,
    }
)  # fmt: skip
_DASHES = re.compile("-{2,}")
_LINE_END_HYPHEN = re.compile(r"(?<=\w)[-‐][ \t]*(?:\r\n|\r|\n)[ \t]*(?=\w)")
_JOINER = "\u2060"
_MARKS = "".join(chr(c) for c in range(33, 127) if not chr(c).isalnum()) + "…•‘’“”«»„‚–—·¿¡"
_WORD = re.compile(r"\S+")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_NEAR = 80
# How far a passage may begin before its first words, or end after its last ones: as many words
# as a withheld name at its edge, and what describes its bearer, can have.
_EDGE = 12
# A bound for texts that say the same few words thousands of times.
_MOST_TRIES = 50_000


class Verdict(Enum):
    """What became of a passage in the document at hand."""

    VERIFIED = "verified"
    MOVED = "moved"
    CHANGED = "changed"
    EXPOSED = "exposes a withheld name"
    NOT_AT_HAND = "document not at hand"
    LOCATOR_ONLY = "locator only"


@dataclass(frozen=True)
class Anchor:
    """Where a passage stands and how it is recognised; holds a few words, never the sentence."""

    start: int
    end: int
    first: str
    last: str
    raw: str
    normalised: str


def normalise(text: str) -> str:
    """Fold what editors and converters change: forms (NFKC), quotes, dashes, white space."""
    return " ".join(_fold(text).split())


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text.translate(_FOLD)).translate(_FOLD)
    return _DASHES.sub("-", folded)


def sha256(text: str) -> str:
    """Return the SHA-256 of the text in UTF-8 as 64 hex digits."""
    return _digest(text).hexdigest()


def _digest(text: str) -> hashlib._Hash:
    # A half of a surrogate pair, which a damaged file may hold, has no UTF-8 of its own.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass"))


def without_gaps(text: str, gaps: Sequence[Span]) -> str:
    """Blank out ranges that interrupt a text, such as running heads: same length and lines."""
    pieces, at = [], 0
    for start, end in sorted(gaps):
        if end > at:
            pieces += [text[at : max(start, at)], re.sub(r"\S", " ", text[max(start, at) : end])]
            at = end
    return "".join([*pieces, text[at:]])


def anchor(
    text: str,
    start: int,
    end: int,
    withheld: Sequence[Span] = (),
    gaps: Sequence[Span] = (),
) -> Anchor:
    """Anchor the characters [start, end) of a document's text.

    `withheld` lists the spans at which the name of an affected person stands: the first and last
    words leave such a name out, and a passage that holds one must be at least a whole sentence,
    so that its hash cannot be used to guess the name. `gaps` are those of a reading: a running
    head or page number inside the passage is left out of its words.
    Raises ValueError when the span is empty, holds a name in less than a sentence, or has no
    first words that stand only once in the document.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start}-{end} is not a range in a document of {len(text)} characters")
    raw = sha256(text[start:end])
    text = _passage_view(text, start, end, gaps)
    inside = [span for span in withheld if span[0] < end and span[1] > start]
    if inside and not covers_sentences(text, start, end):
        raise ValueError(f"{start}-{end} holds a withheld name: take the whole sentence")
    runs = _open_runs(text, start, end, inside)
    if not runs:
        raise ValueError(f"{start}-{end} holds nothing but withheld names")
    few = 4 if sum(len(run) for run in runs) > 10 else 2
    return Anchor(
        start,
        end,
        _unique_first(text, runs[0], few, start, end),
        " ".join(word.group() for word in runs[-1][-few:]),
        raw,
        sha256(normalise(text[start:end])),
    )


def _passage_view(text: str, start: int, end: int, gaps: Sequence[Span]) -> str:
    """Return the text without the gaps, unless the passage stands in one, such as a footnote."""
    around = any(a <= start and end <= b for a, b in gaps)
    return text if around or not gaps else without_gaps(text, gaps)


def exposes(place: Anchor, text: str, withheld: Sequence[Span]) -> bool:
    """Tell whether an anchor's words or hash give away a name withheld in its document."""
    inside = any(a < place.end and b > place.start for a, b in withheld)
    return shows_name(place, text, withheld) or (
        inside and not covers_sentences(text, place.start, place.end)
    )


def shows_name(place: Anchor, text: str, withheld: Sequence[Span]) -> bool:
    """Tell whether an anchor's first or last words hold a name withheld inside the passage."""
    inside = [span for span in withheld if span[0] < place.end and span[1] > place.start]
    names = {word for a, b in inside for word in normalise(text[a:b]).casefold().split()}
    shown = {word.strip(_MARKS) for word in normalise(f"{place.first} {place.last}").split()}
    return bool(names & {word.casefold() for word in shown})


def _open_runs(
    text: str, start: int, end: int, withheld: Sequence[Span]
) -> list[list[re.Match[str]]]:
    """Return the words of a span as runs, broken where a withheld name stands."""
    runs: list[list[re.Match[str]]] = [[]]
    for word in _WORD.finditer(text, start, end):
        if any(a < word.end() and b > word.start() for a, b in withheld):
            runs.append([])
        else:
            runs[-1].append(word)
    return [run for run in runs if run]


def _unique_first(text: str, run: Sequence[re.Match[str]], few: int, start: int, end: int) -> str:
    """Return the fewest first words, at least `few`, that stand only once in the document."""
    plain = folded(text).plain
    for count in range(min(few, len(run)), len(run) + 1):
        words = " ".join(word.group() for word in run[:count])
        if plain.count(normalise(words)) == 1:
            return words
    raise ValueError(f"{start}-{end} begins with words that stand elsewhere too: begin earlier")


def covers_sentences(text: str, start: int, end: int) -> bool:
    """Tell whether [start, end) begins and ends where a sentence or a line does."""
    blanks = " \t\xa0"
    while start > 0 and text[start - 1] in blanks:
        start -= 1
    after = end
    while after < len(text) and text[after] in blanks:
        after += 1
    before = text[max(0, start - _NEAR) : start]
    last = text[max(start, end - _NEAR) : end]
    begins = not before or before[-1] in "\r\n" or bool(_SENTENCE_END.search(before))
    ends = after == len(text) or text[after] in "\r\n" or bool(_SENTENCE_END.search(last))
    return begins and ends


def text_fragment(first: str, last: str) -> str:
    """Return the URL fragment directive from the first to the last words.

    Source: WICG scroll-to-text-fragment. `-`, `,` and `&` are syntax there and are encoded too.
    """
    return f":~:text={_encode(first)},{_encode(last)}"


def _encode(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")


def verify(passage: Anchor, text: str, gaps: Sequence[Span] = ()) -> tuple[Verdict, Span | None]:
    """Look for a passage in the text at hand.

    Returns (VERIFIED, span) when the same characters, or the same words, stand at its offsets;
    (MOVED, new span) when the same words stand elsewhere, the nearest place if there are several;
    (CHANGED, None) when they stand nowhere. `gaps` are those of a reading: words that go on after
    a running head or a page number are found, too, and so are words broken at the end of a line.
    """
    start, end = passage.start, passage.end
    whole = without_gaps(text, gaps) if gaps else text
    if sha256(text[start:end]) == passage.raw or passage.normalised in {
        sha256(normalise(view[start:end])) for view in (text, whole)
    }:
        return Verdict.VERIFIED, (start, end)
    for view in views(text, whole):
        found = _search(passage, folded(view))
        if found:
            return Verdict.MOVED, found
    return Verdict.CHANGED, None


def views(text: str, whole: str) -> Iterator[str]:
    """Yield a text as it may be read: all have its length, so that places in them are its own."""
    yield text
    if whole != text:
        yield whole
    if _LINE_END_HYPHEN.search(whole):
        # A hyphen at a line's end is the word's own, or the printer's.
        yield _LINE_END_HYPHEN.sub(lambda end: "-".ljust(len(end[0]), _JOINER), whole)
        yield _LINE_END_HYPHEN.sub(lambda end: _JOINER * len(end[0]), whole)


@dataclass(frozen=True)
class Folded:
    """A text as `normalise`, or another fold, makes it, and the way back.

    `begins` and `words` are where each of its words begins in the folded text and in the text.
    """

    text: str
    plain: str
    begins: array[int]
    words: array[int]
    fold: Callable[[str], str]

    def span(self, start: int, end: int) -> Span:
        """Return where the folded characters [start, end) stand in the text."""
        return self._character(start)[0], self._character(end - 1)[1]

    def near(self, offset: int) -> int:
        """Return where in the folded text the first word at or after an offset begins."""
        k = bisect.bisect_left(self.words, offset)
        return self.begins[k] if k < len(self.begins) else len(self.plain)

    def _character(self, at: int) -> Span:
        k = bisect.bisect_right(self.begins, at) - 1
        word = _WORD.match(self.text, self.words[k])
        assert word is not None
        rest = at - self.begins[k]
        for piece, start, end in _pieces(word.group(), word.start(), self.fold):
            if rest < len(piece):
                same = len(piece) == end - start
                return (start + rest, start + rest + 1) if same else (start, end)
            rest -= len(piece)
        raise AssertionError(f"character {at} lies in no word")


@lru_cache(maxsize=8)
def folded(text: str, fold: Callable[[str], str] = _fold) -> Folded:
    """Fold a text word by word; kept, since many passages are looked up in the same text."""
    plain: list[str] = []
    begins, words, at = array("L"), array("L"), 0
    for word in _WORD.finditer(text):
        told = " ".join(fold(word.group()).split())
        if told:
            begins.append(at)
            words.append(word.start())
            plain.append(told)
            at += len(told) + 1
    return Folded(text, " ".join(plain), begins, words, fold)


def _pieces(word: str, at: int, fold: Callable[[str], str]) -> list[tuple[str, int, int]]:
    """Return what becomes of the characters of a word that begins at `at`, with their spans."""
    whole = " ".join(fold(word).split())
    if whole == word:
        return [(word, at, at + len(word))]
    pieces: list[tuple[str, int, int]] = []
    i = 0
    while i < len(word):
        j = i + 1
        dash = word[i].translate(_FOLD) == "-"
        while j < len(word) and (
            unicodedata.combining(word[j]) or (dash and word[j].translate(_FOLD) == "-")
        ):
            j += 1
        pieces.append((fold(word[i:j]), at + i, at + j))
        i = j
    if "".join(piece for piece, _, _ in pieces) != whole:
        return [(whole, at, at + len(word))]  # characters join across these bounds: one piece
    return pieces


def _search(passage: Anchor, folded: Folded) -> Span | None:
    """Return the nearest span whose words are those of the passage."""
    plain = folded.plain
    first, last = normalise(passage.first), normalise(passage.last)
    here = folded.near(passage.start)
    begins = sorted(_places(plain, first), key=lambda begin: abs(begin - here))
    ends = [at + len(last) for at in _places(plain, last)]
    longest = 2 * (passage.end - passage.start) + 200
    tries = 0
    # Nearly every passage begins with its first words and ends with its last; one that has a
    # withheld name at an edge begins before or ends after them.
    for edge in (0, _EDGE):
        for begin in begins:
            near = ends[bisect.bisect(ends, begin) : bisect.bisect(ends, begin + longest)]
            stops = sorted({stop for end in near for stop in _stops(plain, end, edge)})
            for start in _starts(plain, begin, edge):
                tries += len(stops)
                stop = _stop_of(plain, start, stops, passage.normalised)
                if stop is not None:
                    return folded.span(start, stop)
            if tries > _MOST_TRIES:
                return None
    return None


def _places(plain: str, words: str) -> list[int]:
    """Return where some words stand in a folded text."""
    places, at = [], plain.find(words)
    while at >= 0:
        places.append(at)
        at = plain.find(words, at + 1)
    return places


def _starts(plain: str, begin: int, edge: int) -> list[int]:
    """Return where a passage may start: at its first words, or up to some words before them."""
    low = begin
    for _ in range(edge):
        low = plain.rfind(" ", 0, max(0, low - 1)) + 1
    return [begin, *(token.start() for token in _TOKEN.finditer(plain, low, begin))]


def _stops(plain: str, end: int, edge: int) -> list[int]:
    """Return where a passage may stop: at its last words, or up to some words after them."""
    high = end
    for _ in range(edge):
        space = plain.find(" ", high + 1)
        high = space if space >= 0 else len(plain)
    return [end, *(token.end() for token in _TOKEN.finditer(plain, end, high))]


def _stop_of(plain: str, start: int, stops: Sequence[int], wanted: str) -> int | None:
    """Return the stop up to which the words have the wanted hash, or None."""
    digest, at = _digest(""), start
    for stop in stops:
        digest.update(plain[at:stop].encode("utf-8", "surrogatepass"))
        at = stop
        if digest.hexdigest() == wanted:
            return stop
    return None
