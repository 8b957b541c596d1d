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
# "Members of the club state that they want": they are the members.
SAYS_THAT = re.compile(
    r"(?:^|[.,;]\s)(?P<who>[^.,;]{3,80}?)\s(?:state|say|said|note|declare|add|warn|insist)\w*\sthat\s\w+$"
)
OWNER = re.compile(
    r"(?:the\s)?(?P<who>[A-Z][\w-]*(?:\s(?:of|for|[A-Z][\w-]*))*)['’]s?\s(?:\w+\s)?"
    r"(?:call|appeal|demand|statement|letter|report|resolution)$"
)
# "Enforcement of the rules calls for …": no name, though capital.
ABSTRACT = re.compile(r"[A-Z][a-z]+(?:tion|sion|ment|ness|ity|ance|ence|ism|ing)s?")
# "lobby “Fair Fares”", "poet Ana Lund": a plain noun that tells what the name after it is.
APPOSED = re.compile(
    r"(?:[a-z][\w-]+\s){1,6}(?:[“\"][A-Z][^”\"]+[”\"]?|[A-Z][\w’'-]+(?:\s[A-Z][\w’'.-]*){1,3})"
)
LAWS = re.compile(
    r"(?:^|\s)(?:[Rr]ules|Act|[Aa]rticles?|[Tt]reat(?:y|ies)|[Ll]aws?|Code|[Cc]onstitution|Charter|"
    r"Protocol|[Dd]irective|[Rr]egulations?|[Ss]tatutes?|TRIPS)$"
)
FIRST_PERSON = re.compile(
    r"\b(?:we|i)(?:,[^,]{0,160},| the undersigned(?: [\w-]+){0,6})?(?: \w+ly)?"
    r"(?: (?:also|therefore|further|hereby|once more|"
    r"now|again|jointly|all|both|would like to|would|wish to|want to|write to|have|are|do))*$",
    re.I,
)


# "X, an organisation advocating for peace": what it is, not what it asks now.
SELF_DESCRIBED = re.compile(
    r"\ban? (?:[\w-]+ ){0,4}(?:organi[sz]ation|group|network|charity|body|movement|coalition|"
    r"association|alliance|foundation|ngo)s?$",
    re.IGNORECASE,
)


def who_by_participle(before: str, around: Surroundings, stem: str) -> tuple[list[str], str] | None:
    """Read "…, urging X to …" and "a letter calling on X to …": the asker is the main subject."""
    if re.search(r"\b(?:of|for|by|without|in|from|to|after|before|than|on)$", before):
        return None
    if stem == "advocate" and SELF_DESCRIBED.search(before):
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
    if LAWS.search(HEAD_ENDS.split(tidy(phrase))[0]):
        return None  # "the Rules of Procedure demand a majority"
    if lowered in {"we", "i"} or FIRST_PERSON.search(phrase):
        return around.authors, "own voice"
    own = SAYS_THAT.search(before) if lowered in PRONOUNS else None
    if own and names_somebody(own["who"], opens=False):
        return split_actors(own["who"]), "reported"
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
    if APPOSED.fullmatch(tidy(phrase)):
        return True
    if opens and len(head.split()) > 1 and not re.search(r"\s[A-Z]", head):
        return False
    if opens and ABSTRACT.fullmatch(head):
        return False
    if (
        opens
        and re.fullmatch(r"[A-Z][a-z]+(?:s|ne|one|body|thing)?", head)
        and head.endswith(("s", "one", "body", "thing", "re", "is", "it"))
    ):
        return False
    return is_actor(head)
