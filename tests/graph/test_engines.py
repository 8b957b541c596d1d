"""Two engines give equal rows: every question, its parameters one by one, on both corpora."""

from __future__ import annotations

import pytest

from graph.entities import describe, labels, passages
from graph.network import edge_rows, network
from graph.parameters import words_of
from graph.questions import QUESTIONS, ask
from graph.statuses import who_disagrees
from ontology.identifiers import iri

RIVER = {
    "issuer": ["river-petitioners", "open-locks-network"],
    "addressee": ["ombrel-secretariat"],
    "theme": ["redress"],
    "document": ["ombrel-resolution-2012", "open-locks-2015"],
    "assessor": ["waterways-audit-office"],
    "issued_before": ["2012-05-15"],
    "text": ["PANEL", "no such words"],
    "recommendation": ["open-locks-2012-panel", "open-locks-2014-reasons"],
    "signatory": ["mirelle-tosk"],
    "party": ["ombrel-commission", "kaldoria"],
    "other": ["highland-lakes-council"],
    "subject": ["ombrel-commission", "actor/odo-brankel", "document/ombrel-resolution-2012"],
    "claimant": ["ombrel-secretariat"],
    "body": ["highland-lakes-council", "ombrel-inspectors"],
    "requesting_state": ["kaldoria"],
    "requested_state": ["tresmark"],
    "post": ["ombrel-president"],
    "candidate": ["odo-brankel"],
    "election": ["ombrel-election-2013"],
    "instrument": ["navigation-rules"],
    "since": ["2014-06-01"],
    "until": ["2011-06-06"],
    "as_of": ["1900-01-01", "2012-01-01", "2015-03-01", "2016-05-15"],
    "longest": ["1"],
    "publisher": ["open-locks-network"],
    "asked_before": ["2013-01-01"],
    "issuers": ["1"],
}
INTERPOL = {
    "issuer": ["mena-rights-group"],
    "addressee": ["interpol-general-assembly"],
    "document": ["civil-society-resolution-2021"],
    "recommendation": ["mrg-2026-notice-and-reasons"],
    "party": ["interpol"],
    "subject": ["aimc", "actor/al-raisi"],
    "claimant": ["interpol"],
    "body": ["aimc"],
    "requested_state": ["morocco"],
    "candidate": ["hu-binchen"],
    "instrument": ["ccf-statute"],
    "as_of": ["2021-11-22", "2025-10-31"],
}
ENDS = {
    "river": {"one": "ombrel-commission", "other": "highland-lakes-council"},
    "interpol": {"one": "interpol", "other": "aimc"},
}


def cases():
    for corpus, given in (("river", RIVER), ("interpol", INTERPOL)):
        for name, question in QUESTIONS.items():
            ends = ENDS[corpus] if name == "how_are_they_linked" else {}
            yield corpus, name, ends
            for parameter in question.parameters:
                if parameter.name in ends:
                    continue
                words = words_of(parameter.kind)[:2] if corpus == "river" else []
                for text in given.get(parameter.name, words):
                    yield corpus, name, {**ends, parameter.name: text}


def titled(case):
    corpus, name, given = case
    return "-".join([corpus, name, *[f"{key}={value}" for key, value in given.items()]])


@pytest.mark.parametrize("case", list(cases()), ids=titled)
def test_both_engines_give_the_same_rows(case, request):
    corpus, name, given = case
    engines = request.getfixturevalue(f"{corpus}_engines")
    assert ask(engines.oxigraph, name, **given) == ask(engines.rdflib, name, **given)


def test_every_parameter_is_tried():
    tried = {key for _, _, given in cases() for key in given}
    assert tried == {one.name for question in QUESTIONS.values() for one in question.parameters}


@pytest.mark.parametrize("corpus", ["river", "interpol"])
@pytest.mark.parametrize("look_up", [labels, passages, network, who_disagrees])
def test_both_engines_look_up_the_same(corpus, look_up, request):
    engines = request.getfixturevalue(f"{corpus}_engines")
    one, other = look_up(engines.oxigraph), look_up(engines.rdflib)
    assert (edge_rows(one) if look_up is network else one) == (
        edge_rows(other) if look_up is network else other
    )


def test_both_engines_describe_alike(river_engines):
    for kind, slug in (
        ("actor", "odo-brankel"),
        ("actor", "ombrel-council"),
        ("recommendation", "open-locks-2014-reasons"),
        ("version", "navigation-rules/2014"),
        ("case", "case-3efdaa"),
    ):
        node = str(iri(kind, slug))
        assert describe(river_engines.oxigraph, node) == describe(river_engines.rdflib, node)
