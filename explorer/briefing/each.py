"""What a paper says of one recommendation: who asked whom, what came of it, who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rdflib.namespace import DCTERMS

from explorer.briefing.blocks import Block, Bullets, Paragraph, Span, Words, said, span, words
from explorer.selected import Selected
from explorer.voices import ONE_VOICE, Item
from explorer.words import AXES, Names, claim_in_words, date_in_words, word
from graph.answers import UNASSESSED, PassageRow, WhatHappenedToRow, WhatIsSaidAboutRow
from graph.statuses import NO_INFORMATION, is_contested, is_only_the_issuer
from ontology.identifiers import parse
from ontology.terms import RG

STANDING: Final = ("Recommendation", "Who asked whom", "When", "What is said of it")
"""The header above the cells of `standing_row`."""
STANDING_WIDTHS: Final = (6, 5, 3, 7)
STANCES: Final = {"denies": "denied by ", "doubts": "doubted by "}
"""What is said of who does not assert what is told."""


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
    yield "; ".join(told) or UNASSESSED


def recommendation(known: Selected, item: Item) -> Iterator[Block]:
    """Yield all that is said of one recommendation."""
    if item.first.summary:
        yield said(item.first.summary)
    yield Bullets(tuple(_facts(known, item)))
    spoken = known.spoken[item.iri]
    now = [row for row in spoken if row.current]
    if not spoken:
        yield said("What became of it: unassessed. Nobody is known to have said anything.")
    for axis in AXES:
        of_axis = [row for row in now if row.axis == axis]
        if of_axis:
            verdict = _verdict(of_axis)
            yield Paragraph(words(span(f"{AXES[axis]}: ", strong=True), verdict and f"{verdict}:"))
            yield Bullets(tuple(_assessment(known, row) for row in of_axis))
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
    stated = known.statements.get(item.iri, [])
    condition = [one.text for one in stated if one.property == str(RG.condition)]
    on = [one.text for one in stated if one.property == str(RG.conditionOn)]
    parts = [one.text for one in stated if one.property == str(DCTERMS.hasPart)]
    wholes = [one.text for one in stated if one.property == str(DCTERMS.isPartOf)]
    day = date_in_words(first.date)
    facts = {
        "Asked by": named(known, first.issuers),
        "Asked of": named(known, first.addressees),
        "When": words(day, "; perhaps not yet by this day" if first.issued == "perhaps" else None),
        "Made in": named(known, [first.made_in] if first.made_in else []),
        "Ask": named(known, first.asks),
        "Themes": named(known, first.themes),
        "Condition": words("; ".join(condition)),
        "Depends on": named(known, on),
        "Parts": named(known, parts),
        "Part of": named(known, wholes),
    }
    for name, pieces in facts.items():
        if pieces:
            yield (span(f"{name}: ", strong=True), *pieces)


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
        row.note or "",
    )
    places = [known.passages[of] for of in row.passages if of in known.passages]
    return (
        span(word(row.status), strong=True),
        span(", says "),
        *named(known, [row.assessor]),
        span(
            f" ({word(row.relation)}), as of {date_in_words(row.as_of)}; basis: {word(row.basis)}"
        ),
        span("".join(f"; {part.rstrip('.')}" for part in told if part) + "."),
        *((span(" Shown in: "), *passages_words(known.names, places)) if places else ()),
    )


def _lineages(known: Selected, item: Item) -> Iterator[Words]:
    for row in known.lineages[item.iri]:
        later = row.later == item.iri
        iri, label, date = (
            (row.earlier, row.earlier_label, row.earlier_date)
            if later
            else (row.later, row.later_label, row.later_date)
        )
        other = words("“", span(label, about=iri), f"” ({date_in_words(date)})")
        kind = word(row.kind)
        told = ((span(f"It {kind} "), *other, span("."))
                if later else (*other, span(f" {kind} this one.")))  # fmt: skip
        # Where the two merely share an ask, nobody has judged and nobody has said why.
        judged = parse(row.lineage)[0] == "lineage"
        yield (*told, *words(f" {row.why}" if judged else ""))


def claim_words(known: Selected, row: WhatIsSaidAboutRow) -> Words:
    """Return what is claimed, who asserts, denies or doubts it and how, and who tells of it."""
    told = (span(", told by "), *named(known, row.reported_by)) if row.reported_by else ()
    stance = STANCES.get(row.stance or "", "")
    return (span(f"{claim_in_words(row)} ({stance}"), *named(known, row.claimants), *told,
            span(")"))  # fmt: skip


def passages_words(names: Names, rows: Sequence[PassageRow]) -> Words:
    """Return where passages stand, each with a link that leads to its words."""
    told: list[Words] = []
    before = None
    for row in rows:
        where = row.locator or f"characters {row.start} to {row.end}"
        title = span(f"{row.document_title}, ", about=row.document,
                     language=names.language(row.document))  # fmt: skip
        section = f"“{row.section}”"
        if before == row.document:  # the title is not said again
            told.append(words("; ", span(f"{section}, {where}", link=row.link)))
        else:
            told.append(words("; " if told else None, title,
                              span(f"section {section}, {where}", link=row.link)))  # fmt: skip
        before = row.document
    return tuple(piece for pieces in told for piece in pieces)


def named(known: Selected, iris: Iterable[str]) -> Words:
    """Return the names of entities, with commas between them."""
    pieces = [piece for iri in iris for piece in (span(", "), name_span(known.names, iri))]
    return tuple(pieces[1:])


def name_span(names: Names, iri: str) -> Span:
    """Return the name of an entity with its language."""
    return span(names.of(iri), about=iri, language=names.language(iri))
