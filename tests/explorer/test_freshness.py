"""Freshness: what was written to is read again, what was not is not."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer import freshness
from explorer.settings import read_settings
from explorer.workspace import inputs_digest


def written_at_once(path: Path) -> None:
    """Change a file and keep its size and its time of writing, as a quick second write may."""
    before, data = path.stat(), path.read_bytes()
    path.write_bytes(data.replace(b"river", b"RIVER", 1))
    assert len(path.read_bytes()) == len(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "written to": lambda folder: (folder / "open-locks-2012.yaml").open("a").write("\n"),
    "written to with the same size and time": lambda folder: written_at_once(
        folder / "open-locks-2012.yaml"
    ),
    "added": lambda folder: (folder / "another.yaml").write_text("id: another\n"),
    "added behind a link that leads nowhere": lambda folder: (
        (folder / "a.yaml").symlink_to(folder / "nowhere"),
        (folder / "another.yaml").write_text("id: another\n"),
    ),
    "lost": lambda folder: (folder / "open-locks-2012.yaml").unlink(),
    "renamed": lambda folder: (folder / "open-locks-2012.yaml").rename(folder / "a.yaml"),
}


@pytest.mark.parametrize("settled", [0, freshness.SETTLED], ids=["long ago", "just now"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen_whatever_it_is(
    change: str, settled: int, other_reform: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freshness, "SETTLED", settled)
    settings = read_settings()
    before = freshness.current_inputs(settings)
    assert before == freshness.current_inputs(settings) == inputs_digest(settings)
    CHANGES[change](other_reform)
    assert before != freshness.current_inputs(settings) == inputs_digest(settings)


def test_what_nobody_wrote_to_is_not_read_again_and_what_was_just_written_is(
    other_reform: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []
    monkeypatch.setattr(freshness, "inputs_digest", lambda _: read.append(1) or "digest")
    settings = read_settings()
    (other_reform / "another.yaml").write_text("id: another\n")
    for _ in range(3):
        freshness.current_inputs(settings)
    assert len(read) == 3  # a second write could leave the same time
    monkeypatch.setattr(freshness, "SETTLED", 0)
    for _ in range(3):
        freshness.current_inputs(settings)
    assert len(read) == 4
