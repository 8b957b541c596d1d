"""The choices on the page: axis, day, words and facets, each value with how many fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from explorer.choosing.address import (
    counted,
    keep,
    keep_counted,
    new_address,
    tell_lost,
    touched,
    without_count,
    write_address,
)
from explorer.choosing.preparing import Against, Before, against, as_it_was, ready, take_given
from explorer.entitypages import in_language, keep_day
from explorer.facets import Counts, Prepared
from explorer.languages.saying import listed, say
from explorer.markup import Html, listed_html, plain
from explorer.screen import Place, day_field
from explorer.selection import (
    ENTITIES,
    FACETS,
    Lost,
    Query,
    Selection,
    read_query,
    resolved,
    words_of,
)
from explorer.session import Session
from explorer.voices import Item
from explorer.words import AXES, Names
from ontology.errors import ReformError

VIEWS = {
    "table": "Table",
    "numbers": "Numbers",
    "heatmap": "Heatmap",
    "timeline": "Timeline",
    "flow": "Flow",
    "network": "Network",
    "sides": "Side by side",
    "changes": "What changed",
}
"""Every view of a selection by its name in an address, with its title."""

OTHERS = ("view", "page", "by", "limit", "focus")
"""What stands in an address beside the selection: texts that say how it is looked at."""

LONGEST_NUMBER = 9
"""Digits of a number in an address; Python would refuse one of thousands."""

FIRST_ROW = ("addressee", "issuer", "theme", "voices")
MORE = ("response", "assessor", "basis", "instrument", "document", "year")
_KEPT = "the selection"


@dataclass(frozen=True)
class Chosen:
    """What was asked, the recommendations that fit it, and what they are held against, if any."""

    session: Session
    selection: Selection
    prepared: Prepared
    items: list[Item]
    counts: Counts
    before: Before | None = None

    @property
    def axis(self) -> str:
        """The axis of the status."""
        return self.selection.axis

    @property
    def names(self) -> Names:
        """The names of everything that is there, or was."""
        return self.before.names if self.before else self.session.names


def chosen(session: Session) -> Chosen:
    """Read what is chosen from the address or the widgets, whichever changed last.

    Nothing is drawn but what had to be left out, so that the rest of the page may use the choice
    before the widgets stand.
    """
    address = new_address()
    lost: list[Lost] = []
    if address is None:
        selection = _from_widgets()
    else:
        selection, lost = read_query(address)
        _keep_others(address, lost)
    if short := take_given():
        selection = replace(selection, release=short, since=None)
    keep_day(selection.as_of)
    at = ready(session, selection.axis, selection.as_of)
    held = _held_against(session, selection)
    at = held.compared.now if held else at
    named = partial(named_value, held.names if held else session.names)
    there: Mapping[str, Collection[str]] = held.compared.values if held else at.values
    selection, not_there = resolved(selection, there, named)
    tell_lost([*lost, *not_there])
    before = st.session_state.get(_KEPT)
    if before is not None and before != selection and address is None:
        st.session_state["page"] = 1
    st.session_state[_KEPT] = selection
    items = at.chosen(selection)
    whole = at.chosen(selection.with_facet("change", ())) if selection.change else items
    was = as_it_was(held, selection, whole) if held else None
    return Chosen(session, selection, at, items, at.counts(selection), was)


def _held_against(session: Session, selection: Selection) -> Against | None:
    """Return what the selection is held against; where that cannot be had, tell so and go on."""
    try:
        return against(session, selection)
    except ReformError as error:
        st.warning(plain(error))
        return None


def named_value(names: Names, facet: str, value: str) -> str:
    """Return the words for a value of a facet."""
    return words_of(facet, value, names.unique)


def words_of_selection(found: Chosen) -> str:
    """Return what is chosen as a line."""
    return found.selection.in_words(partial(named_value, found.names), listed)


def html_of_selection(found: Chosen) -> Html:
    """Return what is chosen as a line in which each name is in its language."""
    names = found.names

    def named(facet: str, value: str) -> Html:
        language = names.language(value) if facet in ENTITIES else None
        return in_language(language, named_value(names, facet, value))

    return found.selection.in_words(named, listed_html)


def choose(selection: Selection) -> None:
    """Make another selection the chosen one, as the callback of a button."""
    touched()
    st.session_state[_KEPT] = selection
    # Said to the widgets outright, since a browser keeps showing what it is not told to change.
    days = {"as_of": selection.as_of, "since": selection.since, "release": selection.release}
    facets = {name: list(selection.facet(name)) for name in FACETS}
    st.session_state.update({"axis": selection.axis, "q": selection.words, **days, **facets})


def _from_widgets() -> Selection:
    """Return the selection as the widgets have it; what no widget shows stays as it was."""
    state = st.session_state
    before: Selection = state.get(_KEPT, Selection())
    now = Selection(
        axis=state.get("axis") or before.axis,
        as_of=state.get("as_of", before.as_of),
        since=state.get("since", before.since),
        release=state.get("release", before.release),
        words=state.get("q", before.words) or "",
    )
    for name in FACETS:
        values = state.get(name, before.facet(name))
        now = now.with_facet(name, [without_count(value) for value in values])
    return now


def _keep_others(address: Query, lost: list[Lost]) -> None:
    """Take from the address how the selection is looked at."""
    for name in OTHERS:
        st.session_state.pop(name, None)
    view = next(iter(address.get("view", ())), "table")
    if view not in VIEWS:
        lost.append(Lost("View", view))
        view = "table"
    st.session_state["view"] = view
    for name in OTHERS[1:]:
        text = next(iter(address.get(name, ())), "")
        if text:
            is_number = text.isdecimal() and len(text) <= LONGEST_NUMBER
            st.session_state[name] = int(text) if is_number else text


def write_down(selection: Selection) -> None:
    """Put the selection, and how it is looked at, into the address."""
    known = {"axis", "as_of", "since", "release", "q", *FACETS, *OTHERS}
    write_address(parameters_of(selection), known)


def parameters_of(selection: Selection) -> dict[str, list[str]]:
    """Return the parameters of an address for the selection, and how it is looked at."""
    query = selection.to_query()
    defaults = {"view": "table", "page": 1, "by": "addressee", "limit": 25, "focus": ""}
    for name in OTHERS:
        value = st.session_state.get(name)
        if value and value != defaults[name]:
            query[name] = [str(value)]
    return query


# --- the widgets ---------------------------------------------------------------------------------


def ask(found: Chosen) -> None:
    """Draw the choices."""
    selection = found.selection
    _axis_and_day(selection)
    first, second = st.columns([1, 1])
    keep("q", selection.words)
    first.text_input(
        plain(say("Search")), key="q", type="search", icon=":material/search:", on_change=touched,
        placeholder=say("words of a recommendation, an actor, a theme"),
    )  # fmt: skip
    ask_facet(second, found, "status")
    for column, name in zip(st.container(key="facets").columns(4), FIRST_ROW, strict=True):
        ask_facet(column, found, name)
    # Always under one title: under another it would be another list, and close at each choice.
    more = st.expander(plain(say("More choices")), key="more", on_change=touched)
    if more.open:  # lists that nobody sees would cost as much as those that are seen
        columns = more.container(key="more-facets").columns(3)
        for i, name in enumerate(MORE):
            ask_facet(columns[i % 3], found, name)


def _axis_and_day(selection: Selection) -> None:
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    keep("axis", selection.axis)
    left.segmented_control(
        plain(say("Axis")), list(AXES), format_func=lambda name: plain(say(AXES[name])),
        key="axis", required=True, label_visibility="collapsed", on_change=touched,
    )  # fmt: skip
    choose_day(right, "as_of", say("As of"), selection.as_of,
               say("Only what was said by this day. Empty: all that is known."))  # fmt: skip


def choose_day(
    place: Place, key: str, title: str, day: dt.date | None, explained: str,
    chosen: Callable[[], None] = touched,
) -> None:  # fmt: skip
    """Draw the choice of a day that the selection holds; `chosen` is called when another one is."""
    keep(key, day)
    day_field(place, key, title, explained, changed=chosen)


def ask_facet(place: Place, found: Chosen, name: str) -> None:
    """Draw the choice of a facet's values."""
    counts, wanted = found.counts[name], found.selection.facet(name)
    then = found.before.counts.get(name, {}) if found.before and name != "change" else {}
    # What would leave nothing, now and then, is not offered, so that a long list stays short.
    options = [
        value for value in dict.fromkeys((*counts, *then))
        if counts.get(value) or then.get(value) or value in wanted
    ]  # fmt: skip
    keep_counted(name, wanted)
    place.multiselect(
        plain(say(FACETS[name])), options, key=name, placeholder=say("any"), on_change=touched,
        # Enter shall choose the one that is named, not all whose letters come in that order.
        filter_mode="contains", select_all=False,
        format_func=lambda value: counted(
            named_value(found.names, name, value), counts.get(value)
        ),
    )  # fmt: skip
