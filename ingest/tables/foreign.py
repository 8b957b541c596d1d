"""Rows of a foreign list, read by its mapping."""

from __future__ import annotations

import hashlib
import html

from ingest.passages import normalise
from ingest.tables.drafts import Draft, Drafts, listed
from ingest.tables.known import Known, Names
from ingest.tables.mapping import ActorColumn, Mapping, ThemeColumn
from ingest.tables.structure import Row, RowError, Table

IMPORTED = "(imported, not reviewed)"
"""How the label of a recommendation ends that nobody has looked at."""
LONGEST_LABEL = 160


def looked_at(label: str) -> str:
    """Return a label without the words that nobody has looked at what it names."""
    return label.removesuffix(IMPORTED).rstrip()


class ForeignList:
    """Reads a table by a mapping: rows of one group become one recommendation."""

    def __init__(self, table: Table, mapping: Mapping, known: Known) -> None:
        """Take a table whose header has the columns that the mapping speaks of."""
        self.table = table
        self.mapping = mapping
        self.known = known
        self.at = {column: i for i, column in enumerate(table.header)}
        self.found = Drafts(rows=len(table.rows))
        self._groups: dict[tuple[tuple[str, ...], str], Draft] = {}
        self._keys: set[tuple[str, ...]] = set()

    def drafts(self) -> Drafts:
        """Return what the rows say."""
        for row in self.table.rows:
            if row.blank:
                self.found.blank += 1
            elif not self._refuse(row):
                self._take(row)
        for draft in self._groups.values():
            self._describe(draft)
            self.found.drafts.append(draft)
        self._leave_columns()
        return self.found

    def _value(self, row: Row, column: str) -> str:
        text = row.cell(self.at[column])
        return html.unescape(text).strip() if self.mapping.file.html_entities else text

    def _refuse(self, row: Row) -> bool:
        """Note what is wrong with a row that can be no recommendation."""
        columns = self.mapping.columns
        used = dict.fromkeys(column for _, column in self.mapping.needed())
        wrong: list[tuple[str, str, str]] = []
        if len(row.cells) > len(self.table.header) and any(row.cells[len(self.table.header) :]):
            wrong.append(
                ("", f"has {len(row.cells)} cells, the header {len(self.table.header)}",
                 "Quote cells that hold the delimiter")
            )  # fmt: skip
        for column in used:
            if fault := row.faults.get(self.at[column]):
                wrong.append((column, fault, "Paste its value instead"))
        for part in (columns.addressees, columns.issuers):
            if not self._value(row, part.column) and "" not in part.unknown:
                wrong.append((part.column, "is empty", "Name the actor"))
        if not self._value(row, columns.text):
            wrong.append((columns.text, "is empty", "Fill in the text, or take the row out"))
        wrong += self._unfit(row)
        for column, what, todo in wrong[:1]:
            self.found.errors.append(RowError(self.table.name, row.number, column, what, todo))
        return bool(wrong)

    def _unfit(self, row: Row) -> list[tuple[str, str, str]]:
        """Return what is wrong with the names in a row that would be those of new entries."""
        columns, known = self.mapping.columns, self.known
        parts: list[tuple[ActorColumn | ThemeColumn, Names, list[str], str | None]] = [
            (part, known.actors, part.unknown, part.kind)
            for part in (columns.addressees, columns.issuers)
        ]
        if columns.themes is not None:
            parts.append((columns.themes, known.themes, columns.themes.drop, None))
        return [
            (part.column, fault, "Write its name")
            for part, names, left_out, kind in parts
            for name in _parted(self._value(row, part.column), part.separator)
            if name not in left_out
            if (fault := names.fault_of(part.values.get(name, name), kind))
        ]

    def _take(self, row: Row) -> None:
        """Put a row to its group; rows of one text that were answered differently stay apart."""
        key = tuple(_plain(self._value(row, column)) for column in self.mapping.group_by)
        response = self.mapping.columns.response
        answer = _plain(self._value(row, response.column)) if response else ""
        draft = self._groups.get((key, answer))
        issuers = self._actors(row, self.mapping.columns.issuers, "issuers")
        if draft is None:
            draft = Draft(self._ident(key, answer if key in self._keys else ""), [row], {})
            self._keys.add(key)
            draft.values = {"issuers": [], "addressees": [], "themes": []}
            self._groups[key, answer] = draft
        else:
            draft.rows.append(row)
            new = [name for name in issuers if name not in draft.values["issuers"]]
            self.found.merged += bool(new)
            self.found.repeated += not new
        _add(draft.values["issuers"], issuers)
        _add(draft.values["addressees"],
             self._actors(row, self.mapping.columns.addressees, "addressees"))  # fmt: skip
        _add(draft.values["themes"], self._themes(row))

    def _ident(self, key: tuple[str, ...], answer: str) -> str:
        told = hashlib.sha256("\x1f".join([*key, answer]).encode()).hexdigest()[:12]
        return f"{self.mapping.document.id}-{told}"

    def _actors(self, row: Row, part: ActorColumn, role: str) -> list[str]:
        found: list[str] = []
        for name in _parted(self._value(row, part.column), part.separator):
            if name in part.unknown:
                self.found.leave(f"{role}, not given", name, row.number)
            else:
                found.append(part.values.get(name, name))
        return found

    def _themes(self, row: Row) -> list[str]:
        part, found = self.mapping.columns.themes, []
        if part is None:
            return []
        for name in _parted(self._value(row, part.column), part.separator):
            if name in part.drop:
                self.found.leave("theme", name, row.number)
            else:
                found.append(part.values.get(name, name))
        return found

    # --- a group as one recommendation ---

    def _describe(self, draft: Draft) -> None:
        """Turn the names of a group into links, and say its label, summary, date and status."""
        columns, names = self.mapping.columns, draft.values
        shown = {role: listed(names[role]) for role in ("issuers", "addressees", "themes")}
        first = draft.rows[0]
        date = self._date(draft.rows)
        issuers = [
            self.known.actors.find_or_make(n, columns.issuers.kind) for n in names["issuers"]
        ]
        draft.values = {
            "issuers": list(dict.fromkeys(issuers)),
            "issuer_basis": "statedBySource" if issuers else "notGivenBySource",
            "addressees": list(dict.fromkeys(
                self.known.actors.find_or_make(n, columns.addressees.kind)
                for n in names["addressees"]
            )),
        }  # fmt: skip
        # Of what the list has no column for it says nothing, not that there is none.
        if columns.themes is not None:
            themes = map(self.known.themes.find_or_make, names["themes"])
            draft.values["themes"] = list(dict.fromkeys(themes))
        if columns.date is not None:
            draft.values["date"] = date
        shown["issuers"] = shown["issuers"] or "an issuer that is not named"
        shown["themes"] = shown["themes"] or "none"
        shown["date"] = date or "no date"
        tail = f", row {first.number} {IMPORTED}"
        label = self._filled(self.mapping.label, first, shown)
        if len(label) + len(tail) > LONGEST_LABEL:
            label = label[: LONGEST_LABEL - len(tail) - 1].rstrip() + "…"
        draft.values["label"] = label + tail
        draft.values["summary"] = self._filled(self.mapping.summary, first, shown)
        self._respond(draft, first)

    def _filled(self, template: str, row: Row, shown: dict[str, str]) -> str:
        gaps = {column: self._value(row, column) or "none" for column in self.at}
        text = template
        for gap, value in (gaps | shown).items():
            text = text.replace(f"{{{gap}}}", value)
        return " ".join(text.split())

    def _date(self, rows: list[Row]) -> str | None:
        part = self.mapping.columns.date
        if part is None:
            return None
        date: str | None = None
        for row in rows:
            value = self._value(row, part.column)
            told = part.values.get(value) if part.values else value or None
            try:
                self.known.read_date(told or "")
            except ValueError:
                self.found.leave("date", value, row.number)
                continue
            if date not in (None, told):
                self.found.leave("date, another than that of its group", value, row.number)
            date = date or told
        return date

    def _respond(self, draft: Draft, row: Row) -> None:
        part = self.mapping.columns.response
        if part is None or not (value := self._value(row, part.column)):
            return
        meaning = part.values.get(value)
        days = {one.number: self._value(one, part.as_of.column) for one in draft.rows}
        meant = {day: part.as_of.values.get(day) if part.as_of.values else day
                 for day in days.values()}  # fmt: skip
        day = days[row.number]
        as_of = meant[day]
        if meaning is None:
            for one in draft.rows:
                self.found.leave(part.column, value, one.number)
            return
        try:
            self.known.read_date(as_of or "")
        except ValueError:
            for one in draft.rows:
                self.found.leave("as-of day", day, one.number)
            return
        for number, other in days.items():
            if meant[other] != as_of:
                self.found.leave("as-of day, another than that of its group", other, number)
        publisher = self.mapping.document.publisher
        relay = self.known.actors.find_or_make(publisher.name, publisher.kind)
        speakers = draft.values["addressees"] if part.by == "addressees" else [relay]
        draft.statuses = [
            {
                "axis": part.axis, "status": meaning.status, "as_of": as_of, "by": who,
                "basis": part.basis, "note": meaning.note,
                "reported_by": [relay] if who != relay else [],
            }
            for who in speakers
        ]  # fmt: skip

    def _leave_columns(self) -> None:
        used = {column for _, column in self.mapping.needed()}
        for column, at in self.at.items():
            if column and column not in used:
                what = "column" if column not in self.mapping.ignore else "column, left out"
                for row in self.table.rows:
                    if row.cell(at):
                        self.found.leave(what, column, row.number)


def _plain(text: str) -> str:
    """Return a text for comparison: forms, quotes, dashes, case and last punctuation folded."""
    return normalise(text).casefold().rstrip(" .,;:")


def _parted(text: str, separator: str | None) -> list[str]:
    parts = text.split(separator) if separator else [text]
    return [part.strip() for part in parts if part.strip()]


def _add(known: list[str], more: list[str]) -> None:
    known += [name for name in dict.fromkeys(more) if name not in known]
