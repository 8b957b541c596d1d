"""What the command `export` does: choose as the page does, make one format, write one file."""

from __future__ import annotations

import datetime as dt
import difflib
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox
import rdflib

from explorer.archives import members_of
from explorer.exporting import EXPORTS, taken
from explorer.facets import Prepared, prepared
from explorer.languages.saying import listed
from explorer.marks import Compared, Held, compared, gone_of, held
from explorer.releases import Release, open_release
from explorer.selection import (
    FACETS,
    Lost,
    Query,
    Selection,
    code_of,
    read_query,
    resolved,
    words_of,
)
from explorer.settings import Settings
from explorer.words import Names
from explorer.workspace import current_snapshot, open_current
from graph.entities import labels
from graph.freshids import fresh_ids
from graph.store import MemoryStore, Store
from ingest.characters import LINE_END, fault_in
from ingest.disk import refuse_within, write_atomically
from ontology.errors import ReformError, UsageError

FEW: Final = 12
"""Values of a choice that are all named where another was asked for."""
PRINTED: Final = Path("-")
"""The file that stands for standard output."""
LONGEST_TITLE: Final = 300
"""Characters."""


@dataclass(frozen=True)
class Wish:
    """What to export: the format, what is chosen (as in an address of the explorer), and where to.

    It is held against the file of an earlier `release`, or against the day `since` of the query.
    With `fresh`, cases have ids of this export's own; with `replace`, a file may be replaced.
    """

    form: str
    query: Query
    out: Path | None
    made_on: dt.date
    title: str | None = None
    fresh: bool = False
    replace: bool = False
    release: Path | None = None


def export(settings: Settings, wish: Wish) -> str:
    """Write what is wished for; return a line that tells so, or the text itself for `-`.

    Raises UsageError for a choice that is not there, for a format that cannot be printed and for a
    file in the workspace, ReformError where nothing fits and where the file is there and shall not
    be replaced.
    """
    if wish.title is not None:
        _refuse_title(wish.title)
    kind = EXPORTS[wish.form]
    path = wish.out or Path(f"recommendations.{kind.ending}")
    if path == PRINTED and not kind.is_text:
        raise UsageError(f"--out: {wish.form} cannot be printed. Name a file.")
    as_folder = wish.form == "site" and path.suffix != ".zip"
    if path != PRINTED:
        refuse_within(settings.home, path)
        if os.path.lexists(path) and (as_folder or not wish.replace):
            # Pages left over in a folder from before would tell what is no longer told.
            todo = "Name a new folder" if as_folder else "Name another file, or say --replace"
            raise ReformError(f"{path}: is there already. {todo}.")
    store = open_current(settings)
    names = Names(labels(store))
    release = open_release(wish.release) if wish.release else None
    selection, chosen, stood = choose(store, names, wish.query, release)
    told = selection.in_words(_named(_both(names, release)), listed)
    whole = taken(
        settings, store, chosen, selection=told, made_on=wish.made_on, as_of=selection.as_of,
        link=_link(settings, selection), title=wish.title, held=stood,
    )  # fmt: skip
    if wish.fresh:  # the stamp still names the data that everybody else has
        whole = replace(whole, store=_with_fresh_ids(settings))
    data = kind.make(whole)
    if path == PRINTED:
        return data.decode("utf-8-sig")
    if as_folder:
        _unpack(data, path)
    else:
        write_atomically(path, data)
    return f"{path}: {_counted(len(chosen))} as {wish.form}, {len(data):,} bytes"


def _refuse_title(title: str) -> None:
    """Raise UsageError for a title that is not one line of plain signs."""
    fault = fault_in(title)
    if LINE_END.search(title) or len(title) > LONGEST_TITLE:
        fault = f"is more than a line of {LONGEST_TITLE} characters"
    if fault:
        raise UsageError(f"--title: {fault}. Write it anew, by hand.")


