"""Demands as asks: who has made the same one since when, and what anybody says became of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from graph.answers import UNASSESSED, WhichDemandsWaitRow, WhichRecommendationsRow
from graph.asking import in_order
from graph.entities import labels, name_of
from graph.statuses import which_recommendations
from graph.store import Store

ADOPTED = "adopted"


def which_demands_wait(
    store: Store,
    *,
    asked_before: dt.date | None = None,
    issuers: int = 2,
    addressee: str | None = None,
    theme: str | None = None,
    as_of: dt.date | None = None,
) -> list[WhichDemandsWaitRow]:
    """Return demands that nobody says were adopted, each with all who made it, longest first.

    A demand is an ask: recommendations that express the same one count together. With
    `asked_before`, one of them was certainly made before that day. At least `issuers` must have
    made it. `statuses` holds every word that somebody's current statement gives one of them;
    “adopted in part” is no “adopted”. A demand without a date stands last.
    """
    rows = which_recommendations(store, addressee=addressee, theme=theme, as_of=as_of)
    early = None
    if asked_before:
        certain = which_recommendations(store, issued_before=asked_before, as_of=as_of)
        early = {row.recommendation for row in certain}
    asks: dict[str, list[WhichRecommendationsRow]] = defaultdict(list)
    for row in rows:
        for ask in row.asks:
            asks[ask].append(row)
    names = labels(store)
    found = [
        _demand(ask, name_of(ask, names), of)
        for ask, of in asks.items()
        if all(row.status != ADOPTED for row in of)
        and (early is None or any(row.recommendation in early for row in of))
    ]
    waiting = in_order(row for row in found if len(row.issuers) >= issuers)
    return sorted(waiting, key=lambda row: (row.first_asked is None, row.first_asked or ""))


def _demand(ask: str, label: str, rows: list[WhichRecommendationsRow]) -> WhichDemandsWaitRow:
    spoken = {row.status for row in rows if row.assessor is not None}
    return WhichDemandsWaitRow(
        ask=ask,
        label=label,
        first_asked=min((begin for row in rows if (begin := _begin(row.date))), default=None),
        issuers=_all(issuer for row in rows for issuer in row.issuers),
        addressees=_all(addressee for row in rows for addressee in row.addressees),
        statuses=_all(spoken) or (UNASSESSED,),
        assessors=_all(row.assessor for row in rows if row.assessor),
        recommendations=_all(row.recommendation for row in rows),
        passages=_all(passage for row in rows for passage in row.passages),
    )


def _all(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _begin(edtf: str | None) -> str | None:
    """Return the beginning of an EDTF date as text that sorts by time; None where it is open."""
    begin = (edtf or "").partition("/")[0]
    return None if begin in ("", "..") else begin
