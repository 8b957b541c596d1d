"""Where an ask ends, and where one sentence asks for several things."""

from __future__ import annotations

import itertools
import re

from ingest.rules.actors import infinitive, is_actor, split_actors
from ingest.rules.found import Found
from ingest.rules.vocabulary import ACTOR, ORDERS, is_order, is_order_ing

# What may follow "to" and be something to do: "to the goals" and "to reporting" are none.
VERB = r"(?!(?:the|an?|its|their|all|any|this|that|these|those)\b|(?!bring\b)[a-z]+ing\b)[a-z]+"
SECOND_TASK = re.compile(
    r"(?:[,;]\s*|\s+)(?:and|as well as|or|;)(?:,\s[^,;]{3,80},)?\s+(?:also\s+|further\s+|"
    rf"finally\s+)?to\s+(?={VERB})|;\s*to\s+(?={VERB})"
)
SECOND_ORDER = re.compile(r",\s+and\s+(?=([a-z]+)\s)")
# "prevent abuse and ensure that …", without a comma: what follows shows that it is a verb.
BARE_ORDER = re.compile(
    r"(?<!,)\s+and\s+(?=([a-z]+)\s(?:(?P<full>that|from)|the|an?|all|any|every|each|its|their|our|"
    r"your|those|these|no)\b)"
)
SECOND_GERUND = re.compile(
    r",?\s+and\s+(?=([a-z]+ing)\s+(?:that|the|an?|all|any|every|each|its|their|those|these|no)\b)"
)
# "invites the agency to report, and parliaments to hold hearings": another is asked.
ANOTHER_ASKED = re.compile(
    r"[,;]\s+and\s+(?P<who>(?:the\s)?(?:[\w’'-]+\s){0,4}?[\w’'-]+)\s+to\s+(?=[a-z]+\s)"
)
PURPOSE = re.compile(rf"\bto\s+(?:[a-z]+ly\s+)?{VERB}")
ASIDE = re.compile(r",\s(?:which|who|whom)\s[^,]*(?=,)")  # ", which is old,"
RELATIVE = r"\b(?:that|which|who|whom)\b"
JOINT_AND = re.compile(r"[,;]?\s+(?:and|or)\s*$")
INLINE_MARK = re.compile(r"(?:(?<=\s)|^)\(?(?:[a-h]|i{1,3}|iv|vi{0,3}|\d{1,2})\)\s+")
# "Urges the board to act; as regards costs, considers that …": what is held is asked of nobody.
OTHER_VERB = re.compile(
    r";\s+(?:(?:as regards|with regard to|in (?:this|that)) [^,;]{3,60},\s+)?"
    r"(?:and )?(?:also |further )?"
    r"(?:considers|notes|stresses|recalls|welcomes|believes|regrets|emphasi[sz]es|underlines|"
    r"recogni[sz]es|points out|takes (?:the view|note)|reiterates its)\b"
)
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
        other = OTHER_VERB.search(sentence, ask.start + 20, ask.end)
        if other:
            ask.end = other.start()
        tail = QUOTE_TAIL.search(sentence, ask.start + 20, ask.end)
        if tail:
            ask.end = tail.start()


