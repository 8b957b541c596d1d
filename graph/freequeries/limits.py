"""What one free query may cost, and the error of a query that is refused or stopped."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ontology.errors import ReformError


@dataclass(frozen=True)
class Limits:
    """What one free query may cost.

    `seconds` from when its turn comes; `wait` seconds until then, among at most `waiting` others;
    `rows` (or triples) and `size` in bytes of the answer, which is cut there; `memory` in bytes
    besides the data, or three times the data where that is more; `depth` of brackets, and
    `length` in characters of the query.
    """

    seconds: float = 5.0
    rows: int = 1_000
    size: int = 10_000_000
    memory: int = 384 * 1024 * 1024
    depth: int = 128
    length: int = 20_000
    wait: float = 10.0
    waiting: int = 32


class Reason(StrEnum):
    """Why a query has no answer, for a page that says more than the line."""

    form = "form"
    forbidden = "forbidden"
    time = "time"
    crash = "crash"
    busy = "busy"


class QueryRefused(ReformError):  # noqa: N818 - a query is refused, which is no error of ours
    """A query that is not answered, told as `NAME line N column M: what is wrong. What to do.`

    `line` and `column` count from 1; they are None where the query as a whole is refused.
    """

    def __init__(
        self,
        reason: Reason,
        what: str,
        todo: str,
        *,
        line: int | None = None,
        column: int | None = None,
        name: str = "query",
    ) -> None:
        """Keep the parts, so that a page can show the place."""
        self.reason, self.what, self.todo = reason, what, todo
        self.line, self.column, self.name = line, column, name
        place = name if line is None else f"{name} line {line} column {column}"
        super().__init__(f"{place}: {what}. {todo}.")

    def named(self, name: str) -> QueryRefused:
        """Return the same refusal of a query that has a name, such as its file's."""
        return QueryRefused(
            self.reason, self.what, self.todo, line=self.line, column=self.column, name=name
        )
