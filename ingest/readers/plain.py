"""Plain text: paragraphs, list items and headings, told by their lines."""

from __future__ import annotations

from ingest.readers.decoding import decode
from ingest.readers.lines import blocks_of_lines
from ingest.readers.structure import Block, Finding


def read_plain(data: bytes, name: str) -> tuple[str, list[Block], list[Finding]]:
    """Read plain text; offsets are those of the decoded file.

    Raises ReformError when the bytes are no text.
    """
    text, findings = decode(data, name)
    return text, blocks_of_lines(text, []), findings
