"""Pictures worth keeping: pairs of actors that a corpus names in saved-views.toml."""

from __future__ import annotations

import tomllib
from importlib.resources.abc import Traversable

from pydantic import BaseModel, ConfigDict, ValidationError

from ontology.errors import CorpusError

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


def read_saved_views(folder: Traversable) -> SavedViews:
    """Read saved-views.toml of a corpus folder; a folder without one keeps nothing.

    Raises CorpusError when the file is not as it should be.
    """
    source = folder / FILE
    if not source.is_file():
        return SavedViews()
    try:
        return SavedViews.model_validate(tomllib.loads(source.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(FILE, None, f"is not TOML ({error})", "Mend it") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise CorpusError(FILE, None, f"`{where}`: {first['msg']}", "Correct it") from error
