"""Who an assessor is to a recommendation is derived from the corpus, never typed in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.pipeline import snapshot_of
from ingest.reading import read_corpus
from ingest.standing import Standing
from ontology.terms import SHAPES
from ontology.validation import validate

Write = Callable[..., Path]

MORE_ACTORS = (
    "processes:\n",
    "  - {id: fee-office, label: Fee office, kind: organBody}\n"
    "  - {id: coalition, label: Coalition, kind: group, criterion: Those who wrote together.}\n"
    "  - {id: a-town, label: A town, kind: state}\n"
    "  - {id: watch-archive, label: Archive of the watch, kind: organBody}\n"
    "  - {id: mayor, label: The mayor, kind: person}\n"
    "  - {id: archivist, label: The archivist, kind: person}\n"
    "processes:\n",
)
MORE_LINKS = (
    "relations:\n",
    "relations:\n"
    "  - {id: office, passages: [ask], subject: 'actor:fee-office', relation: unitOf,\n"
    "     object: 'actor:harbour-board', summary: The office belongs to the board.}\n"
    "  - {id: in-coalition, passages: [ask], subject: 'actor:coalition', relation: member,\n"
    "     object: 'actor:harbour-watch', summary: The watch is in it.}\n"
    + "".join(
        f"  - {{id: {one}-in-{other}, passages: [ask], subject: 'actor:{one}', relation: {how},\n"
        f"     object: 'actor:{other}', summary: One belongs to the other.}}\n"
        for one, how, other in (
            ("watch-archive", "unitOf", "harbour-watch"),
            ("archivist", "memberOf", "watch-archive"),
            ("mayor", "memberOf", "fee-office"),
            ("a-town", "memberOf", "harbour-watch"),
            ("a-town", "memberOf", "harbour-board"),
            ("a-town", "memberOf", "coalition"),
        )
    ),
)


@pytest.mark.parametrize(
    ("assessor", "standing"),
    [
        ("harbour-watch", "issuer"),
        ("harbour-board", "addressee"),
        ("fee-office", "addressee"),
        ("clerks", "curator"),
        ("watch-archive", "issuer"),
        ("archivist", "issuer"),
        ("mayor", "addressee"),
        ("a-town", "thirdParty"),
        ("coalition", "thirdParty"),
    ],
)
def test_an_assessor_stands_where_the_corpus_puts_it(
    corpus_folder: Write, assessor: str, standing: str
) -> None:
    corpus = read_corpus(corpus_folder(MORE_ACTORS, MORE_LINKS))
    assert Standing(corpus).of(assessor, "publish-every-fee", "2025") == standing


@pytest.mark.parametrize("member", ["harbour-watch", "a-town"])
@pytest.mark.parametrize("side", ["issuer", "addressee"])
def test_a_member_of_a_group_speaks_as_the_group(
    corpus_folder: Write, member: str, side: str
) -> None:
    named = {"issuer": "issuers: [harbour-watch]", "addressee": "addressees: [harbour-board]"}[side]
    other = {"issuer": "addressees: [harbour-board]", "addressee": "issuers: [harbour-watch]"}[side]
    folder = corpus_folder(
        MORE_ACTORS, MORE_LINKS,
        (named, f"{side}s: [coalition]"), (other, f"{other.split(':')[0]}: [clerks]"),
    )  # fmt: skip
    assert Standing(read_corpus(folder)).of(member, "publish-every-fee", "2025") == side


@pytest.mark.parametrize(
    ("period", "as_of", "standing"),
    [
        ("2016/2020", "2020", "addressee"),
        ("2016/2020", "2021-01-01", "thirdParty"),
        ("2016/2020", "2020-06/2021", "addressee"),
        ("2016/..", "2021", "addressee"),
        ("2016", "2021", "addressee"),
    ],
)
def test_who_was_a_member_speaks_as_one_until_the_end(
    corpus_folder: Write, period: str, as_of: str, standing: str
) -> None:
    dated = ("subject: 'actor:mayor',", f"subject: 'actor:mayor', date: \"{period}\",")
    by = ("as_of: 2024-06-30\n    by: harbour-watch", f'as_of: "{as_of}"\n    by: mayor')
    corpus = read_corpus(corpus_folder(MORE_ACTORS, MORE_LINKS, dated, by))
    assert Standing(corpus).of("mayor", "publish-every-fee", as_of) == standing
    rule = str(SHAPES.AssessorRelationIsTrue)
    assert validate(snapshot_of(corpus).record(), [rule]) == []


def test_the_organisation_whose_organ_asks_speaks_as_issuer(corpus_folder: Write) -> None:
    folder = corpus_folder(
        MORE_ACTORS, MORE_LINKS, ("issuers: [harbour-watch]", "issuers: [watch-archive]")
    )
    assert (
        Standing(read_corpus(folder)).of("harbour-watch", "publish-every-fee", "2025") == "issuer"
    )


def test_whoever_belongs_to_both_sides_is_called_on_to_act(corpus_folder: Write) -> None:
    folder = corpus_folder(
        MORE_ACTORS, MORE_LINKS, ("issuers: [harbour-watch]", "issuers: [fee-office]")
    )
    assert (
        Standing(read_corpus(folder)).of("harbour-board", "publish-every-fee", "2025")
        == "addressee"
    )


def test_what_is_only_alleged_puts_nobody_on_a_side(corpus_folder: Write) -> None:
    stated = "relation: unitOf,\n     object: 'actor:harbour-watch'"
    alleged = stated.replace("unitOf", "unitOf, allegation: true")
    folder = corpus_folder(MORE_ACTORS, MORE_LINKS, (stated, alleged))
    assert (
        Standing(read_corpus(folder)).of("watch-archive", "publish-every-fee", "2025")
        == "thirdParty"
    )


def test_whoever_signed_the_document_speaks_as_issuer(corpus_folder: Write) -> None:
    folder = corpus_folder(
        MORE_ACTORS,
        ("    label: Publish every fee", "    made_in: letter\n    label: Publish every fee"),
        ("actors:\n", "mentioned_documents:\n"
         "  - {id: letter, title: A letter, kind: letter, passages: [ask]}\nactors:\n"),
        ("relations:\n", "signature_lists:\n  - {id: letter-signed, document: letter,\n"
         "     passages: [ask], signatures: [{signatory: a-town}]}\nrelations:\n"),
    )  # fmt: skip
    assert Standing(read_corpus(folder)).of("a-town", "publish-every-fee", "2025") == "issuer"


def test_the_organisation_whose_organ_is_addressed_speaks_as_addressee(
    corpus_folder: Write,
) -> None:
    folder = corpus_folder(
        MORE_ACTORS, MORE_LINKS, ("addressees: [harbour-board]", "addressees: [fee-office]")
    )
    assert (
        Standing(read_corpus(folder)).of("harbour-board", "publish-every-fee", "2025")
        == "addressee"
    )
