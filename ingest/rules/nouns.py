"""Asks told as nouns: "X's recommendation to …", "calls made by X, including …"."""

from __future__ import annotations

import re

from ingest.rules.actors import CIRCUMSTANCE, is_actor, split_actors
from ingest.rules.found import Found
from ingest.rules.vocabulary import ORDERS

ASK_NOUN = r"(?:recommendations?|demands?|calls?)"
# A name has no more words than that; without a bound many capitals in a row take minutes.
TOLD = re.compile(
    rf"(?P<who>(?:[A-Z][\w-]*(?:\s+(?:of|for|the|and|"
    rf"[A-Z][\w-]*)){{0,24}}?))['’]s?\s+(?:\w+\s){{0,2}}?{ASK_NOUN}\b|"
    rf"\b{ASK_NOUN}\s+(?:made|issued|submitted|"
    rf"put forward)\s+by\s+(?P<by>[A-Z][^,;]{{2,60}}?)(?=,|\s(?:to|that|including)\b)"
)
CONTENT = re.compile(
    r"(?:,\s*(?:including|namely|such as|among them)\s+|\s(?:by (?:introducing|adding|"
    r"inserting|including)|that|for|to)\s+)"
    r"(?P<what>.{12,}?)(?=,\s+(?:was|were|has|have|had|remain)\b|,\s+(?:including|which|"
    r"who)\b|[.;]?$)",
    re.DOTALL,
)


def told_as_nouns(sentence: str) -> list[Found]:
    """Find asks told as nouns: "X's recommendation to …", "calls made by X, including …"."""
    told = TOLD.search(sentence)
    content = CONTENT.search(sentence, told.end()) if told else None
    if not told or not content:
        return []
    who = CIRCUMSTANCE.sub("", told["who"] or told["by"]).strip()
    verb = sentence[: content.start("what")].rstrip().endswith(" to")
    if verb and content["what"].split()[0].lower() not in ORDERS:
        return []
    if not is_actor(who):
        return []
    return [
        Found(
            content.start("what"),
            content.end("what"),
            "told as a noun",
            told[0][len(told["who"] or "") :].strip("'’ "),
            0.6,
            [],
            split_actors(who),
            "reported ask",
        )
    ]
