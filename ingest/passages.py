"""Passages: anchor a place in a document without copying it, and verify it later."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from urllib.parse import quote

_FOLD = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"', "«": '"', "»": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
        "\u00ad": None, "\ufeff": None, "\u200b": None,
    }
)  # fmt: skip
_MARKS = "".join(chr(c) for c in range(33, 127) if not chr(c).isalnum()) + "…•‘’“”«»„‚–—·¿¡"
_WORD = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
# How far a passage may begin before its first words, or end after its last ones: as many words
# as a withheld name at its edge, and what describes its bearer, can have.
_EDGE = 12


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
    folded = unicodedata.normalize("NFKC", text.translate(_FOLD)).translate(_FOLD)
    return " ".join(folded.split())


def sha256(text: str) -> str:
    """Return the SHA-256 of the text in UTF-8 as 64 hex digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def anchor(text: str, start: int, end: int, withheld: Sequence[tuple[int, int]] = ()) -> Anchor:
    """Anchor the characters [start, end) of a document's text.

    `withheld` lists the spans at which the name of an affected person stands: the first and last
    words leave such a name out, and a passage that holds one must be at least a whole sentence,
    so that its hash cannot be used to guess the name.
    Raises ValueError when the span is empty, holds a name in less than a sentence, or has no
    first words that stand only once in the document.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start}-{end} is not a range in a document of {len(text)} characters")
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
        sha256(text[start:end]),
        sha256(normalise(text[start:end])),
    )


def exposes(place: Anchor, text: str, withheld: Sequence[tuple[int, int]]) -> bool:
    """Tell whether an anchor's words or hash give away a name withheld in its document."""
    inside = [span for span in withheld if span[0] < place.end and span[1] > place.start]
    names = {word for a, b in inside for word in normalise(text[a:b]).casefold().split()}
    shown = {word.strip(_MARKS) for word in normalise(f"{place.first} {place.last}").split()}
    return bool(names & {word.casefold() for word in shown}) or (
        bool(inside) and not covers_sentences(text, place.start, place.end)
    )


def _open_runs(
    text: str, start: int, end: int, withheld: Sequence[tuple[int, int]]
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
    plain = normalise(text)
    for count in range(min(few, len(run)), len(run) + 1):
        words = " ".join(word.group() for word in run[:count])
        if plain.count(normalise(words)) == 1:
            return words
    raise ValueError(f"{start}-{end} begins with words that stand elsewhere too: begin earlier")


def covers_sentences(text: str, start: int, end: int) -> bool:
    """Tell whether [start, end) begins and ends where a sentence or a line does."""
    before, after = text[:start].rstrip(" \t\xa0"), text[end:].lstrip(" \t\xa0")
    begins = not before or before.endswith("\n") or bool(_SENTENCE_END.search(before))
    ends = not after or after.startswith("\n") or bool(_SENTENCE_END.search(text[start:end]))
    return begins and ends


def text_fragment(first: str, last: str) -> str:
    """Return the URL fragment directive from the first to the last words.

    Source: WICG scroll-to-text-fragment. `-`, `,` and `&` are syntax there and are encoded too.
    """
    return f":~:text={_encode(first)},{_encode(last)}"


def _encode(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")


def verify(passage: Anchor, text: str) -> tuple[Verdict, tuple[int, int] | None]:
    """Look for a passage in the text at hand.

    Returns (VERIFIED, span) when it stands at its offsets, (MOVED, new span) when the same words
    stand elsewhere, (CHANGED, None) when they do not. Tries offsets, then words.
    """
    here = text[passage.start : passage.end]
    if sha256(here) == passage.raw or sha256(normalise(here)) == passage.normalised:
        return Verdict.VERIFIED, (passage.start, passage.end)
    for start, end in _candidates(passage, text):
        if sha256(normalise(text[start:end])) == passage.normalised:
            return Verdict.MOVED, (start, end)
    return Verdict.CHANGED, None


def _candidates(passage: Anchor, text: str) -> Iterator[tuple[int, int]]:
    """Yield spans that run from about the first words to about the last ones."""
    words = list(_WORD.finditer(text))
    plain = [normalise(word.group()) for word in words]
    ends = _find(plain, normalise(passage.last).split())
    first = normalise(passage.first).split()
    longest = 4 * (passage.end - passage.start) + 200
    for begin in _find(plain, first):
        for end in (e + len(passage.last.split()) for e in ends if e >= begin):
            if words[end - 1].end() - words[begin].start() > longest:
                break
            for i in range(begin, max(-1, begin - _EDGE - 1), -1):
                for j in range(end, min(len(words), end + _EDGE) + 1):
                    for span_start in _edges(words[i])[0]:
                        for span_end in _edges(words[j - 1])[1]:
                            yield span_start, span_end


def _edges(word: re.Match[str]) -> tuple[list[int], list[int]]:
    """Return where a span may start and end at a word: with or without its outer punctuation."""
    marks = word.group()
    lead = len(marks) - len(marks.lstrip(_MARKS))
    trail = len(marks) - len(marks.rstrip(_MARKS))
    return (
        [word.start() + i for i in range(lead + 1)],
        [word.end() - i for i in range(trail + 1)],
    )


def _find(words: Sequence[str], wanted: Sequence[str]) -> list[int]:
    """Return the places where the wanted words stand, whatever punctuation is at the two ends."""
    bare = [word.strip(_MARKS) or word for word in wanted]
    width = len(bare)
    stripped = [word.strip(_MARKS) or word for word in words]
    return [i for i in range(len(stripped) - width + 1) if stripped[i : i + width] == bare]
