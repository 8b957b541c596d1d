"""The journal: a decision that is said to be saved is on the disk, in order, and unchanged."""

import hashlib
import json
import multiprocessing
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import journal as journals
from ingest.decisions import Addition, Record, Undo, live
from ingest.journal import FILE, START, Journal, read_book
from ontology.errors import StoreError

FORMAT_1 = Path(__file__).parent / "formats" / "journal-1.jsonl"
"""Written by the first version, which had no sum in its lines."""


def addition(document: str) -> Addition:
    return Addition(
        document=document, name=f"{document}.txt", sha256="a" * 64, size=5, media_type="text/plain"
    )


def write(journal: Journal, *documents: str) -> list[Record]:
    with journal.writing("Ada") as writer:
        return [writer.append(writer.draft(addition(document))) for document in documents]


def anew(line: bytes) -> bytes:
    """Return a record as somebody would forge it, with a sum that is right."""
    body = line.replace(b"Ada", b"Bob").rpartition(b',"sum":"')[0]
    return body + b',"sum":"' + hashlib.sha256(body).hexdigest().encode() + b'"}'


@pytest.fixture
def three(tmp_path: Path) -> Journal:
    journal = Journal(tmp_path)
    write(journal, "one", "two", "three")
    return journal


def test_an_empty_workspace_has_no_decisions(tmp_path: Path) -> None:
    book = Journal(tmp_path).read()
    assert (book.records, book.head, book.torn) == ([], START, 0)
    assert list(tmp_path.iterdir()) == []


def test_what_was_decided_is_read_again_as_it_was(tmp_path: Path) -> None:
    written = write(Journal(tmp_path), "one", "two")
    assert Journal(tmp_path).read().records == written
    assert [record.number for record in written] == [1, 2]
    assert {record.who for record in written} == {"Ada"}


def test_the_journal_is_open_to_its_user_alone(three: Journal) -> None:
    assert three.path.stat().st_mode & 0o077 == 0


def test_each_record_names_the_hash_of_the_one_before(three: Journal) -> None:
    lines = three.path.read_bytes().splitlines()
    named = [json.loads(line)["previous"] for line in lines]
    assert named == [START, *(hashlib.sha256(line).hexdigest() for line in lines[:-1])]
    assert three.read().head == hashlib.sha256(lines[-1]).hexdigest()


def test_a_line_cut_off_at_any_byte_was_never_saved(three: Journal) -> None:
    whole = three.path.read_bytes()
    last = whole.rindex(b"\n", 0, -1) + 1
    for cut in range(last, len(whole)):
        three.path.write_bytes(whole[:cut])
        book = three.read()
        assert [r.number for r in book.records] == [1, 2], cut
        assert book.torn == cut - last


def test_the_next_decision_takes_the_place_of_a_torn_line(three: Journal) -> None:
    whole = three.path.read_bytes()
    three.path.write_bytes(whole[:-10])
    write(three, "four")
    assert [r.decision.document for r in three.read().records] == ["one", "two", "four"]


@pytest.mark.parametrize(
    ("change", "line", "what"),
    [
        (lambda lines: [lines[0], lines[2]], 2, "a record is missing or moved"),
        (lambda lines: [lines[0], b"noise", lines[2]], 2, "is not a record"),
        (lambda lines: [b'{"a": 1}', *lines[1:]], 1, "is damaged"),
        (lambda lines: [lines[0].replace(b"one", b"six"), *lines[1:]], 1, "is damaged"),
        (lambda lines: [lines[0], lines[1].replace(b"Ada", b"Bob"), lines[2]], 2, "is damaged"),
        (lambda lines: [*lines[:2], lines[2].replace(b"Ada", b"Bob")], 3, "is damaged"),
        (lambda lines: [*lines[:2], lines[2].replace(b',"sum"', b',"was"')], 3, "is damaged"),
        (lambda lines: [anew(lines[0]), *lines[1:]], 2, "does not follow"),
        (lambda lines: [lines[0], anew(lines[1]), lines[2]], 3, "does not follow"),
        (lambda lines: [lines[0], b"", *lines[1:]], 2, "is not a record"),
    ],
)
def test_a_journal_that_was_tampered_with_stops_at_the_record_at_fault(
    three: Journal, change: Callable[[list[bytes]], list[bytes]], line: int, what: str
) -> None:
    lines = three.path.read_bytes().splitlines()
    three.path.write_bytes(b"\n".join(change(lines)) + b"\n")
    with pytest.raises(StoreError, match=rf"{FILE} line {line}: .*{what}") as found:
        three.read()
    assert found.value.exit_code == 3
    with pytest.raises(StoreError):
        write(three, "four")


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_decision_that_cannot_be_written_leaves_the_journal_as_it_was(
    three: Journal, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    before = three.path.read_bytes()
    real = getattr(os, call)

    def fail(descriptor: int, *data: object) -> int:
        if call == "write":
            real(descriptor, bytes(data[0])[:7])  # half of it is on the disk already
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, call, fail)
        with pytest.raises(StoreError, match="nothing was saved"):
            write(three, "four")
    assert three.path.read_bytes() == before
    write(three, "four")
    assert len(three.read().records) == 4


