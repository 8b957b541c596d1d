"""Deciding one candidate: accept, edit its passage, split, merge, reject, leave open, undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from explorer.languages.saying import say
from explorer.markup import element, plain
from explorer.review.acting import attempt
from explorer.review.known import Known, is_decided
from explorer.review.statusform import status_form
from explorer.review.text import found, moved, shortened
from explorer.review.wording import (
    Wording,
    names_read,
    recommendation_form,
    together,
)
from explorer.screen import own_place, put
from ingest.decisions import Record, Verdict
from ingest.drafting import quoted
from ingest.facts import Facts
from ingest.fields import Span
from ingest.reviewing import Waiting
from ontology.errors import ReformError, UsageError

KEYS = {
    "accept": "A", "edit": "E", "split": "S", "merge": "M", "reject": "X", "unsure": "U",
    "next": "N", "previous": "P", "undo": "Z",
}  # fmt: skip
"""The key of each button; R and C are kept by Streamlit for itself."""
LETTERS = "letter keys"
"""Whether the keys count: who speaks to the machine, or types beside a field, may turn them off."""
WAYS = ("edit", "split", "merge")
DECIDED = {
    "accept": "{who} accepted this on {time} (decision {number})",
    "reject": "{who} rejected this on {time} (decision {number})",
}


def show(
    known: Known, who: str, one: Waiting, chosen: Sequence[Waiting], every: Sequence[Waiting]
) -> None:
    """Show what can be decided about one candidate."""
    _steps(known, who, one, chosen)
    if is_decided(one):
        _decided(known, who, one)
        return
    text = known.desk.reading(one.document).text
    names_read(one.candidate, text, known.withheld(one.document))
    with own_place():
        _notes(known, one)
    verdicts = st.container(horizontal=True, gap="xsmall")
    refused = st.container()
    pressed = {
        "accept": verdicts.button(
            plain(say("Accept")), shortcut=_key("accept"), type="primary", key=f"accept {one.id}"
        ),
        "reject": verdicts.button(
            plain(say("Reject")), shortcut=_key("reject"), key=f"reject {one.id}"
        ),
        "unsure": verdicts.button(
            plain(say("Unsure")), shortcut=_key("unsure"), key=f"unsure {one.id}"
        ),
    }
    mode = _mode(one, verdicts)
    with own_place():
        others = _merged(known, one, every) if mode == "merge" else []
        if mode == "edit":
            _bounds(known, one, 1)
    with own_place():
        wordings = _wordings(known, who, one, mode, text)
    reason = st.text_input(
        plain(say("Reason, when you reject or are unsure")),
        key=f"reason {one.id}",
        persist_state="page",
        placeholder=say("may be left empty"),
    )

    def verdict(action: str) -> Record:
        taken = [one, *others]
        facts = _facts(known, one, taken, wordings, mode) if action == "accept" else Facts()
        decision = Verdict.model_validate(
            {"action": action, "document": one.document, "facts": facts,
             "proposals": [each.proposal() for each in taken], "reason": reason or None}
        )  # fmt: skip
        return known.desk.record(who, decision)

    for action, is_pressed in pressed.items():
        if is_pressed and attempt(who, partial(verdict, action), refused):
            _go_on(one, every)


def _notes(known: Known, one: Waiting) -> None:
    """Say what is to be known before deciding about a candidate."""
    if one.decision and isinstance(one.decision.decision, Verdict):
        reason = one.decision.decision.reason
        told = say("{who} was unsure (decision {number})", who=one.decision.who,
                   number=one.decision.number)  # fmt: skip
        st.info(plain(f"{told}: {reason}" if reason else told))
    if one.known:
        ident = one.known.rpartition("/")[2]
        label = known.recommendations[ident].label if ident in known.recommendations else ident
        st.info(
            plain(
                say(
                    "Words of it are a passage of “{label}” already, which is on record.",
                    label=label,
                )
            )
        )
    if one.document not in known.described:
        st.info(
            plain(
                say("Nobody has said yet what this document is: say so under “Document” to accept.")
            )
        )


def spans_of(known: Known, one: Waiting, every: Sequence[Waiting]) -> list[Span]:
    """Return the stretches that are shown marked: the passage as it is worded now."""
    mode = st.session_state.get(f"mode {one.id}", "")
    if mode == "split":
        return [_span(known, one, part) for part in (1, 2)]
    if mode != "merge":
        return [_span(known, one, 1)]
    others = _mergeable(one, every)
    merged = _offer_next(one, others)
    return [_span(known, one, 1), *(_span(known, others[i], 1) for i in merged if i in others)]


def _mergeable(one: Waiting, every: Sequence[Waiting]) -> dict[str, Waiting]:
    """Return the other asks of the document that nobody has decided, by id."""
    return {
        other.id: other for other in every
        if other.id != one.id and other.candidate.kind != "status" and not is_decided(other)
    }  # fmt: skip


def _offer_next(one: Waiting, others: Mapping[str, Waiting]) -> list[str]:
    """Return what is chosen to be merged with a candidate: at first the one after it."""
    key = f"merged with {one.id}"
    if key not in st.session_state:
        later = [i for i, other in others.items() if other.candidate.start > one.candidate.start]
        st.session_state[key] = later[:1]
    return list(st.session_state[key])


def _span(known: Known, one: Waiting, part: int) -> Span:
    kept: Span | None = st.session_state.get(f"span {one.id} {part}")
    return kept or one.span(known.desk.reading(one.document).text, known.withheld(one.document))


def _steps(known: Known, who: str, one: Waiting, chosen: Sequence[Waiting]) -> None:
    """Show where in the queue this is, and the ways to the next, the one before, and back."""
    ids = [each.id for each in chosen]
    at = ids.index(one.id) if one.id in ids else -1
    before = chosen[at - 1] if at > 0 else None
    after = chosen[at + 1] if at + 1 < len(chosen) else None
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            plain(say("Previous")),
            shortcut=_key("previous"),
            disabled=before is None,
            key="review previous",
            on_click=_go,
            args=(before,),
        )
        st.button(plain(say("Next")), shortcut=_key("next"), disabled=after is None,
                  key="review next", on_click=_go, args=(after,))  # fmt: skip
        last = known.last_of(who) if who else None
        undo = st.button(
            plain(say("Undo {number}", number=last.number) if last else say("Undo")),
            shortcut=_key("undo"),
            disabled=last is None,
            key="review undo last",
            help=plain(say("Takes back your last decision.")),
        )
        st.toggle(
            plain(say("Letter keys")), value=True, key=LETTERS, persist_state="page",
            help=plain(
                say("A letter pressed outside a field decides at once. Off, only buttons do.")
            ),
        )  # fmt: skip
        place = (
            say("{number} of {count}", number=at + 1, count=len(chosen))
            if at >= 0
            else say("not among the {count} shown", count=len(chosen))
        )
        put(element("p", place, class_="rg-small"))
    if undo and last and attempt(who, lambda: known.desk.undo(who, last.id)):
        st.rerun()


def _go(one: Waiting | None) -> None:
    if one is not None:
        st.query_params["candidate"] = one.id.partition("/")[2]


def _go_on(one: Waiting, every: Sequence[Waiting]) -> None:
    """Go to the next open candidate after a decision."""
    at = [each.id for each in every].index(one.id)
    ahead = [each for each in (*every[at + 1 :], *every[:at]) if each.state == "open"]
    if ahead:
        _go(ahead[0])
    else:
        st.query_params.pop("candidate", None)
    st.rerun()


def _decided(known: Known, who: str, one: Waiting) -> None:
    record = one.decision
    assert record is not None
    assert isinstance(record.decision, Verdict)
    told = say(
        DECIDED[record.decision.action], who=record.who, number=record.number,
        time=f"{record.at:%Y-%m-%d %H:%M} UTC",
    )  # fmt: skip
    reason = record.decision.reason
    st.info(plain(f"{told}: {reason}" if reason else told))
    for entry in (*record.decision.facts.recommendations, *record.decision.facts.assessments):
        label = getattr(entry, "label", None) or getattr(entry, "status", "")
        put(element("p", element("strong", label)))
    if st.button(
        plain(say("Undo decision {number}", number=record.number)), key=f"undo {record.id}"
    ) and attempt(who, lambda: known.desk.undo(who, record.id)):
        st.rerun()


def _key(name: str) -> str | None:
    return KEYS[name] if st.session_state.get(LETTERS, True) else None


# --- the passage ---------------------------------------------------------------------------------


def _mode(one: Waiting, place: st.delta_generator.DeltaGenerator) -> str:
    """Offer to edit, split or merge; return which of them is on."""
    key = f"mode {one.id}"
    now: str = st.session_state.get(key, "")

    def switch(mode: str) -> None:
        st.session_state[key] = "" if st.session_state.get(key) == mode else mode

    ways = WAYS[:1] if one.candidate.kind == "status" else WAYS
    for mode in ways:
        title = f"{say(mode.capitalize())}{' ✓' if now == mode else ''}"
        place.button(plain(title), shortcut=_key(mode), key=f"{mode} {one.id}", on_click=switch,
                     args=(mode,))  # fmt: skip
    return now


def _bounds(known: Known, one: Waiting, part: int) -> None:
    """Move the ends of the passage word by word, or to words that are given."""
    reading, key = known.desk.reading(one.document), f"span {one.id} {part}"

    def move(end: str, step: int) -> None:
        st.session_state[key] = moved(reading.text, _span(known, one, part), end, step)

    with st.container(horizontal=True, gap="small", key=f"bounds {one.id} {part}"):
        for end, words in (("first", say("first word")), ("last", say("last word"))):
            for step, sign in ((-1, "◀"), (1, "▶")):
                st.button(
                    plain(f"{sign} {words}"), key=f"{key} {end} {step}", on_click=move,
                    args=(end, step), type="tertiary",
                )  # fmt: skip
    first, last = st.columns(2)
    begin = first.text_input(
        plain(say("First words")), key=f"{key} begin", placeholder=say("as they stand there")
    )
    end = last.text_input(
        plain(say("Last words")), key=f"{key} end", placeholder=say("as they stand there")
    )
    if st.button(plain(say("Take these words")), key=f"{key} take", disabled=not (begin and end)):
        try:
            st.session_state[key] = found(reading, begin, end, _span(known, one, part))
        except UsageError as error:
            st.error(plain(error))
        else:
            st.rerun()


def _merged(known: Known, one: Waiting, every: Sequence[Waiting]) -> list[Waiting]:
    """Ask which other candidates are the same recommendation; the next one is offered first."""
    key = f"merged with {one.id}"
    reading, withheld = known.desk.reading(one.document), known.withheld(one.document)
    others = _mergeable(one, every)
    _offer_next(one, others)

    def named(ident: str) -> str:
        if ident not in others:
            return ident
        candidate = others[ident].candidate
        return shortened(quoted(reading.text, candidate.start, candidate.end, withheld), 70)

    picked = st.multiselect(
        plain(say("Merged with")), list(others), format_func=named, key=key, persist_state="page",
        placeholder=say("choose candidates"),
    )  # fmt: skip
    return [others[ident] for ident in picked if ident in others]


# --- the facts -----------------------------------------------------------------------------------


def _wordings(known: Known, who: str, one: Waiting, mode: str, text: str) -> list[Wording]:
    candidate = one.candidate
    if candidate.kind == "status":
        near = known.alike.compare(text[candidate.sentence_start : candidate.sentence_end])
        form = status_form(known, one.id, who, near=near, document=one.document,
                           proposed=candidate.response)  # fmt: skip
        return [form]
    if mode != "split":
        start, end = _span(known, one, 1)
        return [recommendation_form(known, one.id, text[start:end], candidate, one.document)]
    wordings = []
    for part in (1, 2):
        st.markdown(plain(say("First part") if part == 1 else say("Second part")))
        _bounds(known, one, part)
        start, end = _span(known, one, part)
        key = one.id if part == 1 else f"{one.id} {part}"
        wordings.append(recommendation_form(known, key, text[start:end], candidate, one.document))
    return wordings


def _facts(
    known: Known, one: Waiting, taken: Sequence[Waiting], wordings: Sequence[Wording], mode: str
) -> Facts:
    """Return what is accepted: one recommendation or status, or two of a split one."""
    if mode == "split":
        spans = [_span(known, one, part) for part in (1, 2)]
        if spans[0] == spans[1]:
            raise ReformError(
                say("Both parts have the same passage. Move the ends of one of them.")
            )
        return together([
            wording.recommendation(one.document, known.desk.place(one.document, [span]))
            for wording, span in zip(wordings, spans, strict=True)
        ])  # fmt: skip
    place = known.desk.place(one.document, sorted(_span(known, each, 1) for each in taken))
    if one.candidate.kind == "status":
        return wordings[0].assessment(one.document, place)
    return wordings[0].recommendation(one.document, place)
