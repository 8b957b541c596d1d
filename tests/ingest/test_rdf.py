"""RDF from outside: read strictly from bytes, refused by the line, taken in and back as a whole."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib.namespace import PROV, RDF, SKOS

from ingest.deciding import Desk
from ingest.documents import Documents
from ingest.imports import Source
from ingest.objections import RefusedError
from ingest.passage_checks import check_passages
from ingest.passages import Verdict, anchor, text_fragment
from ingest.pipeline import snapshot_of
from ingest.rdf.reading import checked
from ingest.rdf.taking import Preview, preview, take
from ingest.standing import Standing
from ontology.errors import ReformError
from ontology.identifiers import iri
from ontology.terms import RG

PREFIXES = """\
@prefix rg: <https://w3id.org/reformgraph/ontology#> .
@prefix actor: <https://w3id.org/reformgraph/id/actor/> .
@prefix rec: <https://w3id.org/reformgraph/id/recommendation/> .
@prefix theme: <https://w3id.org/reformgraph/id/theme/> .
@prefix ask: <https://w3id.org/reformgraph/id/ask/> .
@prefix cito: <http://purl.org/spar/cito/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://watch.example/> .
"""
LINES = PREFIXES.count("\n")
WATCH = """\
ex:watch a foaf:Agent , foaf:Organization ; rg:actorKind rg:ngo ;
    skos:prefLabel "Lamp Watch"@en , "\u0645\u0631\u0635\u062f"@ar .
"""
LIST = """\
ex:list a rg:SourceDocument , foaf:Document ; dct:title "Lamps"@en ; dct:publisher ex:watch ;
    dct:type rg:ngoReport ; dct:language "en" ; rg:provenanceStatus rg:external ;
    rg:readExtent "whole" ; rg:dateStatus rg:notGivenBySource .
[] a rg:Passage ; oa:hasSource ex:list ; rg:section "Lamps" ; rg:locator "page 3" ;
    rdf:type rg:Passage .
ex:lamps a rg:Recommendation ; skos:prefLabel "Light the pier"@en ;
    dct:description "The board should light the pier."@en ;
    rg:issuedBy ex:watch ; prov:wasAttributedTo ex:watch ; rg:issuerBasis rg:statedBySource ;
    rg:addressedTo actor:harbour-board ; rg:addresseeBasis rg:statedBySource ;
    rg:dateStatus rg:notGivenBySource ; rg:theme theme:fees ;
    rg:expressesAsk ask:publish-fees ; rg:evidence ex:page .
ex:page a rg:Passage ; oa:hasSource ex:list ; rg:section "Lamps" ; rg:locator "page 4" .
"""
STATUS = """\
ex:status a rg:StatusAssessment ; rg:assesses rec:publish-every-fee ; rg:axis rg:responseScheme ;
    rg:status rg:acknowledged ; rg:asOf "2025-06-01"^^xsd:date ;
    prov:wasAttributedTo ex:watch ; rg:assessorRelation rg:thirdParty ;
    rg:basis rg:thirdPartyReported ; rg:evidence ex:page .
"""
GOOD = PREFIXES + WATCH + LIST + STATUS


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read here: a process apiece would take half a second each time."""
    monkeypatch.setattr("ingest.rdf.batches.read_checked", checked)


@pytest.fixture
def desk(corpus_folder: Callable[..., Path], tmp_path: Path) -> Desk:
    return Desk(corpus_folder(), tmp_path / "home")


def seen(desk: Desk, text: str | bytes, name: str = "lamps.ttl") -> Preview:
    data = text if isinstance(text, bytes) else text.encode()
    return preview(desk, "Ada", Source(name, data))


def taken(desk: Desk, text: str | bytes, name: str = "lamps.ttl") -> Any:
    data = text if isinstance(text, bytes) else text.encode()
    source = Source(name, data)
    return take(desk, "Ada", source, preview(desk, "Ada", source), None)


def built(desk: Desk) -> bytes:
    return snapshot_of(desk.corpus()).to_bytes()


def refused(text: str | bytes, name: str = "lamps.ttl") -> str:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(ReformError) as told:
        checked(data, name)
    assert "\n" not in str(told.value)
    return str(told.value)


def written(form: ox.RdfFormat) -> bytes:
    quads = ox.parse(GOOD, format=ox.RdfFormat.TURTLE)
    return ox.serialize(quads, format=form) or b""


# --- what comes in -------------------------------------------------------------------------------


