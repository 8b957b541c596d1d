"""The errors of reformgraph: one root, few children, each message one line that says what to do."""

from __future__ import annotations

from pathlib import PurePath

EXIT_REFUSED = 1
EXIT_USAGE = 2
EXIT_STORE = 3


class ReformError(Exception):
    """Anything reformgraph refuses to do; the message is one line fit for a user's eyes.

    Where there are several mistakes, `lines` has one for each.
    `exit_code` is what the command line returns: 1 refused, 2 usage, 3 store damaged or locked.
    """

    exit_code: int = EXIT_REFUSED

    def __init__(self, *lines: str) -> None:
        """Take the line, or several where there are several mistakes.

        A line end in one of them, such as in a file's name, becomes a space.
        """
        self.lines = tuple(" ".join(line.splitlines()) for line in lines)
        super().__init__("\n".join(self.lines))


class CorpusError(ReformError):
    """A fault in a curated file, told as `FILE line N: what is wrong. What to do.`

    `line` counts from 1; None when the fault belongs to the file as a whole.
    """

    def __init__(self, file: str | PurePath, line: int | None, what: str, todo: str) -> None:
        """Keep the parts, so that a report can sort and group them."""
        self.file = str(file)
        self.line = line
        self.what = what.rstrip(". ")
        self.todo = todo.rstrip(". ")
        place = self.file if line is None else f"{self.file} line {line}"
        super().__init__(f"{place}: {self.what}. {self.todo}.")


class UnknownTermError(ReformError):
    """A term, scheme or concept which the ontology does not declare."""


class NotAtHandError(ReformError):
    """Something known which is not here, such as the text of a document."""


class UsageError(ReformError):
    """A wrong argument: the caller must say it differently."""

    exit_code = EXIT_USAGE


class NotFoundError(UsageError):
    """An id or a name which means nothing here: of an entity, a document, a question."""


class StoreError(ReformError):
    """A store which is damaged, locked or out of reach."""

    exit_code = EXIT_STORE
