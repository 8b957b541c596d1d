"""Review: documents come in, candidates are decided one by one, statements are made by hand."""

from __future__ import annotations

import streamlit as st

from explorer.markup import element, plain
from explorer.review import byhand, describing, importing, journal, taking, waiting
from explorer.review.acting import NOBODY, tell
from explorer.review.known import known
from explorer.screen import note_unknown, put

TABS = {
    "Queue": waiting.show,
    "Take in": taking.show,
    "Document": describing.show,
    "By hand": byhand.show,
    "Lists": importing.show,
    "Journal": journal.show,
}
"""The tabs, in the order of the screen."""


def show() -> None:
    """Show the page."""
    now = known()
    st.title("What do people decide?")
    who = _who(now.settings.reviewer)
    note_unknown("tab", list(TABS), "Tab")
    if wanted := st.session_state.pop("review go", None):
        st.session_state["tab"] = wanted
    tab = st.segmented_control(
        "Tab", list(TABS), key="tab", bind="query-params", required=True,
        default=None if wanted else "Queue",
        format_func=lambda one: plain(one), label_visibility="collapsed",
    )  # fmt: skip
    tell()
    TABS[tab or "Queue"](now, who)


def _who(default: str | None) -> str:
    """Ask who decides; the name is kept for the session."""
    if "who" not in st.session_state:
        st.session_state["who"] = default or ""
    left, right = st.columns([2, 5], vertical_alignment="bottom")
    who = left.text_input(
        "Who decides", key="who", max_chars=160, persist_state="session", placeholder="your name"
    )
    told = (
        "The name stands in the record of each decision and is shown in the graph. "
        "It may be a pseudonym."
    )
    with right:
        put(element("p", told if who else f"{NOBODY} {told}", class_="rg-small"))
    return (who or "").strip()
