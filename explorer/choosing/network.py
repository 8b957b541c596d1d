"""A selection as a network: who asks whom, with the recommendations between where few are drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import networkx as nx
import streamlit as st

from explorer import picture
from explorer.canvas import canvas
from explorer.choosing.address import keep, touched
from explorer.choosing.asking import Chosen
from explorer.choosing.marking import sign_of, signed, signs_of
from explorer.entitypages import link_to
from explorer.languages.saying import data_language, say
from explorer.layout import Places, in_columns, with_room
from explorer.marks import CHANGED, NEW
from explorer.markup import Html, element, joined, plain, seen
from explorer.screen import left_out, put
from explorer.session import Session
from explorer.voices import Item
from graph.entities import subkinds
from graph.network import Net

LISTED = 12
NOTHING = "nothing chosen"
ASKS = "asks"


def show(found: Chosen) -> None:
    """Show the view."""
    asked = st.session_state.get("limit")
    if asked and asked not in picture.LIMITS:
        st.warning(plain(left_out(say("Draw at most"), str(asked))))
    keep("limit", asked if asked in picture.LIMITS else picture.LARGEST)
    limit = st.selectbox(
        plain(say("Draw at most")), picture.LIMITS, key="limit", on_change=touched,
        format_func=lambda number: say("{count} entities", count=number),
    )  # fmt: skip
    kinds = _kinds(found.session.store.digest, found.session)
    net, columns, note = network_of(found, kinds, limit)
    if not net.number_of_edges():
        put(
            element(
                "p",
                say("None of these recommendations names who was asked. Choose others."),
                class_="rg-empty",
            )
        )
        return
    if len(net) >= picture.LIMITS[-1]:
        text = "So many entities can hardly be read. Choose fewer, or read the table below."
        st.warning(plain(say(text)))
    _draw(found, net, in_columns(net, columns))
    put(element("p", note, class_="rg-small"))
    _table(found)


@st.cache_resource(max_entries=2)
def _kinds(digest: str, _session: Session) -> dict[str, str]:
    del digest
    return subkinds(_session.store)


def network_of(
    found: Chosen, kinds: dict[str, str], limit: int
) -> tuple[Net, Sequence[Sequence[str]], str]:
    """Return what is drawn, the columns in which it stands, and what is left out, in words.

    Recommendations are nodes of their own where all fit; else a line tells how many one asks of
    another, and those with most are drawn.
    """
    items = [item for item in found.items if item.first.issuers and item.first.addressees]
    weight = Counter(end for item in items for end in {*item.first.issuers, *item.first.addressees})
    whole = len(weight) + len(items) <= limit
    drawn = {end for end, _ in sorted(weight.items(), key=lambda e: (-e[1], e[0]))[:limit]}
    names = found.session.names
    net: Net = nx.MultiDiGraph()
    for item in items:
        ends = [*item.first.issuers, *item.first.addressees]
        if whole:
            net.add_node(item.iri, label=item.first.label, kind="recommendation", subkind=None)
        for end in ends:
            if end in drawn:
                net.add_node(end, label=names.of(end), kind="actor", subkind=kinds.get(end))
        _add_edges(net, item, drawn, whole=whole)
    net.remove_nodes_from([node for node in list(net) if not net.degree(node)])
    left = [n for n in net if net.nodes[n]["kind"] == "actor" and net.out_degree(n) and
            (net.out_degree(n) >= net.in_degree(n))]  # fmt: skip
    right = [n for n in net if net.nodes[n]["kind"] == "actor" and n not in left]
    middle = [n for n in net if net.nodes[n]["kind"] != "actor"]
    note = say("Left those who mostly ask, right those who are mostly asked, between them what.")
    if not whole:
        shown = len(left) + len(right)
        note = say(
            "Left those who mostly ask, right those who are mostly asked. {count:,} "
            "recommendations are too many to draw one by one: a number on a line tells how many, "
            "where there is room. {shown:,} of {actors:,} actors are drawn, those in most of them; "
            "the table holds all.",
            count=len(items), shown=shown, actors=len(weight),
        )  # fmt: skip
    return net, [left, middle, right] if middle else [left, right], note


def _add_edges(net: Net, item: Item, drawn: set[str], *, whole: bool) -> None:
    attributes = {"kind": "recommendation", "allegation": False, "statement": item.iri}
    if whole:
        for issuer in item.first.issuers:
            net.add_edge(issuer, item.iri, key=item.iri, label="issued", **attributes)
        for addressee in item.first.addressees:
            net.add_edge(item.iri, addressee, key=item.iri, label="addressed to", **attributes)
        return
    for issuer in item.first.issuers:
        for addressee in item.first.addressees:
            if {issuer, addressee} <= drawn:
                net.add_edge(issuer, addressee, key=item.iri, label=ASKS, **attributes)


def _draw(found: Chosen, net: Net, places: Places) -> None:
    links = {link.key: link for link in picture.links_of(net)}
    names = found.session.names

    def pick(clicked: str) -> None:
        touched()
        st.session_state["focus"] = clicked

    focus = st.session_state.get("focus")
    canvas(
        _drawn(found, net, places), key="selection picture", height=picture.height_of(places),
        file="recommendations.png", selected=focus, on_click=pick,
        alt=say("Who asks whom: {count} entities; the table below says the same in words",
                count=len(net)),
    )  # fmt: skip
    put(picture.legend(net))
    if found.before:
        text = say("In names and on lines: {new}, {changed}.",
                   new=signed(NEW), changed=signed(CHANGED))  # fmt: skip
        put(element("p", text, class_="rg-small"))
    options = ["", *sorted(net, key=names.of), *links]
    keep("focus", focus if focus in options else "")
    key = st.selectbox(
        plain(say("Look closer: click in the picture, or choose here")), options, key="focus",
        on_change=touched,
        format_func=lambda key: seen(
            picture.sentence(links[key], net) if key in links
            else names.of(key) if key else say(NOTHING)
        ),
    )  # fmt: skip
    put(_behind(found, key, links))


def _drawn(found: Chosen, net: Net, places: Places) -> dict[str, Any]:
    """Return the picture as data; the columns say what words on every line would repeat."""
    drawn = picture.spec(net, places)
    lines = sorted(picture.links_of(net), key=lambda one: (-len(one.statements), one.key))
    numbers = {
        one.key: (one.source, one.target, words)
        for one in lines if one.label == ASKS and (words := _number(found, one.statements))
    }  # fmt: skip
    kept = with_room(places, numbers)
    edges = [
        {**edge, "label": numbers[edge["id"]][2] if edge["id"] in kept else ""}
        for edge in drawn["edges"]
    ]
    nodes = [
        {**node, "label": f"{signs} {node['label']}"}
        if (signs := sign_of(found, node["id"]))
        else node
        for node in drawn["nodes"]
    ]
    return {"nodes": nodes, "edges": edges}


def _number(found: Chosen, recommendations: Sequence[str]) -> str:
    """Return how many stand on a line, and of them how many are new or changed; of one nothing."""
    count = len(recommendations)
    return f"{count if count > 1 else ''} {signs_of(found, recommendations)}".strip()


def _behind(found: Chosen, key: str, links: dict[str, picture.Link]) -> Html:
    """Return the recommendations behind a chosen node or line."""
    if not key:
        return joined()
    wanted = set(links[key].statements) if key in links else set()
    items = [
        item for item in found.items
        if item.iri in wanted
        or (key not in links and key in (item.iri, *item.first.issuers, *item.first.addressees))
    ]  # fmt: skip
    entries = [
        element("li", link_to(item.iri, item.first.label, data_language()))
        for item in items[:LISTED]
    ]
    more = len(items) - LISTED
    tail = element("p", say("{count:,} more", count=more), class_="rg-small") if more > 0 else None
    return joined(element("ul", *entries, class_="rg-list"), tail)


def _table(found: Chosen) -> None:
    """Show who asks whom how often, as a table."""
    st.header(plain(say("The same as a table")))
    names = found.session.names
    pairs: dict[tuple[str, str], list[str]] = {}
    for item in found.items:
        for by in item.first.issuers:
            for to in item.first.addressees:
                pairs.setdefault((by, to), []).append(item.iri)
    ordered = sorted(pairs.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    st.dataframe(
        [{say("Asked by"): names.of(by), say("Asked of"): names.of(to),
          say("Recommendations"): len(which),
          **({say("Change"): signs_of(found, which)} if found.before else {})}
         for (by, to), which in ordered[:1000]],
        hide_index=True, alt=say("Who asks whom, and how often"),
        height=min(35 * len(pairs) + 38, 420),
    )  # fmt: skip
    if len(ordered) > 1000:
        put(
            element(
                "p",
                say("The first 1,000 of {count:,} pairs.", count=len(ordered)),
                class_="rg-small",
            )
        )
