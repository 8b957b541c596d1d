"""Files of rows on the review page: previewed, taken whole, taken back whole."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explorer.settings import read_settings
from explorer.workspace import open_desk
from ingest.imports import Source
from ingest.reading import Corpus

Reads = Callable[[AppTest], str]

pytestmark = pytest.mark.usefixtures("other_reform")

ROWS = (
    "label,summary,issuers,addressees,themes\n"
    "More lamps,Light the locks.,Lamp Club [ngo],Tresmark,openness\n"
    "Fewer lamps,Dim the locks.,Lamp Club [ngo],Tresmark,openness\n"
)


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception, [error.message for error in page.exception]
    return page


def opened(rows: str, who: str = "Ada") -> AppTest:
    page = AppTest.from_string(
        "from explorer.views import review\nreview.show()\n", default_timeout=60
    )
    page.session_state["who"] = who
    page.query_params["tab"] = "Lists"
    run(page).file_uploader[0].set_value(("rows.csv", rows.encode(), "text/csv"))
    return run(page)


@pytest.fixture
def imported(mapping: str) -> tuple[str, str]:
    """Take in a foreign list; return its document and its one recommendation."""
    here, form = open_desk(read_settings()), Source("fees.yaml", mapping.encode())
    source = Source("fees.csv", b"From,State,Text\nOpen Locks Network,Kaldoria,Light them.\n")
    batch = here.preview("Cleo", source, form)
    here.take_batch("Cleo", source, form, batch, None)
    return batch.document.id, batch.changes[0].recommendation


def reviewed(**query: str) -> AppTest:
    page = AppTest.from_string(
        "from explorer.views import review\nreview.show()\n", default_timeout=60
    )
    page.session_state["who"] = "Ada"
    page.query_params.update(query)
    return run(page)


def box(boxes: Any, label: str) -> Any:
    return next(one for one in boxes if one.label.replace("\\", "") == label)


def button(page: AppTest, label: str) -> Any:
    return next((one for one in page.button if one.label.replace("\\", "") == label), None)


def known() -> Corpus:
    return open_desk(read_settings()).corpus()


def test_rows_are_told_before_they_come_in_and_come_in_as_one_decision(html: Reads) -> None:
    before = len(list(known().entries("recommendations")))
    page = opened(ROWS)
    assert "2 rows: 2 recommendations" in html(page)
    assert len(list(known().entries("recommendations"))) == before
    button(page, "Take in all rows").click()
    run(page)
    assert "Saved as decision 1" in page.success[0].value
    assert len(list(known().entries("recommendations"))) == before + 2


def test_a_wrong_cell_is_told_with_its_row_and_column_and_nothing_can_be_taken_in(
    html: Reads,
) -> None:
    page = opened(ROWS.replace("Dim the locks.,Lamp Club [ngo]", "Dim the locks.,Nobody Known"))
    assert "rows.csv row 3 column issuers" in html(page)
    assert button(page, "Take in all rows") is None


def test_a_file_that_is_no_table_is_one_line() -> None:
    page = opened("")
    assert "is empty" in page.error[0].value
    assert button(page, "Take in all rows") is None


def test_rows_that_are_known_already_bring_nothing() -> None:
    button(page := opened(ROWS), "Take in all rows").click()
    run(page)
    page = opened(ROWS)
    assert "known already" in page.info[0].value
    assert button(page, "Take in all rows") is None


def test_nobody_takes_in_rows_without_a_name() -> None:
    page = opened(ROWS, who="")
    button(page, "Take in all rows").click()
    run(page)
    assert "Nobody is named" in page.error[0].value
    assert open_desk(read_settings()).journal.read().records == []


def test_the_label_of_what_a_person_links_no_longer_says_that_nobody_looked_at_it(
    imported: tuple[str, str],
) -> None:
    _, ident = imported
    page = reviewed(tab="By hand", state="an ask", of=ident)
    box(page.multiselect, "Ask expressed").set_value(["daily-gauge-readings"])
    box(page.multiselect, "Themes").set_value(["openness"])
    button(page, "Put it on record").click()
    run(page)
    assert "Saved as decision 2" in page.success[0].value
    labels = {one.id: one.label for _, one in known().entries("recommendations")}
    assert labels[ident] == "Recommendation to Kaldoria, row 2"


def test_a_list_has_no_queue_and_its_rows_are_named_by_number(imported: tuple[str, str]) -> None:
    document, _ = imported
    page = reviewed(tab="Queue", document=document)
    assert document not in box(page.selectbox, "Document").options
    assert f"Document: {document} is no choice here" in page.warning[0].value.replace("\\", "")
    page = reviewed(tab="By hand", state="a claim", document=document)
    assert "is a list of rows" in page.info[0].value
    assert [one.label for one in page.text_input if one.label in ("Section", "Place")]


def test_a_document_that_is_not_at_hand_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REFORMGRAPH_DOCUMENTS")
    page = reviewed(tab="Queue", document="open-locks-2012")
    assert "open-locks-2012: its text is not at hand." in page.info[-1].value.replace("\\", "")


RDF = """\
@prefix rg: <https://w3id.org/reformgraph/ontology#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://lamps.example/club> a foaf:Agent , foaf:Organization ; rg:actorKind rg:ngo ;
    skos:prefLabel "<b>Lamp Club</b>"@en .
"""


def with_rdf(text: str) -> AppTest:
    page = reviewed(tab="Lists")
    page.file_uploader[-1].set_value(("lamps.ttl", text.encode(), "text/turtle"))
    return run(page)


def test_rdf_is_previewed_and_taken_in_as_one_decision(html: Reads) -> None:
    page = with_rdf(RDF)
    assert "new entries: 1 actor" in html(page)
    assert "&lt;b&gt;Lamp Club" in html(page)
    button(page, "Take in all of it").click()
    run(page)
    (record,) = open_desk(read_settings()).journal.read().records
    assert (record.who, record.decision.action) == ("Ada", "import")


def test_rdf_that_may_not_come_in_is_told_in_a_line_and_cannot_be_taken() -> None:
    page = with_rdf(RDF.replace("rg:ngo", "rg:king"))
    (error,) = page.error
    assert "lamps.ttl line 4: " in error.value.replace("\\", "")
    assert button(page, "Take in all of it") is None
