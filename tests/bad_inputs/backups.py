"""Backups that are none, or would write where they must not; workspaces that are damaged."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bad_inputs.case import Case

START = "0" * 64
EMPTY = hashlib.sha256(b"").hexdigest()
DEEP = b"a = " + b"[" * 30_000


def manifest(files: list[dict[str, Any]] | None = None, **changed: Any) -> bytes:
    """Return a manifest of an empty journal, with something else in it."""
    if files is None:
        files = [{"name": "journal.jsonl", "size": 0, "sha256": EMPTY}]
    told = {"program": "reformgraph", "format": 1, "records": 0, "head": START, "files": files}
    return json.dumps(told | changed).encode()


Member = tuple[str, bytes] | tarfile.TarInfo


def tar(*members: Member, mode: str = "w") -> bytes:
    """Return a tar of some members; a TarInfo stands for one without bytes."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode, format=tarfile.USTAR_FORMAT) as archive:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                archive.addfile(member)
            else:
                info = tarfile.TarInfo(member[0])
                info.size = len(member[1])
                archive.addfile(info, io.BytesIO(member[1]))
    return stream.getvalue()


def special(name: str, kind: bytes, target: str = "", size: int = 0) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size = kind, target, size
    return info


def ended(data: bytes) -> bytes:
    """Return a tar as `backup` ends it: two empty blocks and no more."""
    return data.rstrip(b"\0") + bytes(-len(data.rstrip(b"\0")) % 512) + bytes(1024)


def restore(name: str, data: bytes | Callable[[], bytes], says: str = "") -> Case:
    return Case(
        f"backup: {name}", ("restore", "b.tar"), says, {"b.tar": data},
        settings={"HOME": "{INPUTS}/nowhere/home"},
    )  # fmt: skip


def named(name: str, size: int = 3) -> bytes:
    """Return an archive whose manifest names such a file, and which holds it."""
    data = b"abc"
    files = [{"name": name, "size": size, "sha256": hashlib.sha256(data).hexdigest()}]
    return tar(("manifest.json", manifest(files)), (name, data))


