"""Backups: journal, originals and settings of a workspace in one archive, checked both ways."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ingest.decisions import Record, live
from ingest.disk import LARGEST, read_file, refuse_within, replacing, sync_folder, write_all
from ingest.fields import Sha256
from ingest.journal import FILE as JOURNAL
from ingest.journal import read_book
from ingest.originals import LARGEST as LARGEST_ORIGINAL
from ingest.originals import Originals, named_in
from ontology.errors import ReformError, StoreError

MANIFEST = "manifest.json"
SETTINGS = "settings.toml"
NAMES = "names.jsonl"
ORIGINALS = "originals"
FORMAT = 1
UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""From each older format of a manifest to the next one; there is none as yet."""
_BLOCK = tarfile.BLOCKSIZE
_CHUNK = 1024 * 1024
_MOST = {
    MANIFEST: 16 * 1024 * 1024, SETTINGS: 64 * 1024, NAMES: 16 * 1024 * 1024,
    JOURNAL: LARGEST,
}  # fmt: skip
"""Bytes that a file of a backup may have."""
_BYTES_A_COMMA = 25
"""A manifest has fewer commas than one in so many bytes, since most of it are hashes."""

Member = Annotated[
    str,
    StringConstraints(
        pattern=r"^(journal\.jsonl|names\.jsonl|settings\.toml|originals/[0-9a-f]{64})$"
    ),
]
Count = Annotated[int, Field(ge=0)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Kept(_Part):
    """A file of a backup."""

    name: Member
    size: Count
    sha256: Sha256


class Manifest(_Part):
    """What a backup holds; the first file in it."""

    program: Literal["reformgraph"] = "reformgraph"
    format: Literal[1] = 1
    records: Count
    head: Sha256
    files: list[Kept]

    def told(self) -> str:
        """Return in words what a backup holds."""
        originals = sum(kept.name.startswith(ORIGINALS) for kept in self.files)
        return f"decisions: {self.records}, originals: {originals}"

    def to_bytes(self) -> bytes:
        """Return the manifest as it stands in a backup."""
        return (json.dumps(self.model_dump(), sort_keys=True, indent=1) + "\n").encode()


# --- what a workspace must hold ---


def missing_originals(originals: Originals, records: Sequence[Record]) -> list[str]:
    """Return a line for each original of a decision that counts which is missing or changed."""
    faults = []
    for sha256 in named_in(live(records)):
        try:
            originals.held(sha256)
        except (StoreError, OSError) as error:
            faults.append(str(error))
    return faults


# --- backup ---


def back_up(home: Path, file: Path, *, with_names: bool = False) -> Manifest:
    """Write what cannot be derived into one archive, check it, and only then give it its name.

    The same workspace gives the same bytes. Raises StoreError for a workspace that is damaged,
    ReformError for a file in the workspace, one that is there, and one that cannot be written.
    """
    file = file.absolute()
    refuse_within(home, file)
    if file.exists():
        raise ReformError(f"{file}: is there already. Give another name.")
    try:
        sources, manifest = _gathered(home, with_names)
    except OSError as error:
        raise StoreError(
            f"{error.filename}: cannot be read ({error.strerror}). Check the disk and the rights."
        ) from error
    try:
        with replacing(file) as descriptor:
            _write(descriptor, manifest, sources)
            os.lseek(descriptor, 0, os.SEEK_SET)
            with os.fdopen(os.dup(descriptor), "rb") as written:
                _read(written, str(file), lambda _: None)
    except OSError as error:
        raise ReformError(
            f"{file}: cannot be written ({error.strerror}). Free some space or name another place."
        ) from error
    return manifest


def _gathered(home: Path, with_names: bool) -> tuple[dict[str, bytes | Path], Manifest]:
    """Return the files of a backup, each as its bytes or where it lies, and their manifest."""
    try:
        journal = read_file(home / JOURNAL)
    except FileNotFoundError:
        journal = b""
    book = read_book(journal, str(home / JOURNAL))
    originals = Originals(home / ORIGINALS)
    if faults := missing_originals(originals, book.records):
        raise StoreError(faults[0])
    sources: dict[str, bytes | Path] = {JOURNAL: journal[: book.sound]}
    for sha256 in named_in(book.records):
        # What only a decision that was taken back names may be gone.
        if (path := originals.path(sha256)) is not None:
            sources[f"{ORIGINALS}/{sha256}"] = path
    for name in [SETTINGS, *([NAMES] if with_names else [])]:
        if (home / name).is_file():
            sources[name] = read_file(home / name)
    files = [
        Kept(
            name=name,
            size=source.stat().st_size if isinstance(source, Path) else len(source),
            sha256=(
                source.name if isinstance(source, Path) else hashlib.sha256(source).hexdigest()
            ),
        )
        for name, source in sorted(sources.items())
    ]
    return sources, Manifest(records=len(book.records), head=book.head, files=files)


def _write(descriptor: int, manifest: Manifest, sources: dict[str, bytes | Path]) -> None:
    """Write a plain tar; owners, times and rights are the same in all."""
    data = manifest.to_bytes()
    for name, size, source in [
        (MANIFEST, len(data), data),
        *((kept.name, kept.size, sources[kept.name]) for kept in manifest.files),
    ]:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        write_all(descriptor, info.tobuf(tarfile.USTAR_FORMAT, "ascii"))
        with source.open("rb") if isinstance(source, Path) else io.BytesIO(source) as opened:
            while chunk := opened.read(_CHUNK):
                write_all(descriptor, chunk)
        write_all(descriptor, bytes(-size % _BLOCK))
    write_all(descriptor, bytes(2 * _BLOCK))


# --- restore ---


def restore(file: Path, home: Path) -> Manifest:
    """Put what a backup holds into a workspace that is empty or missing, whole or not at all.

    The archive is read and checked to its end before anything is written. Raises ReformError
    for a workspace that holds something, and for a file that is no whole backup.
    """
    home = home.resolve()
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise ReformError(f"{home}: is not empty. Set REFORMGRAPH_HOME to a folder that is.")
    if file.exists() and not file.is_file():
        raise ReformError(f"{file}: is no file but a folder, a pipe or a device. Give a backup.")
    try:
        with file.open("rb") as opened:
            _read(opened, str(file), lambda _: None)
            opened.seek(0)
            home.parent.mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(dir=home.parent, prefix=f".{home.name}."))
            try:
                manifest = _read(opened, str(file), lambda name: _new_file(folder, name))
                for made in (*folder.glob("*/"), folder):
                    sync_folder(made)
                if os.name == "nt" and home.exists():
                    home.rmdir()
                os.rename(folder, home)  # noqa: PTH104 - seen by the tests
                with suppress(OSError):  # all of it is there, and has been synced itself
                    sync_folder(home.parent)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
    except OSError as error:
        raise ReformError(
            f"{error.filename or file}: {error.strerror}. Check names, rights and space; nothing "
            "was restored."
        ) from error
    return manifest