def tasks_of(sentence: str, ask: Found) -> list[Found]:
    """Cut "to do this and to do that" in two: two tasks are two asks."""
    span = sentence[ask.start : ask.end]
    marks = list(INLINE_MARK.finditer(span))
    if len(marks) > 1 and (
        re.search(r"\bto\s*:?\s*$", span[: marks[0].start()])
        or all(is_order(span[m.end() :]) for m in marks)
    ):
        bounds = [m.end() for m in marks]
        ends = [len(JOINT_AND.sub("", span[: m.start()])) for m in marks[1:]] + [len(span)]
        return [_part(ask, b, e) for b, e in zip(bounds, ends, strict=True)]
    again = re.search(r"[,;]?\s+and\s+(?=(?:up)?on\s+(?P<who>[^,;]{3,80}?)\s+to\s+[a-z])", span)
    if again and re.search(r"\bon$", ask.trigger) and is_actor(again["who"]):
        other = _part(ask, again.end(), len(span))
        other.addressees = split_actors(again["who"])
        return [*tasks_of(sentence, _part(ask, 0, again.start())), other]
    others = ANOTHER_ASKED.search(span)
    if others and ask.own_task and is_actor(others["who"]) and ACTOR.search(others["who"]):
        other = _part(ask, others.start("who"), len(span))
        other.addressees = split_actors(others["who"], asked=True)
        return [*tasks_of(sentence, _part(ask, 0, others.start())), other]
    clause = re.search(r",?\s+and\s+that\s+(?=\w+\s)", span)
    if clause and re.match(r"\s+that\s", span[len(ask.trigger) :]):
        other = _part(ask, clause.end(), len(span))
        if not re.match(r"(?:it|they)\b", span[clause.end() :]):
            other.addressees = []
        return [_part(ask, 0, clause.start()), other]
    if gerund := re.match(r"\s+[a-z]+ing\b", span[len(ask.trigger) :]):
        return _cut(ask, span, len(ask.trigger) + gerund.end(), _gerunds(span, len(ask.trigger)))
    first = infinitive(span, len(ask.trigger))
    second: list[re.Match[str]] = []
    if first and (ask.own_task or ask.rule == "duty"):
        second = [*SECOND_TASK.finditer(span, first[1])]
        if second:
            earlier = re.finditer(r",\s+to\s+(?=([a-z]+)\s)", span[: second[-1].start()])
            second += [m for m in earlier if m.start() > first[1] and m[1] in ORDERS]
    start = _first_verb(span, ask, first[1] if first else None)
    if start is None:
        return [ask]
    return _cut(ask, span, start, second + _orders_in_a_row(span, start))


def _first_verb(span: str, ask: Found, infinitive_at: int | None) -> int | None:
    """Return where the first thing to do begins, or None when the verb asks for none."""
    if ask.own_task:
        return infinitive_at
    if ask.rule == "duty":
        return span.find(ask.trigger) + len(ask.trigger)
    clause = re.match(r"\s+that\s", span[len(ask.trigger) :])
    return len(ask.trigger) + clause.end() if clause else None


def _cut(ask: Found, span: str, start: int, marks: list[re.Match[str]]) -> list[Found]:
    """Cut an ask at the marks that leave three words or more on either side."""
    parts, begin, ended = [], 0, start
    for mark in sorted(marks, key=lambda m: m.start()):
        if len(span[ended : mark.start()].split()) < 3 or len(span[mark.end() :].split()) < 3:
            continue
        parts.append(_part(ask, begin, mark.start()))
        begin = ended = mark.end()
    return [*parts, _part(ask, begin, len(span))]


def _gerunds(span: str, start: int) -> list[re.Match[str]]:
    """Find where "recommended ensuring this and adopting that" goes on with its next task."""
    return [m for m in SECOND_GERUND.finditer(span, start) if is_order_ing(m[1])]


def _orders_in_a_row(span: str, start: int) -> list[re.Match[str]]:
    """Find where "to stop this, open that, and pay for it" goes on with its next order."""
    joined = [
        m
        for m in BARE_ORDER.finditer(span, start)
        if m[1] in ORDERS and len(span[m.end() :].split()) >= 5
    ]
    # "measures to stop this and ban the rest" is one task, unless the second is told in full.
    joined = [m for m in joined if m["full"] or not PURPOSE.search(span, start, m.start())]
    joined = [m for m in joined if span[: m.start()].split()[-1] not in ORDERS]
    found = [m for m in SECOND_ORDER.finditer(span, start) if m[1] in ORDERS]
    if joined and not re.search(RELATIVE, span[start : joined[0].start()]):
        found = [*found, joined[0]]
    if not found:
        return []
    last = max(found, key=lambda m: m.start())
    plain = [m for m in found if not re.search(RELATIVE, ASIDE.sub("", span[start : m.end()]))]
    if last not in plain:
        return plain
    between = re.finditer(r",\s+(?=([a-z]+)\s)", span[: last.start()])
    return [m for m in between if m.start() > start and m[1] in ORDERS] + found


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
