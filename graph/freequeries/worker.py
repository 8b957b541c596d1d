"""The process that answers free queries: it holds the public snapshot, and nothing else.

It reads one line of JSON for each query from its standard input and writes one line of JSON for
each answer. `pool.py` starts it, and ends it when it takes too long; when nobody is left who
could ask, it ends itself. It imports little, so that a new one is ready soon.
"""

from __future__ import annotations

import hashlib
import json
import os
import queue
import sys
import threading
from collections.abc import Iterable, Iterator
from itertools import chain, dropwhile
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from graph.freequeries.confinement import allow_seconds, confine, memory_in_use

_TERM = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_XSD_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_LOADING: Final = 300.0


def main() -> None:
    """Load what the first line names, shut the door, answer until nobody asks."""
    allow_seconds(_LOADING)
    first = json.loads(sys.stdin.buffer.readline())
    before = memory_in_use()
    try:
        store, digest = _load(Path(first["snapshot"]))
    except (OSError, SyntaxError, ValueError) as error:
        _write({"fault": f"{type(error).__name__}: {error}"})
        return
    graphs = {graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)}
    asked: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=[asked], daemon=True).start()
    # Sorting or counting all that there is takes about the memory of the data again.
    unconfined = confine(max(first["memory"], 3 * (memory_in_use() - before)))
    _write({"digest": digest, "graphs": len(graphs), "unconfined": unconfined})
    while True:
        request = asked.get()
        allow_seconds(request["seconds"])
        unknown = [place for place in request["graphs"] if place[0] not in graphs]
        _write({"unknown": unknown[0]} if unknown else _answer(store, request))


def _load(path: Path) -> tuple[ox.Store, str]:
    """Load N-Quads: all statements together, and those of each document in its graph."""
    data = path.read_bytes()
    store = ox.Store()
    store.bulk_extend(
        chain.from_iterable(
            (ox.Quad(quad.subject, quad.predicate, quad.object), quad)
            for quad in ox.parse(data, format=ox.RdfFormat.N_QUADS)
        )
    )
    return store, hashlib.sha256(data).hexdigest()


def _listen(asked: queue.SimpleQueue[dict[str, Any]]) -> None:
    """Take in requests; when the other end is closed nobody is left to answer."""
    for line in sys.stdin.buffer:
        asked.put(json.loads(line))
    os._exit(0)


def _write(message: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(message, ensure_ascii=False).encode() + b"\n")
    sys.stdout.buffer.flush()


def _answer(store: ox.Store, request: dict[str, Any]) -> dict[str, Any]:
    try:
        found = store.query(request["text"], base_iri=request["base"], prefixes=request["prefixes"])
        if isinstance(found, ox.QueryBoolean):
            return {"truth": bool(found)}
        if isinstance(found, ox.QueryTriples):
            triples, cut = _within(_distinct(found), request)
            return {
                "turtle": _turtle(triples, request["prefixes"], request["base"]),
                "count": len(triples),
                "cut": cut,
            }
        names = [variable.value for variable in found.variables]
        rows, cut = _within(([_json(term) for term in row] for row in found), request)
        return {"columns": names, "rows": rows, "cut": cut}
    except SyntaxError as error:
        return {"syntax": str(error)}
    except (ValueError, RuntimeError, OSError) as error:
        return {"failed": str(error)}


def _within(found: Iterable[Any], request: dict[str, Any]) -> tuple[list[Any], str | None]:
    """Return as much of an answer as may be given, and by which limit it was cut."""
    kept: list[Any] = []
    size = 0
    for one in found:
        if len(kept) == request["rows"]:
            return kept, "rows"
        size += _size(one)
        if size > request["size"]:
            return kept, "size"
        kept.append(one)
    return kept, None


def _size(one: Any) -> int:
    return len(
        str(one).encode()
        if isinstance(one, ox.Triple)
        else json.dumps(one, ensure_ascii=False).encode()
    )


def _distinct(found: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    seen: set[ox.Triple] = set()
    for triple in found:
        if triple not in seen:
            seen.add(triple)
            yield triple


def _turtle(triples: list[ox.Triple], prefixes: dict[str, str], base: str) -> str:
    """Write triples in order, with those prefixes that they use; what begins so, from the base."""
    ordered = sorted(triples, key=str)
    text = "\n".join(map(str, ordered))
    used = {prefix: iri for prefix, iri in prefixes.items() if f"<{iri}" in text and iri != base}
    data = ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=used, base_iri=base)
    assert data is not None  # it is, where a file is named to write to
    # The engine writes the addresses of prefixes from the base as well, which nobody can read.
    body = dropwhile(lambda line: line.startswith(("@base", "@prefix")), data.decode().split("\n"))
    head = [f"@prefix {prefix}: <{iri}> ." for prefix, iri in used.items()]
    return "\n".join([f"@base <{base}> .", *head, "", *body])


def _json(term: _TERM | None) -> dict[str, Any] | None:
    """Return a term as SPARQL's JSON has it."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json(part) for name, part in parts.items()}}
    found: dict[str, Any] = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype.value != _XSD_STRING:
        found["datatype"] = term.datatype.value
    return found
