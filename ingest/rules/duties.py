"""Duties laid on somebody ("the ministry should"), and what the law lays down, which is no ask."""

from __future__ import annotations

import itertools
import re

from ingest.rules.actors import (
    PRONOUNS,
    is_actor,
    listed_subject,
    split_actors,
    subject_before,
    tidy,
)
from ingest.rules.found import Found, Kind, Surroundings
from ingest.rules.subjects import HEAD_ENDS, names_somebody, who_speaks
from ingest.rules.vocabulary import ACTOR, DOCUMENTS, LAW, MODAL, MOST_VERBS, ORDERS

CLAUSE_STARTS = re.compile(
    r"[;:]\s|,\s+(?:and|but|so)\s|\s(?:that|because|while|but|said|says|added|argued|argues)\s"
)
CONDITION = re.compile(
    r"\s*[\"“]?(?:if|unless|when|whether|as|since|although|though|while|whilst|even|before|until|what|how|who|where|why)\b",
    re.IGNORECASE,
)
IDLE = re.compile(
    r"\s+(?:be (?:able to|noted|seen|said|remembered|stressed|borne|clear|recalled|read|"
    r"added|mentioned|attached|enclosed|found|considered (?:as )?(?:a )?part|"
    r"understood|surprised|aware|proud|congratulated|commended|afraid)|know|expect|feel|note that|"
    r"begin|arrive|have)\b"
)
# "President Lund, who was elected in May, should reverse it".
WHO_IS = re.compile(
    r"(?:^|\bthat\s|\bsaid\s)(?P<who>(?:the\s|The\s)?[A-Z][^,;:]{2,80}),\s(?:who|which|whose)\s"
    r"[^;:]{3,160},$"
)
UNREAL = re.compile(r"\b(?:would|will|may|might|does|do|did)(?: not|n['’]t)?\s+$")
DONE = re.compile(
    r"\s+(?:\w+ly\s+|also\s+|not\s+)?be\s+(?:\w+ly\s+)?(?:\w+ed|\w*(?:taken|drawn|written|built)|"
    r"made|given|brought|held|put|set|kept|sent|paid|cut|met|lost|left|sold|spent|sought|told|taught|"
    r"shown|known|seen|chosen|broken|begun|borne|struck|found|done)\b"
)
# "It is essential that the board publish …": a duty without a modal verb.
ESSENTIAL = re.compile(
    r"\b[Ii]t is (?:\w+ )?(?:essential|imperative|vital|crucial|urgent|"
    r"high time) that (?P<who>(?:the|all|each|every)\s"
    r"[^,;]{2,60}?|[A-Z][^,;]{1,60}?)\s(?P<do>[a-z]+)\b"
)


UP_TO = re.compile(
    r"\b[Ii]t is (?:\w+ )?up to (?P<who>(?:the\s)?[\w’' -]{2,60}?)\sto\s(?P<do>[a-z]+)\b"
)


