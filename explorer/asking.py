"""Named questions on the command line: their list, their parameters, their answers."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Callable, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from explorer.markup import seen
from explorer.settings import read_settings
from explorer.tables import as_cells, as_csv, as_json, columns_of
from explorer.terminal import working
from explorer.words import Names, heading
from explorer.workspace import open_current
from graph.entities import labels
from graph.parameters import words_of
from graph.questions import QUESTIONS, Parameter, Question, ask
from graph.store import Store
from ontology.errors import NotFoundError, UsageError
from ontology.identifiers import curie

WIDEST = 34
"""Characters of a column beyond which its cells are broken into lines."""
FEW = 4
"""Words of a list that stand in the place of the value itself."""


def list_questions(form: str) -> str:
    """Return all questions with their parameters, for people or, with `json`, for a program."""
    if form == "json":
        return json.dumps([_described(question) for question in QUESTIONS.values()], indent=2)
    lines = []
    for question in QUESTIONS.values():
        lines.append(f"{question.name}  {question.title}")
        lines += [f"    {line}" for line in _options(question)]
    lines += [
        "",
        "An actor, a theme and the like is given by its id, such as interpol; a DAY as 2025-11-24.",
        "For example: reformgraph ask which_recommendations --addressee interpol --status adopted",
    ]
    return "\n".join(lines)


def answer(
    name: str,
    words: Sequence[str],
    given: Mapping[str, str],
    form: str,
    tell: Callable[[str], None],
) -> str:
    """Return the answer to a question; `words` are its parameters as written on the line.

    What a row is stands below a table; beside JSON and CSV, which programs read, `tell` gets it.

    Raises NotFoundError for an unknown question or entity, UsageError for a wrong parameter.
    """
    question = find_question(name)
    parameters = {**read_parameters(question, words), **given}
    if "as_of" in given and "as_of" not in known_parameters(question):
        raise UsageError(f"{question.name}: takes no --as-of. {_usage(question)}")
    with working("building what is out of date"):
        store = open_current(read_settings())
    rows = ask(store, question.name, **parameters)
    if form != "table":
        tell(
            counted(question, rows) if rows else _nothing(without_one(store, question, parameters))
        )
    if form == "json":
        return as_json(rows)
    names = Names(labels(store))
    if form == "csv":
        return as_csv(rows, question.row, names)
    if not rows:
        return _nothing(without_one(store, question, parameters))
    # What was given need not be told again; but “contested” is asked for, and told in words.
    known = parameters.keys() - {"status"}
    shown = [name for name in columns_of(question.row) if name not in known]
    return f"{_in_print(as_cells(rows, names), shown)}\n{counted(question, rows)}"


def counted(question: Question, rows: Sequence[object]) -> str:
    """Return how many rows an answer has, what a row is, and of how many things they tell."""
    things = len({getattr(row, columns_of(question.row)[0]) for row in rows})
    told = f"{len(rows):,} row{'s' * (len(rows) != 1)}, one for each {question.each}"
    return f"{told}." if things == len(rows) else f"{told}; {question.things}: {things:,}."


def without_one(store: Store, question: Question, given: Mapping[str, str]) -> dict[str, int]:
    """Return how many rows answer a question without each parameter given, where any do."""
    left_out = [
        one.name for one in question.parameters
        if not one.required and given.get(one.name, one.default) != one.default
    ]  # fmt: skip
    rows = {
        name: len(ask(store, question.name, **{k: v for k, v in given.items() if k != name}))
        for name in left_out
    }
    return {name: count for name, count in rows.items() if count}


def _nothing(fewer: Mapping[str, int]) -> str:
    """Return that there is no answer, and which parameter to leave out so that there is one."""
    if not fewer:
        return "Nobody says anything on this, as far as is known."
    told = [
        f"without --{name.replace('_', '-')}, {count} row{'s' * (count > 1)}"
        for name, count in fewer.items()
    ]
    return f"Nothing on record fits all of this. Leave one out: {'; '.join(told)}."


def find_question(name: str) -> Question:
    """Return a question by its name, written with `_` or `-`."""
    try:
        return QUESTIONS[name.replace("-", "_")]
    except KeyError:
        raise NotFoundError(
            f"“{name}” is not a question. Use one of: {', '.join(QUESTIONS)}."
        ) from None


def known_parameters(question: Question) -> list[str]:
    """Return the names of a question's parameters."""
    return [parameter.name for parameter in question.parameters]


