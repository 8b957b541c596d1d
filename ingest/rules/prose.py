"""Asks in running prose: verbs of asking, and duties laid on somebody ("should", "must")."""

from __future__ import annotations

import itertools
import re

from ingest.rules.actors import (
    PRONOUNS,
    infinitive,
    is_actor,
    split_actors,
    tidy,
)
from ingest.rules.duties import duties_in, needs_in
from ingest.rules.found import Found, Kind, Surroundings
from ingest.rules.nouns import told_as_nouns
from ingest.rules.sentences import one_spaced, without_final_punctuation
from ingest.rules.subjects import FIRST_PERSON, names_somebody, who_by_participle, who_speaks
from ingest.rules.tasks import end_asks, take_letter_along, tasks_of
from ingest.rules.vocabulary import (
    ACTOR,
    ASK,
    DOCUMENTS,
    MODAL,
    MOST_VERBS,
    NO_FORCE,
    ORDERS,
    STEM_NAMES,
    TAKES_ADDRESSEE,
    TAKES_CLAUSE,
    TAKES_THING,
    WISH,
)

CALLS_AS_NOUN = re.compile(
    r"\b(?:there (?:have been|has been|are|were|is|was)(?: \w+)*|amid(?: \w+)*|"
    r"(?:renew|reiterat|repeat|echo|join|support|back|issu|mak|made|ma[dk]e)\w*(?: \w+){0,3}|"
    r"growing|mounting|widespread|strong|fresh|urgent|repeated|loud|numerous|\w+['’]s?|its|their|"
    r"our)$",
    re.IGNORECASE,
)
WHOSE = re.compile(r"(?P<who>[A-Z][\w-]*(?:\s(?:of\s|the\s)?[\w-]+){0,5})['’]s?(?:\s\w+)?$")
MAKES_AN = re.compile(
    r"\s(?:made|makes?|issued?|issues|launched|launch(?:es)?|sent|addressed) (?:an?|this|their|its)"
    r"(?: \w+)?$"
)
LOUD = {"call for", "call on", "urge", "demand", "appeal to", "exhort", "lobby"}
FIRM_FOR_THINGS = {"call for", "advocate", "demand", "insist"}
THING = re.compile(r"\s+(?!to\b|that\b|of\b|by\b|in\b|from\b)[\w‘“\"-]+\s+\w+")
# "recommended the ratification of …": a deed told as a noun.
DEED = re.compile(
    r"\s+(?:also\s)?(?:the|an?)\s(?:\w+\s){0,2}(?:[a-z]+(?:tion|sion|ment|ance|al)|repeal|reform|"
    r"review|release|closure|end|ban)\s(?:of|on|to)\b"
)
FROM_WHOM = re.compile(
    r"\s+(?:\w+\s+){0,2}(?:clarification|answers?|action|guarantees?|assurances?|explanations?|"
    r"apolog(?:y|ies)|transparency|details?|compensation)\s+from\s+(?P<who>[^,;.]{3,60}?)"
    r"(?=\s(?:on|about|over|for|in|to|and|after|by)\b|[,;.]|\s*$)"
)
CLAUSE_IN, PAUSE = re.compile(r"[;:]|\bthat\b.*\b(?:is|are|was|were)\b"), re.compile(r"[;:]")
ENSURED = re.compile(
    r"\bensur\w+ that (?P<who>(?:the\s)?[\w ’'-]{2,40}?)\s(?:\w+s|act|do|can|are|is)\b"
)
# What no plain verb form ("inspect") ends in or is.
PLAIN_FORM = re.compile(
    r"(?:s|ed|ing|ly)$|^(?:and|for|from|with|which|that|who|had|has|was|were|are|will|can|"
    r"may|in|on)$"
)
ASKS: Kind = "ask"
REPORTS: Kind = "reported ask"
ADVERB = r"(?: (?:\w+ly|also|further|therefore|again|hereby|thus|once more|in particular))"
BEING = re.compile(rf"\b(?:is|are|was|were|been|be){ADVERB}*$")
IMPERSONAL = re.compile(
    rf"\b[Ii]t (?:is|was|has been|is being){ADVERB}*$|"
    rf"\b[Ii]t (?:has|had) {ADVERB}*been{ADVERB}*$"
)
# "Pending its return, urges the State to …", "In this regard, calls upon …".
CONDITIONS_FIRST = re.compile(
    r"(?:Pending|During|Regarding|Following|In|As|With|To|Until|Without|While|At|On|For)\s[^;:]{3,160},$"
)
# "Our system will foster links and encourage …": the second verb stands under the "will", too.
BASE_AFTER_MODAL = re.compile(
    r"\b(?:will|would|can|could|may|might)\s+(?:[\w’'-]+,?\s+){1,14}?and(?:\s\w+ly)?\s"
    r"(?:call|urge|ask|request|recommend|demand|invite|encourage|appeal|press|want|advocate)$"
)
JOINED = re.compile(
    r"(?:[,;]|\band|\bor)(?:\s+(?:in (?:this|that) (?:regard|respect|context|connection)|"
    r"to (?:this|that) end|also|further|strongly|again|therefore))*$",
    re.IGNORECASE,
)
# An invitation to an event or a consultation asks for no change.
TAKE_PART = re.compile(
    r"(?:comment|attend|participate|join|speak|take part|visit|contribute|submit|apply|register|"
    r"present|leave|sit|wait|wear)\b"
)
IN_PERSON = re.compile(r"(?:leave|sit|stand|wait|wear|attend|register|apply)\b")
BY_WHOM = re.compile(r"\s+by\s+(?P<who>[^,;.]{3,60}?)\s*$")
ADDRESS = re.compile(r"(?<!\S)\S+?://\S+")  # an address's words ask for nothing
LONG_AGO = re.compile(r"\b[Ii]n 1[0-8]\d\d\b")  # history is told, not asked
# "Recalling …", "A. whereas …": what a resolution rests on, not what it asks.
PREAMBLE = re.compile(
    r"\s*+(?:(?:\w+ly\s)?(?:and\s)?"
    r"(?!Call|Urg|Request|Demand|Pending|During|Regarding|Following)[A-Z]\w+ing\b|"
    r"(?:[Ww]hereas|[Hh]aving)\b|"
    r"(?:(?:Deeply|Gravely|Also|Further)\s*+)?"
    r"(?:[Cc]oncerned|[Cc]onvinced|[Aa]ware|[Mm]indful|[Aa]larmed)\b)"
)


