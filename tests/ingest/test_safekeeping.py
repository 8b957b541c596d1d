"""Backups: whole, the same bytes each time, and nothing hostile is ever unpacked."""

import hashlib
import io
import json
import tarfile
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.decisions import Addition
from ingest.journal import Journal
from ingest.originals import Originals
from ingest.safekeeping import MANIFEST, back_up, restore
from ontology.errors import ReformError, StoreError

Hold = dict[str, bytes]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A workspace with two decisions, an original each, and settings."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    for name in ("one", "two"):
        data = f"The text of {name}.\n".encode()
        sha256 = Originals(home / "originals").keep(data)
        with Journal(home).writing("Ada") as writer:
            writer.append(writer.draft(Addition(
                document=name, name=f"{name}.txt", sha256=sha256, size=len(data),
                media_type="text/plain",
            )))  # fmt: skip
    (home / "settings.toml").write_text('reviewer = "Ada"\n', encoding="utf-8")
    (home / "snapshot.nq").write_bytes(b"derived\n")
    return home


@pytest.fixture
def backup(home: Path, tmp_path: Path) -> Path:
    back_up(home, tmp_path / "backup.tar")
    return tmp_path / "backup.tar"


def contents(folder: Path) -> Hold:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def repacked(backup: Path, change: Callable[[Hold], None], honest: bool = True) -> Path:
    """Write a backup anew after a change, with a manifest that agrees unless `honest` is false."""
    with tarfile.open(backup) as tar:
        held = {m.name: tar.extractfile(m).read() for m in tar.getmembers()}  # type: ignore[union-attr]
    manifest = json.loads(held.pop(MANIFEST))
    change(held)
    if honest:
        manifest["files"] = [
            {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in sorted(held.items())
        ]
    return written(backup.parent / "other.tar", manifest, sorted(held.items()))


def written(file: Path, manifest: object, members: list[tuple[str, bytes]]) -> Path:
    told = manifest if isinstance(manifest, bytes) else json.dumps(manifest).encode()
    with file.open("wb") as out:
        for name, data in [(MANIFEST, told), *members]:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            out.write(info.tobuf(tarfile.USTAR_FORMAT) + data + bytes(-len(data) % 512))
        out.write(bytes(1024))
    return file


def manifest_of(backup: Path) -> dict[str, object]:
    with tarfile.open(backup) as tar:
        found: dict[str, object] = json.load(tar.extractfile(MANIFEST))  # type: ignore[arg-type]
        return found


def refused(file: Path, tmp_path: Path, match: str) -> None:
    before = sorted(tmp_path.iterdir())
    with pytest.raises(ReformError, match=match) as found:
        restore(file, tmp_path / "new")
    assert "\n" not in str(found.value)
    assert found.value.exit_code == 1
    assert sorted(tmp_path.iterdir()) == before


def test_what_was_backed_up_comes_back_as_it_was_and_nothing_derived(
    home: Path, backup: Path, tmp_path: Path
) -> None:
    told = restore(backup, tmp_path / "deep" / "new")
    kept = {name: data for name, data in contents(home).items() if "snapshot" not in name}
    kept.pop("journal.lock", None)
    assert contents(tmp_path / "deep" / "new") == kept
    assert (told.records, told.head) == (2, Journal(home).read().head)
    for path in (tmp_path / "deep" / "new").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0


def test_the_same_workspace_gives_the_same_archive(
    home: Path, backup: Path, tmp_path: Path
) -> None:
    back_up(home, tmp_path / "again.tar")
    assert (tmp_path / "again.tar").read_bytes() == backup.read_bytes()
    assert backup.stat().st_mode & 0o777 == 0o600


def test_an_archive_never_lies_in_the_workspace_and_never_takes_the_place_of_a_file(
    home: Path, backup: Path, tmp_path: Path
) -> None:
    for inside in (home / "backup.tar", home / "originals" / "backup.tar", tmp_path / "l" / "b"):
        (tmp_path / "l").exists() or (tmp_path / "l").symlink_to(home)
        with pytest.raises(ReformError, match="lies in the workspace itself"):
            back_up(home, inside)
    before = backup.read_bytes()
    with pytest.raises(ReformError, match="is there already"):
        back_up(home, backup)
    assert backup.read_bytes() == before


def test_a_damaged_workspace_is_not_backed_up(home: Path, tmp_path: Path) -> None:
    original = next((home / "originals").iterdir())
    whole = original.read_bytes()
    original.write_bytes(b"other")
    with pytest.raises(StoreError, match="has been changed"):
        back_up(home, tmp_path / "backup.tar")
    original.unlink()
    with pytest.raises(StoreError, match="is missing"):
        back_up(home, tmp_path / "backup.tar")
    original.write_bytes(whole)
    journal = home / "journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b"Ada", b"Eva", 1))
    with pytest.raises(StoreError, match="line 1: is damaged"):
        back_up(home, tmp_path / "backup.tar")
    assert not (tmp_path / "backup.tar").exists()


def test_a_line_that_was_never_saved_is_not_backed_up(home: Path, tmp_path: Path) -> None:
    journal = home / "journal.jsonl"
    whole = journal.read_bytes()
    journal.write_bytes(whole + b'{"at":"20')
    back_up(home, tmp_path / "backup.tar")
    restore(tmp_path / "backup.tar", tmp_path / "new")
    assert (tmp_path / "new" / "journal.jsonl").read_bytes() == whole


def test_only_an_empty_folder_is_restored_into(home: Path, backup: Path, tmp_path: Path) -> None:
    before = contents(home)
    with pytest.raises(ReformError, match="is not empty"):
        restore(backup, home)
    assert contents(home) == before
    (tmp_path / "new").mkdir()
    restore(backup, tmp_path / "new")
    assert len(Journal(tmp_path / "new").read().records) == 2


@pytest.mark.parametrize(
    "name",
    ["../evil", "/evil", "originals/../../evil", "originals/evil", "evil.txt",
     "originals/" + "A" * 64, "journal.jsonl/x", "originals\\evil", "snapshot.nq", "C:evil",
     "names.jsonl\0x"],
)  # fmt: skip
def test_no_foreign_name_is_unpacked(backup: Path, tmp_path: Path, name: str) -> None:
    other = repacked(backup, lambda held: held.update({name: b"evil"}))
    refused(other, tmp_path, "manifest is damaged")
    other = repacked(backup, lambda held: held.update({name: b"evil"}), honest=False)
    refused(other, tmp_path, "does not hold|does not end|no backup")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE,
                                  tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.GNUTYPE_SPARSE,
                                  tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME])  # fmt: skip
