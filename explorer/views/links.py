"""How two actors are linked: a picture, the same as a table, and the passages behind each link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from itertools import combinations

import networkx as nx
import streamlit as st

from explorer import picture
from explorer.canvas import canvas
from explorer.layout import between
from explorer.markup import Html, address, element, joined, plain
from explorer.quoting import passage_cards
from explorer.savedviews import read_saved_views
from explorer.screen import ask_day, note_unknown, put
from explorer.session import Session, current
from explorer.tables import as_csv
from explorer.words import Names, date_in_words, word
from graph.answers import NOT_STATED, WhichSafeguardsRow
from graph.entities import describe
from graph.network import KINDS, TIES, EdgeRow, Net, around, edge_rows, network, only
from graph.questions import which_safeguards, whose_rules_bind_the_data
from ontology.identifiers import iri, parse

DRAWN = {
    "ties": TIES,
    "ties and demands": TIES | {"recommendation"},
    "all that is said": frozenset(KINDS),
}
"""What may be drawn, and the kinds of link in each."""

AVAILABILITY = {"stated": "●", "reported": "◐", "denied": "✕", NOT_STATED: "?"}


def show() -> None:
    """Show the page."""
    session = current()
    names = session.names
    place = st.container()
    actors = _actors(session)
    if len(actors) < 2:
        place.title("How are two actors linked?")
        text = "The corpus tells of no link between two actors yet, so there is none to show."
        put(element("p", text, class_="rg-empty"))
        return
    net, one, other, longest, as_of = _choices(session, actors)
    if one == other:
        put(element("p", "Choose two different actors.", class_="rg-empty"))
        return
    place.title(f"How are {plain(names.of(one))} and {plain(names.of(other))} linked?")
    missing = [names.of(node) for node in (one, other) if node not in net]
    if missing:
        text = f"No such link of {' and '.join(missing)} is recorded by this day."
        put(element("p", text, class_="rg-empty"))
        return
    part = around(net, [one, other], longest, picture.LARGEST)
    rows = edge_rows(part)
    _picture(part, one, other, names)
    left, right = st.columns([1, 1], gap="large")
    with left:
        _table(rows, names, picture.title_of(part, one, other))
        _download(part, one, other, rows, names)
    with right:
        st.subheader("What stands behind it")
        put(_details(session, part))
    _data_rules(session, one, other, as_of)
    _safeguards(session, one, other, as_of)


# --- choices -------------------------------------------------------------------------------------


def _choices(session: Session, actors: Sequence[str]) -> tuple[Net, str, str, int, dt.date | None]:
    place = st.container(key="facets")
    columns = place.columns([4, 4, 2, 2, 2], vertical_alignment="bottom")
    note_unknown("drawn", list(DRAWN), "Drawn")
    drawn = columns[2].selectbox("Drawn", list(DRAWN), key="drawn", bind="query-params")
    steps = columns[3].selectbox(
        "Steps around", [1, 2], key="steps", bind="query-params",
        help=plain(f"How far from the two; {picture.LARGEST} entities at most are drawn."),
    )  # fmt: skip
    as_of = ask_day(
        columns[4], "Only what was said or began by this day. Empty: all that is known."
    )
    net = only(_network(session.store.digest, as_of, session), DRAWN[drawn])
    names = session.names
    one, other = _saved(session) or _closest(net) or (actors[0], actors[-1])
    with columns[0]:
        one = _actor("One", "one", actors, one, names)
    with columns[1]:
        other = _actor("The other", "other", actors, other, names)
    return net, one, other, steps, as_of


def _actor(title: str, key: str, actors: Sequence[str], default: str, names: Names) -> str:
    note_unknown(key, [names.unique(actor) for actor in actors], title)
    return st.selectbox(
        plain(title), actors, index=actors.index(default), format_func=names.unique, key=key,
        bind="query-params",
    )  # fmt: skip


@st.cache_resource(max_entries=8)
def _network(digest: str, as_of: dt.date | None, _session: Session) -> Net:
    del digest  # with the day, the key under which the network is kept
    return network(_session.store, as_of)


def _actors(session: Session) -> list[str]:
    """Return every actor with a link, and the pair that is kept, by name."""
    net = _network(session.store.digest, None, session)
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


# --- picture, table, details ---------------------------------------------------------------------


def _picture(part: Net, one: str, other: str, names: Names) -> None:
    places = between(part, one, other)
    options = ["", *sorted(part, key=names.of), *(link.key for link in picture.links_of(part))]
    words = {link.key: picture.sentence(link, part) for link in picture.links_of(part)}

    def pick(clicked: str) -> None:
        st.session_state["focus"] = clicked if clicked in options else ""

    canvas(
        picture.spec(part, places, (one, other)),
        key="picture", height=picture.height_of(places), file="links.png",
        alt=f"{picture.title_of(part, one, other)}; the table below says the same in words",
        selected=st.session_state.get("focus") or None, on_click=pick,
    )  # fmt: skip
    put(picture.legend(part))
    st.selectbox(
        "Look closer: click in the picture, or choose here", options, key="focus",
        format_func=lambda key: words.get(key) or (names.of(key) if key else "nothing chosen"),
        bind="query-params",
    )  # fmt: skip


def _table(rows: Sequence[EdgeRow], names: Names, title: str) -> None:
    st.subheader("The same as a table")
    st.dataframe(
        [_line(row, names) for row in rows],
        column_config={
            "From": st.column_config.TextColumn(width=170),
            "Link": st.column_config.TextColumn(width=150),
            "To": st.column_config.TextColumn(width=170),
        },
        hide_index=True, alt=title, height=min(35 * len(rows) + 38, 520),
    )  # fmt: skip


def _line(row: EdgeRow, names: Names) -> dict[str, str]:
    alleged = " (alleged)" if row.allegation else ""
    return {
        "From": row.source_label,
        "Link": picture.edge_words(asdict(row)) + alleged,
        "To": row.target_label,
        "When": date_in_words(row.date) if row.date else "",
        "Who says so": names.all(*row.attributed_to),
    }


def _details(session: Session, part: Net) -> Html:
    """Return what stands behind the chosen node or link."""
    chosen = st.session_state.get("focus") or ""
    for link in picture.links_of(part):
        if link.key == chosen:
            sentence = element("p", element("strong", picture.sentence(link, part)))
            cards = [_statement(session, statement, part) for statement in link.statements]
            return joined(sentence, cards)
    if chosen in part:
        return _node(session, part, chosen)
    text = "Choose an entity or a link, here or in the picture, to see who says so and where."
    return element("p", text, class_="rg-muted")


def _node(session: Session, part: Net, node: str) -> Html:
    entity = describe(session.store, node)
    links = [
        element(
            "li", picture.sentence(link, part), " ",
            element("a", "why", href=address("links", **{**st.query_params, "focus":
                    picture.sentence(link, part)})),
        )
        for link in picture.links_of(part) if node in (link.source, link.target)
    ]  # fmt: skip
    kind, slug = parse(node)
    page = None
    if kind == "recommendation":
        page = element("p", element("a", "Open its page", href=address("recommendation", id=slug)))
    return element(
        "div",
        element("h4", entity.label),
        element("p", entity.summary, dir="auto") if entity.summary else None,
        page,
        element("ul", *links, class_="rg-list"),
        passage_cards(session, entity.passages),
        class_="rg-card",
    )


def _statement(session: Session, statement: str, part: Net) -> Html:
    names = session.names
    edge = next(d for _, _, d in part.edges(data=True) if d["statement"] == statement)
    entity = describe(session.store, statement)
    facts = [
        ("Says who", names.all(*edge["attributed_to"])),
        ("When", date_in_words(edge["date"]) if edge["date"] else ""),
        ("Kind", "an allegation of its speaker" if edge["allegation"] else ""),
    ]
    pairs = [joined(element("dt", a), element("dd", b)) for a, b in facts if b]
    return element(
        "div",
        element("p", entity.summary, dir="auto") if entity.summary else None,
        element("dl", *pairs, class_="rg-facts"),
        passage_cards(session, edge["passages"], opened=True),
        class_="rg-card",
    )


def _download(part: Net, one: str, other: str, rows: Sequence[EdgeRow], names: Names) -> None:
    titles = ("From", "Link", "To", "When", "Who says so")
    head = element("tr", *(element("th", title, scope="col") for title in titles))
    lines = [
        element("tr", *(element("td", text) for text in _line(row, names).values())) for row in rows
    ]
    table = element("table", element("thead", head), element("tbody", *lines))
    html = picture.page(
        part, between(part, one, other), picture.title_of(part, one, other), table, (one, other)
    )
    columns = st.columns(2)
    columns[0].download_button(
        "Picture as a page", html, file_name="links.html", mime="text/html",
        icon=":material/download:", on_click="ignore",
        help="One HTML file that needs no network and asks nobody anything.",
    )  # fmt: skip
    columns[1].download_button(
        "Table as CSV", as_csv(rows, EdgeRow, names), file_name="links.csv", mime="text/csv",
        icon=":material/download:", on_click="ignore",
    )  # fmt: skip


# --- what the two do with data and with people ---------------------------------------------------


def _data_rules(session: Session, one: str, other: str, as_of: dt.date | None) -> None:
    rows = whose_rules_bind_the_data(session.store, party=one, other=other, as_of=as_of)
    if not rows:
        return
    st.subheader("Whose rules bind the data that pass between them")
    names = session.names
    cards = [
        element(
            "div",
            element("h4", f"{names.of(row.provider)} → {names.of(row.recipient)}"),
            element("p", "bound by the rules of ", element("strong", names.of(row.rules_of))),
            element("p", f"{names.of(row.version)}, according to {names.all(*row.according_to)}",
                    class_="rg-small"),
            element("p", "The other way is bound by other rules.") if row.asymmetric else None,
            passage_cards(session, row.passages),
            class_="rg-card",
        )
        for row in rows
    ]  # fmt: skip
    put(element("div", *cards, class_="rg-cards"))


def _safeguards(session: Session, one: str, other: str, as_of: dt.date | None) -> None:
    found = {body: which_safeguards(session.store, body=body, as_of=as_of) for body in (one, other)}
    if all(row.availability == NOT_STATED for rows in found.values() for row in rows):
        return
    st.subheader("What each offers a person affected")
    names = session.names
    kinds = list(dict.fromkeys(row.safeguard for rows in found.values() for row in rows))
    head = element("tr", element("th", "Safeguard", scope="col"),
                   *(element("th", names.of(body), scope="col") for body in found))  # fmt: skip
    lines = [
        element(
            "tr",
            element("th", word(kind), scope="row"),
            *(_offers([row for row in rows if row.safeguard == kind], names)
              for rows in found.values()),
        )
        for kind in kinds
    ]  # fmt: skip
    table = element("table", element("thead", head), element("tbody", *lines), class_="rg-table")
    put(element("div", table, class_="rg-scroll"))
    put(element("p", "“Not stated” means that no source says: it is not a “no”.",
                class_="rg-small"))  # fmt: skip


def _offers(rows: Sequence[WhichSafeguardsRow], names: Names) -> Html:
    said = [
        element(
            "div", f"{AVAILABILITY.get(row.availability, '')} {word(row.availability)}",
            element("span", f" by {names.all(*row.claimants)}" if row.claimants else "",
                    class_="rg-small"),
            title=row.summary,
        )
        for row in rows
    ]  # fmt: skip
    return element("td", *said)
