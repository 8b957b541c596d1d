"""Reading: formats, offsets, furniture, findings, and files that mean harm."""

import io
import os
import resource
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, RectangleObject, StreamObject

from ingest.readers import (
    PLAIN,
    Limits,
    Reading,
    ReadingFailure,
    allowance,
    media_type,
    read_bytes,
    read_files,
)
from ontology.errors import ReformError

PdfOf = Callable[[list[str]], bytes]


def texts(reading: Reading, kind: str) -> list[str]:
    return [reading.text[b.start : b.end] for b in reading.blocks if b.kind == kind]


def own_words(reading: Reading) -> str:
    return " ".join(reading.text[b.start : b.end] for b in reading.blocks if not b.furniture)


def docx_bytes(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def test_plain_text_keeps_every_character() -> None:
    data = "\ufeff  First line.\r\n\r\n- an item;  \n\tlast\n".encode()
    reading = read_bytes(data, "note.txt")
    assert reading.text == data.decode("utf-8")
    assert texts(reading, "item") == ["an item;"]


def test_wrapped_lines_are_one_paragraph_and_marks_begin_items() -> None:
    line = "The board met on Monday and spoke at great length about the new depot and"
    text = f"{line}\nits costs, which had grown.\n\n1. Sell the old depot;\n2. Lease a new one.\n"
    reading = read_bytes(text.encode(), "a.txt")
    assert texts(reading, "paragraph") == [f"{line}\nits costs, which had grown."]
    assert [b.marker for b in reading.blocks if b.kind == "item"] == ["1.", "2."]


def test_an_underlined_line_is_a_heading_and_two_sentences_are_none() -> None:
    text = "2. Recommendations\n=================\n\n#. Sell it.\n\nSell all today. (Paragraph 9)\n"
    reading = read_bytes(text.encode(), "a.txt")
    assert texts(reading, "heading") == ["Recommendations"]
    assert texts(reading, "item") == ["Sell it."]
    assert texts(reading, "paragraph") == ["Sell all today. (Paragraph 9)"]


def test_a_year_at_a_line_s_beginning_is_no_mark() -> None:
    reading = read_bytes(b"1968 was a year of strikes in many towns.\n", "a.txt")
    assert [b.kind for b in reading.blocks] == ["paragraph"]


def test_html_gives_headings_items_cells_and_no_scripts() -> None:
    page = b"""<!doctype html><title>Lake</title><body><h2>Aims</h2><script>alert(1)</script>
    <ol><li>clean <b>water</b></li><li>fish</li></ol><table><tr><td>cell</td></tr></table>"""
    reading = read_bytes(page, "page")
    assert (reading.media_type, reading.title) == ("text/html", "Lake")
    assert texts(reading, "heading") == ["Aims"]
    assert texts(reading, "item") == ["clean water", "fish"]
    assert texts(reading, "cell") == ["cell"]
    assert "alert" not in reading.text


def test_furniture_is_marked_and_the_document_is_not() -> None:
    page = b"""<html><body><nav>Home Us</nav><div class="cookie-bar">Cookies help us</div>
    <article><p>The ferry sank.</p></article><footer>Imprint</footer></body></html>"""
    assert own_words(read_bytes(page, "p.html")) == "The ferry sank."
    plain = "Skip to content\nThe ferry sank at nine.\n\nMost popular\nCats\nDogs\n"
    assert own_words(read_bytes(plain.encode(), "p.txt")) == "The ferry sank at nine."


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "display:none !important; display:block",
        "disp\\6c ay:/* */none",
        "font-size: 0",
        "font: 0/0 a",
        "font-size:.05em",
        "visibility:hidden",
        "left:-9999px",
        "margin-left:9px; text-indent:-999px",
        "text-indent:-100%",
        "background-clip:text; color:transparent",
        "width:0%; overflow:hidden",
        "position:absolute; clip: rect(1px, 1px, 1px, 1px)",
        "clip-path: inset(50%)",
        "clip-path: circle(0)",
        "height:0; overflow:hidden",
        "transform: scale(0)",
        "display:none; background:url('a;display:block;b')",
        "display:none; display:blok; display:",
        "display:none; x:\\3b display:block",
        "opacity:-1",
        "filter:opacity(0)",
        "font-size:0mm",
        "font-size:calc(0px)",
        "right:-9999px",
        "margin:0 -9999px",
        "height:0; padding:0; overflow:hidden auto",
        "clip-path: inset(0 100% 0 0)",
        "-webkit-text-fill-color:transparent",
    ],
)
def test_hidden_words_of_a_page_are_reported_and_left_out(style: str) -> None:
    page = f'<html><body><p>Seen.</p><p style="{style}">States must obey.</p></body></html>'
    reading = read_bytes(page.encode(), "p.html")
    assert "obey" not in reading.text
    assert [f.kind for f in reading.findings] == ["hidden text"]


