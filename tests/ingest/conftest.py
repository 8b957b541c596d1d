"""A small invented corpus that the tests of this room break in many ways."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.passages import anchor

NOTES = (
    "Yearly notes\n\n"
    "Harbour Watch asks the Harbour Board to publish every fee before it is charged.\n"
    "The board changed nothing about fees in its new by-laws of May 2024.\n"
)


def _passage(first: str, last: str) -> str:
    start = NOTES.index(first)
    place = anchor(NOTES, start, NOTES.index(last, start) + len(last))
    return (
        f"{{section: Yearly notes, span: [{place.start}, {place.end}], first: {place.first}, "
        f"last: {place.last}, raw: {place.raw}, normalised: {place.normalised}}}"
    )


SMALL = f"""\
format: 1
document:
  id: harbour-watch-2024
  title: Yearly notes
  publisher: harbour-watch
  kind: ngoReport
  language: en
  issued: 2024-06
  file: {{name: notes.txt, sha256: {"a" * 64}, characters: {len(NOTES)}}}
  read: whole
  recorded: 2026-01-01T12:00:00+02:00
  recorded_by: clerks
  review: Written for a test.
passages:
  ask: {_passage("Harbour Watch", "charged.")}
  outcome: {_passage("The board changed", "2024.")}
actors:
  - {{id: harbour-watch, label: Harbour Watch, kind: ngo, aliases: [{{name: HW, passage: ask}}]}}
  - {{id: harbour-board, label: Harbour Board, kind: intergovernmentalOrganization}}
  - {{id: clerks, label: The clerks, kind: curator}}
processes:
  - {{id: by-laws-2024, label: New by-laws, date: 2024-05, closed: true, passages: [outcome]}}
themes:
  - {{id: fees, label: Fees, definition: What the harbour charges.}}
asks:
  - {{id: publish-fees, label: Publish fees, definition: Every fee is public before it is due.}}
recommendations:
  - id: publish-every-fee
    passages: [ask]
    date: 2024-06
    label: Publish every fee
    summary: The board should make each fee public first.
    issuers: [harbour-watch]
    addressees: [harbour-board]
    asks: [publish-fees]
    themes: [fees]
assessments:
  - id: fees-not-adopted
    of: publish-every-fee
    axis: adoption
    status: notAdopted
    as_of: 2024-06-30
    by: harbour-watch
    basis: issuerReported
    passages: [outcome]
    process: by-laws-2024
relations:
  - id: watch-linked
    passages: [ask]
    subject: actor:harbour-watch
    relation: linkedTo
    object: actor:harbour-board
    summary: The two exchange letters.
"""


@pytest.fixture
def corpus_folder(tmp_path: Path) -> Callable[..., Path]:
    """Write the small corpus, with the given replacements, into a folder of its own."""

    def write(*changes: tuple[str, str]) -> Path:
        text = SMALL
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        folder = tmp_path / "corpus"
        folder.mkdir(exist_ok=True)
        (folder / "harbour.yaml").write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture(scope="session")
def small() -> str:
    """Return the file of the small corpus."""
    return SMALL


@pytest.fixture
def notes() -> str:
    """Return the document of the small corpus."""
    return NOTES


def _pdf_of(lines: list[str]) -> bytes:
    drawn = "".join(f"({line}) Tj T* " for line in lines)
    stream = f"BT /F1 11 Tf 14 TL 60 780 Td {drawn}ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >> stream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 6\n0000000000 65535 f \n{table}trailer << /Size 6 /Root 1 0 R >>\n"
    return (out + f"startxref\n{start}\n%%EOF").encode()


@pytest.fixture
def pdf_of() -> Callable[[list[str]], bytes]:
    """Return the function that makes a page in PDF of some lines."""
    return _pdf_of


@pytest.fixture
def pdf() -> bytes:
    """Return a page in PDF, its words broken into lines."""
    return _pdf_of(["Lake", "The lake board must", "publish its books. The", "towns agreed."])
