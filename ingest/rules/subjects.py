"""Who asks: the subject of a verb of asking, and whether it is anybody who can ask."""

from __future__ import annotations

import re

from ingest.rules.actors import (
    FINITE,
    MAIN_VERB,
    PRONOUNS,
    is_actor,
    split_actors,
    subject_before,
    tidy,
)
from ingest.rules.found import Surroundings
from ingest.rules.vocabulary import ACTOR, DOCUMENTS, INANIMATE

# "article 33 requires the board …": a clause, not a name.
CLAUSE = re.compile(
    r"\b(?!(?:across|towards|besides|as)\b)[a-z]{3,}s\s(?:the|an?|its|their|"
    r"it|that)\s(?!\w+[’']s)"
)
HEAD_ENDS = re.compile(
    r"\s(?:of|for|in|on|to|from|at|with|by|under|over|across|against|between|through|into|about|"
    r"regarding|concerning)\s"
)
OWNER = re.compile(
    r"(?:the\s)?(?P<who>[A-Z][\w-]*(?:\s(?:of|for|[A-Z][\w-]*))*)['’]s?\s(?:\w+\s)?"
    r"(?:call|appeal|demand|statement|letter|report|resolution)$"
)
FIRST_PERSON = re.compile(
    r"\b(?:we|i)(?:,[^,]{0,160},)?(?: \w+ly)?(?: (?:also|therefore|further|hereby|once more|"
    r"now|again|jointly|all|both|would like to|would|wish to|want to|write to|have|are|do))*$",
    re.I,
)


def who_by_participle(before: str, around: Surroundings) -> tuple[list[str], str] | None:
    """Read "…, urging X to …" and "a letter calling on X to …": the asker is the main subject."""
    if re.search(r"\b(?:of|for|by|without|in|from|to|after|before|than|on)$", before):
        return None
    issued = re.search(
        r"\b(?:issued|ordered|written|signed|sent|published) by (?P<who>[^,;]+?)(?:,|"
        r"\s(?:and|citing|calling)\b|$)",
        before,
    )
    if issued:
        return who_speaks(issued["who"], around)
    owner = OWNER.search(before)
    if owner:
        return split_actors(owner["who"]), "reported"
    finite = FINITE.search(before)
    main = before[: finite.start()] if finite else before
    return who_speaks(main, around) or (
        ([], "reported") if DOCUMENTS.search(tidy(before)) else None
    )


def who_speaks(
    before: str, around: Surroundings, *, lax: bool = False
) -> tuple[list[str], str] | None:
    """Return who is the subject of a verb of asking and the rule, or None when nobody is."""
    phrase = subject_before(before)
    lowered = phrase.lower()
    if lowered in {"we", "i"} or FIRST_PERSON.search(phrase):
        return around.authors, "own voice"
    if lowered in PRONOUNS:
        verb = MAIN_VERB.search(around.previous)
        earlier = subject_before(around.previous[: verb.start()]) if verb else ""
        if not around.last_actor and names_somebody(earlier, opens=True):
            return split_actors(earlier), "reported"
        return around.last_actor, "reported"
    if not names_somebody(phrase, opens=before.strip().startswith(phrase[:8])):
        # After a loud verb ("urged", "demanded") any group of people will do.
        head = HEAD_ENDS.split(tidy(phrase))[0]
        people = re.search(r"[a-z]{2}s$", head) and not INANIMATE.search(head)
        if not (lax and people and len(head.split()) <= 6) or CLAUSE.search(phrase):
            return None
    around.last_actor = split_actors(phrase)
    return around.last_actor, "reported"


def names_somebody(phrase: str, *, opens: bool) -> bool:
    """Whether a subject is an actor; at a sentence's opening a capital letter alone says little."""
    head = HEAD_ENDS.split(tidy(phrase))[0]
    if not head or len(phrase.split()) > 24 or CLAUSE.search(phrase):
        return False
    if ACTOR.search(head.split(",")[0]) or ACTOR.search(head):
        return True
    if opens and len(head.split()) > 1 and not re.search(r"\s[A-Z]", head):
        return False
    if (
        opens
        and re.fullmatch(r"[A-Z][a-z]+(?:s|ne|one|body|thing)?", head)
        and head.endswith(("s", "one", "body", "thing", "re", "is", "it"))
    ):
        return False
    return is_actor(head)
