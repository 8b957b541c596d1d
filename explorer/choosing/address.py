"""What the address of a page and its widgets share: whichever changed last is what counts."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from explorer.languages.saying import in_address, number, say
from explorer.markup import plain
from explorer.screen import left_out
from explorer.selection import Lost, Query, Selection

_TOUCHED: Final = "a choice was touched"
_WRITTEN: Final = "the address as written"


def touched() -> None:
    """Note, as the callback of a widget, that a widget changed and not the address.

    Every widget of the page has it, also one that chooses nothing, such as a list that opens: what
    the browser sends with it may still be the address before the last choice, which would undo it.
    """
    st.session_state[_TOUCHED] = True


def link_of(selection: Selection, **others: str) -> str:
    """Return the address of a selection on the page of the recommendations."""
    others |= in_address()
    query = {**selection.to_query(), **{name: [value] for name, value in others.items()}}
    return "./?" + urlencode(query, doseq=True)


def new_address() -> Query | None:
    """Return the parameters of the address where it is new; None where the widgets count.

    It is new when a link is opened, and when somebody goes back: then it is not what was written
    last, and no widget was touched; or no widget is left, since another page was shown between.
    Streamlit's own binding of widgets to the address would write a value by the words that are
    shown, which change with the count beside them and the language.
    """
    given = {name: st.query_params.get_all(name) for name in st.query_params}
    was_touched = st.session_state.pop(_TOUCHED, False)
    written: Query | None = st.session_state.get(_WRITTEN)
    if written is None:
        return given
    was_away = "axis" not in st.session_state
    if was_away and ("id" in given or _without_day(given) == _without_day(written)):
        # Who goes back from the page of an entity finds the choice that was left. On the way there
        # Streamlit kept its address behind the name of this page, and on the way back it takes
        # out the day that both have.
        st.query_params.from_dict(written)
        return written
    return given if was_away or (given != written and not was_touched) else None


def _without_day(query: Query) -> Query:
    return {name: values for name, values in query.items() if name != "as_of"}


def write_address(query: Query, known: Collection[str]) -> None:
    """Make the address hold these parameters; others than the `known` ones stay as they are."""
    given = {name: st.query_params.get_all(name) for name in st.query_params}
    others = {name: values for name, values in given.items() if name not in known}
    wanted = {**others, **{name: list(values) for name, values in query.items()}}
    if wanted != given:
        st.query_params.from_dict(wanted)
    st.session_state[_WRITTEN] = wanted


def keep(key: str, value: object) -> None:
    """Give a widget its value before it is drawn."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def keep_counted(key: str, values: Collection[str]) -> None:
    """Give a list of choices its values anew each time: the counts in their words have changed."""
    if values or st.session_state.get(key):
        st.session_state[key] = list(values)


def counted(words: str, count: int | None) -> str:
    """Return the words of a choice with the number of what fits behind them."""
    return f"{words} · {number(count or 0)}"


def without_count(words: str) -> str:
    """Return the words of a choice that `counted` made."""
    return re.sub(r" · [\d,\u00a0]+$", "", words)


def tell_lost(lost: Collection[Lost]) -> None:
    """Say what an address asks for and nothing here answers; it would be lost silently."""
    by_title: Mapping[str, list[Lost]] = {
        title: [one for one in lost if one.title == title]
        for title in dict.fromkeys(one.title for one in lost)
    }
    for title, several in by_title.items():
        value = ", ".join(one.value for one in several)
        st.warning(plain(left_out(say(title), value, is_day=several[0].is_day)))
