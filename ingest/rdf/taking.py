"""Taking in RDF: a preview of what a file would change, then all of it as one decision or none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ingest.deciding import Desk
from ingest.decisions import Import, Record
from ingest.drafting import entry
from ingest.folding import reviewer_id, with_reviewer
from ingest.imports import Source
from ingest.objections import BrokenRulesError, RefusedError, Rules
from ingest.passage_checks import check_passages
from ingest.passages import Verdict
from ingest.pipeline import snapshot_of
from ingest.rdf.batches import RdfBatch, read_rdf_batch
from ingest.rdf.differences import Difference, difference
from ingest.reading import Corpus, declared, joined
from ontology.errors import ReformError
from ontology.identifiers import curie


@dataclass(frozen=True)
class Preview:
    """What an RDF file would change; `faults` has a line for whatever keeps it from coming in."""

    batch: RdfBatch
    difference: Difference
    faults: tuple[str, ...] = ()

    @property
    def brings_nothing(self) -> bool:
        """Whether all that the file says is known already."""
        return self.difference.known == self.difference.statements


def preview(desk: Desk, who: str, source: Source) -> Preview:
    """Return what a file would change; nothing is recorded.

    Raises CorpusError or ReformError, in one line, for a file that may not come in at all.
    """
    corpus = desk.corpus()
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    batch = read_rdf_batch(source.data, source.name, corpus, at=now, by=reviewer_id(who))
    snapshot = snapshot_of(corpus)
    before = {triple for triple, _ in snapshot.recorded | snapshot.quads}
    found = difference(batch, before, corpus)
    faults = found.contradicted
    if not faults and found.known < found.statements:
        faults = tuple(_broken(desk, batch, corpus, who))
    return Preview(batch, found, faults)


def _broken(desk: Desk, batch: RdfBatch, corpus: Corpus, who: str) -> list[str]:
    """Return the rules that a batch would break, and its passages that are not in their document.

    Rules that were broken before do not count.
    """
    number = len(desk.journal.read().records) + 1
    first, *others = batch.loaded(number=number)
    if ("actor", reviewer_id(who)) not in declared(corpus.files):
        first = with_reviewer(first, who)
    try:
        after = joined([*corpus.files, first, *others])
    except ReformError as error:
        return str(error).splitlines()
    checks = check_passages(Corpus([first, *others], after.places), desk.documents)
    if lost := [one for one in checks if one.verdict in (Verdict.CHANGED, Verdict.EXPOSED)]:
        return [f"{curie(one.iri)}: {one.detail}" for one in lost]
    rules = Rules()
    broken = rules.broken_by(after, number)
    known = rules.broken_by(corpus, 0) if broken else []
    return [line for line in broken if line not in known]


def take(desk: Desk, who: str, source: Source, found: Preview, reason: str | None) -> Record:
    """Keep a file and record it as one decision, all of it or nothing.

    Raises RefusedError, in one line, for a file with faults, with nothing new, or which gives away
    a withheld name, and UsageError for one that copies words of a document.
    """
    if found.faults:
        raise RefusedError(in_a_line(source.name, found.faults))
    if found.brings_nothing:
        raise RefusedError(f"{source.name}: says nothing that is not known. Nothing was done.")
    desk.refuse_texts(found.batch)
    with desk.originals.keeping(desk.journal, who, source.data) as (sha256,):
        fields = {
            "document": found.batch.document.id, "name": source.name[-255:], "sha256": sha256,
            "reason": reason,
        }  # fmt: skip
        try:
            return desk.record(who, entry(Import, fields), source.data)
        except BrokenRulesError as error:
            raise RefusedError(in_a_line(source.name, str(error).splitlines())) from error


def in_a_line(name: str, faults: tuple[str, ...] | list[str]) -> str:
    """Return the first of some faults, and how many more there are."""
    more = f" And {len(faults) - 1} more." if len(faults) > 1 else ""
    return f"{name}: {faults[0].rstrip('.')}.{more}"
