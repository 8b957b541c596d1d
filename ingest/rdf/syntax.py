"""The form of an RDF file, judged before a parser sees it: encoding, depth, remote parts."""

from __future__ import annotations

import bisect
import codecs
import json
import math
import re
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import Any, Final, cast
from xml.parsers import expat

import pyoxigraph as ox

from ingest import characters
from ontology.errors import CorpusError

FORMATS: Final[dict[str, ox.RdfFormat]] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json-ld": ox.RdfFormat.JSON_LD,
}
"""The format that each ending of a file name stands for."""

DEEPEST: Final = 64
"""How deep lists, blank nodes, elements or objects may lie in one another."""

NOWHERE: Final = "https://relative.invalid/"
"""The address to which what is relative is led in JSON-LD, whose parser drops it without one."""

KEYWORDS: Final = frozenset(
    [
        "@context",
        "@id",
        "@type",
        "@value",
        "@language",
        "@list",
        "@set",
        "@graph",
        "@reverse",
        "@index",
        "@included",
        "@nest",
        "@base",
        "@vocab",
        "@version",
        "@container",
        "@none",
        "@json",
        "@prefix",
        "@protected",
        "@propagate",
    ]
)

# What brackets do not count in: addresses, comments, and texts of each kind of quote.
_TOKENS: Final = re.compile(
    rb'"""(?:[^"\\]|\\.|"(?!""))*+"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*+\'\'\'|'
    rb'"(?:[^"\\\n\r]|\\.)*+"|\'(?:[^\'\\\n\r]|\\.)*+\'|<[^<>"{}|^`\\\x00-\x20]*+>|'
    rb"#[^\n\r]*+|[\[({]|[\])}]|\n",
    re.DOTALL,
)
_NO_ADDRESS: Final = re.compile(r'[\x00-\x20<>"{}|\\^`]|^@[A-Za-z]+$')
"""What no address holds; and words that look like those of JSON-LD are none for its parser."""
_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_ENCODING: Final = re.compile(r"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")


def form_of(name: str) -> ox.RdfFormat | None:
    """Return the format that the ending of a file name stands for, or None when it is not RDF."""
    return FORMATS.get(PurePath(name).suffix.casefold())


class Text:
    """A file's text, which knows on which line a character or a value stands."""

    def __init__(self, name: str, data: bytes) -> None:
        """Decode the bytes; a byte order mark of UTF-8 is left out.

        Raises CorpusError, with the line, for bytes that are not UTF-8 and hidden characters.
        """
        self.name = name
        self.data = data.removeprefix(codecs.BOM_UTF8)
        if self.data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise self.fault(1, "is written in UTF-16", "Save it as UTF-8")
        try:
            self.text = self.data.decode()
        except UnicodeDecodeError as error:
            line = self.data.count(b"\n", 0, error.start) + 1
            what = f"holds a byte that is not UTF-8 (0x{self.data[error.start]:02X})"
            raise self.fault(line, what, "Save it as UTF-8") from error
        self._ends: list[int] | None = None
        for pattern in (characters.CONTROL, characters.TURNING):
            if found := pattern.search(self.text):
                code = characters.code(found[0])
                line = self.line_at(found.start())
                what = f"holds {characters.CLOAKS[pattern]} ({code})"
                raise self.fault(line, what, "Take it out")

    def fault(self, line: int | None, what: str, todo: str) -> CorpusError:
        """Return the error that tells a fault on a line of this file."""
        return CorpusError(self.name, line, what, todo)

    def line_at(self, place: int) -> int:
        """Return the line, from 1, of a character."""
        if self._ends is None:
            self._ends = [found.start() for found in re.finditer("\n", self.text)]
        return bisect.bisect_left(self._ends, place) + 1

    def line_with(self, *wanted: str) -> int | None:
        """Return the line on which the first of some strings stands that stands anywhere."""
        for string in wanted:
            if string and (place := self.text.find(string)) >= 0:
                return self.line_at(place)
        return None


def refuse_form(text: Text, form: ox.RdfFormat) -> None:
    """Refuse what no parser should be given: too deep, remote, or with entities of its own.

    Raises CorpusError, with the line.
    """
    if form == ox.RdfFormat.RDF_XML:
        _refuse_xml(text)
    elif form == ox.RdfFormat.JSON_LD:
        _refuse_json(text)
    else:
        _refuse_brackets(text)


def _too_deep(text: Text, line: int | None) -> CorpusError:
    return text.fault(line, f"nests deeper than {DEEPEST} levels", "Write it flat")


def _refuse_brackets(text: Text) -> None:
    depth, line = 0, 1
    for found in _TOKENS.finditer(text.data):
        token = found[0]
        if token in (b"[", b"(", b"{"):
            depth += 1
            if depth > DEEPEST:
                raise _too_deep(text, line)
        elif token in (b"]", b")", b"}"):
            depth -= 1
        else:
            line += token.count(b"\n")


def _refuse_xml(text: Text) -> None:
    declared = _ENCODING.match(text.text.lstrip())
    if declared and declared[1].casefold() not in ("utf-8", "us-ascii", "ascii"):
        what = f"says that it is written in {declared[1][:20]}"
        raise text.fault(1, what, "Save it as UTF-8, and say so in its first line")
    parser = expat.ParserCreate("UTF-8")
    depth = 0

    def enter(_: str, __: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise _too_deep(text, parser.CurrentLineNumber)

    def leave(_: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_: object) -> None:
        what = "declares a DOCTYPE, which is not read"
        raise text.fault(parser.CurrentLineNumber, what, "Take it out")

    parser.StartElementHandler, parser.EndElementHandler = enter, leave
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(text.data, True)
    except expat.ExpatError as error:
        what = f"is not valid XML ({expat.ErrorString(error.code)})"
        raise text.fault(error.lineno, what, "Mend it") from error


# --- JSON-LD ---


_JSON_TOKENS: Final = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]', re.DOTALL)


