"""Plain text: paragraphs, list items and headings, told by their lines."""

from __future__ import annotations

import re

from ingest.readers.allowance import MOST_CHARACTERS, earn_by_text
from ingest.readers.decoding import decode
from ingest.readers.lines import blocks_of_lines
from ingest.readers.structure import Block, Finding
from ontology.errors import ReformError

MOST_LINES = 200_000
LONGEST_LINE = 500_000
"""Thousands of pages: what is larger is no document, and would be searched for minutes."""


def read_plain(data: bytes, name: str) -> tuple[str, list[Block], list[Finding]]:
    """Read plain text; offsets are those of the decoded file.

    Raises ReformError when the bytes are no text, or too much of it.
    """
    text, findings = decode(data, name)
    refuse_too_much(text, name)
    earn_by_text(len(text))
    return text, blocks_of_lines(text, []), findings


def refuse_too_much(text: str, name: str) -> None:
    """Raise ReformError when a text is longer than a document, or has longer lines."""
    lines = text.count("\n")
    if len(text) > MOST_CHARACTERS or lines > MOST_LINES:
        raise ReformError(
            f"{name}: has {len(text):,} characters in {lines:,} lines; {MOST_CHARACTERS:,} and "
            f"{MOST_LINES:,} are the limits. Split it."
        )
    if len(text) > LONGEST_LINE:
        for number, line in enumerate(re.split("[\n\f]", text), 1):
            if len(line) > LONGEST_LINE:
                raise ReformError(
                    f"{name} line {number}: has {len(line):,} characters; {LONGEST_LINE:,} are the "
                    "limit of a line. Split it."
                )
