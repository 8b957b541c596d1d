"""The queue of a document: its candidates counted, listed, and one at a time in the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from explorer.deciding import STATES
from explorer.markup import Html, element, plain
from explorer.review import choices, deciding
from explorer.review.known import Known, is_decided
from explorer.review.text import AROUND, around, number, shortened
from explorer.screen import note_unknown, own_place, put
from ingest.decisions import Verdict, live
from ingest.drafting import quoted
from ingest.reviewing import Waiting
from ontology.errors import ReformError

MARKS = {"open": "○", "unsure": "?", "accept": "●", "reject": "✕", "known": "="}
SHOWN = ("to decide", "unsure", "decided", "all")
KINDS = ("all kinds", "asks", "statuses")


def show(known: Known, who: str) -> None:
    """Show the tab."""
    empty = "No document has been taken in yet. Begin under “Take in”."
    left, middle, right = st.columns([4, 3, 2], vertical_alignment="bottom")
    with left:
        document = choices.document(known, _documents(known), empty)
    with own_place():
        if not known.taken:
            st.info(plain(empty))
    note_unknown("show", SHOWN, "Show")
    with middle:
        shown = st.segmented_control(
            "Show", SHOWN, default=SHOWN[0], key="show", bind="query-params", required=True,
            format_func=lambda one: plain(one),
        )  # fmt: skip
    note_unknown("kind", KINDS, "Kind")
    kind = right.selectbox("Kind", KINDS, key="kind", bind="query-params")
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
        text = "The rules found nothing to decide here. What you find yourself goes in “By hand”."
        put(element("p", text, class_="rg-empty"))
        return
    chosen = [one for one in every if _fits(one, shown or SHOWN[0], kind)]
    current = _current(every, chosen)
    if current is None:
        put(element("p", "Nothing is left to decide here.", class_="rg-empty"))
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
        element("li", element("a", known.titles[ident], href=f"?document={ident}", target="_self",
                              dir="auto"), f" · {number(decided[ident], 'decision')}")
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
    items = [element("li", element("b", counts[state]), f"{MARKS[state]} {STATES[state]}")
             for state in MARKS if counts[state] or state != "known"]  # fmt: skip
    told = (
        f"Proposed by rules: {number(len(every) - statuses, 'ask')} and "
        f"{number(statuses, 'status', 'statuses')}."
    )
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
        warnings.warning(plain(f"Candidate: {named} is no choice here and was left out."))
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
            "Show more of the text", key=f"{reach} more", type="tertiary",
            on_click=lambda: st.session_state.update({reach: length * 2 + 600}),
        )  # fmt: skip


def _list(known: Known, document: str, chosen: Sequence[Waiting], current: Waiting) -> None:
    """Show the candidates as a compact list; a tick goes to one."""
    reading, withheld = known.desk.reading(document), known.withheld(document)
    lines = [
        {
            "": "▶" if one.id == current.id else "",
            "State": f"{MARKS[one.state]} {STATES[one.state]}",
            "Page": str(one.candidate.page or ""),
            "Kind": one.candidate.kind,
            "Words": shortened(
                quoted(reading.text, one.candidate.start, one.candidate.end, withheld)
            ),
            "Score": f"{one.candidate.score:.2f}",
        }
        for one in chosen
    ]
    if not any(line["Page"] for line in lines):
        lines = [{k: v for k, v in line.items() if k != "Page"} for line in lines]
    key = f"review list {document} {len(chosen)}"

    def go() -> None:
        rows = st.session_state[key].selection.rows or [st.session_state.get(f"{key} last", 0)]
        st.session_state[f"{key} last"] = rows[0]
        st.query_params["candidate"] = chosen[rows[0]].id.partition("/")[2]

    st.dataframe(
        lines, key=key, on_select=go, selection_mode="single-row", hide_index=True,
        height=min(35 * len(lines) + 38, 300), alt="The candidates of this document",
        column_config={
            "": st.column_config.TextColumn(width=30),
            "State": st.column_config.TextColumn(width=85),
            "Page": st.column_config.TextColumn(width=50),
            "Kind": st.column_config.TextColumn(width=75),
            "Words": st.column_config.TextColumn(width=240),
            "Score": st.column_config.TextColumn(width=50),
        },
    )  # fmt: skip
