"""What became of recommendations: a status is somebody's statement, and voices stay apart."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from rdflib import Literal

from graph.answers import (
    CONTESTED,
    UNASSESSED,
    WhatHappenedToRow,
    WhichDemandsReturnRow,
    WhichRecommendationsRow,
    WhoDisagreesRow,
)
from graph.asking import Group, grouped, in_order, solutions
from graph.store import Store
from graph.times import years_apart

NO_INFORMATION = "noInformation"
CURATOR_INFERRED = "curatorInferred"
Voices = dict[str, list[WhatHappenedToRow]]
Newest = dict[tuple[str, ...], tuple[dt.date, str]]


def what_happened_to(
    store: Store, *, recommendation: str | None = None, as_of: dt.date | None = None
) -> list[WhatHappenedToRow]:
    """Return every assessment of one recommendation (or of all) on every axis, oldest first.

    `current` is true unless a revision has replaced the assessment, or the same assessor has for
    certain spoken later on the same axis; who only looked and found nothing takes nothing back.
    With `as_of`, what was said for a month or year that had begun by then is told, with `perhaps`
    as long as it had not ended.
    """
    rows = solutions(store, "what_happened_to", recommendation=recommendation, until=as_of)
    groups = grouped(rows, "assessment")
    newest, informed = _newest(groups, as_of), _newest(filter(_is_informed, groups), as_of)
    found = in_order(
        _assessment(group, informed if _is_informed(group) else newest, as_of) for group in groups
    )
    begin = {
        group.text("assessment"): _first(group) or group.maybe_day("latest") for group in groups
    }
    return sorted(found, key=lambda row: (row.recommendation, row.axis, begin[row.assessment]))


def _newest(groups: Iterable[Group], as_of: dt.date | None) -> Newest:
    """Return, for each assessor and axis of a recommendation, the last first day, and of what.

    What a revision has replaced no longer supersedes anything, nor does what perhaps had not been
    said by the day asked for, or has no first day.
    """
    found: Newest = {}
    for group in groups:
        latest, first = group.maybe_day("latest"), _first(group)
        if first and latest and not group.has("revision") and _surely(latest, as_of) == "yes":
            spoken = (first, group.text("assessment"))
            found[_voice(group)] = max(found.get(_voice(group), spoken), spoken)
    return found


def _first(group: Group) -> dt.date | None:
    """Return the first day for which something is said, or None where it has no beginning."""
    return group.maybe_day("earliest") or (None if group.has("edtf") else group.maybe_day("latest"))


def _is_informed(group: Group) -> bool:
    return group.word("status") != NO_INFORMATION


def _surely(latest: dt.date | None, as_of: dt.date | None) -> str:
    """Tell whether something had happened by a day: `yes`, or `perhaps`."""
    return "yes" if as_of is None or (latest and latest <= as_of) else "perhaps"


def _voice(group: Group) -> tuple[str, ...]:
    return group.text("recommendation"), group.text("axis"), group.text("assessor")


def _assessment(group: Group, newest: Newest, as_of: dt.date | None) -> WhatHappenedToRow:
    latest, assessment = group.maybe_day("latest"), group.text("assessment")
    assert latest is not None  # the query asks for it
    day, later = newest.get(_voice(group), (latest, assessment))
    superseded = day > latest
    return WhatHappenedToRow(
        recommendation=group.text("recommendation"),
        axis=group.word("axis").removesuffix("Scheme"),
        as_of=group.text("edtf") or latest.isoformat(),
        as_of_latest=latest,
        spoken=_surely(latest, as_of),
        status=group.word("status"),
        assessor=group.text("assessor"),
        relation=group.word("relation"),
        basis=group.word("basis"),
        reported_by=group.all("reportedBy"),
        recorded=group.maybe_moment("recorded"),
        provision=group.maybe("provision"),
        process=group.maybe("process"),
        look=group.maybe("look"),
        looked_on=group.maybe_day("lookedOn"),
        inferred_from=group.maybe("inferredFrom"),
        revised_by=group.maybe("revision"),
        superseded_by=later if superseded else None,
        current=not superseded and not group.has("revision"),
        note=group.maybe("note"),
        assessment=assessment,
        passages=group.all("passage"),
    )


def _voices(assessments: Iterable[WhatHappenedToRow], axis: str) -> Voices:
    """Return the assessments that stand on an axis, by recommendation."""
    found: Voices = defaultdict(list)
    for row in assessments:
        if row.current and row.axis == axis:
            found[row.recommendation].append(row)
    return found


def _informed(voices: Iterable[WhatHappenedToRow]) -> list[WhatHappenedToRow]:
    """Leave out those who looked and found nothing: that neither agrees nor contradicts."""
    return [voice for voice in voices if voice.status != NO_INFORMATION]


def is_contested(voices: Iterable[WhatHappenedToRow]) -> bool:
    """Tell whether two assessors differ on an axis, among the current voices."""
    return any(_differ(one, other) for one, other in combinations(_informed(voices), 2))


def _differ(one: WhatHappenedToRow, other: WhatHappenedToRow) -> bool:
    return one.axis == other.axis and one.assessor != other.assessor and one.status != other.status


def years_between(voices: Sequence[WhatHappenedToRow]) -> int:
    """Return the fewest full years between two voices that differ, and 0 where none do."""
    return min(
        (
            years_apart(one.as_of, other.as_of)
            for one, other in combinations(_informed(voices), 2)
            if _differ(one, other)
        ),
        default=0,
    )


def is_only_the_issuer(voices: Iterable[WhatHappenedToRow]) -> bool:
    """Tell whether nobody but the issuer has said anything of substance.

    Several issuers who agree are one voice; those who differ contest each other's word.
    """
    informed = _informed(voices)
    return (
        bool(informed)
        and all(voice.relation == "issuer" for voice in informed)
        and not is_contested(informed)
    )


def which_recommendations(
    store: Store,
    *,
    issuer: str | None = None,
    addressee: str | None = None,
    theme: str | None = None,
    document: str | None = None,
    status: str | None = None,
    axis: str = "adoption",
    assessor: str | None = None,
    basis: str | None = None,
    text: str | None = None,
    issued_before: dt.date | None = None,
    as_of: dt.date | None = None,
) -> list[WhichRecommendationsRow]:
    """Return recommendations with each current voice on one axis (response, adoption, practice).

    `document` is the one where it stands or the one it was made in. `status` is a word of the
    axis, or `unassessed` or `contested`. With `issued_before`, only those certainly issued before
    that day. With `as_of`, those made later are left out. `issued` is `yes` where one had been
    made by that day for certain, else `perhaps`: its date is a period, or a last day with no
    beginning (then it is shown from the start of the year of that last day).
    """
    rows = solutions(
        store,
        "which_recommendations",
        issuer=issuer,
        addressee=addressee,
        theme=theme,
        document=document,
        text=None if text is None else Literal(text),
        issuedBefore=issued_before,
        until=as_of,
    )
    voices = _voices(what_happened_to(store, as_of=as_of), axis)
    found = [
        row
        for group in grouped(rows, "recommendation")
        for row in _recommendation(group, voices.get(group.text("recommendation"), []), as_of)
    ]
    return in_order(
        row
        for row in found
        if _has_status(row, status)
        and assessor in (None, row.assessor)
        and basis in (None, row.basis)
    )


def _has_status(row: WhichRecommendationsRow, status: str | None) -> bool:
    return row.contested if status == CONTESTED else status in (None, row.status)


def _recommendation(
    group: Group, voices: Sequence[WhatHappenedToRow], as_of: dt.date | None
) -> Iterable[WhichRecommendationsRow]:
    """Yield a recommendation once for each voice, or once as unassessed."""
    contested, only_issuer = is_contested(voices), is_only_the_issuer(voices)
    either: Sequence[WhatHappenedToRow | None] = voices or [None]
    for voice in either:
        yield WhichRecommendationsRow(
            recommendation=group.text("recommendation"),
            label=group.text("label"),
            summary=group.text("summary"),
            issuers=group.all("anIssuer"),
            addressees=group.all("anAddressee"),
            asks=group.all("anAsk"),
            themes=group.all("aTheme"),
            made_in=group.maybe("madeIn"),
            date=group.maybe("date"),
            issued=_issued(group, as_of),
            status=voice.status if voice else UNASSESSED,
            assessor=voice.assessor if voice else None,
            assessor_relation=voice.relation if voice else None,
            basis=voice.basis if voice else None,
            status_as_of=voice.as_of if voice else None,
            spoken=voice.spoken if voice else None,
            assessment=voice.assessment if voice else None,
            status_passages=voice.passages if voice else (),
            contested=contested,
            only_issuer=only_issuer,
            passages=group.all("passage"),
        )


def _issued(group: Group, as_of: dt.date | None) -> str:
    """Tell whether a recommendation had been made by a day: its own, its document's, its record's.

    What was printed, or put on record, had been made by then.
    """
    days = [group.maybe_day("latest"), group.maybe_day("printed")]
    if recorded := group.maybe_moment("recorded"):
        days.append(recorded.date())
    return _surely(min((day for day in days if day), default=None), as_of)


def who_disagrees(
    store: Store, *, axis: str | None = None, as_of: dt.date | None = None
) -> list[WhoDisagreesRow]:
    """Return pairs of current assessments of one recommendation that differ, on one axis or all."""
    standing = {row.assessment: row for row in what_happened_to(store, as_of=as_of) if row.current}
    found = []
    for group in grouped(solutions(store, "who_disagrees", until=as_of), "one", "other"):
        one, other = standing.get(group.text("one")), standing.get(group.text("other"))
        if one and other and axis in (None, one.axis):
            found.append(
                WhoDisagreesRow(
                    recommendation=one.recommendation,
                    label=group.text("label"),
                    axis=one.axis,
                    assessor_a=one.assessor,
                    status_a=one.status,
                    as_of_a=one.as_of,
                    basis_a=one.basis,
                    assessment_a=one.assessment,
                    passages_a=one.passages,
                    assessor_b=other.assessor,
                    status_b=other.status,
                    as_of_b=other.as_of,
                    basis_b=other.basis,
                    assessment_b=other.assessment,
                    passages_b=other.passages,
                    years_apart=years_apart(one.as_of, other.as_of),
                )
            )
    return in_order(found)


def which_demands_return(
    store: Store, *, recommendation: str | None = None, as_of: dt.date | None = None
) -> list[WhichDemandsReturnRow]:
    """Return which later recommendation takes up which earlier one, how, and who judged so.

    `kind` is `repeats`, `narrows`, `broadens` or `replaces` where somebody judged it, else
    `sameAsk`, `narrowerAsk` or `broaderAsk`: the later one expresses the same ask or a narrower or
    broader one. Where the dates of such two overlap or are not known, `order_known` is false: no
    source tells which came first, and they stand in the order of their addresses. With
    `recommendation`, only where it is one of the two. With `as_of`, only where both had been asked
    by then, also if it was judged later: `judged_on` tells when.
    """
    voices = _voices(what_happened_to(store, as_of=as_of), "adoption")
    rows = solutions(store, "which_demands_return", recommendation=recommendation, until=as_of)
    judged = [
        _demand(group, voices, "earlier", "later", group.word("kind"))
        for group in grouped(rows, "lineage")
    ]
    known = {frozenset((row.earlier, row.later)) for row in judged}
    pairs = solutions(store, "shared_asks", recommendation=recommendation, until=as_of)
    shared = [
        _shared_ask(group, voices)
        for group in grouped(pairs, "one", "other", "ask")
        if not _other_case(group)
    ]
    return in_order(
        judged + [row for row in shared if frozenset((row.earlier, row.later)) not in known]
    )


def _shared_ask(group: Group, voices: Voices) -> WhichDemandsReturnRow:
    one, other, kind = "one", "other", group.text("kind")
    known = _precedes(group, one, other) or _precedes(group, other, one)
    if _precedes(group, other, one) or (not known and group.text(other) < group.text(one)):
        one, other = other, one
    elif kind == "narrowerAsk":
        kind = "broaderAsk"  # the one that stands first is the narrower
    return _demand(group, voices, one, other, kind, order_known=known)


def _other_case(group: Group) -> bool:
    """Tell whether each of the two is about a case of its own: then none takes up the other."""
    one, other = group.all("oneCase"), group.all("otherCase")
    return bool(one and other) and set(one).isdisjoint(other)


def _precedes(group: Group, one: str, other: str) -> bool:
    """Tell whether one recommendation came before another for certain."""
    last, first = group.maybe(f"{one}Latest"), group.maybe(f"{other}Earliest")
    return last is not None and first is not None and last < first


def _demand(
    group: Group, voices: Voices, earlier: str, later: str, kind: str, *, order_known: bool = True
) -> WhichDemandsReturnRow:
    """Return a row of two recommendations whose columns begin with `earlier` and `later`."""
    judged = "lineage" in group.rows[0]
    return WhichDemandsReturnRow(
        earlier=group.text(earlier),
        later=group.text(later),
        earlier_label=group.text(f"{earlier}Label"),
        later_label=group.text(f"{later}Label"),
        kind=kind,
        order_known=order_known,
        judged_by=group.text("judgedBy"),
        judged_on=_judged_on(group, judged),
        basis=group.word("basis") if judged else CURATOR_INFERRED,
        why=group.text("why"),
        earlier_issuers=group.all(f"{earlier}Issuer"),
        later_issuers=group.all(f"{later}Issuer"),
        earlier_date=group.maybe(f"{earlier}Date"),
        later_date=group.maybe(f"{later}Date"),
        earlier_statuses=_statuses(voices.get(group.text(earlier), [])),
        later_statuses=_statuses(voices.get(group.text(later), [])),
        lineage=group.text("lineage" if judged else "ask"),
        passages=group.all("passage") if judged else (),
    )


def _judged_on(group: Group, judged: bool) -> str | None:
    """Return when it was judged, as EDTF: the date of the document that does so, else the record's.

    That two share an ask is judged when the second of them is recorded.
    """
    if not judged:
        moments = [group.maybe_moment("oneRecorded"), group.maybe_moment("otherRecorded")]
    else:
        ours = group.maybe("judgedBy") in group.all("recorder")
        if not ours and group.word("basis") != CURATOR_INFERRED and group.has("told"):
            return group.text("told")
        moments = [group.maybe_moment("recorded")]
    return max((moment.date().isoformat() for moment in moments if moment), default=None)


def _statuses(voices: Sequence[WhatHappenedToRow]) -> tuple[str, ...]:
    return tuple(sorted({voice.status for voice in voices})) or (UNASSESSED,)
