"""Private names: in their file alone, under random ids, and nowhere once they are erased."""

import json
import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import explorer
from explorer.cli import app
from ingest.names import _COST, FILE, Names
from ontology.errors import NotFoundError, ReformError, StoreError, UsageError

NAMES = ["Tilde Ombrelius", "Iosif Brankelides", "Нина Ущельская"]
PASSPHRASE = "seven grey herons at dusk"
runner = CliRunner()


def run(*words: str, given: str = "") -> Result:
    return runner.invoke(app, list(words), input=given)


def said(*words: str, given: str = "") -> str:
    result = run(*words, given=given)
    assert result.exit_code == 0, result.output
    return result.stdout


def held_in(folder: Path, name: str) -> list[str]:
    """Return the files below a folder that hold a name, as UTF-8 or escaped, or are named so."""
    forms = [name.encode(), json.dumps(name)[1:-1].encode(), name.encode("utf-16-le")]
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
        and (name in path.name or any(form in path.read_bytes() for form in forms))
    )


def names(home: Path, passphrase: str = "") -> Names:
    home.mkdir(mode=0o700, exist_ok=True)
    return Names(home, lambda new: passphrase)  # noqa: ARG005


def test_a_name_stands_in_its_file_alone_and_after_erasing_nowhere(
    home: Path, tmp_path: Path
) -> None:
    ids = []
    for name in NAMES:
        told = said("names", "add", "case-3efdaa", given=f"{name}\n")
        assert name not in told
        ids.append(told.split(":")[0])
    said("remind", "open-locks-2012-panel", "2027-01-01")
    said("build")
    said("verify")
    said("backup", str(tmp_path / "kept.tar"))
    chain = (home / "journal.jsonl").read_bytes()
    for name in NAMES:
        assert held_in(tmp_path, name) == [f"home/{FILE}"]
        assert name in said("names", "list")
    assert (home / FILE).stat().st_mode & 0o777 == 0o600
    assert len(set(ids)) == 3

    said("erase", ids[1])
    assert held_in(tmp_path, NAMES[1]) == []
    assert held_in(tmp_path, NAMES[0]) == [f"home/{FILE}"]
    assert NAMES[1] not in said("names", "list")
    assert (home / "journal.jsonl").read_bytes() == chain
    said("verify")


def test_a_backup_holds_names_only_when_asked(home: Path, tmp_path: Path) -> None:
    names(home).add("some-case", NAMES[0])
    said("backup", str(tmp_path / "without.tar"))
    said("backup", "--with-names", str(tmp_path / "with.tar"))
    assert held_in(tmp_path, NAMES[0]) == [f"home/{FILE}", "with.tar"]


def test_a_name_is_never_noted_for_what_is_no_case(home: Path) -> None:
    result = run("names", "add", "no-such-case", given=f"{NAMES[0]}\n")
    assert result.exit_code == 2
    assert result.stderr.startswith("no-such-case: is no case.")
    assert held_in(home, NAMES[0]) == []


@pytest.mark.parametrize("name", ["", " \n", "x" * 201, "Tilde\x1b[31m", "two\nlines"])
def test_what_is_no_name_is_refused_without_repeating_it(home: Path, name: str) -> None:
    with pytest.raises(UsageError, match="empty, too long or not plain") as found:
        names(home).add("some-case", name)
    assert "Tilde" not in str(found.value)
    assert found.value.__cause__ is None
    assert not (home / FILE).exists()


def test_sealed_names_are_read_with_the_passphrase_alone(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(_COST, "n", 2**10)
    first = names(home).add("some-case", NAMES[0])
    second = names(home, PASSPHRASE).add("some-case", NAMES[1], seal=True)
    for name in (*NAMES, PASSPHRASE, "some-case"):
        assert held_in(home, name) == []
    assert names(home, PASSPHRASE).read() == [first, second]
    with pytest.raises(ReformError, match="does not open with this passphrase"):
        names(home, "seven grey herons at dawn").read()
    names(home, PASSPHRASE).erase(first.id)
    assert held_in(home, NAMES[1]) == []
    assert names(home, PASSPHRASE).read() == [second]
    with pytest.raises(UsageError, match="fewer than 12"):
        names(home / "another", "short").add("some-case", NAMES[0], seal=True)


def test_the_bytes_of_an_erased_name_are_overwritten_where_they_lay(home: Path) -> None:
    person = names(home).add("some-case", NAMES[0])
    left = home / f".{FILE}.abcd1234"
    left.write_text(NAMES[0], encoding="utf-8")
    os.link(home / FILE, home / "other-name-of-the-old-file")
    os.link(left, home / "other-name-of-what-was-left")
    names(home).erase(person.id)
    assert held_in(home, NAMES[0]) == []
    assert not left.exists()


def test_a_damaged_file_of_names_is_told_by_its_line_and_not_repeated(home: Path) -> None:
    names(home).add("some-case", NAMES[0])
    with (home / FILE).open("ab") as file:
        file.write(b'{"format":1,"name":"Tilde"}\n')
    with pytest.raises(StoreError, match=r"names.jsonl line 2: is damaged") as found:
        names(home).read()
    assert "Tilde" not in str(found.value)
    (home / FILE).write_bytes(b'{"format":2}\n')
    with pytest.raises(StoreError, match="line 1: was written by a later version"):
        names(home).read()
    (home / FILE).unlink()
    with pytest.raises(NotFoundError, match="is no entry"):
        names(home).erase("abc")


def test_nothing_but_their_commands_reads_the_names() -> None:
    rooms = Path(explorer.__file__).parent.parent
    readers = {
        path.relative_to(rooms).as_posix()
        for room in ("ontology", "ingest", "graph", "explorer")
        for path in (rooms / room).rglob("*.py")
        if re.search(r"ingest\.names|from ingest import .*names", path.read_text("utf-8"))
    }
    assert readers == {"explorer/safekeepingcommands.py"}
