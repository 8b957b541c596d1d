"""Review: documents come in, candidates are decided one by one, statements are made by hand."""

from __future__ import annotations

import streamlit as st

from explorer.access.here import member_here
from explorer.markup import element, plain
from explorer.review import byhand, describing, importing, journal, taking, waiting
from explorer.review.acting import NOBODY, tell
from explorer.review.known import Known, known
from explorer.screen import note_unknown, own_place, put
from ingest.roles import Member, may

TABS = {
    "Queue": waiting.show,
    "Take in": taking.show,
    "Document": describing.show,
    "By hand": byhand.show,
    "Lists": importing.show,
    "Journal": journal.show,
}
"""The tabs, in the order of the screen."""
DECIDES = {"Queue": "accept", "Take in": "add", "Document": "describe", "By hand": "state",
           "Lists": "import"}  # fmt: skip
"""What is decided on a tab; whose role does not allow that does not see it."""


def show() -> None:
    """Show the page."""
    now = known()
    st.title("What do people decide?")
    member = member_here()
    who = _member(member) if member else _who(now.settings.reviewer)
    tabs = [tab for tab in TABS if not member or tab not in DECIDES or may(member, DECIDES[tab])]
    note_unknown("tab", tabs, "Tab")
    if wanted := st.session_state.pop("review go", None):
        st.session_state["tab"] = wanted
    tab = st.segmented_control(
        "Tab", tabs, key="tab", bind="query-params", required=True,
        default=None if wanted else tabs[0],
        format_func=lambda one: plain(one), label_visibility="collapsed",
    )  # fmt: skip
    tell()
    with own_place():
        if not member or may(member, "state"):
            _held_back(now)
    TABS[tab or tabs[0]](now, who)


def _held_back(now: Known) -> None:
    """Say how many cases are on record of which nothing is shown, and nothing else of them."""
    unknown = sum(case.disclosure == "consentUnknown" for _, case in now.corpus.entries("cases"))
    if unknown:
        told = "1 case" if unknown == 1 else f"{unknown} cases"
        put(element("p", f"{told} of unknown consent: held back, and shown and taken away nowhere.",
                    class_="rg-small"))  # fmt: skip


def _member(member: Member) -> str:
    """Say under which name the user who has logged in decides, and what the role leaves out."""
    told = {
        "reader": "A reader sees what was decided, and decides nothing. Ask a curator for more.",
        "reviewer": "A reviewer takes in, decides and states, and takes back her own decisions. "
        "Lists, and what others decided, are a curator's.",
        "curator": "A curator decides everything, and takes back anybody's decision.",
    }[member.role.value]
    put(element("p", "Logged in as ", element("strong", member.name), f". {told} "
                "This name stands in the record of each decision.", class_="rg-small"))  # fmt: skip
    return member.name


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
