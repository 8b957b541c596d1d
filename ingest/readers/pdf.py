"""PDF: text page by page, with running heads, page numbers and footnotes set apart."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import pypdf
from pypdf.errors import PyPdfError

from ingest.readers.allowance import earn_by_text, earn_work
from ingest.readers.lines import blocks_of_lines
from ingest.readers.sight import Seen, read_seen
from ingest.readers.structure import Block, Finding
from ontology.errors import ReformError

EDGE = 3  # lines at a page's head and foot in which a running head or page number may stand
FOOTNOTE = re.compile(r"[ \t]*(?:\*{1,4}|\d{1,3})[ \t]+[^\W\d_]")
MOST_PAGES = 3000
MOST_ON_A_PAGE = 1_000_000
"""Characters; a page that draws a part of itself over and over may have millions."""
PAGES_A_SECOND = 4
"""After so many pages a second more is given: a page of text takes some hundredths of one."""
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what matters is said as a finding


def read_pdf(
    data: bytes, name: str
) -> tuple[str, list[Block], list[int], list[tuple[int, int]], list[Finding]]:
    """Read a PDF: its text, blocks, page beginnings, gaps and findings.

    Raises ReformError when it is encrypted, damaged or too long.
    """
    texts, findings = _page_texts(data, name)
    starts, position = [], 0
    for text in texts:
        starts.append(position)
        position += len(text) + 1
    whole = "\f".join(texts)
    earn_by_text(len(whole))
    gaps = running_lines(texts, starts) + footnotes(texts, starts)
    blocks = blocks_of_lines(whole, gaps)
    blocks += [Block("footnote", a, b) for a, b in footnotes(texts, starts)]
    return whole, sorted(blocks, key=lambda b: b.start), starts, sorted(gaps), findings


class _TooMuchOnAPageError(BaseException):
    """No Exception, since pypdf goes on after those in a part that a page draws."""


def _page_texts(data: bytes, name: str) -> tuple[list[str], list[Finding]]:
    try:
        reader = _opened(data, name)
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise ReformError(f"{name}: has {count} pages. Split it; {MOST_PAGES} is the limit.")
        pages: list[Seen] = []
        findings = []
        for number, page in enumerate(reader.pages, 1):
            try:
                seen = _page_text(page)
            except _TooMuchOnAPageError:
                raise ReformError(
                    f"{name} page {number}: has more than {MOST_ON_A_PAGE:,} characters. Print it "
                    "to a new PDF, or leave the page out."
                ) from None
            except (
                PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError,
                NotImplementedError,
            ) as e:  # fmt: skip
                seen = Seen("")
                findings.append(Finding("unreadable part", f"page {number}: {type(e).__name__}"))
            pages.append(seen)
            if number % PAGES_A_SECOND == 0:
                earn_work(1)
    except (ReformError, MemoryError):
        raise
    except Exception as error:  # pypdf lets many kinds of error through on damaged files
        raise ReformError(
            f"{name}: is damaged or no PDF ({type(error).__name__}). Open and save it again."
        ) from error
    # Unpaired surrogates cannot be stored, and a form feed is our own page mark.
    texts = [re.sub(r"[\ud800-\udfff\f]", " ", page.text) for page in pages]
    if told := _told([len(text.strip()) < 3 for text in texts]):
        findings.append(
            Finding("page without text", f"{told}: no text; scanned? Recognise it first.")
        )
    if told := _told(page.unread for page in pages):
        findings.append(Finding("unreadable part", f"{told}: words in notes or fields: not read"))
    return texts, findings + _unseen(pages)


def _opened(data: bytes, name: str) -> pypdf.PdfReader:
    """Return the reader of a PDF that has no password, or an empty one."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
    except NotImplementedError:  # in a way that pypdf does not know
        locked = True
    if locked:
        raise ReformError(f"{name}: is encrypted. Save a copy without a password.")
    return reader


def _told(pages: Iterable[object]) -> str:
    """Tell the numbers of those pages of which something is true, or nothing."""
    numbers = [str(number) for number, true in enumerate(pages, 1) if true]
    more = " and more" if len(numbers) > 12 else ""
    return f"page {', '.join(numbers[:12])}{more}" if numbers else ""


def _unseen(pages: Sequence[Seen]) -> list[Finding]:
    """Tell which words nobody sees, and which it may be that nobody sees."""
    findings = []
    if hidden := sum(page.hidden for page in pages):
        why = ", ".join(sorted({reason for page in pages for reason in page.reasons}))
        where = _told(page.hidden for page in pages)
        findings.append(
            Finding("hidden text", f"{where}: {hidden} characters nobody sees ({why}): left out")
        )
    for doubt in sorted({doubt for page in pages for doubt in page.doubts}):
        where = _told(doubt in page.doubts for page in pages)
        findings.append(
            Finding("hidden text", f"{where}: words {doubt}: read; look whether one sees them")
        )
    return findings


def _page_text(page: pypdf.PageObject) -> Seen:
    """Return the text of a page that is seen; raises _TooMuchOnAPageError."""
    length = 0

    def count(text: str, *_: object) -> None:
        nonlocal length
        length += len(text)
        if length > MOST_ON_A_PAGE:
            raise _TooMuchOnAPageError

    return read_seen(page, count)


def _edges(text: str) -> list[tuple[int, int, str]]:
    lines = [(m.start(), m.end(), m[0].strip()) for m in re.finditer(r"[^\n]+", text)]
    lines = [line for line in lines if line[2]]
    return lines[:EDGE] + lines[max(EDGE, len(lines) - EDGE) :]


def _pattern(line: str) -> str:
    return re.sub(r"\d+", "0", re.sub(r"\s+", " ", line)).casefold()


def running_lines(texts: list[str], starts: list[int]) -> list[tuple[int, int]]:
    """Find lines at the pages' edges that stand on several pages, and bare page numbers."""
    seen = Counter(p for text in texts for p in {_pattern(line) for _, _, line in _edges(text)})
    often = max(3, len(texts) // 4)
    found = []
    for text, offset in zip(texts, starts, strict=True):
        for start, end, line in _edges(text):
            if seen[_pattern(line)] >= often or re.fullmatch(r"(?:page )?\W*\d+\W*", line, re.I):
                found.append((offset + start, offset + end))
    return found


def footnotes(texts: list[str], starts: list[int]) -> list[tuple[int, int]]:
    """Find notes at the foot of pages: after a blank line, marked by an asterisk or a number."""
    found = []
    for text, offset in zip(texts, starts, strict=True):
        lines = [(m.start(), m.end(), m[0]) for m in re.finditer(r"[^\n]+", text)]
        for index in range(max(1, len(lines) - 14), len(lines)):
            start, _, line = lines[index]
            if not lines[index - 1][2].strip() and FOOTNOTE.match(line):
                found.append((offset + start, offset + lines[-1][1]))
                break
    return found
