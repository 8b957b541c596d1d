"""Pictures worth keeping: pairs of actors that a corpus names in saved-views.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from importlib.resources.abc import Traversable

from pydantic import BaseModel, ConfigDict, ValidationError

from ingest.reading import data_of
from ontology.errors import CorpusError
from ontology.terms import ID

FILE = "saved-views.toml"


class LinkView(BaseModel):
    """A question kept: how two actors, named by their ids in the corpus, are linked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    one: str
    other: str


class SavedViews(BaseModel):
    """All that a corpus keeps; the first of each kind is shown first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    links: list[LinkView] = []


def read_saved_views(folder: Traversable, known: Collection[str]) -> SavedViews:
    """Read saved-views.toml of a corpus folder; a folder without one keeps nothing.

    `known` holds the IRIs of all that is in the graph. Raises CorpusError when the file is not as
    it should be, or names an actor that is not there.
    """
    source = folder / FILE
    if not source.is_file():
        return SavedViews()
    try:
        text = data_of(source).decode("utf-8")
        views = SavedViews.model_validate(tomllib.loads(text))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise CorpusError(FILE, None, f"`{where}`: {first['msg']}", "Correct it") from error
    except (ValueError, RecursionError) as error:  # also a number of too many digits
        raise CorpusError(FILE, None, f"is not TOML ({error})", "Mend it") from error
    for i, view in enumerate(views.links):
        _check(view, f"links.{i}", text, known)
    return views


def _check(view: LinkView, where: str, text: str, known: Collection[str]) -> None:
    """Raise CorpusError unless a view names two different actors of the graph."""
    for key, actor in (("one", view.one), ("other", view.other)):
        if f"{ID}actor/{actor}" not in known:
            what = f"`{where}.{key}`: there is no actor “{actor}” in the corpus"
            raise CorpusError(FILE, _line_of(text, key, actor), what, "Write the id of one")
    if view.one == view.other:
        what = f"`{where}`: “{view.one}” is linked with itself"
        raise CorpusError(FILE, _line_of(text, "other", view.other), what, "Name two actors")


def _line_of(text: str, key: str, value: str) -> int | None:
    """Return the first line in which a key has a value; None where it is written otherwise."""
    wanted = re.compile(rf"""\b{key}["']?\s*=\s*["']{re.escape(value)}["']""")
    return next((i for i, line in enumerate(text.splitlines(), 1) if wanted.search(line)), None)
