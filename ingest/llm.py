"""Candidates that a language model proposes, on a server its user names; each quotes the text."""

from __future__ import annotations

import bisect
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.chat import ModelLimits, Result, Server, UnusableError
from ingest.extraction import Candidate
from ingest.linking import EMPTY, Label, Linker, fold
from ingest.quotes import Quotable
from ingest.readers import Reading
from ingest.rules.sentences import sentences, without_final_punctuation
from ontology.errors import ReformError

SCORE = 0.5  # models give no figure that could be compared with the rules'
NOBODY = EMPTY | {"he", "her", "him", "i", "me", "she", "them", "they", "us", "we", "who", "you"}


@dataclass(frozen=True)
class Proposals:
    """What a model proposed: candidates, and how many of its results were dropped.

    Dropped is what has a wrong form, quotes what does not stand in the text, or comes twice in
    one answer. `notes` are lines about pieces of the document whose answer could not be used.
    """

    candidates: list[Candidate]
    dropped: int
    notes: list[str]


def propose(
    reading: Reading,
    *,
    base_url: str,
    model: str,
    api_key: str | None = None,
    labels: Sequence[Label] = (),
    limits: ModelLimits | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Proposals:
    """Send a document, piece by piece, to the server at `base_url`, and check what it proposes.

    The server must speak OpenAI's chat completions. A result counts only when its quote stands in
    the piece; a name only when it stands in the document or among `labels`. `progress` is told
    how many pieces are done, and of how many.
    Raises ReformError, in one line, when the server cannot be used, or no answer of it can.
    """
    limits = limits or ModelLimits()
    document = _Document(reading, labels)
    pieces = document.pieces(limits.piece, limits.overlap)
    if len(pieces) > limits.pieces:
        raise ReformError(
            f"{reading.name}: is too long to be sent to a model ({len(pieces)} pieces, at most "
            f"{limits.pieces}). Split it."
        )
    found: list[Candidate] = []
    dropped, notes, why, until = 0, [], "", time.monotonic() + limits.seconds
    with Server(base_url, model, api_key, limits) as server:
        for number, (start, end) in enumerate(pieces, 1):
            try:
                results, malformed = server.ask(document.shown(start, end), until)
            except UnusableError as error:
                results, malformed, why = [], 0, str(error)
                notes.append(f"{reading.name}: piece {number} of {len(pieces)}: {why}.")
            quoted = document.candidates(results, start, end, model)
            dropped += malformed + len(results) - len(quoted)
            found += quoted
            if progress:
                progress(number, len(pieces))
        if pieces and len(notes) == len(pieces):
            raise ReformError(f"{server.place}: is of no use here: {why}. Try another model.")
    return Proposals(_without_repeats(found), dropped, notes)


class _Document:
    """A document as a model is shown it, and the way back from its answers to the offsets."""

    def __init__(self, reading: Reading, labels: Sequence[Label]) -> None:
        self.reading, self.linker, self.view = reading, Linker(labels), reading.view()
        self.sentences: list[tuple[int, int]] = []
        self.left_out = [*reading.gaps]
        for block in reading.blocks:
            if block.furniture or block.kind == "footnote":
                self.left_out.append((block.start, block.end))
            else:
                self.sentences += sentences(self.view, block.start, block.end)
        self.left_out.sort()
        self.folded = fold(self._own(0, len(reading.text)))
        self.known = {fold(label.label) for label in labels if label.kind == "actor"}

    def _own(self, start: int, end: int) -> str:
        """Return a stretch of the text, as long as it is, without what is not the document's."""
        parts, place = [], start
        for begin, stop in self.left_out:
            begin, stop = max(begin, place), min(stop, end)
            if begin < stop:
                parts += [self.reading.text[place:begin], " " * (stop - begin)]
                place = stop
        return "".join([*parts, self.reading.text[place:end]])

    def pieces(self, size: int, overlap: int) -> list[tuple[int, int]]:
        """Return the bounds of pieces of whole sentences; each begins within the one before."""
        found: list[tuple[int, int]] = []
        first, last = 0, -1
        while last + 1 < len(self.sentences):
            last = max(last + 1, first)
            begin = self.sentences[first][0]
            while last + 1 < len(self.sentences) and self.sentences[last + 1][1] - begin <= size:
                last += 1
            end = self.sentences[last][1]
            found.append((begin, end))
            following = last + 1
            while following > first + 1 and end - self.sentences[following - 1][0] <= overlap:
                following -= 1
            first = following
        return found

    def shown(self, start: int, end: int) -> str:
        """Return what a model is shown of a piece."""
        return re.sub(r"\s*\n\s*\n\s*", "\n\n", re.sub(r"[^\S\n]+", " ", self._own(start, end)))

    def candidates(
        self, results: Sequence[Result], start: int, end: int, model: str
    ) -> list[Candidate]:
        """Return as candidates the results whose quote stands in a piece."""
        piece = Quotable(self._own(start, end))
        found: list[Candidate] = []
        taken: set[tuple[int, int]] = set()
        for result in results:
            place = next((place for place in piece.find(result.quote) if place not in taken), None)
            if place:
                taken.add(place)
                found.append(self._candidate(result, start + place[0], start + place[1], model))
        return found

    def _candidate(self, result: Result, start: int, end: int, model: str) -> Candidate:
        end = max(without_final_punctuation(self.view, start, end), start + 1)
        text = " ".join(self.view[start:end].split())
        asked, asking = self._names(result.addressees), self._names(result.proposers)
        index = bisect.bisect_right(self.sentences, start, key=lambda span: span[0]) - 1
        sentence = self.sentences[max(index, 0)]
        return Candidate(
            doc=self.reading.name,
            start=start,
            end=end,
            text=text,
            addressees=asked,
            proposers=asking,
            kind="reported ask" if result.reported else "ask",
            themes=self.linker.themes(text),
            trigger="",
            score=SCORE,
            rule=f"llm:{model}",
            page=self.reading.page(start),
            sentence_start=min(sentence[0], start),
            sentence_end=max(sentence[1], end),
            links=self.linker.links([*asked, *asking], text),
        )

    def _names(self, names: Sequence[str]) -> list[str]:
        """Return the names that stand in the document or are known, each once."""
        kept: dict[str, str] = {}
        for name in (" ".join(name.split()) for name in names if len(name) <= 200):
            plain = fold(name)
            stands = re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", self.folded)
            if not plain or plain in NOBODY or not name.isprintable():
                continue
            if stands or plain in self.known:
                kept.setdefault(plain, name)
        return list(kept.values())


def _without_repeats(found: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates in the text's order, one of two that share half of their words."""
    kept: list[Candidate] = []
    for one in sorted(found, key=lambda c: (c.start, -c.end)):
        shared = min(one.end, kept[-1].end) - one.start if kept else 0
        if not kept or shared < 0.5 * (max(one.end, kept[-1].end) - kept[-1].start):
            kept.append(one)
    return kept
