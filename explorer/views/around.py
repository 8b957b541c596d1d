"""What is around an entity: who and what it is linked to, as a picture and as a table."""

from __future__ import annotations

import streamlit as st

from explorer.between.picturing import (
    DRAWN,
    ask_drawn,
    ask_limit,
    ask_steps,
    behind,
    show_picture,
    show_table,
    whole_network,
)
from explorer.entity.choosing import meant, say_empty
from explorer.entitypages import page_of
from explorer.languages.saying import say
from explorer.layout import around_one
from explorer.markup import element, plain
from explorer.screen import ask_day, beginning, put, put_question
from explorer.session import Session, current
from graph.network import Net, around, edge_rows, only
from ontology.identifiers import curie


def show() -> None:
    """Show the page."""
    session = current()
    names = session.names
    place = st.container()
    columns = st.container(key="facets").columns([5, 2, 2, 2, 2], vertical_alignment="bottom")
    as_of = ask_day(columns[4], say("Only what was said or began by this day."))
    drawn = ask_drawn(columns[1])
    steps = ask_steps(columns[2])
    limit = ask_limit(columns[3])
    every = whole_network(session, None)
    with columns[0]:
        centre = _chosen(session, every)
    if centre is None:
        place.title(plain(say("What is around it?")))
        say_empty(say("Choose an entity above: an actor, a text, a recommendation, a document."))
        return
    put_question(place, "{name}: what is around it?", name=names.with_language(centre))
    if page := page_of(centre):
        put(element("p", element("a", say("All that is known of it"), href=page)))
    net = only(whole_network(session, as_of), DRAWN[drawn])
    if centre not in net:
        say_empty(
            say("No such link of it is recorded by this day. Draw “{all}”.",
                all=say("all that is said"))
        )  # fmt: skip
        return
    part = around(net, [centre], steps, limit)
    title = say("{name} and what is around it", name=names.of(centre))
    show_picture(part, around_one(part, centre), (centre,), names, title, large=False)
    put(behind(session, part))
    show_table(part, edge_rows(around(net, [centre], steps, None)), names, title)


def _chosen(session: Session, net: Net) -> str | None:
    """Return the entity that `id` in the address names, with a list to choose another from."""
    names = session.names
    options = sorted(net, key=lambda node: (names.of(node), node))
    asked = st.query_params.get("id", "")
    found = meant("actor", asked)
    if found not in net:
        found = None
        if asked:
            told = say("{id} is not linked to anything here. Choose another.", id=beginning(asked))
            st.warning(plain(told))
    key = f"centre {asked}"

    def go() -> None:
        if picked := st.session_state[key]:
            st.query_params["id"] = curie(picked)

    # The key changes with the address, so that the box follows it, back and forth.
    st.selectbox(
        plain(say("Entity")), options, index=options.index(found) if found else None, key=key,
        format_func=names.unique, on_change=go,
        placeholder=say("Choose one of {count:,}", count=len(options)),
    )  # fmt: skip
    return found
