"""Saying which ask a recommendation expresses: those of an imported list have none yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from explorer.languages.saying import say
from explorer.markup import element, plain
from explorer.review import choices
from explorer.review.acting import need
from explorer.review.known import Known
from explorer.screen import put
from ingest.decisions import Declaration, Record
from ingest.drafting import entry
from ingest.facts import Facts, Recommendation
from ingest.tables.foreign import looked_at
from ontology.errors import UsageError


def linking_form(known: Known, who: str, key: str) -> Callable[[], Record]:
    """Ask for a recommendation, its asks and themes; what else it says stays as it is."""
    filled = st.query_params.get("of", "").removeprefix("recommendation/")
    ident = choices.recommendation(known, f"{key} of", filled=filled)
    if ident is None:
        return _nothing_chosen
    now = known.recommendations[ident]
    put(element("p", now.summary, class_="rg-lead", dir="auto"))
    label = looked_at(now.label)
    key = f"{key} {ident}"
    near = known.asks.compare(f"{label}. {now.summary}")
    asks = choices.asks(f"{key} asks", known, near, now.asks)
    themes = choices.themes(f"{key} themes", known, [], now.themes)
    issuers = choices.Chosen(list(now.issuers))
    if not now.issuers:
        issuers = choices.actors(say("Asked by"), f"{key} issuers", known)
    reason = st.text_input(
        plain(say("Reason")),
        key=f"{key} reason",
        placeholder=say("may be left empty"),
        persist_state="page",
    )

    def decide() -> Record:
        for chosen in (asks, themes, issuers):
            chosen.refuse_faults()
        need(ask=asks.ids, themes=themes.ids, asked_by=issuers.ids)
        said: dict[str, Any] = now.model_dump(exclude_unset=True)
        said |= {"label": label, "asks": asks.ids, "themes": themes.ids, "issuers": issuers.ids}
        if not now.issuers:
            said["issuer_basis"] = "inferredByCurator"
        facts = entry(Facts, {
            "recommendations": [entry(Recommendation, said)], "asks": asks.new,
            "themes": themes.new, "actors": issuers.new,
        })  # fmt: skip
        decision = Declaration(
            document=_document(known, ident), facts=facts, reason=reason or None,
            replaces=[f"recommendation:{ident}"],
        )  # fmt: skip
        return known.desk.record(who, decision)

    return decide


def _nothing_chosen() -> Record:
    raise UsageError(say("Something is missing: recommendation. Choose it."))


def _document(known: Known, ident: str) -> str:
    """Return the document in which a recommendation is recorded."""
    found = known.corpus.entries("recommendations")
    return next(str(file.facts.document.id) for file, one in found if one.id == ident)
