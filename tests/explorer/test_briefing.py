"""A briefing reads the same as Markdown, DOCX and PDF, and says whose word each status is."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from markdown_it import MarkdownIt
from markdown_it.token import Token
from rdflib.namespace import RDF, SKOS

from explorer.briefing.blocks import Bullets, Heading, Paper, Paragraph, Table, span, words
from explorer.briefing.content import FEW, briefing
from explorer.briefing.each import claim_words
from explorer.briefing.markdown import as_markdown
from explorer.briefing.print import as_pdf
from explorer.briefing.word import as_docx
from explorer.selected import Selected
from explorer.words import claim_in_words
from graph.entities import passages
from graph.exports.taking import Stamp, Taken
from graph.questions import (
    what_happened_to,
    what_is_said_about,
    which_recommendations,
    who_disagrees,
)
from graph.store import MemoryStore, Store
from ingest.pipeline import build
from ontology.terms import RG

OTHER_REFORM = Path(__file__).parents[1] / "graph" / "another_reform"
RECOMMENDATION = "https://w3id.org/reformgraph/id/recommendation/open-locks-"
ARABIC = "مجلس وزراء الداخلية العرب"
SIGNS = (
    "1. *a* _b_ [c](https://evil.example) <script>x</script> | `d` ~~e~~ $f$ #g & &amp; \\ www.h.i"
)


def taken(store: Store, *iris: str, title: str | None = None) -> Taken:
    every = dict.fromkeys(row.recommendation for row in which_recommendations(store))
    stamp = Stamp(store.digest, 64 * "0", dt.date(2026, 11, 23), "What was chosen", title=title)
    return Taken(store, iris or tuple(every), stamp)


@pytest.fixture(scope="module")
def data() -> str:
    return build(OTHER_REFORM).to_bytes().decode()


@pytest.fixture(scope="module")
def river(data: str) -> Store:
    return MemoryStore(data.encode())


@pytest.fixture(scope="module")
def paper(river: Store) -> Paper:
    return briefing(taken(river))


def inline(data: bytes) -> list[Token]:
    """Return the pieces of Markdown that stand in lines: texts, and marks around them."""
    tokens = MarkdownIt("commonmark").enable("table").parse(data.decode())
    return [child for token in tokens for child in token.children or ()]


def shown(data: bytes) -> str:
    """Return the text of Markdown as a reader sees it."""
    return "".join(piece.content for piece in inline(data))


def test_a_status_stands_with_who_says_so_on_what_and_as_of_when(river: Store) -> None:
    text = as_markdown(briefing(taken(river))).decode()
    for row in what_happened_to(river):
        if row.current:
            assert f"as of {row.as_of}; basis: " in text
    assert "not adopted" in text
    assert text.count("“Unassessed” means that nobody") == 1


def test_who_differ_stand_side_by_side_and_contested_is_said(river: Store) -> None:
    pair = who_disagrees(river)[0]
    text = as_markdown(briefing(taken(river, pair.recommendation))).decode()
    assert "contested, those who assessed it differ:" in text
    told = re.findall(r"^- \*\*(.+?)\*\*, says (.+?) \(", text, re.MULTILINE)
    assert len({who for _, who in told}) > 1
    assert len({status for status, _ in told}) > 1


def test_a_claim_begins_with_who_says_it_and_how(river: Store) -> None:
    known = Selected(taken(river))
    for row in what_is_said_about(river):
        first = {"denies": "Denied by ", "doubts": "Doubted by ", "allegation": "Alleged by "}
        begins = first.get(row.stance or row.kind, "According to ")
        told = "".join(piece.text for piece in claim_words(known, row))
        assert told.startswith(begins + known.names.of(row.claimants[0]))
        assert told.endswith(f": {claim_in_words(row)}")


def test_one_recommendation_is_a_briefing_without_tables(river: Store) -> None:
    one = taken(river).recommendations[0]
    alone = briefing(taken(river, one))
    assert not [block for block in alone.blocks if isinstance(block, Table)]
    label = which_recommendations(river)[0].label
    assert alone.title == label
    assert briefing(taken(river, one, title="On locks")).title == "On locks"


def test_a_few_stand_in_order_of_time_undated_ones_last(river: Store) -> None:
    rows = reversed(which_recommendations(river))
    paper = briefing(taken(river, *dict.fromkeys(row.recommendation for row in rows)))
    (table,) = (block for block in paper.blocks if isinstance(block, Table))
    days = ["".join(piece.text for piece in row[3]) for row in table.rows]
    assert days == [*sorted(days[:-1]), "undated"]


def test_an_addressee_that_nobody_named_is_said_to_be_inferred(river: Store) -> None:
    text = as_markdown(briefing(taken(river))).decode()
    assert "- **Asked of:** riparian states (inferred by the curator)\n" in text
    assert "- **Asked of:** Tresmark, Velnia\n" in text


def test_a_part_tells_what_is_said_of_its_whole(data: str) -> None:
    part, whole = f"<{RECOMMENDATION}2012-panel>", f"<{RECOMMENDATION}2012-whole>"
    moved = data
    for one in (part, f"<{RECOMMENDATION}2012-gauge-data>"):
        moved = moved.replace(f"<{RG.assesses}> {one}", f"<{RG.assesses}> {whole}")
    paper = briefing(
        taken(MemoryStore(moved.encode()), part[1:-1], f"{RECOMMENDATION}2012-consult-fishers")
    )
    text = as_markdown(paper).decode()
    assert "unassessed by itself; the whole of which it is part was assessed" in text
    _, told = text.split("**The whole of which it is part:** Give the river back")
    assert "- **not adopted**, says Secretariat of the Ombrel" in told
    assert "anything, but somebody did of a whole of which one is part." in text
    assert "basis: reported by the addressee. Shown in: Reply to the Open Locks Network" in told


def test_what_is_said_of_a_whole_is_told_once(data: str) -> None:
    part, whole = f"<{RECOMMENDATION}2012-panel>", f"<{RECOMMENDATION}2012-whole>"
    moved = data.replace(f"<{RG.assesses}> {part}", f"<{RG.assesses}> {whole}")
    parts = [f"{RECOMMENDATION}2012-{name}" for name in ("panel", "gauge-data")]
    for chosen, places in ((parts, {"1", "2"}), ([*parts, whole[1:-1]], {"1", "2", "3"})):
        text = as_markdown(briefing(taken(MemoryStore(moved.encode()), *chosen))).decode()
        assert text.count("- **not adopted**, says Secretariat of the Ombrel") == 1
        (place,) = set(re.findall(r"What is said of it stands at number (\d)", text))
        assert place in places
        told = re.split(rf"^### {place}\\?\. ", text, flags=re.MULTILINE)[1].split("\n##")[0]
        assert "- **not adopted**, says Secretariat of the Ombrel" in told


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        (["2012-05-14"], ", 2012."),
        (["2012-05-14", "2015"], ", 2012 to 2015."),
        (["/2015-03-01"], ", by 2015."),
        (["2012", "../2015"], ", by 2015."),
        (["2012", ""], ", 2012."),
        ([""], ", undated."),
    ],
)
def test_a_briefing_says_when_its_recommendations_were_made(dates: list[str], told: str) -> None:
    lines = []
    for n, date in enumerate(dates):
        one = f"<https://w3id.org/reformgraph/id/recommendation/r{n}>"
        lines.append(f"{one} <{RDF.type}> <{RG.Recommendation}> .")
        lines += [f'{one} <{RG.edtf}> "{date}" .'] * bool(date)
    lead = briefing(taken(MemoryStore("\n".join(lines).encode()))).blocks[1]
    assert isinstance(lead, Paragraph)
    assert "".join(piece.text for piece in lead.words).endswith(told)


def test_of_two_ways_in_which_a_demand_is_related_the_nearest_is_told(data: str) -> None:
    ask, id_ = f"<{RG.expressesAsk}>", "<https://w3id.org/reformgraph/id/ask/"
    more = (
        f"<{RECOMMENDATION}2015-suspend> {ask} {id_}consult-fishers> .\n"
        f"{id_}suspend-lakes-exchange> <{SKOS.broader}> {id_}consult-fishers> .\n"
    )
    store = MemoryStore((data + more).encode())
    text = as_markdown(briefing(taken(store, f"{RECOMMENDATION}2015-suspend"))).decode()
    assert "- The same demand: “Consult the fishers” (2012-05-14).\n" in text
    assert "Broader demands" not in text


def test_a_long_title_stands_whole_in_a_docx_and_cut_in_its_properties(river: Store) -> None:
    one = taken(river).recommendations[0]
    opened = docx.Document(io.BytesIO(as_docx(briefing(taken(river, one, title="lock " * 200)))))
    assert opened.paragraphs[0].text == "lock " * 200
    assert opened.core_properties.title == ("lock " * 200)[:255]


def test_many_are_put_together_by_what_came_of_them() -> None:
    space, kind = (
        "https://w3id.org/reformgraph/id/recommendation/",
        ("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"),
    )
    lines = [f"<{space}r{n}> {kind} <{RG}Recommendation> ." for n in range(300)]
    paper = briefing(taken(MemoryStore("\n".join(lines).encode())))
    groups = [
        block.text for block in paper.blocks if isinstance(block, Heading) and block.level == 2
    ]
    assert groups == ["Adoption: Nobody has assessed it (300)"]
    assert FEW < 300
    (table,) = (block for block in paper.blocks if isinstance(block, Table))
    assert len(table.rows) == 300
    assert "unassessed: 300" in as_markdown(paper).decode().lower()


def test_the_three_forms_say_the_same(paper: Paper) -> None:
    def plain(text: str) -> str:
        return re.sub(r"[\W_]+", "", text)

    opened = docx.Document(io.BytesIO(as_docx(paper)))
    told = [paragraph.text for paragraph in opened.paragraphs]
    told += [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    pdf = pypdf.PdfReader(io.BytesIO(as_pdf(paper)))
    pages = plain("".join(page.extract_text() for page in pdf.pages))
    markdown = plain(shown(as_markdown(paper)))
    for block in paper.blocks:
        texts: list[str] = []
        match block:
            case Heading(_, text):
                texts = [text]
            case Paragraph(pieces, _):
                texts = ["".join(piece.text for piece in pieces)]
            case Bullets(items):
                texts = ["".join(piece.text for piece in item) for item in items]
            case Table(_, rows, _):
                texts = ["".join(piece.text for piece in cell) for row in rows for cell in row]
        for text in texts:
            assert text in told
            assert plain(text) in markdown
            assert plain(text)[:30] in pages


def test_a_docx_is_fit_to_be_handed_on(paper: Paper) -> None:
    data = as_docx(paper)
    opened = docx.Document(io.BytesIO(data))
    styles = [paragraph.style.name for paragraph in opened.paragraphs]
    assert styles[:3] == ["Title", "Subtitle", "Heading 1"]
    for table in opened.tables:
        marks = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert marks == [True] + [False] * (len(marks) - 1)
    about = opened.core_properties
    assert (about.title, about.author, about.language) == (paper.title, paper.author, "en-GB")
    assert (about.last_modified_by, about.comments, about.revision) == ("", "", 1)
    assert about.created.date() == about.modified.date() == paper.made_on
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert {member.date_time for member in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert 'w:val="en-GB"' in packed.read("word/styles.xml").decode()


def test_a_pdf_tells_its_title_and_its_language_and_is_tagged(paper: Paper) -> None:
    opened = pypdf.PdfReader(io.BytesIO(as_pdf(paper)))
    assert opened.metadata is not None
    assert opened.metadata.title == paper.title
    assert opened.metadata.author == paper.author
    catalog = opened.trailer["/Root"]
    assert str(catalog["/Lang"]) == "en-GB"
    assert "/StructTreeRoot" in catalog
    assert opened.outline


def spoken_in(pdf: bytes) -> dict[str, str | None]:
    """Return the texts of a PDF, each with the language that is marked around it, if any."""
    found: dict[str, str | None] = {}
    language: str | None = None

    def mark(operator: bytes, operands: list[object], *_: object) -> None:
        nonlocal language
        if operator == b"BDC":
            (_, about) = operands
            tag = about.get("/Lang") if isinstance(about, dict) else None
            language = tag.decode() if isinstance(tag, bytes) else tag

    def keep(text: str, *_: object) -> None:
        found.setdefault(text.strip(), language)

    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_operand_before=mark, visitor_text=keep)
    return found


def test_a_text_in_another_language_says_which_it_is() -> None:
    link = "https://example.org/source"
    line = words(
        "Shown in: ", span("Une lettre", language="fr"), span(", section ", link=link),
        span(ARABIC, link=link, language="ar"), span(", end", link=link),
    )  # fmt: skip
    paper = Paper("Ein Titel", "AIMC", (Paragraph(line),), "foot", "somebody",
                  dt.date(2026, 11, 23), language="de")  # fmt: skip
    opened = docx.Document(io.BytesIO(as_docx(paper)))
    told = {}
    for run in opened.element.body.iter(qn("w:r")):
        marks = run.rPr
        language = None if marks is None else marks.find(qn("w:lang"))
        kinds = () if language is None else [language.get(qn(f"w:{of}")) for of in ("val", "bidi")]
        turned = marks is not None and marks.find(qn("w:rtl")) is not None
        told[run.text] = (*dict.fromkeys(kinds), *["rtl"] * turned)
    assert told == {
        "Ein Titel": ("de",), "AIMC": (), "Shown in: ": (), "Une lettre": ("fr",),
        ", section ": (), ARABIC: ("ar", "rtl"), ", end": (),
    }  # fmt: skip
    assert [one.text for one in opened.paragraphs[2].hyperlinks] == [f", section {ARABIC}, end"]

    pdf = as_pdf(paper)
    spoken = spoken_in(pdf)
    assert spoken["Une lettre"] == "fr"
    assert spoken["Shown in:"] is None  # which is that of the whole
    assert {spoken[word] for word in ARABIC.split() if word in spoken} == {"ar"}
    (whole,) = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]["/K"]
    assert whole.get_object()["/K"][0]["/Lang"] == "de"
    assert as_markdown(paper).decode().count(f"](<{link}>)") == 1


def test_where_a_passage_stands_is_told_as_people_look_it_up(river: Store) -> None:
    text = as_markdown(briefing(taken(river))).decode()
    known = [place for place in passages(river).values() if place.start is not None]
    assert any(f"beginning “{place.first_words}" in text for place in known)
    assert not re.search(r"[Cc]haracters? \d|row=", text)
    assert not any(str(place.sha256_raw) in text for place in known)


def hostile(*pieces: str) -> Paper:
    line = words(*pieces, span("link", link="https://example.org/a b>c"))
    blocks = (
        Heading(1, SIGNS), Paragraph(line), Bullets((line,)), Table((SIGNS,), ((line,),), (1,)),
    )  # fmt: skip
    return Paper(SIGNS, SIGNS, blocks, SIGNS, "somebody", dt.date(2026, 11, 23))


def test_signs_of_a_language_stay_text_in_every_form() -> None:
    paper = hostile(SIGNS)
    pieces = inline(as_markdown(paper))
    assert [piece.content for piece in pieces if piece.type == "text"].count(SIGNS) == 8
    kinds = {piece.type for piece in pieces}
    assert kinds == {"text", "link_open", "link_close"}
    addresses = {piece.attrs["href"] for piece in pieces if piece.type == "link_open"}
    assert addresses == {"https://example.org/a%20b%3Ec"}
    opened = docx.Document(io.BytesIO(as_docx(paper)))
    assert [paragraph.text for paragraph in opened.paragraphs][:3] == [SIGNS] * 3
    pages = pypdf.PdfReader(io.BytesIO(as_pdf(paper))).pages
    assert "<script>x</script>" in "".join(page.extract_text() for page in pages)


def test_a_link_that_is_no_web_address_is_dropped() -> None:
    assert span("x", link="javascript:alert(1)").link is None
    assert span("x", link="data:text/html,x").link is None
    assert span("x", link="local").link is None
    assert span("x", link="https://example.org").link == "https://example.org"


def test_a_paragraph_in_arabic_runs_from_right_to_left() -> None:
    blocks = (Paragraph(words(ARABIC)), Paragraph(words("AIMC")), Bullets((words(ARABIC),)))
    paper = Paper("AIMC", "AIMC", blocks, "foot", "somebody", dt.date(2026, 11, 23))
    opened = docx.Document(io.BytesIO(as_docx(paper)))
    turned = {
        paragraph.text: paragraph._p.pPr is not None
        and paragraph._p.pPr.find(qn("w:bidi")) is not None
        for paragraph in opened.paragraphs
    }
    assert turned == {ARABIC: True, "AIMC": False}
    assert as_pdf(paper).startswith(b"%PDF")
