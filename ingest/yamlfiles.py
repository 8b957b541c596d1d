"""YAML files as checked entries: every mistake is told with the file and the line it stands on."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from ingest.fields import INCOMING
from ontology.errors import CorpusError, ReformError

LARGEST = 2_000_000
"""Bytes of a file; a large document's facts have a tenth."""
MOST_VALUES = 40_000
"""Lines and commas together."""
DEEPEST = 40
"""How deep lists and maps may stand in each other; our entries need ten."""
MOST_MISTAKES = 1_000
"""How many of a file are told apart; each takes a kilobyte of memory and more."""
LONGEST_NUMBER = 40
"""Signs of a number; a longer one is a slip, and slow to read."""
Location = tuple[str | int, ...]
Lines = Mapping[Location, int]
"""The line, from 1, of each key and each item of a list, by where it stands."""
M = TypeVar("M", bound=BaseModel)

# The same events, several times as fast where libyaml comes with the package.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# The core schema of YAML 1.2, without dates: ours are EDTF, and a wrong one is told at its line.
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_WHOLE = re.compile(r"[-+]?[0-9]+")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


class CorpusMistakesError(ReformError):
    """All mistakes found in the corpus; the message has one line for each."""

    def __init__(self, mistakes: Sequence[CorpusError]) -> None:
        """Keep the mistakes in the order of files and lines."""
        self.mistakes = sorted(mistakes, key=lambda mistake: (mistake.file, mistake.line or 0))
        super().__init__(*map(str, self.mistakes))


def read_yaml(
    name: str, data: bytes, model: type[M], begin: str, *, is_saved: bool = False
) -> tuple[M, Lines]:
    """Read a YAML file as one entry, with the lines on which it stands. `begin` is an advice.

    One that `is_saved` was taken in before, and is not held to rules that came later.

    Raises CorpusMistakesError, with the line of each mistake, when it is not YAML or not of the
    model.
    """
    values, lines = _values(name, data)
    if not isinstance(values, dict):
        raise CorpusMistakesError([CorpusError(name, 1, "is not a file of this kind", begin)])
    try:
        return model.model_validate(values, context=None if is_saved else INCOMING), lines
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False, include_input=False)
        mistakes = [_mistake(name, lines, one, model) for one in details[:MOST_MISTAKES]]
        if (more := len(details) - MOST_MISTAKES) > 0:
            mistakes.append(
                CorpusError(name, None, f"has {more:,} mistakes more", "Mend these first")
            )
        raise CorpusMistakesError(mistakes) from error


def _values(name: str, data: bytes) -> tuple[object, Lines]:
    size = data.count(b"\n") + data.count(b",")
    if len(data) > LARGEST or size > MOST_VALUES:
        what = f"has {len(data):,} bytes and about {size:,} values"
        todo = f"Split it; {LARGEST:,} and {MOST_VALUES:,} are the limits"
        raise CorpusMistakesError([CorpusError(name, None, what, todo)])
    try:
        return _read(yaml.parse(data.decode("utf-8-sig"), Loader=_LOADER))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise CorpusMistakesError(
            [CorpusError(name, line, "is not UTF-8 text", "Save the file as UTF-8")]
        ) from error
    except yaml.YAMLError as error:
        what = str(getattr(error, "problem", None) or getattr(error, "reason", "is not YAML"))
        todo = "Mend the YAML; quote text that holds a colon or begins with a mark"
        raise CorpusMistakesError(
            [CorpusError(name, _line_told(error, data), what.splitlines()[0], todo)]
        ) from error


def _line_told(error: yaml.YAMLError, data: bytes) -> int | None:
    """Return the line at which reading stopped, where the error tells it."""
    mark = getattr(error, "problem_mark", None)
    if mark is not None:  # the end of a file without a line end counts as the line after it
        return min(int(mark.line), data.rstrip().count(b"\n")) + 1
    position = getattr(error, "position", None)
    return None if position is None else data[:position].count(b"\n") + 1


@dataclass
class _Open:
    """A list or map that is being read, and the key whose value comes next."""

    location: Location
    values: dict[str, object] | list[object]
    key: str | None = None
    is_key_read: bool = field(default=False)


