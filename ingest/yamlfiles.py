"""YAML files as checked entries: every mistake is told with the file and the line it stands on."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.composer import Composer
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, MappingStartEvent, SequenceStartEvent
from ruamel.yaml.nodes import MappingNode

from ontology.errors import CorpusError, ReformError

LARGEST = 2_000_000
"""Bytes of a file; a large document's facts have a tenth."""
MOST_VALUES = 40_000
"""Lines and commas together; the reader takes ten seconds for so many."""
DEEPEST = 40
"""How deep lists and maps may stand in each other; our entries need ten."""
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
        return model.model_validate(_plain(tree)), tree
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
    except Exception as error:  # the library lets many kinds of error through
        what = f"cannot be read as YAML ({error})"
        raise CorpusMistakesError([CorpusError(name, None, what, "Mend the value")]) from error


class _DatesAsText(RoundTripConstructor):
    """Leaves dates as they are written: ours are EDTF, and a wrong one is told at its line."""


_DatesAsText.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)


class _Simple(Composer):
    """Refuses what no file here needs: aliases and keys that are lists can unfold without end."""

    deep = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.parser.peek_event()
        tag = str(getattr(event, "tag", None) or "")
        collection = isinstance(event, SequenceStartEvent | MappingStartEvent)
        what = (
            "refers to another place by an alias" if isinstance(event, AliasEvent)
            else f"has the tag `{tag}`, which is not read" if tag.startswith(("!", "tag:"))
            else "has a list as a key" if collection and index is None
            and isinstance(parent, MappingNode)
            else f"has lists more than {DEEPEST} deep in each other" if self.deep > DEEPEST
            else ""
        )  # fmt: skip
        if what:
            raise MarkedYAMLError(problem=what, problem_mark=event.start_mark)
        self.deep += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self.deep -= 1


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.Constructor = _DatesAsText
    yaml.Composer = _Simple
    return yaml


def _plain(node: object) -> object:
    """Return the tree as plain values."""
    if isinstance(node, Mapping):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
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
