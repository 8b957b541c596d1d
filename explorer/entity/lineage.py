"""What came before a recommendation and after it: a small picture across the years, and a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import networkx as nx
import streamlit as st

from explorer import picture
from explorer.canvas import canvas
from explorer.entitypages import in_english, link_to, name_of, named
from explorer.facets import years_of
from explorer.languages.saying import say
from explorer.layout import STEP, in_columns
from explorer.markup import Html, element, joined, listed_html, plain, say_html, table
from explorer.quoting import passage_fold
from explorer.screen import put
from explorer.session import Session
from explorer.voices import Item
from explorer.words import date_in_words, marked_word, word
from graph.answers import WhichDemandsReturnRow
from graph.network import Net, around
from ontology.identifiers import parse

LARGEST, STEPS = 8, 2
"""So many recommendations and asks are drawn, so many steps from the one shown."""
NEARER = 0.56
"""The words on these lines are short, so columns may stand nearer than in other pictures."""


def show_lineage(
    session: Session, here: str, every: Mapping[str, Item], rows: Sequence[WhichDemandsReturnRow]
) -> None:
    """Show what returns of a recommendation: drawn, and as a table with who judged it and why.

    `every` holds what was recommended by the day, `rows` what returns in all of it.
    """
    own = [row for row in rows if here in (row.later, row.earlier)]
    if not own:
        return
    st.header(plain(say("Earlier and later demands")))
    net = network_of(session, here, every, rows)
    if net.number_of_edges():
        _draw(net, here)
    put(_table(session, here, own))


def network_of(
    session: Session, here: str, every: Mapping[str, Item], rows: Sequence[WhichDemandsReturnRow]
) -> Net:
    """Return recommendations that somebody links, and asks that several share, around one."""
    net: Net = nx.MultiDiGraph()
    for iri, item in every.items():
        said = f"{item.first.label}, {date_in_words(item.first.date)}"
        year = years_of(item.first.date)[-1]
        net.add_node(iri, label=said, kind="recommendation", subkind=None, year=year)
        for ask in item.first.asks:
            asked = say("Ask: {name}", name=session.names.of(ask))
            net.add_node(ask, label=asked, kind="ask", subkind=None)
            _link(net, iri, ask, ask, say("asks for"))
    for row in rows:
        if parse(row.lineage)[0] == "lineage" and {row.later, row.earlier} <= set(every):
            _link(net, row.later, row.earlier, row.lineage, word(row.kind))
    lonely = [node for node in net if net.nodes[node]["kind"] == "ask" and net.degree(node) < 2]
    net.remove_nodes_from(lonely)
    return around(net, [here], STEPS, LARGEST) if here in net else nx.MultiDiGraph()


def _link(net: Net, source: str, target: str, statement: str, label: str) -> None:
    net.add_edge(source, target, key=f"{source} {statement}", label=label, statement=statement,
                 kind="lineage", allegation=False)  # fmt: skip


def _draw(net: Net, here: str) -> None:
    years: dict[str, list[str]] = {}
    for node, given in net.nodes(data=True):
        years.setdefault(given.get("year", ""), []).append(node)
    asks = years.pop("", [])
    columns = [years[year] for year in sorted(years)]
    middle = len(columns) // 2
    columns.insert(middle, asks)
    columns = [column for column in columns if column]
    # At three heights in turn: on one line, a way past a demand would look as if it ended there.
    turn = {node: i % 3 - 1 for i, column in enumerate(columns) for node in column}
    places = {
        node: (x * NEARER, y + turn[node] * STEP if len(columns) > 2 else y)
        for node, (x, y) in in_columns(net, columns).items()
    }

    def go(clicked: str) -> None:
        if clicked in net and net.nodes[clicked]["kind"] == "recommendation":
            st.query_params["id"] = parse(clicked)[1]

    canvas(
        picture.spec(net, places, [here]), key="lineage", height=picture.height_of(places),
        file="lineage.png", selected=here, on_click=go,
        alt=say("Which demands this one takes up, and which take it up; the table says the same"),
    )  # fmt: skip
    told = say(
        "By year, the earliest on the left. A line leads from the later demand to the earlier one, "
        "or to an ask which both make. A click opens a recommendation."
    )
    put(element("p", told, class_="rg-small"))


def _table(session: Session, here: str, rows: Sequence[WhichDemandsReturnRow]) -> Html:
    ordered = sorted(rows, key=lambda row: parse(row.lineage)[0] != "lineage")
    header = (say("Demand"), say("Asked by"), say("Issued, and its adoption"),
              say("Who judged it, and why"))  # fmt: skip
    lines = [_row(session, here, row) for row in ordered]
    return table(header, lines, say("Earlier and later demands"))


def _row(session: Session, here: str, row: WhichDemandsReturnRow) -> tuple[Html | str, ...]:
    names, later = session.names, row.later == here
    other, label = (row.earlier, row.earlier_label) if later else (row.later, row.later_label)
    statuses = row.earlier_statuses if later else row.later_statuses
    kind, link = word(row.kind), link_to(other, label, names.language(other))
    date = date_in_words(row.earlier_date if later else row.later_date)
    judged = parse(row.lineage)[0] == "lineage"
    judged_on = say("judged: {date}", date=date_in_words(row.judged_on))
    why = joined(
        in_english(row.why),
        " (", listed_html([named(names, [row.judged_by]), word(row.basis), judged_on]), ")",
        passage_fold(session, row.passages),
    ) if judged else say_html("Follows from their asks: {asks}", asks=name_of(names, row.lineage)
    )  # fmt: skip
    return (
        say_html("This one {kind} {other}", kind=kind, other=link)
        if later
        else say_html("{other} {kind} this one", kind=kind, other=link),
        named(names, row.earlier_issuers if later else row.later_issuers),
        f"{date} · {', '.join(map(marked_word, statuses))}",
        why,
    )
