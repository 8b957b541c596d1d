"""Review: documents come in, candidates are decided one by one, statements are made by hand."""

from __future__ import annotations

import streamlit as st

from explorer.access.here import member_here
from explorer.languages.saying import say, say_number
from explorer.markup import element, plain, say_html
from explorer.review import byhand, describing, importing, journal, taking, waiting
from explorer.review.acting import NOBODY, tell
from explorer.review.known import Known, known
from explorer.screen import ask_one, own_place, put
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
ROLES = {
    "reader": "A reader sees what was decided, and decides nothing. Ask a curator for more.",
    "reviewer": "A reviewer takes in, decides and states, and takes back their own decisions. "
    "Lists, and what others decided, are a curator's.",
    "curator": "A curator decides everything, and takes back anybody's decision.",
}
"""What each role may do."""


def show() -> None:
    """Show the page."""
    now = known()
    st.title(plain(say("What do people decide?")))
    member = member_here()
    who = _member(member) if member else _who(now.settings.reviewer)
    tabs = [tab for tab in TABS if not member or tab not in DECIDES or may(member, DECIDES[tab])]
    if wanted := st.session_state.pop("review go", None):
        st.query_params["tab"] = wanted
    tab = ask_one(st, "Tab", tabs, "tab", beside=True)
    tell()
    with own_place():
        if not member or may(member, "state"):
            _held_back(now)
    TABS[tab](now, who)


def _held_back(now: Known) -> None:
    """Say how many cases are on record of which nothing is shown, and nothing else of them."""
    unknown = sum(case.disclosure == "consentUnknown" for _, case in now.corpus.entries("cases"))
    if unknown:
        told = say_number(
            unknown, "1 case of unknown consent: held back, and shown and taken away nowhere.",
            "{count:,} cases of unknown consent: held back, and shown and taken away nowhere.",
        )  # fmt: skip
        put(element("p", told, class_="rg-small"))


def _member(member: Member) -> str:
    """Say under which name the user who has logged in decides, and what the role leaves out."""
    told = say(ROLES[member.role.value])
    name = element("strong", member.name)
    as_whom = say_html("Logged in as {name}. {told} This name stands in the record of each "
                       "decision.", name=name, told=told)  # fmt: skip
    put(element("p", as_whom, class_="rg-small"))
    return member.name


def _who(default: str | None) -> str:
    """Ask who decides; the name is kept for the session."""
    if "who" not in st.session_state:
        st.session_state["who"] = default or ""
    left, right = st.columns([2, 5], vertical_alignment="bottom")
    who = left.text_input(
        plain(say("Who decides")),
        key="who",
        max_chars=160,
        persist_state="session",
        placeholder=say("your name"),
    )
    told = say(
        "The name stands in the record of each decision and is shown in the graph. "
        "It may be a pseudonym."
    )
    with right:
        put(element("p", told if who else f"{say(NOBODY)} {told}", class_="rg-small"))
    return (who or "").strip()
