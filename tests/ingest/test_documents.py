"""Documents are found by the user's word, by their bytes or by name, in every format."""

import hashlib
import io
import os
from pathlib import Path

import docx
import pytest

from ingest.documents import Documents, read_document
from ingest.passages import Verdict, anchor, verify
from ontology.errors import ReformError

WORDS = "The lake board must publish its books. The towns agreed."
PAGE = f"<!doctype html><title>Lake</title><body><nav>Home</nav><p>{WORDS}</p></body>"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def written(path: Path, data: bytes | str) -> str:
    """Write a file and return the SHA-256 of its bytes."""
    data = data.encode() if isinstance(data, str) else data
    path.write_bytes(data)
    return digest(data)


def test_line_ends_and_characters_stay_as_they_are(tmp_path: Path) -> None:
    sha256 = written(tmp_path / "a.txt", "\ufeffé\r\nb")
    document = read_document(tmp_path / "a.txt")
    assert document.text == "\ufeffé\r\nb"
    assert document.sha256 == sha256


def test_text_in_another_encoding_is_decoded(tmp_path: Path) -> None:
    written(tmp_path / "a.txt", "caf\u00e9".encode("cp1252"))
    assert read_document(tmp_path / "a.txt").text == "café"


def test_a_renamed_document_is_found_by_its_bytes(tmp_path: Path) -> None:
    sha256 = written(tmp_path / "renamed.txt", "hello")
    found = Documents(tmp_path).find("d", "a.txt", sha256)
    assert found is not None
    assert found.path.name == "renamed.txt"


def test_the_right_bytes_win_over_the_recorded_name(tmp_path: Path) -> None:
    written(tmp_path / "a.txt", "another text")
    sha256 = written(tmp_path / "b.txt", "hello")
    documents = Documents(tmp_path)
    found = documents.find("d", "a.txt", sha256)
    assert found is not None
    assert found.text == "hello"
    by_name = documents.find("d", "a.txt", "0" * 64)
    assert by_name is not None
    assert by_name.text == "another text"


def test_the_user_s_word_wins_over_the_right_bytes(tmp_path: Path) -> None:
    sha256 = written(tmp_path / "a.txt", "hello")
    written(tmp_path / "copy.txt", "hello, changed")
    documents = Documents(tmp_path, named={"d": tmp_path / "copy.txt"})
    told, other = documents.find("d", "a.txt", sha256), documents.find("e", "a.txt", sha256)
    assert told is not None
    assert told.text == "hello, changed"
    assert other is not None
    assert other.text == "hello"


def test_an_original_is_read_in_the_format_that_its_recorded_name_tells(tmp_path: Path) -> None:
    # Without a name these bytes are plain text: nothing in them says that they are a page.
    data = b"<p>First.</p><p>Second.</p>"
    written(tmp_path / digest(data), data)
    documents = Documents(originals=tmp_path)
    page = documents.find("d", "page.html", digest(data))
    assert page is not None
    assert "<p>" not in page.text
    plain = documents.find("d", "page.txt", digest(data))
    assert plain is not None
    assert plain.text.startswith("<p>")


def test_the_right_bytes_in_the_workspace_win_over_the_name_in_the_folder(tmp_path: Path) -> None:
    folder, originals = tmp_path / "folder", tmp_path / "originals"
    folder.mkdir()
    originals.mkdir()
    written(folder / "a.txt", "another edition")
    sha256 = written(originals / digest(b"hello"), "hello")
    found = Documents(folder, originals=originals).find("d", "a.txt", sha256)
    assert found is not None
    assert found.text == "hello"


def test_a_recorded_name_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    written(tmp_path / "secret.txt", "x")
    (tmp_path / "in").mkdir()
    assert Documents(tmp_path / "in").find("d", "../secret.txt", "0" * 64) is None


def test_without_a_folder_no_document_is_at_hand() -> None:
    documents = Documents()
    assert documents.find("d", "a.txt", "0" * 64) is None
    assert documents.reading("0" * 64, "a.txt") is None
    assert documents.unread == {}


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReformError, match="REFORMGRAPH_DOCUMENTS"):
        Documents(tmp_path / "nowhere")


def test_a_named_file_must_be_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("nowhere.txt", "pipe"):
        with pytest.raises(ReformError, match=f"{name}: is not a file"):
            Documents(named={"d": tmp_path / name})


def test_a_file_that_cannot_be_read_counts_as_not_at_hand_and_is_told(tmp_path: Path) -> None:
    sha256 = written(tmp_path / "good.txt", "hello")
    broken = written(tmp_path / "broken.docx", b"PK\x03\x04 and no more")
    written(tmp_path / "empty.txt", b"")
    documents = Documents(tmp_path)
    assert documents.find("bad", "broken.docx", broken) is None
    assert documents.find("none", "empty.txt", "0" * 64) is None
    assert documents.find("good", "good.txt", sha256) is not None
    assert list(documents.unread) == ["bad", "none"]
    assert all("\n" not in line for line in documents.unread.values())


def test_an_original_that_was_changed_is_told(tmp_path: Path) -> None:
    written(tmp_path / digest(b"hello"), "hallo")
    documents = Documents(originals=tmp_path)
    assert documents.find("d", "a.txt", digest(b"hello")) is None
    assert "has been changed" in documents.unread["d"]


def test_a_named_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    written(tmp_path / "empty.txt", b"")
    with pytest.raises(ReformError, match=r"empty\.txt: is empty"):
        Documents(named={"d": tmp_path / "empty.txt"}).find("d", "a.txt", "0" * 64)


def _docx() -> bytes:
    document, stream = docx.Document(), io.BytesIO()
    document.add_heading("Lake", 1)
    document.add_paragraph(WORDS)
    document.save(stream)
    return stream.getvalue()


def test_a_passage_is_found_in_every_format(tmp_path: Path, pdf: bytes) -> None:
    text = f"Lake\n\n{WORDS}\n"
    place = anchor(text, text.index("The lake"), text.index(" The towns"))
    for name, data in (("a.html", PAGE.encode()), ("a.docx", _docx()), ("a.pdf", pdf)):
        source = Documents(tmp_path).find("d", name, written(tmp_path / name, data))
        assert source is not None, name
        verdict, span = verify(place, source.text, source.gaps)
        assert span is not None, name
        found = " ".join(source.text[slice(*span)].split())
        assert (verdict, found) == (Verdict.MOVED, "The lake board must publish its books."), name