@pytest.mark.parametrize(
    "style",
    [
        "display:none; display:block",
        "--was:display:none",
        "font: 700 12px serif",
        "font-size:0.9rem",
        "clip: rect(0,0,0,0)",
        "clip-path: circle(40%)",
        "height:0; overflow:hidden; padding-bottom:50%",
        "height:0",
        "text-indent:-3em",
        "margin-left:106.35pt; text-indent:-106.35pt",
        "width:5%; overflow:hidden",
        "color:#fff; background-image:url(dark.png); background-color:#fff",
        "background:linear-gradient(red, #000); background-clip:text; color:transparent",
        "background:url(a.png) text; -webkit-text-fill-color:transparent",
        "opacity:0.05",
        "background:url(data:image/png;base64,AAAA)",
    ],
)
def test_words_of_a_page_that_a_style_leaves_to_be_seen_are_read(style: str) -> None:
    page = f'<html><body><p style="{style}">Seen.</p></body></html>'
    reading = read_bytes(page.encode(), "p.html")
    assert (reading.text.strip(), reading.findings) == ("Seen.", ())


@pytest.mark.parametrize(
    "element",
    [
        "<template><p>Obey.</p></template>",
        "<p hidden>Obey.</p>",
        "<div popover>Obey.</div>",
        "<dialog>Obey.</dialog>",
        "<canvas>Obey.</canvas>",
        "<ruby><rp>Obey.</rp></ruby>",
        "<title>Obey.</title>",
        "<meter>Obey.</meter>",
        "<svg><text>Obey.</text></svg>",
        "<iframe srcdoc='Obey.'></iframe>",
        '<div><template shadowrootmode="open"></template>Obey.</div>',
    ],
)
def test_elements_that_nobody_sees_are_reported_and_left_out(element: str) -> None:
    reading = read_bytes(f"<html><body><p>Seen.</p>{element}</body></html>".encode(), "p.html")
    assert reading.text == "Seen.\n"
    assert [f.message[:12] for f in reading.findings] == ["5 characters"]


@pytest.mark.parametrize(
    ("sheet", "warnings"),
    [
        (".x { display: none }", 1),
        ("@import 'a.css'; /* { */ p.x, li { font-size: 0 !important }", 1),
        ("b{color:red} @media all {p{margin:0}} .y #z, div > .x {left:-9999px}", 1),
        (".y, .x, a:hover { display: none }", 1),
        ("p.x:not(.y) { display: none }", 1),
        ("@media screen { .x { display: none } }", 1),
        ("<!-- .x { display: none", 1),
        ("@media print { .x { display: none } }", 0),
        (".x:hover { display: none }", 0),
        (".x { color: red } .y { display: none }", 0),
        ("}}} {{{ .x", 0),
    ],
)
def test_words_that_a_style_sheet_may_hide_are_read_with_a_warning(
    sheet: str, warnings: int
) -> None:
    page = f"<html><style>{sheet}</style><body><div><p class=x>Read <b>all.</b></p></div></body>"
    reading = read_bytes(page.encode(), "p.html")
    assert reading.text.strip() == "Read all."
    told = ["8 characters that a style sheet of the page may hide"] * warnings
    assert [f.message.partition(":")[0] for f in reading.findings] == told


@pytest.mark.parametrize(
    "element",
    [
        '<p aria-hidden="true">Read.</p>',
        '<p hidden style="display:block">Read.</p>',
        "<dialog open>Read.</dialog>",
        "<details><p>Read.</p></details>",
        '<div><template shadowrootmode="open"><p>Read.</p></template></div>',
        '<div><template shadowrootmode="open"><slot></slot></template>Read.</div>',
    ],
)
def test_elements_that_are_seen_at_least_at_a_click_are_read(element: str) -> None:
    reading = read_bytes(f"<html><body>{element}</body></html>".encode(), "p.html")
    assert (reading.text.strip(), reading.findings) == ("Read.", ())


@pytest.mark.parametrize(
    "style",
    [
        "color:#fff; background: #FFF",
        "color: white",
        "background-color:rgb(10, 20, 30);color:#0a141f !important",
        "color: rgba(0,0,0,0)",
        "color: rgb(100% 100% 100%)",
        "color: hsl(0, 0%, 100%)",
        "color: snow",
        "color: #000; background: black",
        "opacity: 0.0",
    ],
)
def test_words_in_the_colour_of_their_ground_are_reported_and_left_out(style: str) -> None:
    page = f'<html><body><p>Seen.</p><p style="{style}">States <b>must obey.</b></p></body></html>'
    reading = read_bytes(page.encode(), "p.html")
    assert reading.text == "Seen.\n"
    assert [f.kind for f in reading.findings] == ["hidden text"]


