"""A picture of a part of the network on a page: it can be clicked, and a table says the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from explorer import picture
from explorer.canvas import canvas
from explorer.entitypages import named, page_of
from explorer.languages.saying import data_language, say, speaking
from explorer.layout import Places
from explorer.markup import Html, address, element, joined, plain
from explorer.quoting import passage_cards
from explorer.screen import ask_one, note_unknown, put
from explorer.session import Session
from explorer.tables import as_csv
from explorer.words import Names, date_in_words
from graph.entities import describe
from graph.network import KINDS, TIES, EdgeRow, Net, network
from ontology.identifiers import curie

DRAWN = {
    "ties": TIES,
    "ties and demands": TIES | {"recommendation"},
    "all that is said": frozenset(KINDS),
}
"""What may be drawn, and the kinds of link in each."""
STEPS = [1, 2]
"""How far from its centres a picture may reach."""
NOTHING = "nothing chosen"


def whole_network(session: Session, as_of: dt.date | None) -> Net:
    """Return the network of all that was said or began by a day, made once for each snapshot."""
    return _network(session.store.digest, as_of, session)


@st.cache_resource(max_entries=8)
def _network(digest: str, as_of: dt.date | None, _session: Session) -> Net:
    del digest  # with the day, the key under which the network is kept
    return network(_session.store, as_of)


def ask_drawn(place: st.delta_generator.DeltaGenerator) -> str:
    """Ask which kinds of link are drawn: one of DRAWN."""
    return ask_one(place, "Drawn", list(DRAWN), "drawn")


def ask_steps(place: st.delta_generator.DeltaGenerator) -> int:
    """Ask how far from its centres a picture reaches: one of STEPS."""
    note_unknown("steps", [str(steps) for steps in STEPS], say("Steps around"))
    return place.selectbox(plain(say("Steps around")), STEPS, key="steps", bind="query-params")


def ask_limit(place: st.delta_generator.DeltaGenerator) -> int:
    """Ask how many entities are drawn at most: one of picture.LIMITS."""
    note_unknown("limit", [str(limit) for limit in picture.LIMITS], say("Draw at most"))
    return place.selectbox(
        plain(say("Draw at most")), picture.LIMITS, key="limit", bind="query-params",
        help=plain(say("More than 25 are hard to read; the table holds all.")),
    )  # fmt: skip


def show_picture(
    part: Net, places: Places, poles: Sequence[str], names: Names, title: str, *, large: bool
) -> None:
    """Show the picture, its legend, and a box to choose from without a mouse."""
    if len(part) >= picture.LIMITS[-1]:
        text = "So many entities can hardly be read. Choose fewer, or read the table below."
        st.warning(plain(say(text)))
    links = {link.key: link for link in picture.links_of(part)}
    options = ["", *sorted(part, key=names.of), *links]

    def words(key: str) -> str:
        if key in links:
            return picture.sentence(links[key], part)
        return names.of(key) if key else say(NOTHING)

    with speaking("en"):  # as they stand in the address, whatever language shows them
        in_address = {key: words(key) if key else "" for key in options}
    asked = st.query_params.get("focus", "")
    st.session_state["focus"] = next((key for key in options if in_address[key] == asked), "")

    def pick(clicked: str) -> None:
        st.query_params["focus"] = in_address.get(clicked, "")

    canvas(
        picture.spec(part, places, poles),
        key="picture", height=picture.height_of(places, large=large), file="links.png",
        alt=say("{title}; the table below says the same in words", title=title), large=large,
        selected=st.session_state["focus"] or None, on_click=pick,
    )  # fmt: skip
    put(picture.legend(part))
    if told := picture.centre_in_words(part, names):
        put(element("p", told, class_="rg-small"))
    st.selectbox(
        plain(say("Look closer: click in the picture, or choose here")), options, key="focus",
        format_func=words, on_change=lambda: pick(st.session_state["focus"]),
    )  # fmt: skip


def show_table(part: Net, rows: Sequence[EdgeRow], names: Names, title: str) -> None:
    """Show as a table what is drawn, and what is near, but too much to draw; offer it as CSV."""
    st.header(plain(say("The same as a table")))
    ends = {end for row in rows for end in (row.source, row.target)}
    if len(ends) > len(part):
        text = say("{count} of {total:,} entities are drawn; the table holds them all.",
                   count=len(part), total=len(ends))  # fmt: skip
        put(element("p", text, class_="rg-small"))
    st.dataframe(
        [picture.line_of(row, names) for row in rows],
        column_config={
            say("From"): st.column_config.TextColumn(width=170),
            say("Link"): st.column_config.TextColumn(width=150),
            say("To"): st.column_config.TextColumn(width=170),
        },
        hide_index=True, alt=title, height=min(35 * len(rows) + 38, 520),
    )  # fmt: skip
    st.download_button(
        plain(say("Table as CSV")), lambda: as_csv(rows, EdgeRow, names), file_name="links.csv",
        mime="text/csv", icon=":material/download:", on_click="ignore",
    )  # fmt: skip


def behind(session: Session, part: Net) -> Html:
    """Return what stands behind the chosen node or link."""
    chosen = st.session_state.get("focus") or ""
    for link in picture.links_of(part):
        if link.key == chosen:
            sentence = element("p", element("strong", picture.sentence_html(link, session.names)))
            cards = [_statement(session, statement, part) for statement in link.statements]
            return joined(sentence, cards)
    if chosen in part:
        return _node(session, part, chosen)
    text = say("Choose an entity or a link, here or in the picture, to see who says so and where.")
    return element("p", text, class_="rg-muted")


def _node(session: Session, part: Net, node: str) -> Html:
    entity = describe(session.store, node)
    links = [
        element("li", picture.sentence_html(link, session.names), " ",
                element("a", say("why"), href=_why(link, part)))
        for link in picture.links_of(part) if node in (link.source, link.target)
    ]  # fmt: skip
    page = page_of(node)
    ways = [
        element("a", say("Open its page"), href=page) if page else None,
        " · " if page else None,
        element("a", say("What is around it"), href=address("around", id=curie(node))),
    ]
    return element(
        "div",
        element("h2", entity.label, dir="auto", lang=data_language()),
        element("p", entity.summary, dir="auto", lang=data_language()) if entity.summary else None,
        element("p", *ways),
        element("ul", *links, class_="rg-list"),
        passage_cards(session, entity.passages),
        class_="rg-card",
    )


def _why(link: picture.Link, part: Net) -> str:
    """Return the address of the same picture with a link chosen."""
    with speaking("en"):
        focus = picture.sentence(link, part)
    return address("", **{**st.query_params, "focus": focus})


def _statement(session: Session, statement: str, part: Net) -> Html:
    names = session.names
    edge = next(d for _, _, d in part.edges(data=True) if d["statement"] == statement)
    entity = describe(session.store, statement)
    facts = [
        (say("Says who"), named(names, edge["attributed_to"])),
        (say("When"), date_in_words(edge["date"]) if edge["date"] else ""),
        (say("Kind"), say("an allegation of its speaker") if edge["allegation"] else ""),
    ]
    pairs = [joined(element("dt", a), element("dd", b)) for a, b in facts if b]
    return element(
        "div",
        element("p", entity.summary, dir="auto", lang=data_language()) if entity.summary else None,
        element("dl", *pairs, class_="rg-facts"),
        passage_cards(session, edge["passages"], opened=True),
        class_="rg-card",
    )
