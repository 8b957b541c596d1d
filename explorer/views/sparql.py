"""Free questions in SPARQL, answered apart: examples, limits, the rows, and a link to share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from explorer.entitypages import link_to, page_of
from explorer.languages.saying import say
from explorer.markup import element, plain
from explorer.screen import put, ticked
from explorer.session import Session, current
from explorer.sparql import OPEN_WAYS, short, short_iri
from explorer.workspace import current_snapshot
from graph.freequeries.limits import Limits, QueryRefused
from graph.freequeries.pool import FreeQueries
from graph.freequeries.results import Answer, as_csv, as_json, text_of

KEY: Final = "query"
PASSES: Final = "rg-sparql-answer"


def show() -> None:
    """Show the page."""
    session = current()
    st.title(plain(say("Ask in SPARQL")))
    limits = Limits()
    put(element(
        "p", say(
            "Read-only, on the public data of this snapshot, in a process of its own: {seconds:g} "
            "seconds and {rows:,} rows at most. The project's prefixes need no declaration; "
            "<actor/interpol> is an address of the data.",
            seconds=limits.seconds, rows=limits.rows,
        ), class_="rg-small",
    ))  # fmt: skip
    _examples()
    with st.form("console", border=False):
        query = st.text_area(
            plain(say("Query")), key=KEY, bind="query-params", height=260, max_chars=limits.length,
            placeholder="SELECT ?s WHERE { ?s a rg:Recommendation }",
        )  # fmt: skip
        st.form_submit_button(plain(say("Ask")), icon=":material/play_arrow:", type="primary")
    if not (query or "").strip():
        text = say("Choose an example, or write a query and press Ask. The address keeps it.")
        put(element("p", text, class_="rg-empty"))
        return
    try:
        with st.spinner(say("Asking …")):
            answer, open_ways = _answer(session, query or "")
    except QueryRefused as error:
        _refused(error, query or "")
        return
    for way in open_ways:
        st.warning(plain(say(OPEN_WAYS[way])))
    _show_answer(answer)


# --- examples ------------------------------------------------------------------------------------


@cache
def examples() -> dict[str, str]:
    """Return the example queries by their titles, which are their first lines."""
    found = {}
    for file in sorted((files("explorer") / "examples").iterdir(), key=lambda one: one.name):
        if file.name.endswith(".rq"):
            text = file.read_text("utf-8")
            found[text.partition("\n")[0].removeprefix("# ")] = text
    return dict(sorted(found.items()))


def _examples() -> None:
    def take() -> None:
        chosen = st.session_state.get("example")
        if chosen:
            st.session_state[KEY] = examples()[chosen]

    st.selectbox(
        plain(say("Begin with an example")), ["", *examples()], key="example", on_change=take,
        format_func=lambda title: title or say("choose one, then change it"),
    )  # fmt: skip


# --- asking --------------------------------------------------------------------------------------


@st.cache_resource(max_entries=2, show_spinner=False, on_release=FreeQueries.close)
def _queries(digest: str, _session: Session) -> FreeQueries:
    return FreeQueries(current_snapshot(_session.settings), digest)


def _answer(session: Session, query: str) -> tuple[Answer, Sequence[str]]:
    """Return the answer, and what this system left open to the query.

    A rerun of the page for another reason does not ask again.
    """
    digest = session.store.digest
    kept = st.session_state.get(PASSES)
    if kept and kept[:2] == (digest, query):
        answer: Answer = kept[2]
        open_ways: Sequence[str] = kept[3]
        return answer, open_ways
    context = get_script_run_ctx()
    queries = _queries(digest, session)
    answer = queries.answer(query, who=context.session_id if context else None)
    open_ways = queries.unconfined()
    st.session_state[PASSES] = (digest, query, answer, open_ways)
    return answer, open_ways


def _refused(error: QueryRefused, query: str) -> None:
    """Show why there is no answer, and the line of the query that is at fault."""
    st.error(plain(str(error)))
    if error.line is not None:
        lines = query.splitlines()
        if error.line <= len(lines):
            pointed = lines[error.line - 1].replace("\t", " ")
            st.code(f"{pointed}\n{' ' * ((error.column or 1) - 1)}^", language=None)


# --- the answer ----------------------------------------------------------------------------------


def _show_answer(answer: Answer) -> None:
    if answer.cut:
        st.warning(plain(answer.cut))
    if answer.turtle is not None:
        st.code(answer.turtle, language="turtle")
        _download("Turtle", answer.turtle, "answer.ttl", "text/turtle")
        return
    if answer.truth is not None:
        put(element("p", element("strong", say("Yes") if answer.truth else say("No"))))
    elif not answer.rows:
        put(element("p", say("Nothing was found. That is not a “no”."), class_="rg-empty"))
    else:
        _rows(answer)
    left, right, _ = st.columns([1, 1, 3])
    with left:
        _download("CSV", as_csv(answer), "answer.csv", "text/csv")
    with right:
        _download("JSON", as_json(answer), "answer.json", "application/sparql-results+json")


def _download(name: str, text: str, file: str, media: str) -> None:
    st.download_button(
        plain(name), text, file_name=file, mime=media, icon=":material/download:", on_click="ignore"
    )


def _rows(answer: Answer) -> None:
    lines = [
        {name: short(term) for name, term in zip(answer.columns, row, strict=True)}
        for row in answer.rows
    ]
    event = st.dataframe(
        lines, key="answer", on_select="rerun", selection_mode="single-row", hide_index=True,
        alt=say("The rows of the answer"), height=min(35 * len(lines) + 38, 470),
    )  # fmt: skip
    told = say("Rows: {count:,}. Tick one for links to what it names.", count=len(lines))
    put(element("p", told, class_="rg-small"))
    for row in ticked(event, answer.rows):
        named = dict.fromkeys(text_of(term) for term in row if term)
        links = [element("li", link_to(iri, short_iri(iri))) for iri in named if page_of(iri)]
        if links:
            put(element("ul", *links, class_="rg-list"))
        else:
            put(element("p", say("None of them has a page of its own."), class_="rg-small"))
