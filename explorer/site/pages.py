"""What the page of each entity says: what it is, what is asked, linked and said, and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Final

from rdflib.namespace import DCTERMS, FOAF, ORG, SKOS

from explorer.briefing.blocks import (
    Block,
    Bullets,
    Paper,
    Span,
    Table,
    Words,
    heading,
    said,
    span,
    words,
)
from explorer.briefing.each import (
    STANDING,
    STANDING_WIDTHS,
    claim_words,
    name_span,
    named,
    passages_words,
    recommendation,
    standing_row,
)
from explorer.citing import cite_document, cite_entity, cite_recommendation
from explorer.selected import Selected
from explorer.voices import Item
from explorer.words import date_in_words, word
from graph.answers import (
    PassageRow,
    WhatHappenedInCasesRow,
    WhatIsSaidAboutRow,
    WhichDocumentsRow,
)
from graph.closure import Triple
from graph.entities import passages
from graph.exports.taking import CREDIT
from graph.lasting import IN_FORCE, Text, texts
from graph.network import network
from graph.questions import what_happened_in_cases, what_is_said_about, which_documents
from ontology.identifiers import curie, is_data, parse
from ontology.terms import ELI, RG

KINDS: Final = {
    "recommendation": "Recommendation", "actor": "Actor", "instrument": "Instrument",
    "version": "Version of a text", "provision": "Provision", "document": "Document",
    "case": "Documented case", "ask": "Ask", "theme": "Theme", "election": "Election",
    "post": "Post", "process": "Reform process",
}  # fmt: skip
"""The kinds of entity that have a page, with the word for each."""

SHOWN: Final = (
    RG.actorKind, RG.instrumentKind, DCTERMS.type, SKOS.altLabel, RG.membershipCriterion,
    DCTERMS.publisher, RG.edtf, DCTERMS.language, FOAF.page, RG.readExtent, RG.provenanceStatus,
    ELI.is_member_of, ELI.has_member, ELI.is_part_of, ELI.number, ELI.in_force, ELI.amends,
    ELI.consolidates, ELI.passed_by, DCTERMS.replaces, RG.draft, RG.refersToStandard, ORG.postIn,
    RG.electedBy, RG.conductedBy, RG.closed, RG.requestingState, RG.requestedState,
    RG.detainingState, RG.usesMechanism, RG.caseOutcome, RG.disclosure, SKOS.broader,
    SKOS.definition, SKOS.note,
)  # fmt: skip
"""The properties that a page tells, in their order; all else is in the JSON-LD beside it."""

DRAWN_ELSEWHERE: Final = frozenset({"recommendation", "claim", "safeguard"})
"""Links of a network that a page tells in a table or a list of their own."""


class Pages:
    """The entities that have a page, and what each page says."""

    def __init__(self, known: Selected, nodes: Iterable[str]) -> None:
        """Take a selection and the things of the data that may be shown."""
        self.known = known
        self.nodes = [node for node in sorted(nodes) if self._kind(node) in KINDS]
        self._shown = frozenset(self.nodes)

    def path_of(self, iri: str) -> str | None:
        """Return the path of an entity's page within the site, None where it has none."""
        return f"id/{curie(iri)}.html" if iri in self._shown else None

    def of_kind(self, kind: str) -> list[str]:
        """Return the entities of a kind that have a page, by name."""
        found = [node for node in self.nodes if self._kind(node) == kind]
        return sorted(found, key=lambda node: (self.known.names.of(node), node))

    def paper(self, iri: str, foot: str) -> Paper:
        """Return what the page of an entity says."""
        kind, known = self._kind(iri), self.known
        item = self._items.get(iri)
        blocks: list[Block] = []
        if item:
            blocks += recommendation(known, item)
        else:
            blocks += [said(text) for text in self._texts(iri, DCTERMS.description)]
            facts = tuple(self._facts(iri))
            blocks += [Bullets(facts)] if facts else []
        blocks += self._asked(iri)
        blocks += self._steps(iri)
        blocks += self._listed("How it is linked", map(self._link, self._links.get(iri, ())))
        if not item:
            rows = self._said.get(iri, ())
            blocks += self._listed("What is said", (claim_words(known, row) for row in rows))
            places = [self._passages.get(of) for of in self._texts(iri, RG.evidence)]
            told = passages_words(known.names, [place for place in places if place])
            blocks += self._listed("Where it stands", [told] if told else [])
        blocks += [heading(1, "Cite"), *self._citation(iri)]
        return Paper(
            known.names.of(iri), KINDS[kind], tuple(blocks), foot, CREDIT,
            known.taken.stamp.made_on, known.names.language(iri),
        )  # fmt: skip

    def cell(self, value: object) -> Words:
        """Return a cell of an answer; what has a page is linked, a passage leads to its words."""
        if isinstance(value, tuple):
            pieces = [piece for one in value for piece in (span("; "), *self.cell(one))]
            return tuple(pieces[1:])
        place = self._passages.get(str(value))
        if place:
            return passages_words(self.known.names, [place])
        text, names = str(value), self.known.names
        return words(span(names.cell(value), about=text, language=names.language(text)))

    def triples(self, iri: str) -> Sequence[Triple]:
        """Return what is stated of an entity."""
        return self.known.statements[iri]

    # --- parts of a page ---

    def _kind(self, node: str) -> str:
        return parse(node)[0] if is_data(node) else ""

    def _texts(self, iri: str, name: str) -> list[str]:
        return [one.text for one in self.triples(iri) if one.property == str(name)]

    def _facts(self, iri: str) -> Iterator[Words]:
        for name in SHOWN:
            if name == ELI.in_force:
                yield from self._force(iri)
                continue
            values = [one for one in self.triples(iri) if one.property == str(name)]
            pieces = [piece for one in values for piece in (span(", "), self._value(one))]
            if pieces:
                label = self.known.names.of(str(name)).capitalize()
                yield (span(f"{label}: ", strong=True), *pieces[1:])

    def _force(self, iri: str) -> Iterator[Words]:
        """Yield whether a text is in force, who says so and when, and when it ended."""
        text, day = self._lasting.get(iri), self.known.taken.stamp.as_of
        if text is None:
            return
        force = text.force(day)
        yield words(span("In force: ", strong=True), span(word(force.word)))
        if force.source:
            told = "in force" if text.stated == IN_FORCE else "not in force"
            called = span(f" called it {told}, {date_in_words(force.told_on)}")
            yield words(name_span(self.known.names, force.source), called)
        if text.ended_latest and (day is None or text.had_ended(day)):
            yield words(span("Ended: ", strong=True), span(f"by {text.ended_latest}"))

    def _value(self, triple: Triple) -> Span:
        if triple.property == str(RG.edtf):
            return span(date_in_words(triple.text))
        if triple.property == str(FOAF.page):
            return span(triple.text, link=triple.text)
        if triple.link:
            return name_span(self.known.names, triple.text)
        return span({"true": "yes", "false": "no"}.get(triple.text, triple.text))

    def _asked(self, iri: str) -> Iterator[Block]:
        for title, items in self._roles.get(iri, {}).items():
            rows = tuple(standing_row(self.known, item) for item in items)
            yield heading(1, title)
            yield Table(STANDING, rows, STANDING_WIDTHS)

    def _steps(self, case: str) -> Iterator[Block]:
        rows = [row for row in self._cases.get(case, ()) if row.event]
        if rows:
            yield heading(1, "What happened, as the sources tell it")
            yield Table(("When", "What", "By whom", "Where it stands"),
                        tuple(self._step(row) for row in rows), (2, 6, 3, 6))  # fmt: skip

    def _step(self, row: WhatHappenedInCasesRow) -> tuple[Words, ...]:
        places = [self._passages[of] for of in row.passages if of in self._passages]
        return (
            words(date_in_words(row.date)),
            words(row.event_label),
            named(self.known, [row.by] if row.by else []),
            passages_words(self.known.names, places),
        )

    def _listed(self, title: str, lines: Iterable[Words]) -> Iterator[Block]:
        found = tuple(dict.fromkeys(lines))
        if found:
            yield heading(1, title)
            yield Bullets(found)

    def _link(self, edge: tuple[str, str, dict[str, Any]]) -> Words:
        source, target, given = edge
        who = named(self.known, given["attributed_to"])
        when = f", {date_in_words(given['date'])}" if given["date"] else ""
        alleged = " (alleged)" if given["allegation"] else ""
        places = [self._passages[of] for of in given["passages"] if of in self._passages]
        return (
            *named(self.known, [source]), span(f" — {given['label'].lower()}{alleged} → "),
            *named(self.known, [target]), span(when),
            *((span("; according to "), *who) if who else ()), span("."),
            *((span(" "), *passages_words(self.known.names, places)) if places else ()),
        )  # fmt: skip

    def _citation(self, iri: str) -> Iterator[Block]:
        names, stamp = self.known.names, self.known.taken.stamp
        if iri in self._items:
            cited = cite_recommendation(self._items[iri].first, self._passages, names, stamp)
        elif iri in self._documents:
            cited = cite_document(self._documents[iri], names, stamp)
        else:
            cited = cite_entity(iri, names, stamp)
        yield said(cited.text)
        yield said(f"Its lasting address: {iri}", small=True)

    # --- what pages are made of, each asked for once ---

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {item.iri: item for item in self.known.items}

    @cached_property
    def _passages(self) -> dict[str, PassageRow]:
        return passages(self.known.taken.store)

    @cached_property
    def _documents(self) -> dict[str, WhichDocumentsRow]:
        return {row.document: row for row in which_documents(self.known.taken.store)}

    @cached_property
    def _roles(self) -> dict[str, dict[str, list[Item]]]:
        """The recommendations to be shown with each entity, by the title of their table."""
        found: dict[str, dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
        for item in self.known.items:
            first = item.first
            roles = {
                "What it asks for": first.issuers, "What is asked of it": first.addressees,
                "Recommendations that make this demand": first.asks,
                "Recommendations on this theme": first.themes,
                "Recommendations in it": {*first.documents, *filter(None, [first.made_in])},
            }  # fmt: skip
            for title, iris in roles.items():
                for iri in iris:
                    found[iri][title].append(item)
        return found

    @cached_property
    def _links(self) -> dict[str, list[tuple[str, str, dict[str, Any]]]]:
        net = network(self.known.taken.store, self.known.taken.stamp.as_of)
        found = defaultdict(list)
        for source, target, given in sorted(net.edges(data=True), key=lambda edge: edge[:2]):
            if given["kind"] not in DRAWN_ELSEWHERE:
                for end in dict.fromkeys((str(source), str(target))):
                    found[end].append((str(source), str(target), given))
        return found

    @cached_property
    def _said(self) -> dict[str, list[WhatIsSaidAboutRow]]:
        found = defaultdict(list)
        rows = what_is_said_about(self.known.taken.store, as_of=self.known.taken.stamp.as_of)
        for row in rows:
            for iri in {*row.about, *row.claimants, *row.documents}:
                found[iri].append(row)
        return found

    @cached_property
    def _lasting(self) -> dict[str, Text]:
        return texts(self.known.taken.store)

    @cached_property
    def _cases(self) -> dict[str, list[WhatHappenedInCasesRow]]:
        found = defaultdict(list)
        rows = what_happened_in_cases(self.known.taken.store, as_of=self.known.taken.stamp.as_of)
        for row in rows:
            found[row.case].append(row)
        return found
