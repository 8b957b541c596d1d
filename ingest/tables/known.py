"""What is known before a batch comes in: entries by id, label and alias, and links to them."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from pydantic import TypeAdapter, ValidationError

from ingest.dates import Period, fault_in_form, read_period
from ingest.facts import Assessment, Recommendation
from ingest.fields import INCOMING, Label
from ingest.folding import slug
from ingest.linking import fold, nearest
from ingest.reading import SECTIONS, Corpus, LoadedFile
from ontology.terms import scheme

NEW = re.compile(r"(.+?)\s*\[\s*([A-Za-z]+)\s*\]")
"""A name with what it is: it stands for nothing known as yet."""
LinkedKind = Literal["actor", "ask", "theme"]
_LABEL: Final[TypeAdapter[str]] = TypeAdapter(Label)


class NoSuchNameError(Exception):
    """A name that stands for nothing known, or for several things; it says what to do."""

    def __init__(self, what: str, todo: str) -> None:
        """Keep the two halves of the line."""
        self.what = what
        self.todo = todo
        super().__init__(f"{what}. {todo}.")


@dataclass(frozen=True)
class Made:
    """An entry that the batch makes, since nothing known bears its name."""

    ident: str
    label: str
    kind: str | None


class Names:
    """The entries of one kind: found by id, else by label or alias; made where none is found.

    What a name stands for is kept in `links` unless its slug says it already. With the links of an
    earlier reading nothing is looked up by label, so that a batch keeps its ids when others add
    names later.
    """

    def __init__(
        self, kind: LinkedKind, corpus: Corpus, recorded: Mapping[str, str] | None
    ) -> None:
        """Take what is known, and the links recorded when the batch was first read, if it was."""
        self.kind = kind
        self.links: dict[str, str] = {}
        self.made: dict[str, Made] = {}
        self.kinds: dict[str, str | None] = {}
        self._labels: dict[str, set[str]] = defaultdict(set)
        self._aliases: dict[str, set[str]] = defaultdict(set)
        self._recorded = recorded
        self._found: dict[tuple[str, str | None], str] = {}
        self._advised: dict[str, str] = {}
        for _, entry in corpus.entries(f"{kind}s"):
            for alias in getattr(entry, "aliases", []):
                self._aliases[fold(alias.name)].add(entry.id)
            if entry.label is not None:
                self._labels[fold(entry.label)].add(entry.id)
                self.kinds[entry.id] = getattr(entry, "kind", None)

    def find(self, name: str) -> str:
        """Return the id that a name stands for: an id, a label or an alias.

        Raises NoSuchNameError when there is none, or more than one.
        """
        if name in self.kinds or name in self.made:
            return name
        if self._recorded is not None:
            return self._linked(name, self._recorded.get(name) or slug(name))
        found = self._labels.get(fold(name)) or self._aliases.get(fold(name)) or set()
        if len(found) == 1:
            return self._linked(name, min(found))
        if found:
            raise NoSuchNameError(
                f"“{name}” is the name of several: {', '.join(sorted(found))}", "Write one of those"
            )
        if name not in self._advised:
            self._advised[name] = self._advice(name)
        raise NoSuchNameError(f"there is no {self.kind} “{name}”", self._advised[name])

    def read(self, text: str) -> str:
        """Return the id that a person's word stands for; `Name [kind]` makes a new entry.

        For a theme the kind is the word `new`. Raises NoSuchNameError as `find` does, and for a
        kind that there is not.
        """
        new = NEW.fullmatch(text)
        if new is None or self.kind == "ask":
            return self.find(text)
        kinds = ["new"] if self.kind == "theme" else list(scheme("actorKind"))
        if new[2] not in kinds:
            what = f"`{new[2]}` is not a kind of {self.kind}"
            raise NoSuchNameError(what, f"Use one of: {', '.join(kinds)}")
        return self.find_or_make(new[1], new[2] if self.kind == "actor" else None)

    def fault_of(self, name: str, kind: str | None = None) -> str | None:
        """Say why a name that nothing known bears can be no label; None when it can be one."""
        fault = _fault_of(name, is_new=self._recorded is None)
        return fault if fault and self._known(name, kind) is None else None

    def find_or_make(self, name: str, kind: str | None = None) -> str:
        """Return the id of the known entry with that label or alias and kind, or of a new one.

        Raises NoSuchNameError for a new one whose name can be no label.
        """
        key = (fold(name), kind)
        if key not in self._found:
            self._found[key] = ident = self._known(name, kind) or self._own(name, kind)
            if ident not in self.kinds:
                if fault := _fault_of(name, is_new=self._recorded is None):
                    raise NoSuchNameError(fault, "Write its name")
                self.made[ident] = Made(ident, name, kind)
            self._linked(name, ident)
        return self._found[key]

    def _linked(self, name: str, ident: str) -> str:
        if ident != slug(name):
            self.links[name] = ident
        return ident

    def _known(self, name: str, kind: str | None) -> str | None:
        if self._recorded is not None:
            return self._recorded.get(name)
        for names in (self._labels, self._aliases):
            found = [i for i in names.get(fold(name), set()) if kind in (None, self.kinds.get(i))]
            if len(found) == 1:
                return found[0]
        return None

    def _own(self, name: str, kind: str | None) -> str:
        """Return an id of its own for a name; another meaning of the same slug is kept apart."""
        plain = slug(name)
        if plain in self.made or (self._recorded is None and plain in self.kinds):
            told = hashlib.sha256(f"{kind} {fold(name)}".encode()).hexdigest()[:6]
            return f"{plain}-{told}"
        return plain

    def _advice(self, name: str) -> str:
        known = [*self.kinds, *self._labels]
        close = nearest(name.casefold(), known, least=70)
        meant = f"Write `{self._id_of(close)}` if that is meant" if close else ""
        if self.kind == "ask":
            return meant or "Leave the cell empty and link an ask later"
        new = f"{name} [state]" if self.kind == "actor" else f"{name} [new]"
        return f"{meant or 'Write its id'}, or `{new}` for a new one"

    def _id_of(self, name: str) -> str:
        return name if name in self.kinds else min(self._labels[name])


@lru_cache(maxsize=10_000)
def _fault_of(name: str, *, is_new: bool) -> str | None:
    try:
        _LABEL.validate_python(name, context=INCOMING if is_new else None)
    except ValidationError as error:
        what = error.errors()[0]["msg"].removeprefix("Value error, ")
        return f"“{name[:60]}” is no name: {what[:1].lower()}{what[1:]}"
    return None


class Known:
    """All that is known before the batch, as far as its rows may speak of it."""

    def __init__(self, corpus: Corpus, links: Mapping[str, str] | None) -> None:
        """Take the sources of facts before the batch; `links` has keys like `actor:Turkey`.

        A batch without links is new; those of one that was recorded were kept with it.
        """
        self.context = INCOMING if links is None else None
        self.actors = Names("actor", corpus, _of_kind("actor", links))
        self.asks = Names("ask", corpus, _of_kind("ask", links))
        self.themes = Names("theme", corpus, _of_kind("theme", links))
        self.recommendations: dict[str, tuple[LoadedFile, Recommendation]] = {
            entry.id: (file, entry) for file, entry in corpus.entries("recommendations")
        }
        self._assessments: dict[str, list[Assessment]] = defaultdict(list)
        # What came as RDF was once not looked at: a batch of then goes by what it was taken for.
        taken = _of_kind("assessment", links)
        self._from_rdf: set[str] = set()
        for file, entry in corpus.entries("assessments"):
            if not file.shadow or taken is None or entry.id in taken:
                self._assessments[entry.of].append(entry)
                if file.shadow:
                    self._from_rdf.add(entry.id)
        self._restated: dict[str, str] = {}
        self.documents = {file.facts.document.id for file in corpus.files}
        self.ids: dict[str, set[str]] = defaultdict(set)
        for section, kind in SECTIONS.items():
            if kind in ("document", "version", "provision", "process"):
                self.ids[kind] |= {entry.id for _, entry in corpus.entries(section)}
        self.ids["document"] |= self.documents

    def read_date(self, text: str) -> Period:
        """Read a date of a row.

        Raises ValueError for none, and for one of a form that is no more taken where it is new.
        """
        if self.context and (fault := fault_in_form(text)):
            raise ValueError(fault)
        return read_period(text)

    def said_before(self, of: str, axis: str, as_of: str, by: str) -> list[Assessment]:
        """Return what an assessor is known to have said of a recommendation, as of the same day."""
        found = [
            one
            for one in self._assessments[of]
            if (one.axis, one.as_of, one.by) == (axis, as_of, by)
        ]
        self._restated |= {one.id: of for one in found if one.id in self._from_rdf}
        return found

    def links(self) -> dict[str, str]:
        """Return what the batch's names and statuses stand for, to be kept with its import."""
        found = {
            f"{names.kind}:{name}": ident
            for names in (self.actors, self.asks, self.themes)
            for name, ident in sorted(names.links.items())
        }
        return found | {f"assessment:{one}": of for one, of in sorted(self._restated.items())}


def _of_kind(kind: str, links: Mapping[str, str] | None) -> dict[str, str] | None:
    if links is None:
        return None
    return {
        name.removeprefix(f"{kind}:"): ident
        for name, ident in links.items()
        if name.startswith(f"{kind}:")
    }