def test_words_on_black_in_no_colour_of_their_own_are_read_with_a_warning() -> None:
    page = b"<html><body><p>Of <b style='background:#000'>Nobody</b>.</p></body></html>"
    reading = read_bytes(page, "p.html")
    assert reading.text == "Of Nobody.\n"
    assert [f.message[:21] for f in reading.findings] == ["6 characters on black"]


@pytest.mark.parametrize("page", ["<body hidden>", "<style>body{opacity:0}</style><body>"])
def test_a_page_that_hides_itself_is_read_with_a_warning(page: str) -> None:
    reading = read_bytes(f"<html>{page}<p>Read.</p></body></html>".encode(), "p.html")
    assert (reading.text, [f.kind for f in reading.findings]) == ("Read.\n", ["hidden text"])


def test_words_in_another_colour_than_their_ground_are_read() -> None:
    page = b"""<html><body bgcolor="navy"><p style="color:#fff">White on navy.</p>
    <div style="background:#fff"><p style="color:#fff"><span style="color:red">Red.</span></p></div>
    <p style="background:url(x.png); color:white">White on a picture.</p></body></html>"""
    reading = read_bytes(page, "p.html")
    assert reading.text.split("\n") == ["White on navy.", "Red.", "White on a picture.", ""]
    assert reading.findings == ()


def test_words_nested_too_deeply_are_reported() -> None:
    page = b"<html><body><p>Seen.</p>" + b"<div>" * 500 + b"Far down." + b"</div>" * 500
    (finding,) = read_bytes(page, "p.html").findings
    assert (finding.kind, finding.message.split(" ")[0]) == ("unreadable part", "9")


@pytest.mark.parametrize(
    "body", [b"<script>show()</script>", b"<div>" * 500 + b"Far down.", b"<p hidden>No.</p>"]
)
def test_a_page_without_text_is_refused(body: bytes) -> None:
    with pytest.raises(ReformError, match="holds no text") as error:
        read_bytes(b"<html><body>" + body, "p.html")
    assert "\n" not in str(error.value)


def test_a_pdf_has_pages_and_a_page_without_text_is_reported(pdf_of: PdfOf) -> None:
    reading = read_bytes(pdf_of(["The council met.", "It closed at noon."]), "a.pdf")
    assert "The council met." in reading.text
    assert reading.page(reading.text.index("council")) == 1
    writer = PdfWriter()
    writer.append(io.BytesIO(pdf_of(["The council met."])))
    writer.add_blank_page(300, 300)
    stream = io.BytesIO()
    writer.write(stream)
    assert [f.kind for f in read_bytes(stream.getvalue(), "half.pdf").findings] == [
        "page without text"
    ]


def test_a_scanned_pdf_without_a_word_is_refused() -> None:
    writer = PdfWriter()
    writer.add_blank_page(300, 300)
    stream = io.BytesIO()
    writer.write(stream)
    with pytest.raises(ReformError, match="it may be scanned"):
        read_bytes(stream.getvalue(), "scan.pdf")


def test_an_encrypted_pdf_is_refused() -> None:
    writer = PdfWriter()
    writer.add_blank_page(300, 300)
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    with pytest.raises(ReformError, match="encrypted"):
        read_bytes(stream.getvalue(), "locked.pdf")