def test_rdf_comes_in_is_seen_before_and_goes_out_whole(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = built(desk)
    monkeypatch.setattr("ingest.rdf.batches.MOST", 5)
    with pytest.raises(ReformError, match=r"lamps.ttl: brings more than 5 new entries. Split it."):
        seen(desk, GOOD)
    monkeypatch.setattr("ingest.rdf.batches.MOST", 6)
    found = seen(desk, GOOD)
    assert (found.faults, found.batch.counts) == (
        (),
        {"actor": 1, "assessment": 1, "document": 1, "passage": 2, "recommendation": 1},
    )
    record = taken(desk, GOOD)
    node = next(s for s, _, o in found.batch.said if str(o) == "Light the pier")
    monkeypatch.setattr("ingest.rdf.batches.MOST", 5)  # what is here already stays
    triples = snapshot_of(desk.corpus()).data()
    assert triples.value(node, PROV.wasGeneratedBy) == iri("curation", record.decision.document)
    assert (iri("curation", record.decision.document), RDF.type, RG.Import) in triples
    assert built(desk) == built(Desk(desk._folder, desk.journal.path.parent)), "after a restart"
    monkeypatch.undo()
    monkeypatch.setattr("ingest.rdf.batches.read_checked", checked)
    with pytest.raises(ReformError, match="has been imported already"):
        seen(desk, GOOD)
    desk.undo("Ada", "1")
    assert built(desk) == before


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.ttl", ox.RdfFormat.TURTLE), ("a.nt", ox.RdfFormat.N_TRIPLES),
     ("a.nq", ox.RdfFormat.N_QUADS), ("a.trig", ox.RdfFormat.TRIG),
     ("a.rdf", ox.RdfFormat.RDF_XML), ("a.OWL", ox.RdfFormat.RDF_XML),
     ("a.xml", ox.RdfFormat.RDF_XML), ("a.jsonld", ox.RdfFormat.JSON_LD),
     ("a.json-ld", ox.RdfFormat.JSON_LD)],
)  # fmt: skip
def test_every_format_gives_the_same_statements(name: str, form: ox.RdfFormat) -> None:
    assert checked(written(form), name).triples == checked(GOOD.encode(), "a.ttl").triples


def test_a_mark_at_the_beginning_and_names_of_graphs_are_left_out() -> None:
    plain = checked(GOOD.encode(), "a.ttl")
    named = f"{PREFIXES}ex:graph {{ {WATCH}{LIST}{STATUS} }}"
    read = checked(b"\xef\xbb\xbf" + named.encode(), "a.trig")
    assert read.triples == plain.triples
    assert read.left_out == {**plain.left_out, "names of graphs": 1}


def test_a_node_without_an_address_keeps_its_own_whatever_else_a_file_says() -> None:
    def passage(text: str) -> set[bytes]:
        lines = checked(text.encode(), "a.ttl").triples.splitlines()
        return {line for line in lines if b'"page 3"' in line}

    assert len(passage(GOOD)) == 1
    assert passage(GOOD) == passage(PREFIXES + WATCH + LIST)
    assert passage(GOOD) == passage(GOOD.replace("[] a rg:Passage", "_:other a rg:Passage"))


def test_what_the_graph_says_already_brings_nothing(desk: Desk) -> None:
    now = (f"{s.n3()} {p.n3()} {o.n3()} ." for s, p, o in snapshot_of(desk.corpus()).data())
    found = seen(desk, "\n".join(now), "now.nt")
    assert (found.faults, found.brings_nothing) == ((), True)
    with pytest.raises(RefusedError, match="says nothing that is not known"):
        taken(desk, "\n".join(snapshot_lines(desk)), "now.nt")


def snapshot_lines(desk: Desk) -> list[str]:
    return [f"{s.n3()} {p.n3()} {o.n3()} ." for s, p, o in snapshot_of(desk.corpus()).data()]


def test_an_export_that_holds_rows_of_a_list_brings_nothing_here_and_all_elsewhere(
    desk: Desk, corpus_folder: Callable[..., Path], tmp_path: Path
) -> None:
    row = (
        "label,summary,issuers,addressees,themes,asks\n"
        "More,More lamps.,harbour-watch,harbour-board,fees,publish-fees\n"
    )
    source = Source("rows.csv", row.encode())
    desk.take_batch("Ada", source, None, desk.preview("Ada", source), None)
    lines = "\n".join(snapshot_lines(desk))
    assert "/row-2/row>" in lines
    assert seen(desk, lines, "now.nt").brings_nothing
    found = seen(
        Desk(corpus_folder(), tmp_path / "other"), lines.replace("reviewer-", "a-"), "a.nt"
    )
    assert found.faults == ()
    assert found.batch.counts == {"actor": 1, "document": 1, "passage": 1, "recommendation": 1}


def test_a_passage_may_be_called_as_a_selector_is(desk: Desk) -> None:
    data = "<https://w3id.org/reformgraph/id/"
    told = LIST.replace("ex:list", f"{data}document/lamps>")
    told = told.replace("ex:page", f"{data}passage/lamps/words>")
    assert seen(desk, PREFIXES + WATCH + told).faults == ()


