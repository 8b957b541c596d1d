"""Statements of what became of an ask: who says that it was adopted, rejected or passed by."""

from __future__ import annotations

import re

from ingest.rules.actors import split_actors, subject_before
from ingest.rules.found import Found, Surroundings
from ingest.rules.sentences import without_final_punctuation
from ingest.rules.subjects import names_somebody
from ingest.rules.vocabulary import RECOMMENDING

# What a statement of status speaks about: an ask, or a text that could take it up.
MATTER = re.compile(
    r"\b(?:recommend\w*|demands?|calls?|proposals?|proposed|suggest\w+|reforms?|asks?|"
    r"request(?:ed|s)|amend\w*|"
    r"provisions?|safeguards?|measures?|article|statute|rules?|resolution|requirement|"
    r"concerns?|raised)\b",
    re.IGNORECASE,
)
# The first that fits decides: denial and part come before the plain verb they contain.
STATUSES = [
    (
        "partiallyAdopted",
        r"\b(?:partial(?:ly)?|partly|in part|only some|some of|to some extent|half)\b.{0,80}"
        r"\b(?:adopt|implement|address|accept|reflect|incorporat|tak|follow|me)\w*|"
        r"\b(?:adopt|implement|address|reflect|"
        r"incorporat)\w*\b.{0,40}\b(?:partial(?:ly)?|partly|in part)\b",
    ),
    (
        "rejected",
        r"\b(?:reject|refus|dismiss|turned down|declin|voted (?:down|against))\w*|"
        r"\bdid not (?:enjoy|accept|agree)",
    ),
    (
        "notAdopted",
        r"\b(?:not|never|yet to|fail(?:ed|s|ure)? to|without)\b.{0,40}\b(?:adopt|implement|"
        r"incorporat|introduc|"
        r"includ|reflect|enact|tak(?:e|en) up|amend|follow)\w*|\bremains? (?:unimplemented|"
        r"unfulfilled|outstanding)|"
        r"\b(?:neither|nor)\b.{0,40}\b(?:adopted|implemented|included)",
    ),
    (
        "notAddressed",
        r"\b(?:not|never|fail(?:ed|s|ure)? to|without)\b.{0,30}\b(?:address|respond|answer|"
        r"repl|consider|mention|"
        r"acknowledg)\w*|\bignor\w*|\bsilent on\b|\bunanswered\b|\bunaddressed\b|\bdisregard\w*",
    ),
    (
        "contraryMeasure",
        r"\b(?:contrary to|in the opposite direction|weaken|roll(?:ed)? back|"
        r"water(?:ed)? down|backslid)\w*",
    ),
    (
        "underConsideration",
        r"\bunder (?:consideration|review|discussion)\b|\bwill (?:be )?(?:examin|consider)\w*",
    ),
    (
        "adopted",
        r"\b(?:adopt|implement|incorporat|enshrin|introduc|codif|enact|reflect|includ|fulfil|"
        r"tak(?:e|en|ing) up|"
        r"put in place|brought in|now requires?|accept|enjoys? (?:the |its )?support)\w*",
    ),
]
HAPPENED = re.compile(
    r"\b(?:ha(?:s|ve|d)|was|were|did|is|are|been|does|do|remains?|now|enjoys?)\b|\w+ed\b|"
    r"\bmade\b|\btook\b",
    re.I,
)
UNREAL = re.compile(
    r"\b(?:should|must|would|could|may|might|ought to|if|calls? (?:up)?on|urges?|in order to)\b",
    re.I,
)
PROVISION = re.compile(
    r"\b(?:articles?|arts?\.|sections?|rules?|paragraphs?|§)\s*\d+(?:\s*\(\d+\))*(?:\s*\([a-z]\))*"
    r"(?:\s+of\s+the\s+(?:[A-Z][\w’'-]*\s*(?:of|on|the|and)?\s*)+)?",
    re.IGNORECASE,
)
SAYS = re.compile(
    r"\b(?:said|says?|stat(?:es|ed)|report(?:s|ed)|not(?:es|ed)|found|finds|conclud(?:es|ed)|"
    r"consider(?:s|ed)|"
    r"according to|observ(?:es|ed)|argu(?:es|ed)|claim(?:s|ed)|confirm(?:s|ed)|regret(?:s|"
    r"ted)|welcom(?:es|ed))\b"
)


def statuses_in(view: str, start: int, end: int, around: Surroundings) -> list[Found]:
    """Return the statement of status that a sentence makes, with assessor and provision."""
    sentence = view[start:end]
    if sentence.rstrip().endswith("?"):
        return []
    for status, pattern in STATUSES:
        hit = re.search(pattern, sentence, re.IGNORECASE)
        if not hit:
            continue
        if UNREAL.search(sentence[: hit.start()][-60:]) or not HAPPENED.search(sentence):
            return []
        strong = RECOMMENDING.search(sentence)
        if not strong and not (MATTER.search(sentence) and PROVISION.search(sentence)):
            return []
        assessors = _assessors(sentence, around)
        provision = PROVISION.search(sentence)
        return [
            Found(
                start,
                without_final_punctuation(view, start, end),
                "statement of status",
                hit[0],
                0.8 if provision else 0.6,
                [" ".join(provision[0].split())] if provision else [],
                assessors,
                "ask",
                status,
            )
        ]
    return []


def _assessors(sentence: str, around: Surroundings) -> list[str]:
    according = re.search(r"\baccording to (?:the )?([A-Z][\w’' -]{2,60})", sentence, re.IGNORECASE)
    if according:
        return split_actors(according[1])
    says = SAYS.search(sentence)
    if says:
        subject = subject_before(sentence[: says.start()])
        if names_somebody(subject, opens=True):
            return split_actors(subject)
    return list(around.authors)
