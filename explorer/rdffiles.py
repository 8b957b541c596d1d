"""RDF files of anybody held against the rules, in a limited process without a network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.rdf.parsing import LIMITS, graph_of
from ingest.rdf.syntax import FORMATS, form_of
from ingest.readers import bytes_of
from ingest.readers.isolated import work_limited
from ontology.errors import ReformError, UsageError

if TYPE_CHECKING:
    from ontology.validation import Finding


def findings_of(paths: Sequence[Path]) -> list[Finding]:
    """Return what is wrong with several files as one graph; named graphs are merged.

    Raises CorpusError or ReformError, with the line, for a file that is not as its ending says,
    cannot be read, or is too large, and UsageError for one whose ending is none of RDF.
    """
    for path in paths:
        if form_of(path.name) is None:
            raise UsageError(f"{path}: is no RDF file by its name. Give a folder of corpus files, "
                             f"or a file that ends in one of: {', '.join(FORMATS)}.")  # fmt: skip
    given: list[tuple[str, bytes]] = []
    left = LIMITS.size
    for path in paths:
        given.append((str(path), bytes_of(path, LIMITS.size)))
        left -= len(given[-1][1])
        if left < 0:
            most = LIMITS.size // 1_000_000
            raise ReformError(f"{path}: makes it more than {most} MB together. Check them apart.")
    (name, data), *others = given
    return work_limited(found_in, data, name, others, limits=LIMITS)


def found_in(data: bytes, name: str, others: Sequence[tuple[str, bytes]] = ()) -> list[Finding]:
    """Return what is wrong with a file, and others with it, in this process."""
    graph = graph_of([(name, data), *others])
    from ontology.validation import validate  # takes a second, in vain where a file is refused

    return validate(graph)
