"""What a terminal sees: lines on stdout, progress and errors on stderr, exit codes."""

from __future__ import annotations

import datetime as dt
import errno
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import typer
from typer.core import TyperGroup

from ontology.errors import EXIT_REFUSED, ReformError, UsageError

EXIT_INTERRUPTED = 130
EXIT_CLOSED_PIPE = 141
LONGEST_LINE = 1_000
"""Characters of a line on stderr, which may repeat a name or a value of any length."""
MOST_LINES = 200
"""Lines of one refusal: a corpus has one for each mistake."""
_LINE_ENDS = re.compile("[\n\u2028\u2029]")


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
    """Print one line on stderr, cut in its middle if need be.

    Signs that could deceive a terminal, and line ends, are shown as such.
    """
    from explorer.markup import seen

    line = seen(_LINE_ENDS.sub("\ufffd", text))
    if len(line) > LONGEST_LINE:
        line = f"{line[: LONGEST_LINE - 300]} … {line[-250:]}"
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def refusal(error: ReformError, command: str) -> None:
    """Print what an error says, a line for each mistake; what names no place names the command."""
    for line in error.lines[:MOST_LINES]:
        named = ": " in line.partition(". ")[0]
        error_line(line if named else f"{command}: {line}")
    if (more := len(error.lines) - MOST_LINES) > 0:
        error_line(f"and {more:,} more: not shown. Mend these first.")


def line_given(what: str) -> str:
    """Return a line of standard input without its end; raises UsageError for one not in UTF-8."""
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:  # a test gives text
        return sys.stdin.readline().rstrip("\r\n")
    try:
        return str(stream.readline().decode("utf-8").rstrip("\r\n"))
    except UnicodeDecodeError as error:
        raise UsageError(f"{what}: is not UTF-8 text. Take another.") from error


def day(text: str) -> dt.date:
    """Return the day that a word of the command line means; the library tells what it raises."""
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise typer.BadParameter(f"“{text}” is not a day. Write it as 2025-11-24") from None


def number(least: int, most: int) -> Callable[[str | int], int]:
    """Return what reads a whole number of a command line within its bounds."""

    def read(given: str | int) -> int:
        text = str(given)  # what holds if nothing is said is a number already
        if text.isdecimal() and len(text) <= len(str(most)) and least <= int(text) <= most:
            return int(text)
        raise typer.BadParameter(f"“{text}” is not a whole number from {least} to {most:,}")

    return read


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show on a terminal that work goes on; print nothing where stderr is a file."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


_TYPES = {"<bool>": "", "<path>": "FILE", "<list[path]>": "FILE"}


class ReformGroup(TyperGroup):
    """The commands, with one line for an error and a clean end for Ctrl-C and a closed pipe."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command line to its end; a mistake in its words is told in a line, too."""
        if not sys.warnoptions:
            warnings.simplefilter("ignore")  # of libraries to those who write programs
        given = (args, prog_name, complete_var, False, windows_expand_args)
        if not standalone_mode:
            return super().main(*given, **extra)
        _open_what_is_closed()
        try:
            code = super().main(*given, **extra)
        except OSError as error:  # --help is printed before there is a command
            sys.exit(_unusable(error))
        except typer.TyperException as error:
            sys.exit(_misused(error))
        except typer.Abort:
            error_line("The question: got no answer. Answer it, or see --help for a way to do so.")
            sys.exit(EXIT_REFUSED)
        sys.exit(code if isinstance(code, int) else 0)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command whose help says TEXT and FILE for what an option takes.

        The library would show types of the programming language, and one for a mere switch, too.
        """
        command = super().get_command(ctx, cmd_name)
        given: Any
        for given in [*command.params, command.get_help_option(ctx)] if command else ():
            if given.param_type_name == "option" and given.metavar is None:
                told = given.display_type(ctx)
                given.metavar = _TYPES.get(told, None if "|" in told else "TEXT")
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that is named, and its words, none of which may be empty.

        An empty one is a slip, such as a variable of the shell that is not set; to take it for
        nothing would answer another question than the one asked.
        """
        name, command, words = super().resolve_command(ctx, args)
        for before, word in pairwise(["", *words]):
            option, given, value = word.partition("=")
            if not word.strip():
                option = before if re.fullmatch("--[^=]+", before) else "A word"
            if not word.strip() or (given and option.startswith("--") and not value.strip()):
                raise UsageError(f"{option}: is empty. Give a value, or leave it out.")
        return name, command, words

    def invoke(self, ctx: Any) -> Any:
        """Run the command named on the line."""
        try:
            return super().invoke(ctx)
        except ReformError as error:
            refusal(error, f"{ctx.command_path} {ctx.invoked_subcommand}")
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            # Nobody reads on; Python would complain once more when it closes stdout.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            ctx.exit(EXIT_CLOSED_PIPE)
        except OSError as error:
            ctx.exit(_unusable(error))
        except KeyboardInterrupt:
            ctx.exit(EXIT_INTERRUPTED)


def _open_what_is_closed() -> None:
    """Put nothing in the place of an input or output that was closed before we began.

    A file opened later would else get its number, and be written over with messages.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            # An answer has to go somewhere: on a stdout that was closed, to write it fails.
            is_written = name == "stderr"
            os.open(os.devnull, os.O_WRONLY if is_written else os.O_RDONLY)
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def _unusable(error: OSError) -> int:
    """Tell which file cannot be used, or that the answer cannot be written; return the code."""
    if error.filename is not None:
        what = f"{error.filename}: cannot be used ({error.strerror})"
        error_line(f"{what}. Check the name and the rights.")
        return EXIT_REFUSED
    if error.errno == errno.ENOENT:  # of all that is asked without a name, only this can be gone
        error_line("The folder in which you stand: is not there any more. Go to another.")
        return EXIT_REFUSED
    # A full disk behind stdout, or a stdout that was closed, would end in a traceback.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    error_line(f"The answer: cannot be written ({error.strerror}). Free space, try again.")
    return EXIT_REFUSED


def _misused(error: Any) -> int:
    """Tell a mistake in the words of a command; return the exit code."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":  # the library has no public name for it
        error.show()
        return int(error.exit_code)
    command = context.command_path if context else "reformgraph"
    what = " ".join(error.format_message().replace("Value error, ", "").split()).rstrip(".")
    # The library names the place in the middle, or not at all.
    if invalid := re.match("Invalid value for '(.+?)': ", what):
        place, what = f"{command} {invalid[1]}", what[invalid.end() :]
    elif option := getattr(error, "option_name", "") if context is None else "":
        place, what = option, "needs a value. Give it one, or leave it out"
    else:
        place = command
    what = re.sub(r"Got unexpected extra argument.*? \((.*)\)$", r"does not know “\1”", what)
    todo = "" if ". " in what else f" Say `{command} --help`."
    error_line(f"{place}: {what}{'' if what.endswith('?') else '.'}{todo}")
    return int(error.exit_code)
