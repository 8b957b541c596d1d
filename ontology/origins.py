"""Where an entry is written, so that a report can lead to the line at fault."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """A file, and a line in it counted from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        """Return the place as a report says it."""
        return f"{self.file} line {self.line}"