def asks_in(view: str, start: int, end: int, around: Surroundings) -> list[Found]:
    """Return the asks of one sentence."""
    raw = ADDRESS.sub(lambda found: "·" * len(found[0]), view[start:end])
    sentence, places = one_spaced(raw)
    if (
        sentence.rstrip('”"’) ').endswith("?")
        or LONG_AGO.search(sentence)
        or (around.body and PREAMBLE.match(sentence))
    ):
        return []
    found = _by_verb(sentence, around)
    found += duties_in(sentence, around, found)
    if not any(ask.rule == "duty" for ask in found):
        found += needs_in(sentence, around)
    end_asks(sentence, found)
    for ask in found:
        take_letter_along(sentence, ask)
    if not found:
        found = told_as_nouns(sentence)
    tasks = [task for ask in found for task in tasks_of(sentence, ask)]
    for task in tasks:
        last = start + places[task.end - 1] + 1
        task.start = start + places[task.start]
        task.end = without_final_punctuation(view, task.start, last)
    return [task for task in tasks if task.end - task.start > 12]


def _by_verb(sentence: str, around: Surroundings) -> list[Found]:
    found: list[Found] = []
    for match in itertools.islice(ASK.finditer(sentence), MOST_VERBS):
        stem = STEM_NAMES[next(i for i in range(len(STEM_NAMES)) if match[f"s{i}"])]
        ask = _ask_at(sentence, match, stem, around, found[-1] if found else None)
        if ask:
            found.append(ask)
    return found


def _ask_at(
    sentence: str, match: re.Match[str], stem: str, around: Surroundings, earlier: Found | None
) -> Found | None:
    before = sentence[: match.start()].rstrip()
    word = match[0].split()[0].lower()
    if word.endswith("ed") and BEING.search(before):
        return _passive(sentence, match, stem, around, earlier)
    if BASE_AFTER_MODAL.search(f"{before} {word}"):
        return None
    subject = _subject(before, word, stem, around, earlier)
    if subject is None:
        return None
    proposers, rule = subject
    rest = sentence[match.end() :]
    asked = _complement(rest, stem, rule, around)
    if asked is None:
        return None
    if earlier and not asked and re.match(r"\s+(?:it|them)\s+to\b", rest):
        asked = earlier.addressees
    kind: Kind = "ask" if rule in {"operative clause", "own voice"} else "reported ask"
    score = {"operative clause": 0.9, "own voice": 0.9}.get(rule, 0.75)
    own_task = bool(asked) or bool(re.match(r"\s+(?:him|her|them|it)\s+to\b", rest))
    return Found(
        match.start(),
        len(sentence),
        rule,
        match[0],
        score,
        asked,
        proposers,
        kind,
        own_task=own_task and not re.match(r"\s+that\b", rest),
    )


