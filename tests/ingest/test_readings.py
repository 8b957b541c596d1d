"""A reading is kept by the hash of the bytes, and made anew when what is kept cannot be trusted."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ingest import readings
from ingest.documents import Documents
from ingest.readers import Reading, read_bytes, read_limited
from ingest.readings import Readings
from ontology.errors import ReformError


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Read without a process of its own; returns the names of what was read."""
    names: list[str] = []

    def count(data: bytes, name: str) -> Reading:
        names.append(name)
        return read_bytes(data, name)

    monkeypatch.setattr(readings, "read_limited", count)
    return names


def test_what_is_kept_is_what_was_read(tmp_path: Path, pdf: bytes, read: list[str]) -> None:
    folder = tmp_path / "readings"
    first = Readings(folder).of(pdf, "a.pdf")
    assert first == read_bytes(pdf, "a.pdf")
    assert (first.blocks, first.pages) != ((), ())
    assert Readings(folder).of(pdf, "a.pdf") == first
    assert read == ["a.pdf"]


def test_the_reading_bears_the_name_asked_for(tmp_path: Path, pdf: bytes, read: list[str]) -> None:
    kept = Readings(tmp_path)
    kept.of(pdf, "a.pdf")
    assert kept.of(pdf, "b.pdf").name == "b.pdf"
    assert read == ["a.pdf"]


def test_kept_readings_are_the_user_s_alone(tmp_path: Path, pdf: bytes, read: list[str]) -> None:
    folder = tmp_path / "readings"
    Readings(folder).of(pdf, "a.pdf")
    (file,) = folder.iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert read


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"books", b"cooks"),
        (b'"made_by":"', b'"made_by":"older '),
        (b'{"made_by"', b"{"),
        (b'"kind":"paragraph"', b'"kind":"picture"'),
    ],
    ids=["another word", "another version", "no JSON", "no such kind"],
)
def test_a_damaged_file_is_made_anew(
    tmp_path: Path, pdf: bytes, read: list[str], old: bytes, new: bytes
) -> None:
    first = Readings(tmp_path).of(pdf, "a.pdf")
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    assert old in whole
    file.write_bytes(whole.replace(old, new, 1))
    assert Readings(tmp_path).of(pdf, "a.pdf") == first
    assert file.read_bytes() == whole
    assert len(read) == 2


def test_a_pipe_in_the_place_of_a_reading_keeps_nobody_waiting(
    tmp_path: Path, pdf: bytes, read: list[str]
) -> None:
    first = Readings(tmp_path).of(pdf, "a.pdf")
    (file,) = tmp_path.iterdir()
    file.unlink()
    os.mkfifo(file)
    assert Readings(tmp_path).of(pdf, "a.pdf") == first
    assert len(read) == 2


def test_bytes_are_read_anew_when_the_name_tells_another_format(
    tmp_path: Path, read: list[str]
) -> None:
    kept, data = Readings(tmp_path), b"<p>Hello</p>"
    assert kept.of(data, "a.txt").text == "<p>Hello</p>"
    assert kept.of(data, "a.html").text.strip() == "Hello"
    assert Readings(tmp_path).of(data, "a.txt").text == "<p>Hello</p>"
    assert len(read) == 3


def test_without_a_workspace_a_reading_is_held_in_memory(
    tmp_path: Path, pdf: bytes, read: list[str]
) -> None:
    for folder in (None, tmp_path / "nowhere" / "readings"):
        kept = Readings(folder)
        assert kept.of(pdf, "a.pdf") == kept.of(pdf, "a.pdf")
    assert read == ["a.pdf", "a.pdf"]
    assert list(tmp_path.iterdir()) == []


def test_the_documents_give_whole_readings_and_keep_them(
    tmp_path: Path, pdf: bytes, read: list[str]
) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf)
    sha256 = read_bytes(pdf, "a.pdf").sha256
    documents = Documents(tmp_path, readings=tmp_path / "readings")
    assert documents.reading(sha256, "a.pdf") == read_bytes(pdf, "a.pdf")
    source = documents.find("d", "a.pdf", sha256)
    assert source is not None
    assert source.text == read_bytes(pdf, "a.pdf").text
    assert read == ["a.pdf"]


def test_bytes_at_hand_are_read_in_a_limited_process(pdf: bytes) -> None:
    assert read_limited(pdf, "a.pdf") == read_bytes(pdf, "a.pdf")
    with pytest.raises(ReformError, match=r"a\.pdf: is damaged"):
        read_limited(pdf[:40], "a.pdf")


def test_a_reader_s_process_does_not_run_the_main_script_again(tmp_path: Path) -> None:
    """Streamlit's script is its page: run again in the process, it would read again, and so on."""
    script = tmp_path / "page.py"
    script.write_text(
        "from ingest.readers import read_limited\n"
        "print(__name__, read_limited(b'Hello there.', 'a.txt').text)\n"
    )
    rooms = str(Path(readings.__file__).parent.parent)
    told = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": rooms}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (told.stdout, told.stderr) == ("__main__ Hello there.\n", "")


def test_a_file_that_cannot_be_read_is_tried_once(tmp_path: Path, read: list[str]) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 and no more")
    documents = Documents(tmp_path)
    for document in ("one", "two"):
        assert documents.find(document, "a.pdf", "0" * 64) is None
    assert documents.unread["one"] == documents.unread["two"]
    assert read == ["a.pdf"]