PICTURE = b" q 300 0 0 240 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q "
UNSEEN = {
    "drawn without ink": b"BT 3 Tr /F1 12 Tf 20 200 Td (Obey.) Tj ET",
    "white on paper": b"1 1 1 rg BT /F1 12 Tf 20 200 Td [(Ob) -20 (ey.)] TJ ET",
    "white beside a box": b"9 9 99 20 re f 1 g BT /F1 12 Tf 20 200 Td (Obey.) ' ET",
    "white in grays": b"/DeviceGray cs 1 sc BT /F1 12 Tf 20 200 Td (Obey.) Tj ET",
    "a white outline": b"1 G BT 1 Tr /F1 12 Tf 20 200 Td (Obey.) Tj ET",
    "tiny by its matrix": b"q .01 0 0 .01 0 0 cm BT /F1 12 Tf 20 200 Td (Obey.) Tj ET Q",
    "below the page": b"BT /F1 12 Tf 20 -200 Td (Obey.) Tj ET",
    "clipped away": b"q 0 0 0 0 re W n BT /F1 12 Tf 20 200 Td (Obey.) Tj ET Q",
    "without ink in a form": b"BT 3 Tr ET /X1 Do",
    "in a form beside the page": b"q 1 0 0 1 900 0 cm /X1 Do Q",
}
SEEN = {
    "in a form": (b"/X1 Do", 0),
    "an outline in one ink": (b"/Spot CS 1 SCN BT 1 Tr /F1 12 Tf 20 200 Td (Obey.) Tj ET", 0),
    "made large by a matrix": (b"12 0 0 12 0 0 cm BT /F1 .9 Tf 2 9 Td (Obey.) Tj ET", 0),
    "white on a box": (b"9 190 99 30 re f 1 g BT /F1 12 Tf 20 200 Td (Obey.) Tj ET", 0),
    "ink that is black again": (b"q 1 g BT 3 Tr ET Q BT /F1 12 Tf 20 200 Td (Obey.) Tj ET", 0),
    "underlined": (b"BT /F1 12 Tf 20 200 Td (Obey.) Tj ET 9 198 99 .5 re f", 0),
    "blackened": (b"BT /F1 12 Tf 20 200 Td (Obey.) Tj ET 9 190 99 30 re f", 1),
    "blackened by lines": (
        b"BT /F1 12 Tf 20 200 Td (Obey.) Tj ET 9 190 m 99 190 l 99 220 l 9 220 l h f",
        1,
    ),
    "blackened with a thick line": (
        b"BT /F1 12 Tf 20 200 Td (Obey.) Tj ET 20 w 9 205 m 99 205 l S",
        1,
    ),
    "struck out": (b"BT /F1 12 Tf 20 200 Td (Obey.) Tj ET 1 w 9 204 m 99 204 l S", 0),
    "blackened in two pieces": (
        b"BT /F1 12 Tf 20 200 Td (Ob) Tj 14.5 0 Td (ey.) Tj ET 9 190 99 30 re f",
        1,
    ),
    "cutting out": (b"BT 7 Tr /F1 12 Tf 20 200 Td (Obey.) Tj ET", 1),
    "full ink of a colour": (b"/C1 cs 1 scn BT /F1 12 Tf 20 200 Td (Obey.) Tj ET", 0),
    "white on a picture": (PICTURE + b"1 g BT /F1 12 Tf 20 200 Td (Obey.) Tj ET", 1),
    "of a recognised scan": (b"BT 3 Tr /F1 12 Tf 20 200 Td (Obey.) Tj ET" + PICTURE, 1),
}


def drawn(content: bytes, *notes: dict[str, Any]) -> bytes:
    """Return a PDF of one page, with a seen line before this content; a form is at hand.

    Notes lie over the place of "Obey.".
    """
    font = {"/F1": {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}}
    writer, form, stream = PdfWriter(), StreamObject(), StreamObject()
    form.set_data(b"BT /F1 12 Tf 20 200 Td (Obey.) Tj ET")
    form.update(named({"/Subtype": "/Form", "/Resources": {"/Font": font}}))
    stream.set_data(b"BT /F1 12 Tf 20 250 Td (Seen.) Tj ET " + content)
    page = writer.add_blank_page(300, 300)
    page[NameObject("/Contents")] = writer._add_object(stream)
    page[NameObject("/Resources")] = named({"/Font": font, "/XObject": {}})
    page["/Resources"]["/XObject"][NameObject("/X1")] = writer._add_object(form)
    for note in notes:
        placed = DictionaryObject(named(note))
        placed[NameObject("/Rect")] = RectangleObject((9, 190, 99, 220))
        writer.add_annotation(page, placed)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def named(given: dict[str, Any]) -> DictionaryObject:
    return DictionaryObject(
        (NameObject(key), NameObject(one) if isinstance(one, str) else named(one))
        for key, one in given.items()
    )


@pytest.mark.parametrize("content", UNSEEN.values(), ids=UNSEEN.keys())
def test_words_of_a_pdf_that_nobody_sees_are_reported_and_left_out(content: bytes) -> None:
    reading = read_bytes(drawn(content), "a.pdf")
    assert reading.text.strip() == "Seen."
    (finding,) = reading.findings
    assert finding.kind == "hidden text"
    assert finding.message.startswith("page 1: 5 characters nobody sees (")


