"""What goes out is what is listed, and of cases what may be told; the rest enters no snapshot."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, SKOS

from ingest import pipeline
from ingest.months import month_of, months_in
from ingest.pipeline import Snapshot, build
from ontology import publicity
from ontology.identifiers import expand, iri
from ontology.terms import RG, label
from ontology.validation import conforms, validate

Write = Callable[..., Path]

LETTER = """\
format: 1
document:
  id: quay-letter-2025
  title: A letter from the quay
  publisher: quay-fellows
  kind: letter
  language: en
  issued: 2025-02-11
  read: whole
  recorded: 2026-01-01T12:00:00+02:00
  recorded_by: clerks
  review: Written for a test.
passages:
  fellow: {section: Second page, locator: paragraph 2}
  order: {section: Third page, locator: paragraph 3}
  both: {section: Fourth page, locator: paragraph 4}
actors:
  - {id: quay-fellows, label: Fellows of the Quay, kind: ngo}
  - {id: vessland, label: Vessland, kind: state}
  - {id: norland, label: Norland, kind: state}
  - {id: quay-court, label: Court of the Quay, kind: court}
  - {id: quay-choir, label: Choir of the Quay, kind: group, criterion: Whoever sings.,
     aliases: [{name: Quay Singers, passage: both}]}
  - {id: upper-gaol, label: Gaol of the Upper Town, kind: stateOrgan}
propositions:
  - {id: fellow-was-beaten, label: The fellow was beaten, kind: factual}
  - {id: nobody-was-beaten, label: Nobody was beaten, kind: factual,
     conflicts_with: [fellow-was-beaten]}
recommendations:
  - id: do-not-hand-over
    passages: [order]
    date: 2024-12-04
    label: Do not hand over one fellow
    summary: The court tells Vessland on 4 December 2024 to keep the fellow.
    issuers: [quay-court]
    addressees: [vessland]
    asks: [publish-fees]
    themes: [fees]
    case: case-5e1f00
assessments:
  - {id: order-not-kept, of: do-not-hand-over, axis: adoption, status: notAdopted,
     as_of: 2025-02-11, by: quay-fellows, basis: thirdPartyReported, passages: [order]}
claims:
  - {id: fellow-beaten, passages: [both], summary: The fellow was beaten., as_of: 2024-12-05,
     proposition: fellow-was-beaten, about: ["case:case-5e1f00", "actor:vessland"]}
cases:
  - id: case-5e1f00
    label: Arrest in Vessland on 3 December 2024
    passages: [fellow]
    requesting_state: norland
    requesting_state_basis: statedBySource
    requested_state: vessland
    detaining_state: DETAINING
    mechanism: policeNotice
    outcome: extradited
    disclosure: DISCLOSURE
    date: 2024-12-03/2024-12-09
    note: The letter of 11 February 2025 says so.
    events:
      - {id: case-5e1f00-arrest, type: act, kind: arrest, label: Arrest, date: 2024-12-03,
         by: vessland, passages: [fellow]}
      - {id: case-5e1f00-order, type: intervention, kind: courtRuling, label: Order,
         by: quay-court, date: 2024-12-04, passages: [order]}
