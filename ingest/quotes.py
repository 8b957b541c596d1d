"""Where words stand in a text whose quotation marks, dashes and spaces may differ from theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.passages import Span, folded, normalise, views, without_gaps
from ontology.errors import UsageError

FEWEST, MOST = 3, 250  # words: fewer stand anywhere, more are no quote of one ask


class Quotable:
    """A text to look for quotes in."""

    def __init__(self, text: str) -> None:
        """Take the text; it is folded as passages are."""
        self._folded = folded(text)

    def find(self, quote: str) -> Iterator[tuple[int, int]]:
        """Yield where a quote of 3 to 250 words stands, as offsets into the text as given.

        It begins and ends where words do.
        """
        quote = normalise(quote)
        if not FEWEST <= len(quote.split()) <= MOST:
            return
        before = r"(?<!\w)" if quote[0].isalnum() else ""
        after = r"(?!\w)" if quote[-1].isalnum() else ""
        for hit in re.finditer(before + re.escape(quote) + after, self._folded.plain):
            yield self._folded.span(*hit.span())


def stretch(
    text: str, first: str, last: str, near: Span | None = None, gaps: Sequence[Span] = ()
) -> Span:
    """Return the stretch of a text from the first words to the last ones, end exclusive.

    The words are folded as passages are: line ends, several spaces, curly or straight quotes make
    no difference, nor does a running head in between when `gaps` tells it. `near` tells which of
    several places is meant.
    Raises UsageError when the first words stand there not just once, or the last not after them.
    """
    if not normalise(first) or not normalise(last):
        raise UsageError("the passage needs its first and its last words. Write them as they are.")
    begins = _places(text, first, gaps)
    if near is not None and len(begins) > 1:
        begins = [min(begins, key=lambda at: abs(at[0] - near[0]))]
    if len(begins) != 1:
        raise UsageError(
            f"the first words stand there {len(begins)} times. Give words that stand there once."
        )
    start, earliest = begins[0]
    end = next((b for _, b in _places(text, last, gaps) if b >= earliest), None)
    if end is None:
        raise UsageError("the last words do not stand after the first ones. Correct them.")
    return start, end


def _places(text: str, words: str, gaps: Sequence[Span]) -> list[Span]:
    """Return where words stand, in the first view of a text that has them."""
    wanted = re.compile(re.escape(normalise(words)))
    for view in views(text, without_gaps(text, gaps)):
        plain = folded(view)
        if found := [plain.span(*hit.span()) for hit in wanted.finditer(plain.plain)]:
            return found
    return []
