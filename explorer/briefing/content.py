"""What a briefing says of a selection, in honest words: who asked, what came of it, who says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from explorer.briefing.blocks import (
    Block,
    Bullets,
    Paper,
    Paragraph,
    Table,
    Words,
    heading,
    said,
    span,
    words,
)
from explorer.briefing.each import STANDING, STANDING_WIDTHS, recommendation, standing_row
from explorer.citing import SHORT, cite_selection
from explorer.facets import years_of
from explorer.selected import Selected
from explorer.selection import UNDATED
from explorer.voices import ONE_VOICE, Item, buckets
from explorer.words import AXES, AXIS_QUESTIONS, date_in_words, word
from graph.answers import CONTESTED, UNASSESSED, WhichDocumentsRow
from graph.exports.taking import CREDIT, LICENCE, Taken, change_of
from graph.rows import COMPUTED

FEW: Final = 20
"""So many recommendations stand in order of time; more are put together by what came of them."""
SOME: Final = 6
"""Names that a sentence lists; more are counted."""


def briefing(taken: Taken) -> Paper:
    """Return the briefing of a selection; the same selection gives the same paper."""
    known = Selected(taken)
    stamp, items = taken.stamp, known.items
    one = items[0].first.label if len(items) == 1 else ""
    title = stamp.title or one or f"What became of {_counted(len(items), 'recommendation')}"
    day = f"as of {stamp.as_of}" if stamp.as_of else "with all that is known"
    blocks: list[Block] = [heading(1, "In short"), *in_short(known)]
    if len(items) > 1:
        blocks += [heading(1, "Where they stand"), *_overview(known)]
    blocks += [heading(1, "The recommendations" if len(items) > 1 else "The recommendation")]
    blocks += _each(known)
    blocks += [heading(1, "Sources"), *sources(known)]
    blocks += [heading(1, "How this was made"), *method(known)]
    blocks += [heading(1, "Cite and check"), *stamped(known)]
    version = f"data version {stamp.data_version[:SHORT]}"
    return Paper(
        title=span(title).text,
        subtitle=span(f"{stamp.selection}. Briefing {day}, made on {stamp.made_on}").text,
        blocks=tuple(blocks),
        foot=f"reformgraph, {version}, {day}",
        author=CREDIT,
        made_on=stamp.made_on,
    )


# --- in short ------------------------------------------------------------------------------------


def in_short(known: Selected) -> Iterator[Block]:
    """Yield what the voices amount to, in words and counts."""
    names, items, taken = known.names, known.items, known.taken
    if not items:
        yield said("No recommendation of this selection had been made by this day.")
        return
    issuers = {one for item in items for one in item.first.issuers}
    addressees = {one for item in items for one in item.first.addressees}
    yield said(
        f"{_counted(len(items), 'recommendation')} by {_listed(map(names.of, issuers), 'issuers')} "
        f"to {_listed(map(names.of, addressees), 'addressees')}{_years(items)}."
    )
    for axis in AXES:
        if told := _on_axis(known, axis):
            yield Paragraph(words(span(f"{AXES[axis]}. ", strong=True), told))
    if taken.stamp.compared:
        yield Paragraph(words(span("Change. ", strong=True), _changed(known)))
    yield said(
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
        wholes = (
            row for item in items for rows in known.of_wholes(item.iri).values() for row in rows
        )
        besides = any(row.axis == axis for row in wholes)
        of_whole = ", but somebody did of a whole of which one is part" * besides
        return f"{AXIS_QUESTIONS[axis]} Nobody is known to have said anything{of_whole}."
    if len(items) == 1:
        return f"{AXIS_QUESTIONS[axis]} {_one(items[0])}"
    parts = [f"{_bucket(name)}: {count}" for name, count in told]
    alone = sum(item.first.only_issuer for item in items)
    note = ""
    if alone:
        whose = "its own issuer's" if alone == 1 else "their own issuers'"
        note = f" For {alone} of these the only voice is {whose}."
    return f"{AXIS_QUESTIONS[axis]} {', '.join(parts).capitalize()}.{note}"


def _changed(known: Selected) -> str:
    """Return what is not as it was at what the selection was held against."""
    taken = known.taken
    counts = Counter(change.told.partition(":")[0] for change in taken.changes.values())
    told = [f"{word}: {count}" for word, count in sorted(counts.items())] or ["nothing"]
    gone = "; ".join(f"{one.label} ({one.stood_at})" for one in taken.gone)
    return (
        f"Compared with {taken.stamp.compared}: {', '.join(told)}."
        + f" No longer there: {gone}." * bool(gone)
    )


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
    if any((item.first.date or "").startswith(("/", "..")) for item in items):
        return f", by {last}"  # a beginning that no source gives is not made up
    return f", {first}" if first == last else f", {first} to {last}"


# --- the table -----------------------------------------------------------------------------------


def _overview(known: Selected) -> Iterator[Block]:
    taken = known.taken
    changed = bool(taken.stamp.compared)
    rows = [
        (words(str(number)), *standing_row(known, item),
         *[words(change_of(taken, item.iri))] * changed)
        for number, item in _numbered(known)
    ]  # fmt: skip
    yield Table(
        ("No.", *STANDING, *["Change"] * changed), tuple(rows),
        (1, *STANDING_WIDTHS, *[4] * changed),
    )  # fmt: skip


def _numbered(known: Selected) -> list[tuple[int, Item]]:
    """Return the recommendations with their numbers, in the order in which they stand."""
    items = known.items
    if len(items) > FEW:
        order = buckets("adoption")
        items = sorted(items, key=lambda item: order.index(item.bucket))
    else:
        items = sorted(items, key=_begin)
    return list(enumerate(items, 1))


def _begin(item: Item) -> str:
    """Return when a recommendation was made, as text that sorts by time; undated ones last."""
    return (item.first.date or "9").removeprefix("../").removeprefix("/")


# --- each recommendation -------------------------------------------------------------------------


def _each(known: Selected) -> Iterator[Block]:
    numbered = _numbered(known)
    grouped = len(numbered) > FEW
    places = _places_of_wholes(known, numbered)
    before = None
    for number, item in numbered:
        if grouped and item.bucket != before:
            before = item.bucket
            count = sum(other.bucket == before for _, other in numbered)
            name = COMPUTED.get(before) or word(before)
            yield heading(2, f"Adoption: {name} ({count})")
        if len(numbered) > 1:
            yield heading(3 if grouped else 2, f"{number}. {item.first.label}")
        elsewhere = {whole: place for whole, place in places.items() if place != number}
        yield from recommendation(known, item, elsewhere)


def _places_of_wholes(known: Selected, numbered: Sequence[tuple[int, Item]]) -> dict[str, int]:
    """Return the number at which what is said of each whole is told: its own, or a part's first."""
    places = {item.iri: number for number, item in numbered}
    for number, item in numbered:
        for whole in known.of_wholes(item.iri):
            places.setdefault(whole, number)
    return places


