"""Law 1: a status is somebody's statement; what stands, and who differs, is computed from them."""

from __future__ import annotations

import datetime as dt
from itertools import count

import pytest

from graph.coverage import voices
from graph.questions import which_recommendations
from graph.statuses import what_happened_to, who_disagrees
from graph.store import open_store
from ontology.identifiers import iri
from ontology.terms import RG, scheme_iri

REC = iri("recommendation", "ask")
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
PROV = "http://www.w3.org/ns/prov#"
XSD = "http://www.w3.org/2001/XMLSchema#"


class World:
    """A snapshot of one recommendation, written assessment by assessment."""

    def __init__(self) -> None:
        self.lines = [
            f"<{REC}> <{TYPE}> <{RG.Recommendation}> .",
            f"<{REC}> <{RG.issuedBy}> <{iri('actor', 'issuer')}> .",
            f'<{REC}> <{RG.earliest}> "2018-01-01"^^<{XSD}date> .',
        ]
        self.numbers = count(1)

    def says(self, who, status, day, *, axis="adoption", relation="thirdParty", revises=None):
        node = iri("assessment", f"a{next(self.numbers)}")
        self.lines += [
            f"<{node}> <{RG.assesses}> <{REC}> .",
            f"<{node}> <{RG.axis}> <{scheme_iri(axis)}> .",
            f"<{node}> <{RG.status}> <{RG[status]}> .",
            f'<{node}> <{RG.asOf}> "{day}"^^<{XSD}date> .',
            f"<{node}> <{PROV}wasAttributedTo> <{iri('actor', who)}> .",
            f"<{node}> <{RG.assessorRelation}> <{RG[relation]}> .",
        ]
        if revises:
            self.lines.append(f"<{node}> <{PROV}wasRevisionOf> <{revises}> .")
        return node

    @property
    def store(self):
        return open_store("memory:", "\n".join(self.lines).encode())

    def voices(self, axis="adoption", as_of=None):
        """Return the current words on an axis, and whether they are contested."""
        day = dt.date.fromisoformat(as_of) if as_of else None
        rows = which_recommendations(self.store, axis=axis, as_of=day)
        return sorted(row.status for row in rows), rows[0].contested, rows[0].only_issuer


@pytest.fixture
def world() -> World:
    return World()


def test_nobody_has_spoken_is_unassessed_and_nothing_else(world):
    assert world.voices() == (["unassessed"], False, False)


def test_a_word_on_one_axis_says_nothing_on_another(world):
    world.says("a", "inPractice", "2020-01-01", axis="practice")
    assert world.voices("adoption")[0] == ["unassessed"]
    assert world.voices("practice")[0] == ["inPractice"]


def test_a_later_word_of_the_same_assessor_supersedes(world):
    world.says("a", "underConsideration", "2020-01-01")
    world.says("a", "adopted", "2021-01-01")
    assert world.voices()[0] == ["adopted"]
    assert world.voices(as_of="2020-12-31")[0] == ["underConsideration"]
    assert world.voices(as_of="2021-01-01")[0] == ["adopted"]
    assert world.voices(as_of="2019-12-31")[0] == ["unassessed"]


def test_a_later_word_on_another_axis_does_not_supersede(world):
    world.says("a", "adopted", "2020-01-01")
    world.says("a", "notInPractice", "2021-01-01", axis="practice")
    assert world.voices()[0] == ["adopted"]


def test_a_later_word_of_another_assessor_stands_beside(world):
    world.says("a", "adopted", "2020-01-01")
    world.says("b", "notAdopted", "2021-01-01")
    assert world.voices() == (["adopted", "notAdopted"], True, False)


def test_assessors_who_agree_do_not_contest(world):
    world.says("a", "adopted", "2020-01-01")
    world.says("b", "adopted", "2021-01-01")
    assert world.voices() == (["adopted", "adopted"], False, False)
    assert who_disagrees(world.store) == []


def test_one_assessor_with_two_words_for_a_day_does_not_contest_himself(world):
    world.says("a", "adopted", "2020-01-01")
    world.says("a", "notAdopted", "2020-01-01")
    assert world.voices() == (["adopted", "notAdopted"], False, False)


def test_to_have_found_nothing_is_not_to_contradict(world):
    world.says("a", "adopted", "2020-01-01", relation="issuer")
    world.says("b", "noInformation", "2021-01-01", relation="curator")
    assert world.voices() == (["adopted", "noInformation"], False, True)
    assert who_disagrees(world.store) == []


