"""RDF that is none, or that would do something when it is read."""

from __future__ import annotations

import os
from pathlib import Path

from bad_inputs.case import Case, Content

RG = "<https://w3id.org/reformgraph/ontology#"
XSD = "<http://www.w3.org/2001/XMLSchema#"
TRIPLE = "<https://example.org/a> <https://example.org/b> <https://example.org/c> ."


def check(name: str, file: str, content: Content, says: str = "") -> Case:
    return Case(f"RDF: {name}", ("check", file), says, {file: content})


def _nested(opened: str, closed: str, deep: int) -> str:
    return f"<https://example.org/a> <https://example.org/b> {opened * deep}{closed * deep} ."


def _xml(inside: str, before: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{before}<rdf:RDF '
        f'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://example.org/">'
        f"{inside}</rdf:RDF>"
    )


LAUGHS = (
    '<!DOCTYPE r [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
OUTSIDE = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>'

TURTLE = [
    check("a Turtle file without its last full stop", "x.ttl", TRIPLE[:-1], "line 1"),
    check(
        "Turtle with a prefix that is not declared", "x.ttl", f"{TRIPLE}\nx:a x:b x:c .", "line 2"
    ),
    check("a relative address, which could become a path here", "x.ttl", "<a> <b> <c> ."),
    check(
        "a text that does not end", "x.ttl", f'{TRIPLE}\n<https://e.org/a> <https://e.org/b> "text'
    ),
    check("a text as a subject", "x.ttl", '"a" <https://example.org/b> "c" .'),
    check("a text as a predicate", "x.ttl", '<https://e.org/a> "b" "c" .'),
    check("an address with a space", "x.ttl", "<https://e.org/a b> <https://e.org/b> 1 ."),
    check("an address with braces", "x.ttl", "<https://e.org/{a}> <https://e.org/b> 1 ."),
    check(
        "an address with an escaped line end",
        "x.ttl",
        "<https://e.org/\\u000A> <https://e.org/b> 1 .",
    ),
    check(
        "a half of a surrogate as an escape",
        "x.ttl",
        '<https://e.org/a> <https://e.org/b> "\\uD800" .',
    ),
    check(
        "an escape beyond Unicode", "x.ttl", '<https://e.org/a> <https://e.org/b> "\\UFFFFFFFF" .'
    ),
    check("an escape that is none", "x.ttl", '<https://e.org/a> <https://e.org/b> "\\q" .'),
    check("a language that is none", "x.ttl", '<https://e.org/a> <https://e.org/b> "a"@- .'),
    check("bytes that are not UTF-8", "x.ttl", b'<https://e.org/a> <https://e.org/b> "\xff\xfe" .'),
    check("Turtle in UTF-16", "x.ttl", TRIPLE.encode("utf-16")),
    check("NUL bytes between the triples", "x.ttl", f"{TRIPLE}\0\0\0".encode()),
    check(
        "a page of HTML under the name of Turtle",
        "x.ttl",
        "<!doctype html><html><body>404</body></html>",
    ),
    check(
        "a picture under the name of Turtle", "x.ttl", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
    ),
    check("a triple inside a triple", "x.ttl", f"<< {TRIPLE[:-2]} >> <https://e.org/b> 1 ."),
    check(
        "brackets in brackets, 100,000 deep",
        "x.ttl",
        _nested("[<https://e.org/p> ", "]", 100_000),
        "",
    ),
    check("lists in lists, 100,000 deep", "x.ttl", _nested("(", ")", 100_000), ""),
    check(
        "brackets that are never closed",
        "x.ttl",
        "<https://e.org/a> <https://e.org/b> " + "[" * 50_000,
        "",
    ),
    check(
        "formulas of N3", "x.ttl", "{ ?a <https://e.org/b> ?c } => { ?c <https://e.org/b> ?a } ."
    ),
    check(
        "a rule of N3 that loads",
        "x.ttl",
        "@forAll :x . { :x <http://e.org/semantics> :y } => { } .",
    ),
    check("a base that is no address", "x.ttl", "@base <not an address> . <a> <b> <c> ."),
    check("a prefix declared with a relative address", "x.ttl", "@prefix x: <x> . x:a x:b x:c ."),
    check("an update of SPARQL under the name of Turtle", "x.ttl", "DELETE WHERE { ?s ?p ?o }"),
    check("a blank node as a predicate", "x.ttl", "<https://e.org/a> _:b <https://e.org/c> ."),
    check("a graph in Turtle, which has none", "x.ttl", "<https://e.org/g> { " + TRIPLE + " }"),
]
QUADS = [
    check(
        "N-Triples with a prefix", "x.nt", "@prefix x: <https://e.org/> .\nx:a x:b x:c .", "line 1"
    ),
    check("N-Triples with a relative address", "x.nt", "<a> <b> <c> ."),
    check("N-Triples with two triples in a line", "x.nt", f"{TRIPLE} {TRIPLE}"),
    check("N-Triples cut in the middle", "x.nt", f"{TRIPLE}\n{TRIPLE[:40]}", "line 2"),
    check(
        "N-Triples with a number without quotes", "x.nt", "<https://e.org/a> <https://e.org/b> 12 ."
    ),
    check(
        "N-Triples with a line end in a text",
        "x.nt",
        '<https://e.org/a> <https://e.org/b> "a\nb" .',
    ),
    check("N-Triples with a fourth term", "x.nt", f"{TRIPLE[:-1]}<https://e.org/g> ."),
    check("N-Quads with a text for a graph", "x.nq", f'{TRIPLE[:-1]}"g" .'),
    check(
        "N-Quads with a fifth term", "x.nq", f"{TRIPLE[:-1]}<https://e.org/g> <https://e.org/h> ."
    ),
    check("N-Quads with a relative graph", "x.nq", f"{TRIPLE[:-1]}<g> ."),
    check(
        "N-Quads with bytes of Latin-1",
        "x.nq",
        '<https://e.org/a> <https://e.org/b> "\xe9" .'.encode("latin-1"),
    ),
    check("TriG with a graph that is never closed", "x.trig", f"<https://e.org/g> {{ {TRIPLE}"),
    check(
        "TriG with graphs in graphs",
        "x.trig",
        f"<https://e.org/g> {{ <https://e.org/h> {{ {TRIPLE} }} }}",
    ),
    check("TriG with a text for a graph", "x.trig", f'"g" {{ {TRIPLE} }}'),
    check(
        "TriG with brackets 50,000 deep",
        "x.trig",
        f"<https://e.org/g> {{ {_nested('[<https://e.org/p> ', ']', 50_000)} }}",
        "",
    ),
]
XML = [
    check(
        "RDF/XML with a billion laughs",
        "x.rdf",
        _xml("<e:a>&i;</e:a>", LAUGHS),
        "DOCTYPE",
    ),
    check(
        "RDF/XML that reads a file from here",
        "x.rdf",
        _xml("<e:a>&x;</e:a>", OUTSIDE),
        "DOCTYPE",
    ),
    check(
        "RDF/XML with a DOCTYPE in UTF-16",
        "x.rdf",
        _xml("", OUTSIDE).replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16"),
        "UTF-16",
    ),
    check(
        "RDF/XML with a DOCTYPE in small letters",
        "x.owl",
        _xml("", OUTSIDE).replace("!DOCTYPE", "!doctype"),
    ),
    check("RDF/XML that is not closed", "x.rdf", _xml("<rdf:Description>")[:-10]),
    check("RDF/XML with elements crossed", "x.rdf", _xml("<e:A><e:b></e:A></e:b>")),
    check(
        "RDF/XML with an entity nobody declared", "x.rdf", _xml("<e:A><e:b>&nothing;</e:b></e:A>")
    ),
    check(
        "RDF/XML with a relative address",
        "x.rdf",
        _xml('<rdf:Description rdf:about="a"><e:b>c</e:b></rdf:Description>'),
    ),
    check(
        "RDF/XML with an id given twice",
        "x.rdf",
        _xml('<rdf:Description rdf:ID="a"/><rdf:Description rdf:ID="a"/>'),
    ),
    check("RDF/XML with a prefix that is not declared", "x.rdf", _xml("<zz:A/>")),
    check(
        "RDF/XML with a term of RDF that is none",
        "x.rdf",
        _xml('<rdf:Description rdf:about="https://e.org/a" rdf:bagID="https://e.org/b"/>'),
    ),
    check(
        "RDF/XML with elements 20,000 deep",
        "x.rdf",
        _xml("<e:A><e:b>" * 20_000 + "</e:b></e:A>" * 20_000),
        "",
    ),
    check("an empty RDF/XML file", "x.rdf", ""),
    check(
        "RDF/XML in an encoding that is unknown",
        "x.rdf",
        _xml("").replace('"1.0"', '"1.0" encoding="x-none"'),
        "",
    ),
]
JSON = [
    check(
        "JSON-LD with a context from elsewhere",
        "x.jsonld",
        '{"@context": "https://example.org/c.jsonld", "@id": "https://e.org/a", "name": "b"}',
    ),
    check(
        "JSON-LD with a context from a file here",
        "x.jsonld",
        '{"@context": "file:///etc/passwd", "@id": "https://e.org/a"}',
    ),
    check(
        "JSON-LD that imports a context",
        "x.jsonld",
        '{"@context": {"@version": 1.1, "@import": "https://example.org/c.jsonld"}, "@id": "https://e.org/a"}',
    ),
    *[
        check(f"JSON-LD whose parser would leave out {what}", "x.jsonld", said, "would be left out")
        for what, said in (
            ("an address with a space", '{"@id": "https://e.org/a b", "https://e.org/b": 1}'),
            (
                "a language",
                '{"@id": "https://e.org/a", "https://e.org/b": {"@value": "x", "@language": "no one"}}',
            ),
            ("a key", '{"@id": "https://e.org/a", "https://e.org/b c": 1}'),
            ("a class", '{"@id": "https://e.org/a", "@type": "@foo"}'),
            (
                "a link",
                '{"@context": {"b": {"@id": "https://e.org/b", "@type": "@id"}}, "@id": "https://e.org/a", "b": "x y"}',
            ),
        )
    ],
    check("JSON-LD that is cut", "x.jsonld", '{"@id": "https://e.org/a", "https://e.org/b": '),
    check(
        "JSON-LD with NaN",
        "x.jsonld",
        '{"@id": "https://e.org/a", "https://e.org/b": NaN}',
        "no number",
    ),
    check("JSON-LD whose graph is a text", "x.jsonld", '{"@graph": "words"}', "“words”"),
    check(
        "JSON-LD with a number that becomes infinite",
        "x.jsonld",
        '{"@id": "https://e.org/a", "https://e.org/b": 1e999}',
        "1e999",
    ),
    check(
        "JSON-LD with a number of 5,000 digits",
        "x.jsonld",
        '{"@id": "https://e.org/a", "https://e.org/b": ' + "9" * 5000 + "}",
        "no number",
    ),
    check("JSON-LD with a comment", "x.jsonld", '{"@id": "https://e.org/a"} // so'),
    check("JSON-LD with an id that is a number", "x.jsonld", '{"@id": 5, "https://e.org/b": 1}'),
    check(
        "JSON-LD with a keyword redefined",
        "x.jsonld",
        '{"@context": {"@type": "https://e.org/t"}, "@id": "https://e.org/a"}',
    ),
    check(
        "JSON-LD with a circle of terms",
        "x.jsonld",
        '{"@context": {"a": "b:c", "b": "a:d"}, "@id": "https://e.org/a", "a": "x"}',
    ),
    check(
        "JSON-LD with lists 100,000 deep",
        "x.jsonld",
        '{"https://e.org/b":' + "[" * 100_000 + "]" * 100_000 + "}",
        "",
    ),
    check(
        "JSON-LD with objects 50,000 deep",
        "x.jsonld",
        '{"https://e.org/b":' * 50_000 + "1" + "}" * 50_000,
        "",
    ),
    check("an empty JSON-LD file", "x.jsonld", ""),
    check("JSON-LD that is no JSON", "x.jsonld", "context: yes"),
    check(
        "JSON-LD in UTF-16",
        "x.jsonld",
        '{"@id": "https://e.org/a", "https://e.org/b": 1}'.encode("utf-16"),
    ),
]


def _link_to_itself(folder: Path) -> None:
    (folder / "x.ttl").symlink_to("x.ttl")


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "x.ttl")


