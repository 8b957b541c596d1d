"""What a briefing says of a selection, in honest words: who asked, what came of it, who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rdflib.namespace import DCTERMS

from explorer.briefing.blocks import (
    Block,
    Bullets,
    Paper,
    Paragraph,
    Table,
    Words,
    heading,
    span,
    words,
)
from explorer.citing import cite_selection
from explorer.facets import years_of
from explorer.selected import Selected
from explorer.selection import UNDATED
from explorer.voices import ONE_VOICE, Item, buckets
from explorer.words import AXES, AXIS_QUESTIONS, date_in_words, word
from graph.answers import (
    CONTESTED,
    UNASSESSED,
    PassageRow,
    WhatHappenedToRow,
    WhatIsSaidAboutRow,
    WhichDemandsReturnRow,
    WhichDocumentsRow,
)
from graph.exports.taking import CREDIT, LICENCE, Taken
from graph.rows import COMPUTED
from graph.statuses import NO_INFORMATION, is_contested, is_only_the_issuer
from ontology.identifiers import parse
from ontology.terms import RG

FEW: Final = 20
"""So many recommendations stand in the order chosen; more are put together by what came of them."""
SOME: Final = 4
"""Names that a sentence lists; more are counted."""


def briefing(taken: Taken) -> Paper:
    """Return the briefing of a selection; the same selection gives the same paper."""
    known = Selected(taken)
    stamp, items = taken.stamp, known.items
    title = items[0].first.label if len(items) == 1 and not stamp.title else stamp.name
    day = f"as of {stamp.as_of}" if stamp.as_of else "with all that is known"
    blocks: list[Block] = [heading(1, "In short"), *_in_short(known)]
    if len(items) > 1:
        blocks += [heading(1, "Where they stand"), *_overview(known)]
    blocks += [heading(1, "The recommendations" if len(items) > 1 else "The recommendation")]
    blocks += _each(known)
    blocks += [heading(1, "Sources"), *_sources(known)]
    blocks += [heading(1, "How this was made"), *_method(known)]
    blocks += [heading(1, "Cite and check"), *_stamp(known)]
    version = f"data version {stamp.data_version[:12]}"
    return Paper(
        title=span(title).text,
        subtitle=f"Briefing {day}, made on {stamp.made_on}",
        blocks=tuple(blocks),
        foot=f"reformgraph, {version}, {day}",
        author=CREDIT,
        made_on=stamp.made_on,
    )


# --- in short ------------------------------------------------------------------------------------


def _in_short(known: Selected) -> Iterator[Block]:
    names, items = known.names, known.items
    if not items:
        yield _said("No recommendation of this selection had been made by this day.")
        return
    issuers = {one for item in items for one in item.first.issuers}
    addressees = {one for item in items for one in item.first.addressees}
    yield _said(
        f"{_counted(len(items), 'recommendation')} by {_listed(map(names.of, issuers), 'issuers')} "
        f"to {_listed(map(names.of, addressees), 'addressees')}{_years(items)}."
    )
    for axis in AXES:
        if told := _on_axis(known, axis):
            yield Paragraph(words(span(f"{AXES[axis]}. ", strong=True), told))
    yield _said(
        "A status is somebody's statement, not a fact about the recommendation: it is given with "
        "who says so, on what basis and as of when. “Unassessed” means that nobody is known to "
        "have said anything, “no information” that somebody looked and found nothing. Neither "
        "means “not adopted”.",
        small=True,
    )


def _on_axis(known: Selected, axis: str) -> str:
    """Return what the voices on an axis amount to; nothing where nobody speaks of several."""
    items = known.on_axis(axis)
    counts = {name: sum(item.bucket == name for item in items) for name in buckets(axis)}
    told = [(name, count) for name, count in counts.items() if count]
    if axis != "adoption" and counts[UNASSESSED] == len(items):
        return f"{AXIS_QUESTIONS[axis]} Nobody is known to have said anything."
    if len(items) == 1:
        return f"{AXIS_QUESTIONS[axis]} {_one(items[0])}"
    parts = [f"{_bucket(name)}: {count}" for name, count in told]
    alone = sum(item.first.only_issuer for item in items)
    note = ""
    if alone:
        whose = "its own issuer's" if alone == 1 else "their own issuers'"
        note = f" For {alone} of these the only voice is {whose}."
    return f"{AXIS_QUESTIONS[axis]} {', '.join(parts).capitalize()}.{note}"


def _one(item: Item) -> str:
    if not item.voices:
        return "Nobody is known to have said anything."
    note = " Assessors differ." if item.first.contested else ""
    note += f" This is {ONE_VOICE}." if item.first.only_issuer else ""
    return f"{_joined([word(status) for status in item.statuses]).capitalize()}.{note}"


def _bucket(name: str) -> str:
    return "contested (assessors differ)" if name == CONTESTED else word(name)


def _years(items: Sequence[Item]) -> str:
    years = {year for item in items for year in years_of(item.first.date)} - {UNDATED}
    if not years:
        return ", undated"
    first, last = min(years), max(years)
    return f", {first}" if first == last else f", {first} to {last}"


# --- the table -----------------------------------------------------------------------------------


def _overview(known: Selected) -> Iterator[Block]:
    names = known.names
    rows = []
    for number, item in _numbered(known):
        first = item.first
        rows.append(
            (
                words(str(number)),
                words(span(first.label)),
                words(f"{names.all(*first.issuers)} → {names.all(*first.addressees)}"),
                words(date_in_words(first.date)),
                words(*_standing(known, item)),
            )
        )
    header = ("No.", "Recommendation", "Who asked whom", "When", "What is said of it")
    yield Table(header, tuple(rows), (1, 6, 5, 3, 7))


def _standing(known: Selected, item: Item) -> Iterator[str]:
    """Yield in a few words what each current voice says, on every axis that has one."""
    told = []
    for axis in AXES:
        now = [row for row in known.spoken[item.iri] if row.current and row.axis == axis]
        for row in now:
            who = known.names.of(row.assessor)
            role = " (the issuer)" if row.relation == "issuer" else ""
            told.append(f"{word(row.status)}, says {who}{role}, {row.as_of}")
        if is_contested(now):
            told.append(f"{AXES[axis].lower()} is contested")
    yield "; ".join(told) or UNASSESSED


def _numbered(known: Selected) -> list[tuple[int, Item]]:
    """Return the recommendations with their numbers, in the order in which they stand."""
    items = known.items
    if len(items) > FEW:
        order = buckets("adoption")
        items = sorted(items, key=lambda item: order.index(item.bucket))
    return list(enumerate(items, 1))


# --- each recommendation -------------------------------------------------------------------------


def _each(known: Selected) -> Iterator[Block]:
    numbered = _numbered(known)
    grouped = len(numbered) > FEW
    before = None
    for number, item in numbered:
        if grouped and item.bucket != before:
            before = item.bucket
            count = sum(other.bucket == before for _, other in numbered)
            name = COMPUTED.get(before) or word(before)
            yield heading(2, f"Adoption: {name} ({count})")
        if len(numbered) > 1:
            yield heading(3 if grouped else 2, f"{number}. {item.first.label}")
        yield from _recommendation(known, item)


def _recommendation(known: Selected, item: Item) -> Iterator[Block]:
    if item.first.summary:
        yield _said(item.first.summary)
    yield Bullets(tuple(_facts(known, item)))
    spoken = known.spoken[item.iri]
    said = [row for row in spoken if row.current]
    if not spoken:
        yield _said("What became of it: unassessed. Nobody is known to have said anything.")
    for axis in AXES:
        of_axis = [row for row in said if row.axis == axis]
        if of_axis:
            verdict = _verdict(of_axis)
            yield Paragraph(words(span(f"{AXES[axis]}: ", strong=True), verdict and f"{verdict}:"))
            yield Bullets(tuple(_assessment(known, row) for row in of_axis))
    past = [row for row in spoken if not row.current]
    if past:
        yield Paragraph(words(span("Said before: ", strong=True)))
        yield Bullets(tuple(_assessment(known, row) for row in past))
    beside = [*_lineages(known, item), *_claims(known.claims[item.iri], known)]
    if beside:
        yield Paragraph(words(span("Also on record: ", strong=True)))
        yield Bullets(tuple(beside))
    places = [known.passages[of] for of in item.first.passages if of in known.passages]
    if places:
        yield Paragraph(words(span("Where it is asked: ", strong=True)))
        yield Bullets(tuple(_passage(row) for row in places))


def _facts(known: Selected, item: Item) -> Iterator[Words]:
    names, first = known.names, item.first
    stated = known.statements.get(item.iri, [])
    condition = [one.text for one in stated if one.property == str(RG.condition)]
    on = [one.text for one in stated if one.property == str(RG.conditionOn)]
    parts = [one.text for one in stated if one.property == str(DCTERMS.hasPart)]
    wholes = [one.text for one in stated if one.property == str(DCTERMS.isPartOf)]
    facts = (
        ("Asked by", names.all(*first.issuers)),
        ("Asked of", names.all(*first.addressees)),
        ("When", date_in_words(first.date)
                 + ("; perhaps not yet by this day" if first.issued == "perhaps" else "")),
        ("Made in", names.of(first.made_in) if first.made_in else ""),
        ("Themes", names.all(*first.themes)),
        ("Condition", "; ".join(condition)),
        ("Depends on", names.all(*on)),
        ("Parts", "; ".join(map(names.of, parts))),
        ("Part of", "; ".join(map(names.of, wholes))),
    )  # fmt: skip
    for name, value in facts:
        if value:
            yield words(span(f"{name}: ", strong=True), value)


def _verdict(now: Sequence[WhatHappenedToRow]) -> str:
    """Return what the current voices on one axis amount to."""
    if is_contested(now):
        return "contested, those who assessed it differ"
    if is_only_the_issuer(now):
        return ONE_VOICE
    if all(row.status == NO_INFORMATION for row in now):
        return "somebody looked and found nothing"
    return "" if len(now) == 1 else "those who assessed it agree"


def _assessment(known: Selected, row: WhatHappenedToRow) -> Words:
    names = known.names
    told = [
        f" says {names.of(row.assessor)} ({word(row.relation)}), as of {row.as_of}",
        f"basis: {word(row.basis)}",
        f"told by {names.all(*row.reported_by)}" if row.reported_by else "",
        f"provision: {names.of(row.provision)}" if row.provision else "",
        f"after a look on {row.looked_on}" if row.looked_on else "",
        f"inferred from {names.of(row.inferred_from)}" if row.inferred_from else "",
        row.note or "",
    ]
    places = [known.passages[of] for of in row.passages if of in known.passages]
    return words(
        span(word(row.status), strong=True),
        ";".join([told[0], *(f" {part.rstrip('.')}" for part in told[1:] if part)]) + ".",
        *(piece for place in places for piece in (span(" Shown in: "), *_passage(place))),
    )


def _lineages(known: Selected, item: Item) -> Iterator[Words]:
    for row in known.lineages[item.iri]:
        # Where the two merely share an ask, nobody has judged and nobody has said why.
        judged = parse(row.lineage)[0] == "lineage"
        yield words(_return(row, item.iri), f" {row.why}" if judged else "")


def _return(row: WhichDemandsReturnRow, here: str) -> str:
    later = row.later == here
    label, date = (
        (row.earlier_label, row.earlier_date) if later else (row.later_label, row.later_date)
    )
    told = f"“{label}” ({date_in_words(date)})"
    return f"It {word(row.kind)} {told}." if later else f"{told} {word(row.kind)} this one."


def _claims(rows: Iterable[WhatIsSaidAboutRow], known: Selected) -> Iterator[Words]:
    for row in rows:
        told = f", told by {known.names.all(*row.reported_by)}" if row.reported_by else ""
        yield words(f"{row.summary} ({known.names.all(*row.claimants)}{told})")


def _passage(row: PassageRow) -> Words:
    """Return where a passage stands, with a link that leads to its words."""
    place = row.locator or f"characters {row.start} to {row.end}"
    where = f"{row.document_title}, section “{row.section}”, {place}"
    return words(span(where, link=row.link))


# --- sources, method, stamp ----------------------------------------------------------------------


def _sources(known: Selected) -> Iterator[Block]:
    yield Bullets(tuple(_source(row, known) for row in known.documents))


def _source(row: WhichDocumentsRow, known: Selected) -> Words:
    publisher = known.names.of(row.publisher) if row.publisher else "Publisher not stated"
    told = [word(row.kind)]
    if row.read:
        told.append(f"read by us: {row.read}")
    return words(
        f"{publisher} ({date_in_words(row.date)}): ",
        span(row.title, link=row.url),
        f" ({', '.join(told)})",
    )


def _method(known: Selected) -> Iterator[Block]:
    reviews = sorted({review for row in known.documents for review in row.reviews})
    yield _said(
        "Each recommendation, status and claim hangs on a passage of a document. The summaries are "
        "ours, not the sources' words; the passages tell where to read theirs. Whoever says what "
        "became of a recommendation is named with the relation to it: its issuer, its addressee, a "
        "third party, or the maintainers of these data. Of one assessor and one question the last "
        "statement counts, and all assessors stand side by side. “Contested” is computed where two "
        "of them differ; no verdict of ours stands above theirs."
    )
    yield _said(
        "Counts are of recommendations in these data, not of all that were ever made. A document "
        "that is not among the sources has not been looked at."
    )
    if reviews:
        yield _said(f"How the facts were recorded and reviewed: {'; '.join(reviews)}.")


def _stamp(known: Selected) -> Iterator[Block]:
    stamp = known.taken.stamp
    yield _said(cite_selection(stamp).text)
    yield Bullets(
        tuple(
            words(
                span(f"{name}: ", strong=True),
                span("CC BY 4.0", link=LICENCE) if name == "Licence" else span(text),
            )
            for name, text in stamp.lines()
        )
    )


def _said(text: str, *, small: bool = False) -> Paragraph:
    return Paragraph(words(span(text)), small=small)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" + "s" * (number != 1)


def _listed(names: Iterable[str], what: str) -> str:
    """Return names in a sentence; many are counted."""
    found = sorted(names)
    return _joined(found) if len(found) <= SOME else f"{len(found)} {what}"


def _joined(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
