"""Which recommendations were adopted: choose among them, and look at the choice in many ways."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from explorer.choosing import (
    changes,
    comparison,
    flow,
    heatmap,
    network,
    numbers,
    sides,
    table,
    timeline,
)
from explorer.choosing.address import keep, touched
from explorer.choosing.asking import (
    VIEWS,
    Chosen,
    ask,
    choose,
    chosen,
    html_of_selection,
    parameters_of,
    write_down,
)
from explorer.choosing.marking import was
from explorer.choosing.numbers import link_here
from explorer.entitypages import name_of
from explorer.languages.choosing import settle
from explorer.languages.saying import data_language, in_address, number, say, say_number, spoken
from explorer.markup import Html, address, element, joined, plain, say_html
from explorer.savedviews import read_saved_views
from explorer.screen import empty_with, put
from explorer.selection import FACETS, Selection
from explorer.session import Session, current
from explorer.voices import ONE_VOICE, buckets, counted
from explorer.words import AXIS_QUESTIONS, marked_word, word
from graph.answers import CONTESTED, UNASSESSED
from ontology.errors import ReformError
from ontology.identifiers import iri
from ontology.terms import RG, definition

SHOWN: Mapping[str, Callable[[Chosen], None]] = {
    "table": table.show, "numbers": numbers.show, "heatmap": heatmap.show,
    "timeline": timeline.show, "flow": flow.show, "network": network.show, "sides": sides.show,
    "changes": changes.show,
}  # fmt: skip


def show() -> None:
    """Show the page."""
    current()  # what is wrong with the corpus is told before anything else is shown
    st.title(plain(say("Which recommendations were adopted?")))
    _choose_and_look()


@st.fragment
def _choose_and_look() -> None:
    """Show all but the title, again at each choice, which is quicker than the page as a whole."""
    settle()
    try:
        _choose(current())
    except ReformError:
        st.rerun()  # something broke since; the frame of the page tells what


def _choose(session: Session) -> None:
    # In places of their own: if what follows moved, its lists would be drawn anew and lose focus.
    with st.container():
        found = chosen(session)
    with st.container():
        if found.selection == Selection():
            _welcome(session)
    choices = st.container()
    write_down(found.selection)
    if found.prepared.items:
        # Sent before the lists are, so that what a choice leaves is seen at once.
        keep("view", st.session_state.get("view") or "table")
        _what_is_chosen(found)
    with choices:
        ask(found)
    if not found.prepared.items:
        text = say("No recommendation is recorded by this day. Choose a later one, or none.")
        put(element("p", text, class_="rg-empty"))
        return
    put(comparison.told(found))
    if found.items:
        put(_summary(found))
        view = st.segmented_control(
            plain(say("View")), list(VIEWS), format_func=lambda name: plain(say(VIEWS[name])),
            key="view", required=True, label_visibility="collapsed", on_change=_other_view,
        )  # fmt: skip
        SHOWN[view or "table"](found)
    elif found.before and found.before.items:
        text = say_number(
            len(found.before.items), "None fits all of these choices now; 1 did then.",
            "None fits all of these choices now; {count:,} did then.",
        )  # fmt: skip
        put(element("p", text, class_="rg-empty"))  # which they are is told above
    else:
        put(_nothing(found))
    # Again, since a view may have set what it shows first.
    write_down(found.selection)


def _other_view() -> None:
    """Begin another view at its first page: a page holds more rows in one than in another."""
    touched()
    st.session_state["page"] = 1


def _welcome(session: Session) -> None:
    """Say what this is and offer three questions, each a link that anybody can send on."""
    text = say(
        "Who asked whom for what reform, what came of it, who says so, as of when, and in which "
        "passage it is written. Choose below, or begin with a question:"
    )
    links = [
        (say("Which were adopted, even in part, and who says so?"),
         _link({"status": ["adopted", "partiallyAdopted"], "view": ["sides"]})),
        (say("Which ones has nobody assessed yet?"), _link({"status": [UNASSESSED]})),
        _third(session),
    ]  # fmt: skip
    asked = [element("li", element("a", title, href=where)) for title, where in links]
    put(joined(element("p", text, class_="rg-lead"),
               element("ul", *asked, class_="rg-questions")))  # fmt: skip


def _third(session: Session) -> tuple[Html | str, str]:
    views = read_saved_views(session.settings.corpus_folder, session.names.known()).links
    if not views:
        return say("Who is linked to whom?"), address("links")
    one, other = (
        name_of(session.names, str(iri("actor", slug))) for slug in (views[0].one, views[0].other)
    )
    told = say_html("{one} and {other}: how are they linked?", one=one, other=other)
    return told, address("links")


def _link(query: Mapping[str, Sequence[str]]) -> str:
    return "./?" + urlencode({**query, **in_address()}, doseq=True)


def _what_is_chosen(found: Chosen) -> None:
    """Show how many fit, the choice in words, and the ways to take it along and to clear it."""
    selection, total = found.selection, len(found.prepared.items)
    count = len(found.items)
    shown = (
        say("{count:,} of {total:,} shown", count=count, total=total)
        if count < total
        else say("{total:,} shown", total=total)
    )
    said = html_of_selection(found)
    row = st.container(key="chosen", horizontal=True, vertical_alignment="center")
    with row:
        put(element("p", element("b", shown), " · ", said, class_="rg-chosen"))
    pop = row.popover(
        plain(say("Link and files")), icon=":material/ios_share:", key="take", on_change=touched,
        help=plain(say("The address of just this view, files of it, and how to cite it")),
    )  # fmt: skip
    if pop.open and found.items:
        from explorer.choosing import takeaway  # what makes documents takes a while to load

        with pop:
            takeaway.show(found, parameters_of(found.selection))
    if st.session_state["view"] != "changes":  # where the same choice stands above the table
        other = row.popover(
            plain(say("Compare")), icon=":material/difference:", key="compare", on_change=touched,
            help=plain(say("What changed in the world since a day, or in our data since an earlier "
                           "release")),
        )  # fmt: skip
        if other.open:
            with other:
                comparison.ask(found, st, st)
    if selection != Selection():
        row.button(
            plain(say("Start anew")), icon=":material/close:", key="clear", on_click=choose,
            args=(Selection(),),
        )  # fmt: skip


def _nothing(found: Chosen) -> Html:
    """Say that nothing fits, and which choice to leave out so that something does."""
    selection = found.selection
    fewer = {say(FACETS[name]): selection.with_facet(name, ()) for name in FACETS
             if selection.facet(name)}  # fmt: skip
    if selection.words.strip():
        fewer = {say("Search"): replace(selection, words=""), **fewer}
    counts = {title: len(found.prepared.chosen(one)) for title, one in fewer.items()}
    links = {title: (count, link_here(fewer[title])) for title, count in counts.items() if count}
    if not links:
        text = say("No recommendation fits all of these choices. Take one away, or start anew.")
        return element("p", text, class_="rg-empty")
    return empty_with(say("No recommendation fits all of these choices. Leave one out:"), links)


def _summary(found: Chosen) -> Html:
    """Return the counts by status as a strip and as numbers."""
    axis, items = found.axis, found.items
    counts = counted(items, axis)
    then = counted(found.before.items, axis) if found.before else {}
    strip = [
        element(
            "span", class_=f"rg-s-{name}", style=f"flex:{count}", title=f"{word(name)}: {count}"
        )
        for name, count in counts.items()
    ]
    numbers_ = [
        _explained(name, element("span", class_=f"rg-dot rg-s-{name}", aria_hidden="true"),
                   element("b", number(count)), _just(found, name, count),
                   was(found, count, then.get(name, 0)))
        for name in buckets(axis) if (count := counts.get(name, 0)) or name in then
    ]  # fmt: skip
    alone = sum(item.first.only_issuer for item in items)
    notes = [
        say(AXIS_QUESTIONS[axis]),
        say("Each status is somebody's statement."),
        say("“Unassessed” means that nobody has said anything on it: it is not “not adopted”."),
    ]
    silent = sum(not found.prepared.spoken.get(item.iri) for item in items)
    if silent:
        notes.append(
            say_number(silent, "1 is unassessed on all three questions.",
                       "{count:,} are unassessed on all three questions.")
        )  # fmt: skip
    if alone:
        voice = say(ONE_VOICE)
        notes.append(
            say_number(alone, "1 of those assessed rests on {voice}.",
                       "{count:,} of those assessed rest on {voice}.", voice=voice)
        )  # fmt: skip
    return joined(
        element("div", *strip, class_="rg-strip", aria_hidden="true"),
        element("ul", *numbers_, class_="rg-counts"),
        element("p", " ".join(notes), class_="rg-small"),
    )


def _just(found: Chosen, status: str, count: int) -> Html | str:
    """Return a status as a link to those to which anybody gives it, and how many if others do."""
    chosen, words = found.selection.status, marked_word(status)
    if not count or (chosen and status not in chosen):
        return words
    link = element("a", words, href=link_here(found.selection.with_facet("status", [status])))
    reached = found.counts["status"][status]
    more = say("{count:,} by any voice", count=reached) if reached != count else ""
    return joined(link, element("span", f" ({more})", class_="rg-was") if more else None)


def _explained(status: str, *pieces: Html | str | None) -> Html:
    """Return an entry of a list with the meaning of a status as its tooltip."""
    computed = {
        UNASSESSED: say("Nobody has said anything on this axis."),
        CONTESTED: say("Assessors give different statuses; all stand side by side."),
    }
    if status in computed:
        return element("li", *pieces, title=computed[status])
    language = data_language()  # of definitions
    if language:
        pieces = (element("span", *pieces, lang=spoken(), style="display:contents"),)
    return element("li", *pieces, title=definition(RG[status]), lang=language)
