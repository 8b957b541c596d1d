"""Sentences and clauses within a block, with their offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

ABBREVIATIONS = re.compile(
    r"(?:\b(?:Sen|Rep|Gov|Pres|Amb|Mr|Mrs|Ms|Dr|Prof|St|No|Nos|Art|Arts|art|arts|para|paras|"
    r"Sr|Jr|vs|cf|ca|approx|Gen|"
    r"Col|Maj|Lt|Capt|Hon|Rev|vol|ed|eds|pp?|Inc|Ltd|Co|Corp|Fig|sec|Sec|ch|Ch|op|al|incl|"
    r"e\.g|i\.e|"
    r"[A-Z])|\b[A-Z](?:\.[A-Z])+)\.$"
)
LONGEST = 2500  # characters: what is longer is no sentence, and would cost too much to search
# A run of stops is read once, from its first and without going back: a line of dots is long.
# "… by law.14 The Court": a note's number may follow the stop, and is no part of either sentence.
END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"”’»')\]]*+(?P<note>\d{1,3}(?:,\s?\d{1,3})*+)?"
    r"(?:(?=\s+[\"“‘«'(\[]*[^\Wa-z_])|\s*$)"
)
NOTE = re.compile(r"(?<=[^\W\d])(?P<closed>[\"”’)\]]*)[.;,]\s?\d{1,3}$")
STOPS = " .;:,!?…"


def sentences(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the bounds of each sentence of a stretch, without surrounding space."""
    begin = start
    block = view[start:end]
    last = len(block.rstrip())
    for found in END.finditer(block):
        before = block[max(0, found.start() - 12) : found.start() + 1]
        if ABBREVIATIONS.search(before) and found.end() < last:
            continue
        if found["note"] and before[-2:-1].isdigit():
            continue  # "version 3.14 Beta"
        yield from _trimmed(view, begin, start + found.end())
        begin = start + found.end()
    yield from _trimmed(view, begin, end)


def one_spaced(text: str) -> tuple[str, Sequence[int]]:
    """Return a text with single spaces, and where each of its characters stood before."""
    if "  " not in text:
        return text, range(len(text))
    places = [i for i, sign in enumerate(text) if sign != " " or i == 0 or text[i - 1] != " "]
    return "".join(text[i] for i in places), places


def _trimmed(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = max(view.rfind(" ", start, start + LONGEST), start + LONGEST // 2)
        yield start, cut
        start = cut
    piece = view[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def without_final_punctuation(view: str, start: int, end: int) -> int:
    """Return the end of a stretch before its closing punctuation and a joining "and" or "or"."""
    piece = view[start:end].rstrip()
    piece = NOTE.sub(r"\g<closed>", re.sub(r"[;,]\s*(?:and|or)\s*$", "", piece))
    piece = piece.rstrip(STOPS)
    if piece.endswith(("”", '"', "’")) and piece.count(piece[-1]) == 1 and "“" not in piece:
        piece = piece[:-1].rstrip(STOPS)
    return start + len(piece)
