"""Which language a page is in: that of its address, the one chosen before, or the browser's."""

from __future__ import annotations

from typing import Final

import streamlit as st

from explorer.languages.saying import NAMES, PARAMETER, in_address, known, say, speak, spoken
from explorer.markup import plain

_CHOSEN: Final = "the language chosen"
_WIDGET: Final = "language"
NOTE: Final = (
    "Translated with the help of a machine and not yet reviewed by native speakers. Names, "
    "summaries, titles and passages stay in their language, and definitions in English."
)


def settle() -> None:
    """Speak the language of the page; a part of it that runs alone says so again."""
    asked = known(st.query_params.get(PARAMETER))
    if asked:
        st.session_state[_CHOSEN] = asked
    chosen = asked or st.session_state.get(_CHOSEN)
    speak(chosen or known(st.context.locale) or "en", chosen=bool(chosen))


def begin() -> None:
    """Speak the language of the page, and keep one that was chosen in the address."""
    settle()
    for name, value in in_address().items():
        if st.query_params.get(name) != value:  # a menu leads to an address without it
            st.query_params[name] = value


def switch() -> None:
    """Draw the choice of the language."""
    st.session_state[_WIDGET] = spoken()
    with st.container(horizontal=True, horizontal_alignment="right", key="languages"):
        opened = st.popover(
            plain(NAMES[spoken()]), icon=":material/translate:", type="tertiary",
            help=plain(say("The language of the pages")),
        )  # fmt: skip
        opened.radio(
            plain(say("Language")), list(NAMES), format_func=lambda tag: plain(NAMES[tag]),
            key=_WIDGET, on_change=_choose,
        )  # fmt: skip
        opened.caption(plain(say(NOTE)))


def _choose() -> None:
    st.query_params[PARAMETER] = st.session_state[_WIDGET]