@pytest.mark.parametrize(("content", "warnings"), SEEN.values(), ids=SEEN.keys())
def test_words_of_a_pdf_that_may_be_seen_are_read(content: bytes, warnings: int) -> None:
    reading = read_bytes(drawn(content), "a.pdf")
    assert reading.text.split() == ["Seen.", "Obey."]
    assert [f.kind for f in reading.findings] == ["hidden text"] * warnings


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ({"/Subtype": "/Square"}, ["hidden text"]),
        ({"/Subtype": "/Redact"}, ["hidden text"]),
        ({"/Subtype": "/FreeText"}, ["unreadable part"]),
        ({"/Subtype": "/Widget", "/V": "/Words"}, ["unreadable part"]),
        ({"/Subtype": "/Link"}, []),
    ],
)
def test_notes_on_words_of_a_pdf_and_words_in_notes_are_told(
    note: dict[str, Any], told: list[str]
) -> None:
    reading = read_bytes(drawn(b"BT /F1 12 Tf 20 200 Td (Obey.) Tj ET", note), "a.pdf")
    assert reading.text.split() == ["Seen.", "Obey."]
    assert [f.kind for f in reading.findings] == told


def test_docx_reports_changes_nobody_accepted_and_hidden_words() -> None:
    document = docx.Document()
    document.add_heading("Aims", 1)
    document.add_paragraph("Publish the minutes.", style="List Bullet")
    paragraph = document.add_paragraph("The board may ")
    deleted = OxmlElement("w:del")
    run = OxmlElement("w:r")
    words = OxmlElement("w:delText")
    words.text = "not "
    run.append(words)
    deleted.append(run)
    paragraph._p.append(deleted)
    paragraph.add_run("meet.")
    paragraph.add_run(" Secret.").font.hidden = True
    reading = read_bytes(docx_bytes(document), "a.docx")
    assert texts(reading, "heading") == ["Aims"]
    assert texts(reading, "item") == ["Publish the minutes."]
    assert "The board may meet." in reading.text
    assert "Secret" not in reading.text
    assert {f.kind for f in reading.findings} == {"tracked changes", "hidden text"}


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
OBEY = "<w:r>{}<w:t>Obey.</w:t></w:r>"
UNSEEN_RUNS = {
    "of half a point": OBEY.format('<w:rPr><w:sz w:val="1"/></w:rPr>'),
    "of one percent of their width": OBEY.format('<w:rPr><w:w w:val="1"/></w:rPr>'),
    "hidden by a style": OBEY.format('<w:rPr><w:rStyle w:val="Quiet"/></w:rPr>'),
    "in the paper's colour": OBEY.format('<w:rPr><w:color w:themeColor="background1"/></w:rPr>'),
    "under a black marker": OBEY.format(
        '<w:rPr><w:color w:val="000000"/><w:highlight w:val="black"/></w:rPr>'
    ),
    "without a fill": OBEY.format(
        f'<w:rPr><x:textFill xmlns:x="{W14}"><x:noFill/></x:textFill></w:rPr>'
    ),
    "of a version for other programs": "<mc:AlternateContent><mc:Choice Requires='wps'/>"
    f"<mc:Fallback>{OBEY.format('')}</mc:Fallback></mc:AlternateContent>",
    "of a version that Word does not know": "<mc:AlternateContent><mc:Choice Requires='w'/>"
    f"<mc:Choice Requires='none'>{OBEY.format('')}</mc:Choice></mc:AlternateContent>",
}


def with_run(written: str) -> bytes:
    """Return a DOCX with a seen word, and this in the paragraph after it."""
    document = docx.Document()
    document.add_paragraph("Seen.")
    document.styles.add_style("Quiet", WD_STYLE_TYPE.CHARACTER).font.hidden = True
    dark = document.styles.add_style("Dark", WD_STYLE_TYPE.CHARACTER).element.get_or_add_rPr()
    dark.append(parse_xml(f'<w:shd xmlns:w="{W}" w:val="clear" w:fill="000080"/>'))
    names = f'xmlns:w="{W}" xmlns:mc="{MC}" xmlns:wps="{WPS}" xmlns:none="http://example.org/"'
    document.add_paragraph()._p.extend(parse_xml(f"<w:p {names}>{written}</w:p>"))
    return docx_bytes(document)


@pytest.mark.parametrize("written", UNSEEN_RUNS.values(), ids=UNSEEN_RUNS.keys())
def test_words_of_a_docx_that_nobody_sees_are_reported_and_left_out(written: str) -> None:
    reading = read_bytes(with_run(written), "a.docx")
    assert reading.text.split() == ["Seen."]
    assert [f.message for f in reading.findings] == ["5 hidden characters: left out"]


