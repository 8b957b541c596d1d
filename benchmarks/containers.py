"""Sound files around parts that need not be: what is fuzzed lies in a DOCX, an XLSX or a PDF."""

from __future__ import annotations

import io
import zipfile

PARTED = b"\n=====\n"
"""Between the parts of an input; XML and PDF have no use for it."""
MAIN = "application/vnd.openxmlformats-"
TYPES = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE = b"http://schemas.openxmlformats.org/package/2006/relationships/metadata"
_W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _relations(*related: tuple[bytes, bytes]) -> bytes:
    found = b"".join(
        b'<Relationship Id="r%d" Type="%s" Target="%s"/>' % (number, kind, target)
        for number, (kind, target) in enumerate(related, 1)
    )
    return (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + found
        + b"</Relationships>"
    )


def _types(parts: dict[str, str]) -> bytes:
    found = "".join(
        f'<Override PartName="/{name}" ContentType="{MAIN}{kind}+xml"/>'
        for kind, name in parts.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{found}</Types>'
    ).encode()


DOCX = {
    "word/document.xml": b"<w:document " + _W + b"><w:background w:color='FFFFFF'/><w:body>"
    b'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Aims</w:t></w:r></w:p>'
    b'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr><w:shd w:fill="FFFFFF"/></w:pPr>'
    b'<w:r><w:rPr><w:vanish w:val="0"/><w:color w:val="FF0000"/></w:rPr><w:t>The board</w:t>'
    b"<w:tab/><w:br/></w:r><w:ins><w:r><w:t>must</w:t></w:r></w:ins><w:del><w:r><w:delText>not"
    b"</w:delText></w:r></w:del><w:hyperlink><w:r><w:t>meet.</w:t></w:r></w:hyperlink></w:p>"
    b'<w:tbl><w:tblPr><w:tblStyle w:val="a"/></w:tblPr><w:tr><w:tc><w:tcPr><w:shd w:fill="auto"/>'
    b"</w:tcPr><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:sdt><w:sdtContent>"
    b"<w:p><w:r><w:t>More.</w:t></w:r></w:p></w:sdtContent></w:sdt></w:body></w:document>",
    "word/footnotes.xml": b"<w:footnotes " + _W + b'><w:footnote w:id="2"><w:p><w:r><w:t>A note.'
    b"</w:t></w:r></w:p></w:footnote></w:footnotes>",
    "word/comments.xml": b"<w:comments " + _W + b'><w:comment w:id="0"/></w:comments>',
    "docProps/core.xml": b'<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/'
    b'2006/metadata/core-properties" xmlns:d="http://purl.org/dc/elements/1.1/"><d:title>Minutes'
    b"</d:title></c:coreProperties>",
    "word/_rels/document.xml.rels": _relations(
        (TYPES + b"/footnotes", b"footnotes.xml"), (TYPES + b"/comments", b"comments.xml")
    ),
    "_rels/.rels": _relations(
        (TYPES + b"/officeDocument", b"word/document.xml"),
        (CORE + b"/core-properties", b"docProps/core.xml"),
    ),
    "[Content_Types].xml": _types(
        {
            "officedocument.wordprocessingml.document.main": "word/document.xml",
            "officedocument.wordprocessingml.footnotes": "word/footnotes.xml",
            "officedocument.wordprocessingml.comments": "word/comments.xml",
            "package.core-properties": "docProps/core.xml",
        }
    ),
}
XLSX = {
    "xl/worksheets/sheet1.xml": b"<worksheet " + _S + b'><dimension ref="A1:B3"/><sheetData>'
    b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Text</t></is></c></row>'
    b'<row r="2"><c r="A2" t="str"><v>Malta</v></c><c r="B2" s="1"><v>45000.5</v></c></row>'
    b'<row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" t="e"><v>#REF!</v></c></row>'
    b'<row r="4"><c r="A4"><f t="shared" ref="A4:A5" si="0">A1</f><v>1</v></c>'
    b'<c r="B4" t="d"><v>2024-02-29T00:00:00</v></c></row></sheetData>'
    b'<mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>',
    "xl/sharedStrings.xml": b"<sst " + _S + b' count="1"><si><r><t>State</t></r></si></sst>',
    "xl/styles.xml": b"<styleSheet " + _S + b'><numFmts count="1"><numFmt numFmtId="164" '
    b'formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts><font/></fonts><fills><fill>'
    b'<patternFill patternType="none"/></fill></fills><borders>'
    b'<border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf numFmtId="0"/>'
    b'<xf numFmtId="164" xfId="0"/></cellXfs></styleSheet>',
    "xl/workbook.xml": b"<workbook " + _S + b' xmlns:r="' + TYPES + b'"><workbookPr date1904="0"/>'
    b'<sheets><sheet name="A" sheetId="1" state="visible" r:id="r1"/></sheets><definedNames>'
    b'<definedName name="x" localSheetId="0">A!$A$1</definedName></definedNames></workbook>',
    "xl/_rels/workbook.xml.rels": _relations(
        (TYPES + b"/worksheet", b"worksheets/sheet1.xml"),
        (TYPES + b"/sharedStrings", b"sharedStrings.xml"),
        (TYPES + b"/styles", b"styles.xml"),
    ),
    "_rels/.rels": _relations((TYPES + b"/officeDocument", b"xl/workbook.xml")),
    "[Content_Types].xml": _types({
        "officedocument.spreadsheetml.sheet.main": "xl/workbook.xml",
        "officedocument.spreadsheetml.worksheet": "xl/worksheets/sheet1.xml",
        "officedocument.spreadsheetml.sharedStrings": "xl/sharedStrings.xml",
        "officedocument.spreadsheetml.styles": "xl/styles.xml",
    }),
}  # fmt: skip
"""The parts of a small workbook, by their names."""
PDF = (
    b"q 1 0 0 1 60 780 cm BT /F1 11 Tf 14 TL 2 Tr 0 0 Td (The board\\051 must) Tj T* "
    b"[(me) -120 <0065> 300 (t.)] TJ 1 0 0.5 1 9 9 Tm (x) ' 1 2 (y) \" ET /X1 Do Q "
    b"BI /W 1 /H 1 /BPC 8 ID \x00 EI",
    b"/Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H /ToUnicode 6 0 R "
    b"/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /W [1 [500 600] 3 9 250] /DW 900 "
    b"/FontDescriptor << /Type /FontDescriptor /MissingWidth 1 >> >>]",
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> "
    b"endcodespacerange 2 beginbfchar <41> <0042> <42> <D83DDE00> endbfchar 1 beginbfrange "
    b"<43> <45> <0061> endbfrange endcmap end end",
    b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 5 0 R >> >>",
    b"/MediaBox [0 0 595 842] /Rotate 90 /Annots [] /Resources << /Font << /F1 5 0 R /F2 << /Type "
    b"/Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [65 /Aacute /uni0042] "
    b">> >> >> /XObject << /X1 7 0 R >> >>",
)
"""Contents of a page, its font, what the font's signs mean, a drawing, and the page itself."""


def joined(parts: dict[str, bytes] | tuple[bytes, ...]) -> bytes:
    """Return the parts of a file as one input."""
    return PARTED.join(parts.values() if isinstance(parts, dict) else parts)


def archive(data: bytes, sound: dict[str, bytes]) -> bytes:
    """Return an archive of the parts in an input: a sound one for one not given, none if empty."""
    parts = sound | dict(zip(sound, data.split(PARTED), strict=False))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, part in parts.items():
            if part:
                made.writestr(zipfile.ZipInfo(name), part)
    return stream.getvalue()


def pdf(data: bytes) -> bytes:
    """Return a PDF of the parts in an input; one that lacks is the sound one."""
    given = data.split(PARTED)
    content, font, meanings, drawing, page = (*given, *PDF[len(given) :])[: len(PDF)]
    stream = b"<< %s /Length %d >>\nstream\n%s\nendstream"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R %s >>" % page,
        stream % (b"", len(content), content),
        b"<< %s >>" % font,
        stream % (b"", len(meanings), meanings),
        stream % (drawing, len(content), content),
    ]
    made, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n"
        b"%%%%EOF" % (len(objects) + 1, table, len(objects) + 1, len(made))
    )