def _passive(
    sentence: str, match: re.Match[str], stem: str, around: Surroundings, earlier: Found | None
) -> Found | None:
    """Read "X is urged to do …", "X was asked by Y to do …", "it is recommended that X do …"."""
    before, rest = sentence[: match.start()].rstrip(), sentence[match.end() :]
    if earlier and before.endswith(" be"):
        return None  # "requests that the service be asked to …" is one ask
    if IMPERSONAL.search(before) and stem in TAKES_CLAUSE:
        return _impersonal(sentence, match, around)
    asked = who_speaks(
        re.sub(rf"\b(?:has |have )?(?:is|are|was|were|been|be){ADVERB}*$", "", before), around
    )
    to = infinitive(rest, 0, 90)
    if not asked or not asked[0] or not to or IN_PERSON.match(rest, to[1]):
        return None
    by = BY_WHOM.match(rest[: to[0]])
    if rest[: to[0]].strip() and not (by and is_actor(by["who"])):
        return None
    asking = split_actors(by["who"]) if by else []
    return Found(
        match.start(), len(sentence), asked[1], match[0], 0.6, asked[0], asking, own_task=True
    )


def _impersonal(sentence: str, match: re.Match[str], around: Surroundings) -> Found | None:
    """Read "it is recommended that X do …": the document asks; "it was recommended": somebody."""
    clause = re.match(r"\s+that\s+(.+)", sentence[match.end() :], re.DOTALL)
    asked = _clause_subject(clause[1], around, strict=False) if clause else None
    if asked is None:
        return None
    now = re.search(r"\b(?:is|are)(?: \w+)?$", sentence[: match.start()].rstrip())
    rule, kind = ("own voice", ASKS) if now else ("reported", REPORTS)
    proposers = list(around.authors) if now else []
    return Found(match.start(), len(sentence), rule, match[0], 0.7, asked, proposers, kind)


def _subject(
    before: str, word: str, stem: str, around: Surroundings, earlier: Found | None
) -> tuple[list[str], str] | None:
    """Return who asks and the rule that says so, or None when the verb does not ask here."""
    if word.endswith("ing") and not re.search(r"\b(?:is|are|was|were|been|be)(?: \w+ly)?$", before):
        return who_by_participle(before, around, stem)
    bare = re.sub(
        r"^(?:(?:and|also|further|strongly|again|once|more|firmly|solemnly|earnestly|\W)+\s*)+",
        "",
        before,
        flags=re.I,
    )
    third = word.endswith("s") and word not in {"press"}
    if stem == "appeal to":
        bare = MAKES_AN.sub("", bare)
    if not bare or (third and around.body and CONDITIONS_FIRST.match(bare)):
        return (around.body, "operative clause") if third else None
    if FIRST_PERSON.search(bare):
        around.voice = "i" if re.search(r"\bI(?: \w+)*$", bare) else "we"
        return around.authors, "own voice"
    if stem in {"call for", "call on"} and (third or word == "call") and CALLS_AS_NOUN.search(bare):
        return _noun_call(bare, around)
    if WISH.search(bare) and (bare.endswith("to") or word.endswith("ing")):
        return who_speaks(
            re.sub(r"\s(?:would like|wish\w*|want\w*|writ\w+|wrote|ha\w+)\s+to$", "", bare), around
        )
    if NO_FORCE.search(bare):
        return None
    lax = stem in LOUD and not (stem == "call for" and word == "call")
    if earlier and JOINED.search(before):
        return earlier.proposers, earlier.rule
    return who_speaks(bare, around, lax=lax)


def _noun_call(bare: str, around: Surroundings) -> tuple[list[str], str]:
    """Tell whose call it is: "our call", "Reiterates its call" of a body, or somebody's."""
    if bare.endswith(" our"):
        return around.authors, "own voice"
    if around.body and re.match(r"[A-Z][a-z]+s\b", bare):
        return around.body, "operative clause"
    owner = WHOSE.search(bare)
    return split_actors(owner["who"]) if owner else [], "reported"


def _complement(rest: str, stem: str, rule: str, around: Surroundings) -> list[str] | None:
    """Return who is asked, by what follows the verb, or None when nothing is asked."""
    if stem in TAKES_ADDRESSEE:
        to = infinitive(rest, 0)
        # Another clause between verb and "to" means that the "to" is not this verb's own.
        phrase = rest[: to[0]].strip(" ,") if to else ""
        if (
            phrase
            and not phrase.startswith(("that ", "for " if stem == "ask" else "that "))
            and not (CLAUSE_IN if rule != "operative clause" else PAUSE).search(phrase)
        ):
            if stem == "expect" and not (rule == "own voice" and re.match(r"you\b", phrase)):
                return None  # a forecast, unless a letter says it to its reader
            addressees = _addressees(
                phrase,
                around,
                firm=(rule == "operative clause" and stem != "call for")
                or (rule == "own voice" and stem in {"call on", "urge", "appeal to"})
                or stem == "seek",
            )
            event = stem == "invite" and rule == "reported"
            if event and to and TAKE_PART.match(rest, to[1]):
                return None
            if addressees is not None and not (stem == "ask" and phrase.lower() in PRONOUNS):
                return addressees
    clause = re.match(
        r"\s*(?:(?:of|to)\s+[^,;]{3,60}?\s+)?that(?:,[^,;]{3,80},)?\s+(.+)", rest, re.DOTALL
    )
    if clause and stem in TAKES_CLAUSE:
        tip = re.match(r"you\b", clause[1]) and stem not in {"demand", "insist", "request"}
        if tip and not around.is_letter:
            return None
        if stem == "demand" and rule == "operative clause":
            return _clause_subject(clause[1], around, strict=False) or []
        return _clause_subject(clause[1], around, strict=stem == "suggest")
    if stem == "advise":
        return [] if re.match(r"\s+against\s", rest) else None
    return _thing(rest, stem, rule, around)