def test_a_name_may_be_added_to_what_is_known_and_is_told(desk: Desk) -> None:
    found = seen(desk, PREFIXES + 'actor:harbour-board skos:prefLabel "Hafenamt"@de .')
    assert found.faults == ()
    (change,) = found.difference.changes
    assert (change.what, change.added) == ("adds", (("skos:altLabel", "Hafenamt"),))
    taken(desk, PREFIXES + 'actor:harbour-board skos:prefLabel "Hafenamt"@de .')
    names = snapshot_of(desk.corpus()).data().objects(iri("actor", "harbour-board"), SKOS.altLabel)
    assert [str(name) for name in names] == ["Hafenamt"]


def test_forms_and_lists_know_what_came_as_rdf(desk: Desk) -> None:
    taken(desk, GOOD)
    row = (
        "label,summary,issuers,addressees,themes\nMore,More lamps.,Lamp Watch,harbour-board,fees\n"
    )
    batch = desk.preview("Ada", Source("rows.csv", row.encode()))
    assert (batch.errors, batch.counts.actors) == ((), 0)


def test_a_row_that_restates_a_status_from_rdf_says_it_again_once_that_is_taken_back(
    desk: Desk,
) -> None:
    answer = STATUS.replace("ex:watch", "actor:harbour-board").replace("thirdPartyR", "addresseeR")
    answer = answer.replace("rg:thirdParty", "rg:addressee").replace("ex:page", "ex:reply")
    reply = LIST.replace("ex:page", "ex:reply").replace("ex:list", "ex:letter")
    taken(desk, PREFIXES + WATCH + reply + answer)
    rows = (
        "id,label,summary,issuers,addressees,themes,axis,status,as_of,by,basis\n"
        "publish-every-fee,,,,,,response,acknowledged,2025-06-01,harbour-board,addresseeReported\n"
    )
    again = Source("again.csv", rows.encode())
    batch = desk.preview("Ada", again)
    assert (batch.errors, batch.brings_nothing) == ((), True)
    more = ",More,More lamps.,harbour-watch,harbour-board,fees,,,,,\n"
    source = Source("more.csv", (rows + more).encode())
    desk.take_batch("Ada", source, None, desk.preview("Ada", source), None)
    assert rows_say(desk) == []
    other = Source("other.csv", rows.replace("acknowledged", "rejected").encode())
    desk.take_batch("Ada", other, None, desk.preview("Ada", other), None)
    assert rows_say(desk) == ["rejected"]
    revised = snapshot_of(desk.corpus()).data().objects(predicate=PROV.wasRevisionOf)
    assert any("/assessment/foreign-" in str(one) for one in revised)
    desk.undo("Ada", "3")
    desk.undo("Ada", "1")
    assert rows_say(desk) == ["acknowledged"]


def test_a_row_revises_what_stands_of_two_statuses_from_rdf_of_one_day(desk: Desk) -> None:
    ids = ("assessment:a-stands", "assessment:z-corrected")  # by name, what stands comes first
    answer = STATUS.replace("ex:watch", "actor:harbour-board").replace("thirdPartyR", "addresseeR")
    answer = answer.replace("rg:thirdParty", "rg:addressee").replace("ex:page", "ex:reply")
    first = answer.replace("ex:status", ids[1])
    then = answer.replace("ex:status", ids[0]).replace("acknowledged", "accepted")
    reply = LIST.replace("ex:page", "ex:reply").replace("ex:list", "ex:letter")
    said = f"{first}{then}{ids[0]} prov:wasRevisionOf {ids[1]} .\n"
    prefix = "@prefix assessment: <https://w3id.org/reformgraph/id/assessment/> .\n"
    taken(desk, PREFIXES + prefix + WATCH + reply + said)
    rows = (
        "id,label,summary,issuers,addressees,themes,axis,status,as_of,by,basis\n"
        "publish-every-fee,,,,,,response,rejected,2025-06-01,harbour-board,addresseeReported\n"
    )
    source = Source("rows.csv", rows.encode())
    desk.take_batch("Ada", source, None, desk.preview("Ada", source), None)
    said_so = [one for file, one in desk.corpus().entries("assessments") if not file.shadow]
    assert said_so[-1].revises == "a-stands"


def rows_say(desk: Desk) -> list[str]:
    """Return the statuses that came by rows of a list."""
    return [one.status for file, one in desk.corpus().entries("assessments")
            if file.imported and not file.shadow]  # fmt: skip