"""
OF_THE_CASE = [
    iri("case", "case-5e1f00"), iri("event", "case-5e1f00-arrest"),
    iri("event", "case-5e1f00-order"), iri("recommendation", "do-not-hand-over"),
    iri("assessment", "order-not-kept"), iri("claim", "fellow-beaten"),
]  # fmt: skip
WORDS = [b"Vessland", b"Norland", b"Quay", b"quay", b"fellow", b"5e1f00", b"beaten", b"2024-12"]


@pytest.fixture
def letter(corpus_folder: Write) -> Callable[..., Snapshot]:
    """Build the small corpus with a letter about one case, after some replacements."""

    def told(disclosure: str, *changes: tuple[str, str], more: str = "") -> Snapshot:
        folder = corpus_folder()
        text = LETTER.replace("DISCLOSURE", disclosure)
        for old, new in (*changes, ("DETAINING", "vessland")):
            assert old in text or old == "DETAINING", old
            text = text.replace(old, new, 1)
        (folder / "letter.yaml").write_text(text, encoding="utf-8")
        if more:
            (folder / "more.yaml").write_text(more, encoding="utf-8")
        return build(folder)

    return told


Letter = Callable[..., Snapshot]

# --- consent -----------------------------------------------------------------------------------


def test_of_a_case_of_unknown_consent_nothing_goes_out(
    letter: Letter, corpus_folder: Write
) -> None:
    snapshot = letter("consentUnknown")
    sent = snapshot.to_bytes()
    assert [word for word in WORDS if word in sent] == []
    assert sent == build(_without_the_letter(corpus_folder())).to_bytes()
    assert OF_THE_CASE[0] in set(snapshot.record().subjects())


def _without_the_letter(folder: Path) -> Path:
    (folder / "letter.yaml").unlink()
    return folder


def test_a_case_that_says_nothing_of_consent_is_of_unknown_consent(letter: Letter) -> None:
    silent = letter("", ("    disclosure: \n", ""))
    assert silent.to_bytes() == letter("consentUnknown").to_bytes()
    assert silent.held.cases == 1


def test_the_check_counts_what_is_held_back_and_says_no_more(letter: Letter) -> None:
    held = letter("consentUnknown").held
    assert (held.cases, held.statements) == (1, 5)
    (line,) = held.lines()
    assert "1 case of unknown consent, with 5 statements" in line
    assert [word for word in WORDS if word.decode() in line] == []
    assert letter("consentGiven").held.lines() == []


STAYS = """\
recommendations:
  - id: mend-the-quay
    passages: [both]
    label: Mend the quay
    summary: The court tells Vessland to mend the quay.
    issuers: [quay-court]
    addressees: [vessland]
    asks: [publish-fees]
    themes: [fees]
"""


def test_what_speaks_of_other_things_too_stays_and_keeps_what_it_needs(letter: Letter) -> None:
    data = letter("consentUnknown", ("recommendations:\n", STAYS)).data()
    there = set(data.subjects())
    assert not there & set(OF_THE_CASE)
    assert iri("recommendation", "mend-the-quay") in there
    assert {iri("actor", "vessland"), iri("passage", "quay-letter-2025/both")} <= there
    assert not {iri("passage", "quay-letter-2025/fellow"), iri("actor", "norland")} & there
    assert iri("proposition", "fellow-was-beaten") not in there
    assert conforms(validate(data))


def test_a_proposition_that_only_opposes_a_held_one_does_not_name_it(letter: Letter) -> None:
    other = (
        "claims:\n  - {id: nobody-beaten, passages: [order], summary: All are well., "
        "proposition: nobody-was-beaten, about: ['actor:vessland']}\n"
    )
    data = letter("consentUnknown", ("claims:\n", other)).data()
    assert iri("proposition", "nobody-was-beaten") in set(data.subjects())
    assert iri("proposition", "fellow-was-beaten") not in set(data.all_nodes())


MORE = """\
format: 1
document:
  {id: gull-2025, title: The Gull, publisher: gull, kind: pressArticle, language: en,
   issued: 2025-03, read: whole, recorded: 2026-01-01T12:00:00+02:00, recorded_by: clerks,
   review: Written for a test.}
passages:
  fellow: {section: News, locator: line 2}
  harbour: {section: News, locator: line 9}
actors:
  - {id: gull, label: The Gull, kind: media}
propositions:
  - {id: sat-in-upper-gaol, label: A fellow sat in the upper gaol, kind: factual}
  - {id: quay-is-wet, label: The quay is wet, kind: factual}
claims:
  - {id: gull-gaol, passages: [fellow], summary: The fellow sat in the upper gaol.,
     proposition: sat-in-upper-gaol, about: ["case:case-5e1f00"]}
  - {id: gull-wet, passages: [harbour], summary: The quay is wet., proposition: quay-is-wet,
     about: ["actor:vessland"]}
