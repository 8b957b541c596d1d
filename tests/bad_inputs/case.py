"""A bad input: what is made of it, the command that meets it, and how it must be refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

Content = bytes | str | Callable[[], bytes]
"""What a file holds; a function makes it when the case is run, so that bombs lie nowhere."""


@dataclass(frozen=True)
class Case:
    """A command on a bad input.

    `name` is the end of the sentence "refused is …". `says` must stand in the line that it is
    refused with. `make` gets the folder of inputs after `files` were written there, `damage` a
    workspace of the case's own.
    """

    name: str
    words: tuple[str, ...]
    says: str
    files: Mapping[str, Content] = field(default_factory=dict)
    code: int = 1
    stdin: bytes = b""
    settings: Mapping[str, str] = field(default_factory=dict)
    make: Callable[[Path], None] | None = None
    damage: Callable[[Path], None] | None = None
    apart: bool = False
    """Whether a reader's process is started anew, as in use, so that its memory is the true one."""
    lines: int = 1
    """How many lines are on stderr: a corpus has one for each mistake."""

    def write(self, folder: Path) -> None:
        """Write the inputs into a folder."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            data = content() if callable(content) else content
            path.write_bytes(data.encode() if isinstance(data, str) else data)
        if self.make is not None:
            self.make(folder)
