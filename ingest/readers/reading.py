"""One door for every format: told by the first bytes, not by the file's name."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile

from ingest.readers.furniture import mark_furniture
from ingest.readers.language import detect_language
from ingest.readers.plain import refuse_too_much
from ingest.readers.structure import Block, Finding, Reading
from ontology.errors import ReformError

READERS_VERSION = "6"
"""To be raised with every change that moves an offset: kept readings are then made anew."""
PLAIN, HTML, PDF = "text/plain", "text/html", "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OTHERS = [
    (b"\xd0\xcf\x11\xe0", "an old Word file or an encrypted one", "Save it as DOCX, unprotected"),
    (b"{\\rtf", "RTF", "Save it as DOCX"),
    (b"\x89PNG", "a picture", "Recognise its text first"),
    (b"\xff\xd8\xff", "a picture", "Recognise its text first"),
    (b"GIF8", "a picture", "Recognise its text first"),
    (b"%!PS", "PostScript", "Save it as PDF"),
    (b"MIME-Version:", "an e-mail or a page as one file", "Save its text, or the page as HTML"),
    (b"\x1f\x8b", "a compressed file", "Unpack it first"),
    (b"PK\x03\x04", "an archive, no DOCX", "Unpack it, or save it as DOCX"),
]
SAVE_IT = "Open it, and save what you see as plain text."
NO_TEXT = {
    PLAIN: "is empty or holds no word. Give a file with text.",
    PDF: "holds no text; it may be scanned. Recognise its text first.",
    HTML: f"holds no text that can be read here. {SAVE_IT}",
    DOCX: f"holds no text that can be read here. {SAVE_IT}",
}
"""What is said of a document without a word."""
MARKUP = re.compile(
    rb"\s*+(?:(?><!--.*?-->|<\?xml[^>]*>)\s*+)*+<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
PARTS = re.compile(rb"<(?:p|div|h[1-6]|ul|li|br|table)\b[^>]*>", re.IGNORECASE)


def media_type(data: bytes, name: str) -> str:
    """Tell the format by the bytes.

    Raises ReformError when the file is empty or of a kind not read here.
    """
    if not data.strip(b"\0 \t\r\n\f\xef\xbb\xbf"):
        raise ReformError(f"{name}: is empty. Give a file with text.")
    head = data[:1024].lstrip(b"\xef\xbb\xbf")
    if b"%PDF-" in head:
        return PDF
    if head.startswith(b"PK\x03\x04") and _is_docx(data, name):
        return DOCX
    for start, kind, advice in OTHERS:
        if head.startswith(start):
            raise ReformError(f"{name}: is {kind}. {advice}.")
    by_name = name.lower().endswith((".html", ".htm", ".xhtml"))
    if MARKUP.match(head) or (by_name and PARTS.search(data[:65536])):
        return HTML
    return PLAIN


def _is_docx(data: bytes, name: str) -> bool:
    """Tell by the name of its main part whether an archive is a DOCX.

    Its list, which may be of a million parts, is not read outside of a limited process.
    Raises ReformError for an archive without an end.
    """
    try:
        whole = zipfile.is_zipfile(io.BytesIO(data))
    except zipfile.BadZipFile:
        whole = False
    if not whole:
        raise ReformError(f"{name}: is damaged (a cut archive). Fetch it again.")
    return b"word/document.xml" in data


def read_bytes(data: bytes, name: str) -> Reading:
    """Read a document of any known format.

    Call it through `read_files` for files that are not your own: that bounds time and memory.
    Raises ReformError when the file cannot be read.
    """
    kind = media_type(data, name)
    pages: list[int] = []
    gaps: list[tuple[int, int]] = []
    findings: list[Finding]
    blocks: list[Block]
    title = ""
    # Each format's library is imported where it is needed: most runs need one of them.
    if kind == PDF:
        from ingest.readers.pdf import read_pdf

        text, blocks, pages, gaps, findings = read_pdf(data, name)
    elif kind == DOCX:
        from ingest.readers.docx import read_docx

        text, blocks, title, findings = read_docx(data, name)
    elif kind == HTML:
        from ingest.readers.html import read_html

        text, blocks, title, findings = read_html(data, name)
    else:
        from ingest.readers.plain import read_plain

        text, blocks, findings = read_plain(data, name)
    if not any(map(str.isalnum, text)):  # signs that nobody sees are no text
        hidden = next((found.message for found in findings if found.kind == "hidden text"), "")
        if hidden:
            raise ReformError(f"{name}: holds no text that anybody sees ({hidden}). {SAVE_IT}")
        raise ReformError(f"{name}: {NO_TEXT[kind]}")
    refuse_too_much(text, name)
    return Reading(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=kind,
        text=text,
        blocks=tuple(mark_furniture(text, blocks)),
        pages=tuple(pages),
        gaps=tuple(gaps),
        language=detect_language(text),
        title=title,
        findings=tuple(findings),
    )