def _new_file(folder: Path, name: str) -> int:
    path = folder / name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.open(path, flags, 0o600)


Taker = Callable[[str], int | None]
"""Given the name of a file in a backup, opens what takes its bytes, or says None."""


def _read(file: BinaryIO, where: str, take: Taker) -> Manifest:
    """Read a backup to its end, check all of it, and hand each file on.

    Memory is that of the journal, whatever the archive claims. Raises ReformError, one line.
    """
    manifest = _manifest(file, where)
    small: dict[str, bytes] = {}
    for kept in manifest.files:
        if _header(file, where) != (kept.name, kept.size):
            raise _refused(where, f"does not hold {kept.name} where its manifest says")
        digest, parts = hashlib.sha256(), []
        with _opened(take(kept.name)) as write:
            for chunk in _chunks(file, kept.size, where):
                digest.update(chunk)
                write(chunk)
                if kept.name in _MOST:
                    parts.append(chunk)
        if digest.hexdigest() != kept.sha256:
            raise _refused(where, f"{kept.name} in it is damaged")
        small[kept.name] = b"".join(parts)
    if file.read(2 * _BLOCK + 1) != bytes(2 * _BLOCK):
        raise _refused(where, "does not end where it should")
    _check(manifest, small, where)
    return manifest


@contextmanager
def _opened(descriptor: int | None) -> Iterator[Callable[[bytes], None]]:
    """Yield what writes to a new file, or what does nothing where there is none."""
    if descriptor is None:
        yield lambda _: None
        return
    try:
        yield lambda chunk: write_all(descriptor, chunk)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _check(manifest: Manifest, small: dict[str, bytes], where: str) -> None:
    """Hold the journal of a backup, and its settings, against what the manifest says."""
    try:
        book = read_book(small.get(JOURNAL, b""), f"{where}: {JOURNAL}")
    except StoreError as error:  # it is the backup that is bad, not the workspace
        raise ReformError(str(error)) from error
    if (len(book.records), book.head, book.torn) != (manifest.records, manifest.head, 0):
        raise _refused(where, "its journal is not the one its manifest tells of")
    held = {kept.name for kept in manifest.files}
    for sha256 in named_in(live(book.records)):
        if f"{ORIGINALS}/{sha256}" not in held:
            raise _refused(where, f"{ORIGINALS}/{sha256} is missing in it")
    try:
        tomllib.loads(small.get(SETTINGS, b"").decode("utf-8"))
    except (ValueError, RecursionError) as error:  # a list may be too deep
        raise _refused(where, f"{SETTINGS} in it is not TOML") from error


