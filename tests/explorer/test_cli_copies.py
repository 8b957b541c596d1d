"""`reformgraph check --document ID=FILE`: passages in a changed copy of a document."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from explorer.cli import app

DOCUMENT = "ombrel-courier-2013"
runner = CliRunner()


def check(*words: str) -> Result:
    return runner.invoke(app, ["check", *words])


def refusal(result: Result, code: int) -> str:
    """Return the one line on stderr of a command that ended with that code."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    (line,) = result.stderr.strip().splitlines()
    return line


@pytest.fixture
def text(other_reform: Path) -> str:
    return (other_reform / f"{DOCUMENT}.txt").read_text("utf-8")


def test_moved_passages_are_told_with_their_new_places(text: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes(f"A line before.\n{text}".replace("\n", "\r\n").encode())
    result = check("--document", f"{DOCUMENT}={copy}")
    assert result.exit_code == 0, result.output
    moved = [line for line in result.stdout.splitlines() if line.startswith("moved")]
    assert moved
    assert all("not the one that was read" in line for line in moved)
    assert f"{DOCUMENT} in {copy}: {len(moved)} moved." in result.stdout
    told = json.loads(check("--json", "--document", f"{DOCUMENT}={copy}").stdout)["passages"]
    (named,) = told["copies"]
    assert named["counts"]["moved"] == len(moved)
    for found in told["found"]:
        if found["verdict"] == "moved":
            start, end = found["span"]
            assert copy.read_bytes().decode()[start:end].strip()


def test_a_changed_word_is_told_and_the_exit_code_is_1(text: str, tmp_path: Path) -> None:
    assert "The Council votes" in text
    copy = tmp_path / "copy.txt"
    copy.write_text(text.replace("The Council votes", "The Council dines"), "utf-8")
    result = check("--document", f"{DOCUMENT}={copy}")
    assert result.exit_code == 1
    changed = [line for line in result.stdout.splitlines() if line.startswith("changed")]
    assert len(changed) == 1
    assert f"{DOCUMENT} in {copy}: " in result.stdout
    assert "1 changed" in result.stdout


def test_the_file_named_takes_the_place_of_the_one_in_the_folder(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REFORMGRAPH_DOCUMENTS")
    copy = tmp_path / "copy.html"
    lines = "".join(f"<p>{line}</p>" for line in text.splitlines())
    copy.write_text(f"<!doctype html><body>{lines}</body>", "utf-8")
    result = check("--document", f"{DOCUMENT}={copy}")
    assert result.exit_code == 0, result.output
    assert " 0 verified, 0 moved" not in result.stdout
    assert "Set REFORMGRAPH_DOCUMENTS" not in result.stdout


@pytest.mark.usefixtures("other_reform")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["ombrel-courier=a.txt"], 2, "Did you mean ombrel-courier-2013?"),
        (["zzz=a.txt"], 2, "zzz: no document has this id. There are "),
        ([DOCUMENT], 2, "Say ID=FILE"),
        ([f"{DOCUMENT}="], 2, "Say ID=FILE"),
        ([f"{DOCUMENT}=/nowhere/a.txt"], 1, "/nowhere/a.txt: is not a file"),
        ([f"{DOCUMENT}=a", f"{DOCUMENT}=b"], 2, "is named twice"),
    ],
)
def test_what_cannot_be_meant_is_one_line(words: list[str], code: int, said: str) -> None:
    options = [part for word in words for part in ("--document", word)]
    assert said in refusal(check(*options), code)


@pytest.mark.usefixtures("other_reform")
def test_a_copy_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "copy.pdf").write_bytes(b"%PDF-1.4 and no more")
    assert "copy.pdf: is damaged" in refusal(
        check("--document", f"{DOCUMENT}={tmp_path / 'copy.pdf'}"), 1
    )


def test_a_document_goes_with_a_corpus_only(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<https://example.org/a> <https://example.org/b> 5 .\n")
    result = check(str(tmp_path / "a.ttl"), "--document", f"{DOCUMENT}=a.txt")
    assert "goes with a corpus" in refusal(result, 2)


def test_a_file_of_the_folder_that_cannot_be_read_is_told_and_the_rest_is_checked(
    other_reform: Path,
) -> None:
    (other_reform / f"{DOCUMENT}.txt").write_bytes(b"")
    result = check()
    assert result.exit_code == 0, result.output
    assert f"{DOCUMENT}.txt: is empty" in result.stdout
    assert " 0 verified" not in result.stdout
    assert json.loads(check("--json").stdout)["passages"]["unread"]
