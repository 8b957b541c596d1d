"""Candidates: the asks a document makes or reports, with their passages, for a person to judge."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from ingest.linking import Label, Link, Linker, fold
from ingest.readers import Limits, Reading, ReadingFailure, read_files
from ingest.rules.bracketed import Bracketed
from ingest.rules.found import Found, Surroundings
from ingest.rules.listed import ListReader
from ingest.rules.prose import asks_in
from ingest.rules.sentences import sentences
from ingest.rules.statuses import statuses_in
from ingest.rules.surroundings import item_stretches, survey
from ingest.rules.vocabulary import ASK, MODAL
from ontology.errors import ReformError

RULES_VERSION = "3"
LANGUAGES = {"", "en"}  # the rules know English; a text in another language yields nothing


@dataclass(frozen=True)
class Candidate:
    """An ask as found: `start` to `end` are characters of the decoded text, end exclusive.

    `kind` is "ask", "reported ask" or "mandate" (what a law orders: no ask). `trigger` gives the
    words that showed it, `rule` the rule. `score` orders the queue; it is no probability. Of a
    statement of status `kind` is "status", `response` the status, `proposers` are its assessors.
    """

    doc: str
    start: int
    end: int
    text: str
    addressees: list[str]
    proposers: list[str]
    kind: str
    themes: list[str]
    trigger: str
    score: float
    rule: str = ""
    response: str = ""
    provision: str = ""
    page: int | None = None
    sentence_start: int = 0
    sentence_end: int = 0
    links: list[Link] = field(default_factory=list)


@dataclass(frozen=True)
class Extraction:
    """What a batch of files gave: candidates, the readings behind them, and what failed."""

    candidates: list[Candidate]
    readings: list[Reading]
    failures: list[ReadingFailure]

    def as_json(self) -> list[dict[str, Any]]:
        """Return the candidates as `reformgraph extract --json` prints them."""
        return [asdict(candidate) for candidate in self.candidates]


LONGEST_SENTENCE = 20_000
"""Characters; what is longer is no sentence, and the rules would search it for minutes."""
MOST = 10_000
"""How many candidates a document may have, as many as an import may bring."""
MOST_WORDS = 20_000
"""How many verbs of asking and words of duty a document may have: each is searched around."""


class TooMuchError(ReformError):
    """A document in which more stands to be found than the rules look for."""

    def __init__(self, name: str) -> None:
        """Take the document's name."""
        super().__init__(
            f"{name}: has more than {MOST:,} candidates, or {MOST_WORDS:,} verbs of asking and "
            "words of duty, so no rule searches it. Split it, or state its asks by hand."
        )


def extract_files(
    paths: Iterable[Path],
    *,
    labels: Sequence[Label] = (),
    statuses: bool = False,
    mandates: bool = False,
    limits: Limits | None = None,
    progress: Callable[[Path], None] | None = None,
) -> Extraction:
    """Read files in a limited process and find their candidates, file by file.

    `labels` are known actors, instruments and themes to link to. With `statuses`, statements of
    what became of an ask take the place of asks. With `mandates`, duties that a law lays down come
    too, marked as such. A file that cannot be read, or has too much to find, is a failure in the
    answer, not an error.
    """
    extraction = Extraction([], [], [])
    paths = [Path(p) for p in paths]
    for path, result in zip(paths, read_files(paths, limits, progress), strict=True):
        if isinstance(result, ReadingFailure):
            extraction.failures.append(result)
            continue
        try:
            found = (
                find_statuses(result, labels)
                if statuses
                else find_asks(result, labels, mandates=mandates)
            )
        except TooMuchError as error:
            extraction.failures.append(ReadingFailure(path, str(error)))
            continue
        extraction.readings.append(result)
        extraction.candidates.extend(found)
    return extraction


def find_asks(
    reading: Reading,
    labels: Sequence[Label] = (),
    *,
    authors: Sequence[str] = (),
    mandates: bool = False,
) -> list[Candidate]:
    """Find the asks of one document, in its order.

    `authors` say whose voice "we" is, when the caller knows. Raises TooMuchError.
    """
    if reading.language not in LANGUAGES:
        return []
    view = _searchable(reading)
    around = survey(reading, view, list(authors))
    found = _walk(reading, view, around)
    found = [f for f in found if mandates or f.kind != "mandate"]
    return _candidates(reading, view, _without_repeats(found), labels)


def not_read(reading: Reading) -> str:
    """Return why no rule reads a document, or nothing when the rules know its language."""
    if reading.language in LANGUAGES:
        return ""
    return (
        f"{reading.name}: is not in English but in the language {reading.language!r}, which the "
        "rules do not know. State its asks by hand, or ask a language model."
    )


