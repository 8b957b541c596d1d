"""The journal for the eye: every decision in words, newest first, each with its way back."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from explorer.access.here import member_here
from explorer.markup import Html, address, element, joined, plain
from explorer.review.acting import attempt
from explorer.review.known import Known
from explorer.screen import put
from explorer.words import marked_word
from ingest.decisions import (
    Addition,
    Declaration,
    Description,
    Import,
    Record,
    Reminder,
    Undo,
    Verdict,
)
from ingest.facts import Facts
from ingest.roles import may_undo

A_TIME = 25
"""How many decisions are shown at a time."""
VERBS = {"accept": "accepted", "reject": "rejected", "unsure": "left open"}


def show(known: Known, who: str) -> None:
    """Show the tab."""
    if not known.records:
        put(element("p", "Nothing has been decided yet.", class_="rg-empty"))
        return
    undoers = {
        record.decision.undoes: record
        for record in known.records
        if isinstance(record.decision, Undo) and record.id not in known.undone
    }
    member = member_here()
    shown = st.session_state.get("review journal", A_TIME)
    for record in list(reversed(known.records))[:shown]:
        with st.container(key=f"journal {record.number}"):
            left, right = st.columns([8, 1], vertical_alignment="center")
            with left:
                put(_line(known, record, undoers.get(record.id)))
            if record.id not in known.undone and (not member or may_undo(member, record)):
                title = "Redo" if isinstance(record.decision, Undo) else "Undo"
                right.button(plain(title), key=f"journal undo {record.id}", on_click=_ask,
                             args=(record.id,))  # fmt: skip
            if st.session_state.get("review undoing") == record.id:
                _confirm(known, who, record)
    if shown < len(known.records):
        st.button(
            plain(f"Show more ({len(known.records) - shown} older)"), key="review journal more",
            on_click=lambda: st.session_state.update({"review journal": shown + 4 * A_TIME}),
        )  # fmt: skip


def _ask(ident: str) -> None:
    st.session_state["review undoing"] = ident


def _confirm(known: Known, who: str, record: Record) -> None:
    left, right = st.columns([5, 2], vertical_alignment="bottom")
    reason = left.text_input("Reason", key=f"journal reason {record.id}",
                             placeholder="may be left empty")  # fmt: skip
    with right.container(horizontal=True):
        sure = st.button(plain(f"Take back {record.number}"), type="primary", key="journal sure")
        if st.button("Leave it", key="journal leave"):
            st.session_state.pop("review undoing", None)
            st.rerun()
    if sure and attempt(who, lambda: known.desk.undo(who, record.id, reason or None)):
        st.session_state.pop("review undoing", None)
        st.rerun()


def _line(known: Known, record: Record, undoer: Record | None) -> Html:
    words = joined(what(known, record))
    told = element("s", words) if undoer else words
    by = None
    if undoer:
        by = element("span", f" Taken back by {undoer.who} (decision {undoer.number}).")
    reason = getattr(record.decision, "reason", None)
    return element(
        "div",
        element("span", f"{record.number} ", class_="rg-muted"),
        element("strong", record.who), " ", told, by,
        element("div", f"{record.at:%Y-%m-%d %H:%M} UTC", _rules(record),
                f" · reason: {reason}" if reason else "", class_="rg-small"),
        class_="rg-decision",
    )  # fmt: skip


def _rules(record: Record) -> str:
    """Return which rules proposed what was decided, and in which version."""
    if not isinstance(record.decision, Verdict):
        return ""
    rules = sorted({f"{p.rule}, version {p.rules_version}" for p in record.decision.proposals})
    return f" · proposed by rule {'; '.join(rules)}"


def what(known: Known, record: Record) -> Iterator[Html | str]:
    """Yield what was decided, in words."""
    decision = record.decision
    if isinstance(decision, Verdict):
        yield f"{VERBS[decision.action]} "
        if decision.action != "accept":
            count = len(decision.proposals)
            yield "a proposal " if count == 1 else f"{count} proposals "
        yield from _facts(known, decision.facts)
        yield f"in “{_title(known, decision.document)}”"
    elif isinstance(decision, Declaration):
        yield "stated "
        yield from _facts(known, decision.facts)
        yield f"on “{_title(known, decision.document)}”"
    elif isinstance(decision, Addition):
        yield f"took in {decision.name}"
        yield f" from {decision.url}" if decision.url else ""
    elif isinstance(decision, Description):
        yield f"said what “{decision.document.title}” is"
    elif isinstance(decision, Import):
        yield f"imported {decision.name}"
    elif isinstance(decision, Reminder):
        yield f"wants to look again on {decision.on} at "
        yield _recommendation(known, decision.recommendation)
    elif isinstance(decision, Undo):
        number = next((r.number for r in known.records if r.id == decision.undoes), "?")
        yield f"took back decision {number}"


def _title(known: Known, document: str) -> str:
    return known.titles.get(document, document)


def _facts(known: Known, facts: Facts) -> Iterator[Html | str]:
    for wanted in facts.recommendations:
        yield "the recommendation “"
        yield element("a", wanted.label, href=address("recommendation", id=wanted.id))
        yield "” "
    for judged in facts.assessments:
        by = known.actors.get(judged.by, judged.by)
        yield f"the status {marked_word(judged.status)} as of {judged.as_of}, said by {by}, of "
        yield _recommendation(known, judged.of)
        yield " "
    for claim in facts.claims:
        yield f"the claim “{claim.summary}” "


def _recommendation(known: Known, ident: str) -> Html:
    known_one = known.recommendations.get(ident)
    label = known_one.label if known_one else ident
    return joined("“", element("a", label, href=address("recommendation", id=ident)), "”")
