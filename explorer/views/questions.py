"""Named questions: choose one, fill in its parameters, read the rows and where they come from."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from explorer.asking import command_line, without_one
from explorer.entitypages import named, page_of
from explorer.languages.saying import listed, say, speaking
from explorer.markup import Html, address, element, joined, plain
from explorer.quoting import passage_card
from explorer.screen import ask_day, ask_one, empty_with, put, ticked
from explorer.session import Session, current
from explorer.tables import as_cells, as_csv, as_json, columns_of, in_words
from explorer.words import heading, title_of, word
from graph.asking import query_text
from graph.parameters import ENTITY_KINDS, words_of
from graph.questions import QUESTIONS, Parameter, Question, ask
from ontology.identifiers import is_data, parse

WRITTEN: Final = ("date", "text", "number")
"""The kinds of parameter for which a value is written; Streamlit binds these to the address."""
LONG, WIDE = 40, 250
"""Letters of a text that is long, and the pixels of the column that holds such texts."""


def show() -> None:
    """Show the page."""
    session = current()
    st.title(plain(say("What do you want to know?")))
    titles = {question.title: question for question in QUESTIONS.values()}
    if named := QUESTIONS.get(st.query_params.get("question", "")):
        # By the name that the command line calls it by, which somebody may write by hand.
        st.query_params["question"] = named.title
    question = titles[ask_one(st, "Question", list(titles), "question", changed=_forget_choices)]
    # On a narrow screen, the list cuts what is asked.
    put(element("p", element("strong", say(question.title)), class_="rg-narrow"))
    put(element("p", in_words(question), class_="rg-small"))
    given = _parameters(session, question)
    missing = [p.name for p in question.parameters if p.required and p.name not in given]
    if missing:
        needed = listed(heading(name).lower() for name in missing)
        text = say("Choose first: {what}.", what=needed)
        put(element("p", text, class_="rg-empty"))
        return
    rows = list(ask(session.store, question.name, **given))
    if not rows:
        put(_nothing(session, question, given))
    else:
        _rows(session, question, rows)
    _behind(question, given)


def _nothing(session: Session, question: Question, given: dict[str, str]) -> Html:
    """Say that there is no answer, and which choice to leave out so that there is one."""
    links = {
        say(title_of(name)): (count, address("questions", **{**st.query_params, name: None}))
        for name, count in without_one(session.store, question, given).items()
    }
    if not links:
        text = say("Nobody says anything on this, as far as is known. That is not a “no”.")
        return element("p", text, class_="rg-empty")
    return empty_with(
        say("Nothing on record fits all of these choices. That is not a “no”. Leave one out:"),
        links,
    )


def _forget_choices() -> None:
    """Take out of the address what another question was asked with and this one is not."""
    title = st.session_state["question"]
    kept = {p.name for one in QUESTIONS.values() if one.title == title for p in one.parameters}
    chosen = {p.name for one in QUESTIONS.values() for p in one.parameters if p.kind not in WRITTEN}
    for name in chosen - kept:
        st.query_params.pop(name, None)


def _behind(question: Question, given: dict[str, str]) -> None:
    """Show how else to ask the same: the command, and the query, ready to be changed."""
    st.markdown(f"**{plain(say('The same on the command line'))}**")
    st.code(command_line(question.name, given), language=None)
    text = query_text(question.query)
    with st.expander(plain(say("The query behind it")), icon=":material/terminal:"):
        note = say(
            "What was chosen above is bound to its variables; rows that tell of one thing are then "
            "put together."
        )
        put(element("p", note, class_="rg-small"))
        st.code(text, language="sparql", height=320)
        put(
            element(
                "p", element("a", say("Change it in SPARQL"), href=address("sparql", query=text))
            )
        )


def _parameters(session: Session, question: Question) -> dict[str, str]:
    """Ask for each parameter; return those given, as text."""
    columns = st.container(key="facets").columns(min(4, len(question.parameters)))
    given: dict[str, str] = {}
    for i, parameter in enumerate(question.parameters):
        with columns[i % len(columns)]:
            value = _parameter(session, parameter)
        if value:
            given[parameter.name] = value
    return given


def _parameter(session: Session, parameter: Parameter) -> str | None:
    """Ask for one parameter; its name is its key in the address."""
    title, key = title_of(parameter.name), parameter.name
    if parameter.kind == "date":
        day = ask_day(st, say(parameter.doc), key, say(title))
        return day.isoformat() if day else None
    if parameter.kind in WRITTEN:
        return st.text_input(
            plain(say(title)), value=parameter.default or "", key=key, bind="query-params",
            help=plain(say(parameter.doc)),
        )  # fmt: skip
    options = ["", *_options(session, parameter)]
    first = parameter.default if parameter.default in options else ""
    return ask_one(st, title, options, key, named=partial(_named, session), first=first,
                   explained=say(parameter.doc))  # fmt: skip


def _options(session: Session, parameter: Parameter) -> list[str]:
    if parameter.kind not in ENTITY_KINDS and parameter.kind != "entity":
        return words_of(parameter.kind)
    known = [iri for iri in session.names.known() if is_data(iri)]
    fitting = [iri for iri in known if parameter.kind in ("entity", parse(iri)[0])]
    return sorted(fitting, key=lambda iri: (session.names.of(iri), iri))


def _named(session: Session, option: str) -> str:
    """Return the name of an option; two of one name are told apart by their address."""
    if not option:
        return say("any")
    return session.names.unique(option) if is_data(option) else word(option)


def _rows(session: Session, question: Question, rows: list[object]) -> None:
    cells = as_cells(rows, session.names)
    used = [name for name in cells[0] if any(row[name] for row in cells)]
    if "label" in used:  # which says what the address in the first column is of
        used = used[1:]
    event = st.dataframe(
        [{heading(name): row[name] for name in used} for row in cells],
        key="rows", on_select="rerun", selection_mode="single-row", hide_index=True,
        alt=say(question.title), height=min(35 * len(rows) + 38, 470),
        # Kept narrow where its texts are long, so that no column hides the next ones.
        column_config={
            heading(name): st.column_config.TextColumn(width=WIDE)
            for name in used if max(len(row[name]) for row in cells) > LONG
        },
    )  # fmt: skip
    told = say("Rows: {count:,}. Tick one to see where it comes from.", count=len(rows))
    put(element("p", told, class_="rg-small"))
    for row in ticked(event, rows):
        put(_pages(session, row))
        for passage in getattr(row, "passages", ()):
            put(passage_card(session, passage, opened=True))
    row = st.container(horizontal=True)
    with speaking("en"):
        table = as_csv(rows, question.row, session.names)
    row.download_button(
        "CSV", table, file_name=f"{question.name}.csv",
        mime="text/csv", icon=":material/download:", on_click="ignore",
    )  # fmt: skip
    row.download_button(
        "JSON", as_json(rows), file_name=f"{question.name}.json", mime="application/json",
        icon=":material/download:", on_click="ignore",
    )  # fmt: skip


def _pages(session: Session, row: object) -> Html:
    """Return a link to the page of everything that a row names."""
    values = [getattr(row, name) for name in columns_of(type(row)) if "passages" not in name]
    each = [one for value in values for one in (value if isinstance(value, tuple) else [value])]
    found = dict.fromkeys(str(one) for one in each if one and page_of(str(one)))
    return element("p", say("Pages:"), " ", named(session.names, found)) if found else joined()
