"""What is fuzzed: every reader with small valid examples, and how inputs are made of them."""

from __future__ import annotations

import base64
import logging
import random
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from benchmarks.containers import DOCX, PDF, XLSX, archive, joined, pdf
from graph.freequeries.gate import admit
from ingest.journal import read_book
from ingest.rdf.parsing import graph_of
from ingest.readers.reading import read_bytes
from ingest.reading import read_file
from ingest.tables.reading import table_of
from ingest.tables.workbook import ZIP
from ontology.errors import ReformError

SLOW = 5.0
"""Seconds of work that one input of a few hundred bytes may take."""
LONGEST = 100_000
"""Bytes of an input."""
TRIPLE = b'<https://example.org/a> <https://example.org/b> "c"@en .\n'
Read = Callable[[bytes], object]


@dataclass(frozen=True)
class Target:
    """A reader with valid examples, from which inputs are made, and words that mean much to it."""

    examples: list[bytes]
    read: Read
    words: list[bytes]


@dataclass
class Outcome:
    """What a run came to; a failure is told with its kind and input, once for each kind."""

    inputs: int = 0
    refused: int = 0
    failures: dict[str, str] = field(default_factory=dict)

    def try_one(self, read: Read, data: bytes) -> None:
        """Give one input to a reader."""
        self.inputs += 1
        try:
            with _bounded():
                read(data)
        except ReformError as error:
            self.refused += 1
            if any("\n" in line or not line.strip() for line in error.lines):
                self._fail(f"not told in a line: {error}", data)
        except (Exception, _TooSlow) as error:
            last = error.__traceback__
            while last is not None and last.tb_next is not None:
                last = last.tb_next
            place = (
                f"{Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}" if last else ""
            )
            self._fail(f"{type(error).__name__} at {place}", data)

    def _fail(self, kind: str, data: bytes) -> None:
        self.failures.setdefault(kind, base64.b64encode(data).decode())


class _TooSlow(BaseException):
    """An input took longer than it may; no Exception, which a reader would take for its own."""


@contextmanager
def _bounded() -> Iterator[None]:
    def late(_number: int, _frame: object) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, SLOW)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


# --- readers and their examples -----------------------------------------------------------------


def targets() -> dict[str, Target]:
    """Return the readers by name."""
    return {
        "text": Target(_TEXTS, lambda data: read_bytes(data, "a.txt"), [b"\xff\xfe", b"\0", b"\f", b"\r"]),
        "html": Target(_PAGES, lambda data: read_bytes(data, "a.html"), _TAGS),
        "pdf": Target([pdf(joined(PDF)), *[joined(PDF)] * 3], _read_pdf, _PDF_WORDS),
        "docx": Target([archive(joined(DOCX), DOCX), *[joined(DOCX)] * 3], _read_docx, _XML),
        "csv": Target(_TABLES, lambda data: table_of(data, "a.csv"), [b'"', b"\0", b";", b"\t", b"\r"]),
        "xlsx": Target([archive(joined(XLSX), XLSX), *[joined(XLSX)] * 3], _read_xlsx, _XML),
        "corpus": Target(_CORPUS, lambda data: read_file("a.yaml", data), _YAML),
        "turtle": Target([_TURTLE], lambda data: graph_of([("a.ttl", data)]), _RDF),
        "trig": Target([b"<https://example.org/g> { " + TRIPLE + b"}"], lambda data: graph_of([("a.trig", data)]), _RDF),
        "nquads": Target([TRIPLE], lambda data: graph_of([("a.nq", data)]), _RDF),
        "rdfxml": Target([_made(ox.RdfFormat.RDF_XML)], lambda data: graph_of([("a.rdf", data)]), _XML),
        "jsonld": Target([_made(ox.RdfFormat.JSON_LD)], lambda data: graph_of([("a.jsonld", data)]), _JSON),
        "journal": Target([_JOURNAL], lambda data: read_book(data, "journal.jsonl"), _JSON),
        "query": Target(_QUERIES, lambda data: admit(data.decode("utf-8", "surrogateescape")), _SPARQL),
    }  # fmt: skip


def _read_pdf(data: bytes) -> object:
    return read_bytes(data if data.startswith(b"%PDF-") else pdf(data), "a.pdf")


def _read_docx(data: bytes) -> object:
    return read_bytes(data if data.startswith(ZIP) else archive(data, DOCX), "a.docx")


def _read_xlsx(data: bytes) -> object:
    return table_of(data if data.startswith(ZIP) else archive(data, XLSX), "a.xlsx")


