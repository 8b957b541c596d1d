"""Who an assessor is to a recommendation is derived from the corpus, never typed in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.reading import read_corpus
from ingest.standing import Standing

Write = Callable[..., Path]

MORE_ACTORS = (
    "processes:\n",
    "  - {id: fee-office, label: Fee office, kind: organBody}\n"
    "  - {id: coalition, label: Coalition, kind: group, criterion: Those who wrote together.}\n"
    "  - {id: a-town, label: A town, kind: state}\n"
    "processes:\n",
)
MORE_LINKS = (
    "relations:\n",
    "relations:\n"
    "  - {id: office, passages: [ask], subject: 'actor:fee-office', relation: unitOf,\n"
    "     object: 'actor:harbour-board', summary: The office belongs to the board.}\n"
    "  - {id: in-coalition, passages: [ask], subject: 'actor:coalition', relation: member,\n"
    "     object: 'actor:harbour-watch', summary: The watch is in it.}\n",
)


@pytest.mark.parametrize(
    ("assessor", "standing"),
    [
        ("harbour-watch", "issuer"),
        ("harbour-board", "addressee"),
        ("fee-office", "addressee"),
        ("clerks", "curator"),
        ("a-town", "thirdParty"),
        ("coalition", "thirdParty"),
    ],
)
def test_an_assessor_stands_where_the_corpus_puts_it(
    corpus_folder: Write, assessor: str, standing: str
) -> None:
    corpus = read_corpus(corpus_folder(MORE_ACTORS, MORE_LINKS))
    assert Standing(corpus).of(assessor, "publish-every-fee") == standing


def test_a_member_of_the_issuing_group_speaks_as_issuer(corpus_folder: Write) -> None:
    folder = corpus_folder(
        MORE_ACTORS, MORE_LINKS, ("issuers: [harbour-watch]", "issuers: [coalition]")
    )
    assert Standing(read_corpus(folder)).of("harbour-watch", "publish-every-fee") == "issuer"


def test_whoever_signed_the_document_speaks_as_issuer(corpus_folder: Write) -> None:
    folder = corpus_folder(
        MORE_ACTORS,
        ("    label: Publish every fee", "    made_in: letter\n    label: Publish every fee"),
        ("actors:\n", "mentioned_documents:\n"
         "  - {id: letter, title: A letter, kind: letter, passages: [ask]}\nactors:\n"),
        ("relations:\n", "signature_lists:\n  - {id: letter-signed, document: letter,\n"
         "     passages: [ask], signatures: [{signatory: a-town}]}\nrelations:\n"),
    )  # fmt: skip
    assert Standing(read_corpus(folder)).of("a-town", "publish-every-fee") == "issuer"


def test_the_organisation_whose_organ_is_addressed_speaks_as_addressee(
    corpus_folder: Write,
) -> None:
    folder = corpus_folder(
        MORE_ACTORS, MORE_LINKS, ("addressees: [harbour-board]", "addressees: [fee-office]")
    )
    assert Standing(read_corpus(folder)).of("harbour-board", "publish-every-fee") == "addressee"