"""


def test_of_a_published_case_goes_out_what_its_own_document_says(letter: Letter) -> None:
    snapshot = letter("publishedBySource", more=MORE)
    there = set(snapshot.data().subjects())
    assert set(OF_THE_CASE) <= there
    assert iri("claim", "gull-wet") in there
    assert iri("claim", "gull-gaol") not in there
    assert b"upper gaol" not in snapshot.to_bytes()
    assert (snapshot.held.cases, snapshot.held.statements) == (0, 1)
    given = letter("consentGiven", more=MORE)
    assert iri("claim", "gull-gaol") in set(given.data().subjects())


def test_days_of_a_published_case_become_months_and_given_ones_stay(letter: Letter) -> None:
    published = letter("publishedBySource")
    day = b"2024-12-0"
    assert day in letter("consentGiven").to_bytes()
    told = published.to_bytes().replace(b'"2024-12-01"', b"")  # where December begins
    assert day not in told
    assert b"December 2024" in told
    assert b"4 December" not in told
    assert b"3 December" not in told
    data, arrest = published.data(), iri("event", "case-5e1f00-arrest")
    assert str(data.value(arrest, RG.edtf)) == "2024-12"
    assert data.value(arrest, RG.earliest).toPython() == dt.date(2024, 12, 1)
    assert data.value(arrest, RG.latest).toPython() == dt.date(2024, 12, 31)
    assert str(data.value(OF_THE_CASE[0], RG.edtf)) == "2024-12"
    assert str(data.value(OF_THE_CASE[3], RG.edtf)) == "2024-12"


def test_the_days_of_documents_and_of_statuses_stay(letter: Letter) -> None:
    data = letter("publishedBySource").data()
    document = iri("document", "quay-letter-2025")
    assert str(data.value(document, DCTERMS.issued)) == "2025-02-11"
    assert str(data.value(iri("assessment", "order-not-kept"), RG.asOf)) == "2025-02-11"
    assert data.value(iri("claim", "fellow-beaten"), RG.asOf) is None


def test_the_place_of_a_published_case_is_a_state_at_finest(letter: Letter) -> None:
    def held_by(disclosure: str) -> object:
        snapshot = letter(disclosure, ("DETAINING", "upper-gaol"))
        return snapshot.data().value(OF_THE_CASE[0], RG.detainingState)

    assert held_by("publishedBySource") is None
    assert held_by("consentGiven") == iri("actor", "upper-gaol")


@pytest.mark.parametrize("disclosure", ["publishedBySource", "consentGiven"])
def test_what_goes_out_keeps_all_rules_that_what_is_on_record_keeps(
    letter: Letter, disclosure: str
) -> None:
    snapshot = letter(disclosure, more=MORE)
    assert conforms(validate(snapshot.record()))
    assert conforms(validate(snapshot.data()))


def test_two_words_on_consent_count_as_none(
    letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    _also(monkeypatch, (OF_THE_CASE[0], RG.disclosure, RG.consentGiven))
    assert letter("publishedBySource").held.cases == 1


# --- days in dates and words ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "month"),
    [("2024-12-03", "2024-12"), ("../2022-01-05", "../2022-01"), ("2016", "2016"),
     ("2021-11-23/2021-11-25", "2021-11"), ("2021-03/2026-02-19", "2021-03/2026-02"),
     ("2024-12-03?", "2024-12?"), ("2024-12-XX", "2024-12"), ("2024-12-03T10:00:00Z", "2024-12")],
)  # fmt: skip
def test_a_date_becomes_its_month(told: str, month: str) -> None:
    assert month_of(told) == month


def test_the_day_of_the_document_stays_in_an_interval() -> None:
    assert month_of("2021-03-04/2026-02-19", {"2026-02-19"}) == "2021-03/2026-02-19"


@pytest.mark.parametrize(
    ("told", "month"),
    [("Arrest on 3 December 2024 in Vessland", "Arrest in December 2024 in Vessland"),
     ("On 3rd of December he fell", "In December he fell"),
     ("December 3, 2024 was wet", "December 2024 was wet"), ("2024-12-03: wet", "2024-12: wet"),
     ("wet on 03.12.2024", "wet on 2024"), ("19 and 23 Nov. 2021", "Nov. 2021"),
     ("Article 28 may apply to 12 boats in May 2024",) * 2,
     ("of December 2024, and in 2016",) * 2],
)  # fmt: skip
def test_a_day_in_words_becomes_its_month_and_nothing_else_changes(told: str, month: str) -> None:
    assert months_in(told) == month


# --- the list ------------------------------------------------------------------------------------


def _also(patch: pytest.MonkeyPatch, *triples: Any) -> None:
    """Make the writer say something more, as a property newly added to a model would."""
    write = pipeline.quads

    def more(corpus: Any) -> Any:
        yield from write(corpus)
        yield from ((triple, iri("document", "harbour-watch-2024")) for triple in triples)

    patch.setattr(pipeline, "quads", more)


ASK = iri("recommendation", "publish-every-fee")
REMARK = RG.remark


def test_a_new_property_stays_back_until_it_is_listed(
    corpus_folder: Write, monkeypatch: pytest.MonkeyPatch, listing: Callable[[str, str], None]
) -> None:
    _also(monkeypatch, (ASK, REMARK, Literal("told in confidence")))
    snapshot = build(corpus_folder())
    assert b"confidence" not in snapshot.to_bytes()
    (line,) = snapshot.held.lines()
    assert line.startswith("Held back: rg:remark of rg:Recommendation, 1 times.")
    assert "confidence" not in line
    listing("rg:Recommendation", "rg:remark")
    snapshot = build(corpus_folder())
    assert b"confidence" in snapshot.to_bytes()
    assert snapshot.held.lines() == []


@pytest.fixture
def listing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """Return a function that puts a property on the list of a class, for one test."""

    def add(name: str, predicate: str) -> None:
        table = publicity._table()
        public = {**table["public"], name: [*table["public"][name], predicate]}
        monkeypatch.setattr(publicity, "_table", lambda: {**table, "public": public})
        publicity.of.cache_clear()

    yield add
    publicity.of.cache_clear()


def test_what_is_listed_for_one_class_stays_back_for_another(
    corpus_folder: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    _also(monkeypatch, (ASK, RG.membershipCriterion, Literal("told in confidence")))
    assert b"confidence" not in build(corpus_folder()).to_bytes()


def test_a_class_nobody_listed_stays_back_with_all_it_says(
    corpus_folder: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = URIRef("https://example.org/stranger")
    _also(
        monkeypatch,
        (stranger, RDF.type, URIRef("https://example.org/Refugee")),
        (stranger, SKOS.prefLabel, Literal("told in confidence", lang="en")),
        (ASK, RDF.type, URIRef("https://example.org/Refugee")),
    )
    sent = build(corpus_folder()).to_bytes()
    assert b"confidence" not in sent
    assert b"Refugee" not in sent


def test_a_case_gets_no_property_from_a_second_class(
    letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = OF_THE_CASE[0]
    _also(
        monkeypatch,
        (case, RDF.type, FOAF.Agent),
        (case, SKOS.altLabel, Literal("told in confidence", lang="en")),
    )
    assert b"confidence" not in letter("consentGiven").to_bytes()


def test_the_name_of_a_file_stays_back_and_the_check_is_silent_on_it(corpus_folder: Write) -> None:
    snapshot = build(corpus_folder())
    assert b"notes.txt" not in snapshot.to_bytes()
    assert b"notes.txt" in snapshot.record().serialize(format="nt").encode()
    assert snapshot.held.lines() == []


def test_all_that_is_listed_is_a_term_and_is_listed_once() -> None:
    table = publicity._table()
    for part in ("public", "kept"):
        for name, properties in table[part].items():
            assert len(properties) == len(set(properties)), name
            for term in (name, *properties):
                assert term.startswith("rdf:") or label(str(expand(term))), term


def test_a_snapshot_is_part_of_what_is_on_record_where_no_day_was_made_coarser(
    corpus_folder: Write,
) -> None:
    snapshot = build(corpus_folder())
    assert snapshot.quads < snapshot.recorded


def test_an_id_that_can_be_read_goes_out_as_a_digest(letter: Letter) -> None:
    sent = letter("consentGiven", *[("case-5e1f00", "case-of-ana-lund")] * 5)
    assert b"lund" not in sent.to_bytes()
    assert len(set(sent.data().subjects(RDF.type, RG.DocumentedCase))) == 1
    again = letter("consentGiven", *[("case-5e1f00", "case-of-ana-lund")] * 5)
    assert again.to_bytes() == sent.to_bytes()


def test_for_everybody_few_persons_are_not_counted(letter: Letter) -> None:
    few = letter("consentUnknown").held
    (line,) = few.rounded().lines()
    assert line.startswith("Held back: fewer than 5 cases of unknown consent, with what is said")
    assert replace(few, cases=3).rounded() == few.rounded()
    assert replace(few, cases=7).rounded().lines()[0].startswith("Held back: 7 cases")
    assert replace(few, cases=0, statements=0).rounded().lines() == []
