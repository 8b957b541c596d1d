"""Settings that cannot be meant: the file in the workspace, and variables of the environment."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from bad_inputs.case import Case


def file(
    name: str, content: str | bytes, says: str = "", make: Callable[[Path], None] | None = None
) -> Case:
    def damage(home: Path) -> None:
        path = home / "settings.toml"
        if make is not None:
            make(path)
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    return Case(
        f"settings: {name}", ("show", "actor/nobody"), says, code=2, damage=damage,
        settings={"REVIEWER": ""},
    )  # fmt: skip


def variable(
    name: str,
    given: dict[str, str],
    says: str = "",
    code: int = 2,
    make: Callable[[Path], None] | None = None,
) -> Case:
    return Case(
        f"settings: {name}", ("show", "actor/nobody"), says, code=code, settings=given, make=make
    )


def _nothing(_: Path) -> None:
    return None


FILE = [
    file("a file that is no TOML", "reviewer = = Ada", "TOML"),
    file("a file of YAML", "reviewer: Ada\n", "TOML"),
    file("a file of JSON", '{"reviewer": "Ada"}', "TOML"),
    file("a file with NUL", "reviewer = 'A\0da'", "TOML"),
    file("a file that is not UTF-8", b"reviewer = '\xff'", "TOML"),
    file("a file in UTF-16", "reviewer = 'Ada'".encode("utf-16"), "TOML"),
    file("a picture", b"\x89PNG\r\n\x1a\n\xff", "TOML"),
    file("a text that does not end", 'reviewer = "Ada', "TOML"),
    file("a key given twice", "reviewer = 'Ada'\nreviewer = 'Eve'", "TOML"),
    file("lists 100,000 deep", "reviewer = " + "[" * 100_000, ""),
    file("tables 20,000 deep", "[" + ".".join("a" * 20_000) + "]\nb = 1", ""),
    file("a number of 5,000 digits", "reviewer = " + "9" * 5_000, ""),
    file("a key that is none", "colour = 'blue'", "`colour` is not a setting"),
    file("a key with a line end", '"a\\nb" = 1', "is not a setting"),
    file("a key that would set where it lies", "home = '/tmp'", "cannot be set"),
    file("a reviewer who is a number", "reviewer = 7", "REVIEWER"),
    file("a reviewer who is a list", "reviewer = ['Ada']", "REVIEWER"),
    file("a reviewer of one letter", "reviewer = 'A'", "REVIEWER"),
    file("a reviewer of 5,000 letters", f"reviewer = '{'A' * 5000}'", "REVIEWER"),
    file("a reviewer who is a table", "[reviewer]\na = 1", "REVIEWER"),
    file("documents that are a number", "documents = 7", "DOCUMENTS"),
    file("documents that are not there", "documents = '/nowhere/at/all'", "not a folder"),
    file("documents that are a list", "documents = ['a', 'b']", "DOCUMENTS"),
    file("documents with a NUL in the name", 'documents = "a\\u0000b"', ""),
    file("documents whose name is too long", f"documents = '{'a' * 5000}'", ""),
    file("documents of a user nobody knows", "documents = '~nobodyofthisname/x'", ""),
    file("a day where a text stands", "reviewer = 2024-01-01", "REVIEWER"),
    file("a store that is none", "store = 'cloud:'", ""),
    file("a store elsewhere with a password", "store = 'https://a:b@example.org/sparql'", ""),
    file("a store that is a path", "store = '../../etc'", ""),
    file("a store that is a truth", "store = true", ""),
    file("a file of 50 MB", "", "", lambda path: path.write_bytes(b"# comment\n" * 5_000_000) and None),
    file("a file that is a device", "", "", lambda path: path.symlink_to("/dev/zero")),
    file("a file that is a pipe", "", "", lambda path: os.mkfifo(path)),
    file("a file that is a folder", "", "", lambda path: path.mkdir()),
]  # fmt: skip
VARIABLES = [
    variable("a corpus that is not there", {"CORPUS": "/nowhere"}, "not a folder"),
    variable("a corpus that is a file", {"CORPUS": "/etc/passwd"}, "not a folder"),
    variable("a corpus that is a device", {"CORPUS": "/dev/zero"}, "not a folder"),
    variable("a corpus without a corpus file", {"CORPUS": "{INPUTS}"}, "holds no corpus file", 1),
    variable("documents that are a file", {"DOCUMENTS": "/etc/passwd"}, "not a folder"),
    variable("documents with a line end in their name", {"DOCUMENTS": "a\nb"}, "not a folder"),
    variable("documents of 200,000 letters", {"DOCUMENTS": "a" * 100_000}, ""),
    variable("documents whose name is no UTF-8", {"DOCUMENTS": "a\udcff"}, "not UTF-8"),
    variable("a workspace that is a file", {"HOME": "/etc/passwd"}, "HOME"),
    variable("a workspace of a user nobody knows", {"HOME": "~nobodyofthisname/x"}, "not known"),
    variable("a workspace that is a device", {"HOME": "/dev/null"}, "HOME"),
    variable("a workspace below a file", {"HOME": "/etc/passwd/x"}, "", 3),
    variable("a workspace whose name is too long", {"HOME": "/tmp/" + "a" * 5000}, "HOME"),
    variable("a workspace that others may look into", {"HOME": "{INPUTS}/open"}, "other users", 1, lambda f: (f / "open").mkdir(mode=0o755)),
    variable("a workspace in the system's folder", {"HOME": "/proc/reformgraph"}, "", 1),
    variable("a store of 5,000 letters", {"STORE": "x" * 5000}, ""),
    variable("a store that injects", {"STORE": "memory:; DROP ALL"}, ""),
    variable("one letter for a reviewer", {"REVIEWER": "A"}, "REVIEWER"),
    variable("a reviewer of 100,000 letters", {"REVIEWER": "A" * 100_000}, "REVIEWER"),
]  # fmt: skip
CASES = [*FILE, *VARIABLES]