def test_nothing_but_plain_files_is_unpacked(backup: Path, tmp_path: Path, kind: bytes) -> None:
    data = bytearray(backup.read_bytes())
    at = data.index(b"journal.jsonl" + bytes(20))
    info = tarfile.TarInfo("journal.jsonl")
    info.size, info.type, info.linkname = 5, kind, "/etc/hostname"
    data[at : at + 512] = info.tobuf(tarfile.USTAR_FORMAT)
    (tmp_path / "other.tar").write_bytes(data)
    refused(tmp_path / "other.tar", tmp_path, "something else than plain files|no backup")


def test_a_doubled_name_is_refused(backup: Path, tmp_path: Path) -> None:
    manifest = manifest_of(backup)
    files = manifest["files"]
    assert isinstance(files, list)
    doubled = {**manifest, "files": [files[0], *files]}
    refused(written(tmp_path / "o.tar", doubled, []), tmp_path, "names a file twice")


@pytest.mark.parametrize("size", [10**9, 10**15, -1])
def test_a_size_that_is_claimed_is_never_believed(backup: Path, tmp_path: Path, size: int) -> None:
    manifest = manifest_of(backup)
    files = manifest["files"]
    assert isinstance(files, list)
    files[0]["size"] = size
    tracemalloc.start()
    refused(written(tmp_path / "o.tar", manifest, []), tmp_path, "larger than|is damaged|no backup")
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("manifest", "match"),
    [
        (b"", "manifest is damaged"),
        (b"[" * 100_000, "manifest is damaged"),
        (b'{"format": 1}', "manifest is damaged"),
        (b'{"format": 2}', "later version of reformgraph.*Update"),
        (b'{"format": true}', "manifest is damaged"),
        (b"\xff", "manifest is damaged"),
        (b"3", "manifest is damaged"),
    ],
)
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, manifest: bytes, match: str) -> None:
    refused(written(tmp_path / "o.tar", manifest, []), tmp_path, match)


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"", "is cut off"),
        (bytes(10_000), "is cut off"),
        (b"PK\x03\x04" + bytes(2000), "no backup"),
        (b"Some text. " * 100, "no backup"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, data: bytes, match: str) -> None:
    (tmp_path / "o.tar").write_bytes(data)
    refused(tmp_path / "o.tar", tmp_path, match)


def test_an_archive_of_another_program_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("journal.jsonl"))
    (tmp_path / "o.tar").write_bytes(buffer.getvalue())
    refused(tmp_path / "o.tar", tmp_path, "is no backup of reformgraph")
    refused(tmp_path / "absent.tar", tmp_path, "No such file")
    refused(tmp_path, tmp_path, "is no file but a folder")


def test_a_backup_that_was_changed_is_refused(backup: Path, tmp_path: Path) -> None:
    def forged(held: Hold) -> None:
        held["journal.jsonl"] = held["journal.jsonl"].replace(b"Ada", b"Eva")

    def shortened(held: Hold) -> None:
        held["journal.jsonl"] = held["journal.jsonl"].splitlines(keepends=True)[0]

    def without_original(held: Hold) -> None:
        del held[next(name for name in held if name.startswith("originals/"))]

    def not_toml(held: Hold) -> None:
        held["settings.toml"] = b"= = ="

    refused(repacked(backup, forged, honest=False), tmp_path, "journal.jsonl in it is damaged")
    refused(repacked(backup, forged), tmp_path, "line 1: is damaged")
    refused(repacked(backup, shortened), tmp_path, "not the one its manifest tells of")
    refused(repacked(backup, without_original), tmp_path, "is missing in it")
    refused(repacked(backup, not_toml), tmp_path, "is not TOML")
    backup.write_bytes(backup.read_bytes() + b"more")
    refused(backup, tmp_path, "does not end where it should")
