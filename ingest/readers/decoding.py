"""Bytes become characters, and a doubtful encoding is said."""

from __future__ import annotations

import codecs
import re

from ingest.readers.structure import Finding
from ontology.errors import ReformError

BYTE_ORDER_MARKS = [
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


NO_ENCODINGS = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "utf-7"})
"""What Python knows by such a name, and no program writes a text in: it would hide words."""


def text_encoding(name: str) -> str:
    """Return an encoding in which texts are written, by its name in Python.

    Raises LookupError when there is none of that name.
    """
    try:
        found = codecs.lookup(name).name
        if found in NO_ENCODINGS:
            raise LookupError(name)
        b"a".decode(found)
    except ValueError as error:
        raise LookupError(name) from error
    return found


def decode(data: bytes, name: str, *, declared_in_html: bool = False) -> tuple[str, list[Finding]]:
    """Decode a text file: by its byte order mark, as UTF-8, as declared, or as Windows-1252.

    Nothing is stripped: offsets are those of the decoded file. Raises ReformError when the bytes
    are no text.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = _strictly(data, encoding, name)
            _refuse_binary(text, name)
            return text, []
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _by_declaration(data, name, declared_in_html)
    _refuse_binary(text, name)
    findings = []
    if "\ufffd" in text:
        count = text.count("\ufffd")
        findings.append(
            Finding("doubtful encoding", f"{count} characters were lost before we got the file")
        )
    return text, findings


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReformError(
            f"{name} byte {error.start}: is not {encoding.upper()} as its first bytes say. "
            "Save the file as UTF-8."
        ) from error


def _by_declaration(data: bytes, name: str, in_html: bool) -> tuple[str, list[Finding]]:
    declared = DECLARED.search(data[:4096]) if in_html else None
    if declared:
        encoding = declared[1].decode("ascii", "replace").lower()
        try:
            text = data.decode(text_encoding(encoding))
        except (LookupError, ValueError):
            pass
        else:
            _refuse_binary(text, name)
            return text, []
    text = data.decode("cp1252", "replace")
    _refuse_binary(text, name)
    return text, [
        Finding(
            "doubtful encoding",
            "not UTF-8 and no encoding declared that fits: read as Windows-1252, look at accents",
        )
    ]


def _refuse_binary(text: str, name: str) -> None:
    sample = text[:65536]
    controls = sum(1 for c in sample if (c < " " and c not in "\t\n\r\f\v\x1b") or c == "\ufffd")
    if "\0" in text or controls > 0.05 * len(sample):
        raise ReformError(
            f"{name}: is not text and no format known here. Give plain text, HTML, PDF or DOCX."
        )