def duties_in(sentence: str, around: Surroundings, asks: list[Found]) -> list[Found]:
    """Find duties: "the ministry should …". What the law already orders is a mandate, no ask."""
    found = []
    last = -1
    for modal in itertools.islice(MODAL.finditer(sentence), MOST_VERBS):
        if any(ask.start <= modal.start() for ask in asks) or modal.start() < last:
            continue
        if (
            UNREAL.search(sentence, 0, modal.start())
            or IDLE.match(sentence, modal.end())
            or re.match(r"\s+(?:not only|and will)\b", sentence[modal.end() :])
        ):
            continue
        before = sentence[: modal.start()].rstrip()
        clause = _clause_ending(before)
        clause_start = modal.start() - len(clause) - (len(sentence[: modal.start()]) - len(before))
        subject = listed_subject(before) or subject_before(clause)
        aside = WHO_IS.search(before)
        subject = aside["who"] if aside else subject
        if re.search(r"\band$", before) and len(subject.split()) > 5:
            continue
        addressees = _bound(
            subject, modal["modal"], around, opens=not sentence[:clause_start].strip()
        )
        if addressees is None or DONE.match(sentence, modal.end()):
            addressees = _undergone(sentence, modal, subject, around, addressees)
        if addressees is None and _text_to_change(subject, sentence[modal.end() :], around):
            addressees = []
        if addressees is None:
            continue
        if RESTATES.search(before):
            continue
        restated = OPERATIVE_THAT.match(before) if around.body else None
        if restated and not HOLDS.match(restated["verb"]):
            continue
        around.last_bound = addressees or around.last_bound
        kind: Kind = "mandate" if _is_mandate(modal[0], sentence, around) else "ask"
        begin = sentence.find(subject, max(0, clause_start)) if subject else clause_start
        proposers = _speaker(before, around)
        found.append(
            Found(
                max(0, begin),
                len(sentence),
                "duty",
                modal["modal"],
                0.55,
                addressees,
                proposers,
                kind,
            )
        )
        last = modal.end() + 20
    return found


def _clause_ending(before: str) -> str:
    """Return the clause that ends a stretch, or nothing when it is a condition or a question."""
    clause = CLAUSE_STARTS.split(before)[-1]
    if CONDITION.match(clause):
        return clause.split(",", 1)[-1] if "," in clause else ""
    return clause


def _is_mandate(modal: str, sentence: str, around: Surroundings) -> bool:
    """Whether the law, and not the document, lays the duty down."""
    if around.under_recommendations:
        return False  # an inquiry's "the board shall" is its recommendation
    laid_down = re.search(r"shall|(?:is|are) to|obliged|required", modal)
    return around.is_statute or bool(laid_down) or bool(LAW.search(sentence))


# "They should be withdrawn", a letter's end: what it speaks of stands in the sentence before.
REJECTED = re.compile(
    r"\s+(?:not\s+)?be\s+(?:\w+ly\s+)?(?:rejected|withdrawn|repealed|scrapped|amended|dropped|"
    r"abandoned|removed|revised|adopted|approved|accepted|suspended|reversed|reinstated)\b"
)
# "The chair stressed that funds must be repaid": somebody asks, whoever has to act.
INSISTS = re.compile(r"\b(?:stress|emphasi[sz]|insist|urg|demand|argu|underlin)\w* that\b")
AGENT = re.compile(
    r"[^,;.]{0,60}?\sby\s(?P<who>(?:the\s)?[A-Z][^,;.()]*?)"
    r"(?=\s(?:and|only|when|if|in|on|at|within|before|after|to|for)\b|\s?[,;.(]|$)"
)


def _undergone(
    sentence: str,
    modal: re.Match[str],
    subject: str,
    around: Surroundings,
    patient: list[str] | None,
) -> list[str] | None:
    """Return who has to act in "notices should be circulated by X", or None when it is no ask.

    Whoever undergoes it is not who is asked. Without an agent it is an ask when an actor undergoes
    it ("the minister should be dismissed"), or when the document's authors recommend.
    """
    done = DONE.match(sentence, modal.end())
    told = INSISTS.search(sentence, 0, modal.start())
    must = modal["modal"] == "must"
    wanted = modal["modal"] == "should" or around.under_recommendations
    wanted = wanted or (must and around.is_letter)
    if not done or not subject or not (wanted or (told and must)):
        return None
    if subject.lower() in PRONOUNS | {"this", "that", "there", "these"}:
        ended = around.is_letter and around.previous and REJECTED.match(sentence, modal.end())
        return [] if ended and subject.lower() != "there" else None
    agent = AGENT.match(sentence, done.end())
    if agent and is_actor(agent["who"]):
        return split_actors(agent["who"], asked=True)
    known = patient is not None and ACTOR.search(subject)
    insisted = told and _speaker(sentence[: modal.start()], around)
    asked = around.recommends or around.under_recommendations or around.is_letter
    return [] if asked or known or insisted else None


