"""Rules of somebody else's given to a check, which has its own: SHACL that would never end, or ask.

No command takes rules. A check that left them out in silence would seem to have heeded them.
"""

from __future__ import annotations

from bad_inputs.case import Case

PREFIXES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rg: <https://w3id.org/reformgraph/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix e: <https://example.org/> .
e:a a e:Thing ; rdfs:label "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!" ; e:next e:a .
"""
OURS = "belongs to rules, and a check has its own"
ALL = "e:s a sh:NodeShape ; sh:targetClass e:Thing"


def rules(name: str, content: str, says: str = OURS) -> Case:
    return Case(
        f"shapes: {name}", ("check", "shapes.ttl"), says, {"shapes.ttl": PREFIXES + content}
    )


def nested(before: str, after: str, deep: int) -> str:
    return before * deep + after * deep


CASES = [
    rules("a shape that holds itself", f"{ALL} ; sh:node e:s ."),
    rules("shapes that hold each other", f"{ALL} ; sh:node e:t . e:t a sh:NodeShape ; sh:node e:s ."),
    rules("a pattern that never ends", f"{ALL} ; sh:property [ sh:path rdfs:label ; sh:pattern '^(a+)+$' ] ."),
    rules("a pattern that is none", f"{ALL} ; sh:property [ sh:path rdfs:label ; sh:pattern '(' ] ."),
    rules("a query that asks another machine", f"{ALL} ; sh:sparql [ sh:select 'SELECT $this {{ SERVICE <http://127.0.0.1:9/> {{ ?s ?p ?o }} }}' ] ."),
    rules("a query that never ends", f"{ALL} ; sh:sparql [ sh:select 'SELECT $this {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }}' ] ."),
    rules("a query that is none", f"{ALL} ; sh:sparql [ sh:select 'SELEKT' ] ."),
    rules("an update", f"{ALL} ; sh:sparql [ sh:select 'DELETE WHERE {{ ?s ?p ?o }}' ] ."),
    rules("a script of another machine", f"{ALL} ; sh:js [ sh:jsLibrary [ sh:jsLibraryURL 'http://127.0.0.1:9/x.js'^^xsd:anyURI ] ; sh:jsFunctionName 'f' ] ."),
    rules("a target that asks another machine", "e:s sh:target [ sh:select 'SELECT ?this { SERVICE <http://127.0.0.1:9/> { ?this ?p ?o } }' ] ."),
    rules("a rule that adds to the data", f"{ALL} ; sh:rule [ sh:construct 'CONSTRUCT {{ $this e:p e:q }} WHERE {{}}' ] ."),
    rules("a function", "e:f a sh:SPARQLFunction ; sh:ask 'ASK { ?s ?p ?o }' ; sh:returnType xsd:boolean ."),
    rules("a path that is nested too deep", f"{ALL} ; sh:property [ sh:path {nested('[ sh:oneOrMorePath ', ' ]', 300).replace('  ]', ' e:next ]', 1)} ] .", "nests deeper"),
    rules("shapes that are nested too deep", f"{ALL} ; sh:not {nested('[ sh:not ', ' ]', 300).replace('  ]', ' e:s ]', 1)} .", "nests deeper"),
    rules("a path that is its own rest", f"_:l rdf:first e:next ; rdf:rest _:l . {ALL} ; sh:property [ sh:path _:l ] ."),
    rules("a path that leads into itself", f"_:p sh:inversePath _:p . {ALL} ; sh:property [ sh:path _:p ] ."),
    rules("counts that are no numbers", f"{ALL} ; sh:property [ sh:path e:next ; sh:minCount 'many' ; sh:maxCount '1e400'^^xsd:integer ] ."),
    rules("a shape that turns ours off", "<https://w3id.org/reformgraph/shapes#EntityHasLabel> sh:deactivated true ."),
    rules("a graph of shapes elsewhere", "e:d sh:shapesGraph <http://127.0.0.1:9/shapes.ttl> ."),
    rules("a word of SHACL that is none", "e:s sh:shape e:t ."),
    rules("rules that are imported from another machine", "e:s a owl:Ontology ; owl:imports <http://127.0.0.1:9/x.ttl> .", "none is fetched"),
    rules("rules that are imported from a file", "e:s a owl:Ontology ; owl:imports <file:///etc/passwd> .", "none is fetched"),
    rules("words that are no Turtle", "shape { path next }", "is not valid RDF"),
    Case(
        "shapes: shapes beside the data that they are meant for", ("check", "data.ttl", "shapes.ttl"),
        "shapes.ttl line 9", {"data.ttl": PREFIXES, "shapes.ttl": f"{PREFIXES}{ALL} ."},
    ),
    Case(
        "shapes: a shape in JSON-LD", ("check", "shapes.jsonld"), OURS,
        {"shapes.jsonld": '{"@id": "https://example.org/s", "@type": "http://www.w3.org/ns/shacl#NodeShape"}'},
    ),
    Case("shapes: an option that there is not", ("check", "--shapes", "shapes.ttl"), "--shapes", code=2),
]  # fmt: skip
