"""A snapshot has the same bytes wherever it is built."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from ingest.pipeline import build
from ontology.identifiers import iri

Write = Callable[..., Path]

BUILD = """
import hashlib, pathlib, sys
from ingest.pipeline import build
print(hashlib.sha256(build(pathlib.Path(sys.argv[1])).to_bytes()).hexdigest())
"""


@pytest.mark.parametrize("shipped", [False, True], ids=["small corpus", "shipped corpus"])
def test_two_builds_give_the_same_bytes_whatever_seed_zone_or_locale(
    corpus_folder: Write, shipped: bool
) -> None:
    import ingest

    folder = Path(ingest.__file__).parent / "corpus" if shipped else corpus_folder()
    hashes = {
        subprocess.run(
            [sys.executable, "-c", BUILD, str(folder)],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed, zone, locale in [("1", "UTC", "C"), ("2", "Pacific/Apia", "tr_TR.UTF-8")]
    }
    assert len(hashes) == 1


def test_a_snapshot_is_sorted_n_quads_without_blank_nodes(corpus_folder: Write) -> None:
    data = build(corpus_folder()).to_bytes()
    lines = data.splitlines(keepends=True)
    assert lines == sorted(set(lines))
    quads = list(ox.parse(data, format=ox.RdfFormat.N_QUADS))
    assert len(quads) == len(lines)
    assert not any(isinstance(node, ox.BlankNode) for quad in quads for node in quad)


def test_each_quad_names_the_document_whose_file_states_it(corpus_folder: Write) -> None:
    snapshot = build(corpus_folder())
    assert {name for _, name in snapshot.quads} == {iri("document", "harbour-watch-2024")}


def test_a_changed_fact_changes_the_bytes(corpus_folder: Write) -> None:
    before = build(corpus_folder()).to_bytes()
    after = build(corpus_folder(("Every fee is public", "Each fee is public"))).to_bytes()
    assert before != after