_TEXTS = [
    b"Recommendations\n\nThe council calls on the board:\n(a) to meet;\n(b) to publish its fees.\n",
    "L'assemblée recommande : « publier ».\n".encode(), "Das Gremium möge tagen.".encode("cp1252"),
]  # fmt: skip
_PAGES = [
    b'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>t</title></head><body>'
    b'<nav>menu</nav><h1>Aims</h1><p style="color:#fff">We urge the board to meet.</p><ol><li>one'
    b'<li>two</ol><table><tr><td bgcolor="black">cell</table></body></html>',
]
_TAGS = [
    b"<div>",
    b"</p>",
    b"<table>",
    b"<td>",
    b"<script>",
    b"<!--",
    b"&#0;",
    b' style="',
    b"<svg>",
]
_TOKENS = [
    re.compile(rb'(?<==")[^"<>]*(?=")|(?<=>)[^<>]+(?=<)'),
    re.compile(rb"<[^<>]+/>|<(\w[\w:]*)[^<>]*>[^<>]*</\1>"),
    re.compile(rb"/\w+|\(\w+\)"),
    re.compile(rb"-?\d+(?:\.\d+)?"),
]
"""Values and words of XML; elements; names and texts of PDF; numbers."""
_ODD = [b"", b"0", b"-1", b"1e999", b"9" * 20, b"nan", b"a" * 300, b"..", b"/../x", b"&#xD;"]
_PDF_WORDS = [
    b"/Kids [",
    b"/Length 99999",
    b"stream\n",
    b"endobj",
    b" 0 R",
    b"<<",
    b">>",
    b"/Filter",
]
_XML = [
    b"\n=====\n",
    b"<!DOCTYPE d>",
    b"&a;",
    b"<a>",
    b"</",
    b"<![CDATA[",
    b'="',
    b"xmlns:w=",
    b"<?xml",
]
_TABLES = [
    b'State,Text\nMalta,"Lower, please"\nCyprus,Meet\n',
    "Land;Text\nÖsterreich;Ja\n".encode(),
]
_CORPUS = [
    b"format: 1\ndocument:\n  id: a\n  title: Notes\n  publisher: b\n  kind: resolution\n"
    b"  language: en\n  read: whole\n  recorded: '2026-11-22T18:00:00Z'\n  review: by nobody\n"
    b"passages:\n  one: {section: Aims, locator: page 1}\nactors:\n- {id: b, label: Body, kind: ngo}\n",
]
_YAML = [
    b"&a ",
    b"*a",
    b"!!python/tuple ",
    b"<<: ",
    b"? ",
    b"- ",
    b"{",
    b"[",
    b"|\n",
    b": ",
    b"---\n",
]
_TURTLE = (
    b"@prefix e: <https://example.org/> .\ne:a e:b [ e:c (1 2.5 true) ], 'x'@en-GB, '''y''' .\n"
)
_NAMED = (
    b"@prefix e: <https://example.org/> .\ne:a e:b e:c, 'x'@en-GB, 1, 2.5, true ; e:d '''y''' .\n"
)
"""Without blank nodes, whose names are made anew each time."""
_RDF = [b"<<", b">>", b"[", b"(", b"@prefix", b"\\u", b'"""', b"^^", b"_:b", b"@base <x> ."]
_JOURNAL = b'{"format":2,"number":1,"id":"ab","before":"' + b"0" * 64 + b'","who":"Ada"}\n'
_JSON = [
    b"[",
    b"{",
    b'"@context":',
    b'"@id":',
    b"null",
    b"1e999",
    b"\\ud800",
    b'"@list":',
    b'"@import":',
]
_QUERIES = [
    b"SELECT ?s (COUNT(?o) AS ?n) WHERE { ?s rg:status/^rg:of* ?o FILTER(?o > 1) } GROUP BY ?s",
    b"CONSTRUCT { ?s ?p ?o } FROM <document/a> WHERE { VALUES ?s { <actor/a> } ?s ?p ?o }",
]
_SPARQL = [
    b"SERVICE ",
    b"{",
    b"}",
    b"(",
    b"INSERT DATA",
    b"\\u0053",
    b"'''",
    b"#",
    b"LOAD",
    b"<a",
    b"?",
]


def _made(form: ox.RdfFormat) -> bytes:
    made = ox.serialize(ox.parse(_NAMED, format=ox.RdfFormat.TURTLE), format=form)
    assert made is not None
    return made


# --- inputs made at random ----------------------------------------------------------------------


def mutated(target: Target, chance: random.Random) -> bytes:
    """Return an example with some places changed."""
    return _changed(chance.choice(target.examples), target, chance)


def _changed(data: bytes, target: Target, chance: random.Random) -> bytes:
    made = bytearray(data)
    if chance.random() < 0.6:  # it stays well-formed, so that more than the door is tried
        for _ in range(chance.choice((1, 1, 2, 4))):
            _exchange(made, chance)
        return bytes(made[: max(LONGEST, 2 * len(data))])
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(made) + 1)
        length = chance.choice((1, 2, 8, 64))
        match chance.randrange(6):
            case 0:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del made[at : at + length]
            case 2:
                made[at:at] = chance.choice(target.words) * chance.choice((1, 1, 2, 50))
            case 3:
                made[at:at] = made[at : at + length] * chance.choice((1, 2, 30))
            case 4:
                other = chance.choice(target.examples)
                made[at:] = other[chance.randrange(len(other) + 1) :]
            case _:
                made[at:at] = chance.choice((*_ODD, b"\0", b"\xc3\x28", b"\xed\xa0\x80"))
    return bytes(made[: max(LONGEST, 2 * len(data))])


def _exchange(made: bytearray, chance: random.Random) -> None:
    """Put another of its kind, or an odd one, for a value, tag, name or number: XML stays XML."""
    kind = chance.choice(_TOKENS)
    found = [match.span() for match in kind.finditer(made)]
    if not found:
        return
    start, end = chance.choice(found)
    begin, stop = chance.choice(found)
    other = bytes(made[begin:stop])
    if kind is not _TOKENS[1] and chance.random() < 0.4:
        other = chance.choice(_ODD)
    made[start:end] = other


def fuzz(target: Target, seconds: float, seed: int) -> Outcome:
    """Try inputs made at random, the same for the same seed, until the time is up."""
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)  # it complains of odd values
    chance, outcome = random.Random(seed), Outcome()
    for example in dict.fromkeys(target.examples):
        outcome.try_one(target.read, example)
    end = time.monotonic() + seconds  # from here, for the first input loads what the readers need
    while time.monotonic() < end:
        outcome.try_one(target.read, mutated(target, chance))
    return outcome
