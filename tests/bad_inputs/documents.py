"""Documents that are empty, damaged, mislabelled, bombs, or no documents at all."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from bad_inputs.case import Case, Content
from pypdf import PdfWriter
from pypdf.generic import (
    DictionaryObject,
    NameObject,
    StreamObject,
)

WORDS = "The Lakes Council urges the Harbour Board to publish its fees.\n"
MIB = 1024 * 1024


def read(name: str, file: str, content: Content, says: str = "", *, apart: bool = False) -> Case:
    return Case(f"document: {name}", ("extract", "--", file), says, {file: content}, apart=apart)


def take(name: str, file: str, content: Content, says: str = "") -> Case:
    return Case(f"document to keep: {name}", ("add", "--", file), says, {file: content})


# --- text ----------------------------------------------------------------------------------------

TEXT = [
    read("an empty file", "a.txt", b"", "is empty"),
    read("nothing but space", "a.txt", b" \r\n\t\n" * 1000, "is empty"),
    read("nothing but NUL", "a.txt", bytes(100_000), "is empty"),
    read("nothing but a byte order mark", "a.txt", b"\xef\xbb\xbf", "is empty"),
    read("text with NUL in it", "a.txt", WORDS.encode() + b"\0" + WORDS.encode(), "is not text"),
    read("text with NUL late in it", "a.txt", WORDS.encode() * 5000 + b"\0" + WORDS.encode(), "is not text"),
    read("UTF-16 without its mark", "a.txt", WORDS.encode("utf-16-le"), "is not text"),
    read("UTF-32 without its mark", "a.txt", WORDS.encode("utf-32-be"), "is not text"),
    read("UTF-16 with its mark, cut in a sign", "a.txt", WORDS.encode("utf-16")[:-1], "UTF-16"),
    read("UTF-16 with half a surrogate", "a.txt", b"\xff\xfe" + b"a\x00" * 50 + b"\x00\xd8a\x00", "UTF-16"),
    read("UTF-32 beyond Unicode", "a.txt", b"\xff\xfe\0\0" + b"\xff\xff\xff\xff" * 9, "UTF-32"),
    read("UTF-16 with nothing after its mark", "a.txt", b"\xff\xfe", "is empty"),
    read("UTF-16 with nothing but space", "a.txt", "  \n".encode("utf-16"), "is empty"),
    read("nothing but signs that nobody sees", "a.txt", "\u200b\u202e\u2066\ufeff\u00ad\n".encode() * 50, "is empty"),
    read("random bytes", "a.txt", bytes(n * 131 % 251 for n in range(5000)), "is not text"),
    read("control characters", "a.txt", bytes([1, 2, 3, 4, 5, 6, 7, 8]) * 500, "is not text"),
    read("a text of 11 million characters in one line", "a.txt", lambda: b"word " * 2_200_000, "limits"),
    read("a text of 300,000 lines", "a.txt", lambda: b"a line\n" * 300_000, "limits"),
    read("a text of 48 MB", "a.txt", lambda: b"word \n" * (8 * MIB), "Split it"),
    read("a text of 120 MB", "a.txt", lambda: bytes(120) * 1_000_000, "larger than"),
    read("a program", "a.txt", b"\x7fELF\x02\x01\x01" + bytes(200) + b"\x03\x00>", "is not text"),
    read("a database", "a.txt", b"SQLite format 3\0" + bytes(4000), "is not text"),
    read("a picture under the name of a text", "a.txt", b"\x89PNG\r\n\x1a\n" + bytes(500), "picture"),
    read("a photograph under the name of a PDF", "a.pdf", b"\xff\xd8\xff\xe0" + bytes(500), "picture"),
    read("a moving picture", "a.gif", b"GIF89a" + bytes(500), "picture"),
    read("PostScript", "a.ps", "%!PS-Adobe-3.0\n(Some words) show\n", "PostScript"),
    read("a page saved as one file", "a.mht", f"MIME-Version: 1.0\nContent-Type: text/html\n\n<p>{WORDS}</p>", "as one file"),
    read("a compressed text", "a.txt", lambda: gzip.compress(WORDS.encode()), "compressed"),
    read("a bomb of gzip", "a.txt.gz", lambda: gzip.compress(bytes(5 * MIB)), "compressed"),
    read("RTF under the name of DOCX", "a.docx", rb"{\rtf1\ansi Some words.}", "RTF"),
    read("an old Word file", "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "old Word"),
    read("an XLS under the name of DOCX", "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "old Word"),
    take("an empty file", "a.txt", b"", "is empty"),
    take("text with NUL in it", "a.txt", b"a\0b", "is not text"),
    take("a text of 11 million characters", "a.txt", lambda: b"word\n" * 2_200_000, "limits"),
]  # fmt: skip

# --- HTML ----------------------------------------------------------------------------------------


def _page(body: str) -> str:
    return f"<!doctype html><html><head><title>t</title></head><body>{body}</body></html>"


HTML = [
    read("a page without words", "a.html", _page(""), "no text"),
    read("a page of scripts alone", "a.html", _page("<script>document.write('a')</script>"), "no text"),
    read("a page whose words are hidden", "a.html", _page("<p hidden>Some words</p>"), "no text"),
    read("a page with NUL", "a.html", _page("<p>a\0b</p>"), "is not text"),
    read("a page in UTF-16 without its mark", "a.html", _page("<p>a</p>").encode("utf-16-le"), "is not text"),
    read("a page of a frame alone", "a.html", _page('<iframe src="https://example.org/"></iframe>'), "no text"),
    read("a page of an object alone", "a.html", _page('<object data="file:///etc/passwd"></object>'), "no text"),
    read("a page that sends elsewhere", "a.html", '<html><head><meta http-equiv="refresh" content="0;url=https://example.org/"></head></html>', "no text"),
    read("a page of 11 million characters", "a.html", lambda: _page("<p>" + "word " * 2_200_000).encode(), "Split it"),
    read("elements in elements, 300,000 deep", "a.html", lambda: _page("<div>" * 300_000 + "deep").encode(), "deep"),
    read("inline elements in each other, 300,000 deep", "a.html", lambda: _page("<b>" * 300_000 + "deep").encode(), "deep"),
    read("tables in tables, 30,000 deep", "a.html", lambda: _page("<table><tr><td>" * 30_000 + "deep").encode(), "deep"),
    read("lists in lists, 50,000 deep and never closed", "a.html", lambda: _page("<ul><li>" * 50_000 + "deep").encode(), "deep"),
    read("links that are never closed, 200,000 of them", "a.html", lambda: _page("<a href=x>" * 200_000).encode(), ""),
    read("formatting that is carried on for ever", "a.html", lambda: _page("<p><b><i><u><s><em>a" * 20_000).encode(), "deep"),
    read("one tag of 200,000 attributes", "a.html", lambda: _page("<p " + " ".join(f"a{n}=1" for n in range(200_000)) + "></p>").encode(), ""),
    read("a page whose words are in a template", "a.html", _page(f"<template>{WORDS}</template>"), "anybody sees"),
    read("a page with content in the place of content, 2,300 deep", "a.html", lambda: _page("<div><template shadowrootmode=open>" * 2_300 + "deep").encode(), ""),
    take("a page without words", "a.html", _page(""), "no text"),
    take("elements in elements, 300,000 deep", "a.html", lambda: _page("<div>" * 300_000 + "deep").encode(), "deep"),
]  # fmt: skip

# --- PDF -----------------------------------------------------------------------------------------


def _written(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def pdf(content: bytes = b"", pages: int = 1) -> bytes:
    """Return a PDF whose pages have this content, in Helvetica; without any they are blank."""
    writer = PdfWriter()
    font = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    })  # fmt: skip
    for _ in range(pages):
        page = writer.add_blank_page(300, 300)
        if content:
            stream = StreamObject()
            stream._data = zlib.compress(content)
            stream[NameObject("/Filter")] = NameObject("/FlateDecode")
            page[NameObject("/Contents")] = writer._add_object(stream)
            page[NameObject("/Resources")] = DictionaryObject(
                {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
            )
    return _written(writer)


def _locked(owner_only: bool = False) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(300, 300)
    writer.encrypt("" if owner_only else "secret", "owner", algorithm="RC4-128")
    return _written(writer)


def _circle() -> bytes:
    """A page tree that holds itself."""
    return _raw(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 2 0 R 2 0 R] /Count 3 >>",
    )


def _raw(*objects: bytes, trailer: bytes = b"<< /Root 1 0 R /Size 9 >>") -> bytes:
    """Return a PDF of some objects, with a table of where each stands."""
    data, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    begin = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer\n" + trailer + b"\nstartxref\n%d\n%%%%EOF" % begin


def _flat_bomb() -> bytes:
    """A page whose content unpacks to 100 MB."""
    data = zlib.compress(b"(word) Tj " * (10 * MIB), 1)
    return _page_of(
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(data), data)
    )


def _page_of(content: bytes, more: bytes = b"") -> bytes:
    return _raw(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> "
        + more
        + b" >> >>",
        content,
    )


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _drawn_over_and_over(part: bytes, times: int) -> bytes:
    """A PDF whose only page draws a part of itself again and again."""
    return _raw(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R "
        b"/Resources << /XObject << /X1 5 0 R >> >> >>",
        _stream(b"/X1 Do " * times),
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 300 300] /Resources << /Font << /F1 "
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> " + _stream(part)[3:],
    )


TEXT_OF_PDF = b"BT /F1 12 Tf 20 200 Td (The council asks the board to publish its fees.) Tj ET"

PDF = [
    read("a PDF of nothing but its first line", "a.pdf", b"%PDF-1.7\n", "damaged"),
    read("a PDF of noise", "a.pdf", b"%PDF-1.7\n" + bytes(n * 37 % 256 for n in range(5000)), "damaged"),
    read("a PDF cut in the middle", "a.pdf", lambda: pdf(TEXT_OF_PDF)[:350], ""),
    read("a PDF under a password", "a.pdf", _locked, "encrypted"),
    read("a PDF encrypted in a way nobody knows", "a.pdf", lambda: _raw(b"<< /Type /Catalog /Pages 2 0 R >>", trailer=b"<< /Root 1 0 R /Size 9 /Encrypt << /Filter /Foo >> /ID [(a) (b)] >>"), "encrypted"),
    read("a PDF whose words are drawn without ink", "a.pdf", lambda: pdf(b"3 Tr " + TEXT_OF_PDF), "drawn without ink"),
    read("a PDF whose table of objects has a billion columns", "a.pdf", b"%PDF-1.5\n1 0 obj << /Type /XRef /Size 999999999 /W [1 99999999 1] /Index [0 999999999] /Root 1 0 R /Length 3 >> stream\nabc\nendstream endobj\nstartxref\n9\n%%EOF", "damaged"),
    read("a scanned PDF without text", "a.pdf", lambda: pdf(pages=3), "no text"),
    read("a PDF without pages", "a.pdf", lambda: _raw(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"), ""),
    read("a PDF without a catalogue", "a.pdf", lambda: _raw(b"<< /Type /Nothing >>"), ""),
    read("a PDF whose pages hold themselves", "a.pdf", _circle, ""),
    read("a PDF whose trailer leads to itself", "a.pdf", lambda: _raw(b"<< /Type /Catalog /Pages 2 0 R >>", trailer=b"<< /Root 1 0 R /Prev 9 /Size 9 >>"), ""),
    read("a PDF with 10,000 pages", "a.pdf", lambda: _raw(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [" + b"3 0 R " * 10_000 + b"] /Count 10000 >>", b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"), "pages"),
    read("a PDF that says it has a billion pages", "a.pdf", lambda: _raw(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>", b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"), ""),
    read("a PDF whose content unpacks to 100 MB", "a.pdf", _flat_bomb, ""),
    read("a PDF with a string of 20 MB", "a.pdf", lambda: _page_of(b"<< /Length %d >>\nstream\nBT /F1 9 Tf (%s) Tj ET\nendstream" % (20 * MIB + 19, b"a" * (20 * MIB))), ""),
    read("a PDF with words drawn over and over", "a.pdf", lambda: _drawn_over_and_over(b"BT /F1 9 Tf (%s) Tj ET" % (b"word " * 4000), 200), "characters"),
    read("a PDF of 20 MB of filling that draws without end", "a.pdf", lambda: _drawn_over_and_over(b"1 0 0 rg " * 9000, 20_000) + b"\n%" + b"-" * (20 * MIB), "more work"),
    read("a PDF with lists 100,000 deep", "a.pdf", lambda: _raw(b"<< /Type /Catalog /Pages 2 0 R >>", b"[" * 100_000 + b"]" * 100_000), ""),
    read("a PDF with dictionaries 50,000 deep", "a.pdf", lambda: _raw(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /A " * 50_000 + b"1" + b" >>" * 50_000), ""),
    read("a PDF whose content is text lists 100,000 deep", "a.pdf", lambda: _page_of(b"<< /Length 200009 >>\nstream\nBT %s%s TJ ET\nendstream" % (b"[" * 100_000, b"]" * 100_000)), ""),
    read("a PDF that begins after a megabyte of noise", "a.pdf", lambda: b"\x01" * MIB + pdf(TEXT_OF_PDF), "is not text"),
    read("a PDF of FDF", "a.pdf", b"%FDF-1.2\n1 0 obj << /FDF << /Fields [] >> >> endobj\x00\x01\x02", "is not text"),
    take("a scanned PDF without text", "a.pdf", lambda: pdf(pages=3), "no text"),
    take("a PDF under a password", "a.pdf", _locked, "encrypted"),
    take("a PDF cut in the middle", "a.pdf", lambda: pdf(TEXT_OF_PDF)[:350], ""),
]  # fmt: skip

# --- DOCX ----------------------------------------------------------------------------------------

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def packed(changed: dict[str, bytes | str | None], ratio: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a small DOCX with some parts changed, put in, or (None) left out."""
    parts: dict[str, bytes | str | None] = {
        "[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS,
        "word/document.xml": _document("<w:p><w:r><w:t>Some words.</w:t></w:r></w:p>"),
    } | changed  # fmt: skip
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", ratio) as archive:
        for name, data in parts.items():
            if data is not None:
                archive.writestr(name, data)
    return stream.getvalue()


