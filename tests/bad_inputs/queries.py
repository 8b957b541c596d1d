"""Free queries that would change, fetch, break out or burn."""

from __future__ import annotations

import os
from pathlib import Path

from bad_inputs.case import Case


def ask(name: str, query: str | bytes, says: str = "") -> Case:
    return Case(
        f"SPARQL: {name}",
        ("sparql", "-"),
        says,
        stdin=query.encode("utf-8", "surrogatepass") if isinstance(query, str) else query,
    )


PAIRS = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(9))
UPDATES = [
    ask("INSERT DATA", "INSERT DATA { <a> <b> <c> }"),
    ask("DELETE WHERE", "DELETE WHERE { ?s ?p ?o }"),
    ask("an update after a question", "SELECT * { ?s ?p ?o } ; DROP ALL"),
    ask("an update after a comment", "# SELECT\nDROP ALL"),
    ask("LOAD of an address", "LOAD <https://example.org/x.ttl>"),
    ask("LOAD of a file from here", "LOAD <file:///etc/passwd> INTO GRAPH <g>"),
    ask("CLEAR in letters of both sizes", "cLeAr AlL"),
    ask(
        "CREATE, COPY, MOVE and ADD",
        "CREATE GRAPH <g>; COPY <g> TO <h>; MOVE <h> TO <i>; ADD <i> TO <j>",
    ),
    ask("an update spelt with escapes", "\\u0049NSERT DATA { <a> <b> <c> }"),
    ask("an update after a byte order mark", "\ufeffDROP ALL"),
    ask("WITH and DELETE", "WITH <g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }"),
]
WAYS_OUT = [
    ask("SERVICE", "SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }", "SERVICE"),
    ask(
        "SERVICE that is silent",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SERVICE",
    ),
    ask(
        "SERVICE with a variable",
        "SELECT * { VALUES ?u { <http://127.0.0.1/> } SERVICE ?u { ?s ?p ?o } }",
    ),
    ask(
        "SERVICE without a space after it", "SELECT * { SERVICE<https://example.org/>{ ?s ?p ?o } }"
    ),
    ask(
        "SERVICE grown together with a name",
        "PREFIX a: <https://e.org/> SELECT * { SERVICEa:b { ?s ?p ?o } }",
    ),
    ask(
        "SERVICE spelt with escapes",
        "SELECT * { S\\u0045RVICE <https://example.org/> { ?s ?p ?o } }",
    ),
    ask(
        "SERVICE after a comment that seems to go on",
        "SELECT * { #\rSERVICE <https://example.org/> { ?s ?p ?o } }",
    ),
    ask(
        "FROM of an address elsewhere",
        "SELECT * FROM <https://example.org/x.ttl> { ?s ?p ?o }",
        "graph",
    ),
    ask("FROM of a file", "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "graph"),
    ask(
        "FROM of an address with a bracket that is never closed",
        "SELECT * FROM <http://[::1> { ?s ?p ?o }",
        "is no address",
    ),
    ask(
        "FROM NAMED of an address elsewhere",
        "SELECT * FROM NAMED <https://example.org/> { GRAPH ?g { ?s ?p ?o } }",
    ),
    ask("a function from elsewhere", "SELECT (<https://example.org/f>(1) AS ?x) {} "),
    ask(
        "a function of Jena that runs JavaScript",
        "SELECT (<http://jena.apache.org/ARQ/js#f>(1) AS ?x) {}",
    ),
]
FORMS = [
    ask("nothing", ""),
    ask("nothing but space", " \n\t\n"),
    ask("a comment alone", "# nothing"),
    ask("NUL", "SELECT * { ?s ?p \0 }"),
    ask("bytes that are not UTF-8", b"SELECT * { ?s ?p '\xff' }", "UTF-8"),
    ask("a query in UTF-16", "SELECT * { ?s ?p ?o }".encode("utf-16")),
    ask("a half of a surrogate", "SELECT * { ?s ?p '\\uD800' }"),
    ask("an escape beyond Unicode", "SELECT * { ?s ?p '\\UFFFFFFFF' }"),
    ask("a prefix nobody declared", "SELECT * { ?s my:p ?o }"),
    ask("brackets that are not closed", "SELECT * { ?s ?p ?o"),
    ask("brackets closed too often", "SELECT * { ?s ?p ?o }}"),
    ask("a text that does not end", "SELECT * { ?s ?p 'o }"),
    ask("a variable used twice for two things", "SELECT (1 AS ?x) (2 AS ?x) {}"),
    ask("a sum over what is not grouped", "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }"),
    ask("words of no query", "please give me everything"),
    ask("SQL", "SELECT name FROM users WHERE id = 1; --"),
    ask("two questions", "ASK {} ASK {}"),
    ask("a direction turned in the text", "SELECT * { ?s \u202e ?p ?o }"),
    ask("a letter that looks like another", "\u0421ONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"),
    ask(
        "a regular expression that is none", "SELECT * { ?s ?p ?o FILTER REGEX(STR(?o), '(((') } )"
    ),
]
BOMBS = [
    ask("brackets 5,000 deep", "ASK { " + "{" * 5_000 + "}" * 5_000 + " }", "deep"),
    ask("sums in brackets 5,000 deep", "SELECT (" + "(" * 5_000 + "1" + ")" * 5_000 + " AS ?x) {}"),
    ask("a path in brackets 5,000 deep", "ASK { ?a " + "(" * 5_000 + "<p>" + ")" * 5_000 + " ?b }"),
    ask("lists 5,000 deep", "ASK { ?a ?p " + "(" * 5_000 + ")" * 5_000 + " }"),
    ask("signs of denial, 15,000 of them", "ASK { FILTER(" + "!" * 15_000 + "true) }"),
    ask("signs of minus, 15,000 of them", "ASK { FILTER(1 < " + "- " * 7_000 + "1) }"),
    ask("a chain of ^ in a path", "ASK { ?a " + "^" * 15_000 + "<p> ?b }"),
    ask("a query of a megabyte", "ASK { " + "?s ?p ?o . " * 100_000 + "}", "characters"),
    ask("one name of 15,000 dots", "ASK { a" + "." * 15_000 + ":b ?p ?o }"),
    ask(
        "a product of everything with everything",
        f"SELECT (COUNT(*) AS ?n) {{ {PAIRS} }}",
        "seconds",
    ),
    ask(
        "an order over a product of everything",
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
    ),
    ask(
        "a text that doubles twenty-six times",
        "SELECT ?z26 { VALUES ?z0 { 'aaaaaaaaaaaaaaaaaaaa' } "
        + " ".join(f"BIND(CONCAT(?z{n}, ?z{n}) AS ?z{n + 1})" for n in range(26))
        + " }",
    ),
]


def _endless(folder: Path) -> None:
    (folder / "q.rq").symlink_to("/dev/zero")


FILES = [
    Case("SPARQL: a file that is not there", ("sparql", "none.rq"), "cannot be read"),
    Case("SPARQL: a folder", ("sparql", "."), "cannot be read"),
    Case("SPARQL: a device without an end", ("sparql", "q.rq"), "", make=_endless),
    Case(
        "SPARQL: a pipe into which nobody writes",
        ("sparql", "q.rq"),
        "pipe",
        make=lambda f: os.mkfifo(f / "q.rq"),
    ),
    Case("SPARQL: a picture", ("sparql", "q.rq"), "UTF-8", {"q.rq": b"\x89PNG\r\n\x1a\n\xff"}),
    Case("SPARQL: a name with a line end", ("sparql", "a\nb"), "closed", {"a\nb": "ASK {"}),
    Case(
        "SPARQL: a graph wanted of a yes or no",
        ("sparql", "-", "--format", "turtle"),
        "graph",
        stdin=b"ASK {}",
        code=2,
    ),
    Case("SPARQL: no rows wanted", ("sparql", "-", "--rows", "0"), "rows", stdin=b"ASK {}", code=2),
    Case(
        "SPARQL: more rows than can be",
        ("sparql", "-", "--rows", "99999999999999999999"),
        "rows",
        stdin=b"ASK {}",
        code=2,
    ),
    Case(
        "SPARQL: a form that is none",
        ("sparql", "-", "--format", "html"),
        "html",
        stdin=b"ASK {}",
        code=2,
    ),
]
CASES = [*UPDATES, *WAYS_OUT, *FORMS, *BOMBS, *FILES]
