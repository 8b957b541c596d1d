"""Links to what is known: actors, instruments and themes by their labels, asks by their words."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

SURE_ENOUGH = 82.0  # below, a name is not proposed at all
MOST_LINKS = 3


@dataclass(frozen=True)
class Label:
    """A name by which something known is called; `kind` is "actor", "instrument" or "theme"."""

    iri: str
    label: str
    kind: str = "actor"


@dataclass(frozen=True)
class Link:
    """A name in a document, what it may mean, and how near the two are, from 0 to 1."""

    name: str
    iri: str
    label: str
    kind: str
    score: float


@dataclass(frozen=True)
class Comparison:
    """How a new ask may relate to a known one: a suggestion for a person to decide."""

    iri: str
    relation: Literal["repeats", "narrows", "broadens", "related"]
    score: float


def fold(name: str) -> str:
    """Return a name for comparison: no case, accents' forms, article or punctuation."""
    name = unicodedata.normalize("NFKC", name).replace("’", "'").casefold()
    name = re.sub(r"[^\w' ]+", " ", name)
    return re.sub(r"^(?:the|all|its|their|an?) ", "", " ".join(name.split()))


def nearest(word: str, known: Sequence[str], least: float = 60.0) -> str | None:
    """Return the known word most like a word, from `least` of 100 on; equal ones are 100.

    Of 14,000 ids it finds one in a thousandth of a second, since many rows may be wrong at once.
    """
    found = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=least)
    return found[0] if found else None


class Linker:
    """Tells what the names and words of a document may mean, by the labels that are known.

    Labels are folded once, and a name is looked for once, however many asks name it.
    """

    def __init__(self, labels: Sequence[Label]) -> None:
        """Take the labels of what is known."""
        self._actors = [label for label in labels if label.kind == "actor"]
        self._folded = [fold(label.label) for label in self._actors]
        self._others = [(f" {fold(x.label)} ", x) for x in labels if x.kind != "actor"]
        self._found: dict[str, list[Link]] = {}

    def links(self, names: Sequence[str], text: str) -> list[Link]:
        """Propose what names mean, best first, up to three for each; never one alone in silence."""
        found: list[Link] = []
        for name in dict.fromkeys(names):
            if name not in self._found:
                self._found[name] = self._of_name(name)
            found += self._found[name]
        return found + self._mentions(text)

    def themes(self, text: str) -> list[str]:
        """Return the themes whose label stands in a text, word by word."""
        padded = f" {fold(text)} "
        hits = [x.iri for label, x in self._others if x.kind == "theme" and label in padded]
        return list(dict.fromkeys(hits))

    def _of_name(self, name: str) -> list[Link]:
        best: dict[str, Link] = {}
        plain = fold(name)
        hits = process.extract(
            plain, self._folded, scorer=fuzz.WRatio, score_cutoff=SURE_ENOUGH, limit=12
        )
        for _, score, index in hits:
            label = self._actors[index]
            value = 1.0 if self._folded[index] == plain else min(0.95, score / 100)
            if label.iri not in best or best[label.iri].score < value:
                best[label.iri] = Link(name, label.iri, label.label, "actor", round(value, 2))
        return sorted(best.values(), key=lambda link: -link.score)[:MOST_LINKS]

    def _mentions(self, text: str) -> list[Link]:
        """Find instruments whose label stands in the text as it is."""
        padded = f" {fold(text)} "
        return [
            Link(x.label, x.iri, x.label, x.kind, 1.0)
            for label, x in self._others
            if x.kind == "instrument" and label in padded
        ]


class KnownAsks:
    """The asks known so far, to compare a new one with."""

    def __init__(self, asks: Sequence[tuple[str, str]]) -> None:
        """Take (iri, text) pairs; weigh each word by how few asks use it."""
        self.asks = [(iri, text, _words(text)) for iri, text in asks]
        counts = Counter(word for _, _, words in self.asks for word in set(words))
        self._weight = {
            word: math.log((1 + len(self.asks)) / (1 + count)) + 1 for word, count in counts.items()
        }
        self._unseen = math.log(1 + len(self.asks)) + 1

    def compare(self, text: str, limit: int = 5, least: float = 0.3) -> list[Comparison]:
        """Return the known asks nearest to a new one, best first."""
        words = _words(text)
        found = []
        for iri, known, known_words in self.asks:
            cosine = self._cosine(words, known_words)
            score = (cosine + fuzz.token_set_ratio(fold(text), fold(known)) / 100) / 2
            if score >= least and cosine > 0.1:
                relation = self._relation(words, known_words, score)
                found.append(Comparison(iri, relation, round(score, 2)))
        return sorted(found, key=lambda c: -c.score)[:limit]

    def _cosine(self, one: Counter[str], other: Counter[str]) -> float:
        def weigh(words: Counter[str]) -> dict[str, float]:
            return {w: n * self._weight.get(w, self._unseen) for w, n in words.items()}

        a, b = weigh(one), weigh(other)
        dot = sum(value * b.get(word, 0.0) for word, value in a.items())
        size = math.hypot(*a.values()) * math.hypot(*b.values())
        return dot / size if size else 0.0

    def _relation(
        self, new: Counter[str], known: Counter[str], score: float
    ) -> Literal["repeats", "narrows", "broadens", "related"]:
        shared = set(new) & set(known)
        of_new = len(shared) / max(1, len(set(new)))
        of_known = len(shared) / max(1, len(set(known)))
        if score >= 0.8 and min(of_new, of_known) > 0.7:
            return "repeats"
        # More words say more exactly what is wanted: the new ask narrows what it contains.
        if of_known > 0.75 > of_new:
            return "narrows"
        if of_new > 0.75 > of_known:
            return "broadens"
        return "related"


EMPTY_WORDS = """
a all an and any are as at be been by for from has have in into is it its must no not of
on or our shall should that the their them these this those to under was were which with
within without
"""
EMPTY = frozenset(EMPTY_WORDS.split())


def _words(text: str) -> Counter[str]:
    words = re.findall(r"[^\W\d_]{2,}", fold(text))
    return Counter(re.sub(r"(?:ing|ed|es|s)$", "", w) for w in words if w not in EMPTY)
