"""What a document says of itself: its authors, its readers, whether it is a letter or a law."""

from __future__ import annotations

import itertools
import re

from ingest.readers.structure import Block, Reading
from ingest.rules.actors import split_actors, tidy
from ingest.rules.found import Surroundings
from ingest.rules.sentences import sentences
from ingest.rules.vocabulary import ACTOR, RECOMMENDING

SALUTATION = re.compile(
    r"^\s*(?:Dear|Your (?:Excellency|Excellencies|Honou?r)|Ladies and Gentlemen|Sirs?|"
    r"Madam)\b\s*(?P<who>[^,:]{0,100})",
    re.I,
)
BODY = re.compile(
    r"^(?:The\s+)?(?P<body>(?:[\w’'-]+\s+){0,6}?(?:Assembly|Parliament|Council|Committee|"
    r"Commission|"
    r"Conference|Congress|Board|Senate|Union|Federation|Court)(?:\s+of\s+[\w ’'-]{3,60})?)\s*,\s*$"
)
RESOLVED = re.compile(
    r"\b[Rr](?:esolved|ESOLVED),?\s+(?:[Bb]y|[Tt]hat|THAT)\s+[Tt]he\s+"
    r"(?P<body>[A-Z][\w ]{2,60}?)\s*(?:--|[—:,]|\((?:the|that)\b|\s(?:and|urges|calls|hereby)\b)"
)
BYLINE = re.compile(r"By (?:the )?(?P<who>[A-Z][\w’'-]*(?: [\w’'-]+){1,7})")
WE_THE = re.compile(r"\b[Ww]e,\s+(?:the\s+)?(?P<who>[^,]{4,160}),\s")
BEHALF = re.compile(
    r"\bon behalf of (?:the )?(?P<who>[A-Z][^,.;]{3,90}?)(?=(?<!for)(?<!of)\s[a-z]+ing\b|[,.;]|$|"
    r"\s{2})"
)
NAME_OF_BODY = re.compile(
    r"(?:[A-Z][\w-]+\s+)(?:(?:of|for|the|and|without)\s+)?(?:[A-Z][\w-]+)(?:\s+[A-Z][\w-]+)*"
)
LISTED = {"item", "cell"}
LONGEST_ITEM = 5000  # characters
SPEECH = re.compile(
    r"(?:Statement|Speech|Remarks|Address|Letter|Submission|Report|Opinion|Keynote)\s(?:by|from)\s"
    r"(?:the\s)?(?P<who>[A-Z][\w’'-]*(?:\s(?:of|for|and|the|[A-Z][\w’'-]*))*?)(?:,|\s(?:at|"
    r"on|to|in)\b|$)"
)
CITED_AS = re.compile(
    r"\b[Tt]his (?:Act|Law|Ordinance|Statute|Decree) (?:may|shall) be (?:cited|known|called)\b|"
    r"\b(?:BE IT|Be it) (?:ENACTED|enacted)\b|\b(?:enacts|decrees) as follows\b|"
    r"\b[Tt]his Act is the [A-Z][\w ()’'-]{3,80} Act\b"
)
ARTICLE = re.compile(
    r"^\s*(?:Article|Art\.|Section|Sec\.|Rule|§|Chapter|Part|Regulation)\s*\d+", re.I
)


def survey(reading: Reading, view: str, authors: list[str]) -> Surroundings:
    """Learn from a whole document what its sentences do not repeat.

    `authors` are what the caller knows; they come before what the text suggests.
    """
    blocks = [b for b in reading.blocks if not b.furniture]
    around = Surroundings(authors=list(authors))
    texts = [view[b.start : b.end].strip() for b in blocks]
    for text in texts[:60]:
        salutation = SALUTATION.match(text)
        if salutation and len(text) < 140 and not around.is_letter:
            around.is_letter = True
            lines = [li for b in blocks[:30] for li in reading.text[b.start : b.end].split("\n")]
            around.reader = _reader(salutation["who"], lines) or _addressed(lines[:40])
        body = BODY.match(text)
        if body and not around.body:
            around.body = [tidy(body["body"])]
    if re.match(r"(?:to|an?:)[ :]", " ".join(texts[:1]).lower()) and not around.is_letter:
        around.is_letter = bool(
            re.search(r"\b(?:yours|sincerely|faithfully|regards)\b", view, re.I)
        )
    around.authors = around.authors or _authors(view, blocks) or around.body
    around.recommends = any(
        RECOMMENDING.search(t) and (b.kind == "heading" or t.endswith(":"))
        for b, t in zip(blocks, texts, strict=True)
    )
    around.body = around.body or _acting_body(texts) or _resolving_body(view)
    around.authors = around.authors or around.body
    around.is_enacted = _is_enacted(view)
    around.is_statute = around.is_enacted or _is_statute(texts, view)
    return around


