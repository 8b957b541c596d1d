"""The form in which a person words what became of a recommendation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from explorer.languages.saying import say
from explorer.markup import plain
from explorer.review import choices, suggesting
from explorer.review.known import Known
from explorer.review.wording import Wording, as_of
from explorer.screen import own_place
from explorer.words import AXES, AXIS_QUESTIONS, marked_word, word
from ingest.linking import Comparison
from ontology.terms import scheme


def status_form(
    known: Known,
    key: str,
    who: str,
    *,
    near: Sequence[Comparison] = (),
    filled: Mapping[str, Any] | None = None,
    axes: Sequence[str] = tuple(AXES),
    document: str = "",
    proposed: str = "",
) -> Wording:
    """Ask for what somebody says became of a recommendation.

    `filled` are values to begin with; `near` are recommendations it may be about; `proposed` is
    the status that a rule read, shown and not taken.
    """
    wording, start = Wording(), dict(filled or {})
    said = wording.said
    said["of"] = choices.recommendation(known, f"{key} of", near, start.get("of"))
    said["axis"], said["status"] = _status(key, axes, proposed, start)
    assessor = choices.one_actor(
        say("Who says so"), f"{key} by", known, me=who, first=start.get("by", ""),
        explained=say("The one whose statement it is: you, when you read the text yourself."),
    )  # fmt: skip
    wording.take("by", assessor, "actors")
    left, right = st.columns(2)
    bases = list(scheme("basis"))
    if start.get("basis") and f"{key} basis" not in st.session_state:
        st.session_state[f"{key} basis"] = start["basis"]
    said["basis"] = left.selectbox(
        plain(say("On what it rests")), bases, index=None, format_func=word, key=f"{key} basis",
        placeholder=say("choose"), persist_state="page",
    )  # fmt: skip
    with right:
        said["as_of"] = as_of(f"{key} as of")
    with st.expander(
        plain(say("Who relays it, the provision, what it corrects, a note")), key=f"{key} more"
    ):
        told = choices.actors(say("Told by, when another relays it"), f"{key} told by", known,
                              suggesting.publisher(known, document))  # fmt: skip
        wording.take("reported_by", told, "actors")
        provisions = _provisions(known)
        said["provision"] = st.selectbox(
            plain(say("The text that shows it")),
            list(provisions),
            index=None,
            key=f"{key} provision",
            format_func=lambda one: provisions.get(one, one),
            placeholder=say("none"),
            persist_state="page",
        )
        with own_place():
            said["revises"] = _revised(known, key, said["of"], said["by"])
        said["note"] = st.text_area(
            plain(say("Note, in your own words")),
            key=f"{key} note",
            height=70,
            persist_state="page",
        )
    return wording


def _revised(known: Known, key: str, of: str | None, by: Sequence[str]) -> str | None:
    """Ask which earlier status of the same assessor was a mistake; others just grow old."""
    earlier = {
        one.id: say("{status}, as of {day}", status=marked_word(one.status), day=one.as_of)
        for _, one in known.corpus.entries("assessments")
        if one.of == of and [one.by] == list(by)
    }
    if not earlier:
        return None
    chosen: str | None = st.selectbox(
        plain(say("It corrects a mistake in")), list(earlier), index=None, key=f"{key} revises",
        format_func=lambda one: earlier.get(one, one), persist_state="page",
        placeholder=say("nothing: what was said before was right then"),
    )  # fmt: skip
    return chosen


def _status(
    key: str, axes: Sequence[str], proposed: str, start: Mapping[str, Any]
) -> tuple[str | None, str | None]:
    options = [f"{axis}:{status}" for axis in axes for status in scheme(axis)]
    if start.get("status") and f"{key} status" not in st.session_state:
        st.session_state[f"{key} status"] = f"{start['axis']}:{start['status']}"

    def named(one: str) -> str:
        axis, _, status = one.partition(":")
        return f"{say(AXES[axis])}: {marked_word(status)}"

    fits = [one for one in options if one.endswith(f":{proposed}")]
    told = "; ".join(say(AXIS_QUESTIONS[axis]) for axis in axes)
    chosen = st.selectbox(
        plain(say("Status")),
        options,
        index=None,
        key=f"{key} status",
        format_func=named,
        help=plain(told),
        placeholder=say("choose"),
        persist_state="page",
    )
    offered = own_place()
    if fits and chosen is None:
        with offered, st.container(horizontal=True, gap="small"):
            for one in fits[:3]:
                st.button(
                    plain(f"+ {named(one)}"), key=f"{key} + {one}", type="tertiary",
                    help=plain(say("What the rule read in the passage.")),
                    on_click=lambda one=one: st.session_state.update({f"{key} status": one}),
                )  # fmt: skip
    if not chosen:
        return None, None
    axis, _, status = chosen.partition(":")
    return axis, status


def _provisions(known: Known) -> dict[str, str]:
    found = {f"provision:{i}": label for i, label in known.named("provisions").items()}
    return found | {f"version:{i}": label for i, label in known.named("versions").items()}
