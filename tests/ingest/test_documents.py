"""Documents are found by name or by their bytes, and read as UTF-8."""

import hashlib
from pathlib import Path

import pytest

from ingest.documents import DocumentFolder, read_document
from ontology.errors import ReformError


def test_line_ends_and_characters_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("é\r\nb".encode())
    document = read_document(tmp_path / "a.txt")
    assert document.text == "é\r\nb"
    assert document.sha256 == hashlib.sha256("é\r\nb".encode()).hexdigest()


def test_a_renamed_document_is_found_by_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "renamed.txt").write_text("hello", encoding="utf-8")
    found = DocumentFolder(tmp_path).find("a.txt", hashlib.sha256(b"hello").hexdigest())
    assert found is not None
    assert found.path.name == "renamed.txt"


def test_the_right_bytes_win_over_the_recorded_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("another text", encoding="utf-8")
    (tmp_path / "b.txt").write_text("hello", encoding="utf-8")
    folder = DocumentFolder(tmp_path)
    found = folder.find("a.txt", hashlib.sha256(b"hello").hexdigest())
    assert found is not None
    assert found.text == "hello"
    by_name = folder.find("a.txt", "0" * 64)
    assert by_name is not None
    assert by_name.text == "another text"


def test_a_recorded_name_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    (tmp_path / "in").mkdir()
    assert DocumentFolder(tmp_path / "in").find("../secret.txt", "0" * 64) is None


def test_without_a_folder_no_document_is_at_hand() -> None:
    assert DocumentFolder(None).find("a.txt", "0" * 64) is None


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReformError, match="REFORMGRAPH_DOCUMENTS"):
        DocumentFolder(tmp_path / "nowhere")


def test_what_is_not_utf_8_is_refused_with_the_byte(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"abc\xff")
    with pytest.raises(ReformError, match=r"byte 3: is not UTF-8"):
        read_document(tmp_path / "a.txt")
