"""Where an ask ends, and where one sentence asks for several things."""

from __future__ import annotations

import itertools
import re

from ingest.rules.actors import infinitive, is_actor, split_actors
from ingest.rules.found import Found
from ingest.rules.vocabulary import ORDERS

SECOND_TASK = re.compile(
    r"(?:[,;]\s*|\s+)(?:and|as well as|or|;)\s+(?:also\s+|further\s+|"
    r"finally\s+)?to\s+(?=[a-z]+)|;\s*to\s+(?=[a-z]+)"
)
SECOND_ORDER = re.compile(r",\s+and\s+(?=([a-z]+)\s)")
INLINE_MARK = re.compile(r"(?:(?<=\s)|^)\(?(?:[a-h]|i{1,3}|iv|vi{0,3}|\d{1,2})\)\s+")
QUOTE_TAIL = re.compile(
    r"(?<![,”\"’])[,”\"’]++\s*(?:[”\"]\s*)?(?:(?:he|she|they|it|[A-Z]\w+)\s+)?(?:said|says|added|told|"
    r"wrote)\b.*$|"
    r",\s+(?:an?|the)\s+[\w-]+\s+(?:that|which|who)\b.*$|,\s+according to\b.*$",
    re.DOTALL,
)


def end_asks(sentence: str, found: list[Found]) -> None:
    """End each ask where the next begins, and before what only tells who said it."""
    found.sort(key=lambda f: f.start)
    for ask, following in itertools.zip_longest(found, found[1:]):
        if following:
            between = sentence[ask.start : following.start]
            cuts = list(re.finditer(r"[,;]\s|\s(?:and|while|but|as well as)\s", between))
            if cuts:
                cut = cuts[-1]
                if len(cuts) > 1 and cuts[-2].end() == cut.start() + 1:
                    cut = cuts[-2]
                ask.end = ask.start + cut.start()
            else:
                ask.end = following.start
        tail = QUOTE_TAIL.search(sentence, ask.start + 20, ask.end)
        if tail:
            ask.end = tail.start()


def tasks_of(sentence: str, ask: Found) -> list[Found]:
    """Cut "to do this and to do that" in two: two tasks are two asks."""
    span = sentence[ask.start : ask.end]
    marks = list(INLINE_MARK.finditer(span))
    if len(marks) > 1 and re.search(r"\bto\s*:?\s*$", span[: marks[0].start()]):
        bounds = [m.end() for m in marks]
        ends = [m.start() for m in marks[1:]] + [len(span)]
        return [_part(ask, b, e) for b, e in zip(bounds, ends, strict=True)]
    again = re.search(r"[,;]?\s+and\s+(?=(?:up)?on\s+(?P<who>[^,;]{3,80}?)\s+to\s+[a-z])", span)
    if again and re.search(r"\bon$", ask.trigger) and is_actor(again["who"]):
        other = _part(ask, again.end(), len(span))
        other.addressees = split_actors(again["who"])
        return [*tasks_of(sentence, _part(ask, 0, again.start())), other]
    clause = re.search(r",?\s+and\s+that\s+(?=\w+\s)", span)
    if clause and re.match(r"\s+that\s", span[len(ask.trigger) :]):
        other = _part(ask, clause.end(), len(span))
        other.addressees = []
        return [_part(ask, 0, clause.start()), other]
    first = infinitive(span, len(ask.trigger))
    if not first or not (ask.own_task or ask.rule == "duty"):
        return [ask]
    second = [*SECOND_TASK.finditer(span, first[1])]
    if second:
        earlier = re.finditer(r",\s+to\s+(?=([a-z]+)\s)", span[: second[-1].start()])
        second += [m for m in earlier if m.start() > first[1] and m[1] in ORDERS]
    second += _orders_in_a_row(span, first[1])
    cuts = [
        m
        for m in sorted(second, key=lambda m: m.start())
        if len(span[first[1] : m.start()].split()) >= 3 and len(span[m.end() :].split()) >= 3
    ]
    parts, begin = [], 0
    for cut in cuts:
        parts.append(_part(ask, begin, cut.start()))
        begin = cut.end()
    return [*parts, _part(ask, begin, len(span))]


def _orders_in_a_row(span: str, start: int) -> list[re.Match[str]]:
    """Find where "to stop this, open that, and pay for it" goes on with its next order."""
    found = [m for m in SECOND_ORDER.finditer(span, start) if m[1] in ORDERS]
    if not found:
        return []
    last = found[-1]
    if re.search(r"\b(?:that|which|who|whom)\b", span[start : last.start()]):
        return []
    between = re.finditer(r",\s+(?=([a-z]+)\s)", span[: last.start()])
    return [m for m in between if m.start() > start and m[1] in ORDERS] + [last]


def take_letter_along(sentence: str, ask: Found) -> None:
    """Begin "wrote a letter to X advising against …" with its verb, and X is who is asked."""
    if not re.match(r"\w+ing\b", ask.trigger):
        return
    letter = re.search(
        r"\b(?:wrote|written|sent|addressed|issued|"
        r"published)\s+(?:to\s+(?P<to>[^,;]{3,60}?)\s*|an?\s(?:\w+\s){0,3}?"
        r"(?:letter|appeal|petition|statement|note)(?:\s+to\s+(?P<whom>[^,;]{3,60}?))?\s*)$",
        sentence[: ask.start],
    )
    if letter:
        ask.start = letter.start()
        named = letter["to"] or letter["whom"]
        if named and not ask.addressees:
            ask.addressees = split_actors(named)


def _part(ask: Found, begin: int, end: int) -> Found:
    return Found(
        ask.start + begin,
        ask.start + end,
        ask.rule,
        ask.trigger,
        ask.score,
        list(ask.addressees),
        list(ask.proposers),
        ask.kind,
        own_task=ask.own_task,
    )
