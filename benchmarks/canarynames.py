"""Invented names of victims, one for each place where one could stand, and a search for them.

A name is looked for in every writing that bytes can hold: several encodings, percent-encoding,
entities, escapes, base64, hexadecimal digits, and inside of archives, compressed streams and PDF.
"""

from __future__ import annotations

import base64
import gzip
import html
import io
import re
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Final
from urllib.parse import unquote_plus

from pypdf import PdfReader

NAMES: Final[dict[str, str]] = {
    "names file": "Ysolde Quenzhariou",
    "withheld words": "Бронвейла Зюкотская",
    "words of a passage": "Tadzhmir Olqebrandt",
    "case label": "زهرناز قطبلوشي",
    "case note": "Wilhelmøya Drøngvist",
    "case id": "Kvetoslav Murgatroyd",
    "id of a case that may be told": "Philippa Zwingelberger",
    "step label": "Ἀρίσταινα Ξυλοφράγκου",
    "step id": "Ottokar Vrzhanjic",
    "claim": "沈栎潇璎",
    "proposition": "Ngozichukwu Abarundeh",
    "recommendation": "Jørunn Hvalbyråd",
    "status note": "Çağlanur Üskübiroğlu",
    "section": "Żdzisława Brzękniewicz",
    "actor of a case": "Eluned Gwrthfawrog",
    "title": "Marisol Ixtlacuahua",
    "address": "Fenwick Obadhara",
    "comment": "Thandiwe Mbuyokazi",
    "file name": "Aurelio Pontevergnano",
    "setting": "Radmila Szczurkowic",
    "reason": "Katharin Stolzenhoff",
    "reminder": "Ingrith Falkenjager",
    "row": "Baltasar Nuwenhuysen",
}
"""Nobody is called so; each stands in one place of the workspace, so that a find tells which."""

CODE_PAGES: Final = (
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1256", "gb18030", "iso8859-15", "cp437",
)  # fmt: skip
WIDE: Final = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
ESCAPES: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|U([0-9a-fA-F]{8}))")
MARKS: Final = re.compile(r"[\W_]+")
OCTAL: Final = re.compile(rb"(?:\\[0-3][0-7]{2})+")
BASE64: Final = re.compile(rb"[A-Za-z0-9+/_-]{12,}={0,2}")
HEXADECIMAL: Final = re.compile(rb"(?:[0-9a-fA-F]{2}){8,}")
LONG: Final = 120
"""Letters of base64 that may hold more than a name, such as a file."""
STREAMS: Final = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
PLAIN: Final = bytes.maketrans(b"-_", b"+/")
DEEPEST: Final = 3


def places_in(data: bytes) -> set[str]:
    """Return the places whose names bytes hold, in any writing."""
    return {place for text in _texts(data) for place in _said(text)}


def slug_of(place: str) -> str:
    """Return the name of a place as an id would hold it."""
    return "-".join(_folded(word) for word in NAMES[place].split())


@cache
def _words(name: str) -> list[str]:
    return [name, *(word for word in name.split() if len(word) >= 4)]


@cache
def _sought() -> dict[str, list[str]]:
    return {place: [_folded(word) for word in _words(name)] for place, name in NAMES.items()}


def _said(text: str) -> Iterator[str]:
    told = _folded(text)
    for place, words in _sought().items():
        if any(word in told for word in words):
            yield place


def _folded(text: str) -> str:
    """Return the letters and digits of a text alone, without case, accents and marks."""
    return MARKS.sub("", unicodedata.normalize("NFKD", text).casefold())


def _texts(data: bytes, depth: int = 0) -> Iterator[str]:
    """Yield what bytes may say."""
    text = data.decode("utf-8", "ignore")
    yield text
    yield from _other_letters(data, text)
    yield from _unescaped(data, text)
    hexadecimal = b"\n".join(bytes.fromhex(run.decode()) for run in HEXADECIMAL.findall(data))
    yield hexadecimal.decode("utf-8", "ignore")
    runs = [run.rstrip(b"=") for run in BASE64.findall(data)]
    for skipped in range(4):
        yield b"\n".join(_from_base64(run[skipped:]) for run in runs).decode("utf-8", "ignore")
    if depth < DEEPEST:
        packed = [_from_base64(run) for run in runs if len(run) >= LONG]
        for part in (*_members(data), *packed):
            yield from _texts(part, depth + 1)


def _other_letters(data: bytes, text: str) -> Iterator[str]:
    """Yield what bytes say in other encodings than UTF-8, if they may be in one."""
    if len(text.encode()) < len(data):  # some of it is not UTF-8
        yield from (data.decode(page, "ignore") for page in CODE_PAGES)
        yield from (data[1:].decode(encoding, "ignore") for encoding in WIDE)
    if b"\0" in data or len(text.encode()) < len(data):
        yield from (data.decode(encoding, "ignore") for encoding in WIDE)


def _unescaped(data: bytes, text: str) -> Iterator[str]:
    """Yield a text without the escapes of addresses, HTML, JSON and PDF."""
    if "%" in text:
        yield unquote_plus(unquote_plus(text))
    if "&" in text:
        yield html.unescape(html.unescape(text))
    if "\\" in text:
        yield ESCAPES.sub(lambda hit: chr(int(hit[1] or hit[2] or hit[3], 16) % 0x110000), text)
        for run in OCTAL.findall(data):
            yield bytes(int(part, 8) for part in run[1:].split(b"\\")).decode("utf-8", "ignore")


def _from_base64(letters: bytes) -> bytes:
    whole = letters[: len(letters) - (len(letters) % 4 == 1)]
    return base64.b64decode(whole.translate(PLAIN) + b"=" * (-len(whole) % 4))


def _members(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for one in packed.infolist():
                yield one.filename.encode() + b"\n" + one.comment
                yield packed.read(one)
    elif data.startswith(b"\x1f\x8b"):
        yield gzip.decompress(data)
    elif data[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(data)) as packed_tar:
            for member in packed_tar:
                file = packed_tar.extractfile(member) if member.isfile() else None
                yield member.name.encode()
                yield file.read() if file else b""
    elif data.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(data))
        yield "\n".join(page.extract_text() for page in reader.pages).encode()
        for stream in STREAMS.findall(data):
            yield _inflated(stream)
    elif data.startswith(b"\x89PNG"):
        for chunk in re.findall(rb"(?:zTXt|iTXt)(.{0,4000})", data, re.DOTALL):
            yield _inflated(chunk[chunk.find(b"\x78") :])


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, 10_000_000)
    except zlib.error:
        return b""
