"""Saved views are checked against the corpus; a mistake in them is told with its file and line."""

from pathlib import Path

import pytest

from explorer.savedviews import read_saved_views
from ontology.errors import CorpusError

KNOWN = [
    f"https://w3id.org/reformgraph/id/actor/{slug}" for slug in ("council", "network", "union")
]
PAIR = '[[links]]\none = "council"\nother = "network"\n'


def _refusal(folder: Path, text: str) -> str:
    (folder / "saved-views.toml").write_text(text)
    with pytest.raises(CorpusError) as error:
        read_saved_views(folder, KNOWN)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_pair_of_actors_is_kept(tmp_path: Path) -> None:
    assert read_saved_views(tmp_path, KNOWN).links == []
    (tmp_path / "saved-views.toml").write_text(PAIR)
    (view,) = read_saved_views(tmp_path, KNOWN).links
    assert (view.one, view.other) == ("council", "network")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            f'{PAIR}[[links]]\none = "union"\nother = "networks"\n',
            "saved-views.toml line 6: `links.1.other`: there is no actor “networks” in the corpus. "
            "Write the id of one.",
        ),
        (
            PAIR.replace("council", "The Council"),
            "saved-views.toml line 2: `links.0.one`: there is no actor “The Council”",
        ),
        (
            PAIR.replace("network", "council"),
            "saved-views.toml line 3: `links.0`: “council” is linked with itself. Name two actors.",
        ),
        (PAIR.replace("other", "second"), "saved-views.toml: `links.0.other`: Field required"),
        ("[[links", "saved-views.toml: is not TOML"),
        ("links = " + "[" * 5_000, "saved-views.toml: is not TOML"),
        ("links = " + "9" * 5_000, "saved-views.toml: is not TOML"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    assert _refusal(tmp_path, text).startswith(told)