def _manifest(file: BinaryIO, where: str) -> Manifest:
    """Return the manifest, which comes first."""
    name, size = _header(file, where)
    if name != MANIFEST or size > _MOST[MANIFEST]:
        raise _refused(where, "is no backup of reformgraph")
    data = b"".join(_chunks(file, size, where))
    if data.count(b",") > len(data) / _BYTES_A_COMMA:  # millions of values would take gigabytes
        raise _refused(where, "its manifest is damaged")
    try:
        told = json.loads(data)
        form = told["format"]
        if type(form) is int and form > FORMAT:
            raise ReformError(
                f"{where}: was written by a later version of reformgraph (format {form}). "
                "Update reformgraph; nothing was restored."
            )
        while type(form) is int and form in UPGRADES:
            told = UPGRADES[form](told)
            form = told["format"]
        manifest = Manifest.model_validate(told)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _refused(where, "its manifest is damaged") from error
    names = [kept.name for kept in manifest.files]
    if names != sorted(set(names)):
        raise _refused(where, "its manifest names a file twice or out of order")
    for kept in manifest.files:
        most = _MOST.get(kept.name, LARGEST_ORIGINAL)
        if kept.size > most:
            raise _refused(where, f"{kept.name} in it is larger than {most:,} bytes")
        folder, _, sha256 = kept.name.rpartition("/")
        if folder and sha256 != kept.sha256:
            raise _refused(where, f"{kept.name} in it is another file")
    return manifest


def _header(file: BinaryIO, where: str) -> tuple[str, int]:
    """Read the next header; only plain files are known here, no links, no folders, no devices."""
    block = file.read(_BLOCK)
    try:
        info = tarfile.TarInfo.frombuf(block, "ascii", "strict")
    except (tarfile.HeaderError, ValueError) as error:
        whole = len(block) == _BLOCK and block.strip(b"\0")
        what = "is no backup of reformgraph" if whole else "is cut off"
        raise _refused(where, what) from error
    if info.type != tarfile.REGTYPE or info.linkname or info.size < 0:
        raise _refused(where, "holds something else than plain files")
    return info.name, info.size


def _chunks(file: BinaryIO, size: int, where: str) -> Iterator[bytes]:
    """Yield the bytes of a file in an archive, and pass over what fills its last block."""
    left = size
    while left:
        chunk = file.read(min(left, _CHUNK))
        if not chunk:
            raise _refused(where, "is cut off")
        left -= len(chunk)
        yield chunk
    fill = -size % _BLOCK
    if file.read(fill) != bytes(fill):
        raise _refused(where, "is cut off or damaged")


def _refused(where: str, what: str) -> ReformError:
    return ReformError(f"{where}: {what}. Use another backup; nothing was restored.")
