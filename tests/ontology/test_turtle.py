"""Our own files of Turtle are read as they were installed, or it is said that they are damaged."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from rdflib import Graph

from ontology.errors import ReformError
from ontology.turtle import read_turtle

SHIPPED = (Path(str(files("ontology"))) / "shapes" / "core.ttl").read_bytes()


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: None,
        lambda path: path.mkdir(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"# a comment\n"),
        lambda path: path.write_bytes(b"no Turtle\n"),
        lambda path: path.write_bytes(SHIPPED[:3000]),
        lambda path: path.write_bytes(SHIPPED[:3000] + b"\xff\0" + SHIPPED[3000:]),
        lambda path: path.write_bytes(SHIPPED.replace(b"@prefix sh:", b"@prefix xx:", 1)),
    ],
    ids=["gone", "a folder", "empty", "a comment", "words", "cut off", "not UTF-8", "no prefix"],
)
def test_a_damaged_file_of_ours_is_told_in_a_line(
    damage: Callable[[Path], object], tmp_path: Path
) -> None:
    path = tmp_path / "core.ttl"
    damage(path)
    with pytest.raises(ReformError) as refused:
        read_turtle(path, Graph())
    (line,) = refused.value.lines
    assert line.startswith(f"{path}: is ")
    assert line.endswith("Install reformgraph anew.")


def test_what_was_read_before_is_kept(tmp_path: Path) -> None:
    one, other = tmp_path / "one.ttl", tmp_path / "other.ttl"
    one.write_text("<https://example.org/a> <https://example.org/b> 1 .\n")
    other.write_text("<https://example.org/a> <https://example.org/b> 2 .\n")
    assert len(read_turtle(other, read_turtle(one, Graph()))) == 2
