"""Who does what: who asks whom, who signs, who stands for a post."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from graph.answers import WhoAskedWhomRow, WhoSignedRow, WhoStoodForRow
from graph.asking import Group, grouped, in_order, solutions
from graph.rows import document_of
from graph.store import Store
from ontology.terms import RG


def who_asked_whom(
    store: Store,
    *,
    issuer: str | None = None,
    addressee: str | None = None,
    addressee_kind: str | None = None,
    document: str | None = None,
    as_of: dt.date | None = None,
) -> list[WhoAskedWhomRow]:
    """Return one row for each recommendation, issuer and addressee, with any condition.

    `addressee_kind` is a kind of actor, such as `group` or `court`.
    """
    rows = solutions(
        store,
        "who_asked_whom",
        issuer=issuer,
        addressee=addressee,
        addresseeKind=addressee_kind and RG[addressee_kind],
        document=document,
        until=as_of,
    )
    return in_order(
        WhoAskedWhomRow(
            recommendation=group.text("recommendation"),
            label=group.text("label"),
            issuer=group.text("issuer"),
            addressee=group.text("addressee"),
            addressee_kind=group.maybe_word("anAddresseeKind"),
            issuer_basis=group.word("issuerBasis"),
            addressee_basis=group.word("addresseeBasis"),
            condition=group.maybe("condition"),
            condition_on=group.maybe("conditionOn"),
            made_in=group.maybe("madeIn"),
            date=group.maybe("date"),
            reported_by=group.all("reportedBy"),
            passages=group.all("passage"),
        )
        for group in grouped(rows, "recommendation", "issuer", "addressee")
    )


def who_signed(
    store: Store,
    *,
    document: str | None = None,
    signatory: str | None = None,
    as_of: dt.date | None = None,
) -> list[WhoSignedRow]:
    """Return the signatures of a document, or those of a signatory.

    `listed_count` is how many signatures are in the same list, `stated_counts` how many a source
    says there are; neither is corrected by the other. A list that two sources print is two lists,
    each counted alone.
    """
    found = solutions(store, "who_signed", document=document, until=as_of)
    groups = grouped(found, "signature")
    lists = printed_lists(groups)
    rows = [
        WhoSignedRow(
            signed=group.text("document"),
            position=next((int(number) for number in group.numbers("position")), None),
            signatory=group.text("signatory"),
            signed_as=group.maybe("signedAs"),
            stated_counts=group.numbers("stated"),
            listed_count=places(lists[_list_of(group)]),
            signature=group.text("signature"),
            passages=group.all("passage"),
        )
        for group in groups
        if signatory in (None, group.text("signatory"))
    ]
    return sorted(rows, key=lambda row: (row.signed, _place(row.signature)))


def printed_lists(signatures: Iterable[Group]) -> dict[tuple[str, str], list[Group]]:
    """Return the signatures by the document signed and the document that prints them."""
    found: dict[tuple[str, str], list[Group]] = defaultdict(list)
    for group in signatures:
        found[_list_of(group)].append(group)
    return found


def places(signatures: Iterable[Group]) -> int:
    """Return how many places (printed number and signatory) a list of signatures has."""
    return len({(group.text("position"), group.text("signatory")) for group in signatures})


def _list_of(signature: Group) -> tuple[str, str]:
    passages = signature.all("passage")
    return signature.text("document"), document_of(passages[0]) if passages else ""


def _place(signature: str) -> tuple[str, int]:
    """Return the list in which a signature is printed, and its place there."""
    printed, _, place = signature.rpartition("/")
    return printed, int(place) if place.isdecimal() else 0


def who_stood_for(
    store: Store,
    *,
    post: str | None = None,
    candidate: str | None = None,
    election: str | None = None,
    as_of: dt.date | None = None,
) -> list[WhoStoodForRow]:
    """Return candidacies, one row for each source that tells of one."""
    rows = solutions(
        store, "who_stood_for", post=post, candidate=candidate, election=election, until=as_of
    )
    return in_order(
        WhoStoodForRow(
            election=group.text("election"),
            post=group.text("post"),
            candidate=group.text("candidate"),
            nominated_by=group.maybe("nominatedBy"),
            according_to=group.all("by"),
            reported_by=group.all("reportedBy"),
            date=group.maybe("date"),
            candidacy=group.text("candidacy"),
            passages=group.all("passage"),
        )
        for group in grouped(rows, "candidacy")
    )
