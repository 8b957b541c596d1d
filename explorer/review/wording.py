"""The forms in which a person words a recommendation or a status, and the facts they become."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from explorer.languages.saying import listed, say
from explorer.markup import element, plain
from explorer.review import choices, suggesting
from explorer.review.acting import need
from explorer.review.known import Known
from explorer.screen import put
from explorer.words import word
from ingest.drafting import Place, assessment, recommendation, says_a_name
from ingest.extraction import Candidate
from ingest.facts import Facts
from ingest.fields import Span

GIVEN = ("statedBySource", "inferredByCurator", "notGivenBySource")


def day(title: str, key: str, explained: str = "", start: dt.date | None = None) -> dt.date | None:
    """Ask for a day."""
    if start and key not in st.session_state:
        st.session_state[key] = start
    given: dt.date | None = st.date_input(
        plain(title), value=None, key=key, format="YYYY-MM-DD", help=plain(explained),
        min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 1, 1), persist_state="page",
    )  # fmt: skip
    return given


def as_of(key: str) -> str | None:
    """Ask for which day something is said, or for which month or year, in EDTF."""
    explained = say("For which day it is said; the month or year, where no day is known.")
    given: str | None = st.text_input(
        plain(say("As of")), key=key, help=plain(explained), persist_state="page",
        placeholder=say("2025, 2025-11 or 2025-11-24"),
    )  # fmt: skip
    return (given or "").strip() or None


@dataclass
class Wording:
    """What a form holds: the fields said, and new entries that come with them by section."""

    said: dict[str, Any] = field(default_factory=dict)
    more: dict[str, list[Any]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    look: dict[str, Any] | None = None

    def take(self, name: str, chosen: choices.Chosen, section: str) -> None:
        """Put what was chosen under a field, and what is new among it beside it."""
        self.said[name] = chosen.ids
        known = {entry.id for entry in self.more.setdefault(section, [])}
        self.more[section] += [entry for entry in chosen.new if entry.id not in known]
        self.faults += chosen.faults

    def recommendation(self, document: str, place: Place) -> Facts:
        """Return the recommendation worded.

        Raises UsageError for what is missing or wrong and for copied words.
        """
        choices.Chosen(faults=self.faults).refuse_faults()
        said = self.said
        need(label=said["label"], summary=said["summary"], asked_by=said["issuers"],
             asked_of=said["addressees"], ask=said["asks"], themes=said["themes"])  # fmt: skip
        given = {name: value for name, value in said.items() if value not in ("", [])}
        return recommendation(document, place, given, **self.more)

    def assessment(self, document: str, place: Place) -> Facts:
        """Return the status worded, with the new actors beside it.

        Raises UsageError for what is missing or wrong and for copied words.
        """
        choices.Chosen(faults=self.faults).refuse_faults()
        said = self.said
        need(recommendation=said["of"], status=said["status"], who_says_so=said["by"],
             on_what_it_rests=said["basis"], as_of_day=said["as_of"])  # fmt: skip
        if self.look is not None:
            need(what_was_searched=self.look["summary"], where=self.look["documents"])
        given = {name: value for name, value in said.items() if value not in ("", [])}
        facts = assessment(document, place, {**given, "by": said["by"][0]}, self.look)
        return facts.model_copy(update={name: [*new] for name, new in self.more.items() if new})


def together(parts: Sequence[Facts]) -> Facts:
    """Return several facts as one, a new entry that two of them bring only once."""
    update: dict[str, Any] = {}
    for name in Facts.model_fields:
        values = [getattr(one, name) for one in parts]
        if name == "passages":
            update[name] = {key: passage for value in values for key, passage in value.items()}
        else:
            update[name] = list({entry.id: entry for value in values for entry in value}.values())
    return Facts.model_construct(**update)


# --- a recommendation ----------------------------------------------------------------------------


def recommendation_form(
    known: Known, key: str, text: str, candidate: Candidate | None = None, document: str = ""
) -> Wording:
    """Ask for what a recommendation says; `text` are its words, to compare asks by."""
    issuers, addressees = _proposed(known, candidate, document)
    wording = Wording()
    said = wording.said
    said["label"] = st.text_input(
        plain(say("Label, in your own words")),
        key=f"{key} label",
        max_chars=160,
        persist_state="page",
        placeholder=say("what is asked, in a few words"),
    )
    said["summary"] = st.text_area(
        plain(say("Summary, in your own words")),
        key=f"{key} summary",
        height=90,
        persist_state="page",
        help=plain(say("The graph keeps no copied sentences: the passage is kept by its place.")),
    )
    _actor_fields(wording, key, known, issuers, addressees)
    near = known.asks.compare(text) if text.strip() else []
    wording.take("asks", choices.asks(f"{key} asks", known, near), "asks")
    themes = choices.themes(f"{key} themes", known, candidate.themes if candidate else [])
    wording.take("themes", themes, "themes")
    with st.expander(plain(say("Date, condition and how the names are known")), key=f"{key} more"):
        _rest(said, key, known)
    return wording


def _proposed(
    known: Known, candidate: Candidate | None, document: str
) -> tuple[list[suggesting.Suggestion], list[suggesting.Suggestion]]:
    """Return whom a candidate may mean as issuers and as addressees.

    Where it names no issuer, the document's publisher may speak for itself.
    """
    if candidate is None:
        return suggesting.publisher(known, document), []
    text, withheld = known.desk.reading(document).text, known.withheld(document)
    issuers, addressees = (
        [
            *suggesting.suggested(candidate, names),
            *suggesting.unknown(candidate, names, text, withheld),
        ]
        for names in (candidate.proposers, candidate.addressees)
    )
    return issuers or suggesting.publisher(known, document), addressees


def _actor_fields(
    wording: Wording,
    key: str,
    known: Known,
    issuers: Sequence[suggesting.Suggestion],
    addressees: Sequence[suggesting.Suggestion],
) -> None:
    for name, title, near in (
        ("issuers", say("Asked by"), issuers),
        ("addressees", say("Asked of"), addressees),
    ):
        filled = suggesting.exact(near)
        chosen = choices.actors(title, f"{key} {name}", known, near, filled)
        wording.take(name, chosen, "actors")


def _rest(said: dict[str, Any], key: str, known: Known) -> None:
    said["date"] = st.text_input(
        plain(say("Date, when it is not the document's")), key=f"{key} date", persist_state="page",
        placeholder=say("2025, 2025-11 or 2025-11-24"),
    )  # fmt: skip
    said["condition"] = st.text_input(
        plain(say("Condition, in your own words")), key=f"{key} condition", persist_state="page"
    )
    on = st.selectbox(
        plain(say("The condition is about the conduct of")),
        list(known.actors),
        index=None,
        key=f"{key} on",
        format_func=lambda one: known.actors.get(one, one),
        placeholder=say("nobody in particular"),
        persist_state="page",
    )
    said["condition_on"] = on
    left, right = st.columns(2)
    for place, name, title in (
        (left, "issuer_basis", say("Who asks is")),
        (right, "addressee_basis", say("Who is asked is")),
    ):
        said[name] = place.selectbox(
            plain(title), GIVEN, key=f"{key} {name}", format_func=word, persist_state="page"
        )


def names_read(candidate: Candidate, text: str, withheld: Sequence[Span]) -> None:
    """Show whom the rule took for the asking and the asked; a name withheld is not shown."""

    def told(names: Sequence[str]) -> str:
        shown = [
            say("[name withheld]") if says_a_name(one, text, withheld) else one for one in names
        ]
        return listed(shown) or say("nobody named")

    if candidate.kind == "status":
        line = say(
            "Read by rule “{rule}”: a status, {status}, by {who} · score {score:.2f}",
            rule=candidate.rule or say("unnamed"),
            status=word(candidate.response),
            who=told(candidate.proposers),
            score=candidate.score,
        )
    else:
        line = say(
            "Read by rule “{rule}”: {kind}, by {who}, to {whom} · score {score:.2f}",
            rule=candidate.rule or say("unnamed"),
            kind=say(candidate.kind),
            who=told(candidate.proposers),
            whom=told(candidate.addressees),
            score=candidate.score,
        )
    put(element("p", line, class_="rg-small"))
