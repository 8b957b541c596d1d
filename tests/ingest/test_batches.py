"""Imports: rows of the template and of foreign lists become facts, all of a file or none."""

from __future__ import annotations

import csv
import datetime as dt
import io
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from rdflib import RDF, Literal

from ingest.facts import CorpusFile, Recommendation
from ingest.imports import Source, preview
from ingest.passages import Verdict
from ingest.pipeline import snapshot_of
from ingest.reading import (
    Corpus,
    Curation,
    LoadedFile,
    joined,
    read_corpus,
    shipped_corpus,
)
from ingest.tables.batches import Batch, read_batch
from ingest.tables.mapping import read_mapping, shipped_mapping, shipped_mappings
from ingest.tables.reading import table_of
from ingest.tables.rows import verify_rows
from ingest.tables.template import template
from ingest.yamlfiles import CorpusMistakesError
from ontology.errors import NotFoundError, ReformError
from ontology.identifiers import iri
from ontology.spreadsheets import guarded, unguarded
from ontology.terms import OA, PROV, RG
from ontology.validation import validate

AT = dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC)
FULL = {
    "label": "Dredge the harbour", "summary": "The board should deepen the channel.",
    "issuers": "harbour-watch", "addressees": "Harbour Board", "themes": "fees",
}  # fmt: skip
STATUS = {
    "axis": "response", "status": "accepted", "as_of": "2025-05-01", "by": "harbour-board",
    "basis": "addresseeReported",
}  # fmt: skip
LIST = """\
State,Said,From,Answer,Issue,Year,Grade
Malta,"Lower the fees.",Crews,Yes,"Fees, Safety",1999,3
Malta,lower  the fees,Pilots,Yes,Fees,1999,2
Malta,Lower the fees,Pilots,Yes,Fees,1999,2

Malta,Lower the fees,Ghosts &amp; Co,No,Other,1999,1
Cyprus,Open at night,?,Perhaps,,2001,1
"""
MAPPING = """\
format: 1
file:
  html_entities: true
document:
  id: harbour-list
  title: The harbour list
  publisher: {name: Harbour Watch, kind: ngo}
  language: en
columns:
  text: Said
  addressees: {column: State, kind: state}
  issuers: {column: From, kind: ngo, unknown: ["?"]}
  themes: {column: Issue, separator: ",", drop: [Other]}
  date: {column: Year, values: {"1999": "1999"}}
  response:
    column: Answer
    values:
      "Yes": {status: accepted}
      "No": {status: rejected, note: The list says no.}
    as_of: {column: Year, values: {"1999": 1999-12-31, "2001": 2001-12-31}}
group_by: [State, Said]
label: Recommendation to {addressees}, {Year}
summary: "Made by {issuers} to {addressees}, on {themes}. Answer: {Answer}."
"""


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read tables here: a process apiece would take half a second each time."""

    def read(data: bytes, name: str, *, limits: object = None, **form: Any) -> object:
        assert limits is None
        return table_of(data, name, **form)

    monkeypatch.setattr("ingest.tables.batches.read_table", read)


@pytest.fixture
def corpus(corpus_folder: Callable[..., Path]) -> Corpus:
    return read_corpus(corpus_folder())


def _csv(*rows: dict[str, str]) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _read(data: bytes, corpus: Corpus, mapping: str | None = None, **more: Any) -> Batch:
    encoded = None if mapping is None else mapping.encode()
    return read_batch(data, "mine.csv", encoded, corpus, at=AT, by="clerks", **more)


def _after(corpus: Corpus, *batches: Batch) -> Corpus:
    files = corpus.files
    for number, batch in enumerate(batches, 1):
        files = [file.without(batch.replaces) for file in files] + batch.loaded(number=number)
    return joined(files)


def _violations(corpus: Corpus) -> list[str]:
    found = validate(snapshot_of(corpus).data())
    return [finding.message for finding in found if finding.severity == "Violation"]


def _said(batch: Batch) -> list[str]:
    return [str(error) for error in batch.errors]


def _recommendation(corpus: Corpus, ident: str) -> Any:
    return next(e for _, e in corpus.entries("recommendations") if e.id == ident)


# --- the template --------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("shipped", [False, True])
def test_what_is_exported_and_imported_unchanged_changes_nothing(
    form: Any, shipped: bool, corpus: Corpus
) -> None:
    known = read_corpus(shipped_corpus()) if shipped else corpus
    batch = _read(template(known, form, filled=True), known)
    assert (_said(batch), batch.brings_nothing) == ([], True)
    assert (
        batch.counts.unchanged == batch.counts.rows == len(list(known.entries("recommendations")))
    )


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_empty_template_has_nothing_to_import(form: Any, corpus: Corpus) -> None:
    data = template(corpus, form, filled=False)
    with pytest.raises(ReformError, match="has no row below its header"):
        _read(data, corpus)


def test_the_workbook_lists_allowed_words_and_known_ids(corpus: Corpus) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template(corpus, "xlsx", filled=False)))
    told = {(row[0].value, row[1].value) for row in book["Words and ids"].iter_rows()}
    assert {
        ("status", "underConsideration"), ("basis", "textRead"), ("issuers", "harbour-watch"),
        ("asks", "publish-fees"), ("themes", "fees"), ("process", "by-laws-2024"),
        ("new actors", "Name [ngo]"),
    } <= told  # fmt: skip
    offered = book["Recommendations"].data_validations.dataValidation
    assert any("response,adoption,practice" in one.formula1 for one in offered)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\t=1", "\x01=", "\uff1d1", "'=1", "''-1", "plain", "'s"]
)
def test_text_that_begins_like_a_formula_is_kept_from_running(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\x01", "\uff1d"))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_exported_formula_is_text_and_comes_back_as_it_was(
    form: Any, corpus_folder: Callable[..., Path]
) -> None:
    risky = "label: =HYPERLINK(1)"
    known = read_corpus(
        corpus_folder(("label: Publish every fee\n", f'{risky[:6]} "{risky[7:]}"\n'))
    )
    data = template(known, form, filled=True)
    if form == "csv":
        assert b"'=HYPERLINK" in data
        assert b",=HYPERLINK" not in data
    else:
        cell = openpyxl.load_workbook(io.BytesIO(data))["Recommendations"]["B2"]
        assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", "=HYPERLINK(1)", True)
    assert _read(data, known).brings_nothing


def test_a_new_row_becomes_a_recommendation_that_hangs_on_its_row(corpus: Corpus) -> None:
    data = _csv(FULL)
    batch = _read(data, corpus)
    assert (_said(batch), batch.counts.new, batch.replaces) == ([], 1, ())
    after = _after(corpus, batch)
    entry = _recommendation(after, batch.changes[0].recommendation)
    assert (entry.label, entry.addressees, entry.asks) == (FULL["label"], ["harbour-board"], [])
    graph = snapshot_of(after).data()
    node = iri("recommendation", entry.id)
    passage = graph.value(node, RG.evidence)
    selector = graph.value(passage, OA.hasSelector)
    assert graph.value(selector, RDF.value) == Literal("row=2")
    rows = batch.facts[0].passages.values()
    assert verify_rows(rows, table_of(data, "mine.csv")) == [(Verdict.VERIFIED, 2)]
    curation = graph.value(node, PROV.wasGeneratedBy)
    assert (curation, RDF.type, RG.Import) in graph
    assert graph.value(curation, RG.reviewStatus) == Literal("imported, not reviewed", lang="en")
    assert _violations(after) == []


def test_an_import_without_asks_is_told_once_as_information(corpus: Corpus) -> None:
    two = [FULL, FULL | {"label": "Dredge again"}]
    found = validate(snapshot_of(_after(corpus, _read(_csv(*two), corpus))).data())
    told = [f for f in found if "not linked to an ask" in f.message]
    assert [(f.severity, f.message.endswith(": 2.")) for f in told] == [("Info", True)]


def test_a_recommendation_that_was_not_imported_still_needs_its_ask(corpus: Corpus) -> None:
    graph = snapshot_of(_after(corpus, _read(_csv(FULL), corpus))).data()
    graph.remove((None, RG.expressesAsk, None))
    messages = [f.message for f in validate(graph) if f.severity == "Violation"]
    assert messages == [
        "A recommendation needs the ask it expresses, so that it can be compared with others."
    ]


def test_importing_a_file_twice_makes_no_duplicate(corpus: Corpus) -> None:
    data = _csv(FULL | STATUS)
    batch = _read(data, corpus)
    assert (batch.counts.new, batch.counts.statuses) == (1, 1)
    again = _read(data, _after(corpus, batch))
    assert (again.brings_nothing, again.counts.unchanged, again.counts.statuses) == (True, 1, 0)


def test_the_same_file_gives_the_same_facts(corpus: Corpus) -> None:
    data = _csv(FULL | {"issuers": "Pilots [ngo]; HW"} | STATUS)
    assert _read(data, corpus) == _read(data, corpus)


def test_a_correction_replaces_the_reading_and_keeps_its_passages(corpus: Corpus) -> None:
    row = {"id": "publish-every-fee", "label": "Publish all fees", "date": "", "asks": ""}
    batch = _read(_csv(row), corpus)
    assert batch.replaces == ("recommendation:publish-every-fee",)
    (change,) = batch.changes
    assert [(c.field, c.old, c.new) for c in change.fields] == [
        ("label", "Publish every fee", "Publish all fees")
    ]
    after = _after(corpus, batch)
    before, entry = (_recommendation(c, "publish-every-fee") for c in (corpus, after))
    assert entry == before.model_copy(update={"label": "Publish all fees"})
    assert _violations(after) == []


def test_a_value_is_taken_away_only_where_it_may_be(corpus: Corpus) -> None:
    batch = _read(_csv({"id": "publish-every-fee", "date": "(none)"}), corpus)
    assert _recommendation(_after(corpus, batch), "publish-every-fee").date is None
    refused = _read(_csv({"id": "publish-every-fee", "asks": "(none)"}), corpus)
    assert _said(refused) == [
        "mine.csv row 2 column asks: cannot be taken away. Write the new value."
    ]


def test_a_status_in_a_row_is_added_and_never_overwrites(corpus: Corpus) -> None:
    row = {"id": "publish-every-fee"} | STATUS
    batch = _read(_csv(row), corpus)
    assert (batch.replaces, batch.counts.statuses, batch.counts.unchanged) == ((), 1, 1)
    after = _after(corpus, batch)
    other = _read(_csv(row | {"status": "rejected"}), after)
    both = _after(after, other)
    found = [e for _, e in both.entries("assessments") if e.axis == "response"]
    assert [e.status for e in found] == ["accepted", "rejected"]
    assert found[1].revises == found[0].id
    assert _violations(both) == []


@pytest.mark.parametrize("as_of", ["2024-06-30", "2025-03", "2025", "2025-03/2025-10", "../2025~"])
def test_a_status_in_a_row_may_speak_for_a_day_or_a_period(as_of: str, corpus: Corpus) -> None:
    row = {"id": "publish-every-fee"} | STATUS | {"as_of": as_of}
    batch = _read(_csv(row), corpus)
    assert _said(batch) == []
    after = _after(corpus, batch)
    (found,) = [e for _, e in after.entries("assessments") if e.axis == "response"]
    assert found.as_of == as_of
    assert _violations(after) == []


def test_no_row_speaks_for_somebody_else_who_decides_here(corpus: Corpus) -> None:
    forged = {"id": "publish-every-fee", **STATUS, "by": "Reviewer Bob [curator]"}
    asked = {**FULL, "issuers": "harbour-watch; Reviewer Bob [curator]"}
    changed = {"id": "publish-every-fee", "issuers": "harbour-watch; Reviewer Bob [curator]"}
    wrong = "`reviewer-bob` decides here and speaks for itself, not through a file. Name another"
    for row, column in ((forged, "by"), (asked, "issuers"), (changed, "issuers")):
        batch = preview("Eve", Source("mine.csv", _csv(row)), None, corpus)
        assert [f"mine.csv row 2 column {column}: {wrong} actor."] == _said(batch)
        assert batch.facts == ()
        assert _said(preview("Bob", Source("mine.csv", _csv(row)), None, corpus)) == []


def test_new_actors_and_themes_are_made_where_the_row_says_so(corpus: Corpus) -> None:
    batch = _read(
        _csv(FULL | {"issuers": "Pilots [ngo];harbour-watch", "themes": "Depth [new]"}), corpus
    )
    assert _said(batch) == []
    (actor,), (theme,) = batch.facts[0].actors, batch.facts[0].themes
    assert (actor.id, actor.label, actor.kind) == ("pilots", "Pilots", "ngo")
    assert (theme.id, theme.label) == ("depth", "Depth")
    assert _violations(_after(corpus, batch)) == []


def test_the_same_mistake_in_many_rows_is_told_in_one_line(corpus: Corpus) -> None:
    rows = [FULL | {"label": f"Dredge pier {n}", "issuers": "Nobody"} for n in range(8)]
    batch = _read(_csv(*rows, FULL | {"issuers": "No one"}), corpus)
    assert [line.partition(". ")[0] for line in _said(batch)] == [
        "mine.csv row 2 column issuers: there is no actor “Nobody” (and in 7 rows more: "
        "3, 4, 5, 6, 7, …)",
        "mine.csv row 10 column issuers: there is no actor “No one”",
    ]
    assert batch.counts.refused == 9


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"date": "yesterday"}, "column date: 'yesterday' is not a date. Write 2025"),
        ({"date": "2004-06-~11"}, "column date: '2004-06-~11' is of level 2 of EDTF, which is not "
         "taken. Write 2004-06-11."),
        (STATUS | {"as_of": "[2024,2025]"}, "column as_of: '[2024,2025]' is of level 2"),
        ({"label": "Dredge\u200b it"}, "column label: holds an invisible character (U+200B"),
        ({"issuers": "Pil\u043ets [ngo]"}, "column issuers: “Pil\u043ets” is no name: mixes Cy"),
        ({"label": "x" * 161}, "column label: String should have at most 160 characters."),
        ({"issuers": "Harbor Watch"}, "column issuers: there is no actor “Harbor Watch”. Write "
         "`harbour-watch` if that is meant, or `Harbor Watch [state]` for a new one."),
        ({"issuers": "Pilots [boat]"}, "column issuers: `boat` is not a kind of actor. Use one of"),
        ({"issuers": ""}, "column issuers: is empty in a row without id. Fill it in."),
        ({"themes": "Depth"}, "column themes: there is no theme “Depth”. Write its id, or "
         "`Depth [new]` for a new one."),
        ({"asks": "dredge"}, "column asks: there is no ask “dredge”. Leave the cell empty and"),
        ({"made_in": "letter"}, "column made_in: there is no document “letter”. Write the id of"),
        ({"id": "publish-every-fees"}, "column id: there is no recommendation `publish-every-fees`"
         ". Write `publish-every-fee` if that is meant, or leave the cell empty for a new one."),
        ({"id": "Not an id"}, "column id: `Not an id` is no id."),
        (STATUS | {"by": ""}, "column by: is empty, but a status is begun. Fill it in."),
        (STATUS | {"status": "acepted"}, "column status: `acepted` is not a status of the"),
        (STATUS | {"axis": "answer"}, "column axis: `answer` is no axis. Use one of: response"),
        (STATUS | {"basis": "hearsay"}, "column basis: `hearsay` is no basis. Use one of"),
        (STATUS | {"as_of": "2025-13-01"}, "column as_of: '2025-13-01' is not a date. Wr"),
        (STATUS | {"as_of": "2027-01-01"}, "column as_of: 2027-01-01 is later than today."),
        (STATUS | {"axis": "adoption", "status": "adopted"}, "column provision: is empty, but "
         "`adopted` cites a text."),
        (STATUS | {"axis": "practice", "status": "noInformation"}, "column status: `noInformation` "
         "needs a look"),
    ],
)  # fmt: skip
def test_one_wrong_row_refuses_the_batch_and_says_row_column_and_what_to_do(
    row: dict[str, str], said: str, corpus: Corpus
) -> None:
    good = FULL | {"label": "Dredge again"} | dict.fromkeys(["id", "date", "asks", "made_in"], "")
    batch = _read(_csv(good, FULL | row), corpus)
    assert any(line.startswith(f"mine.csv row 3 {said}") for line in _said(batch)), _said(batch)
    assert (batch.facts, batch.replaces, batch.brings_nothing) == ((), (), False)
    assert batch.counts.refused == 1


def _crowd(corpus: Corpus, many: int = 6000) -> list[LoadedFile]:
    """Return a corpus with many recommendations more, whose ids are alike."""
    one = _recommendation(corpus, "publish-every-fee")
    more = [one.model_copy(update={"id": f"long-list-{i * 7919:09x}"}) for i in range(many)]
    (file,) = corpus.files
    facts = file.facts.model_copy(update={"recommendations": [one, *more]})
    return [replace(file, facts=facts)]


def test_many_wrong_ids_are_each_told_with_the_nearest_in_a_moment(corpus: Corpus) -> None:
    known = Corpus(_crowd(corpus))
    rows = [{"id": f"long-list-{i * 7919:09x}x", "label": "More lamps"} for i in range(200)]
    began = time.process_time()
    said = _said(_read(_csv(*rows), known))
    assert time.process_time() - began < 4
    assert len(said) == 200
    assert "Write `long-list-000001eef` if that is meant" in said[1]


def test_many_references_to_nothing_are_told_in_a_moment(corpus: Corpus) -> None:
    (file,) = _crowd(corpus)
    (status,) = file.facts.assessments
    wrong = [status.model_copy(update={"id": f"s-{i}", "of": f"long-lisp-{i}"}) for i in range(200)]
    facts = file.facts.model_copy(update={"assessments": wrong})
    began = time.process_time()
    with pytest.raises(CorpusMistakesError) as error:
        joined([replace(file, facts=facts)])
    assert time.process_time() - began < 4
    assert len(str(error.value).splitlines()) == 200


def test_a_doubled_row_is_told(corpus: Corpus) -> None:
    assert _said(_read(_csv(FULL, FULL), corpus))[0].startswith(
        "mine.csv row 3 column id: `imported-"
    )
    ident = {"id": "publish-every-fee"}
    assert _said(_read(_csv(ident, ident), corpus)) == [
        "mine.csv row 3 column id: `publish-every-fee` stands in row 2 too. Keep one."
    ]


def test_a_formula_in_a_row_is_told_and_nothing_is_computed(corpus: Corpus) -> None:
    book = openpyxl.Workbook()
    book.active.append(list(FULL))
    book.active.append(["=A1", *list(FULL.values())[1:]])
    out = io.BytesIO()
    book.save(out)
    assert _said(_read(out.getvalue(), corpus))[0] == (
        "mine.csv row 2 column label: holds a formula. Paste its value instead."
    )
    book.active.row_dimensions[2].hidden = True
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(ReformError, match=r"mine\.csv: has hidden rows or columns"):
        _read(out.getvalue(), corpus)


def test_a_header_that_is_not_the_templates_is_refused(corpus: Corpus) -> None:
    with pytest.raises(ReformError, match=r"row 1 column lable: is no column .* Write `label`"):
        _read(b"id,lable\na,b\n", corpus)
    with pytest.raises(ReformError, match=r"row 1: lacks the column id"):
        _read(b"label,summary\na,b\n", corpus)


def test_a_row_longer_than_the_header_is_told_and_a_shorter_one_is_read(corpus: Corpus) -> None:
    batch = _read(b"id,label\npublish-every-fee\npublish-every-fee,a,b\n", corpus)
    assert "mine.csv row 3: has more cells than the header. Quote cells" in _said(batch)[0]
    assert all("row 2" not in line.split(":")[0] for line in _said(batch))


# --- foreign lists -------------------------------------------------------------------------------


def test_rows_of_one_text_are_one_recommendation_and_every_row_is_accounted_for(
    corpus: Corpus,
) -> None:
    batch = _read(LIST.encode(), corpus, MAPPING)
    counts = batch.counts
    assert _said(batch) == []
    assert counts.rows == counts.blank + counts.recommendations + counts.merged + counts.repeated
    assert (counts.rows, counts.blank, counts.recommendations) == (6, 1, 3)
    assert (counts.merged, counts.repeated, counts.issuers) == (1, 1, 3)
    first, apart, unknown = batch.facts[0].recommendations
    assert (first.issuers, first.passages) == (["crews", "pilots"], ["row-2", "row-3", "row-4"])
    assert first.themes == ["fees", "safety"]
    assert apart.issuers == ["ghosts-co"]
    assert (unknown.issuers, unknown.issuer_basis) == ([], "notGivenBySource")
    statuses = [(a.of, a.status, a.note, a.by) for a in batch.facts[0].assessments]
    assert statuses == [
        (first.id, "accepted", None, "malta"),
        (apart.id, "rejected", "The list says no.", "malta"),
    ]
    assert _violations(_after(corpus, batch)) == []


def test_what_could_not_be_mapped_is_listed(corpus: Corpus) -> None:
    batch = _read(LIST.encode(), corpus, MAPPING)
    assert {(u.what, u.value, u.rows, u.first_row) for u in batch.unmapped} == {
        ("column", "Grade", 5, 2),
        ("issuers, not given", "?", 1, 7),
        ("theme", "Other", 1, 6),
        ("Answer", "Perhaps", 1, 7),
        ("date", "2001", 1, 7),
    }


def test_an_answer_of_another_day_in_a_group_is_told(corpus: Corpus) -> None:
    later = LIST + "Malta,Lower the fees,Cooks,Yes,Fees,2001,2\n"
    batch = _read(later.encode(), corpus, MAPPING)
    assert batch.facts[0].assessments[0].as_of == "1999-12-31"
    told = {(u.what, u.value, u.rows, u.first_row) for u in batch.unmapped}
    assert ("as-of day, another than that of its group", "2001", 1, 8) in told


def test_the_text_of_a_row_never_enters_the_graph(corpus: Corpus) -> None:
    graph = snapshot_of(_after(corpus, _read(LIST.encode(), corpus, MAPPING))).data()
    texts = " ".join(str(target) for _, _, target in graph).casefold()
    assert "lower" not in texts
    assert "recommendation to malta, 1999, row 2 (imported, not reviewed)" in texts


def test_a_longer_list_later_changes_only_what_it_says_anew(corpus: Corpus) -> None:
    after = _after(corpus, _read(LIST.encode(), corpus, MAPPING))
    longer = LIST + "Malta,Lower the fees,Cooks,Yes,Fees,1999,2\nMalta,New,Cooks,Yes,Fees,1999,2\n"
    batch = _read(longer.encode(), after, MAPPING)
    counts = batch.counts
    assert (counts.new, counts.changed, counts.unchanged, counts.statuses) == (1, 1, 2, 1)
    changed = next(change for change in batch.changes if change.what == "changed")
    assert [(c.field, c.new) for c in changed.fields] == [("issuers", "crews; pilots; cooks")]
    whole = _after(after, batch)
    assert _violations(whole) == []
    assert _read(longer.encode(), whole, MAPPING).brings_nothing


def _by_row(corpus: Corpus, ident: str) -> Corpus:
    row = {"id": ident, "label": "Lower harbour fees", "asks": "publish-fees", "themes": "fees"}
    return _after(corpus, _read(_csv(row), corpus))


def _by_hand(corpus: Corpus, ident: str) -> Corpus:
    """Say of a recommendation what a person says of it in the review."""
    document = next(f.facts.document for f, e in corpus.entries("recommendations") if e.id == ident)
    before = _recommendation(corpus, ident).model_dump(exclude_unset=True)
    said = {"label": "Lower harbour fees", "asks": ["publish-fees"], "themes": ["fees"]}
    entry = Recommendation.model_validate(before | said)
    facts = CorpusFile.model_construct(
        format=1, document=document, passages={}, recommendations=[entry]
    )
    curation = Curation("d9", "clerks", AT, "stated by Bea")
    files = [file.without({f"recommendation:{ident}"}) for file in corpus.files]
    return joined([*files, LoadedFile("journal.jsonl", facts, number=9, curation=curation)])


@pytest.mark.parametrize("say", [_by_row, _by_hand], ids=["by its id in a row", "by hand"])
def test_what_a_person_made_of_an_imported_row_stays_when_the_list_comes_again(
    say: Callable[[Corpus, str], Corpus], corpus: Corpus
) -> None:
    after = _after(corpus, _read(LIST.encode(), corpus, MAPPING))
    ident = next(e.id for _, e in after.entries("recommendations") if e.issuers[:1] == ["crews"])
    linked = say(after, ident)
    longer = LIST + "Malta,Lower the fees,Cooks,Yes,Fees,1999,2\nMalta,New,Crews,Yes,Fees,1999,2\n"
    batch = _read(longer.encode(), linked, MAPPING)
    whole = _after(linked, batch)
    before, entry = (
        next((f.curation, e) for f, e in c.entries("recommendations") if e.id == ident)
        for c in (linked, whole)
    )
    assert entry == before
    assert (entry[1].label, entry[1].themes) == ("Lower harbour fees", ["fees"])
    assert (batch.counts.new, batch.counts.changed, batch.replaces) == (1, 0, ())
    change = next(change for change in batch.changes if change.recommendation == ident)
    assert [(f.field, f.old, f.new) for f in change.kept] == [
        ("issuers", "crews; pilots", "crews; pilots; cooks"),
        ("themes", "fees", "fees; safety"),
    ]
    assert (batch.counts.actors, batch.facts[0].actors) == (0, []), "nobody speaks of the cooks"
    assert _violations(whole) == []


def test_a_new_answer_is_taken_for_what_a_person_decided(corpus: Corpus) -> None:
    row = "State,Said,From,Answer,Issue,Year,Grade\nMalta,Lower the fees,Crews,{},Fees,1999,3\n"
    after = _after(corpus, _read(row.format("").encode(), corpus, MAPPING))
    ident = next(e.id for _, e in after.entries("recommendations") if e.issuers == ["crews"])
    linked = _by_hand(after, ident)
    batch = _read(row.format("Yes").encode(), linked, MAPPING)
    assert (batch.counts.statuses, batch.replaces) == (1, ())
    whole = _after(linked, batch)
    assert [e.of for _, e in whole.entries("assessments") if e.status == "accepted"] == [ident]
    assert _violations(whole) == []


@pytest.mark.parametrize("say", [_by_row, _by_hand], ids=["by its id in a row", "by hand"])
def test_a_list_without_a_column_says_nothing_of_it(
    say: Callable[[Corpus, str], Corpus], corpus: Corpus
) -> None:
    bare = MAPPING.replace("""  themes: {column: Issue, separator: ",", drop: [Other]}\n""", "")
    bare = bare.replace("""  date: {column: Year, values: {"1999": "1999"}}\n""", "")
    assert "Issue" not in bare
    after = _after(corpus, _read(LIST.encode(), corpus, bare))
    ident = next(e.id for _, e in after.entries("recommendations") if e.issuers[:1] == ["crews"])
    linked = say(after, ident)
    assert _recommendation(linked, ident).themes == ["fees"]
    assert _read((LIST + "\n").encode(), linked, bare).brings_nothing


def test_a_list_read_without_its_themes_takes_none_away(corpus: Corpus) -> None:
    after = _after(corpus, _read(LIST.encode(), corpus, MAPPING))
    bare = MAPPING.replace("""  themes: {column: Issue, separator: ",", drop: [Other]}\n""", "")
    batch = _read((LIST + "\n").encode(), after, bare)
    assert (_said(batch), batch.counts.changed) == ([], 0)


def test_a_known_actor_is_linked_by_label_or_alias_of_its_kind(corpus: Corpus) -> None:
    text = LIST.replace("Pilots", "HW").replace("Crews", "harbour WATCH")
    batch = _read(text.encode(), corpus, MAPPING)
    assert batch.facts[0].recommendations[0].issuers == ["harbour-watch"]
    assert batch.links == {"actor:HW": "harbour-watch"}
    boards = _read(LIST.replace("Crews", "Harbour Board").encode(), corpus, MAPPING)
    made = boards.facts[0].recommendations[0].issuers[0]
    assert made.startswith("harbour-board-"), "a body of another kind is not taken for it"


def test_a_batch_keeps_its_ids_when_others_add_names_later(
    corpus: Corpus, corpus_folder: Callable[..., Path]
) -> None:
    before = _read(LIST.encode(), corpus, MAPPING)
    grown = read_corpus(
        corpus_folder(
            ("actors:\n", "actors:\n  - {id: sea-pilots, label: Pilots, kind: ngo}\n"
             "  - {id: malta, label: Malta, kind: state}\n"),
        )
    )  # fmt: skip
    again = _read(LIST.encode(), grown, MAPPING, links=before.links)
    assert again.facts[0].recommendations == before.facts[0].recommendations
    made = [{actor.id for actor in batch.facts[0].actors} for batch in (before, again)]
    assert made[0] - made[1] == {"malta"}, "what others describe now is not made again"
    joined([*grown.files, *again.loaded(number=1)])


def test_a_row_without_addressee_or_text_refuses_the_list(corpus: Corpus) -> None:
    batch = _read(LIST.replace("Cyprus,Open", ",Open").encode(), corpus, MAPPING)
    assert _said(batch) == ["mine.csv row 7 column State: is empty. Name the actor."]
    batch = _read(LIST.replace("Open at night", "").encode(), corpus, MAPPING)
    assert _said(batch)[0].startswith("mine.csv row 7 column Said: is empty. Fill in the text")
    ragged = LIST.replace("Cyprus,Open", "Cyprus,Open,late")
    assert "has 8 cells, the header 7" in _said(_read(ragged.encode(), corpus, MAPPING))[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("format: 1", "format: 2", "mapping.yaml line 1: `format`: Input should be 1."),
        ("group_by: [State, Said]\n", "", "mapping.yaml line 1: `group_by` is missing. Add it."),
        ("  text: Said", "  txt: Said", "mapping.yaml line 10: `txt` is not a key here. Write"),
        ("kind: state", "kind: stat", "mapping.yaml line 11: `stat` is not a word of the"),
        ("status: rejected", "status: no", "`no` is not a status of the response axis; use"),
        ("separator: \",\"", "separator: \"\"", "mapping.yaml line 13: "),
        ("{addressees}, {Year}", "{addressees}, {Said}", "`label` would show the text"),
        ("{addressees}, {Year}", "{addressees}, {Jahr}", "mapping.yaml line 22: the file has no "
         "column “Jahr”. Name one of: State, Said"),
        ("column: Answer", "column: Reply", "mapping.yaml line 16: the file has no column “Reply”"),
        ("  html_entities: true", "  encoding: latin-99", "there is no encoding `latin-99`"),
        ("format: 1", "format: [", "mapping.yaml line "),
        ("format: 1\n", "", "mapping.yaml line 1: `format` is missing. Add it."),
        ('{"1999": "1999"}', '{"1999": "1999-13"}', "mapping.yaml line 14: "),
        ('{"1999": "1999"}', '{"1999": "199X-12-25"}', "write 1990-12-25/1999-12-25"),
        ("title: The harbour", "title: The h\u0430rbour", "mapping.yaml line 6: `document.title`: "
         "mixes Cyrillic and Latin letters in one word (U+0430); write it in plain letters."),
        ("{addressees}, {Year}", "{addressees}\u200b, {Year}", "mapping.yaml line 22: `label`: "),
    ],
)  # fmt: skip
def test_a_mistake_in_a_mapping_is_told_with_its_line(
    old: str, new: str, said: str, corpus: Corpus
) -> None:
    assert old in MAPPING
    with pytest.raises(CorpusMistakesError) as error:
        _read(LIST.encode(), corpus, MAPPING.replace(old, new, 1))
    assert said in str(error.value), str(error.value)


def test_a_list_that_was_imported_is_read_by_the_rules_of_then(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    mapping = MAPPING.replace("The harbour", "The h\u0430rbour")
    mapping = mapping.replace('{"1999": "1999"}', '{"1999": "199X-12-25"}')
    data = LIST.replace("Pilots", "Bo\u0430tmen").encode()
    with monkeypatch.context() as then:
        then.setattr("ingest.fields.fault_in", lambda _: None)
        for room in ("fields", "tables.known"):
            then.setattr(f"ingest.{room}.fault_in_form", lambda _: None)
        batch = _read(data, corpus, mapping)
    assert batch.facts
    assert _read(data, corpus, mapping, links=batch.links).facts == batch.facts
    named = mapping.replace("h\u0430rbour", "harbour").replace("199X-12-25", "1999")
    again = data.replace(b"tmen", b"t crews")
    assert "is no name: mixes Cyrillic" in _said(_read(again, corpus, named))[0]


@pytest.mark.parametrize("name", shipped_mappings())
def test_every_shipped_mapping_is_sound(name: str) -> None:
    read_mapping(name, shipped_mapping(name))


def test_a_mapping_nobody_ships_is_told() -> None:
    with pytest.raises(
        NotFoundError, match=r"upr: is no mapping. Give a file, or one of: upr-info"
    ):
        shipped_mapping("upr")


UPR = (
    "To,To-Rgrp,To-Org,Text,From,From-Rgrp,From-Org,Response,Action,Issue,Session\r"
    "Malta,WEOG,EU,Open the harb\x9ar at night,Turkey,WEOG,,Accepted,4,Poverty,12\r"
    'Malta,WEOG,EU,Open the harb\x9ar at night,&#40;Unknown&#41;,,,Accepted,4,"Other,Poverty",12\r'
    "Malta,WEOG,EU,Say how many sleep there,Egypt,Africa,,Noted,2,General,13\r"
)


def test_the_lists_of_upr_info_come_in_by_the_shipped_mapping() -> None:
    known = read_corpus(shipped_corpus())
    batch = read_batch(
        UPR.encode("latin-1"), "upr.csv", shipped_mapping("upr-info"), known,
        at=AT.replace(month=12), by="reformgraph-maintainers",
    )  # fmt: skip
    assert _said(batch) == []
    one, two = batch.facts[0].recommendations
    assert (one.issuers, one.addressees, one.date) == (["turkiye"], ["malta"], "2011")
    assert one.themes == ["poverty", "other-upr-info"]
    assert (two.issuers, two.date) == (["egypt"], "2012")
    form = read_mapping("upr-info", shipped_mapping("upr-info"))[0].file
    table = table_of(UPR.encode("latin-1"), "upr.csv", form.encoding, form.delimiter)
    found = verify_rows(batch.facts[0].passages.values(), table)
    assert found == [(Verdict.VERIFIED, 2), (Verdict.VERIFIED, 3), (Verdict.VERIFIED, 4)]
    first, second = batch.facts[0].assessments
    assert (first.status, str(first.as_of), first.by) == ("accepted", "2012-12-31", "malta")
    assert (second.status, str(second.as_of)) == ("acknowledged", "2012-12-31")
    assert first.reported_by == ["upr-info"]
    assert {u.what for u in batch.unmapped} == {"column, left out", "issuers, not given"}