def _searchable(reading: Reading) -> str:
    """Return the text for the rules. Raises TooMuchError before they spend their time on it."""
    view = reading.view()
    words = itertools.chain(ASK.finditer(view), MODAL.finditer(view))
    if next(itertools.islice(words, MOST_WORDS, None), None):
        raise TooMuchError(reading.name)
    return view


def _walk(reading: Reading, view: str, around: Surroundings) -> list[Found]:
    blocks = [b for b in reading.blocks if not b.furniture and b.kind != "footnote"]
    brackets = Bracketed(view, item_stretches(blocks))
    lists = ListReader(view, around, brackets)
    found: list[Found] = []
    for block, following in itertools.zip_longest(blocks, blocks[1:]):
        if len(found) > MOST:
            raise TooMuchError(reading.name)
        listed = lists.take(block, following)
        if listed is not None:
            found.extend(listed)
            continue
        around.last_bound, around.previous, around.last_actor = [], "", []
        for start, end in sentences(view, block.start, block.end):
            if end - start > LONGEST_SENTENCE:
                continue
            found.extend(asks_in(view, start, end, around))
            around.previous = " ".join(view[start:end].split())
    if around.is_enacted:  # an Act lays down, and asks for nothing
        found = [replace(f, kind="mandate") for f in found]
    # A report that lists the recommendations with their authors tells them twice: first in its
    # account of the debate, then in the list. The list is the authority.
    if (
        sum(1 for f in found if f.rule.startswith("listed") and f.proposers) >= 5
        and brackets.count >= 5
    ):
        found = [f for f in found if f.rule.startswith("listed")]
    return found


def _without_repeats(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for ask in sorted(found, key=lambda f: (f.start, -f.end)):
        if kept and ask.start < kept[-1].end:
            continue
        kept.append(ask)
    return kept


def _candidates(
    reading: Reading, view: str, found: list[Found], labels: Sequence[Label]
) -> list[Candidate]:
    """Return what was found as candidates; the sentences of each block are told apart once."""
    if len(found) > MOST:
        raise TooMuchError(reading.name)
    bounds: dict[int, list[tuple[int, int]]] = {}
    linker = Linker(labels)
    candidates = []
    for ask in found:
        number = bisect.bisect_right(reading.blocks, ask.start, key=lambda b: b.start) - 1
        if number not in bounds:
            block = reading.blocks[number]
            bounds[number] = list(sentences(view, block.start, block.end))
        sentence = _sentence_around(ask, bounds[number])
        candidates.append(_candidate(reading, view, ask, sentence, linker))
    return candidates


def _candidate(
    reading: Reading,
    view: str,
    ask: Found,
    sentence: tuple[int, int],
    linker: Linker,
) -> Candidate:
    text = re.sub(r"\s+", " ", view[ask.start : ask.end]).strip()
    # Nobody calls on himself: a letter's first line may name the one it is written to.
    asked = {fold(name) for name in ask.addressees}
    proposers = [name for name in ask.proposers if fold(name) not in asked]
    names = [*ask.addressees, *proposers]
    return Candidate(
        doc=reading.name,
        start=ask.start,
        end=ask.end,
        text=text,
        addressees=ask.addressees,
        proposers=proposers,
        kind=ask.kind,
        themes=linker.themes(text),
        trigger=" ".join(ask.trigger.split()),
        score=ask.score,
        rule=ask.rule,
        response=ask.response,
        provision=ask.provision,
        page=reading.page(ask.start),
        sentence_start=sentence[0],
        sentence_end=sentence[1],
        links=linker.links(names, text),
    )


def _sentence_around(ask: Found, bounds: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the bounds of the sentence in which an ask begins."""
    at = bisect.bisect_right(bounds, ask.start, key=lambda sentence: sentence[0]) - 1
    if at >= 0 and ask.start < bounds[at][1]:
        return bounds[at]
    return ask.start, ask.end


def find_statuses(reading: Reading, labels: Sequence[Label] = ()) -> list[Candidate]:
    """Find statements of what became of an ask: adopted, partly, rejected, not addressed.

    Raises TooMuchError.
    """
    if reading.language not in LANGUAGES:
        return []
    view = _searchable(reading)
    around = survey(reading, view, [])
    found = []
    for block in reading.blocks:
        if block.furniture or block.kind in {"footnote", "heading"}:
            continue
        for start, end in sentences(view, block.start, block.end):
            if end - start > LONGEST_SENTENCE:
                continue
            found.extend(statuses_in(view, start, end, around))
        if len(found) > MOST:
            raise TooMuchError(reading.name)
    return [replace(one, kind="status") for one in _candidates(reading, view, found, labels)]