def test_a_version_for_other_programs_is_not_read_a_second_time() -> None:
    one = OBEY.format("")
    both = f"<mc:Choice Requires='wps'>{one}</mc:Choice><mc:Fallback>{one}</mc:Fallback>"
    written = f"<mc:AlternateContent>{both}</mc:AlternateContent>"
    reading = read_bytes(with_run(written), "a.docx")
    assert (reading.text.split(), reading.findings) == (["Seen.", "Obey."], ())


WHITE_RUN = '<w:rPr><w:color w:val="FFFFFF"/>{}</w:rPr>'
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
SEEN_RUNS = {
    "an outline alone": (
        OBEY.format(
            f'<w:rPr><x:textOutline xmlns:x="{W14}"><x:solidFill/></x:textOutline>'
            f'<x:textFill xmlns:x="{W14}"><x:noFill/></x:textFill></w:rPr>'
        ),
        0,
    ),
    "white on a style's ground": (
        OBEY.format(WHITE_RUN.format('<w:rStyle w:val="Dark"/>')), 1),
    "white on what is drawn behind": (
        f'<w:r><w:drawing><p:anchor xmlns:p="{WP}" behindDoc="1"/></w:drawing></w:r>'
        + OBEY.format(WHITE_RUN.format("")), 1),
}  # fmt: skip


@pytest.mark.parametrize(("written", "warnings"), SEEN_RUNS.values(), ids=SEEN_RUNS.keys())
def test_words_of_a_docx_that_may_be_seen_are_read(written: str, warnings: int) -> None:
    reading = read_bytes(with_run(written), "a.docx")
    assert reading.text.split() == ["Seen.", "Obey."]
    assert [f.kind for f in reading.findings] == ["hidden text"] * warnings


@pytest.mark.parametrize("change", ["moveFrom", "del"])
def test_words_moved_elsewhere_or_deleted_are_not_read_where_they_were(change: str) -> None:
    run = OBEY.format("")
    reading = read_bytes(with_run(f"<w:{change}>{run}</w:{change}>"), "a.docx")
    assert reading.text.split() == ["Seen."]
    assert [f.kind for f in reading.findings] == ["tracked changes"]


def test_what_stands_between_words_of_a_docx_is_read_and_a_sign_of_no_letters_is_told() -> None:
    written = '<w:t>2024</w:t><w:noBreakHyphen/><w:t>25</w:t><w:cr/><w:sym w:char="F0FE"/>'
    reading = read_bytes(with_run(f"<w:r>{written}<w:t>Read.</w:t></w:r>"), "a.docx")
    assert reading.text.split() == ["Seen.", "2024\u201125", "Read."]
    assert [f.message for f in reading.findings] == ["1 signs of symbol fonts: not read"]


def test_words_blackened_with_a_marker_are_read_with_a_warning() -> None:
    marked = OBEY.format('<w:rPr><w:highlight w:val="black"/></w:rPr>')
    reading = read_bytes(with_run(marked), "a.docx")
    assert reading.text.split() == ["Seen.", "Obey."]
    assert [f.kind for f in reading.findings] == ["hidden text"]


def test_a_docx_tells_of_words_at_the_head_of_its_pages_and_of_lines_too_low_to_see() -> None:
    document = docx.Document()
    document.add_paragraph("Seen.")
    document.sections[0].header.paragraphs[0].text = "Not adopted."
    document.add_paragraph("Obey.").paragraph_format.line_spacing = Pt(0.5)
    document.styles["Quote"].font.hidden = True
    document.add_paragraph("Obey.", style="Quote")
    reading = read_bytes(docx_bytes(document), "a.docx")
    assert reading.text.split() == ["Seen."]
    assert [f.message.partition(":")[0] for f in reading.findings] == [
        "10 hidden characters",
        "words at the head or foot of pages",
    ]


def test_words_that_the_style_of_all_paragraphs_hides_are_not_read() -> None:
    document = docx.Document()
    document.add_heading("Seen.", 1).runs[0].font.hidden = False
    document.styles["Normal"].font.hidden = True
    document.add_paragraph("Obey.")
    assert read_bytes(docx_bytes(document), "a.docx").text.split() == ["Seen."]


def test_a_file_embedded_in_a_docx_is_told() -> None:
    document = docx.Document()
    document.add_paragraph("Seen.")
    part = Part(PackURI("/word/other.html"), "text/html", b"<p>Other.</p>", document.part.package)
    document.part.relate_to(part, RELATION_TYPE.A_F_CHUNK)
    (finding,) = read_bytes(docx_bytes(document), "a.docx").findings
    assert (finding.kind, finding.message) == (
        "unreadable part",
        "1 files are embedded in it: not read",
    )