def test_to_have_found_nothing_takes_no_earlier_word_back(world):
    world.says("a", "noInformation", "2019-01-01")
    world.says("a", "adopted", "2020-01-01")
    assert world.voices()[0] == ["adopted"]
    world.says("a", "noInformation", "2021-01-01")
    assert world.voices()[0] == ["adopted", "noInformation"]
    world.says("a", "noInformation", "2022-01-01")
    assert len(world.voices()[0]) == 2
    world.says("a", "notAdopted", "2023-01-01")
    assert world.voices()[0] == ["notAdopted"]


def test_a_curator_who_found_nothing_is_not_the_issuers_voice(world):
    world.says("b", "noInformation", "2021-01-01", relation="curator")
    assert world.voices() == (["noInformation"], False, False)


def test_two_issuers_who_agree_are_still_the_issuers_voice(world):
    world.says("a", "adopted", "2020-01-01", relation="issuer")
    world.says("b", "adopted", "2020-01-01", relation="issuer")
    world.says("b", "inPractice", "2020-01-01", relation="issuer", axis="practice")
    assert world.voices()[1:] == (False, True)
    assert voices(what_happened_to(world.store)).one_voice == {str(REC)}


def test_two_issuers_who_differ_contest_each_other_and_are_no_one_voice(world):
    world.says("a", "adopted", "2020-01-01", relation="issuer")
    world.says("b", "notAdopted", "2020-01-01", relation="issuer")
    assert world.voices()[1:] == (True, False)
    assert voices(what_happened_to(world.store)).one_voice == frozenset()


def test_an_independent_voice_ends_the_issuers_monopoly(world):
    world.says("a", "adopted", "2020-01-01", relation="issuer")
    world.says("b", "adopted", "2020-01-01")
    assert not world.voices()[2]


def test_a_revision_replaces_what_it_corrects_even_with_the_same_day(world):
    slip = world.says("a", "adopted", "2020-01-01")
    mended = world.says("a", "partiallyAdopted", "2020-01-01", revises=slip)
    assert world.voices()[0] == ["partiallyAdopted"]
    rows = {row.assessment: row for row in what_happened_to(world.store)}
    assert rows[str(slip)].revised_by == str(mended)
    assert not rows[str(slip)].current


def test_a_revision_counts_from_its_own_day_on(world):
    slip = world.says("a", "adopted", "2020-01-01")
    world.says("a", "notAdopted", "2021-01-01", revises=slip)
    assert world.voices(as_of="2020-06-01")[0] == ["adopted"]
    assert world.voices(as_of="2021-01-01")[0] == ["notAdopted"]


def test_what_was_revised_supersedes_nothing(world):
    world.says("a", "underConsideration", "2019-01-01")
    slip = world.says("a", "adopted", "2021-01-01")
    world.says("a", "notAdopted", "2020-01-01", revises=slip)
    assert world.voices()[0] == ["notAdopted"]


def test_a_revision_ends_a_disagreement(world):
    world.says("a", "adopted", "2020-01-01")
    slip = world.says("b", "notAdopted", "2020-01-01")
    assert world.voices()[1]
    world.says("b", "adopted", "2020-02-01", revises=slip)
    assert not world.voices()[1]
    assert who_disagrees(world.store) == []
    assert len(who_disagrees(world.store, as_of=dt.date(2020, 1, 31))) == 1


def test_disagreement_is_told_per_axis(world):
    world.says("a", "claimedInPractice", "2020-01-01", axis="practice")
    world.says("b", "notInPractice", "2020-01-01", axis="practice")
    assert not world.voices("adoption")[1]
    assert world.voices("practice")[1]
    assert [row.axis for row in who_disagrees(world.store)] == ["practice"]
    assert who_disagrees(world.store, axis="adoption") == []


def test_contested_is_told_before_rows_are_filtered(world):
    world.says("a", "adopted", "2020-01-01")
    world.says("b", "notAdopted", "2020-01-01")
    (row,) = which_recommendations(world.store, status="adopted")
    assert row.contested
    assert len(which_recommendations(world.store, status="contested")) == 2
    (row,) = which_recommendations(world.store, assessor=str(iri("actor", "b")))
    assert row.contested
