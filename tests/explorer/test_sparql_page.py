"""The page for free queries: examples that work, refusals that say where, one link for all."""

import pytest
from streamlit.testing.v1 import AppTest

from explorer.settings import read_settings
from explorer.views.sparql import examples
from explorer.workspace import current_snapshot
from graph.freequeries.pool import FreeQueries
from graph.questions import QUESTIONS


def open_page(query: str | None = None) -> AppTest:
    """Run the page as if its address held this query; fail on any exception in it."""
    page = AppTest.from_string(
        "from explorer.views import sparql\nsparql.show()\n", default_timeout=120
    )
    if query is not None:
        page.query_params["query"] = query
    page.run()
    assert not page.exception, [error.message for error in page.exception]
    return page


def shown(page: AppTest) -> str:
    return "\n".join(str(part.body) for part in page.html)


def test_without_a_query_the_page_says_what_to_do() -> None:
    page = open_page()
    assert "Choose an example" in shown(page)
    assert not page.dataframe


def test_a_link_with_a_query_opens_on_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FreeQueries, "unconfined", lambda _: ("memory",))
    page = open_page("SELECT ?a WHERE { ?a a rg:Recommendation } ORDER BY ?a LIMIT 3")
    table = page.dataframe[0].value
    assert len(table) == 3
    assert table["a"].str.startswith("<recommendation/").all()
    for seen in (page, page.run()):  # what is left open is told again without asking again
        assert "nothing bounds the memory" in seen.warning[0].value


def test_an_example_is_put_into_the_field_and_answered() -> None:
    page = open_page()
    title = "Who asks most of whom?"
    page.selectbox(key="example").select(title).run()
    assert page.text_area(key="query").value == examples()[title]
    assert "asks" in page.dataframe[0].value.columns


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "asks another machine"),
        ("INSERT DATA { <actor/a> a foaf:Person }", "changes data"),
        ("SELECT *\nWHERE { ?s a my:Thing }", "is not declared"),
    ],
)
def test_what_is_refused_is_told_in_a_line_and_shown_where(query: str, said: str) -> None:
    page = open_page(query)
    assert said in page.error[0].value
    assert page.code[0].value.splitlines()[1].strip() == "^"
    assert not page.dataframe


def test_a_question_of_yes_or_no_is_answered_in_a_word() -> None:
    assert "<strong>Yes</strong>" in shown(open_page("ASK { ?s a rg:Recommendation }"))


def test_a_graph_is_shown_as_turtle() -> None:
    page = open_page("CONSTRUCT { ?s a rg:Recommendation } WHERE { ?s a rg:Recommendation }")
    assert "rg:Recommendation" in page.code[0].value


def test_every_example_and_every_query_behind_a_question_is_answered() -> None:
    from graph.asking import query_text

    texts = {**examples(), **{one.name: query_text(one.query) for one in QUESTIONS.values()}}
    with FreeQueries(current_snapshot(read_settings()), workers=1) as queries:
        for title, text in texts.items():
            answer = queries.answer(text)
            assert answer.truth is not None or answer.turtle or answer.rows, title


def test_a_question_shows_the_query_behind_it_and_leads_to_the_console() -> None:
    page = AppTest.from_string(
        "from explorer.views import questions\nquestions.show()\n", default_timeout=120
    ).run()
    assert not page.exception
    assert any("rg:Recommendation" in block.value for block in page.code)
    assert 'href="sparql?query=' in shown(page)