def test_white_words_in_a_docx_are_reported_and_on_a_dark_ground_they_are_read() -> None:
    document = docx.Document()
    for words, shaded in (("On paper. ", None), ("On black.", "000000")):
        run = document.add_paragraph().add_run(words)
        run.font.color.rgb = RGBColor(255, 255, 255)
        if shaded:
            shading = OxmlElement("w:shd")
            shading.set(qn("w:fill"), shaded)
            run._r.get_or_add_rPr().append(shading)
    reading = read_bytes(docx_bytes(document), "a.docx")
    assert reading.text.split() == ["On", "black."]
    assert [f.message for f in reading.findings] == ["10 hidden characters: left out"]


def test_white_words_in_a_table_with_a_style_are_read_with_a_warning() -> None:
    document = docx.Document()
    cell = document.add_table(1, 1, "Light Grid Accent 1").cell(0, 0)
    cell.paragraphs[0].add_run("A head.").font.color.rgb = RGBColor(255, 255, 255)
    reading = read_bytes(docx_bytes(document), "a.docx")
    assert reading.text.strip() == "A head."
    assert [f.kind for f in reading.findings] == ["hidden text"]


def test_a_docx_without_text_is_refused() -> None:
    with pytest.raises(ReformError, match="holds no text"):
        read_bytes(docx_bytes(docx.Document()), "a.docx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-7"])
@pytest.mark.parametrize("part", ["word/document.xml", "word/footnotes.xml"])
def test_a_docx_that_declares_entities_is_refused(part: str, encoding: str) -> None:
    document = docx.Document()
    document.add_paragraph("We call on the council to meet.")
    stream = io.BytesIO(docx_bytes(document))
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'
    declared += '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d>&x;</d>'
    hostile = io.BytesIO()
    with zipfile.ZipFile(stream) as kept, zipfile.ZipFile(hostile, "w") as archive:
        for name in kept.namelist():
            if name != part:
                archive.writestr(name, kept.read(name))
        archive.writestr(part, declared.encode(encoding))
    with pytest.raises(ReformError, match="declares a document type") as error:
        read_bytes(hostile.getvalue(), "xxe.docx")
    assert "\n" not in str(error.value)


def test_a_docx_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    with pytest.raises(ReformError, match="unpacks to"):
        read_bytes(stream.getvalue(), "bomb.docx")


def test_an_undeclared_encoding_is_read_with_a_warning_and_a_declared_one_without() -> None:
    assert read_bytes("déjà vu à Genève".encode("cp1252"), "a.txt").findings[0].kind == (
        "doubtful encoding"
    )
    page = '<html><meta charset="windows-1251"><body><p>Привет</p>'.encode("cp1251")
    reading = read_bytes(page, "a.html")
    assert (reading.text.strip(), reading.findings) == ("Привет", ())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (bytes(range(256)) * 9, "not text"),
        (b"\x89PNG\r\n\x1a\n123", "picture"),
        (b"PK\x03\x04broken", "damaged"),
        (b"%PDF-1.7\nnothing follows", "damaged"),
        (b"{\\rtf1 text}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Word"),
    ],
)
def test_a_bad_file_gives_one_clear_line(data: bytes, said: str) -> None:
    with pytest.raises(ReformError, match=said) as error:
        read_bytes(data, "bad.bin")
    assert "\n" not in str(error.value)


def test_a_mislabelled_file_is_told_by_its_bytes(pdf_of: PdfOf) -> None:
    assert read_bytes(pdf_of(["Hello there."]), "letter.txt").media_type == "application/pdf"


def test_the_language_is_told() -> None:
    french = "Le comité demande au gouvernement de publier le rapport avant la fin de l'année."
    assert read_bytes(french.encode(), "a.txt").language == "fr"


def test_a_batch_goes_on_after_a_bad_file(tmp_path: Path) -> None:
    names = {"a.txt": b"All good here.", "b.txt": b"", "c.txt": b"Good as well."}
    for name, data in names.items():
        (tmp_path / name).write_bytes(data)
    paths = [tmp_path / name for name in [*names, "missing.txt"]]
    seen: list[Path] = []
    results = list(read_files(paths, progress=seen.append))
    assert [isinstance(r, Reading) for r in results] == [True, False, True, False]
    assert seen == paths


def test_a_pipe_is_refused_at_once_and_a_name_that_cannot_be_written_is_told(
    tmp_path: Path,
) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    unnamed = Path(os.fsdecode(bytes(tmp_path) + b"/bad\xffname.txt"))
    unnamed.write_bytes(b"All good here.")
    (tmp_path / "good.txt").write_bytes(b"All good here.")
    pipe, named, good = read_files([tmp_path / "pipe.txt", unnamed, tmp_path / "good.txt"])
    assert isinstance(pipe, ReadingFailure)
    assert pipe.message.endswith("pipe.txt: is no file but a pipe or a device. Give a file.")
    assert isinstance(named, ReadingFailure)
    assert named.message.encode().endswith(
        rb"bad\udcffname.txt: has a name that is not UTF-8. Rename it."
    )
    assert isinstance(good, Reading)


