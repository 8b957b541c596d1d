"""RDF files of anybody held against the rules, in a limited process without a network."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ingest.rdf.parsing import LIMITS, graph_of
from ingest.rdf.syntax import FORMATS, form_of
from ingest.readers import bytes_of
from ingest.readers.isolated import work_limited
from ontology.errors import UsageError

if TYPE_CHECKING:
    from ontology.validation import Finding

CHECKING: Final = replace(LIMITS, computing=8.5)
"""What a check may cost; files that break rules in thousands of places cost most."""


def findings_of(paths: Sequence[Path]) -> list[Finding]:
    """Return what is wrong with several files as one graph; named graphs are merged.

    Raises CorpusError or ReformError, with the line, for a file that is not as its ending says,
    cannot be read, or is too large, and UsageError for one whose ending is none of RDF.
    """
    for path in paths:
        if form_of(path.name) is None:
            raise UsageError(f"{path}: is no RDF file by its name. Give a folder of corpus files, "
                             f"or a file that ends in one of: {', '.join(FORMATS)}.")  # fmt: skip
    (name, data), *others = [(str(path), bytes_of(path, LIMITS.size)) for path in paths]
    return work_limited(found_in, data, name, others, limits=CHECKING)


def found_in(data: bytes, name: str, others: Sequence[tuple[str, bytes]] = ()) -> list[Finding]:
    """Return what is wrong with a file, and others with it, in this process."""
    # rdflib would print a traceback for a date that is none; the rules tell it in a line.
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)
    graph = graph_of([(name, data), *others])
    from ontology.validation import validate  # takes a second, in vain where a file is refused

    return validate(graph)