@pytest.mark.parametrize(
    ("bound", "most"), [("LONGEST", 300), ("LARGEST", 1200), ("MOST_COMMAS", 3)]
)
def test_no_decision_is_written_that_could_not_be_read_again(
    three: Journal, monkeypatch: pytest.MonkeyPatch, bound: str, most: int
) -> None:
    before = three.path.read_bytes()
    with three.writing("Ada") as writer:
        draft = writer.draft(addition("four"))
        monkeypatch.setattr(journals, bound, most)
        with pytest.raises(StoreError, match="too long to be read again"):
            writer.append(draft)
    assert three.path.read_bytes() == before


@pytest.mark.parametrize("end", [b"\n", b""])
def test_a_line_of_more_values_than_a_decision_has_is_no_record(end: bytes) -> None:
    tracemalloc.start()
    with pytest.raises(StoreError, match=r"line 1: is (not a record|damaged at its end)"):
        read_book(b'{"decision":[' + b"1," * 2_000_000 + b"1]}" + end, "journal.jsonl")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20_000_000


def test_a_journal_that_is_taken_away_under_a_writer_is_not_filled_with_zeros(
    three: Journal,
) -> None:
    with three.writing("Ada") as writer:
        draft = writer.draft(addition("four"))
        three.path.unlink()
        with pytest.raises(StoreError, match="taken away in the meantime"):
            writer.append(draft)
    assert three.read().records == []


def test_a_whole_record_with_something_behind_it_is_no_torn_line(three: Journal) -> None:
    whole = three.path.read_bytes()
    three.path.write_bytes(whole[:-1] + b"\x1a")
    with pytest.raises(StoreError, match="line 3: is damaged at its end"):
        three.read()


def test_a_journal_of_an_older_format_is_read_and_gone_on_with(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.path.write_bytes(FORMAT_1.read_bytes())
    before = journal.read()
    assert [r.decision.action for r in before.records] == [
        "add", "describe", "accept", "state", "reject", "remind", "undo", "import", "unsure"
    ]  # fmt: skip
    assert {r.format for r in before.records} == {2}
    assert before.records[8].decision.reason == "Perhaps, though: “naïve” ideas."
    write(journal, "ten")
    assert journal.path.read_bytes().startswith(FORMAT_1.read_bytes())
    assert journal.read().records[:9] == before.records
    assert len(journal.read().records) == 10


def test_a_record_of_a_later_format_asks_for_an_update(three: Journal) -> None:
    lines = three.path.read_bytes().splitlines()
    later = json.dumps({**json.loads(lines[2]), "format": 3, "mood": "new"}).encode()
    three.path.write_bytes(b"\n".join([*lines[:2], later]) + b"\n")
    with pytest.raises(StoreError, match=r"line 3: was written by a later version.*Update"):
        three.read()
    with pytest.raises(StoreError, match="Update"):
        write(three, "four")


def _hold(home: Path, held: "multiprocessing.synchronize.Event") -> None:
    with Journal(home).writing("Bo"):
        held.set()
        multiprocessing.Event().wait(20)


def test_a_second_writer_is_told_who_decides_and_the_lock_of_a_dead_one_is_free(
    three: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = multiprocessing.get_context("fork")
    held = context.Event()
    other = context.Process(target=_hold, args=(three.path.parent, held))
    other.start()
    assert held.wait(20)
    monkeypatch.setattr(journals, "PATIENCE", 0.2)
    with pytest.raises(StoreError, match=r"held by Bo \(process \d+\) since") as found:
        write(Journal(three.path.parent), "four")
    assert found.value.exit_code == 3
    other.kill()
    other.join()
    write(Journal(three.path.parent), "four")
    assert len(three.read().records) == 4


def test_a_pipe_or_a_link_in_the_place_of_who_holds_it_is_let_be(three: Journal) -> None:
    home = three.path.parent
    os.mkfifo(home / "journal.owner")
    write(three, "fourth")
    (home / "beside").write_text("words")
    (home / "journal.owner").symlink_to("beside")
    write(three, "fifth")
    assert (home / "beside").read_text() == "words"
    assert len(three.read().records) == 5


def _decide(home: Path, name: str) -> None:
    for i in range(10):
        write(Journal(home), f"{name}-{i}")


def test_many_writers_at_once_lose_no_decision(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_decide, args=(tmp_path, f"w{n}")) for n in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    records = Journal(tmp_path).read().records
    assert len(records) == 40
    assert len({record.id for record in records}) == 40


def test_an_undo_counts_until_it_is_itself_undone(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    one, two = write(journal, "one", "two")

    def undo(what: Record) -> Record:
        with journal.writing("Bo") as writer:
            return writer.append(writer.draft(Undo(undoes=what.id)))

    def counted() -> list[str]:
        return [record.id for record in live(journal.read().records)]

    first = undo(one)
    assert counted() == [two.id]
    again = undo(first)
    assert counted() == [one.id, two.id]
    undo(again)
    assert counted() == [two.id]
