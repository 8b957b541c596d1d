"""How views mark what is not as it was: a sign and a word, and what a number was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from explorer.choosing.asking import Chosen
from explorer.entitypages import in_language
from explorer.languages.saying import say
from explorer.marks import CHANGED, NEW, SIGNS, Mark, mark_in_words
from explorer.markup import Html, element
from explorer.selection import CHANGES, ENTITIES, words_of


def signed(change: str) -> str:
    """Return a key of CHANGES as sign and word."""
    return f"{SIGNS[change]} {say(CHANGES[change])}"


def mark_of(found: Chosen, recommendation: str) -> str:
    """Return the mark of a recommendation as sign and word; empty where there is none."""
    mark = found.before.mark(recommendation) if found.before else None
    return signed_mark(mark) if mark else ""


def signed_mark(mark: Mark) -> str:
    """Return a mark as sign and word, with what reads otherwise."""
    return f"{SIGNS[mark.change]} {mark_in_words(mark)}"


def sign_of(found: Chosen, recommendation: str) -> str:
    """Return the sign of what is new or changed; empty of all else."""
    mark = found.before.mark(recommendation) if found.before else None
    return SIGNS[mark.change] if mark else ""


def signs_of(found: Chosen, recommendations: Iterable[str]) -> str:
    """Return how many of some recommendations are new and changed, such as `+2 ~1`."""
    if found.before is None:
        return ""
    marks = Counter(
        mark.change for one in recommendations if (mark := found.before.mark(one)) is not None
    )
    return " ".join(f"{SIGNS[name]}{marks[name]:,}" for name in (NEW, CHANGED) if marks[name])


def was(found: Chosen, now: int, then: int) -> Html | None:
    """Return what a number was, where something is compared and it was another."""
    text = was_in_words(found, now, then)
    return element("span", f" {text}", class_="rg-was") if text else None


def was_in_words(found: Chosen, now: int, then: int) -> str:
    """Return what a number was, such as `▲ was 10`, where something is compared."""
    if found.before is None or now == then:
        return ""
    return say("{sign} was {number:,}", sign="▲" if now > then else "▼", number=then)


def said_since(found: Chosen, recommendation: str, assessment: str | None) -> str:
    """Return, as sign and word, that a statement is new or reads otherwise; else nothing."""
    mark = found.before.mark(recommendation) if found.before else None
    if mark is None or assessment not in {row.assessment for row in mark.said}:
        return ""
    known = assessment in {row.assessment for row in mark.unsaid}
    return signed(CHANGED if known else NEW)


def named(found: Chosen, facet: str, value: str) -> Html:
    """Return the words for a value of a facet, also of one that there was only earlier."""
    names = found.before.names if found.before else found.session.names
    language = names.language(value) if facet in ENTITIES else None
    return in_language(language, words_of(facet, value, names.unique))