def _end_of_actor(clause: str) -> list[int]:
    """Find where a subject ends before a verb no list knows: "the ministry inspect …"."""
    for actor in ACTOR.finditer(clause[:100]):
        follows = re.match(r"(?:,[^,]{3,80},)?\s+(?:not\s+)?([a-z]{3,})\s", clause[actor.end() :])
        if follows and not PLAIN_FORM.search(follows[1]) and not ACTOR.fullmatch(follows[1]):
            return [actor.end()]
    # "that the Ministry of Roads inspects …"
    verbs = re.finditer(r"\s([a-z]+?)(e?)s\s", clause[:100])
    told = (m for m in verbs if {m[1], m[1] + m[2]} & ORDERS)
    return [m.start() for m in told if names_somebody(clause[: m.start()], opens=False)][:1]


def _thing(rest: str, stem: str, rule: str, around: Surroundings) -> list[str] | None:
    """Return who has to act when a thing is asked for ("calls for an inquiry"), or None."""
    own = rule == "own voice"
    gerund = re.match(r"\s+\w+ing\b", rest)
    if own and not (around.body or around.is_letter) and (gerund or around.voice == "i"):
        return None  # "I recommend the soup": tips, not reforms
    if gerund and stem == "recommend":
        return []
    firm = own or rule == "operative clause" or stem in FIRM_FOR_THINGS
    if stem == "recommend" and DEED.match(rest):
        return []
    asked = FROM_WHOM.match(rest) if stem in TAKES_THING else None
    if asked and is_actor(asked["who"]):
        return split_actors(asked["who"], asked=True)
    if not firm or stem not in TAKES_THING or not THING.match(rest):
        return None
    # "reforms to ensure that X complies": X is who has to act.
    bound = ENSURED.search(rest)
    if bound and names_somebody(bound["who"], opens=False):
        return split_actors(bound["who"])
    return []


def _addressees(phrase: str, around: Surroundings, *, firm: bool) -> list[str] | None:
    phrase = re.sub(r"\snot$", "", phrase)  # "not to"
    lowered = phrase.lower().strip()
    if re.match(r"(?:on )?you\b|your\b", lowered):
        if not around.is_letter:
            return None
        others = re.sub(r"^(?:on )?you\b[\s,]*(?:and\b|as\b.*)?", "", phrase).strip()
        return (around.reader if re.match(r"(?:on )?you\b", lowered) else []) + split_actors(
            others, asked=True
        )
    if lowered in PRONOUNS:
        return []
    # After an operative verb whatever stands before "to do" is who is asked.
    if len(phrase.split()) > 30 or not (firm or names_somebody(phrase, opens=False)):
        return None
    return split_actors(phrase, asked=True)


def _clause_subject(clause: str, around: Surroundings, *, strict: bool) -> list[str] | None:
    modal = MODAL.search(clause)
    verb = next(
        (
            m
            for m in re.finditer(r"[a-z]+", clause[:200])
            if (m[0] in ORDERS or m[0] in {"be", "not"}) and m.start()
        ),
        None,
    )
    ends = [m.start() for m in (modal, verb) if m]
    if not ends or len(clause[: min(ends)].split()) > 6:
        ends += _end_of_actor(clause)
    if not ends or (strict and not modal):
        return None
    phrase = re.sub(r"\s(?:\w+ly|also|further)$", "", clause[: min(ends)].strip(" ,"))
    if phrase.lower() == "you":
        return around.reader
    acts = (
        verb is not None
        and verb[0] not in {"be", "not"}
        and (not modal or verb.start() > modal.end() - 1)
    )
    named = names_somebody(phrase, opens=False) or (
        acts and re.match(r"(?:the|its|all)\s\S+(?:\s\S+)?$", phrase)
    )
    return split_actors(phrase) if named and not DOCUMENTS.search(tidy(phrase)) else []
