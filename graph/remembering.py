"""A store that keeps the answers it gave last: many readers ask the same of one snapshot."""

from __future__ import annotations

import sys
import threading
from collections import OrderedDict
from typing import Final
from weakref import WeakValueDictionary

from rdflib import Literal, URIRef

from graph.store import NOTHING, Bindings, Row, Store

MOST: Final = 150_000_000
"""Bytes that all answers kept may take."""
Asked = tuple[str, frozenset[tuple[str, URIRef | Literal]]]


class RememberingStore:
    """A store before another one; what is asked again is answered from memory.

    The engine lets other threads run at each row, so that fifty who ask for thousands of rows at
    once would wait minutes for each other. Here one asks, and those who ask the same wait for it.
    """

    def __init__(self, store: Store) -> None:
        """Stand before a store, which never changes."""
        self._store = store
        self._kept: OrderedDict[Asked, tuple[list[Row], int]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()
        # Each is there as long as somebody asks or waits, also where there is no answer to keep.
        self._asking: WeakValueDictionary[Asked, threading.Lock] = WeakValueDictionary()

    @property
    def digest(self) -> str:
        """The SHA-256 of the snapshot."""
        return self._store.digest

    def select(self, query: str, bindings: Bindings = NOTHING) -> list[Row]:
        """Return the solutions of a SELECT, as the store behind gives them; see `Store`.

        Raises what the store behind raises; who waited for that answer asks anew.
        """
        asked = (query, frozenset(bindings.items()))
        rows = self._remembered(asked)
        if rows is None:
            with self._lock:
                asking = self._asking.setdefault(asked, threading.Lock())
            with asking:
                rows = self._remembered(asked)
                if rows is None:
                    rows = self._store.select(query, bindings)
                    self._remember(asked, rows)
        return [row.copy() for row in rows]  # who changes an answer changes it for nobody else

    def _remembered(self, asked: Asked) -> list[Row] | None:
        with self._lock:
            if asked not in self._kept:
                return None
            self._kept.move_to_end(asked)
            return self._kept[asked][0]

    def _remember(self, asked: Asked, rows: list[Row]) -> None:
        size = _size(rows)
        if size > MOST:
            return
        with self._lock:
            self._kept[asked] = rows, size
            self._size += size
            while self._size > MOST:
                _, (_, dropped) = self._kept.popitem(last=False)
                self._size -= dropped


def _size(rows: list[Row]) -> int:
    """Return about how many bytes an answer takes; an empty one takes room, too."""
    cells = (value for row in rows for value in row.values())
    return 1_000 + sum(map(sys.getsizeof, rows)) + sum(map(sys.getsizeof, cells))
