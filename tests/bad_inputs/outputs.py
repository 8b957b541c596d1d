"""Places to which nothing may be written, files of the workspace that are none, odd words."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from bad_inputs.case import Case

FILES = ("journal.jsonl", "names.jsonl", "access.json", "settings.toml", "new.csv", "originals/x")
WRITERS = (
    ("export", "--format", "csv", "--replace", "--out"),
    ("template",),
    ("build", "--out"),
)


def _linked(folder: Path) -> None:
    (folder / "link").symlink_to("nowhere")


def _as_device(name: str) -> Callable[[Path], None]:
    def damage(home: Path) -> None:
        (home / name).unlink(missing_ok=True)
        (home / name).symlink_to("/dev/zero")

    return damage


def _as_pipe(name: str) -> Callable[[Path], None]:
    def damage(home: Path) -> None:
        (home / name).unlink(missing_ok=True)
        os.mkfifo(home / name, 0o600)

    return damage


def _as_sparse(name: str) -> Callable[[Path], None]:
    def damage(home: Path) -> None:
        (home / name).unlink(missing_ok=True)
        os.truncate(os.open(home / name, os.O_CREAT | os.O_WRONLY, 0o600), 8 * 1024**3)

    return damage


PLACES = [
    Case(f"output: {words[0]} over {name} of the workspace", (*words, f"{{HOME}}/{name}"),
         "lies in the workspace itself")
    for words in WRITERS
    for name in FILES
]  # fmt: skip
PLACES += [
    Case("output: a site in the workspace", ("export", "--format", "site", "--out", "{HOME}/site"), "lies in the workspace itself"),
    Case("output: a site where a link leads nowhere", ("export", "--format", "site", "--out", "link"), "is there already", make=_linked),
    Case("output: a table where a link leads nowhere", ("export", "--format", "csv", "--out", "link"), "is there already", make=_linked),
    Case("output: a site below a file", ("export", "--format", "site", "--out", "f/x"), "cannot be", {"f": "words"}),
    Case("output: a folder that is a link to itself", ("export", "--format", "csv", "--out", "l/x"), "", make=lambda f: (f / "l").symlink_to("l")),
    Case("output: a document that is a link to itself", ("add", "l.txt"), "", make=lambda f: (f / "l.txt").symlink_to("l.txt")),
    Case("output: a name of 300 letters", ("export", "--format", "csv", "--out", "a" * 300), "cannot be"),
    Case("output: a template over one that is filled in", ("template", "fees.csv"), "is there already", {"fees.csv": "filled,in\n"}),
]  # fmt: skip
KEPT = [
    Case("workspace: a journal that is a device", ("journal",), "journal.jsonl", code=3, damage=_as_device("journal.jsonl")),
    Case("workspace: a journal that is a device when something is asked", ("ask", "what_changed"), "journal.jsonl", code=3, damage=_as_device("journal.jsonl")),
    Case("workspace: a journal that is a pipe when something is asked", ("ask", "what_changed"), "journal.jsonl", code=3, damage=_as_pipe("journal.jsonl")),
    Case("workspace: a journal of 8 GB", ("build",), "larger than", code=3, damage=_as_sparse("journal.jsonl")),
    Case("workspace: a snapshot of 8 GB", ("verify",), "larger than", code=3, damage=_as_sparse("snapshot.nq")),
    Case("workspace: a line of the journal that never ends", ("journal",), "line 1", code=3, damage=lambda h: (h / "journal.jsonl").write_bytes(bytes(90_000_000)) and None),
    Case("workspace: a journal that is a pipe", ("journal",), "journal.jsonl", code=3, damage=_as_pipe("journal.jsonl")),
    Case("workspace: a snapshot that is a device", ("ask", "what_changed"), "snapshot.nq", code=3, damage=_as_device("snapshot.nq")),
    Case("workspace: a snapshot that is a pipe", ("ask", "what_changed"), "snapshot.nq", code=3, damage=_as_pipe("snapshot.nq")),
    Case("workspace: a list of users that is a device", ("access", "list"), "access.json", code=3, damage=_as_device("access.json")),
    Case("workspace: a list of users that is a pipe", ("access", "list"), "access.json", code=3, damage=_as_pipe("access.json")),
    Case("workspace: a file of names taken for a document", ("add", "{HOME}/names.jsonl"), "a file of the workspace itself", damage=lambda h: (h / "names.jsonl").write_text("{}\n") and None),
    Case("workspace: a link to its journal taken for a document", ("add", "{INPUTS}/l.txt"), "a file of the workspace itself", make=lambda f: (f / "l.txt").symlink_to(f.parent / "home" / "journal.jsonl"), damage=lambda _: None),
    Case("workspace: a file of names that is a pipe", ("names", "list"), "names.jsonl", code=3, damage=_as_pipe("names.jsonl")),
]  # fmt: skip
GIVEN = [
    Case("word: a password that is no UTF-8", ("access", "add", "Ada", "--role", "reader"), "UTF-8", code=2, stdin=b"\xff" * 20),
    Case("word: a name that is no UTF-8", ("names", "add", "case-3efdaa"), "UTF-8", code=2, stdin=b"\xff\n"),
    Case("word: a document in the folder of a user nobody knows", ("check", "--document", "open-locks-2012=~nobodyofthisname/x"), "is not a file"),
    Case("snapshot: one to compare of 8 GB", ("compare", "x.nq"), "is larger than", make=lambda f: os.truncate(os.open(f / "x.nq", os.O_CREAT | os.O_WRONLY), 8 * 1024**3)),
    Case("snapshot: one to compare with a text of 30 MB", ("compare", "x.nq"), "is no snapshot", {"x.nq": lambda: b'<https://e.org/a> <https://e.org/b> "' + b"a" * 30_000_000 + b'" .\n'}),
    Case("snapshot: a text to compare", ("compare", "x.nq"), "x.nq line 1: is no snapshot", {"x.nq": "Some words.\n"}),
    Case("word: facts whose label nobody sees", ("state", "open-locks-2012", "f.yaml"), "no letter or digit", {"f.yaml": 'themes: [{id: z, label: "\\u200b\\u200b", definition: A theme.}]'}, code=1),
    Case("word: facts in the place of what is not there", ("state", "open-locks-2012", "f.yaml", "--replaces", "theme:none"), "there is no `theme:none`", {"f.yaml": "themes: []"}, code=2),
    Case("word: an export of an empty choice", ("export", "--format", "csv", "--theme", ""), "is empty", code=2),
    Case("word: a candidate without a document", ("decide", "reject", ""), "is empty", code=2),
    Case("word: facts that state nothing", ("state", "open-locks-2012", "f.yaml"), "states nothing", {"f.yaml": "assessments: []\n"}),
]  # fmt: skip
CASES = [*PLACES, *KEPT, *GIVEN]