def choose(
    store: Store, names: Names, query: Query, release: Release | None = None
) -> tuple[Selection, list[str], Held | None]:
    """Return the selection that a query asks for, what fits it, and what it is held against.

    That is the `release`, or the day that the query names; what was there then can be chosen, too.
    Raises UsageError for a choice that is not there, ReformError where nothing fits.
    """
    if blank := [name for name, values in query.items() if any(not one.strip() for one in values)]:
        raise UsageError(f"{blank[0]}: is empty. Name one, or leave the choice out.")
    asked, lost = read_query(query)
    if release and asked.since:
        raise UsageError("--since: says another thing than --release. Say one of them.")
    if asked.since and not asked.is_compared:
        raise UsageError(
            f"--since: {asked.since} is not before {asked.as_of}. Name an earlier day."
        )
    asked = replace(asked, release=release.short) if release else asked
    names = _both(names, release)
    ready = prepared(store, names, asked.axis, asked.as_of)
    against = _against(ready, store, names, asked, release)
    there = against.values if against else ready.values
    selection, missing = resolved(asked, there, _named(names))
    if lost := [*lost, *missing]:
        raise UsageError(_not_there(lost[0], there))
    chosen = [item.iri for item in (against.now if against else ready).chosen(selection)]
    fitted = against.then.chosen(selection) if against else []
    if not chosen:
        raise ReformError(
            f"nothing fits{f' now ({len(fitted)} did then)' if fitted else ''}: "
            f"{selection.in_words(_named(names), listed)}. Leave out one of the choices."
        )
    if against is None:
        return selection, chosen, None
    whole = selection.with_facet("change", ())
    gone = gone_of(against.marks, against.then.chosen(whole))
    name = str(release or "")
    return selection, chosen, held(against.marks, gone, selection.axis, selection.since, name)


def _against(
    now: Prepared, store: Store, names: Names, asked: Selection, release: Release | None
) -> Compared | None:
    """Return what is held against an earlier state; None where no such state is named."""
    if release:
        return compared(now, prepared(release.store, names, asked.axis, asked.as_of))
    if asked.since:
        return compared(now, prepared(store, names, asked.axis, asked.since))
    return None


def _not_there(lost: Lost, there: Mapping[str, Collection[str]]) -> str:
    """Return the line for a value that is not there, with those that are or one that is near."""
    facet = next((name for name, title in FACETS.items() if title == lost.title), "")
    known = sorted(code_of(facet, value) for value in there.get(facet, ()))
    near = difflib.get_close_matches(lost.value, known, 1)
    near += [value for value in known if lost.value in value]
    todo = "Choose what `reformgraph explore` offers."
    if 0 < len(known) <= FEW:
        todo = f"Use one of: {', '.join(known)}."
    elif near:
        todo = f"Did you mean “{near[0]}”?"
    return f"--{facet or lost.title}: “{lost.value}” is not there. {todo}"


def _both(names: Names, release: Release | None) -> Names:
    """Return the names of all that is there or was."""
    return names.also(labels(release.store)) if release else names


def _named(names: Names) -> Callable[[str, str], str]:
    return lambda facet, value: words_of(facet, value, names.of)


def _link(settings: Settings, selection: Selection) -> str | None:
    """Return the address that shows the selection again, where the explorer has a public one."""
    if settings.public_url is None:
        return None
    query = urlencode(selection.to_query(), doseq=True)
    return f"{settings.public_url}/?{query}" if query else f"{settings.public_url}/"


def _with_fresh_ids(settings: Settings) -> Store:
    """Return a store of the current snapshot in which each case has a new id."""
    quads = ox.parse(current_snapshot(settings).read_bytes(), format=ox.RdfFormat.N_QUADS)
    data = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
    triples = rdflib.Graph(bind_namespaces="none").parse(data=data, format="nt")
    return MemoryStore(fresh_ids(triples).serialize(format="nt").encode())


def _unpack(data: bytes, folder: Path) -> None:
    for name, member in members_of(data).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(member)


def _counted(number: int) -> str:
    return "1 recommendation" if number == 1 else f"{number} recommendations"