def test_who_recorded_it_elsewhere_is_not_taken_and_is_counted(desk: Desk) -> None:
    curation = "<https://w3id.org/reformgraph/id/curation/theirs>"
    more = (
        f"{curation} a prov:Activity ; rg:reviewStatus 'all is true' .\n"
        f"ex:lamps prov:wasGeneratedBy {curation} .\n"
        "ex:status prov:generatedAtTime '1987-01-01T00:00:00Z'^^xsd:dateTime .\n"
    )
    found = seen(desk, GOOD + more)
    assert found.faults == ()
    assert set(found.batch.left_out.values()) >= {2}
    assert "1987" not in str(found.batch.triples)


def test_who_decides_elsewhere_stays_there(desk: Desk) -> None:
    bo = 'actor:reviewer-bo a foaf:Agent ; rg:actorKind rg:curator ; skos:prefLabel "Bo"@en .'
    found = seen(desk, GOOD + bo)
    assert (found.faults, found.batch.counts["actor"]) == ((), 1)
    assert found.batch.left_out["statements on who decides elsewhere"] == 3


PASSAGE = """\
ex:sentence a rg:Passage ;
    oa:hasSource <https://w3id.org/reformgraph/id/document/harbour-watch-2024> ;
    rg:section "Yearly notes" ; rg:sha256Raw "{raw}" ; rg:sha256Normalised "{normalised}" ;
    oa:hasSelector [ a oa:TextPositionSelector ; oa:start {start} ; oa:end {end} ] ,
        [ a oa:FragmentSelector ; rdf:value "{words}" ;
          dct:conformsTo <https://wicg.github.io/scroll-to-text-fragment/> ] .
"""


def test_a_passage_of_a_document_known_here_is_looked_up_in_it(
    corpus_folder: Callable[..., Path], tmp_path: Path, notes: str
) -> None:
    sha256 = hashlib.sha256(notes.encode()).hexdigest()
    folder = corpus_folder(("a" * 64, sha256))
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "notes.txt").write_text(notes, encoding="utf-8")
    desk = Desk(folder, tmp_path / "home", Documents(tmp_path / "documents"))
    start = notes.index("The board changed")
    place = anchor(notes, start, len(notes) - 1)
    said = PASSAGE.format(**vars(place), words=text_fragment(place.first, place.last))
    told = PREFIXES + WATCH + LIST + STATUS.replace("ex:page", "ex:sentence") + said
    changed = seen(desk, told.replace(place.raw, "b" * 64).replace(place.normalised, "b" * 64))
    assert "The words of the passage are not in this copy" in changed.faults[0]
    taken(desk, told)
    checks = check_passages(desk.corpus(), desk.documents)
    (found,) = [one for one in checks if "foreign" in one.iri and "harbour-watch" in one.iri]
    assert (found.verdict, found.span) == (Verdict.VERIFIED, (place.start, place.end))


# --- what contradicts ----------------------------------------------------------------------------

CONTRADICTIONS = {
    "another publisher": (
        "<https://w3id.org/reformgraph/id/document/harbour-watch-2024> dct:publisher "
        "actor:harbour-board .",
        "document/harbour-watch-2024 is known, and its dct:publisher is not changed",
    ),
    "another issuer": (
        "rec:publish-every-fee rg:issuedBy actor:harbour-board ; "
        "prov:wasAttributedTo actor:harbour-board .",
        "is known, and its",
    ),
    "a second status": (
        "<https://w3id.org/reformgraph/id/assessment/fees-not-adopted> rg:status rg:adopted .",
        "its rg:status is not changed: here it is rg:notAdopted, in the file rg:adopted",
    ),
    "another class": ("actor:harbour-board a rg:State .", "its rdf:type is not changed"),
    "a second label": (
        'actor:harbour-board skos:prefLabel "Another name"@en .',
        "its skos:prefLabel is not changed",
    ),
    "a link nobody stated": (
        "actor:harbour-watch org:memberOf actor:harbour-board .",
        "the link to actor/harbour-board is nobody's statement",
    ),
    "no ask": (
        WATCH + LIST.replace("rg:expressesAsk ask:publish-fees ;", ""),
        "needs the ask it expresses",
    ),
    "no passage": (
        WATCH + LIST.replace("; rg:evidence ex:page", ""), "needs the passage in which it is made",
    ),
    "no as-of day": (
        WATCH + LIST + STATUS.replace('rg:asOf "2025-06-01"^^xsd:date ;', ""),
        "A status needs the one day",
    ),
    "no label in English": (
        WATCH.replace('"Lamp Watch"@en ,', ""), "needs exactly one English label",
    ),
    "the word of who decides here": (
        WATCH + LIST + STATUS.replace("wasAttributedTo ex:watch", "wasAttributedTo actor:clerks"),
        "speaks for actor/clerks, who decides here",
    ),
    "the word of who decides elsewhere": (
        WATCH + LIST + STATUS.replace("butedTo ex:watch", "butedTo actor:reviewer-bo")
        + 'actor:reviewer-bo a foaf:Agent ; rg:actorKind rg:ngo ; skos:prefLabel "Bo"@en .',
        "actor/reviewer-bo is an address for those who decide here",
    ),
    "a false relation of the assessor": (
        WATCH + LIST + STATUS.replace("rg:thirdParty ;", "rg:issuer ;"), "is called",
    ),
    "something unknown": ('actor:nobody skos:altLabel "Nobody"@en .', "is not known here"),
}  # fmt: skip