def read_parameters(question: Question, words: Sequence[str]) -> dict[str, str]:
    """Read `--name value` and `--name=value`.

    Raises UsageError, with the parameters there are, for anything else.
    """
    found: dict[str, str] = {}
    ahead = list(words)
    while ahead:
        option, given, value = ahead.pop(0).partition("=")
        name = option.removeprefix("--").replace("-", "_")
        if not option.startswith("--") or name not in known_parameters(question):
            raise UsageError(f"{question.name}: does not know “{option}”. {_usage(question)}")
        if name in found:
            raise UsageError(f"{question.name}: “{option}” is given twice. Give it once.")
        if not given and not ahead:
            raise UsageError(f"{question.name}: “{option}” needs a value. {_usage(question)}")
        found[name] = value if given else ahead.pop(0)
    return found


def command_line(question: str, parameters: Mapping[str, str]) -> str:
    """Return the command that asks the same."""
    given = [
        f"--{name.replace('_', '-')} {shlex.quote(curie(value))}"
        for name, value in parameters.items()
    ]
    return " ".join(["reformgraph ask", question, *given])


def _usage(question: Question) -> str:
    options = ", ".join(f"--{name.replace('_', '-')}" for name in known_parameters(question))
    return f"Use {options}."


def _options(question: Question) -> list[str]:
    return [
        f"--{parameter.name.replace('_', '-')} {_value(parameter)}"
        + (" (needed)" if parameter.required else "")
        for parameter in question.parameters
    ]


def _value(parameter: Parameter) -> str:
    """Return what stands for a value, and what it is; the words of a list are all named."""
    words = words_of(parameter.kind)
    if 0 < len(words) <= FEW:
        return f"{'|'.join(words)}  {parameter.doc}"
    sign = "DAY" if parameter.kind == "date" else parameter.kind.upper().replace(" ", "-")
    return f"{sign}  {parameter.doc}" + (f" One of: {', '.join(words)}." if words else "")


def _described(question: Question) -> dict[str, object]:
    return {
        "name": question.name,
        "title": question.title,
        "doc": question.doc,
        "columns": columns_of(question.row),
        "parameters": [
            {"name": p.name, "kind": p.kind, "doc": p.doc, "required": p.required,
             "default": p.default}
            for p in question.parameters
        ],
    }  # fmt: skip


def _in_print(cells: Sequence[Mapping[str, str]], columns: Sequence[str]) -> str:
    """Return a table where it fits the terminal, else one block of lines for each row."""
    width = shutil.get_terminal_size((100, 24)).columns
    said = [name for name in columns if any(row[name] for row in cells)]
    needs = sum(
        min(WIDEST, max(len(name), *(len(row[name]) for row in cells))) + 2 for name in said
    )
    console = Console(width=width, highlight=False, markup=False, emoji=False, color_system=None)
    with console.capture() as printed:
        if needs <= width:
            table = Table(box=None, pad_edge=False)
            for name in said:
                table.add_column(Text(heading(name)), overflow="fold")
            for row in cells:
                table.add_row(*(Text(seen(row[name])) for name in said))
            console.print(table)
        else:
            for i, row in enumerate(cells, 1):
                console.print(Text(f"— {i} of {len(cells)}"))
                block = Table.grid(padding=(0, 2))
                for name in said:
                    if row[name]:
                        block.add_row(Text(heading(name)), Text(seen(row[name])))
                console.print(block)
    return printed.get()
