"""Plain text: paragraphs, list items and headings, told by their lines."""

from __future__ import annotations

from ingest.readers.decoding import decode
from ingest.readers.lines import blocks_of_lines
from ingest.readers.structure import Block, Finding
from ontology.errors import ReformError

MOST_CHARACTERS = 10_000_000
MOST_LINES = 200_000
"""Thousands of pages: what is larger is no document, and would be searched for minutes."""


def read_plain(data: bytes, name: str) -> tuple[str, list[Block], list[Finding]]:
    """Read plain text; offsets are those of the decoded file.

    Raises ReformError when the bytes are no text, or too much of it.
    """
    text, findings = decode(data, name)
    refuse_too_much(text, name)
    return text, blocks_of_lines(text, []), findings


def refuse_too_much(text: str, name: str) -> None:
    """Raise ReformError when a text has more characters or lines than a document has."""
    lines = text.count("\n")
    if len(text) > MOST_CHARACTERS or lines > MOST_LINES:
        raise ReformError(
            f"{name}: has {len(text):,} characters in {lines:,} lines; {MOST_CHARACTERS:,} and "
            f"{MOST_LINES:,} are the limits. Split it."
        )
