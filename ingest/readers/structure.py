"""What every reader gives: decoded text, its blocks, its pages, and what was found doubtful."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field
from typing import Literal

from ingest.passages import without_gaps

BlockKind = Literal["heading", "paragraph", "item", "cell", "footnote"]
FindingKind = Literal[
    "hidden text",
    "tracked changes",
    "page without text",
    "doubtful encoding",
    "unreadable part",
    "comments",
]


@dataclass(frozen=True)
class Finding:
    """Something a person must know before trusting the text."""

    kind: FindingKind
    message: str


@dataclass(frozen=True)
class Block:
    """A stretch of the text: `start` to `end`, end exclusive, in characters.

    `marker` is a list item's own mark ("3.", "(a)", "•"), which lies before `start`. `depth` is a
    heading's level or an item's indentation. `furniture` says why the block is no part of what the
    document states (a menu, a cookie line); it is empty for the document's own words.
    """

    kind: BlockKind
    start: int
    end: int
    marker: str = ""
    depth: int = 0
    furniture: str = ""


@dataclass(frozen=True)
class Reading:
    """A document as read. `pages` holds the offset at which each page begins, if it has pages.

    `gaps` are ranges inside blocks that interrupt them: running heads, page numbers, footnotes.
    """

    name: str
    sha256: str
    media_type: str
    text: str
    blocks: tuple[Block, ...]
    pages: tuple[int, ...] = ()
    gaps: tuple[tuple[int, int], ...] = ()
    language: str = ""
    title: str = ""
    findings: tuple[Finding, ...] = field(default=())

    def page(self, offset: int) -> int | None:
        """Return the number, from 1, of the page on which a character stands."""
        return bisect.bisect_right(self.pages, offset) or None

    def view(self) -> str:
        """Return the text with gaps and line ends blanked out: same length, same offsets."""
        # Marks of bold in plain text ("calls **for a ban**") are no words either.
        words = without_gaps(self.text, self.gaps).replace("**", "  ")
        return re.sub(r"[\s\u200b\ufeff]", " ", words)
