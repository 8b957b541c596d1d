"""Corpus files that are no YAML, or say what cannot be."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from bad_inputs.case import Case

REFORM = Path(__file__).resolve().parent.parent / "graph" / "another_reform"
GOOD = "open-locks-2012.yaml"
"""The corpus file in which something is made wrong."""


def text() -> str:
    return (REFORM / GOOD).read_text("utf-8")


def corpus(name: str, content: Callable[[], str | bytes], says: str = "", lines: int = 1) -> Case:
    """A folder of one corpus file, which is checked."""

    def data() -> bytes:
        made = content()
        return made.encode() if isinstance(made, str) else made

    return Case(f"corpus: {name}", ("check", "corpus"), says, {f"corpus/{GOOD}": data}, lines=lines)


def changed(name: str, old: str, new: str, says: str = "", lines: int = 1) -> Case:
    """The corpus with one place changed in one of its files."""

    def write(folder: Path) -> None:
        for path in REFORM.glob("*.yaml"):
            (folder / path.name).write_text(path.read_text("utf-8"), "utf-8")
        whole = text()
        assert old in whole, old
        (folder / GOOD).write_text(whole.replace(old, new, 1), "utf-8")

    return Case(f"corpus: {name}", ("check", "."), says, make=write, lines=lines)


BOMB = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}]\n"
    for old, new in zip("abcdefghijklm", "bcdefghijklmn", strict=True)
)
YAML = [
    corpus("an empty file", lambda: ""),
    corpus("nothing but a comment", lambda: "# nothing"),
    corpus("a list", lambda: "- a\n- b"),
    corpus("one word", lambda: "words"),
    corpus("two documents in one file", lambda: "format: 1\n---\nformat: 1"),
    corpus("a bomb of aliases", lambda: BOMB),
    corpus("an alias to itself", lambda: "format: 1\na: &a [*a]"),
    corpus("an alias of a key", lambda: "format: 1\n&a a: 1\nb: *a"),
    corpus("keys merged in", lambda: "x: &x {format: 1}\n<<: *x"),
    corpus("a tag that makes an object", lambda: "format: !!python/object/apply:os.system ['true']"),
    corpus("a tag that makes a tuple", lambda: "format: !!python/tuple [1, 2]"),
    corpus("a tag that loads a module", lambda: "!!python/module:os {}"),
    corpus("a tag that is none", lambda: "format: !nothing 1"),
    corpus("a tag of bytes", lambda: "format: !!binary '%%%'"),
    corpus("a key given twice", lambda: "format: 1\nformat: 1"),
    corpus("a tab where spaces stand", lambda: "format: 1\ndocument:\n\tid: a"),
    corpus("NUL", lambda: b"format: 1\0"),
    corpus("a control character", lambda: b"format: 1\x07"),
    corpus("bytes that are not UTF-8", lambda: b"format: '\xff'", "UTF-8"),
    corpus("UTF-16", lambda: "format: 1".encode("utf-16"), "UTF-8"),
    corpus("a half of a surrogate", lambda: 'format: "\\uD800"'),
    corpus("a bracket that is not closed", lambda: "format: [1"),
    corpus("a text that does not end", lambda: 'format: "1'),
    corpus("lists 50,000 deep", lambda: "format: " + "[" * 50_000),
    corpus("lists 3,000 deep and closed", lambda: "format: " + "[" * 3_000 + "]" * 3_000),
    corpus("maps 20,000 deep", lambda: "format: " + "{a: " * 20_000),
    corpus("blocks 1,000 deep", lambda: "\n".join(" " * n + "a:" for n in range(1_000))),
    corpus("dashes 20,000 deep", lambda: "- " * 20_000),
    corpus("keys in keys in keys", lambda: "format: 1\n" + "? " * 200 + "a"),
    corpus("a list as a key", lambda: "? [a, b]\n: 1"),
    corpus("a number of 5,000 digits", lambda: "format: " + "9" * 5_000),
    corpus("a number in base sixty", lambda: "format: 1:30:00", lines=3),
    corpus("not a number", lambda: "format: .nan", lines=3),
    corpus("a format of the future", lambda: text().replace("format: 1", "format: 99")),
    corpus("a format that is a truth", lambda: text().replace("format: 1", "format: yes")),
    corpus("a file cut in the middle", lambda: text()[: len(text()) // 2]),
    corpus("a page of HTML", lambda: "<!doctype html><html><body>a</body></html>"),
    corpus("a picture", lambda: b"\x89PNG\r\n\x1a\n\xff\xfe"),
    corpus("a file of 20 MB", lambda: "# words\n" * 2_500_000),
    corpus("one line of 5 MB", lambda: "format: " + "a" * 5_000_000),
    corpus("a list of 300,000 items", lambda: "format: [" + "a," * 300_000 + "]"),
]  # fmt: skip
VALUES = [
    changed("a key that is none", "  title:", "  titel: x\n  title:", "`titel` is not a key"),
    changed("a key that is missing", "  publisher: open-locks-network\n", "", "`publisher` is missing"),
    changed("a kind that is none", "kind: resolution", "kind: rumour", "rumour"),
    changed("a kind that is a list", "kind: resolution", "kind: [resolution]"),
    changed("a language that is a name", "language: en", "language: English"),
    changed("a day that never was", '"2012-05-14"', '"2012-02-30"'),
    changed("a day in words", '"2012-05-14"', "last May"),
    changed("a day that is a list", '"2012-05-14"', "[2012]"),
    changed("a day of the year 0", '"2012-05-14"', '"0000-00-00"'),
    changed("an address that is a script", "https://open-locks.example/2012/resolution", "javascript:alert(1)"),
    changed("an address with a space", "https://open-locks.example/2012/resolution", "'https://open-locks.example/a b'"),
    changed("an address of a file", "https://open-locks.example/2012/resolution", "file:///etc/passwd"),
    changed("an address with braces", "https://open-locks.example/2012/resolution", "https://open-locks.example/{a}"),
    changed("a title with a line end", "title: Resolution on the Ombrel River Commission", 'title: "a\\nb"'),
    changed("a title with a control character", "title: Resolution on the Ombrel River Commission", 'title: "a\\eb"'),
    changed("a title that turns its direction", "title: Resolution on the Ombrel River Commission", 'title: "ab\\u202Ecd"'),
    changed("a title that hides a space", "title: Resolution on the Ombrel River Commission", 'title: "Resolution\\u200b"', "line 5: `document.title`: holds an invisible character (U+200B"),
    changed("a title with an isolate", "title: Resolution on the Ombrel River Commission", 'title: "\\u2067Resolution\\u2069"', "turns the direction"),
    changed("a title of two scripts in a word", "title: Resolution on the Ombrel River Commission", "title: Res\u043elution", "mixes Cyrillic and Latin"),
    changed("a title with a pile of accents", "title: Resolution on the Ombrel River Commission", "title: Resolution" + "\u0301" * 40, "accents"),
    changed("a day of level 2", '"2012-05-14"', '"2012-05-~14"', "write 2012-05-14"),
    changed("a title of 5,000 letters", "title: Resolution on the Ombrel River Commission", "title: " + "a" * 5000),
    changed("a title that is empty", "title: Resolution on the Ombrel River Commission", 'title: ""'),
    changed("a title that is a map", "title: Resolution on the Ombrel River Commission", "title: {a: b}"),
    changed("a title that is nothing", "title: Resolution on the Ombrel River Commission", "title:"),
    changed("a hash that is too short", "sha256: f1bf8a", "sha256: 1bf8a"),
    changed("a hash in large letters", "sha256: f1bf8a", "sha256: F1BF8A"),
    changed("a length that is negative", "characters: 1285", "characters: -1285"),
    changed("a length that is no whole number", "characters: 1285", "characters: 12.5"),
    changed("a length of 5,000 digits", "characters: 1285", "characters: " + "9" * 5000),
    changed("offsets the wrong way round", "span: [76, 139]", "span: [139, 76]"),
    changed("offsets that are negative", "span: [76, 139]", "span: [-1, 139]"),
    changed("offsets that are words", "span: [76, 139]", "span: [a, b]", lines=2),
    changed("offsets of three numbers", "span: [76, 139]", "span: [1, 2, 3]"),
    changed("offsets that are one number", "span: [76, 139]", "span: 76"),
    changed("offsets beyond the document", "span: [76, 139]", "span: [76, 99999]", lines=0),
    changed("offsets that are fractions", "span: [76, 139]", "span: [7.6, 139]"),
    changed("first words of 500 letters", 'first: "Twelve organisations"', "first: " + "a" * 500),
    changed("an id with a space", "id: open-locks-2012", "id: open locks"),
    changed("an id with a path that goes up", "id: open-locks-2012", "id: ../../etc"),
    changed("an id of 5,000 letters", "id: open-locks-2012", "id: " + "a" * 5000),
    changed("an id in Cyrillic letters", "id: open-locks-2012", "id: \u043epen-locks-2012"),
    changed("an id that is a number", "id: open-locks-2012", "id: [7]"),
    changed("an id that is a truth", "id: open-locks-2012", "id: true"),
    changed("a time beyond the last year", 'recorded: "2026-11-22T18:00:00Z"', 'recorded: "9999-12-31T23:59:59-23:59"', "is no time"),
    changed("a day with nothing before it", '"2012-05-14"', '"/.."', "is not a date"),
    changed("a year of a billion digits", '"2012-05-14"', '"Y17E88888888"', "is not a date"),
    changed("a time without a zone", 'recorded: "2026-11-22T18:00:00Z"', 'recorded: "2026-11-22T18:00:00"'),
    changed("a time that never was", 'recorded: "2026-11-22T18:00:00Z"', 'recorded: "2026-11-22T99:00:00Z"'),
    changed("how much was read in a word that is none", "read: whole", "read: everything"),
    changed("an origin that is none", "origin: external", "origin: leaked"),
    changed("a publisher nobody describes", "publisher: open-locks-network", "publisher: nobody-at-all"),
    changed("a passage under the name of another", "  handed-in:", "  count:"),
    changed("passages that are a list", "passages:\n  count:", "passages:\n  - count:"),
    changed("a section that is none", "passages:\n", "secrets: []\npassages:\n"),
    changed("a section that is a text", "passages:\n", "themes: words\npassages:\n"),
]  # fmt: skip


def _twice(folder: Path) -> None:
    for path in REFORM.glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "again.yaml").write_text(text().split("passages:")[0] + "passages: {}\n", "utf-8")


FOLDERS = [
    Case("corpus: a folder without files", ("check", "."), "holds no corpus file"),
    Case("corpus: a folder of other files", ("check", "."), "holds no corpus file", {"a.txt": "words"}),
    Case("corpus: a document that two files tell of", ("check", "."), "already written", make=_twice),
    Case("corpus: a folder with the name of a corpus file", ("check", "."), "", make=lambda f: (f / "a.yaml").mkdir()),
    Case("corpus: a link that leads nowhere", ("check", "."), "", make=lambda f: (f / "a.yaml").symlink_to("nowhere")),
    Case("corpus: a link that leads to itself", ("check", "."), "", make=lambda f: (f / "a.yaml").symlink_to("a.yaml")),
    Case("corpus: a device without an end", ("check", "."), "", make=lambda f: (f / "a.yaml").symlink_to("/dev/zero")),
    Case("corpus: a pipe into which nobody writes", ("check", "."), "", make=lambda f: os.mkfifo(f / "a.yaml")),
    Case("corpus: a file of 8 GB", ("check", "."), "", make=lambda f: os.truncate(os.open(f / "a.yaml", os.O_CREAT | os.O_WRONLY), 8 * 1024**3)),
    Case("corpus: a name with a line end", ("check", "."), "", {"a\nb.yaml": "x"}),
    Case("corpus: a name that is no UTF-8", ("check", "."), "", make=lambda f: (f / os.fsdecode(b"a\xff.yaml")).write_text("x") and None),
    Case("corpus: two folders at once", ("check", ".", "b"), "checked alone", make=lambda f: (f / "b").mkdir(), code=2),
    *[
        Case(f"corpus: {name} to ask", ("ask", "what_changed"), says, make=make, settings={"CORPUS": "{INPUTS}"})
        for name, says, make in (
            ("a file of 8 GB", "larger than", lambda f: os.truncate(os.open(f / "a.yaml", os.O_CREAT | os.O_WRONLY), 8 * 1024**3)),
            ("a name that is no UTF-8", "not UTF-8", lambda f: (f / os.fsdecode(b"a\xff.yaml")).write_text("x") and None),
            ("folders that hold themselves", "holds no corpus file", lambda f: [(f / one).symlink_to(".") for one in "abc"] and None),
        )
    ],
    corpus("39,000 entries without anything", lambda: "format: 1\nrecommendations:\n" + "- {}\n" * 39_000, "mistakes more", lines=201),
    Case("corpus: a bad one to build from", ("build",), "", {"c/a.yaml": BOMB}, settings={"CORPUS": "{INPUTS}/c"}),
    Case("corpus: a bad one to ask", ("ask", "what_changed"), "", {"c/a.yaml": "format: 1"}, settings={"CORPUS": "{INPUTS}/c"}, lines=2),
]  # fmt: skip
CASES = [*YAML, *VALUES, *FOLDERS]
