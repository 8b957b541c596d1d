"""The queue of a document: its candidates counted, listed, and one at a time in the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from explorer.deciding import STATES
from explorer.languages.saying import number, say, say_number
from explorer.markup import Html, address, element, plain
from explorer.review import choices, deciding
from explorer.review.known import Known, is_decided
from explorer.review.text import AROUND, around, shortened
from explorer.screen import ask_one, beginning, own_place, put
from ingest.decisions import Verdict, live
from ingest.drafting import quoted
from ingest.reviewing import Waiting
from ontology.errors import ReformError

MARKS = {"open": "○", "unsure": "?", "accept": "●", "reject": "✕", "known": "="}
SHOWN = ("to decide", "unsure", "decided", "all")
KINDS = ("all kinds", "only asks", "only statuses")


def show(known: Known, who: str) -> None:
    """Show the tab."""
    empty = say("No document has been taken in yet. Begin under “{tab}”.", tab=say("Take in"))
    left, middle, right = st.columns([4, 3, 2], vertical_alignment="bottom")
    with left:
        document = choices.document(known, _documents(known), empty)
    with own_place():
        if not known.taken:
            st.info(plain(empty))
    with middle:
        shown = ask_one(st, "Show", SHOWN, "show", beside=True)
    kind = ask_one(right, "Kind", KINDS, "kind")
    if document is None:
        put(_waiting_documents(known))
        return
    try:
        every = known.queue(document)
        known.withheld(document)
    except ReformError as error:  # not at hand, or read otherwise than when names were withheld
        st.info(plain(error))
        return
    put(_counts(every))
    if not every:
        text = say(
            "The rules found nothing to decide here. What you find yourself goes in “{tab}”.",
            tab=say("By hand"),
        )
        put(element("p", text, class_="rg-empty"))
        return
    chosen = [one for one in every if _fits(one, shown, kind)]
    current = _current(every, chosen)
    if current is None:
        put(element("p", say("Nothing is left to decide here."), class_="rg-empty"))
        return
    left, right = st.columns([1, 1], gap="large")
    with left:
        _text(known, current, deciding.spans_of(known, current, every))
        _list(known, document, chosen, current)
    with right:
        deciding.show(known, who, current, chosen, every)


def _waiting_documents(known: Known) -> Html:
    """Return the documents taken in, each with the way to its queue and what was decided there."""
    decided = Counter(
        record.decision.document
        for record in live(known.records)
        if isinstance(record.decision, Verdict)
    )
    lines = [
        element("li", element("a", known.titles[ident], href=address("review", document=ident),
                              target="_self", dir="auto", lang=known.language(ident)), " · ",
                say_number(decided[ident], "1 decision", "{count:,} decisions"))
        for ident in known.taken
    ]  # fmt: skip
    return element("ul", *lines, class_="rg-list")


def _documents(known: Known) -> list[str]:
    """Return the documents taken in, then those of the corpus, whose text may be at hand."""
    without = {*known.taken, *known.lists}
    others = [i for i, one in known.described.items() if one.file and i not in without]
    return [*known.taken, *others]


def _fits(one: Waiting, shown: str, kind: str) -> bool:
    of_kind = kind == KINDS[0] or (one.candidate.kind == "status") == (kind == KINDS[2])
    states = {SHOWN[0]: one.state in ("open", "unsure"), SHOWN[1]: one.state == "unsure",
              SHOWN[2]: is_decided(one) or one.state == "known"}  # fmt: skip
    return of_kind and states.get(shown, True)


def _counts(every: Sequence[Waiting]) -> Html:
    counts = Counter(one.state for one in every)
    statuses = sum(one.candidate.kind == "status" for one in every)
    items = [element("li", element("b", counts[state]), f"{MARKS[state]} {say(STATES[state])}")
             for state in MARKS if counts[state] or state != "known"]  # fmt: skip
    told = say("Proposed by rules: asks {asks}, statuses {statuses}.",
               asks=len(every) - statuses, statuses=statuses)  # fmt: skip
    return element("div", element("ul", *items, class_="rg-counts"),
                   element("p", told, class_="rg-small"))  # fmt: skip


def _current(every: Sequence[Waiting], chosen: Sequence[Waiting]) -> Waiting | None:
    """Return the candidate that the address names, or the first of those shown."""
    warnings = own_place()
    named = st.query_params.get("candidate", "")
    for one in every:
        if one.id.partition("/")[2] == named:
            return one
    if named:
        warnings.warning(
            plain(
                say(
                    "{title}: {value} is no choice here and was left out.",
                    title=say("Candidate"),
                    value=beginning(named),
                )
            )
        )
    if chosen:  # so that a decision of somebody else does not put another in its place unseen
        st.query_params["candidate"] = chosen[0].id.partition("/")[2]
    return chosen[0] if chosen else None


def _text(known: Known, one: Waiting, spans: Sequence[tuple[int, int]]) -> None:
    reach = f"review reach {one.id}"
    reading = known.desk.reading(one.document)
    length = st.session_state.get(reach, AROUND)
    put(around(reading, spans, known.withheld(one.document), length))
    more = own_place()
    if length < len(reading.text):
        more.button(
            plain(say("Show more of the text")), key=f"{reach} more", type="tertiary",
            on_click=lambda: st.session_state.update({reach: length * 2 + 600}),
        )  # fmt: skip


def _list(known: Known, document: str, chosen: Sequence[Waiting], current: Waiting) -> None:
    """Show the candidates as a compact list; a tick goes to one."""
    reading, withheld = known.desk.reading(document), known.withheld(document)
    lines = [
        {
            "": "▶" if one.id == current.id else "",
            say("State"): f"{MARKS[one.state]} {say(STATES[one.state])}",
            say("Page"): str(one.candidate.page or ""),
            say("Kind"): say(one.candidate.kind),
            say("Words"): shortened(
                quoted(reading.text, one.candidate.start, one.candidate.end, withheld)
            ),
            say("Score"): number(one.candidate.score, ".2f"),
        }
        for one in chosen
    ]
    if not any(line[say("Page")] for line in lines):
        lines = [{k: v for k, v in line.items() if k != say("Page")} for line in lines]
    key = f"review list {document} {len(chosen)}"

    def go() -> None:
        rows = st.session_state[key].selection.rows or [st.session_state.get(f"{key} last", 0)]
        st.session_state[f"{key} last"] = rows[0]
        st.query_params["candidate"] = chosen[rows[0]].id.partition("/")[2]

    st.dataframe(
        lines, key=key, on_select=go, selection_mode="single-row", hide_index=True,
        height=min(35 * len(lines) + 38, 300), alt=say("The candidates of this document"),
        column_config={
            "": st.column_config.TextColumn(width=30),
            say("State"): st.column_config.TextColumn(width=85),
            say("Page"): st.column_config.TextColumn(width=50),
            say("Kind"): st.column_config.TextColumn(width=75),
            say("Words"): st.column_config.TextColumn(width=240),
            say("Score"): st.column_config.TextColumn(width=50),
        },
    )  # fmt: skip