def _document(body: str) -> str:
    return f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>'


def word(name: str, says: str, changed: Callable[[], dict[str, bytes | str | None]]) -> Case:
    return read(name, "a.docx", lambda: packed(changed()), says)


def _overlapping() -> bytes:
    """An archive whose directory lists one packed part a thousand times over."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(190 * 1000))
        info = archive.infolist()[0]
        for n in range(1500):
            copy = zipfile.ZipInfo(f"word/x{n}.xml")
            for slot in (
                "header_offset",
                "CRC",
                "compress_size",
                "file_size",
                "compress_type",
                "flag_bits",
            ):
                setattr(copy, slot, getattr(info, slot))
            archive.filelist.append(copy)
            archive.NameToInfo[copy.filename] = copy
    return stream.getvalue()


def _lying() -> bytes:
    """An archive that says a part is small which is not."""
    data = bytearray(packed({"word/document.xml": _document(" " * 60_000_000)}))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(data)


def _locked_zip() -> bytes:
    data = bytearray(packed({}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + place] |= 1
    return bytes(data)


LAUGHS = (
    '<!DOCTYPE d [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)

DOCX = [
    read("an archive that is no DOCX", "a.docx", lambda: packed({"word/document.xml": None}), "no DOCX"),
    read("a DOCX cut in the middle", "a.docx", lambda: packed({})[:500], "damaged"),
    read("a DOCX of which one byte in ten is another", "a.docx", lambda: bytes(b ^ (n % 10 == 7 and n > 200) for n, b in enumerate(packed({}))), ""),
    read("an ODT under the name of DOCX", "a.docx", lambda: packed({"word/document.xml": None, "content.xml": "<a/>", "mimetype": "application/vnd.oasis.opendocument.text"}), "no DOCX"),
    read("a spreadsheet under the name of DOCX", "a.docx", lambda: packed({"word/document.xml": None, "xl/workbook.xml": "<a/>"}), "no DOCX"),
    word("a DOCX without its list of types", "", lambda: {"[Content_Types].xml": None}),
    word("a DOCX without relations", "", lambda: {"_rels/.rels": None}),
    word("a DOCX whose text is no XML", "", lambda: {"word/document.xml": "words, but no XML"}),
    word("a DOCX whose text is cut", "", lambda: {"word/document.xml": _document("<w:p><w:r>")[:-20]}),
    word("a DOCX whose text is another XML", "", lambda: {"word/document.xml": "<html><body>Some words</body></html>"}),
    word("a DOCX whose words are too small to see", "anybody sees", lambda: {"word/document.xml": _document('<w:p><w:r><w:rPr><w:sz w:val="1"/></w:rPr><w:t>Some words.</w:t></w:r></w:p>')}),
    word("a DOCX with an empty text", "", lambda: {"word/document.xml": ""}),
    word("a DOCX without words", "no text", lambda: {"word/document.xml": _document("<w:p/>")}),
    word("a DOCX of pictures alone", "no text", lambda: {"word/document.xml": _document("<w:p><w:r><w:drawing/></w:r></w:p>")}),
    word("a DOCX with a billion laughs", "document type", lambda: {"word/document.xml": LAUGHS + "<d>&i;</d>"}),
    word("a DOCX that reads a file from here", "document type", lambda: {"word/document.xml": '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + _document("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>")[21:]}),
    word("a DOCX that names a type elsewhere", "document type", lambda: {"word/document.xml": '<!DOCTYPE d SYSTEM "https://example.org/d.dtd">' + _document("")[21:]}),
    word("a DOCX with a document type in a part beside", "document type", lambda: {"word/settings.xml": LAUGHS + "<d/>"}),
    word("a DOCX of 210 MB of space", "unpacks", lambda: {"word/document.xml": b" " * (210 * MIB)}),
    word("a DOCX with elements 100,000 deep", "", lambda: {"word/document.xml": _document("<w:sdt><w:sdtContent>" * 100_000)}),
    word("a DOCX with tables 5,000 deep", "", lambda: {"word/document.xml": _document("<w:tbl><w:tr><w:tc>" * 5_000 + "<w:p><w:r><w:t>a</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * 5_000)}),
    word("a DOCX whose list of types leads outside", "", lambda: {"_rels/.rels": RELATIONS.replace('Target="word/document.xml"', 'TargetMode="External" Target="https://example.org/a.docx"')}),
    word("a DOCX whose text lies at a path that goes up", "", lambda: {"_rels/.rels": RELATIONS.replace('Target="word/document.xml"', 'Target="../../../etc/passwd"')}),
    read("a DOCX whose directory lists a part many times", "a.docx", _overlapping, ""),
    read("a DOCX that lies about its size", "a.docx", _lying, ""),
    read("a DOCX under a password of its archive", "a.docx", _locked_zip, ""),
    take("a DOCX without words", "a.docx", lambda: packed({"word/document.xml": _document("<w:p/>")}), "no text"),
    take("a DOCX with a billion laughs", "a.docx", lambda: packed({"word/document.xml": LAUGHS + "<d>&i;</d>"}), "document type"),
]  # fmt: skip

# --- files that are none -------------------------------------------------------------------------


def _unreadable(folder: Path) -> None:
    (folder / "a.txt").symlink_to("/proc/1/mem")


def _link(folder: Path) -> None:
    (folder / "a.txt").symlink_to(folder / "nowhere.txt")


def _loop(folder: Path) -> None:
    (folder / "a.txt").symlink_to("a.txt")


def _device(folder: Path) -> None:
    (folder / "a.txt").symlink_to("/dev/zero")


def _sparse(folder: Path) -> None:
    with (folder / "a.txt").open("wb") as file:
        file.truncate(4 * 1024**3)


def _folder(folder: Path) -> None:
    (folder / "a.txt").mkdir()


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "a.txt")


def _no_utf8(folder: Path) -> None:
    (folder / os.fsdecode(b"a\xff.txt")).write_text(WORDS)


FILES = [
    *[
        Case(f"{kind}: {name}", (command, "a.txt"), says, make=make)
        for kind, command in (("document", "extract"), ("document to keep", "add"))
        for name, says, make in (
            ("a link that leads nowhere", "cannot be read", _link),
            ("a link that leads to itself", "cannot be read", _loop),
            ("a device without an end", "no file", _device),
            ("a pipe into which nobody writes", "no file", _pipe),
            ("a file of 4 GB", "larger than", _sparse),
            ("a file that nobody may read", "", _unreadable),
        )
    ],
    Case("document: a folder with the name of a file", ("extract", "a.txt"), "cannot be read", make=_folder),
    Case("document: a file that is not there", ("extract", "none.txt"), "cannot be read"),
    Case("document to keep: a file that is not there", ("add", "none.txt"), "cannot be read"),
    Case("document: a name with a line end", ("extract", "a\nb.txt"), "is empty", {"a\nb.txt": b""}),
    Case("document: a name that turns its direction", ("extract", "\u202etxt.a"), "is empty", {"\u202etxt.a": b""}),
    Case("document: a name with an escape of the terminal", ("extract", "\x1b]0;x\x07.txt"), "is empty", {"\x1b]0;x\x07.txt": b""}),
    Case("document: a name that begins with a dash", ("extract", "--", "-a.txt"), "is empty", {"-a.txt": b""}),
    Case("document: a name taken for an option", ("extract", "-a.txt"), "option", {"-a.txt": b""}, code=2),
    Case("document: a name longer than any may be", ("extract", "a" * 3000), "cannot be read"),
    Case("document: a name with a NUL", ("extract", "a.txt/../b"), "cannot be read"),
    Case("document: a name that is no UTF-8", ("add", "--", "."), "not UTF-8", make=_no_utf8),
    Case("document: no file named at all", ("extract",), "files", code=2),
    Case("document to keep: nothing named at all", ("add",), "sources", code=2),
    Case("document to keep: an address without a host", ("add", "https://"), ""),
    Case("document to keep: an address with a password", ("add", "https://a:b@[::1"), ""),
    Case("document to keep: an address of a file", ("add", "file:///etc/passwd"), "cannot be read"),
    Case("document to keep: an address with a line end", ("add", "http://exa\nmple.org/a\r\nHost: b"), ""),
    Case("document to keep: an address with a port that is none", ("add", "http://127.0.0.1:99999/"), ""),
    Case("document to keep: a name to withhold that would not be kept", ("add", "a.txt", "--withhold", "Lakes Council"), "--publisher", {"a.txt": WORDS}, code=2),
    Case("document to keep: an id that is none", ("add", "a.txt", "--id", "../../x"), "", {"a.txt": WORDS}),
    Case("document to keep: an id of 5,000 characters", ("add", "a.txt", "--id", "a" * 5000), "", {"a.txt": WORDS}),
    Case("document: a model without a server", ("extract", "a.txt", "--model", "m"), "model", {"a.txt": WORDS}, code=2),
    Case("document: a model's server that is no address", ("extract", "a.txt", "--model", "m", "--model-server", "file:///etc/passwd"), "", {"a.txt": WORDS}, code=2),
    Case("document: a model's server with a line end", ("extract", "a.txt", "--model", "m", "--model-server", "http://a\nb/"), "", {"a.txt": WORDS}, code=2),
    Case("passage: a document that is not there", ("anchor", "none", "a", "b"), "", code=2),
    Case("passage: words that are not in the text", ("anchor", "a.txt", "nowhere", "to be found"), "", {"a.txt": WORDS}, code=2),
    Case("passage: offsets beyond the end", ("anchor", "a.txt", "99999", "999999"), "", {"a.txt": WORDS}, code=2),
    Case("passage: offsets the wrong way round", ("anchor", "a.txt", "30", "10"), "", {"a.txt": WORDS}, code=2),
    Case("passage: offsets of a thousand digits", ("anchor", "a.txt", "1" * 5000, "2"), "", {"a.txt": WORDS}, code=2),
    Case("copy: a file that is not there", ("check", "--document", "open-locks-2012=none.pdf"), ""),
    Case("copy: a document that nobody knows", ("check", "--document", "nobody=a.txt"), "no document", {"a.txt": WORDS}, code=2),
    Case("copy: no document at all", ("check", "--document", "=a.txt"), "ID=FILE", code=2),
]  # fmt: skip
CASES = [*TEXT, *HTML, *PDF, *DOCX, *FILES]
