"""The journal for the eye: every decision in words, newest first, each with its way back."""

from __future__ import annotations

import streamlit as st

from explorer.access.here import member_here
from explorer.entitypages import in_english, in_language
from explorer.languages.saying import SEMICOLON, data_language, for_number, say
from explorer.markup import Html, address, element, listed_html, plain, say_html
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
VERBS = {
    "reject": ("rejected a proposal in “{title}”", "rejected {count} proposals in “{title}”"),
    "unsure": ("left open a proposal in “{title}”", "left open {count} proposals in “{title}”"),
}


def show(known: Known, who: str) -> None:
    """Show the tab."""
    if not known.records:
        put(element("p", say("Nothing has been decided yet."), class_="rg-empty"))
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
                title = say("Redo") if isinstance(record.decision, Undo) else say("Undo")
                right.button(plain(title), key=f"journal undo {record.id}", on_click=_ask,
                             args=(record.id,))  # fmt: skip
            if st.session_state.get("review undoing") == record.id:
                _confirm(known, who, record)
    if shown < len(known.records):
        st.button(
            plain(say("Show more ({count:,} older)", count=len(known.records) - shown)),
            key="review journal more",
            on_click=lambda: st.session_state.update({"review journal": shown + 4 * A_TIME}),
        )


def _ask(ident: str) -> None:
    st.session_state["review undoing"] = ident


def _confirm(known: Known, who: str, record: Record) -> None:
    left, right = st.columns([5, 2], vertical_alignment="bottom")
    reason = left.text_input(plain(say("Reason")), key=f"journal reason {record.id}",
                             placeholder=say("may be left empty"))  # fmt: skip
    with right.container(horizontal=True):
        sure = st.button(
            plain(say("Take back {number}", number=record.number)),
            type="primary",
            key="journal sure",
        )
        if st.button(plain(say("Leave it")), key="journal leave"):
            st.session_state.pop("review undoing", None)
            st.rerun()
    if sure and attempt(who, lambda: known.desk.undo(who, record.id, reason or None)):
        st.session_state.pop("review undoing", None)
        st.rerun()


def _line(known: Known, record: Record, undoer: Record | None) -> Html:
    words = what(known, record)
    told = element("s", words) if undoer else words
    by = None
    if undoer:
        by = element("span", " ", say("Taken back by {who} (decision {number}).", who=undoer.who,
                                      number=undoer.number))  # fmt: skip
    reason = getattr(record.decision, "reason", None)
    return element(
        "div",
        element("span", f"{record.number} ", class_="rg-muted"),
        element("strong", record.who), " ", told, by,
        element("div", f"{record.at:%Y-%m-%d %H:%M} UTC", _rules(record),
                " · " + say("reason: {reason}", reason=reason) if reason else "",
                class_="rg-small"),
        class_="rg-decision",
    )  # fmt: skip


def _rules(record: Record) -> str:
    """Return which rules proposed what was decided, and in which version."""
    if not isinstance(record.decision, Verdict):
        return ""
    proposals = record.decision.proposals
    rules = sorted({say("{rule}, version {version}", rule=p.rule, version=p.rules_version)
                    for p in proposals})  # fmt: skip
    return " · " + say("proposed by rule: {rules}", rules="; ".join(rules))


def what(known: Known, record: Record) -> Html:
    """Return what was decided, in words that stand after the name of who decided."""
    decision = record.decision
    if isinstance(decision, Verdict):
        return _verdict(known, decision)
    if isinstance(decision, Declaration):
        return say_html("stated {what} on “{title}”", what=_facts(known, decision.facts),
                        title=_title(known, decision.document))  # fmt: skip
    if isinstance(decision, Addition):
        if decision.url:
            told = say_html("took in {name} from {url}", name=decision.name, url=decision.url)
        else:
            told = say_html("took in {name}", name=decision.name)
        return told
    if isinstance(decision, Description):
        said = decision.document
        title = in_language(data_language(said.titled_in), said.title)
        return say_html("said what “{title}” is", title=title)
    if isinstance(decision, Import):
        return say_html("imported {name}", name=decision.name)
    if isinstance(decision, Reminder):
        return say_html("wants to look again on {day} at “{name}”", day=str(decision.on),
                        name=_recommendation(known, decision.recommendation))  # fmt: skip
    number = next((r.number for r in known.records if r.id == decision.undoes), "?")
    return say_html("took back decision {number}", number=number)


def _verdict(known: Known, decision: Verdict) -> Html:
    title = _title(known, decision.document)
    if decision.action == "accept":
        return say_html("accepted {what} in “{title}”", what=_facts(known, decision.facts),
                        title=title)  # fmt: skip
    count = len(decision.proposals)
    return say_html(for_number(count, *VERBS[decision.action]), count=f"{count:,}", title=title)


def _title(known: Known, document: str) -> Html:
    return in_language(known.language(document), known.titles.get(document, document))


def _facts(known: Known, facts: Facts) -> Html:
    """Return what was put on record, one thing after the other."""
    told = [
        say_html("the recommendation “{name}”",
                 name=_linked(one.id, one.label))
        for one in facts.recommendations
    ]  # fmt: skip
    told += [
        say_html(
            "the status {status} as of {day}, said by {who}, of “{name}”",
            status=marked_word(one.status), day=str(one.as_of),
            who=in_english(known.actors.get(one.by, one.by)), name=_recommendation(known, one.of),
        )
        for one in facts.assessments
    ]  # fmt: skip
    told += [say_html("the claim “{claim}”", claim=in_english(one.summary)) for one in facts.claims]
    return listed_html(told, SEMICOLON)


def _recommendation(known: Known, ident: str) -> Html:
    known_one = known.recommendations.get(ident)
    label = known_one.label if known_one else ident
    return _linked(ident, label)


def _linked(ident: str, label: str) -> Html:
    """Return the label of a recommendation, which is in English, as a link to its page."""
    return element("a", in_english(label), href=address("recommendation", id=ident))
