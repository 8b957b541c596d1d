"""The documents keep up: each command and setting stands in them, and each link leads somewhere."""

import importlib.metadata
import re
from pathlib import Path

import pytest
import typer

from explorer.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.fixture(scope="module")
def commands() -> dict[str, str]:
    """The commands of `reformgraph` with their help, found as the installed script finds them."""
    (script,) = importlib.metadata.entry_points(group="console_scripts", name="reformgraph")
    group = typer.main.get_group(script.load())
    return {name: command.help or "" for name, command in group.commands.items()}


def test_every_command_is_documented_and_explains_itself(
    commands: dict[str, str],
) -> None:
    text = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    assert [name for name in commands if f"reformgraph {name}" not in text] == []
    assert [name for name, explanation in commands.items() if not explanation] == []


def test_no_document_shows_a_command_that_does_not_exist(
    commands: dict[str, str],
) -> None:
    shown = {
        name
        for page in PAGES
        for name in re.findall(r"`(?:\$ )?reformgraph ([a-z]\w*)", page.read_text(encoding="utf-8"))
    }
    assert shown <= set(commands)


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    names = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    assert [name for name in names if name not in text] == []


def test_every_link_between_documents_leads_to_a_file() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []
