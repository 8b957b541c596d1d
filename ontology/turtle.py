"""Our own files of Turtle, as they were installed: the ontology, its lists and the rules."""

from __future__ import annotations

from importlib.resources.abc import Traversable

from rdflib import Graph

from ontology.errors import ReformError


def read_turtle(source: Traversable, into: Graph) -> Graph:
    """Add the triples of one of our own files to a graph, and return that.

    Raises ReformError for a file that is not as it was shipped: missing, empty, or no Turtle.
    """
    before = len(into)
    try:
        into.parse(data=source.read_text("utf-8"), format="turtle")
    except Exception as error:  # rdflib's reader stumbles over damage in many ways
        raise ReformError(
            f"{source}: is damaged ({type(error).__name__}). Install reformgraph anew."
        ) from error
    if len(into) == before:
        raise ReformError(f"{source}: is empty. Install reformgraph anew.")
    return into
