"""Drafts become entries: new ones, new readings of known ones, and what stays as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from ingest.facts import Assessment, CorpusFile, ImportedRecommendation, Recommendation, Theme
from ingest.folding import slug
from ingest.reading import LoadedFile, markers
from ingest.sources import Actor, Document, Entry, Passage
from ingest.tables.columns import COLUMNS, told
from ingest.tables.drafts import Draft, Drafts
from ingest.tables.foreign import IMPORTED
from ingest.tables.known import Known, Made, Names
from ingest.tables.preview import Become, Change, Counts, FieldChange
from ingest.tables.rows import row_passage
from ingest.tables.structure import Row, RowError

E = TypeVar("E", bound=Entry)
WORDING = ("label", "summary")
"""What a foreign list has no words for: those that the mapping makes are no change."""


class Assembly:
    """Holds drafts against what is known and gathers the entries they become."""

    def __init__(self, document: Document, file: str, known: Known) -> None:
        """Take the document that the file is, the file's name and what is known."""
        self.document = document
        self.file = file
        self.known = known
        self.errors: list[RowError] = []
        self.changes: list[Change] = []
        self.replaces: list[str] = []
        self._issuers = self._statuses = 0
        self._passages: dict[str, Passage] = {}
        self._own: list[Recommendation] = []
        self._others: dict[str, tuple[Document, list[Recommendation]]] = {}
        self._assessments: list[Assessment] = []

    def add(self, draft: Draft) -> None:
        """Take what some rows say of one recommendation."""
        known = self.known.recommendations.get(draft.ident)
        change: list[FieldChange] = []
        kept: list[FieldChange] = []
        entry: Recommendation | None
        if known is None:
            entry = self._new(draft)
        elif not draft.corrects and _decided(known[0]):
            entry, kept = known[1], _changes(known[1], _wanted(draft))
        else:
            entry, change = self._again(draft, known[1], known[0].facts.document)
        if entry is None:
            return
        fresh = [status for said in draft.statuses if (status := self._status(draft, said))]
        self._assessments += fresh
        self._statuses += len(fresh)
        self._issuers += len(entry.issuers)
        what: Become = "new" if known is None else "changed" if change else "unchanged"
        self.changes.append(
            Change(
                what, draft.rows[0].number, entry.id, entry.label, tuple(change), len(fresh),
                tuple(kept),
            )
        )  # fmt: skip

    # --- recommendations ---

    def _new(self, draft: Draft) -> Recommendation | None:
        said = {name: value for name, value in draft.values.items() if value != ""}
        values = said | {"id": draft.ident, "passages": _keys(draft.rows)}
        entry = self._recommendation(draft.rows[0], values)
        if entry is not None:
            self._keep_rows(draft.rows)
            self._own.append(entry)
        return entry

    def _again(
        self, draft: Draft, known: Recommendation, document: Document
    ) -> tuple[Recommendation | None, list[FieldChange]]:
        """Return the new reading of a known recommendation and what changes in it.

        A correction by id keeps the passages. What a foreign list says anew hangs on its rows.
        """
        wanted = {name: value if value != "" else None for name, value in draft.values.items()}
        changes = _changes(known, wanted if draft.corrects else _wanted(draft))
        if not changes:
            return known, []
        values = {name: getattr(known, name) for name in type(known).model_fields} | wanted
        if not draft.corrects:
            values["passages"] = _keys(draft.rows)
        entry = self._recommendation(draft.rows[0], values)
        if entry is not None:
            self.replaces.append(f"recommendation:{known.id}")
            if draft.corrects:
                self._others.setdefault(document.id, (document, []))[1].append(entry)
            else:
                self._keep_rows(draft.rows)
                self._own.append(entry)
        return entry, changes

    def _recommendation(self, row: Row, values: dict[str, Any]) -> Recommendation | None:
        model = Recommendation if values.get("asks") else ImportedRecommendation
        return self._entry(model, row, values)

    # --- statuses ---

    def _status(self, draft: Draft, said: dict[str, Any]) -> Assessment | None:
        """Return a new assessment, or None when the same one is known; none is overwritten."""
        key = [str(said[name]) for name in ("axis", "status", "as_of", "by", "basis")]
        same_day = self.known.said_before(draft.ident, said["axis"], said["as_of"], said["by"])
        if any((one.status, one.basis) == (said["status"], said["basis"]) for one in same_day):
            return None
        digest = hashlib.sha256("|".join([draft.ident, *key]).encode()).hexdigest()[:8]
        revised = {one.revises for one in same_day}
        before = [one.id for one in same_day if one.id not in revised]
        values = said | {
            "id": f"{draft.ident}-{said['axis']}-{slug(said['as_of'])}-{digest}",
            "of": draft.ident,
            "passages": _keys(draft.rows),
            "revises": before[-1] if before else None,
        }
        entry = self._entry(Assessment, draft.rows[0], values)
        if entry is not None:
            self._keep_rows(draft.rows)
        return entry

    # --- pieces ---

    def _entry(self, model: type[E], row: Row, values: dict[str, Any]) -> E | None:
        try:
            return model.model_validate(values, context=self.known.context)
        except ValidationError as error:
            of = "status" if model is Assessment else "recommendation"
            for details in error.errors():
                field = str(details["loc"][0]) if details["loc"] else ""
                column = next((c.name for c in COLUMNS if (c.of, c.field) == (of, field)), field)
                what = details["msg"].removeprefix("Value error, ")
                self.errors.append(
                    RowError(self.file, row.number, column, what, "Correct the value")
                )
            return None

    def _keep_rows(self, rows: Sequence[Row]) -> None:
        for row in rows:
            key = f"row-{row.number}"
            if key not in self._passages:
                self._passages[key] = row_passage(row, f"Row {row.number}")

    def facts(self) -> list[CorpusFile]:
        """Return the entries: those of the batch's own document first; none when nothing is new."""
        if not (self._own or self._others or self._assessments):
            return []
        own = CorpusFile.model_construct(
            format=1, document=self.document, passages=self._passages,
            actors=self._actors(), themes=self._themes(),
            recommendations=self._own, assessments=self._assessments,
        )  # fmt: skip
        return [own] + [
            CorpusFile.model_construct(
                format=1, document=document, passages={}, recommendations=corrected
            )
            for document, corrected in self._others.values()
        ]

    def _actors(self) -> list[Actor]:
        made = self._spoken_of(self.known.actors)
        return [Actor(id=one.ident, label=one.label, kind=one.kind) for one in made]

    def _themes(self) -> list[Theme]:
        said = f"A theme of “{self.document.title}” {IMPORTED}."
        made = self._spoken_of(self.known.themes)
        return [Theme(id=one.ident, label=one.label, definition=said) for one in made]

    def _spoken_of(self, names: Names) -> list[Made]:
        """Return what the batch makes, without what only rows that were not taken speak of."""
        made = list(names.made.values())
        if not any(change.kept for change in self.changes):
            return made
        corrected = [entry for _, entries in self._others.values() for entry in entries]
        entries = [self.document, *self._own, *corrected, *self._assessments]
        said = {value for entry in entries for _, _, value in markers(entry)}
        return [one for one in made if one.ident in said]

    def counts(self, found: Drafts, errors: Sequence[RowError]) -> Counts:
        """Return how many rows and entries there are of each sort."""
        kinds = [change.what for change in self.changes]
        return Counts(
            rows=found.rows, blank=found.blank, refused=len({error.row for error in errors}),
            recommendations=len(kinds), merged=found.merged, repeated=found.repeated,
            new=kinds.count("new"), changed=kinds.count("changed"),
            unchanged=kinds.count("unchanged"), issuers=self._issuers, statuses=self._statuses,
            actors=len(self._spoken_of(self.known.actors)),
            themes=len(self._spoken_of(self.known.themes)),
        )  # fmt: skip


def _keys(rows: Sequence[Row]) -> list[str]:
    return [f"row-{row.number}" for row in rows]


def _decided(file: LoadedFile) -> bool:
    """Tell whether a person spoke of a recommendation by itself, be it by its id in a batch."""
    return not file.imported or file.curation is not None


def _wanted(draft: Draft) -> dict[str, Any]:
    """Return what a foreign list says that could change a recommendation."""
    return {name: value for name, value in draft.values.items() if name not in WORDING}


def _changes(known: Recommendation, wanted: dict[str, Any]) -> list[FieldChange]:
    return [
        FieldChange(name, told(getattr(known, name)), told(value))
        for name, value in wanted.items()
        if _differ(getattr(known, name), value)
    ]


def _differ(known: object, said: object) -> bool:
    """Tell whether a value is another; the order of actors, asks and themes does not count."""
    if isinstance(known, list) and isinstance(said, list):
        return sorted(known) != sorted(said)
    return (known or None) != (said.strip() if isinstance(said, str) else said or None)
