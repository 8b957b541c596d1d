"""From which day a statement counts, and who disagrees: small snapshots, one rule at a time."""

from __future__ import annotations

import datetime as dt

import pytest

from graph.entities import ties
from graph.network import edge_rows, network
from graph.questions import (
    how_are_they_linked,
    how_many,
    what_changed,
    what_happened_in_cases,
    what_happened_to,
    what_is_said_about,
    where_sources_disagree,
    which_demands_return,
    which_documents,
    which_recommendations,
    which_rules_govern,
    which_safeguards,
    who_asked_whom,
    who_signed,
    who_stood_for,
    whose_rules_bind_the_data,
)
from graph.store import open_store
from graph.times import years_apart
from ontology.identifiers import iri, passage_iri
from ontology.terms import RG

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PROV = "http://www.w3.org/ns/prov#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
ELI = "http://data.europa.eu/eli/ontology#"
ORG = "http://www.w3.org/ns/org#"
HAS_SOURCE = "http://www.w3.org/ns/oa#hasSource"
XSD = "http://www.w3.org/2001/XMLSchema#"
DAY = dt.date(2020, 6, 1)


class Told:
    """A snapshot written statement by statement, each on a passage of a document."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, subject: str, **properties: object) -> str:
        """Add triples; a day becomes a date, a number an integer, an IRI stays one."""
        for name, value in properties.items():
            prefix, _, local = name.partition("_") if "_" in name else ("", "", name)
            known = {"rdf": RDF, "prov": PROV, "eli": ELI}
            predicate = f"{known[prefix]}{local}" if prefix else str(RG[name])
            if isinstance(value, dt.date):
                target = f'"{value}"^^<{XSD}date>'
            elif isinstance(value, int):
                target = f'"{value}"^^<{XSD}integer>'
            else:
                target = f"<{value}>"
            self.lines.append(f"<{subject}> <{predicate}> {target} .")
        return subject

    def document(self, slug: str, **days: dt.date) -> str:
        """Add a document with one passage, and return the passage."""
        self.add(str(iri("document", slug)), rdf_type=RG.SourceDocument, **days)
        passage = str(passage_iri(slug, "all"))
        self.lines.append(f"<{passage}> <{HAS_SOURCE}> <{iri('document', slug)}> .")
        return passage

    def ask(self, slug: str, evidence: str, **properties: object) -> str:
        node = str(iri("recommendation", slug))
        return self.add(
            node,
            rdf_type=RG.Recommendation,
            issuedBy=iri("actor", "issuer"),
            addressedTo=iri("actor", "board"),
            expressesAsk=iri("ask", "one"),
            evidence=evidence,
            **properties,
        )

    def claim(self, slug: str, who: str, stance: str, evidence: str) -> str:
        return self.add(
            str(iri("claim", slug)),
            rdf_type=RG.Claim,
            proposition=iri("proposition", "it-rains"),
            stance=RG[stance],
            prov_wasAttributedTo=iri("actor", who),
            about=iri("actor", "board"),
            evidence=evidence,
        )

    def stands(self, slug: str, who: str, post: str, evidence: str) -> str:
        return self.add(
            str(iri("candidacy", slug)),
            candidate=iri("actor", "someone"),
            forPost=iri("post", post),
            inElection=iri("election", "vote"),
            prov_wasAttributedTo=iri("actor", who),
            evidence=evidence,
        )

    def signs(self, source: str, place: int, who: str, evidence: str) -> str:
        return self.add(
            str(iri("signature", f"{source}/{place}")),
            rdf_type=RG.Signature,
            signs=iri("document", "petition"),
            signatory=iri("actor", who),
            position=place,
            prov_wasAttributedTo=iri("actor", source),
            evidence=evidence,
        )

    @property
    def store(self):
        return open_store("memory:", "\n".join(self.lines).encode())


@pytest.fixture
def told() -> Told:
    return Told()


def day(month: int, number: int = 1, year: int = 2020) -> dt.date:
    return dt.date(year, month, number)


# --- from which day ------------------------------------------------------------------------------


def test_what_bears_no_date_counts_from_the_day_of_its_document(told):
    told.ask("a", told.document("d", earliest=DAY, latest=DAY))
    assert not which_recommendations(told.store, as_of=day(5, 31))
    assert not who_asked_whom(told.store, as_of=day(5, 31))
    assert [row.issued for row in which_recommendations(told.store, as_of=DAY)] == ["yes"]
    assert not which_recommendations(told.store, issued_before=DAY)
    assert which_recommendations(told.store, issued_before=day(6, 2))
    assert len(who_asked_whom(told.store, as_of=DAY)) == 1


def test_what_has_no_day_at_all_is_left_out_on_any_day(told):
    passage = told.document("d")
    told.ask("a", passage)
    told.claim("c", "one", "asserts", passage)
    told.stands("s", "one", "chair", passage)
    later = day(1, year=2999)
    for question in (which_recommendations, who_asked_whom, what_is_said_about, who_stood_for):
        assert len(question(told.store)) == 1
        assert question(told.store, as_of=later) == []


@pytest.fixture
def recorded(told) -> Told:
    """One statement of every kind without a day, its document without one, on record on DAY."""
    passage, round_ = told.document("d"), str(iri("curation", "d"))
    told.lines.append(f'<{round_}> <{PROV}endedAtTime> "{DAY}T10:00:00Z"^^<{XSD}dateTime> .')
    told.add(round_, prov_used=iri("document", "d"), reviewStatus=round_)
    ada, board, text = (iri("actor", "ada"), iri("actor", "board"), iri("version", "text/1"))
    case, asks = iri("case", "case-0a0a0a"), [told.ask(slug, passage) for slug in "abc"]
    said = {"prov_wasAttributedTo": ada, "evidence": passage}
    nodes = [
        *asks, told.claim("c", "one", "asserts", passage),
        told.stands("s", "one", "chair", passage), told.signs("one", 1, "first", passage),
        told.add(str(iri("lineage", "l")), rdf_type=RG.Lineage, lineageKind=RG.narrows,
                 earlierRecommendation=asks[0], laterRecommendation=asks[1],
                 prov_wasAttributedTo=ada),
        told.add(str(iri("safeguard", "s")), rdf_type=RG.SafeguardStatement, body=board,
                 safeguard=RG.appeal, availability=RG.availabilityDenied, **said),
        told.add(str(iri("claim", "n")), rdf_type=RG.StatisticalClaim, quantity=2,
                 stance=RG.asserts, countsSignaturesOf=iri("document", "petition"), **said),
        told.add(str(iri("relation", "r")), rdf_type=RG.Relation, rdf_subject=ada,
                 rdf_predicate=RG.reportsTo, rdf_object=board, **said),
        told.add(str(iri("transfer", "t")), rdf_type=RG.DataTransferCondition, provider=ada,
                 recipient=board, subjectToRulesOf=ada, underInstrument=text, **said),
        told.add(str(case), rdf_type=RG.DocumentedCase, requestingState=ada, **said),
        told.add(str(iri("event", "case-0a0a0a-step")), rdf_type=RG.Act, inCase=case, sequence=1,
                 eventKind=RG.arrest, **said),
    ]  # fmt: skip
    for node in nodes:
        told.add(node, prov_wasGeneratedBy=round_)
    return told


@pytest.mark.parametrize(
    "question",
    [which_recommendations, who_asked_whom, what_is_said_about, who_stood_for, which_safeguards,
     which_demands_return, which_documents, how_many, who_signed, whose_rules_bind_the_data,
     what_happened_in_cases, lambda store, **day: ties(store, str(iri("actor", "ada")), **day),
     lambda store, **day: edge_rows(network(store, **day))],
)  # fmt: skip
def test_what_has_no_other_day_counts_from_that_of_its_record(question, recorded):
    everything = question(recorded.store)
    assert everything
    assert question(recorded.store, as_of=DAY) == everything
    assert question(recorded.store, as_of=day(5, 31)) == []


def test_an_open_beginning_is_perhaps_within_its_last_year(told):
    told.ask("a", told.document("d", earliest=day(1, year=2021)), latest=DAY)
    assert which_recommendations(told.store, as_of=day(12, 31, year=2019)) == []
    (row,) = which_recommendations(told.store, as_of=day(1))
    assert (row.issued, row.status) == ("perhaps", "unassessed")
    assert which_recommendations(told.store, as_of=DAY)[0].issued == "yes"
    assert who_asked_whom(told.store, as_of=day(5, 31)) == []
    assert len(who_asked_whom(told.store, as_of=DAY)) == 1


def test_what_was_printed_within_its_year_had_been_made_by_then(told):
    told.ask("a", told.document("d", earliest=DAY, latest=DAY), earliest=day(1), latest=day(12, 31))
    assert which_recommendations(told.store, as_of=day(5, 31))[0].issued == "perhaps"
    assert which_recommendations(told.store, as_of=DAY)[0].issued == "yes"
    assert not which_recommendations(told.store, issued_before=DAY)
    assert which_recommendations(told.store, issued_before=day(6, 2))


def test_a_document_of_a_whole_year_makes_certain_only_at_its_end(told):
    told.ask("a", told.document("d", earliest=day(1), latest=day(12, 31)))
    assert which_recommendations(told.store, as_of=DAY)[0].issued == "perhaps"
    assert which_recommendations(told.store, as_of=day(12, 31))[0].issued == "yes"


def _said(
    told, slug: str, word: str, first: dt.date, last: dt.date, edtf: str = "", by: str = "ada"
) -> str:
    told.lines += [f'<{iri("assessment", slug)}> <{RG.asOfEdtf}> "{edtf}" .'] if edtf else []
    days = {"asOfEarliest": first, "asOfLatest": last} if edtf else {"asOf": first}
    return told.add(
        str(iri("assessment", slug)), rdf_type=RG.StatusAssessment, assesses=told.one,
        axis=RG.adoptionScheme, status=RG[word], prov_wasAttributedTo=iri("actor", by), **days,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ((2019, 12, 31), [("notAdopted", "2019-03-01", "yes", True)]),
        (
            (2020, 6, 1),
            [("notAdopted", "2019-03-01", "yes", True), ("adopted", "2020", "perhaps", True)],
        ),
        (
            (2020, 12, 31),
            [("notAdopted", "2019-03-01", "yes", False), ("adopted", "2020", "yes", True)],
        ),
    ],
)
def test_what_is_said_for_a_year_is_perhaps_said_until_its_end(told, day, expected):
    told.one = told.ask("one", told.document("d"))
    _said(told, "old", "notAdopted", dt.date(2019, 3, 1), dt.date(2019, 3, 1))
    _said(told, "new", "adopted", dt.date(2020, 1, 1), dt.date(2020, 12, 31), "2020")
    rows = what_happened_to(told.store, as_of=dt.date(*day))
    assert [(row.status, row.as_of, row.spoken, row.current) for row in rows] == expected


def test_what_became_of_something_is_told_from_its_beginning(told):
    told.one = told.ask("one", told.document("d"))
    _said(told, "by", "adopted", dt.date(2021, 1, 1), dt.date(2021, 1, 1), by="bo")
    told.lines = [line.replace("asOf>", "asOfLatest>") for line in told.lines]
    told.lines.append(f'<{iri("assessment", "by")}> <{RG.asOfEdtf}> "../2021-01-01" .')
    _said(told, "year", "notAdopted", dt.date(2020, 1, 1), dt.date(2022, 12, 31), "2020/2022")
    assert [row.as_of for row in what_happened_to(told.store)] == ["2020/2022", "../2021-01-01"]


def test_what_is_said_for_a_year_and_for_a_day_in_it_both_stand(told):
    told.one = told.ask("one", told.document("d"))
    _said(told, "day", "notAdopted", dt.date(2020, 3, 1), dt.date(2020, 3, 1))
    _said(told, "year", "adopted", dt.date(2020, 1, 1), dt.date(2020, 12, 31), "2020")
    assert [row.current for row in what_happened_to(told.store)] == [True, True]


@pytest.mark.parametrize(
    ("judge", "basis", "judged_on"),
    [
        ("curator", RG.curatorInferred, "2022-03-04"),
        ("curator", RG.textRead, "2022-03-04"),  # who recorded it read the texts then
        ("judge", RG.thirdPartyReported, "2021-05"),
    ],
)
def test_a_demand_takes_up_another_from_the_day_of_the_later_whoever_judges_so_and_when(
    told, judge, basis, judged_on
):
    first, round_ = told.document("d", earliest=day(1), latest=day(1)), iri("curation", "c")
    told.ask("a", first, earliest=day(1), latest=day(1))
    told.ask("b", first, earliest=day(2), latest=day(2))
    told.lines += [
        f'<{round_}> <{PROV}endedAtTime> "2022-03-04T10:00:00Z"^^<{XSD}dateTime> .',
        f'<{iri("document", "e")}> <{RG.edtf}> "2021-05" .',
    ]
    told.add(str(round_), prov_wasAssociatedWith=iri("actor", "curator"))
    told.add(
        str(iri("lineage", "l")),
        rdf_type=RG.Lineage,
        earlierRecommendation=iri("recommendation", "a"),
        laterRecommendation=iri("recommendation", "b"),
        lineageKind=RG.narrows,
        basis=basis,
        prov_wasAttributedTo=iri("actor", judge),
        prov_wasGeneratedBy=round_,
        evidence=told.document("e", earliest=day(5, year=2021), latest=day(5, 31, year=2021)),
    )
    assert which_demands_return(told.store, as_of=day(1, 31)) == []
    for on in (day(2), day(1, year=2999), None):
        (row,) = which_demands_return(told.store, as_of=on)
        assert (row.kind, row.judged_on) == ("narrows", judged_on)


def test_a_demand_takes_up_another_once_both_had_been_made(told):
    told.ask("a", told.document("late", earliest=DAY, latest=DAY))
    told.ask("b", told.document("d"), earliest=day(1), latest=day(1))
    told.add(str(iri("lineage", "l")), rdf_type=RG.Lineage, lineageKind=RG.narrows,
             earlierRecommendation=iri("recommendation", "a"),
             laterRecommendation=iri("recommendation", "b"),
             prov_wasAttributedTo=iri("actor", "judge"))  # fmt: skip
    assert which_demands_return(told.store, as_of=day(5, 31)) == []
    (row,) = which_demands_return(told.store, as_of=DAY)
    assert (row.kind, row.judged_on) == ("narrows", None)


@pytest.mark.parametrize(
    ("one", "other", "known"),
    [
        ({"earliest": day(1), "latest": day(2)}, {"earliest": day(3), "latest": day(3)}, True),
        ({"earliest": day(1), "latest": day(3)}, {"earliest": day(3), "latest": day(4)}, False),
        ({"latest": day(2)}, {"earliest": day(3), "latest": day(3)}, True),
        ({"earliest": day(1), "latest": day(1)}, {"latest": day(2)}, False),
        ({"earliest": day(1)}, {"earliest": day(2), "latest": day(2)}, False),
        ({}, {}, False),
    ],
)
def test_which_came_first_is_told_only_where_the_dates_tell(told, one, other, known):
    passage = told.document("d")
    told.ask("z", passage, **one)
    told.ask("a", passage, **other)
    (row,) = which_demands_return(told.store)
    assert row.order_known == known
    assert row.earlier.endswith("/z" if known else "/a")


def test_what_expresses_an_ask_and_a_broader_one_takes_up_itself_for_neither(told):
    one = told.ask("a", told.document("d"))
    told.add(one, expressesAsk=iri("ask", "more"))
    told.lines.append(f"<{iri('ask', 'one')}> <{SKOS}broader> <{iri('ask', 'more')}> .")
    assert which_demands_return(told.store) == []


def _text(told, slug: str, begun: dt.date, evidence: str, **more: object) -> str:
    version = str(iri("version", slug))
    told.add(str(iri("actor", "board")), partyTo=version)
    return told.add(
        version, rdf_type=f"{ELI}LegalResource", earliest=begun, latest=begun, evidence=evidence,
        **more,
    )  # fmt: skip


def test_in_force_ends_with_the_day_of_the_source(told):
    passage = told.document("d", earliest=DAY, latest=DAY)
    _text(told, "text/2019", day(1, year=2019), passage, eli_in_force=f"{ELI}InForce-inForce")
    rows = [
        row
        for on in (day(1), DAY, day(6, 2), day(1, year=2999), None)
        for row in which_rules_govern(told.store, as_of=on)
    ]
    assert [row.in_force for row in rows] == ["inForce"] * 2 + ["not known to have ended"] * 3
    assert {row.seen_in for row in rows} == {str(iri("document", "d"))}


def test_a_later_mention_of_a_text_does_not_keep_it_in_force(told):
    passage = told.document("d", earliest=DAY, latest=DAY)
    text = _text(told, "t", day(1), passage, eli_in_force=f"{ELI}InForce-inForce")
    told.add(text, evidence=told.document("later", earliest=day(1, year=2025)))
    (row,) = which_rules_govern(told.store, as_of=day(6, 2))
    assert (row.in_force, row.seen_in) == ("not known to have ended", str(iri("document", "d")))


def test_a_text_that_an_undated_one_replaces_is_not_told_to_last(told):
    passage = told.document("d", earliest=DAY, latest=DAY)
    old = _text(told, "old", day(1), passage, eli_in_force=f"{ELI}InForce-inForce")
    new = told.add(str(iri("version", "new")), rdf_type=f"{ELI}LegalResource")
    told.lines.append(f"<{new}> <http://purl.org/dc/terms/replaces> <{old}> .")
    found = [which_rules_govern(told.store, as_of=on)[0] for on in (DAY, day(6, 2), None)]
    assert [(row.in_force, row.seen_in) for row in found] == [
        ("inForce", str(iri("document", "d"))), ("not stated", None), ("not stated", None),
    ]  # fmt: skip


def test_a_text_ends_with_the_one_that_replaces_it_where_no_source_tells_its_end(told):
    passage = told.document("d", earliest=day(1, year=2022), latest=day(1, year=2022))
    old = _text(told, "old", day(1), passage, eli_in_force=f"{ELI}InForce-notInForce")
    new = _text(told, "new", day(1, year=2021), passage)
    told.lines.append(f"<{new}> <http://purl.org/dc/terms/replaces> <{old}> .")
    draft = told.add(str(iri("version", "draft")), rdf_type=f"{ELI}LegalResource", latest=day(2))
    told.lines += [
        f"<{draft}> <http://purl.org/dc/terms/replaces> <{old}> .",
        f'<{draft}> <{RG.draft}> "true"^^<{XSD}boolean> .',
    ]
    found = {
        on: [
            (row.version, row.in_force, row.ended, row.replaced_by)
            for row in which_rules_govern(told.store, as_of=on)
        ]
        for on in (day(12, 31), day(1, year=2021), None)
    }
    assert found == {
        day(12, 31): [(old, "inForce", None, ())],
        day(1, year=2021): [(new, "not stated", None, ())],
        None: [(new, "not stated", None, ()), (old, "notInForce", day(1, year=2021), (new,))],
    }


def test_a_party_is_one_on_the_days_of_its_own_link_only(told):
    text = _text(told, "t", day(1, year=2010), told.document("d"))
    period = {"earliest": day(1), "latest": DAY}
    _link(told, "p", RG.partyTo, text, "2020-01-01/2020-06-01", **period)
    told.lines.append(f"<{iri('actor', 'ada')}> <{RG.partyTo}> <{text}> .")
    ada, board = str(iri("actor", "ada")), str(iri("actor", "board"))
    found = [
        [row.parties for row in which_rules_govern(told.store, party=asked, as_of=on)]
        for on in (day(12, 31, year=2019), DAY, day(6, 2))
        for asked in (None, ada)
    ]
    assert found == [[(board,)], [], [(ada, board)], [(ada, board)], [(board,)], []]


def _goes(told, slug: str, provider: str, recipient: str, **more: object) -> None:
    told.add(
        str(iri("transfer", slug)), rdf_type=RG.DataTransferCondition,
        provider=iri("actor", provider), recipient=iri("actor", recipient),
        subjectToRulesOf=iri("actor", provider), underInstrument=iri("version", "t"),
        evidence=told.document("d", earliest=day(1, year=2024)), **more,
    )  # fmt: skip


def test_data_go_under_other_rules_from_the_day_of_their_own_direction(told):
    _text(told, "t", day(1), told.document("d"))
    _goes(told, "out", "ada", "bo")
    _goes(told, "back", "bo", "ada", earliest=day(3), latest=day(3))
    found = [
        [row.asymmetric for row in whose_rules_bind_the_data(told.store, as_of=on)]
        for on in (day(12, 31, year=2019), day(1), day(2, 29), day(3), None)
    ]
    assert found == [[], [False], [False], [True, True], [True, True]]
    drawn = [len(network(told.store, on).edges) for on in (day(1), day(2, 29), day(3))]
    assert drawn == [1, 1, 2]


def test_a_text_without_a_date_is_there_once_a_document_tells_of_it(told):
    text = str(iri("version", "t"))
    told.lines.append(f"<{text}> <{ELI}is_member_of> <{iri('instrument', 'i')}> .")
    told.add(text, rdf_type=f"{ELI}LegalResource", evidence=told.document("d", earliest=DAY))
    assert what_changed(told.store, until=day(5, 31)) == []
    assert [row.what for row in what_changed(told.store, until=DAY)] == [text]
    assert what_changed(told.store, since=day(1), until=DAY) == []


def test_a_text_of_an_undated_document_is_there_once_that_is_on_record(recorded):
    text = _text(recorded, "text/2", DAY, str(passage_iri("d", "all")))
    recorded.lines = [line for line in recorded.lines
                      if not (line.startswith(f"<{text}>") and "date>" in line)]  # fmt: skip
    recorded.lines.append(f"<{text}> <{ELI}is_member_of> <{iri('instrument', 'i')}> .")
    for on, there in ((day(5, 31), False), (DAY, True)):
        assert bool(what_changed(recorded.store, until=on)) == there
        assert bool(which_rules_govern(recorded.store, as_of=on)) == there
        assert (text in network(recorded.store, on)) == there


def test_what_follows_from_a_text_is_as_old_as_the_text(told):
    late = told.document("late", earliest=day(1, year=2024), latest=day(1, year=2024))
    old, new = (_text(told, slug, begun, late)
                for slug, begun in (("old", day(1, year=2010)), ("new", DAY)))  # fmt: skip
    article, standard = str(iri("provision", "new/1")), str(iri("instrument", "standard"))
    told.lines.append(f"<{article}> <{ELI}is_part_of> <{new}> .")
    told.document("letter", earliest=DAY, latest=DAY)
    ada, letter = str(iri("actor", "ada")), str(iri("document", "letter"))
    for slug, source, prop, target in (
        ("r", new, "http://purl.org/dc/terms/replaces", old),
        ("s", article, RG.refersToStandard, standard),
        ("w", ada, RG.authored, letter),
    ):
        told.add(str(iri("relation", slug)), rdf_type=RG.Relation, rdf_subject=source,
                 rdf_predicate=prop, rdf_object=target, evidence=late)  # fmt: skip
    for end in (old, standard, letter):
        assert ties(told.store, end, as_of=day(5, 31)) == []
        assert len(ties(told.store, end, as_of=DAY)) == 1
    assert not {standard, letter} & set(network(told.store, day(5, 31)))
    assert {standard, letter} <= set(network(told.store, DAY))


def test_a_post_is_there_from_the_first_day_that_is_told_of_it(told):
    post, board = str(iri("post", "chair")), str(iri("actor", "board"))
    told.lines.append(f"<{post}> <{ORG}postIn> <{board}> .")
    assert [len(ties(told.store, board, as_of=on)) for on in (None, DAY)] == [1, 0]
    told.stands("s", "one", "chair", told.document("e", earliest=day(1, year=2024)))
    _link(told, "h", f"{ORG}holds", post, "2020-06-01", earliest=DAY, latest=DAY)
    for on, there in ((day(5, 31), False), (DAY, True)):
        assert bool(ties(told.store, board, as_of=on)) == there
        assert network(told.store, on).has_edge(post, board) == there


def test_who_stood_had_done_so_by_the_election_whoever_tells_of_it_later(told):
    told.stands("s", "one", "chair", told.document("d", earliest=day(1, year=2024)))
    told.add(str(iri("election", "vote")), earliest=DAY, latest=day(6, 3))
    post = str(iri("post", "chair"))
    for on, there in ((day(5, 31), False), (DAY, True)):
        assert bool(who_stood_for(told.store, as_of=on)) == there
        assert (post in network(told.store, on)) == there


def _link(told, slug: str, prop: str, target: str, edtf: str, **days: dt.date) -> str:
    told.lines.append(f'<{iri("relation", slug)}> <{RG.edtf}> "{edtf}" .')
    return told.add(
        str(iri("relation", slug)), rdf_type=RG.Relation, rdf_subject=iri("actor", "ada"),
        rdf_predicate=prop, rdf_object=target, prov_wasAttributedTo=iri("actor", "bo"),
        evidence=told.document(f"d-{slug}"), **days,
    )  # fmt: skip


def test_a_link_whose_period_is_over_is_past(told):
    board, ada = str(iri("actor", "board")), str(iri("actor", "ada"))
    period = {"earliest": day(1), "latest": day(6)}
    member = _link(told, "m", f"{ORG}memberOf", board, "2020-01-01/2020-06-01", **period)
    wrote = _link(
        told, "w", RG.authored, str(iri("document", "d-m")), "2020-01-01/2020-06", **period
    )
    since = _link(told, "s", RG.reportsTo, board, "2020-01-01/..", earliest=day(1))
    once = _link(
        told, "o", RG.partyTo, str(iri("version", "v")), "2020-06-01", earliest=DAY, latest=DAY
    )
    for on, past in ((None, set()), (DAY, set()), (day(6, 2), {member})):
        assert {row.statement for row in edge_rows(network(told.store, on))} == (
            {member, wrote, since, once} - past
        )
        assert {row.statement for row in ties(told.store, ada, as_of=on) if row.past} == past
    ways = [how_are_they_linked(told.store, one=ada, other=board, as_of=on)
            for on in (DAY, day(6, 2))]  # fmt: skip
    assert [[row.statement for row in rows] for rows in ways] == [[member, since], [since]]


def test_what_hangs_on_a_text_that_ended_is_past(told):
    text = _text(told, "t", day(1), told.document("d"), endedLatest=DAY)
    party = _link(told, "p", RG.partyTo, text, "2020-01-01", earliest=day(1), latest=day(1))
    (row,) = ties(told.store, str(iri("actor", "ada")), as_of=DAY)
    assert (row.statement, row.past) == (party, True)
    assert edge_rows(network(told.store, DAY)) == []


# --- who disagrees -------------------------------------------------------------------------------


def test_a_counter_claim_counts_from_its_own_day(told):
    told.claim("c", "one", "asserts", told.document("d", earliest=day(1)))
    counter = told.claim("e", "two", "denies", told.document("e", earliest=DAY))
    told.lines.append(f"<{counter}> <http://purl.org/spar/cito/disputes> <{iri('claim', 'c')}> .")
    (row,) = what_is_said_about(told.store, claimant=str(iri("actor", "one")), as_of=day(5, 31))
    assert (row.contradicted_by, row.disputed_by) == ((), ())
    assert what_is_said_about(told.store, contradicted=True, as_of=day(5, 31)) == []
    (row,) = what_is_said_about(told.store, claimant=str(iri("actor", "one")), as_of=DAY)
    assert (row.contradicted_by, row.disputed_by) == ((counter,), (counter,))


def test_nobody_contradicts_himself(told):
    passage = told.document("d")
    told.claim("c", "one", "asserts", passage)
    told.claim("e", "one", "denies", passage)
    assert where_sources_disagree(told.store) == []
    assert what_is_said_about(told.store, contradicted=True) == []
    told.claim("f", "two", "denies", passage)
    assert len(where_sources_disagree(told.store)) == 1


def test_two_who_exclude_each_other_in_several_ways_disagree_once(told):
    passage = told.document("d")
    one, other = (told.claim(slug, slug, "asserts", passage) for slug in ("one", "two"))
    dry = told.add(
        str(iri("proposition", "it-is-dry")), conflictsWith=iri("proposition", "it-rains")
    )
    told.add(str(iri("proposition", "it-rains")), conflictsWith=dry)
    told.lines = [line.replace(str(iri("proposition", "it-rains")), dry) if other in line else line
                  for line in told.lines]  # fmt: skip
    told.lines.append(f"<{other}> <http://purl.org/spar/cito/disputes> <{one}> .")
    (row,) = where_sources_disagree(told.store)
    assert (row.statement_a, row.statement_b) == (one, other)


def test_one_who_tells_of_two_posts_contradicts_nobody(told):
    passage = told.document("d")
    told.stands("c", "one", "chair", passage)
    told.stands("e", "one", "seat", passage)
    told.stands("f", "two", "chair", passage)
    assert where_sources_disagree(told.store) == []


def test_two_who_tell_of_two_posts_disagree(told):
    passage = told.document("d")
    told.stands("c", "one", "chair", passage)
    told.stands("e", "two", "seat", passage)
    (row,) = where_sources_disagree(told.store)
    assert {row.who_a, row.who_b} == {(str(iri("actor", "one")),), (str(iri("actor", "two")),)}


def counted(told: Told, who: str, number: int) -> None:
    told.add(
        str(iri("claim", "count")),
        rdf_type=RG.StatisticalClaim,
        proposition=iri("proposition", "signed"),
        stance=RG.asserts,
        countsSignaturesOf=iri("document", "petition"),
        quantity=number,
        prov_wasAttributedTo=iri("actor", who),
        evidence=told.document("count", earliest=DAY),
    )
    told.lines.append(f"<{iri('claim', 'count')}> <{RDF}type> <{RG.Claim}> .")


@pytest.mark.parametrize(("number", "rows"), [(2, 0), (3, 1), (4, 1)])
def test_a_list_printed_twice_is_counted_once(told, number, rows):
    for source in ("one", "two"):
        passage = told.document(source, earliest=day(1))
        told.signs(source, 1, "first", passage)
        told.signs(source, 2, "second", passage)
    counted(told, "three", number)
    assert {row.listed_count for row in who_signed(told.store)} == {2}
    assert len(where_sources_disagree(told.store, kind="count")) == rows


def test_who_counts_and_prints_does_not_disagree_with_himself(told):
    told.signs("one", 1, "first", told.document("d", earliest=day(1)))
    counted(told, "one", 2)
    assert where_sources_disagree(told.store) == []
    (row,) = who_signed(told.store)
    assert (row.listed_count, row.stated_counts) == (1, (2,))


def test_a_day_hides_signatures_and_counts_told_later(told):
    told.signs("one", 1, "first", told.document("d", earliest=day(2)))
    counted(told, "two", 2)
    assert who_signed(told.store, as_of=day(1)) == []
    assert who_signed(told.store, as_of=day(2))[0].stated_counts == ()
    assert who_signed(told.store, as_of=DAY)[0].stated_counts == (2,)
    assert where_sources_disagree(told.store, as_of=day(2)) == []


def test_two_lists_that_differ_are_counted_each_alone(told):
    one, two = (told.document(name, earliest=day(1)) for name in ("one", "two"))
    told.signs("one", 1, "first", one)
    told.signs("one", 2, "second", one)
    told.signs("two", 1, "third", two)
    counted(told, "three", 3)
    assert [row.listed_count for row in who_signed(told.store)] == [2, 2, 1]
    assert len(where_sources_disagree(told.store)) == 2


def test_a_count_is_held_only_against_a_list_of_its_day(told):
    told.signs("one", 1, "first", told.document("d", earliest=day(9)))
    counted(told, "two", 2)
    assert where_sources_disagree(told.store, as_of=DAY) == []
    assert len(where_sources_disagree(told.store, as_of=day(9))) == 1


def test_what_was_imported_without_an_ask_or_issuer_is_shown_all_the_same(told):
    node = told.add(
        str(iri("recommendation", "row-2")),
        rdf_type=RG.Recommendation,
        addressedTo=iri("actor", "board"),
        evidence=told.document("list"),
    )
    (shown,) = which_recommendations(told.store)
    assert (shown.recommendation, shown.asks, shown.issuers) == (node, (), ())


@pytest.mark.parametrize(
    ("one", "other", "years"),
    [
        ("2015", "2024-02-09", 8), ("2024-02-09", "2015", 8), ("2019-03", "2020-03-30", 0),
        ("2019-03", "2020-03-31", 1), ("2015/2020", "2018", 0), ("../2015", "2024", 8),
        ("2015/..", "2024", 0), ("2015~", "2018?", 2), (None, "2024", 0), ("201X", "2024", 0),
        ("2015-12-31", "2016-21", 0), ("2015/", "2024", 0), ("/2015", "2024", 8),
    ],
)  # fmt: skip
def test_only_years_that_surely_lie_between_two_dates_are_counted(one, other, years):
    assert years_apart(one, other) == years


def test_voices_that_speak_for_other_years_differ_and_tell_how_many_lie_between(told):
    told.one = told.ask("one", told.document("d"))
    _said(told, "old", "notAdopted", dt.date(2015, 1, 1), dt.date(2015, 12, 31), "2015", by="ada")
    _said(told, "new", "adopted", dt.date(2020, 3, 1), dt.date(2020, 3, 1), by="bo")
    (row,) = where_sources_disagree(told.store)
    assert (row.when_a, row.when_b, row.years_apart) == ("2015", "2020-03-01", 4)
    assert which_recommendations(told.store)[0].contested