def _device(folder: Path) -> None:
    (folder / "x.ttl").symlink_to("/dev/zero")


def _sparse(folder: Path) -> None:
    with (folder / "x.ttl").open("wb") as file:
        file.truncate(8 * 1024**3)


FILES = [
    Case("RDF: a file that is not there", ("check", "x.ttl"), "cannot be read"),
    Case(
        "RDF: a folder with the name of a file",
        ("check", "x.ttl"),
        "corpus file",
        make=lambda f: (f / "x.ttl").mkdir(),
    ),
    Case(
        "RDF: a link that leads to itself",
        ("check", "x.ttl"),
        "cannot be read",
        make=_link_to_itself,
    ),
    Case("RDF: a pipe into which nobody writes", ("check", "x.ttl"), "no file", make=_pipe),
    Case("RDF: a device without an end", ("check", "x.ttl"), "no file", make=_device),
    Case("RDF: a file of 8 GB", ("check", "x.ttl"), "larger than", make=_sparse),
    Case(
        "RDF: an ending that is not known",
        ("check", "x.n3"),
        "no RDF file by its name",
        {"x.n3": TRIPLE},
        code=2,
    ),
    Case(
        "RDF: a name without an ending",
        ("check", "triples"),
        "no RDF file by its name",
        {"triples": TRIPLE},
        code=2,
    ),
    Case(
        "RDF: a name with a line end", ("check", "a\nb.ttl"), "is not valid RDF", {"a\nb.ttl": "x"}
    ),
    Case(
        "RDF: a name that turns its direction",
        ("check", "a\u202eltt.ttl"),
        "is not valid RDF",
        {"a\u202eltt.ttl": "x"},
    ),
    Case(
        "RDF: a name with an escape of the terminal",
        ("check", "\x1b[2Ja.ttl"),
        "is not valid RDF",
        {"\x1b[2Ja.ttl": "x"},
    ),
    Case("RDF: a name longer than any may be", ("check", "a" * 5000 + ".ttl"), ""),
    Case(
        "RDF: one good file and one bad one",
        ("check", "good.ttl", "bad.ttl"),
        "bad.ttl",
        {"good.ttl": TRIPLE, "bad.ttl": "x"},
    ),
    Case(
        "RDF: a day that never was, held against the rules",
        ("check", "x.ttl"),
        "Found: 2023-02-29",
        {
            "x.ttl": f"<https://e.org/a> a {RG}StatusAssessment> ; {RG}asOf> '2023-02-29'^^{XSD}date> ."
        },
        lines=0,
    ),
    Case(
        "RDF: files that are larger together than one may be",
        ("check", "a.ttl", "b.ttl"),
        "together",
        {"a.ttl": lambda: b"#" * 13_000_000, "b.ttl": lambda: b"#" * 13_000_000},
    ),
    Case(
        "RDF: a web address instead of a file",
        ("check", "https://example.org/x.ttl"),
        "cannot be read",
    ),
    Case(
        "RDF: an address of a file",
        ("check", "file:///etc/passwd"),
        "no RDF file by its name",
        code=2,
    ),
    Case(
        "RDF: a document said of an RDF file",
        ("check", "x.ttl", "--document", "a=b"),
        "--document",
        {"x.ttl": TRIPLE},
        code=2,
    ),
]


