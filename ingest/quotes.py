"""Where a quote stands in a text whose quotation marks, dashes and spaces may differ from its."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ingest.passages import normalise

FEWEST, MOST = 3, 250  # words: fewer stand anywhere, more are no quote of one ask


class Quotable:
    """A text to look for quotes in."""

    def __init__(self, text: str) -> None:
        """Normalise the text as passages are, and keep for each character where it came from."""
        plain: list[str] = []
        self._places: list[tuple[int, int]] = []
        begin = 0
        while begin < len(text):
            end = begin + 1
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
            whole = text[begin:end]
            if whole.isspace():
                folded = " " if plain and plain[-1] != " " else ""
            else:
                folded = whole if whole.isascii() else normalise(whole)
            plain += folded
            self._places += [(begin, end)] * len(folded)
            begin = end
        self._plain = "".join(plain)

    def find(self, quote: str) -> Iterator[tuple[int, int]]:
        """Yield where a quote of 3 to 250 words stands, as offsets into the text as given.

        It begins and ends where words do.
        """
        quote = normalise(quote)
        if not FEWEST <= len(quote.split()) <= MOST:
            return
        before = r"(?<!\w)" if quote[0].isalnum() else ""
        after = r"(?!\w)" if quote[-1].isalnum() else ""
        for hit in re.finditer(before + re.escape(quote) + after, self._plain):
            yield self._places[hit.start()][0], self._places[hit.end() - 1][1]
