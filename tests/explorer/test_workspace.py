"""The workspace holds what is built, for its user alone, and what is out of date is built anew."""

import json
from datetime import date
from pathlib import Path

import pytest

from explorer import workspace
from explorer.checking import Report
from explorer.serving import told
from explorer.settings import Settings, read_settings
from explorer.workspace import open_desk
from ingest.decisions import Reminder
from ontology.errors import ReformError, StoreError


@pytest.fixture
def settings(other_reform: Path) -> Settings:
    assert other_reform.is_dir()
    return read_settings()


def _line_added(settings: Settings, name: str = "open-locks-2012.yaml") -> None:
    assert settings.corpus is not None
    with (settings.corpus / name).open("a", encoding="utf-8") as file:
        file.write("# a remark\n")


def test_the_workspace_is_its_users_alone(tmp_path: Path) -> None:
    home = workspace.open_home(tmp_path / "new" / "home")
    assert home.stat().st_mode & 0o777 == 0o700


def test_a_workspace_that_others_may_read_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with pytest.raises(ReformError, match="other users may look into it"):
        workspace.open_home(tmp_path)


def test_a_current_snapshot_is_not_built_again(settings: Settings) -> None:
    path = workspace.current_snapshot(settings)
    before = path.stat().st_mtime_ns
    assert workspace.current_snapshot(settings).stat().st_mtime_ns == before


def test_a_changed_corpus_is_built_again(settings: Settings) -> None:
    path = workspace.current_snapshot(settings)
    before = path.stat().st_mtime_ns
    _line_added(settings)
    assert workspace.current_snapshot(settings).stat().st_mtime_ns > before


def test_a_damaged_snapshot_is_built_again(settings: Settings) -> None:
    path = workspace.current_snapshot(settings)
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    assert workspace.current_snapshot(settings).read_bytes() == whole


def test_a_damaged_stamp_is_no_stamp(settings: Settings) -> None:
    path = workspace.current_snapshot(settings)
    (settings.home / workspace.STAMP).write_text("{")
    assert workspace.current_snapshot(settings) == path
    assert json.loads((settings.home / workspace.STAMP).read_text())["snapshot"]


def test_a_broken_corpus_leaves_the_snapshot_as_it_was(settings: Settings) -> None:
    path = workspace.current_snapshot(settings)
    whole = path.read_bytes()
    assert settings.corpus is not None
    (settings.corpus / "open-locks-2012.yaml").write_text("format: 1\n")
    with pytest.raises(ReformError):
        workspace.current_snapshot(settings)
    assert path.read_bytes() == whole


def test_a_corpus_file_that_an_earlier_version_took_goes_on_with_a_warning(
    settings: Settings,
) -> None:
    assert settings.corpus is not None
    path, home = settings.corpus / "open-locks-2012.yaml", workspace.open_home(settings.home)
    path.write_text(path.read_text("utf-8").replace("Resolution", "Reso\u200blution", 1), "utf-8")
    with pytest.raises(ReformError, match=r"line 5: `document\.title`: holds an invisible"):
        workspace.build_snapshot(settings)
    (home / workspace.STAMP).write_text('{"inputs": "of an earlier version", "snapshot": ""}')
    workspace.build_snapshot(settings)
    (line,) = workspace.overdue(home)
    assert line.startswith(f"Warning: {path.name} line 5: `document.title`: holds an invisible")
    assert told(settings, 8501, "127.0.0.1")[1:] == [line]
    assert line in Report([], {}, [], overdue=open_desk(settings).corpus().overdue).as_text()
    path.touch()  # from now on it is known by what it holds
    workspace.build_snapshot(settings)
    _line_added(settings)
    with pytest.raises(ReformError, match="line 5"):
        workspace.build_snapshot(settings)


def test_the_store_opens_on_the_current_snapshot(settings: Settings) -> None:
    store = workspace.open_current(settings)
    assert store.digest in workspace.told(settings.home / workspace.SNAPSHOT)


def test_a_journal_that_lost_decisions_is_not_built_from_unasked(settings: Settings) -> None:
    with open_desk(settings).journal.writing("Ada") as writer:
        for day in (1, 2):
            writer.append(
                writer.draft(
                    Reminder(recommendation="open-locks-2012-panel", on=date(2027, 1, day))
                )
            )
    whole = workspace.current_snapshot(settings).read_bytes()
    journal = settings.home / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(lines[0])
    with pytest.raises(StoreError, match=r"journal.jsonl line 2: .*cut off or written anew"):
        workspace.current_snapshot(settings)
    journal.unlink()
    with pytest.raises(StoreError, match="say `reformgraph build`"):
        workspace.current_snapshot(settings)
    workspace.build_snapshot(settings)
    assert workspace.current_snapshot(settings).read_bytes() == whole  # a reminder says nothing