TEXT = re.compile(
    r"(?:the|this|its|your)?\s?(?:[\w’'-]+\s){0,3}(?:text|draft|document|bill|law|treaty|statute|"
    r"agreement|directive|definition|mandate|declaration|convention|regulation|policy|plan)",
    re.IGNORECASE,
)
TO_SAY = re.compile(
    r"\s+(?:also\s|not\s|never\s|\w+ly\s)?(?:include|contain|provide|state|specify|define|"
    r"require|prohibit|mention|refer|recogni[sz]e|call for|guarantee|make (?:it )?clear|set out)\b"
)


def _text_to_change(subject: str, rest: str, around: Surroundings) -> bool:
    """Whether a letter or a report wants a text to say something: "the draft should define …"."""
    speaks = around.is_letter or around.recommends
    return bool(speaks and TEXT.fullmatch(subject.strip()) and TO_SAY.match(rest))


# "It recalls that lawyers must be free": said before, not asked now.
RESTATES = re.compile(
    r"\b(?:recall|reaffirm|affirm|welcom|not|recogni[sz]|acknowledg|remind)(?:e?s|e?d|"
    r"ing)?\b[^;:]*\bthat\b"
)
OPERATIVE_THAT = re.compile(
    r"(?:Also |Further |Strongly |Again )?(?P<verb>[A-Z][a-z]+s)\s.*\bthat\b"
)
HOLDS = re.compile(
    r"(?:Stress|Emphasi|Underlin|Underscor|Consider|Believ|Insist|Maintain|Propos|Suggest|"
    r"Recommend|Is)"
)


def _speaker(before: str, around: Surroundings) -> list[str]:
    """Return who holds that somebody should act: "X stressed that", or a body's "Stresses that"."""
    if OPERATIVE_THAT.match(before) and around.body:
        return around.body
    says = re.search(
        r"(?<!\bbe )\b(?:said|says|stress\w*|emphasi[sz]\w*|underlin\w*|consider\w*|believ\w*|"
        r"argu\w*|insist\w*)\b(?: that)?\b[^.]*$",
        before,
    )
    if says:
        who = who_speaks(before[: says.start()], around)
        return who[0] if who else []
    return list(around.authors)


def needs_in(sentence: str, around: Surroundings) -> list[Found]:
    """Find "it is essential that X do …", said in the document's own voice."""
    need = ESSENTIAL.search(sentence) or UP_TO.search(sentence)
    if not need or need["do"] not in ORDERS or not is_actor(need["who"]):
        return []
    start = need.start("who")
    return [
        Found(
            start,
            len(sentence),
            "duty",
            "essential that",
            0.55,
            split_actors(need["who"]),
            list(around.authors),
        )
    ]


def _bound(subject: str, modal: str, around: Surroundings, *, opens: bool) -> list[str] | None:
    lowered = subject.lower()
    if lowered in {"it", "they"} and around.last_bound:
        return around.last_bound
    if lowered in {"you", "your government"} and around.is_letter:
        return around.reader
    if (
        not subject
        or lowered in PRONOUNS
        or lowered.split()[-1] in {"we", "i", "you", "one", "he", "she"}
        or len(subject.split()) > 16
    ):
        return None
    if MODAL.search(subject) or re.search(
        r"\b(?:is|are|was|were|has|have|had|will|can)\b", lowered
    ):
        return None
    if re.search(r"\b(?:no|nobody|everyone|anyone|everybody|who|that|which|there)\b", lowered):
        return None
    bare = tidy(subject)
    head = HEAD_ENDS.split(bare)[0]
    if DOCUMENTS.search(head) or not names_somebody(subject, opens=opens):
        return None
    # A name that is no known kind of actor may be a thing ("Justice must"): ask for the noun.
    if not ACTOR.search(head) and (
        opens and len(head.split()) == 1 and modal not in {"should", "must"}
    ):
        return None
    return split_actors(subject)