JOURNAL = ("journal.jsonl", b"")
RESTORE = [
    restore("an empty file", b"", "cut off"),
    restore("a text", "Some words, and no archive.\n" * 50, "no backup"),
    restore("nothing but NUL", bytes(10240), ""),
    restore("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "no backup"),
    restore("a ZIP", b"PK\x03\x04" + bytes(600), "no backup"),
    restore("a compressed tar", lambda: tar(("manifest.json", manifest()), JOURNAL, mode="w:gz"), ""),
    restore("a tar of something else", lambda: tar(("readme.txt", b"hello")), "no backup"),
    restore("a manifest that is no JSON", lambda: tar(("manifest.json", b"{")), "manifest is damaged"),
    restore("a manifest that is a list", lambda: tar(("manifest.json", b"[]")), "manifest is damaged"),
    restore("a manifest 100,000 deep", lambda: tar(("manifest.json", b"[" * 100_000)), "manifest is damaged"),
    restore("a manifest with a number of 5,000 digits", lambda: tar(("manifest.json", b'{"format": ' + b"9" * 5000 + b"}")), "manifest is damaged"),
    restore("a manifest of millions of values", lambda: tar(("manifest.json", b'{"format":1,"files":[' + b"1," * 8_000_000 + b"1]}")), "manifest is damaged"),
    restore("a manifest that says it is 9 GB", lambda: special("manifest.json", tarfile.REGTYPE, "", 8**11 - 1).tobuf(tarfile.USTAR_FORMAT), "no backup"),
    restore("a manifest of a later version", lambda: tar(("manifest.json", manifest(format=99))), "later version"),
    restore("a manifest of another program", lambda: tar(("manifest.json", manifest(program="x"))), "damaged"),
    restore("a manifest with a key nobody knows", lambda: tar(("manifest.json", manifest(run="rm -rf"))), "damaged"),
    restore("a path that goes up", lambda: named("../../evil"), "damaged"),
    restore("a path from the root", lambda: named("/evil"), "damaged"),
    restore("a path that goes up below originals", lambda: named("originals/../../evil"), "damaged"),
    restore("a path with backslashes", lambda: named("originals\\..\\evil"), "damaged"),
    restore("a path with a NUL", lambda: named("settings.toml\0.jsonl"), "damaged"),
    restore("a name of a hidden file", lambda: named(".bashrc"), "damaged"),
    restore("a name in large letters", lambda: named("Journal.jsonl"), "damaged"),
    restore("a name with a line end after it", lambda: named("settings.toml\n"), "damaged"),
    restore("a file of a negative size", lambda: named("settings.toml", -1), "damaged"),
    restore("a file of 300 GB", lambda: named("settings.toml", 300 * 10**9), "larger than"),
    restore("a size that is a text", lambda: tar(("manifest.json", manifest([{"name": "journal.jsonl", "size": "0", "sha256": EMPTY}]))), "damaged"),
    restore("a file named twice", lambda: tar(("manifest.json", manifest([{"name": "journal.jsonl", "size": 0, "sha256": EMPTY}] * 2)), JOURNAL, JOURNAL), "twice"),
    restore("files out of order", lambda: tar(("manifest.json", manifest([{"name": n, "size": 0, "sha256": EMPTY} for n in ("settings.toml", "journal.jsonl")]))), "out of order"),
    restore("a link in place of a file", lambda: tar(("manifest.json", manifest()), special("journal.jsonl", tarfile.SYMTYPE, "/etc/passwd")), "plain files"),
    restore("a hard link in place of a file", lambda: tar(("manifest.json", manifest()), special("journal.jsonl", tarfile.LNKTYPE, "/etc/passwd")), "plain files"),
    restore("a device in place of a file", lambda: tar(("manifest.json", manifest()), special("journal.jsonl", tarfile.CHRTYPE)), "plain files"),
    restore("a pipe in place of a file", lambda: tar(("manifest.json", manifest()), special("journal.jsonl", tarfile.FIFOTYPE)), "plain files"),
    restore("a folder in place of a file", lambda: tar(("manifest.json", manifest()), special("journal.jsonl", tarfile.DIRTYPE)), "plain files"),
    restore("a sparse file", lambda: tar(("manifest.json", manifest()), special("journal.jsonl", tarfile.GNUTYPE_SPARSE)), "plain files"),
    restore("a name longer than a header holds", lambda: tar(("manifest.json", manifest()), special("journal.jsonl", tarfile.GNUTYPE_LONGNAME, "", 5000)), "plain files"),
    restore("a file that the manifest does not name", lambda: ended(tar(("manifest.json", manifest()), JOURNAL, ("more", b"x" * 600))), ""),
    restore("a file that is missing", lambda: tar(("manifest.json", manifest())), ""),
    restore("a file with another hash", lambda: tar(("manifest.json", manifest([{"name": "journal.jsonl", "size": 3, "sha256": EMPTY}])), ("journal.jsonl", b"abc")), "damaged"),
    restore("an original under another's hash", lambda: named("originals/" + "a" * 64), "another file"),
    restore("a journal that is none", lambda: named("journal.jsonl"), ""),
    restore("settings that are no TOML", lambda: ended(tar(("manifest.json", manifest([{"name": "journal.jsonl", "size": 0, "sha256": EMPTY}, {"name": "settings.toml", "size": 3, "sha256": hashlib.sha256(b"= =").hexdigest()}])), JOURNAL, ("settings.toml", b"= ="))), "not TOML"),
    restore("settings that are lists in lists without end", lambda: ended(tar(("manifest.json", manifest([{"name": "journal.jsonl", "size": 0, "sha256": EMPTY}, {"name": "settings.toml", "size": len(DEEP), "sha256": hashlib.sha256(DEEP).hexdigest()}])), JOURNAL, ("settings.toml", DEEP))), "not TOML"),
    restore("a count of decisions that is wrong", lambda: ended(tar(("manifest.json", manifest(records=7)), JOURNAL)), "not the one"),
    restore("a head that is wrong", lambda: ended(tar(("manifest.json", manifest(head="f" * 64)), JOURNAL)), "not the one"),
    restore("an archive cut in its manifest", lambda: tar(("manifest.json", manifest()))[:600], "cut off"),
    restore("an archive with something after its end", lambda: ended(tar(("manifest.json", manifest()), JOURNAL)) + b"more", "end"),
    Case("backup: a folder to restore", ("restore", "b.tar"), "", make=lambda f: (f / "b.tar").mkdir(), settings={"HOME": "{INPUTS}/home"}),
    Case("backup: a file that is not there", ("restore", "b.tar"), "No such file", settings={"HOME": "{INPUTS}/home"}),
    Case("backup: a pipe to restore", ("restore", "b.tar"), "", make=lambda f: os.mkfifo(f / "b.tar"), settings={"HOME": "{INPUTS}/home"}),
    Case("backup: a device to restore", ("restore", "/dev/zero"), "no file", settings={"HOME": "{INPUTS}/home"}),
    Case("backup: a workspace that holds something", ("restore", "b.tar"), "not empty", {"b.tar": b"x"}),
    Case("backup: a workspace that is a file", ("restore", "b.tar"), "", {"b.tar": b"x", "home": b""}, code=2, settings={"HOME": "{INPUTS}/home"}),
]  # fmt: skip
MADE = [
    Case("backup: a place in the workspace itself", ("backup", "{HOME}/b.tar"), "workspace itself"),
    Case("backup: a name that is taken", ("backup", "b.tar"), "there already", {"b.tar": b"x"}),
    Case("backup: a folder that is not there", ("backup", "none/b.tar"), ""),
    Case("backup: a device to write to", ("backup", "/dev/null"), ""),
    Case("backup: a file in place of a folder", ("backup", "a/b.tar"), "", {"a": b"x"}),
    Case("backup: a name longer than any may be", ("backup", "b" * 3000), ""),
]  # fmt: skip


def damaged(
    name: str,
    damage: Callable[[Path], None],
    says: str = "",
    words: tuple[str, ...] = ("journal",),
    code: int = 3,
) -> Case:
    return Case(f"workspace: {name}", words, says, code=code, damage=damage)


def _changed(old: bytes, new: bytes, name: str = "journal.jsonl") -> Callable[[Path], None]:
    def change(home: Path) -> None:
        data = (home / name).read_bytes()
        assert old in data
        (home / name).write_bytes(data.replace(old, new, 1))

    return change


def _set(data: bytes, name: str = "journal.jsonl") -> Callable[[Path], None]:
    return lambda home: void((home / name).write_bytes(data))


def void(_: object) -> None:
    """Return nothing."""


def _before(data: bytes) -> Callable[[Path], None]:
    return lambda home: void(
        (home / "journal.jsonl").write_bytes(data + (home / "journal.jsonl").read_bytes())
    )


def _folder(name: str) -> Callable[[Path], None]:
    def change(home: Path) -> None:
        (home / name).unlink(missing_ok=True)
        (home / name).mkdir()

    return change


def _twice(home: Path) -> None:
    data = (home / "journal.jsonl").read_bytes()
    (home / "journal.jsonl").write_bytes(data + data)


def _no_original(home: Path) -> None:
    for path in (home / "originals").iterdir():
        path.unlink()


def _other_original(home: Path) -> None:
    for path in (home / "originals").iterdir():
        path.write_bytes(b"something else")


LINE = b'{"format":2,"number":1}\n'
DAMAGED = [
    damaged("one word of a decision is another", _changed(b"Ada", b"Eve"), "line 1"),
    damaged("a decision stands twice", _twice, "is numbered 1"),
    damaged("the journal begins with a line of noise", _before(b"\xff\xfe\x00\n"), "line 1"),
    damaged("the journal begins with an empty line", _before(b"\n"), "line 1"),
    damaged("the journal is JSON of another kind", _set(b"[1, 2, 3]\n"), "line 1"),
    damaged("the journal is JSON 100,000 deep", _set(b"[" * 100_000 + b"\n"), "line 1"),
    damaged("the journal has a decision without a hash", _set(LINE), "line 1"),
    damaged("the journal has a number of 5,000 digits", _set(b'{"format":' + b"9" * 5000 + b"}\n"), "line 1"),
    damaged("the journal is of a later version", _set(b'{"format":99,"number":1,"sum":"' + b"0" * 64 + b'"}\n'), ""),
    damaged("the journal is NUL", _set(bytes(5000) + b"\n"), "line 1"),
    damaged("the journal is a folder", _folder("journal.jsonl"), ""),
    damaged("the journal is damaged when something is asked", _changed(b"Ada", b"Eve"), "line 1", ("ask", "what_changed")),
    damaged("the journal is damaged when something is built", _changed(b"Ada", b"Eve"), "line 1", ("build",)),
    damaged("the journal is damaged when something is decided", _changed(b"Ada", b"Eve"), "line 1", ("undo", "1")),
    damaged("the journal is damaged when it is backed up", _changed(b"Ada", b"Eve"), "line 1", ("backup", "b.tar")),
    damaged("an original is missing when it is backed up", _no_original, "", ("backup", "b.tar")),
    damaged("an original is another file", _other_original, "", ("backup", "b.tar")),
    damaged("the names are damaged", _set(b"{\n", "names.jsonl"), "line 1", ("names", "list")),
    damaged("the names are of a later version", _set(b'{"format":9}\n', "names.jsonl"), "later version", ("names", "list")),
    damaged("the names are sealed with nothing", _set(b'{"format":1,"salt":"","sealed":""}\n', "names.jsonl"), "", ("names", "list"), 1),
    damaged("the names are JSON 100,000 deep", _set(b"[" * 100_000 + b"\n", "names.jsonl"), "line 1", ("names", "list")),
    damaged("others may look into it", lambda home: home.chmod(0o755), "other users", ("names", "list"), 1),
]  # fmt: skip
CASES = [*RESTORE, *MADE, *DAMAGED]
