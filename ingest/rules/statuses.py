"""Statements of what became of an ask: who says that it was adopted, rejected or passed by."""

from __future__ import annotations

import re

from ingest.rules.actors import split_actors, subject_before
from ingest.rules.found import Found, Surroundings
from ingest.rules.sentences import without_final_punctuation
from ingest.rules.subjects import names_somebody

# What is said to be adopted or not must be an ask, or a text that could take one up.
ASKED = (
    r"(?:recommendations?|demands?|calls|proposals?|suggestions?|reforms?|requests?|concerns?|"
    r"safeguards?|points?)"
)
TEXTS = r"(?:amendments?|amended|articles?|statute|rules?|law|provisions?|reforms?|resolution)"
DONE = (
    r"(?:adopted|implemented|incorporated|introduced|enacted|reflected|reflects|fulfilled|"
    r"taken up|took up|put in place|included|accepted|met|addressed|followed|adopts|codified)"
)
NEAR = r"[^.;]{0,90}?"
# The first that fits decides: part and denial come before the plain verb they contain.
STATUSES = [
    (
        "partiallyAdopted",
        rf"\b{ASKED}\b{NEAR}\b(?:partially|partly|in part|only some|half)\b{NEAR}\b{DONE}\b|"
        rf"\b{DONE} (?:partially|partly|in part|some of)\b|"
        rf"\b(?:partially|partly) {DONE}\b{NEAR}\b{ASKED}\b|\bonly some\b{NEAR}\b{DONE}\b",
    ),
    (
        "notAdopted",
        rf"\b{ASKED}\b{NEAR}\b(?:not|never|yet to be|without being)\b(?:\s\w+){{0,3}}?\s{DONE}\b|"
        rf"\b(?:not|never|failed to|refused to|yet to)\s(?:\w+\s){{0,2}}?(?:adopt|implement|"
        rf"incorporate|introduce|include|reflect|enact|follow)(?:ed)?\b{NEAR}\b{ASKED}\b|"
        rf"\b{ASKED}\b{NEAR}\bremains? (?:unimplemented|unfulfilled|outstanding|a dead letter)\b",
    ),
    (
        "rejected",
        rf"\b{ASKED}\b{NEAR}\b(?:was|were|has been|have been) (?:rejected|refused|turned down|"
        rf"dismissed)\b|\b(?:rejected|refused|declined|turned down|dismissed)\b{NEAR}\b{ASKED}\b|"
        rf"\b{ASKED}\b{NEAR}\bthat [^.;]{{0,30}}\b(?:rejected|refused)\b|\bdid not enjoy\b",
    ),
    (
        "notAddressed",
        rf"\b(?:{ASKED}|{TEXTS})\b{NEAR}\b(?:did not|does not|do not|has not|have not|failed to|"
        rf"fails? to|never)\s(?:\w+\s)?(?:address|answer|respond|mention|consider)(?:ed)?\b|"
        rf"\b(?:ignored|disregarded|passed over|silent on)\b{NEAR}\b{ASKED}\b|"
        rf"\b{ASKED}\b{NEAR}\b(?:ignored|disregarded|unanswered|unaddressed)\b",
    ),
    (
        "contraryMeasure",
        rf"\b(?:contrary to|in the opposite direction (?:of|to)|weakened|rolled back|"
        rf"watered down)\b"
        rf"{NEAR}\b{ASKED}\b",
    ),
    (
        "underConsideration",
        rf"\b{ASKED}\b{NEAR}\b(?:under (?:consideration|review|discussion)|(?:being|be) (?:studied|"
        rf"examined|considered))\b",
    ),
    (
        "adopted",
        rf"\b{ASKED}\b{NEAR}\b(?:was|were|has been|have been|are now)(?: \w+ly| since)? {DONE}\b|"
        rf"\b{DONE}\b(?:\s\S+){{0,6}}?\s{ASKED}\b|\benjoys? the support of\b",
    ),
]
UNREAL = re.compile(
    # "May" with a capital is a month.
    r"\b(?:should|must|would|could|(?-i:may)|might|ought to|if|calls? (?:up)?on|calls? for|urges?|"
    r"in order to|to be)\b[^,;]*$",
    re.IGNORECASE,
)
PROVISION = re.compile(
    r"\b(?:articles?|arts?\.|sections?|rules?|paragraphs?|§)\s*\d+(?:\s*\(\d+\))*(?:\s*\([a-z]\))*",
    re.IGNORECASE,
)
SAYS = re.compile(
    r"\b(?:said|says?|states|stated|reports?|reported|notes|noted|finds|concludes|concluded|"
    r"considers|considered|observes|observed|argues|argued|claims|claimed|confirms|confirmed|"
    r"regrets|regretted)\b(?= that\b|,| in )"
)
ACCORDING = re.compile(r"\baccording to (?:the )?(?P<who>[A-Z][\w’' -]{2,60})", re.IGNORECASE)


def statuses_in(view: str, start: int, end: int, around: Surroundings) -> list[Found]:
    """Return the statement of status that a sentence makes, with assessor and provision.

    The status stands in `response`, the assessors in `proposers`.
    """
    sentence = view[start:end]
    if sentence.rstrip().endswith("?"):
        return []
    for status, pattern in STATUSES:
        hit = re.search(pattern, sentence, re.IGNORECASE)
        if not hit:
            continue
        if UNREAL.search(sentence[: hit.start()]):
            return []
        provision = PROVISION.search(sentence)
        return [
            Found(
                start,
                without_final_punctuation(view, start, end),
                "statement of status",
                " ".join(hit[0].split())[:80],
                0.8 if provision else 0.6,
                proposers=_assessors(sentence, around),
                response=status,
                provision=" ".join(provision[0].split()) if provision else "",
            )
        ]
    return []


def _assessors(sentence: str, around: Surroundings) -> list[str]:
    according = ACCORDING.search(sentence)
    if according:
        return split_actors(according["who"])
    says = SAYS.search(sentence)
    if says:
        subject = subject_before(sentence[: says.start()])
        if names_somebody(subject, opens=True):
            return split_actors(subject)
    return list(around.authors)