def bring(name: str, content: str, says: str = "", lines: int = 1) -> Case:
    """RDF to be taken in, with the prefixes that it may want."""
    return Case(
        f"RDF to take in: {name}",
        ("import", "x.ttl", "--yes"),
        says,
        {"x.ttl": PREFIXES + content},
        lines=lines,
    )


PREFIXES = """\
@prefix rg: <https://w3id.org/reformgraph/ontology#> .
@prefix id: <https://w3id.org/reformgraph/id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix e: <https://example.org/> .
"""
SHAPES = [
    bring("a shape of its own", "e:s a sh:NodeShape ; sh:targetClass rg:Recommendation ; sh:deactivated true ."),
    bring("a shape that turns ours off", "<https://w3id.org/reformgraph/shapes#Recommendation> sh:deactivated true ."),
    bring("a shape with JavaScript", "e:s a sh:NodeShape ; sh:js [ sh:jsFunctionName 'f' ] ."),
    bring("a shape with SPARQL", "e:s a sh:NodeShape ; sh:sparql [ sh:select 'SELECT $this { ?s ?p ?o }' ] ."),
    bring("a shape whose pattern never ends", "e:s a sh:PropertyShape ; sh:path rdfs:label ; sh:pattern '(a+)+$' ."),
    bring("a rule", "e:s a sh:NodeShape ; sh:rule [ a sh:SPARQLRule ; sh:construct 'CONSTRUCT {} WHERE {}' ] ."),
    bring("an ontology that imports another", "e:o a owl:Ontology ; owl:imports <https://example.org/evil.ttl> ."),
    bring("a class of ours below another", "rg:Recommendation rdfs:subClassOf e:Thing ."),
    bring("a property of ours said to be another's inverse", "rg:status owl:inverseOf e:p ."),
    bring("two things said to be the same", "id:actor\\/a owl:sameAs id:actor\\/b ."),
    bring("a term of ours that is none", "e:a a rg:Rumour ."),
    bring("a class nobody knows", "e:a a e:Person ; e:name 'Somebody' ."),
    bring("a property nobody knows", "e:a a rg:Recommendation ; e:secret 'x' ."),
    bring("an address that is a script", "<javascript:alert(1)> a rg:Recommendation ."),
    bring("an address of a file", "<file:///etc/passwd> a rg:Recommendation ."),
    bring("an address that carries data", "<data:text/html,x> a rg:Recommendation ."),
    bring("an address with a password", "<https://a:b@example.org/> a rg:Recommendation ."),
    bring("an address in letters that look like others", "<https://ex\u0430mple.org/a> a rg:Recommendation ."),
    bring("an address that turns its direction", "<https://example.org/\u202ea> a rg:Recommendation ."),
    bring("a label that turns its direction", "e:a a rg:Recommendation ; rdfs:label 'a\u202eb'@en ."),
    bring("a label of nothing but accents", "e:a a rg:Recommendation ; skos:prefLabel '\u0301\u0302\u0303'@en .", "no letter or digit"),
    bring("a label of blanks for the blind", "e:a a rg:Recommendation ; skos:prefLabel 'a\u2800b'@en .", "invisible"),
    bring("a label with a control character", "e:a a rg:Recommendation ; rdfs:label 'a\\u0007b'@en ."),
    bring("a label with a sign without width", "e:a a rg:Recommendation ; rdfs:label 'a\u200bb'@en ."),
    bring("a label in two scripts in one word", "e:a a rg:Recommendation ; rdfs:label 'c\u043euncil'@en ."),
    bring("a day that never was", "e:a a rg:Recommendation ; dct:issued '2023-02-30'^^xsd:date ."),
    bring("a language of too many letters", "e:a a rg:Recommendation ; rdfs:label 'a'@abcdefghijk ."),
    bring("nothing but prefixes", ""),
]  # fmt: skip
TAKEN = [
    Case(f"RDF to take in: {case.name.removeprefix('RDF: ')}", ("import", *case.words[1:], "--yes"), "", case.files, make=case.make)
    for case in [*TURTLE, *QUADS, *XML, *JSON][::4]  # the reader is the same
]  # fmt: skip
CASES = [*TURTLE, *QUADS, *XML, *JSON, *FILES, *SHAPES, *TAKEN]