@pytest.mark.parametrize("case", CONTRADICTIONS)
def test_what_contradicts_is_refused_whole(case: str, desk: Desk) -> None:
    text, expected = CONTRADICTIONS[case]
    with pytest.raises(ReformError) as told:
        taken(desk, PREFIXES + text)
    assert expected in str(told.value)
    assert str(told.value).startswith("lamps.ttl: ")
    assert "\n" not in str(told.value)
    assert not desk.journal.path.parent.exists(), "nothing was written"


BELONGS = """\
{who} org:{how} actor:harbour-board .
ex:belongs a rg:Relation ; rg:evidence ex:page ; prov:wasAttributedTo ex:watch ;
    dct:description "One belongs to the other."@en ; rg:allegation false ;
    rdf:subject {who} ; rdf:predicate org:{how} ; rdf:object actor:harbour-board .
"""


@pytest.mark.parametrize(("kind", "how"), [("ngo", "unitOf"), ("person", "memberOf")])
def test_no_link_may_make_a_known_status_the_word_of_somebody_else(
    kind: str, how: str, corpus_folder: Callable[..., Path], tmp_path: Path
) -> None:
    crew = f"actors:\n  - {{id: crew, label: The crew, kind: {kind}}}\n"
    folder = corpus_folder(("actors:\n", crew), ("by: harbour-watch\n", "by: crew\n"))
    told = PREFIXES + WATCH + LIST + BELONGS.format(who="actor:crew", how=how)
    with pytest.raises(RefusedError, match="would become the word of the addressee, not of the th"):
        taken(Desk(folder, tmp_path / "home"), told)


@pytest.mark.parametrize(("alleged", "standing"), [(False, "addressee"), (True, "thirdParty")])
def test_who_belongs_to_whom_counts_for_later_statuses_unless_it_is_alleged(
    alleged: bool, standing: str, desk: Desk
) -> None:
    told = BELONGS.format(who="ex:pilot", how="memberOf")
    if alleged:
        told = told.partition("\n")[2].replace("rg:allegation false", "rg:allegation true")
    pilot = 'ex:pilot a foaf:Agent , foaf:Person ; rg:actorKind rg:person ; skos:prefLabel "P"@en .'
    taken(desk, PREFIXES + WATCH + LIST + pilot + told)
    corpus = desk.corpus()
    (ident,) = [one.id for _, one in corpus.entries("actors") if one.label == "P"]
    assert Standing(corpus).of(ident, "publish-every-fee", "2025") == standing


def test_who_signed_as_an_rdf_file_says_counts_for_later_statuses(
    corpus_folder: Callable[..., Path], tmp_path: Path
) -> None:
    letter = "  - {id: letter, title: A letter, kind: letter, passages: [ask]}\n"
    made_in = ("    label: Publish every fee", "    made_in: letter\n    label: Publish every fee")
    folder = corpus_folder(made_in, ("actors:\n", f"mentioned_documents:\n{letter}actors:\n"))
    desk = Desk(folder, tmp_path / "home")
    signed = (
        "ex:signed a rg:Signature ; rg:signatory ex:watch ; prov:wasAttributedTo ex:watch ;\n"
        "rg:signs <https://w3id.org/reformgraph/id/document/letter> ; rg:evidence ex:page .\n"
    )
    taken(desk, PREFIXES + WATCH + LIST + signed)
    corpus = desk.corpus()
    (watch,) = [one.id for _, one in corpus.entries("actors") if one.label == "Lamp Watch"]
    assert Standing(corpus).of(watch, "publish-every-fee", "2025") == "issuer"


