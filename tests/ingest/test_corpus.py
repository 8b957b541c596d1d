"""The shipped corpus: what the five seed documents ask, each on its passage, and no more."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.documents import Documents
from ingest.passage_checks import check_passages
from ingest.passages import Verdict
from ingest.pipeline import Snapshot, build
from ingest.reading import shipped_corpus

# Document, ask (start, end), its whole sentence or list item (start, end): 32 passages in which
# two readers found a recommendation. Offsets only; the words stay in the documents.
ASKS = [
    ("gherson-2021", 2108, 2208, 2060, 2209),
    ("the-hill-2021", 2057, 2108, 1884, 2123),
    ("statewatch-2021", 153, 302, 61, 303),
    ("statewatch-2021", 391, 531, 304, 532),
    ("statewatch-2021", 1114, 1281, 981, 1282),
    ("statewatch-2021", 1910, 1975, 1804, 1977),
    ("statewatch-2021", 2324, 2433, 2164, 2434),
    ("statewatch-2021", 2749, 2892, 2436, 2929),
    ("statewatch-2021", 3047, 3098, 3047, 3098),
    ("statewatch-2021", 3104, 3258, 3104, 3258),
    ("statewatch-2021", 3264, 3331, 3264, 3331),
    ("statewatch-2021", 3337, 3480, 3337, 3480),
    ("statewatch-2021", 3486, 3576, 3486, 3576),
    ("statewatch-2021", 3582, 3695, 3582, 3696),
    ("statewatch-2021", 3756, 3943, 3756, 3943),
    ("statewatch-2021", 3949, 4214, 3949, 4214),
    ("statewatch-2021", 4220, 4366, 4220, 4366),
    ("statewatch-2021", 4372, 4538, 4372, 4538),
    ("statewatch-2021", 4544, 4743, 4544, 4744),
    ("uk-parliamentarians-2021", 693, 745, 525, 746),
    ("uk-parliamentarians-2021", 3751, 3840, 3688, 3953),
    ("uk-parliamentarians-2021", 3846, 3952, 3688, 3953),
    ("uk-parliamentarians-2021", 3975, 4187, 3955, 4188),
    ("mrg-2026", 5783, 5955, 5772, 5956),
    ("mrg-2026", 7811, 7865, 7536, 7866),
    ("mrg-2026", 10281, 10450, 10182, 10451),
    ("mrg-2026", 10649, 10744, 10595, 10763),
    ("mrg-2026", 16846, 16979, 16846, 16979),
    ("mrg-2026", 16985, 17156, 16985, 17157),
    ("mrg-2026", 17177, 17458, 17177, 17458),
    ("mrg-2026", 17464, 17876, 17464, 17876),
    ("mrg-2026", 17882, 18181, 17882, 18182),
]
# Pairs of passages that hold one recommendation told twice.
TOLD_TWICE = [(("statewatch-2021", 391), ("statewatch-2021", 2749)),
              (("uk-parliamentarians-2021", 693), ("uk-parliamentarians-2021", 3751))]  # fmt: skip


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return build(shipped_corpus())


def _spans(snapshot: Snapshot) -> list[tuple[str, int, int, str]]:
    """Return document, start, end and recommendation of each passage of a recommendation."""
    return [
        (file.facts.document.id, *span, entry.id)
        for file, entry in snapshot.corpus.entries("recommendations")
        for key in entry.passages
        if (span := file.facts.passages[key].span)
    ]


def _share(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


def _found(snapshot: Snapshot, ask: tuple[str, int, int, int, int]) -> set[str]:
    document, start, end, sentence_start, sentence_end = ask
    return {
        recommendation
        for of, a, b, recommendation in _spans(snapshot)
        if of == document
        and max(_share((a, b), (start, end)), _share((a, b), (sentence_start, sentence_end))) >= 0.5
    }


@pytest.mark.parametrize("ask", ASKS, ids=[f"{ask[0]}-{ask[1]}" for ask in ASKS])
def test_every_clear_ask_of_the_seeds_is_a_recommendation(
    snapshot: Snapshot, ask: tuple[str, int, int, int, int]
) -> None:
    assert _found(snapshot, ask)


@pytest.mark.parametrize(("first", "again"), TOLD_TWICE)
def test_an_ask_told_twice_is_one_recommendation(
    snapshot: Snapshot, first: tuple[str, int], again: tuple[str, int]
) -> None:
    told = {(ask[0], ask[1]): _found(snapshot, ask) for ask in ASKS}
    assert told[first] & told[again]


def test_every_passage_at_hand_is_verified(snapshot: Snapshot, documents: Path) -> None:
    checks = check_passages(snapshot.corpus, Documents(documents))
    found = {check.verdict for check in checks}
    assert found == {Verdict.VERIFIED, Verdict.LOCATOR_ONLY}
    assert sum(check.verdict is Verdict.VERIFIED for check in checks) >= 150


def test_what_is_not_from_the_seeds_says_so(snapshot: Snapshot) -> None:
    seeds = {
        file.facts.document.id
        for file in snapshot.corpus.files
        if file.facts.document.origin == "seed"
    }
    assert seeds == {
        "gherson-2021", "mrg-2026", "statewatch-2021", "the-hill-2021", "uk-parliamentarians-2021",
    }  # fmt: skip


def test_the_record_says_truthfully_who_decided(snapshot: Snapshot) -> None:
    for file in snapshot.corpus.files:
        assert "machine-assisted" in file.facts.document.review, file.name
        assert "not independently reviewed" in file.facts.document.review, file.name


def test_every_passage_serves_an_entry(snapshot: Snapshot) -> None:
    for file in snapshot.corpus.files:
        entries = file.facts.model_dump(exclude={"document", "passages"})
        unused = set(file.facts.passages) - set(_words(entries))
        assert not unused, f"{file.name}: {unused}"


def _words(value: object) -> Iterator[str]:
    """Yield every text in nested entries."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _words(one)
