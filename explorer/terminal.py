"""What a terminal sees: lines on stdout, progress and errors on stderr, exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from typer.core import TyperGroup

from ontology.errors import EXIT_REFUSED, ReformError

EXIT_INTERRUPTED = 130
EXIT_CLOSED_PIPE = 141


def print_line(text: str) -> None:
    """Print text and a line end on stdout, in UTF-8 wherever the output goes."""
    data = (text.rstrip("\n") + "\n").encode("utf-8", "replace")
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(data.decode())
    else:
        stream.write(data)
    sys.stdout.flush()


def error_line(text: str) -> None:
    """Print text on stderr, line by line; signs that could deceive a terminal are shown as such."""
    from explorer.markup import seen

    for line in text.splitlines() or [""]:
        print(seen(line), file=sys.stderr, flush=True)  # noqa: T201


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show on a terminal that work goes on; print nothing where stderr is a file."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


class ReformGroup(TyperGroup):
    """The commands, with one line for an error and a clean end for Ctrl-C and a closed pipe."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command named on the line."""
        try:
            return super().invoke(ctx)
        except ReformError as error:
            error_line(str(error))
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            # Nobody reads on; Python would complain once more when it closes stdout.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            ctx.exit(EXIT_CLOSED_PIPE)
        except OSError as error:
            # A full disk behind stdout, or a stdout that was closed, would end in a traceback.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            error_line(f"the answer cannot be written ({error.strerror}). Free space, try again.")
            ctx.exit(EXIT_REFUSED)
        except KeyboardInterrupt:
            ctx.exit(EXIT_INTERRUPTED)