def test_a_withheld_name_and_copied_words_are_refused(
    corpus_folder: Callable[..., Path], tmp_path: Path, notes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(corpus_folder(("  read: whole", "  withheld: [[0, 12]]\n  read: whole")), tmp_path)
    monkeypatch.setattr(Desk, "text_of", lambda *_: notes)
    with pytest.raises(RefusedError, match="gives away a name"):
        taken(desk, GOOD.replace("Light the pier", "Help Yearly notes"))
    copied = notes.splitlines()[2]
    with pytest.raises(RefusedError, match="stands in the document word for word"):
        taken(desk, GOOD.replace("The board should light the pier.", copied))


# --- what no file may say ------------------------------------------------------------------------

A = "ex:a a foaf:Agent ; "
REFUSED = {
    "a relative address": ("<a> a foaf:Agent .", "line 19: is not valid RDF: No scheme"),
    "a script": (A + "foaf:page <javascript:alert(1)> .", "is not a web address"),
    "a data address": (A + "foaf:page <data:text/html,x> .", "is not a web address"),
    "a file": (A + "foaf:page <file:///etc/passwd> .", "is not a web address"),
    "a mail address": (A + "foaf:page <mailto:a@b.example> .", "is not a web address"),
    "a password": (A + "foaf:page <https://me:secret@b.example/> .", "user name or a password"),
    "no host": (A + "foaf:page <https:///x> .", "names no host"),
    "a counterfeit host": (A + "foaf:page <https://\u0430pple.example/> .", "U+0430"),
    "a hidden line end": (A + "foaf:page <https://b.example/%0A> .", "in a %-escape"),
    "a hidden turn": (A + "foaf:page <https://b.example/%E2%80%AE> .", "in a %-escape"),
    "a broken escape": (A + "foaf:page <https://b.example/%zz> .", "line 19: is not valid RDF"),
    "a control character": (A + 'skos:prefLabel "a\\u0007b"@en .', "a control character (U+0007)"),
    "a NUL": (A + 'skos:prefLabel "a\\u0000b"@en .', "a control character (U+0000)"),
    "a turn": (A + 'skos:prefLabel "a\\u202Eb"@en .', "turns the direction of writing (U+202E,"),
    "a turn as it is": (A + 'skos:prefLabel "a\u2066b"@en .', "line 19: holds a character that"),
    "an invisible letter": (A + 'skos:prefLabel "a\\u200Bb"@en .', "an invisible character"),
    "a joiner in Latin": (A + 'skos:prefLabel "pay\\u200Dpal"@en .', "an invisible character"),
    "a counterfeit": (A + 'skos:prefLabel "H\u0430rbour"@en .', "mixes Cyrillic and Latin letters"),
    "a Greek counterfeit": (A + 'skos:prefLabel "H\u03b1rbour"@en .', "mixes Greek and Latin"),
    "wide letters": (A + 'skos:prefLabel "\uff28arbour"@en .', "passes for a plain letter"),
    "piled accents": (A + f'skos:prefLabel "a{chr(0x301) * 9}"@en .', "piles more than 6 accents"),
    "a blank label": (A + 'skos:prefLabel "  "@en .', "is blank"),
    "a long label": (A + f'skos:prefLabel "{"a" * 161}"@en .', "longer than 160 characters"),
    "a long text": (A + f'skos:note "{"a " * 1001}"@en .', "longer than 2,000 characters"),
    "a label in two lines": (A + 'skos:prefLabel "a\\nb"@en .', "more than one line"),
    "two labels": (A + 'skos:prefLabel "One"@en , "Two"@en .', "is said twice"),
    "30 February": (A + 'rg:asOf "2023-02-30"^^xsd:date .', "is no xsd:date"),
    "year 0": (A + 'rg:asOf "0000-01-01"^^xsd:date .', "is no xsd:date"),
    "a year of five digits": (A + 'rg:asOf "12023-01-01"^^xsd:date .', "is no xsd:date"),
    "24 o'clock": (A + 'prov:endedAtTime "2023-01-01T25:00:00Z"^^xsd:dateTime .', "is no xsd:date"),
    "a date of level 2": (A + 'rg:edtf "2004-06-~11" .', "not taken. Write 2004-06-11."),
    "month 13": (A + 'rg:edtf "2023-13" .', "is no date"),
    "a day beside its date": (
        A + 'rg:edtf "2023-11" ; rg:earliest "2022-01-01"^^xsd:date .', "says otherwise",
    ),
    "a period beside its day": (
        A + 'rg:asOf "2025-06-01"^^xsd:date ; rg:asOfEdtf "2016" .', "not beside rg:asOf",
    ),
    "half a period": (A + 'rg:asOfLatest "2025-06-01"^^xsd:date .', "belongs with rg:asOfEdtf"),
    "another period than its days": (
        A + 'rg:asOfEdtf "2016" ; rg:asOfEarliest "2016-01-01"^^xsd:date ; '
        'rg:asOfLatest "2025-12-31"^^xsd:date .', "rg:asOfLatest says otherwise",
    ),
    "a period without its days": (A + 'rg:asOfEdtf "2016" .', "rg:asOfEarliest says otherwise"),
    "a period that is none": (A + 'rg:asOfEdtf "some day" .', "is no date"),
    "a number of many digits": (A + f"rg:sequence {'9' * 40} .", "is no xsd:integer"),
    "a float": (A + "rg:quantity 1e9 .", "has the datatype xsd:double"),
    "HTML": (A + 'skos:note "<b>x</b>"^^rdf:HTML .', "has the datatype rdf:HTML"),
    "no language": (A + 'skos:prefLabel "x"@qqqqq .', "has the language"),
    "no language at all": (A + 'skos:prefLabel "x"@e .', "line 19"),
    "a direction": (A + 'skos:prefLabel "some words"@en--rtl .', "has a base direction"),
    "a triple in a triple": (A + "rg:about <<( ex:a a ex:b )>> .", "a triple inside a triple"),
    "a name of a person": (A + 'foaf:familyName "Somebody" .', "foaf:familyName is not known here"),
    "a quotation": (A + 'oa:exact "words" .', "oa:exact is not known here"),
    "an unknown property of ours": (A + 'rg:victim "x" .', "rg:victim is no property of ours"),
    "an unknown word of ours": (A + "rg:actorKind rg:king .", "rg:king is no term of ours"),
    "an unknown class": ("ex:a a sh:NodeShape .", "the class sh:NodeShape is not known here"),
    "a class of ours": ("rg:Ask rdfs:subClassOf foaf:Agent .", "speaks of rg:Ask, a term"),
    "a word of ours": ('rg:adopted skos:prefLabel "Not adopted"@en .', "speaks of rg:adopted"),
    "a rule": ("sh:NodeShape a foaf:Agent .", "speaks of sh:NodeShape"),
    "a rule switched off": (
        "<https://w3id.org/reformgraph/shapes#StatusIsKnown> sh:deactivated true .", "speaks of",
    ),
    "an import": (A + "owl:imports <https://b.example/> .", "owl:imports is not known here"),
    "a target": (A + "sh:targetNode rg:Ask .", "sh:targetNode is not known here"),
    "no class": ('ex:a skos:prefLabel "Nothing"@en .', "has no class (rdf:type)"),
    "two kinds": ("ex:a a foaf:Agent , rg:Ask .", "is actor and ask at once"),
    "an address of another kind": ("actor:x a rg:Ask .", "is of the kind ask, and its"),
    "an address of no kind": (
        "<https://w3id.org/reformgraph/id/king/x> a foaf:Agent .", "is no address of ours",
    ),
    "a passage of nothing": ("ex:p a rg:Passage .", "is not a passage of one document"),
    "a list": (A + f"rg:about ({'1 ' * 50}) .", "rdf:first is not known here"),
    "nothing": ("", "says nothing that could be taken in"),
    "nesting": ("(" * 70, "line 19: nests deeper than 64 levels"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_a_file_may_not_say_is_told_with_its_line(case: str) -> None:
    text, expected = REFUSED[case]
    told = refused(PREFIXES + text)
    assert expected in told
    if case not in ("nothing", "a triple in a triple"):
        assert told.startswith(f"lamps.ttl line {LINES + 1}: ")


@pytest.mark.parametrize(
    "label",
    ["\u0645\u0646\u0638\u0645\u0629 \u062d\u0642", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647",
     "\u041b\u0430\u043c\u043f\u0430 \u0438 NGO", "\u6771\u4eac\u30bf\u30ef\u30fcABC",
     "M\u00fcller\u2013Stra\u00dfe", "\u03b2-Karotin",
     "\u0928\u094d\u200d\u0928", "Zna\u02bcmianka"],
)  # fmt: skip
def test_words_of_one_script_are_right_whatever_the_script(label: str) -> None:
    assert checked(f'{PREFIXES}{A}skos:prefLabel "{label}"@en .'.encode(), "a.ttl").triples


XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:foaf="http://xmlns.com/foaf/0.1/">\n{}</rdf:RDF>'
)
FORMS = {
    "a DOCTYPE": ("a.rdf", '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "b">]>\n<x/>',
                  "a.rdf line 2: declares a DOCTYPE"),
    "other encodings": ("a.xml", '<?xml version="1.0" encoding="ISO-8859-1"?>\n<x/>', "line 1"),
    "XML that is none": ("a.owl", "<a>\n<b>\n</a>", "a.owl line 3: is not valid XML"),
    "a relative subject": ("a.rdf", XML.format('<foaf:Agent rdf:about="x"/>'), "a.rdf line 2"),
    "a relative id": ("a.rdf", XML.format('<foaf:Agent rdf:ID="x"/>'), "No scheme found"),
    "deep elements": ("a.rdf", "<a>" * 100, "nests deeper than 64 levels"),
    "a remote context": ("a.jsonld", '{"@context":\n"https://b.example/c", "@id": "x"}',
                         "a.jsonld line 2: takes its @context from elsewhere"),
    "a remote context in a list": ("a.jsonld", '{"@context": [{}, "c.json"]}', "from elsewhere"),
    "an imported context": ("a.jsonld", '{"@context": {"@import": "c.json"}}', "from elsewhere"),
    "a hidden context": ("a.jsonld", '{"https://b.example/p": {"@context": "c"}}', "elsewhere"),
    "a relative id in JSON": ("a.jsonld", '{"@type": "https://b.example/T",\n"@id": "x"}',
                              "a.jsonld line 2: “x” is a relative address"),
    "a key without meaning": ("a.jsonld", '{"@id": "https://b.example/",\n"name": "x"}',
                              "a.jsonld line 2: has a key “name”"),
    "a file as base": ("a.jsonld", json.dumps({"@context": {"@base": "file:///"}, "@id": "x",
                                               "@type": "http://xmlns.com/foaf/0.1/Agent"}),
                       "is not a web address"),
    "one key twice": ("a.jsonld", '{"@id": "https://b.example/",\n"@id": "https://c.example/"}',
                      "twice"),
    "half a character": ("a.jsonld", '{"https://b.example/p":\n"\\ud800"}', "line 2: holds half"),
    "a key without meaning, after a large number": (
        "a.jsonld", f'{{"https://b.example/n": {"9" * 400},\n"name": "x"}}', "line 2: has a key"),
    "deep objects": ("a.jsonld", '{"@graph":' * 90, "nests deeper than 64 levels"),
    "JSON that is none": ("a.jsonld", "{\n", "a.jsonld line 2: is not valid JSON"),
    "half an escape": ("a.nt", '<https://b.example/> <https://b.example/> "\\uD800" .', "line 1"),
    "Turtle in N-Triples": ("a.nt", "\n@prefix a: <https://b.example/> .", "a.nt line 2"),
    "UTF-16": ("a.ttl", "x".encode("utf-16"), "a.ttl line 1: is written in UTF-16"),
    "Latin-1": ("a.ttl", "#\n# \u00e9".encode("latin-1"), "line 2: holds a byte that is not UTF-8"),
    "a NUL in the file": ("a.nq", b"#\n\0", "a.nq line 2: holds a control character"),
}  # fmt: skip


@pytest.mark.parametrize("case", FORMS)
def test_what_is_not_of_its_form_is_told_with_its_line(case: str) -> None:
    name, text, expected = FORMS[case]
    assert expected in refused(text, name)


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "laughs": ("a.rdf", lambda: b'<!DOCTYPE l [<!ENTITY a "ha">' + b'<!ENTITY b "&a;&a;">' * 9),
    "brackets": ("a.ttl", lambda: b"[" * 100_000),
    "elements": ("a.rdf", lambda: b"<a>" * 100_000),
    "objects": ("a.jsonld", lambda: b'{"a":' * 10_000 + b"1" + b"}" * 10_000),
    "a long list": ("a.ttl", lambda: b"<https://e.example/> a (" + b"1 " * 100_000 + b") ."),
    "a long text": ("a.ttl", lambda: b'<https://e.example/> a "' + b"x" * 23_000_000),
    "a longer text": ("a.nt", lambda: b"x" * 25_000_000),
}  # fmt: skip


READ_APART = """
import re, resource, sys
from pathlib import Path
from ingest.rdf.reading import read_checked
from ontology.errors import ReformError
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
begun = sum(one.ru_utime for one in used)
try:
    read_checked(sys.stdin.buffer.read(), sys.argv[1])
except ReformError as error:
    print(error)
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
# The most that rusage tells of itself is that of the process it was started from, if that is more.
itself = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
print(sum(one.ru_utime for one in used) - begun, max(itself, used[1].ru_maxrss))
"""


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_in_bounded_time_and_memory(bomb: str) -> None:
    name, make = BOMBS[bomb]
    # In a process of its own: here the largest of all that was ever started would be measured.
    told = subprocess.run(
        [sys.executable, "-c", READ_APART, name], input=make(), capture_output=True, check=True
    ).stdout.decode()
    line, used = told.splitlines()
    assert re.match(r"a\.\w+(:| line)", line)
    seconds, kilobytes = used.split()
    assert float(seconds) < 10
    assert int(kilobytes) < 512 * 1024


def test_nodes_that_cannot_be_told_apart_are_refused_at_once() -> None:
    nodes = range(40)
    near = [f"_:n{i} skos:broader _:n{j} ." for i in nodes for j in nodes if i != j]
    poison = PREFIXES + "".join(f"_:n{i} a skos:Concept ." for i in nodes) + "\n".join(near)
    told = refused(poison)
    assert "says nothing by which it could be told from another one. Give each an address." in told
