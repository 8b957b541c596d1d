"""Verifying, backing up and restoring on the command line; one line names what is at fault."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from explorer.cli import app
from explorer.settings import read_settings
from explorer.workspace import build_snapshot

OTHER_REFORM = Path(__file__).resolve().parent.parent / "graph" / "another_reform"
LETTER = "Open letter\n\nWe call on the River Board to read every gauge at noon.\n"
runner = CliRunner()


def run(*words: str) -> Result:
    return runner.invoke(app, list(words))


def said(*words: str) -> str:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def faulty(*words: str) -> str:
    """Return the one line with which the workspace is found damaged."""
    result = run("verify", *words)
    assert result.exit_code == 3, result.output
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a document, two reminders and a snapshot, made once."""
    folder = tmp_path_factory.mktemp("prepared")
    with pytest.MonkeyPatch.context() as patch:
        surround(patch, folder / "home")
        (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
        said("add", str(folder / "letter.txt"), "--id", "letter")
        said("remind", "open-locks-2012-panel", "2027-01-01")
        said("remind", "open-locks-2012-panel", "2028-01-01")
        said("build")
    return folder / "home"


def surround(patch: pytest.MonkeyPatch, home: Path) -> None:
    for name, value in (("HOME", home), ("CORPUS", OTHER_REFORM), ("REVIEWER", "Ada")):
        patch.setenv(f"REFORMGRAPH_{name}", str(value))
    patch.delenv("REFORMGRAPH_DOCUMENTS", raising=False)


@pytest.fixture
def home(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    surround(monkeypatch, tmp_path / "home")
    shutil.copytree(prepared, tmp_path / "home")
    return tmp_path / "home"


def test_a_whole_workspace_is_told_with_counts_and_the_head_of_the_chain(home: Path) -> None:
    told = said("verify")
    assert "decisions  3, of which 3 count" in told
    assert "originals  1" in told
    assert told.endswith("everything is whole.\n")
    found = json.loads(said("verify", "--json"))
    assert (found["decisions"], found["passed"], found["faults"]) == (3, True, [])
    assert f"head       {found['head']}" in told
    assert found["snapshot"] in told
    before = sorted(path.name for path in home.rglob("*"))
    said("verify")
    assert sorted(path.name for path in home.rglob("*")) == before


def test_verify_makes_no_workspace(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFORMGRAPH_HOME", str(home / "absent"))
    assert "there is no workspace yet" in said("verify")
    assert not (home / "absent").exists()


def test_the_record_at_fault_is_named(home: Path) -> None:
    journal = home / "journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b"2027-01-01", b"2029-01-01"))
    assert "journal.jsonl line 2: is damaged" in faulty()
    assert json.loads(run("verify", "--json").stdout)["passed"] is False


def test_an_original_that_is_gone_or_was_changed_is_named(home: Path) -> None:
    original = next((home / "originals").iterdir())
    original.write_bytes(b"other")
    assert f"{original}: has been changed" in faulty()
    original.unlink()
    assert f"{original}: is missing" in faulty()


def test_a_snapshot_that_is_not_what_was_built_is_named(home: Path) -> None:
    snapshot = home / "snapshot.nq"
    snapshot.write_bytes(snapshot.read_bytes()[:-30])
    assert "snapshot.nq: is not what corpus and journal give" in faulty()
    said("build")
    said("verify")


def test_a_snapshot_that_is_out_of_date_is_only_noted(home: Path) -> None:
    snapshot = (home / "snapshot.nq").read_bytes()
    build = json.loads((home / "snapshot.json").read_bytes())
    (home / "snapshot.nq").write_bytes(snapshot.replace(b"panel", b"board"))
    other = hashlib.sha256((home / "snapshot.nq").read_bytes()).hexdigest()
    stamp = {**build, "snapshot": other, "inputs": "0" * 64}
    (home / "snapshot.json").write_text(json.dumps(stamp))
    assert "the snapshot is out of date" in said("verify")


def test_files_that_others_may_look_into_are_named(home: Path) -> None:
    (home / "journal.jsonl").chmod(0o640)
    assert "journal.jsonl: other users may look into it. Say `chmod 600`" in faulty()
    (home / "journal.jsonl").chmod(0o600)
    (home / "originals").chmod(0o755)
    assert "originals: other users may look into it. Say `chmod 700`" in faulty()


def test_a_line_cut_off_is_noted_and_dropped_at_the_next_decision(home: Path) -> None:
    with (home / "journal.jsonl").open("ab") as file:
        file.write(b'{"at":"2027-01-01T1')
    assert "journal.jsonl line 4: was cut off before it was saved" in said("verify")
    said("remind", "open-locks-2012-panel", "2029-01-01")
    assert "cut off" not in said("verify")
    assert "decisions  4" in said("verify")


def test_a_journal_that_was_cut_or_written_anew_is_found_by_a_head_from_before(home: Path) -> None:
    earlier = json.loads(said("verify", "--json"))["head"]
    said("remind", "open-locks-2012-panel", "2029-01-01")
    assert "the head given is that of decision 3" in said("verify", "--head", earlier)
    assert "the head given is that of decision 3" in said("verify", "--head", earlier[:20])
    for name in ("snapshot.nq", "snapshot.json"):
        (home / name).unlink()
    journal = home / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:2]))
    said("verify")  # a chain without its end is a chain
    assert "the head given is not in its chain" in faulty("--head", earlier)
    assert run("verify", "--head", "yesterday").exit_code == 2


def test_a_journal_that_is_older_than_the_snapshot_was_cut(home: Path) -> None:
    journal = home / "journal.jsonl"
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:2]))
    assert "journal.jsonl line 3: is not the decision that the last snapshot" in faulty()


def test_what_is_backed_up_and_restored_elsewhere_builds_the_same_snapshot(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said("decide", "reject", json.loads(said("review", "letter", "--json"))[0]["id"])
    said("build")
    told = said("backup", str(tmp_path / "kept.tar"))
    assert "decisions: 4, originals: 1, head " in told
    monkeypatch.setenv("REFORMGRAPH_HOME", str(tmp_path / "elsewhere"))
    assert told.partition(": ")[2] == said("restore", str(tmp_path / "kept.tar")).partition(": ")[2]
    restored = build_snapshot(read_settings())
    assert restored.read_bytes() == (home / "snapshot.nq").read_bytes()
    assert (restored.parent / "journal.jsonl").read_bytes() == (home / "journal.jsonl").read_bytes()
    said("verify")
    result = run("restore", str(tmp_path / "kept.tar"))
    assert result.exit_code == 1
    assert "is not empty" in result.stderr
