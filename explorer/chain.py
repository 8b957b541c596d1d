"""One entity followed through the house: corpus line, passages, triples, rules, answers."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Sequence

from explorer.checking import Report, check_known
from explorer.ends import TOLD_ELSEWHERE, told_from
from explorer.settings import Settings
from explorer.terminal import working
from explorer.words import Names
from explorer.workspace import open_current
from graph.answers import Entity, PassageRow, StatementRow
from graph.entities import describe, labels, passages
from graph.parameters import read
from graph.questions import QUESTIONS, ask
from graph.store import Store
from ontology.errors import NotFoundError, UsageError
from ontology.identifiers import curie, expand, is_data, parse
from ontology.terms import RG
from ontology.validation import Finding, origin_of

NO_ADDRESS = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f-\x9f\ud800-\udfff]")
LONGEST = 120
"""Characters of a value that a line shows."""
LIKE = 0.85
"""How like an id must be to be taken for a slip; most addresses begin alike."""
MOST = 10
"""Lines for the values of one kind of statement."""
_YES_OR_NO = {"true": "yes", "false": "no", "True": "yes", "False": "no"}

JUDGED = frozenset(map(str, (RG.assesses, RG.laterRecommendation, RG.earlierRecommendation)))
"""What a judgement says of an entity: findings about the judgement concern the entity, too."""


def show_entity(settings: Settings, ident: str, *, as_json: bool = False) -> str:
    """Return an entity with all its sources, for people or as JSON.

    Raises NotFoundError when there is no such entity, UsageError when several may be meant.
    """
    with working("following it through the house"):
        store = open_current(settings)
        entity = _described(store, find(store, ident))
        report = check_known(settings, public=True)
        chain = Chain(store, entity, report)
        return chain.as_json() if as_json else "\n".join(chain.lines())


def find(store: Store, ident: str) -> str:
    """Return the IRI that a slug, a short form or an IRI means."""
    if "/" in ident or ":" in ident:
        try:
            address = expand(ident)
        except UsageError:
            address = None
        if address is None or NO_ADDRESS.search(ident):
            raise UsageError(
                f"ID: “{ident}” is no address. Write KIND/ID, such as actor/interpol, or its id."
            )
        return str(address)
    return str(read(store, "ID", "entity", ident, "adoption"))


def _described(store: Store, iri: str) -> Entity:
    """Return an entity; the error for one that is not there names the one with nearly its id."""
    try:
        return describe(store, iri)
    except NotFoundError as error:
        known = [curie(one) for one in labels(store)]
        near = difflib.get_close_matches(curie(iri), known, 1, cutoff=LIKE)
        if not near:
            raise
        raise NotFoundError(
            f"{str(error).partition('. ')[0]}. Did you mean “{near[0]}”?"
        ) from error


class Chain:
    """All that is known of one entity, from the file it is written in to the answers it is in."""

    def __init__(self, store: Store, entity: Entity, report: Report) -> None:
        """Take the entity, and the report of a check of the corpus."""
        self.store = store
        self.entity = entity
        self.names = Names(labels(store))
        self.origin = origin_of(entity.iri, report.origins)
        self.verdicts = {check.iri: check.verdict.value for check in report.passages or ()}
        known = passages(store)
        own = [of for of in entity.passages if of in known]
        own += [entity.iri] if entity.iri in known else []
        self.passages: list[PassageRow] = [known[of] for of in own]
        about = {entity.iri} | {
            row.value for row in entity.statements
            if not row.outgoing and row.property in JUDGED
        }  # fmt: skip
        self.findings: list[Finding] = [
            found for found in report.findings if about & {str(found.focus), str(found.value)}
        ]
        self.answers = list(self._answers())
        self.left_out = False

    def _answers(self) -> Iterator[tuple[str, int]]:
        """Yield each question that takes such an entity, with how many rows it has for it."""
        if self.entity.iri not in labels(self.store):  # a statement; questions take what is named
            return
        kind = parse(self.entity.iri)[0] if is_data(self.entity.iri) else ""
        for question in QUESTIONS.values():
            if any(parameter.required for parameter in question.parameters):
                continue
            for parameter in question.parameters:
                if parameter.kind in (kind, "entity"):
                    rows = ask(self.store, question.name, **{parameter.name: self.entity.iri})
                    if rows:
                        option = parameter.name.replace("_", "-")
                        yield f"{question.name} --{option} {curie(self.entity.iri)}", len(rows)

    def lines(self) -> Iterator[str]:
        """Yield the chain in lines for people."""
        name = curie(self.entity.iri)
        yield name if name == self.entity.label else f"{name}: {self.entity.label}"
        if self.entity.summary:
            yield f"  {self.entity.summary}"
        yield f"  {self.entity.iri}"
        yield f"written    {self.origin or 'in no line of its own'}"
        for row in self.passages:
            where = row.locator or f"characters {row.start} to {row.end}"
            verdict = self.verdicts.get(row.passage, "not looked up")
            yield f"passage    {curie(row.passage)}: {row.document_title}, “{row.section}”"
            yield f"           {where}: {verdict}"
            if row.link:
                yield f"           {row.link}"
        yield from self._statements()
        for finding in self.findings:
            yield f"rule       {finding.severity}: {finding.message}"
        if not self.findings:
            yield "rule       conforms to every rule"
        for question, count in self.answers:
            yield f"answer     reformgraph ask {question} ({count} row{'s' * (count != 1)})"
        if self.left_out:
            yield f"all of it  reformgraph show {curie(self.entity.iri)} --json"

    def _statements(self) -> Iterator[str]:
        """Yield the statements by what they say, each value once, though two may give it."""
        told: dict[str, dict[str, list[StatementRow]]] = {}
        for row in self.entity.statements:
            if curie(row.property) not in TOLD_ELSEWHERE:
                label = self.names.of(row.property)
                words = told_from(row.property, label, outgoing=row.outgoing)
                words = f"allegedly {words}" if row.allegation else words
                told.setdefault(words, {}).setdefault(row.value, []).append(row)
        for words, values in told.items():
            rows = list(values.values())
            shown = rows if len(rows) <= MOST else rows[: MOST - 1]
            lines = [self._value(stated) for stated in shown]
            if left := len(rows) - len(shown):
                self.left_out = True
                lines.append(f"and {left:,} more")
            yield f"statement  {words}: {lines[0]}"
            yield from (f"             {line}" for line in lines[1:])

    def _value(self, rows: Sequence[StatementRow]) -> str:
        """Return a value as its name, or as what it says where it has none, with its sources."""
        passages = {of for row in rows for of in row.passages} - {*self.entity.passages}
        speakers = {of for row in rows for of in row.attributed_to} - {self.entity.iri}
        source = ", ".join(map(curie, sorted(passages)))
        who = self.names.all(*sorted(speakers))
        told = "; ".join(part for part in (f"says {who}" if who and source else "", source) if part)
        return self._named(rows[0]) + f" [{told}]" * bool(told)

    def _named(self, row: StatementRow) -> str:
        if not row.value_is_iri:
            return _YES_OR_NO.get(row.value, _short(row.value))
        name = self.names.of(row.value)
        said = self._said(row.value) if name == curie(row.value) else None
        return _short(f"{name}: {said}" if said else name)

    def _said(self, statement: str) -> str | None:
        """Return what a statement without a name says: a claim, a summary, or a status.

        What is claimed is not understood without whether it is asserted or denied.
        """
        entity = describe(self.store, statement)
        told = {row.property: self.names.of(row.value) for row in entity.statements if row.outgoing}
        claimed, summary = told.get(str(RG.proposition)), entity.summary
        if claimed:
            return f"{told.get(str(RG.stance), 'says')}: {claimed}. {summary or ''}".strip()
        return summary or told.get(str(RG.status))

    def as_json(self) -> str:
        """Return the chain as JSON."""
        whole = {
            "iri": self.entity.iri,
            "label": self.entity.label,
            "summary": self.entity.summary,
            "types": self.entity.types,
            "written": {"file": self.origin.file, "line": self.origin.line}
            if self.origin
            else None,
            "passages": [
                {**vars(row), "link": row.link, "verdict": self.verdicts.get(row.passage)}
                for row in self.passages
            ],
            "statements": [vars(row) for row in self.entity.statements],
            "findings": [
                {"severity": found.severity, "message": found.message, "rule": found.shape}
                for found in self.findings
            ],
            "answers": [{"ask": question, "rows": count} for question, count in self.answers],
        }
        return json.dumps(whole, ensure_ascii=False, indent=2, default=str)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
