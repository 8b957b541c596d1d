"""YAML files as checked entries: every mistake is told with the file and the line it stands on."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from ontology.errors import CorpusError, ReformError

LARGEST = 2_000_000
"""Bytes of a file; a large document's facts have a tenth."""
MOST_VALUES = 40_000
"""Lines and commas together; the reader takes ten seconds for so many."""
Location = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)


class CorpusMistakesError(ReformError):
    """All mistakes found in the corpus; the message has one line for each."""

    def __init__(self, mistakes: Sequence[CorpusError]) -> None:
        """Keep the mistakes in the order of files and lines."""
        self.mistakes = sorted(mistakes, key=lambda mistake: (mistake.file, mistake.line or 0))
        super().__init__(*map(str, self.mistakes))


def read_yaml(name: str, data: bytes, model: type[M], begin: str) -> tuple[M, CommentedMap]:
    """Read a YAML file as one entry; the tree beside it knows the lines. `begin` is an advice.

    Raises CorpusMistakesError, with the line of each mistake, when it is not YAML or not of the
    model.
    """
    tree = _tree(name, data)
    if not isinstance(tree, CommentedMap):
        raise CorpusMistakesError([CorpusError(name, 1, "is not a file of this kind", begin)])
    try:
        return model.model_validate(_plain(tree, set())), tree
    except _AliasError as error:
        raise CorpusMistakesError(
            [CorpusError(name, error.line, "refers to another place by an alias", "Write it out")]
        ) from error
    except ValidationError as error:
        raise CorpusMistakesError(
            [_mistake(name, tree, details, model) for details in error.errors()]
        ) from error


def _tree(name: str, data: bytes) -> object:
    values = data.count(b"\n") + data.count(b",")
    if len(data) > LARGEST or values > MOST_VALUES:
        what = f"has {len(data):,} bytes and about {values:,} values"
        todo = f"Split it; {LARGEST:,} and {MOST_VALUES:,} are the limits"
        raise CorpusMistakesError([CorpusError(name, None, what, todo)])
    try:
        return _yaml().load(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise CorpusMistakesError(
            [CorpusError(name, line, "is not UTF-8 text", "Save the file as UTF-8")]
        ) from error
    except YAMLError as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        what = str(getattr(error, "problem", None) or "is not YAML").splitlines()[0]
        todo = "Mend the YAML; quote text that holds a colon or begins with a mark"
        raise CorpusMistakesError(
            [CorpusError(name, mark.line + 1 if mark else None, what, todo)]
        ) from error
    except (ValueError, RecursionError) as error:
        raise CorpusMistakesError(
            [CorpusError(name, None, f"cannot be read as YAML ({error})", "Mend the value")]
        ) from error


class _DatesAsText(RoundTripConstructor):
    """Leaves dates as they are written: ours are EDTF, and a wrong one is told at its line."""


_DatesAsText.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.Constructor = _DatesAsText
    return yaml


class _AliasError(Exception):
    """A YAML alias, at a line: a few nested ones would unfold to more than fits into memory."""

    def __init__(self, line: int) -> None:
        self.line = line


def _plain(node: object, seen: set[int]) -> object:
    """Return the tree as plain values; raises _AliasError where a part of it stands twice."""
    if isinstance(node, CommentedMap | CommentedSeq):
        if id(node) in seen:
            raise _AliasError(node.lc.line + 1)
        seen.add(id(node))
    if isinstance(node, Mapping):
        return {str(key): _plain(value, seen) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value, seen) for value in node]
    return node


def line_of(tree: object, location: Location) -> int:
    """Return the line (from 1) of the deepest part of a location that the tree knows."""
    line, node = 0, tree
    for step in location:
        if isinstance(node, CommentedMap) and step in node:
            line, node = node.lc.key(step)[0], node[step]
        elif isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
            line, node = node.lc.item(step)[0], node[step]
        else:
            break
    return line + 1


def _mistake(
    name: str, tree: CommentedMap, details: ErrorDetails, model: type[BaseModel]
) -> CorpusError:
    """Tell one finding of pydantic in the words of a corpus file."""
    location = details["loc"]
    last = location[-1] if location else "the file"
    line = line_of(tree, location)
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
