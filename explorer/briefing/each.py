"""What a paper says of one recommendation: who asked whom, what came of it, who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from rdflib import URIRef
from rdflib.namespace import DCTERMS, SKOS

from explorer.briefing.blocks import (
    Block,
    Bullets,
    Paragraph,
    Span,
    Words,
    filled,
    said,
    span,
    words,
)
from explorer.selected import Selected
from explorer.voices import ONE_VOICE, Item
from explorer.words import AXES, Names, claim_in_words, date_in_words, way_of_claiming, word
from graph.answers import (
    UNASSESSED,
    PassageRow,
    WhatHappenedToRow,
    WhatIsSaidAboutRow,
    WhichDemandsReturnRow,
)
from graph.statuses import NO_INFORMATION, is_contested, is_only_the_issuer
from ontology.identifiers import parse
from ontology.terms import RG

STANDING: Final = ("Recommendation", "Who asked whom", "When", "What is said of it")
"""The header above the cells of `standing_row`."""
STANDING_WIDTHS: Final = (6, 5, 3, 7)
BODY: Final = "Body"
"""The section of a passage in a text without headings; it need not be told."""
RELATED: Final = {"sameAsk": "The same demand", "narrowerAsk": "Narrower demands",
                  "broaderAsk": "Broader demands"}  # fmt: skip
"""Demands that are related through what they ask for, the nearest first."""


def standing_row(known: Selected, item: Item) -> tuple[Words, ...]:
    """Return the cells of a table with the header STANDING: what is asked, and what is said."""
    first = item.first
    return (
        words(span(first.label, about=item.iri)),
        (*named(known, first.issuers), span(" → "), *named(known, first.addressees)),
        words(date_in_words(first.date)),
        words(*_standing(known, item)),
    )


def _standing(known: Selected, item: Item) -> Iterator[str]:
    """Yield in a few words what each current voice says, on every axis that has one."""
    told = []
    for axis in AXES:
        now = [row for row in known.spoken[item.iri] if row.current and row.axis == axis]
        for row in now:
            who = known.names.of(row.assessor)
            role = " (the issuer)" if row.relation == "issuer" else ""
            told.append(f"{word(row.status)}, says {who}{role}, {date_in_words(row.as_of)}")
        if is_contested(now):
            told.append(f"{AXES[axis].lower()} is contested")
    if not told and known.of_wholes(item.iri):
        told = [f"{UNASSESSED} by itself; the whole of which it is part was assessed"]
    yield "; ".join(told) or UNASSESSED


def recommendation(
    known: Selected, item: Item, elsewhere: Mapping[str, int] = MappingProxyType({})
) -> Iterator[Block]:
    """Yield all that is said of one recommendation.

    Where what is said of a whole is told `elsewhere`, the number of that place stands in its stead.
    """
    if item.first.summary:
        yield said(item.first.summary)
    yield Bullets(tuple(_facts(known, item)))
    spoken = known.spoken[item.iri]
    now = [row for row in spoken if row.current]
    wholes = known.of_wholes(item.iri)
    if not spoken:
        by_itself = " of it by itself" if wholes else ""
        yield said(
            f"What became of it: unassessed. Nobody is known to have said anything{by_itself}."
        )
    for axis in AXES:
        of_axis = [row for row in now if row.axis == axis]
        if of_axis:
            verdict = _verdict(of_axis)
            yield Paragraph(words(span(f"{AXES[axis]}: ", strong=True), verdict and f"{verdict}:"))
            yield Bullets(tuple(_assessment(known, row) for row in of_axis))
    for whole, rows in wholes.items():
        place = elsewhere.get(whole)
        told_there = f". What is said of it stands at number {place}." if place else None
        yield Paragraph(words(span("The whole of which it is part: ", strong=True),
                              name_span(known.names, whole), told_there))  # fmt: skip
        if not place:
            yield Bullets(tuple(_of_whole(known, row) for row in rows))
    past = [row for row in spoken if not row.current]
    if past:
        yield Paragraph(words(span("Said before: ", strong=True)))
        yield Bullets(tuple(_assessment(known, row) for row in past))
    beside = [*_lineages(known, item)]
    beside += [claim_words(known, row) for row in known.claims[item.iri]]
    if beside:
        yield Paragraph(words(span("Also on record: ", strong=True)))
        yield Bullets(tuple(beside))
    places = [known.passages[of] for of in item.first.passages if of in known.passages]
    if places:
        yield Paragraph(words(span("Where it is asked: ", strong=True)))
        yield Bullets((passages_words(known.names, places),))


def _facts(known: Selected, item: Item) -> Iterator[Words]:
    first = item.first
    day = date_in_words(first.date)
    facts = {
        "Asked by": (*named(known, first.issuers), *_inferred(known, item, RG.issuerBasis)),
        "Asked of": (*named(known, first.addressees), *_inferred(known, item, RG.addresseeBasis)),
        "When": words(day, "; perhaps not yet by this day" if first.issued == "perhaps" else None),
        "Made in": named(known, [first.made_in] if first.made_in else []),
        "Ask": named(known, first.asks),
        "Themes": named(known, first.themes),
        "Condition": words("; ".join(_stated(known, item, RG.condition))),
        "Depends on": named(known, _stated(known, item, RG.conditionOn)),
        "Parts": named(known, _stated(known, item, DCTERMS.hasPart)),
        "Part of": named(known, _stated(known, item, DCTERMS.isPartOf)),
        "Note": words("; ".join(_stated(known, item, SKOS.note))),
    }
    for name, pieces in facts.items():
        if pieces:
            yield (span(f"{name}: ", strong=True), *pieces)


def _stated(known: Selected, item: Item, link: URIRef) -> list[str]:
    """Return what is stated of a recommendation under a property, as text."""
    return [one.text for one in known.statements.get(item.iri, []) if one.property == str(link)]


def _inferred(known: Selected, item: Item, basis: URIRef) -> Words:
    """Say where who asks or who is asked is no word of the source."""
    inferred = str(RG.inferredByCurator) in _stated(known, item, basis)
    return words(f" ({word('curatorInferred')})") if inferred else ()


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
    told = (
        f"told by {names.all(*row.reported_by)}" if row.reported_by else "",
        f"provision: {names.of(row.provision)}" if row.provision else "",
        f"after a look on {row.looked_on}" if row.looked_on else "",
        f"inferred from {names.of(row.inferred_from)}" if row.inferred_from else "",
    )
    places = [known.passages[of] for of in row.passages if of in known.passages]
    return (
        *_verdict_alone(known, row),
        span("".join(f"; {part.rstrip('.')}" for part in told if part) + "."),
        *words(f" {row.note.rstrip('.')}." if row.note else None),
        *((span(" Shown in: "), *passages_words(known.names, places), span(".")) if places else ()),
    )


def _of_whole(known: Selected, row: WhatHappenedToRow) -> Words:
    """Return what is said of the whole of which a recommendation is part."""
    places = [known.passages[of] for of in row.passages if of in known.passages]
    shown = (span(". Shown in: "), *passages_words(known.names, places)) if places else ()
    return (*_verdict_alone(known, row), *shown, span("."))


def _verdict_alone(known: Selected, row: WhatHappenedToRow) -> Words:
    """Return the word of one assessor, with who it is, as of when and on what basis."""
    return (
        span(word(row.status), strong=True),
        span(", says "),
        *named(known, [row.assessor]),
        span(
            f" ({word(row.relation)}), as of {date_in_words(row.as_of)}; basis: {word(row.basis)}"
        ),
    )


def _lineages(known: Selected, item: Item) -> Iterator[Words]:
    related: dict[str, tuple[str, WhichDemandsReturnRow]] = {}
    for row in known.lineages[item.iri]:
        later = row.later == item.iri
        if parse(row.lineage)[0] == "lineage":
            other, kind = _other(row, item), word(row.kind)
            told = ((span(f"It {kind} "), *other, span("."))
                    if later else (*other, span(f" {kind} this one.")))  # fmt: skip
            yield (*told, *words(f" {row.why}"), span(" (judged by "),
                   *named(known, [row.judged_by]),
                   span(f", {date_in_words(row.judged_on)})"))  # fmt: skip
            continue
        # The two merely share an ask, or one ask is part of the other: nobody has said more.
        kind = _turned(row.kind) if later else row.kind
        iri = row.earlier if later else row.later
        related[iri] = min(related.get(iri, (kind, row)), (kind, row),
                           key=lambda one: list(RELATED).index(one[0]))  # fmt: skip
    for kind, heading in RELATED.items():
        rows = [row for found, row in related.values() if found == kind]
        if rows:
            pieces = [piece for row in rows for piece in (span(", "), *_other(row, item))]
            yield (span(f"{heading}: "), *pieces[1:], span("."))


def _turned(kind: str) -> str:
    """Return what the earlier demand is to the later one, from what the later one is to it."""
    return {"narrowerAsk": "broaderAsk", "broaderAsk": "narrowerAsk"}.get(kind, kind)


def _other(row: WhichDemandsReturnRow, item: Item) -> Words:
    """Return the other of two demands, with its date."""
    iri, label, date = (
        (row.earlier, row.earlier_label, row.earlier_date)
        if row.later == item.iri
        else (row.later, row.later_label, row.later_date)
    )
    return words("“", span(label, about=iri), f"” ({date_in_words(date)})")


def claim_words(known: Selected, row: WhatIsSaidAboutRow) -> Words:
    """Return who asserts, denies or doubts something, who tells of it, and what is said."""
    told = (span(", told by "), *named(known, row.reported_by)) if row.reported_by else ()
    return filled(way_of_claiming(row), who=(*named(known, row.claimants), *told),
                  claim=words(claim_in_words(row)))  # fmt: skip


def passages_words(names: Names, rows: Sequence[PassageRow]) -> Words:
    """Return where passages stand, each with a link that leads to its words."""
    told: list[Words] = []
    before = None
    for row in sorted(rows, key=lambda row: (row.document, row.start or 0)):
        language = names.language(row.document)
        place = [replace(piece, link=row.link) for piece in _place(row, language)]
        if before == row.document:  # neither its title nor the word is said again
            told.append(words("; ", *place))
        else:
            title = span(row.document_title, about=row.document, language=language)
            word = span("section ", link=row.link) if row.section != BODY else None
            told.append(words("; " if told else None, title, ", ", word, *place))
        before = row.document
    return tuple(piece for pieces in told for piece in pieces)


def _place(row: PassageRow, language: str | None) -> Words:
    """Return where in its document a passage stands, as people look it up: offsets are no help."""
    parts: list[Words] = []
    if row.section != BODY:
        parts.append(words("“", span(row.section, language=language), "”"))
    if row.locator:
        parts.append(words(row.locator.replace("row=", "row ")))
    elif row.first_words:
        first = span(row.first_words.rstrip(",;:"), language=language)
        parts.append(words("beginning “", first, "”"))
    pieces = [piece for part in parts for piece in (span(", "), *part)]
    return tuple(pieces[1:]) or words("in the text")


def named(known: Selected, iris: Iterable[str]) -> Words:
    """Return the names of entities, with commas between them."""
    pieces = [piece for iri in iris for piece in (span(", "), name_span(known.names, iri))]
    return tuple(pieces[1:])


def name_span(names: Names, iri: str) -> Span:
    """Return the name of an entity with its language."""
    return span(names.of(iri), about=iri, language=names.language(iri))
