"""The words and signs of a SPARQL text, cut as pyoxigraph 0.5 cuts it, by regular expressions.

Its parser knows no border of a word: it takes `SERVICEa:b` for SERVICE and `a:b`. So a word here
is as long as it can be, and the gate looks into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from graph.freequeries.limits import QueryRefused, Reason


class Kind(StrEnum):
    """What a piece of the text is."""

    iri = "iri"
    string = "string"
    language = "language"
    variable = "variable"
    blank = "blank"
    name = "name"
    number = "number"
    word = "word"
    sign = "sign"


@dataclass(frozen=True)
class Token:
    """A piece of the text that is neither space nor comment; line and column count from 1."""

    kind: Kind
    text: str
    start: int
    line: int
    column: int


# The classes of characters and the terminals, as the grammar of SPARQL 1.1 and its parser have
# them.
_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_MARKS: Final = "0-9\u00b7\u0300-\u036f\u203f-\u2040"
_CHARS: Final = f"{_BASE}_\\-{_MARKS}"
_UCHAR: Final = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_ESCAPE: Final = rf"\\[tbnrf\\\"']|{_UCHAR}"
_PLX: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
# A prefix has few dots; without that bound, `a.a.a.…` would be read anew from each `a`.
_PREFIX: Final = rf"[{_BASE}][{_CHARS}]*(?:\.+[{_CHARS}]+){{0,20}}"
_LOCAL: Final = rf"(?:[{_BASE}_:0-9]|{_PLX})(?:[{_CHARS}:]|{_PLX})*(?:\.+(?:[{_CHARS}:]|{_PLX})+)*"
_PIECES: Final = {
    Kind.iri: rf"<(?:[^<>\"{{}}|^`\\\x00-\x20]|{_UCHAR})*>",
    Kind.string: (
        rf"'''(?:'{{0,2}}(?:[^'\\]|{_ESCAPE}))*'''"
        rf'|"""(?:"{{0,2}}(?:[^"\\]|{_ESCAPE}))*"""'
        rf"|(?!''')'(?:[^'\\\n\r]|{_ESCAPE})*'"
        rf'|(?!""")"(?:[^"\\\n\r]|{_ESCAPE})*"'
    ),
    Kind.language: r"@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*(?:--[a-zA-Z]+)?",
    Kind.variable: rf"[?$][{_BASE}_0-9][{_BASE}_{_MARKS}]*",
    Kind.blank: rf"_:[{_BASE}_0-9][{_CHARS}]*(?:\.+[{_CHARS}]+)*",
    Kind.name: rf"(?:{_PREFIX})?:(?:{_LOCAL})?",
    Kind.number: r"(?:\d+(?:\.\d*)?|\.\d+)[eE][+\-]?\d+|\d*\.\d+|\d+",
    Kind.word: rf"(?:[{_BASE}_]|{_UCHAR})(?:[{_BASE}_{_MARKS}]|{_UCHAR})*",
    Kind.sign: r"<<\(?|\)?>>|\^\^|&&|\|\||[<>!]=|[{}()\[\].,;=<>!|&+\-*/^?~]",
}
_PIECE: Final = re.compile(
    "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _PIECES.items()), re.ASCII
)
_SPACE: Final = re.compile(r"(?:[ \t\n\r]|#[^\n\r]*)+")
# Such an address can be nothing else; another may be `?a<2+'…` up to the next `>`.
_SURELY_AN_ADDRESS: Final = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.\-]*://|[^'()#]*>)")
_ENDLESS: Final = {
    "'": "a text in quotes does not end, or has a `\\` that it must not have",
    '"': "a text in quotes does not end, or has a `\\` that it must not have",
    "\\": "a `\\` stands outside of a text in quotes",
}


def tokens_of(query: str) -> Iterator[Token]:
    """Cut a query into its pieces.

    Raises QueryRefused at the first character that no piece begins with.
    """
    at = 0
    while at < len(query):
        if space := _SPACE.match(query, at):
            at = space.end()
            continue
        line, column = place_of(query, at)
        found = _PIECE.match(query, at)
        if found is None or found.lastgroup is None:
            sign = query[at]
            what = _ENDLESS.get(sign, f"the character {_told(sign)} cannot stand here")
            raise QueryRefused(Reason.form, what, "Correct it", line=line, column=column)
        token = Token(Kind(found.lastgroup), found[0], at, line, column)
        if token.kind is Kind.iri and not _SURELY_AN_ADDRESS.match(token.text):
            raise QueryRefused(
                Reason.form,
                f"“{shortened(token.text)}” may be an address or a comparison",
                "Write an address in full, with http:// or https://, and a space after `<`",
                line=line,
                column=column,
            )
        yield token
        at = found.end()


def place_of(query: str, at: int) -> tuple[int, int]:
    """Return line and column of a character, both from 1; a line ends with a line feed."""
    return query.count("\n", 0, at) + 1, at - query.rfind("\n", 0, at)


def shortened(text: str, length: int = 40) -> str:
    """Return text that fits into a line: cut, and with a mark for what cannot be printed."""
    seen = "".join(sign if sign.isprintable() else "\ufffd" for sign in " ".join(text.split()))
    return seen if len(seen) <= length else f"{seen[: length - 1]}…"


def _told(sign: str) -> str:
    return f"“{sign}”" if sign.isprintable() else f"U+{ord(sign):04X}"
