"""Lines become blocks: which line goes on with the one before, which begins something new."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.readers.markers import find_marker
from ingest.readers.structure import Block, BlockKind

WIDEST_WRAP = 130  # a text with longer lines is not wrapped: each line is a paragraph
ENDS = re.compile(r"[.!?:;…][\"”’')\]]*$")
SENTENCE_IN = re.compile(r"[a-z]{4}[.!?][”\"’)]*\s+[(\[“\"A-Z]")  # "Close it. (Paragraph 9)"
UNDERLINE = re.compile(r"(=|-|~|\^){3,}")  # under a heading, as plain-text formats have it
LOWER = re.compile(r"[^\w(]*[a-zà-ÿ]")


@dataclass
class _Open:
    """A block that may still grow."""

    start: int
    end: int
    marker: str
    indent: int
    last: str
    lines: int = 1
    underlined: bool = False


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line's offset and content, without its line end."""
    for found in re.finditer(r"[^\n\f]+", text):
        yield found.start(), found[0].rstrip("\r")


def wrap_width(text: str) -> int:
    """Return the width at which a text's lines were wrapped, or 0 when they were not."""
    lengths = sorted(len(line.rstrip()) for _, line in lines_of(text) if line.strip())
    if not lengths or lengths[-1] > WIDEST_WRAP * 2:
        return 0
    width = lengths[int(len(lengths) * 0.9)]
    return width if 40 <= width <= WIDEST_WRAP else 0


def goes_on(previous: str, line: str, width: int) -> bool:
    """Whether a line continues the one before it, both without margins."""
    if not width:
        return False
    room = width - len(previous) - 1
    first_word = line.split(" ", 1)[0]
    if ENDS.search(previous):
        return len(previous) > 0.7 * width and room < len(first_word) + 0.1 * width
    if LOWER.match(line):
        return len(previous) > 0.35 * width
    return len(previous) > 0.6 * width


def blocks_of_lines(text: str, skip: list[tuple[int, int]]) -> list[Block]:
    """Cut a text into blocks by its lines; `skip` holds ranges (running heads) to look through."""
    width = wrap_width(text)
    skipped = iter(sorted(skip))
    gap = next(skipped, None)
    done: list[_Open] = []
    current: _Open | None = None
    position = 0
    for start, line in lines_of(text):
        while gap and gap[1] <= start:
            gap = next(skipped, None)
        if gap and gap[0] <= start < gap[1]:
            position = start + len(line)
            continue
        blank = text.count("\n", position, start) > 1 and "\f" not in text[position:start]
        if not line.strip():
            # A page's last line is often blank: it ends a paragraph only within a page.
            following = text[start + len(line) : start + len(line) + 3]
            if "\f" not in following and not (gap and gap[0] <= start + len(line) + 1):
                current = None
            position = start + len(line)
            continue
        position = start + len(line)
        stripped = line.strip()
        begin = start + len(line) - len(line.lstrip())
        if current and not blank and current.lines == 1 and _underlines(stripped, current.last):
            current.underlined, current = True, None
            continue
        mark = find_marker(line)
        bare = current is not None and current.marker and current.start == current.end
        if (
            current
            and not mark
            and (bare or (not blank and goes_on(current.last, stripped, width)))
        ):
            if bare:
                current.start = begin
            current.end, current.last = begin + len(stripped), stripped
            current.lines += 1
            continue
        content = start + mark[1] if mark else begin
        end = begin + len(stripped)
        current = _Open(min(content, end), end, mark[0] if mark else "", begin - start, stripped)
        done.append(current)
    return [_close(block, text) for block in done if block.start < block.end]


def _underlines(line: str, above: str) -> bool:
    return bool(UNDERLINE.fullmatch(line)) and len(line) >= 0.6 * len(above)


def _close(block: _Open, text: str) -> Block:
    content = text[block.start : block.end]
    kind: BlockKind = "paragraph"
    if block.underlined:
        kind = "heading"
    elif block.marker:
        # "II. Conclusions", "A. Background": chapters, not list items.
        chapter = re.fullmatch(r"[IVX]{1,5}\.|[A-H]\.", block.marker) and is_heading(content)
        kind = "heading" if chapter else "item"
    elif is_heading(content):
        kind = "heading"
    return Block(kind, block.start, block.end, block.marker, block.indent)


def is_heading(content: str) -> bool:
    """Whether a block without a mark looks like a heading: short, one line, no full stop."""
    words = content.split()
    if not words or len(words) > 16 or "\n" in content.strip() or SENTENCE_IN.search(content):
        return False
    return not re.search(r"[.!;,…][\"”’')\]]*$", content.rstrip()) and not LOWER.match(content)
