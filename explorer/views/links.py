"""How two actors are linked: a picture, texts, data, safeguards, ways, and what each says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import networkx as nx
import streamlit as st

from explorer import picture
from explorer.between.facts import Between
from explorer.between.facts import between as gather
from explorer.between.file import page
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
from explorer.between.sections import SECTIONS, in_short
from explorer.between.sources import Shown
from explorer.drawing import svg
from explorer.entitypages import name_of
from explorer.exporting import taken
from explorer.languages.saying import say, speaking, spoken
from explorer.layout import Places, between
from explorer.markup import element, plain, say_html
from explorer.picturepage import style_sheet
from explorer.quoting import passage_fold
from explorer.savedviews import read_saved_views
from explorer.screen import ask_day, ask_one, note_unknown, put, put_question
from explorer.session import Session, current, whole_address
from graph.exports.taking import Stamp
from graph.network import LONGEST, TIES, Net, around, edge_rows, on_the_ways, only
from ontology.identifiers import iri

PICTURES = ("what is around them", "the ways between them")
USUAL_WAY = 3
"""Steps of the longest way that is told where nobody chose."""


@dataclass(frozen=True)
class Choice:
    """What the page is asked to show."""

    one: str
    other: str
    shown: str
    drawn: str
    steps: int
    longest: int
    limit: int
    as_of: dt.date | None


def show() -> None:
    """Show the page."""
    session = current()
    names = session.names
    place = st.container()
    actors = _actors(session)
    if len(actors) < 2:
        place.title(plain(say("How are two actors linked?")))
        text = say("The corpus tells of no link between two actors yet, so there is none to show.")
        put(element("p", text, class_="rg-empty"))
        return
    large = _presenting()
    choice = _choices(session, actors)
    if choice.one == choice.other:
        put(element("p", say("Choose two different actors."), class_="rg-empty"))
        return
    put_question(
        place,
        "{one} and {other}: how are they linked?",
        one=names.with_language(choice.one),
        other=names.with_language(choice.other),
    )
    found = _found(session.store.digest, choice.one, choice.other, choice.longest, choice.as_of,
                   session)  # fmt: skip
    short = in_short(found, names)
    if not large:
        put(short)
    part = _part(session, choice, choice.limit)
    if part is not None:
        _drawn(session, choice, part, large=large)
    if large:  # the picture first
        put(short)
    shown = Shown(names, lambda passages: passage_fold(session, passages))
    for title, section in SECTIONS.items():
        told = section(found, shown)
        if told:
            st.header(plain(say(title)))
            put(told)
    if part is not None:
        with st.container(key="desk"):
            _take_away(session, choice, found, part)


def _presenting() -> bool:
    """Ask whether the page is shown to many; then letters grow and the desk is cleared."""
    large = st.toggle(
        plain(say("Presentation")), key="presentation", bind="query-params",
        help=plain(
            say("For a projector: larger letters, the picture first, choices and tables hidden.")
        ),
    )  # fmt: skip
    if large:
        put(style_sheet("presentation.css"))
    return large


# --- choices -------------------------------------------------------------------------------------


def _choices(session: Session, actors: Sequence[str]) -> Choice:
    place = st.container(key="facets")
    first = place.columns([4, 4, 2], vertical_alignment="bottom")
    drawing = place.expander(plain(say("What is drawn")), icon=":material/tune:")
    second = drawing.columns([3, 3, 2, 2, 2], vertical_alignment="bottom")
    told = say("Only what was said or began by this day. Empty: all that is known.")
    as_of = ask_day(first[2], told)
    shown = ask_one(second[0], "Picture", PICTURES, "shown")
    drawn = ask_drawn(second[1])
    steps = ask_steps(second[2])
    ways = range(1, LONGEST + 1)
    note_unknown("longest", [str(way) for way in ways], say("Longest way"))
    longest = second[3].selectbox(
        plain(say("Longest way")), ways, index=USUAL_WAY - 1, key="longest",
        bind="query-params", help=plain(say("So many steps at most from one to the other.")),
    )  # fmt: skip
    limit = ask_limit(second[4])
    net = only(whole_network(session, as_of), DRAWN[drawn])
    pair = _saved(session) or _closest(net) or (actors[0], actors[-1])
    chosen = [
        ask_one(column, title, actors, key, named=session.names.unique, first=default)
        for column, title, key, default in zip(
            first, ("One", "The other"), ("one", "other"), pair, strict=False
        )
    ]
    return Choice(chosen[0], chosen[1], shown, drawn, steps, longest, limit, as_of)


@st.cache_resource(max_entries=16)
def _found(
    digest: str, one: str, other: str, longest: int, as_of: dt.date | None, _session: Session
) -> Between:
    del digest  # with the rest, the key under which it is kept
    net = whole_network(_session, as_of)
    return gather(_session.store, net, one, other, longest=longest, as_of=as_of)


def _actors(session: Session) -> list[str]:
    """Return every actor with a link, and the pair that is kept, by name."""
    net = whole_network(session, None)
    linked = {node for node, given in net.nodes(data=True) if given["kind"] == "actor"}
    return sorted(linked.union(_saved(session)), key=lambda node: (session.names.of(node), node))


def _saved(session: Session) -> tuple[str, str] | tuple[()]:
    """Return the pair that the corpus keeps as its first picture."""
    for view in read_saved_views(session.settings.corpus_folder, session.names.known()).links:
        return str(iri("actor", view.one)), str(iri("actor", view.other))
    return ()


def _closest(net: Net) -> tuple[str, str] | None:
    """Return the two organisations with most links to each other and to the same others."""
    plain_net = nx.Graph(net.to_undirected(as_view=True))
    bodies = sorted(
        node for node, given in net.nodes(data=True)
        if given["kind"] == "actor" and given["subkind"] not in ("person", "group")
    )  # fmt: skip
    pairs = [
        (net.number_of_edges(a, b) + net.number_of_edges(b, a)
         + len(set(plain_net[a]) & set(plain_net[b])), a, b)
        for a, b in combinations(bodies, 2)
    ]  # fmt: skip
    best = min(pairs, key=lambda pair: (-pair[0], *pair[1:]), default=None)
    return best[1:] if best else None


# --- the picture ---------------------------------------------------------------------------------


def _part(session: Session, choice: Choice, most: int | None) -> Net | None:
    """Return at most so many entities of the network, or all that are near for None.

    None, told in a line, where one of the two has no such link.
    """
    ways = choice.shown == PICTURES[1]
    kinds = TIES if ways else DRAWN[choice.drawn]
    net = only(whole_network(session, choice.as_of), kinds)
    missing = [name_of(session.names, node) for node in (choice.one, choice.other)
               if node not in net]  # fmt: skip
    if missing:
        text = (
            say_html("No such link of {name} is recorded by this day.", name=missing[0])
            if len(missing) == 1
            else say_html("No such link of {one} and {other} is recorded by this day.",
                     one=missing[0], other=missing[1])
        )  # fmt: skip
        put(element("p", text, class_="rg-empty"))
        return None
    if ways:
        return on_the_ways(net, choice.one, choice.other, choice.longest, most or len(net))
    return around(net, [choice.one, choice.other], choice.steps, most)


def _drawn(session: Session, choice: Choice, part: Net, *, large: bool) -> None:
    places, poles = between(part, choice.one, choice.other), (choice.one, choice.other)
    title = picture.title_of(part, *poles)
    show_picture(part, places, poles, session.names, title, large=large)
    if not large or st.session_state.get("focus"):
        put(behind(session, part))


def _take_away(session: Session, choice: Choice, found: Between, part: Net) -> None:
    """Show the table, and offer the page and the picture as files."""
    title = picture.title_of(part, choice.one, choice.other)
    whole = _part(session, choice, None)
    show_table(part, edge_rows(whole if whole is not None else part), session.names, title)
    places: Places = between(part, choice.one, choice.other)
    stamp = _stamp(session, choice, title)

    language = spoken()  # what is called when somebody saves a file knows of no page

    def as_page() -> str:
        with speaking(language):
            return page(found, part, places, session.names, session.passages, stamp)

    def as_svg() -> str:
        with speaking(language):
            drawn = picture.spec(part, places, (choice.one, choice.other))
            told = "; ".join(f"{say(name)}: {text}" for name, text in stamp.lines())
            return svg(drawn, title, say("Who is linked to whom by what"), [told])

    st.header(plain(say("Take it along")))
    with st.container(horizontal=True):
        st.download_button(
            plain(say("This page as a file")), as_page, file_name="links.html", mime="text/html",
            icon=":material/download:", on_click="ignore",
            help=plain(say(
                "One HTML file with picture, tables and sources, to send or to print. It needs no "
                "network and asks nobody anything."
            )),
        )  # fmt: skip
        st.download_button(
            plain(say("Picture as SVG")), as_svg, file_name="links.svg", mime="image/svg+xml",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def _stamp(session: Session, choice: Choice, title: str) -> Stamp:
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    return taken(
        session.settings, session.store, (), selection=title, as_of=choice.as_of,
        made_on=dt.datetime.now(dt.UTC).date(), link=whole_address(session, "links", query),
    ).stamp  # fmt: skip