def _read(events: Iterator[Event]) -> tuple[object, Lines]:
    """Build values from events, without recursion: depth cannot exhaust anything."""
    lines: dict[Location, int] = {}
    opened: list[_Open] = []
    root: object = None
    documents = 0
    for event in events:
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _marked("begins a second document", event)
        elif isinstance(event, CollectionEndEvent):
            opened.pop()
        elif isinstance(event, NodeEvent):
            _refuse(event, opened)
            inner = opened[-1] if opened else None
            if inner is not None and isinstance(inner.values, dict) and not inner.is_key_read:
                _read_key(event, inner, lines)
                continue
            location, value = _begun(event, inner, lines)
            if inner is None:
                root = value
            elif isinstance(inner.values, list):
                inner.values.append(value)
            else:
                inner.values[str(inner.key)], inner.is_key_read = value, False
            if isinstance(event, CollectionStartEvent):
                assert isinstance(value, dict | list)
                opened.append(_Open(location, value))
    return root, lines


def _begun(
    event: NodeEvent, inner: _Open | None, lines: dict[Location, int]
) -> tuple[Location, Any]:
    """Return where a value stands, and the value, empty where its parts are still to come."""
    location: Location = ()
    if inner is not None and isinstance(inner.values, list):
        location = (*inner.location, len(inner.values))
        lines[location] = _line(event)
    elif inner is not None:
        location = (*inner.location, str(inner.key))
    if isinstance(event, ScalarEvent):
        return location, _scalar(event)
    return location, {} if isinstance(event, MappingStartEvent) else []


def _read_key(event: NodeEvent, inner: _Open, lines: dict[Location, int]) -> None:
    if not isinstance(event, ScalarEvent):
        raise _marked("has a list as a key", event)
    assert isinstance(inner.values, dict)
    if event.value in inner.values:
        raise _marked(f"has the key `{event.value}` twice", event)
    inner.key, inner.is_key_read = event.value, True
    lines[(*inner.location, event.value)] = _line(event)


def _refuse(event: NodeEvent, opened: Sequence[_Open]) -> None:
    """Refuse what no file here needs: aliases could unfold without end."""
    tag = getattr(event, "tag", None)
    if isinstance(event, AliasEvent):
        raise _marked("refers to another place by an alias", event)
    if tag is not None and tag != "!":
        raise _marked(f"has the tag `{tag}`, which is not read", event)
    if len(opened) > DEEPEST:
        raise _marked(f"has lists more than {DEEPEST} deep in each other", event)


def _line(event: Event) -> int:
    """Return the line, from 1, on which an event begins."""
    assert event.start_mark is not None
    return event.start_mark.line + 1


def _marked(problem: str, event: Event) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=cast(yaml.Mark, event.start_mark))


def _scalar(event: ScalarEvent) -> object:
    text: str = event.value
    if not event.implicit[0]:
        return text  # quoted, or over several lines
    if text in _WORDS:
        return _WORDS[text]
    if _NUMBER.fullmatch(text):
        if len(text) > LONGEST_NUMBER:
            raise _marked(f"has a number of more than {LONGEST_NUMBER} signs", event)
        return int(text) if _WHOLE.fullmatch(text) else float(text)
    return text


def line_of(lines: Lines, location: Location) -> int:
    """Return the line (from 1) of the deepest part of a location that is known."""
    known = (location[:count] for count in range(len(location), 0, -1))
    return next((lines[part] for part in known if part in lines), 1)


def _mistake(name: str, lines: Lines, details: ErrorDetails, model: type[BaseModel]) -> CorpusError:
    """Tell one finding of pydantic in the words of a corpus file."""
    location = details["loc"]
    last = location[-1] if location else "the file"
    line = line_of(lines, location)
    if details["type"] == "missing":
        return CorpusError(name, line, f"`{last}` is missing", "Add it")
    if details["type"] == "extra_forbidden":
        known = _known_keys(model, location)
        close = difflib.get_close_matches(str(last), known, n=1)
        todo = f"Write `{close[0]}`" if close else f"Use one of: {', '.join(known)}"
        return CorpusError(name, line, f"`{last}` is not a key here", todo)
    what = details["msg"].removeprefix("Value error, ")
    return CorpusError(name, line, f"`{_dotted(location)}`: {what}", "Correct the value")


def _dotted(location: Location) -> str:
    return ".".join(str(step) for step in location)


def _known_keys(model: type[BaseModel], location: Location) -> list[str]:
    """Return the keys allowed at the place where an unknown one stands."""
    for step in location[:-1]:
        if isinstance(step, str) and step in model.model_fields:
            nested = _model_in(model.model_fields[step].annotation)
            model = nested or model
    return sorted(model.model_fields)


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in get_args(annotation):
        if (found := _model_in(inner)) is not None:
            return found
    return None