def _reader(named: str, heads: list[str]) -> list[str]:
    """Resolve "Dear Minister" to the office that the letter's head names, if it names one."""
    who = tidy(
        re.sub(
            r"\b(?:Mr|Mrs|Ms|Dr|Sir|Madam|Sirs|Excellenc(?:y|ies)|The Rt Hon|Hon)\b\.?", "", named
        )
    )
    if not who:
        return []
    word = who.split()[-1]
    for head in heads:
        for line in re.split(r"\s{2,}|,\s", head):
            cleaned = tidy(re.sub(r"^(?:To|Attn)\s*:\s*", "", line))
            if (
                word in cleaned.split()
                and cleaned != who
                and len(cleaned.split()) < 10
                and ACTOR.search(cleaned)
                and not cleaned.startswith("Dear")
            ):
                return [cleaned]
    return split_actors(who)


def _addressed(heads: list[str]) -> list[str]:
    """Return whom a letter's line "To the …" names."""
    for head in heads:
        to = re.match(r"(?:To|Attn)\b\s*:?\s+(?P<who>[^,;:]{3,90})$", head)
        if to:
            return split_actors(to["who"], asked=True)
    return []


def _authors(view: str, blocks: list[Block]) -> list[str]:
    """Return whose voice "we" is: "on behalf of X", "we, the X", or the name before "We …"."""
    found = BEHALF.search(view) or WE_THE.search(view)
    if found:
        return split_actors(found["who"])
    for block in blocks[:8]:
        speech = SPEECH.match(view[block.start : block.end].strip())
        if speech:
            return split_actors(speech["who"])
        byline = BYLINE.fullmatch(view[block.start : block.end].strip())
        if byline and ACTOR.search(byline["who"]):
            return split_actors(byline["who"])
    for block in blocks:
        bounds = list(sentences(view, block.start, block.end))
        for (start, end), (after, _) in itertools.pairwise(bounds):
            if re.match(r"(?:We|Our)\s", view[after:]):
                names = [n for n in NAME_OF_BODY.findall(view[start:end]) if ACTOR.search(n)]
                if len(set(names)) == 1:
                    return [names[0]]
    return []


def _acting_body(texts: list[str]) -> list[str]:
    """Return who speaks in "The Assembly …", "The Committee …", when paragraphs begin so."""
    counts: dict[str, int] = {}
    for text in texts:
        opening = re.match(
            r"The ((?:[A-Z][\w-]+ )?(?:Assembly|Committee|Council|Parliament|Commission|"
            r"Board|Court))\b",
            text,
        )
        if opening:
            counts[opening[1]] = counts.get(opening[1], 0) + 1
    best = max(counts, key=lambda name: counts[name], default="")
    named = sum(len(re.findall(rf"\b[Tt]he {best}\b", text)) for text in texts) if best else 0
    return [best] if named > 1 else []


def _resolving_body(view: str) -> list[str]:
    """Return who resolves in "Resolved, That the Senate—", as acts of a congress begin."""
    found = RESOLVED.search(view)
    return [tidy(found["body"])] if found and ACTOR.search(found["body"]) else []


def _is_enacted(view: str) -> bool:
    """An Act itself, and no report on one: it tells its own title, and orders more than it asks."""
    orders = len(re.findall(r"\b(?:shall|must|may)\b", view))
    asks = len(re.findall(r"\b(?:should|urges?|calls? (?:up)?on|recommends?|recommended)\b", view))
    return bool(CITED_AS.search(view)) and orders > 2 * asks


def _is_statute(texts: list[str], view: str) -> bool:
    """A law, a statute, rules: numbered articles, and duties laid down with "shall"."""
    articles = sum(1 for text in texts if ARTICLE.match(text))
    shall = len(re.findall(r"\bshall\b", view))
    asks = len(re.findall(r"\b(?:should|urges?|calls? (?:up)?on|recommends)\b", view))
    return (articles >= 2 and shall >= 3 and shall > 2 * asks) or (shall >= 8 and shall > 4 * asks)


def item_stretches(blocks: list[Block]) -> list[tuple[int, int]]:
    """Return the bounds of all list items but the overlong, which are no items."""
    items = [(b.start, b.end) for b in blocks if b.kind in LISTED and not b.furniture]
    return [(start, end) for start, end in items if end - start <= LONGEST_ITEM]
