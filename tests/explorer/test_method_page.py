"""The method page counts from the data: voices, documents, reviews and what is missing."""

import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

from explorer.settings import read_settings
from explorer.workspace import open_current
from graph.coverage import voices, which_documents
from graph.questions import what_happened_to, which_recommendations

LETTER = """\
format: 1
document: {id: letter, title: A letter, publisher: writers, kind: letter, language: en,
  origin: external, read: whole, recorded: "2026-11-22T10:00:00Z", review: invented}
passages:
  whole: {section: The letter, locator: page 1}
actors:
  - {id: writers, label: Writers, kind: group}
  - {id: reformgraph-maintainers, label: maintainers, kind: group}
"""


def shown() -> str:
    page = AppTest.from_string(
        "from explorer.views import method\nmethod.show()\n", default_timeout=120
    ).run()
    assert not page.exception, [error.message for error in page.exception]
    return "\n".join(str(part.body) for part in page.html)


def test_the_shares_on_the_page_are_those_of_the_assessments_that_stand() -> None:
    store = open_current(read_settings())
    current = [row for row in what_happened_to(store) if row.current]
    spoken = [row for row in current if row.status != "noInformation"]
    text = shown()
    assert f"{len(spoken)} statuses stand" in text
    of_issuers = sum(row.relation == "issuer" for row in spoken)
    share = f"{100 * of_issuers / len(spoken):.0f}\u00a0%"
    assert f'<td dir="auto">{of_issuers}</td><td dir="auto">{share}</td>' in text


def test_every_document_stands_on_the_page_with_what_was_read_of_it() -> None:
    store = open_current(read_settings())
    text = shown()
    documents = which_documents(store)
    # Hundreds of rows are opened by who wants them; the gaps below would not be found otherwise.
    assert (
        f'<summary><strong>{len(documents)} documents</strong></summary><div class="rg-scr' in text
    )
    rows = re.findall(r'<tr><th scope="row" dir="auto"><a href="document[^>"]*"([^>]*)>', text)
    assert len(rows) == len(documents)
    foreign = sum(row.title_language != "en" for row in documents)
    assert sum(" lang=" in attributes for attributes in rows) == foreign > 0


def test_what_nobody_has_said_anything_of_is_a_gap_and_not_a_no() -> None:
    store = open_current(read_settings())
    found = voices(what_happened_to(store))
    every = {row.recommendation for row in which_recommendations(store)}
    silent = every - found.assessed - set(found.looked)
    assert silent
    assert f"<strong>{len(silent)} recommendations:</strong> nobody has said anything" in shown()


def test_a_corpus_without_a_status_says_so(other_reform: Path) -> None:
    for file in other_reform.iterdir():
        file.unlink()
    (other_reform / "letter.yaml").write_text(LETTER, "utf-8")
    assert "Nobody has stated a status yet" in shown()