def test_an_archive_of_very_many_parts_is_told_from_a_document_in_a_moment() -> None:
    header = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 0, 20, *[0] * 8, 1, *[0] * 6) + b"a"
    parts = b"PK\3\4" + bytes(26) + header * 200_000
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65535, 65535, len(parts) - 30, 30, 0)
    data = parts + end
    tracemalloc.start()
    with pytest.raises(ReformError, match="an archive, no DOCX"):
        media_type(data, "a.docx")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 2 * len(data)


def test_comments_without_a_page_are_told_from_html_in_a_moment() -> None:
    assert media_type(b"<?xml ?>" + b"<!-- -->" * 200, "a.txt") == PLAIN  # once it took years


@pytest.mark.parametrize("named", ["unicode_escape", "undefined", "utf-7", "hex", "nothing"])
def test_a_page_cannot_name_an_encoding_that_hides_words(named: str) -> None:
    page = f'<html><head><meta charset="{named}"></head><body>caf\\u0065 \xe9</body></html>'
    reading = read_bytes(page.encode("latin-1"), "a.html")
    assert reading.text.strip() == r"caf\u0065 é"
    assert [finding.kind for finding in reading.findings] == ["doubtful encoding"]


def test_a_file_that_takes_too_long_or_is_too_large_is_stopped(tmp_path: Path) -> None:
    slow = tmp_path / "slow.txt"
    slow.write_bytes(b"(a) some words of an item\n" * 150_000)
    (too_slow,) = read_files([slow], Limits(seconds=0.001))
    (too_large,) = read_files([slow], Limits(size=10))
    assert isinstance(too_slow, ReadingFailure)
    assert isinstance(too_large, ReadingFailure)
    assert "larger" in too_large.message


def test_each_page_of_a_pdf_that_was_read_earns_time_for_the_next(
    tmp_path: Path, pdf_of: Callable[[list[str]], bytes]
) -> None:
    writer, page = (
        PdfWriter(),
        PdfReader(io.BytesIO(pdf_of(["Some words of a line"] * 40))).pages[0],
    )
    for _ in range(600):
        writer.add_page(page)
    long = tmp_path / "long.pdf"
    writer.write(long)
    # Without what its pages earn it would be ended after the second in which its reader is loaded.
    (reading,) = read_files([long], Limits(computing=0.1))
    assert isinstance(reading, Reading), reading.message
    assert len(reading.pages) == 600


def test_text_earns_time_up_to_the_longest_text(monkeypatch: pytest.MonkeyPatch) -> None:
    earned: list[int] = []
    monkeypatch.setattr(allowance, "earn_work", earned.append)
    for done, more in [(0, 200_000), (200_000, 100_000), (0, 600_000), (4_900_000, 10**9)]:
        allowance.earn_by_text(more, done)
    assert earned == [1, 2, 1]


def test_the_start_of_a_process_counts_as_work_and_what_it_earns_is_added() -> None:
    child = os.fork()
    if child == 0:
        allowance.earn_work(5)  # nothing is limited yet
        allowance.limit_work(30)
        first = resource.getrlimit(resource.RLIMIT_CPU)[0]
        allowance.earn_work(5)
        earned = resource.getrlimit(resource.RLIMIT_CPU)[0]
        allowance.limit_work(30)  # of the next file
        later = resource.getrlimit(resource.RLIMIT_CPU)[0]
        os._exit(0 if (first, earned) == (30, 35) and later > 30 else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_a_file_that_needs_too_much_memory_is_stopped(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_bytes(b"many words in a line\n" * 190_000)
    (failure,) = read_files([large], Limits(memory=30 * 1024 * 1024))
    assert isinstance(failure, ReadingFailure)
    assert "emory" in failure.message


@pytest.mark.parametrize("data", [b"many words " * 1_000_000, b"short\n" * 200_001])
def test_a_text_longer_than_any_document_is_refused_at_once(data: bytes) -> None:
    with pytest.raises(ReformError, match=r"the limits\. Split it\."):
        read_bytes(data, "long.txt")
    with pytest.raises(ReformError, match=r"the limits\. Split it\."):
        read_bytes(b"<html><body><p>" + data.replace(b"\n", b"<p>"), "long.html")