def _refuse_json(text: Text) -> None:
    depth = 0
    for found in _JSON_TOKENS.finditer(text.text):
        if found[0] in ("[", "{"):
            depth += 1
            if depth > DEEPEST:
                raise _too_deep(text, text.line_at(found.start()))
        elif found[0] in ("]", "}"):
            depth -= 1
    whole = _json(text)
    if not isinstance(whole, dict | list):
        raise text.fault(1, "is neither an object nor a list of objects", "Give JSON-LD")
    known = _contexts_of(text, whole)
    for said in _dropped(whole, _keys_of_addresses(whole)):
        what = f"says “{said[:60]}” where an address, a language or a graph stands, and it is none"
        raise text.fault(text.line_with(f'"{said}"'), what, "Correct it; it would be left out")
    for key in _keys(whole):
        explained = key in KEYWORDS if key.startswith("@") else _is_explained(key, known)
        if not explained:
            what = f"has a key “{key[:60]}” that its @context does not explain"
            raise text.fault(text.line_with(f'"{key}"'), what, "Explain it there, or take it out")


def _is_explained(key: str, known: set[str] | None) -> bool:
    return ":" in key or known is None or key in known


def _json(text: Text) -> object:
    try:
        whole = json.loads(
            text.text, object_pairs_hook=_once, parse_constant=_no_number,
            parse_float=_number(float), parse_int=_number(int),
        )  # fmt: skip
        json.dumps(whole, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise text.fault(error.lineno, f"is not valid JSON ({error.msg})", "Mend it") from error
    except UnicodeEncodeError as error:
        half = re.search(r"\\u[dD][89a-fA-F]", text.text)
        line = text.line_at(half.start()) if half else None
        what = "holds half of a character (\\uD800 to \\uDFFF)"
        raise text.fault(line, what, "Mend it") from error
    except _NumberError as error:
        written = str(error)
        what = f"says “{written[:60]}”, which is no number, or too large a one"
        raise text.fault(text.line_with(written), what, "Correct it") from error
    except ValueError as error:
        key = str(error)
        line = text.line_with(f'"{key}"', key)
        raise text.fault(line, f"says “{key[:60]}” twice", "Keep one") from error
    return cast(object, whole)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(key)
        found[key] = value
    return found


class _NumberError(ValueError):
    """A number, as it is written, that is none or would become another."""


def _no_number(written: str) -> None:
    raise _NumberError(written)


def _number(kind: type[float]) -> Callable[[str], float]:
    """Return what makes numbers of a kind and refuses those that would become infinite."""

    def read(written: str) -> float:
        try:
            value = kind(written)
        except ValueError as error:  # of so many digits that Python counts none of them
            raise _NumberError(written) from error
        if abs(value) == math.inf:  # `isinf` would fail at a whole number beyond all floats
            raise _NumberError(written)
        return value

    return read


def _contexts_of(text: Text, node: object) -> set[str] | None:
    """Return the terms that inline contexts explain, or None when one explains all by @vocab.

    Raises CorpusError for a context that stands elsewhere.
    """
    terms: set[str] = set()
    open_to_all = False
    for context in _contexts(node):
        if isinstance(context, str) or (isinstance(context, dict) and "@import" in context):
            where = context if isinstance(context, str) else str(context["@import"])
            what = f"takes its @context from elsewhere ({where[:60]}), which is not fetched"
            line = text.line_with(f'"{where}"', '"@import"', '"@context"')
            raise text.fault(line, what, "Write the context into the file")
        if isinstance(context, dict):
            terms |= context.keys()
            open_to_all |= isinstance(context.get("@vocab"), str)
    return None if open_to_all else terms


def _contexts(node: object) -> Iterator[object]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "@context":
                yield from value if isinstance(value, list) else [value]
            yield from _contexts(value)
    elif isinstance(node, list):
        for one in node:
            yield from _contexts(one)


def _keys_of_addresses(node: object) -> set[str]:
    """Return the keys whose texts are addresses: `@id`, `@type`, and terms that contexts say."""
    terms = {"@id", "@type"}
    for context in _contexts(node):
        for term, told in context.items() if isinstance(context, dict) else ():
            if isinstance(told, dict) and told.get("@type") in ("@id", "@vocab"):
                terms.add(term)
    return terms


def _dropped(node: object, addresses: set[str], key: str = "") -> Iterator[str]:
    """Yield what can be no address, no language or no graph where one stands.

    The parser leaves out what is said with them and tells nothing of it.
    """
    if isinstance(node, dict):
        for inner, value in node.items():
            if _NO_ADDRESS.search(inner) and ":" in inner:
                yield inner
            yield from _dropped(value, addresses, inner)
    elif isinstance(node, list):
        for one in node:
            yield from _dropped(one, addresses, key)
    elif key == "@graph" and node is not None:
        yield str(node)
    elif isinstance(node, str):
        is_bad = key in addresses and node not in KEYWORDS and _NO_ADDRESS.search(node)
        if is_bad or (key == "@language" and not _LANGUAGE.fullmatch(node)):
            yield node


def _keys(node: object) -> Iterator[str]:
    """Yield the keys of all objects but those of contexts."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key != "@context":
                yield key
                yield from _keys(value)
    elif isinstance(node, list):
        for one in node:
            yield from _keys(one)