# --- sources, method, stamp ----------------------------------------------------------------------


def sources(known: Selected) -> Iterator[Block]:
    """Yield the documents in which the passages stand."""
    yield Bullets(tuple(_source(row, known) for row in known.documents))


def _source(row: WhichDocumentsRow, known: Selected) -> Words:
    publisher = known.names.of(row.publisher) if row.publisher else "Publisher not stated"
    told = [word(row.kind)]
    if row.read:
        told.append(f"read by us: {row.read}")
    return words(
        f"{publisher} ({date_in_words(row.date)}): ",
        span(row.title, link=row.url, language=known.names.language(row.document)),
        f" ({', '.join(told)})",
    )


def method(known: Selected) -> Iterator[Block]:
    """Yield how a status is decided, and what counts cannot say."""
    # What is said alike of many documents is said once, and how many they are.
    reviews = Counter(
        part for row in known.documents for review in row.reviews for part in review.split("; ")
    )
    yield said(
        "Each recommendation, status and claim hangs on a passage of a document. The summaries are "
        "ours, not the sources' words; the passages tell where to read theirs. Whoever says what "
        "became of a recommendation is named with the relation to it: its issuer, its addressee, a "
        "third party, or the maintainers of these data. Of one assessor and one question the last "
        "statement counts, and all assessors stand side by side. “Contested” is computed where two "
        "of them differ; no verdict of ours stands above theirs."
    )
    yield said(
        "Counts are of recommendations in these data, not of all that were ever made. A document "
        "that is not among the sources has not been looked at."
    )
    if reviews:
        told = (f"{part} ({count})" for part, count in reviews.most_common())
        yield said(
            f"How the documents were recorded and reviewed, with their number: {'; '.join(told)}."
        )


def stamped(known: Selected) -> Iterator[Block]:
    """Yield how to cite a selection, and its stamp."""
    stamp = known.taken.stamp
    yield said(cite_selection(stamp).text)
    yield Bullets(
        tuple(
            words(
                span(f"{name}: ", strong=True),
                span("CC BY 4.0", link=LICENCE) if name == "Licence" else span(text),
            )
            for name, text in stamp.lines()
        )
    )


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" + "s" * (number != 1)


def _listed(names: Iterable[str], what: str) -> str:
    """Return names in a sentence; many are counted."""
    found = sorted(names)
    return _joined(found) if len(found) <= SOME else f"{len(found)} {what}"


def _joined(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
