"""What stands over a list: the sentence or heading that asks, and whom it names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ingest.readers.markers import marker_shape
from ingest.readers.structure import Block
from ingest.rules.actors import is_actor, split_actors
from ingest.rules.found import Found, Kind, Surroundings
from ingest.rules.prose import asks_in
from ingest.rules.sentences import LONGEST, sentences
from ingest.rules.vocabulary import ASK, MODAL, RECOMMENDING

TO_WHOM = re.compile(
    r"^(?:(?:recommendations?|demands?|asks?)\s+)?(?:to|for)\s+(?P<who>[^:.]{2,120}?)\s*:?$", re.I
)
FOLLOWS = re.compile(r"\b(?:following|below|listed|these)\b", re.IGNORECASE)
OPERATIVE = re.compile(
    r"(?:Also |Further |Strongly |Again )?(?:calls?|urges?|invites?|requests?|encourages?|"
    r"recommends?)\b",
    re.I,
)
# "The Assembly calls on:": each item then names whom, and what.
OPEN_VERB = re.compile(
    r"\b(?:calls? (?:up)?on|urges?|invites?|requests?|asks?|encourages?)\s*:$", re.I
)
# "… to protect them, including by:": the sentence is the ask, the list its details.
DETAILS = re.compile(
    r"\b(?:by|including|through|means of|such as|inter alia|namely|particular|manner|ways?|areas|"
    r"conditions)\s*:$",
    re.IGNORECASE,
)
# "We call on X to save lives by:" and then what X is to do; "including by:" gives details only.
MEANS = re.compile(r"(?<!including )(?<!inter alia )\b(?:by|through)\s*:$", re.IGNORECASE)
EMPHASIS = " *_"  # marks of bold and italics in plain text
RESPONSES = [
    (
        "rejected",
        r"\b(?:did|do|does|could|can) not (?:enjoy|receive)|\brejected\b|\bnot (?:accept|support)",
    ),
    (
        "accepted",
        r"\benjoy(?:s|ed)? (?:the|its|their) support|\benjoy the support|\b(?:are|"
        r"were) accepted\b|\baccepts?\b",
    ),
    (
        "acknowledged",
        r"\bnoted\b|\bwill be examined\b|\bunder consideration\b|\bwill provide responses\b",
    ),
]


@dataclass
class LeadIn:
    """What stands over a list: who is asked and who asks, and how sure it is that it asks."""

    trigger: str
    addressees: list[str] = field(default_factory=list)
    proposers: list[str] = field(default_factory=list)
    kind: Kind = "ask"
    sure: bool = True
    response: str = ""
    shape: str = ""
    recommending: bool = False
    number: int = 0
    asks: list[Found] = field(default_factory=list)
    names_each: bool = False
    means: bool = False  # "to end this by:", so that its items begin "Stopping …"


def lead_in(view: str, block: Block, around: Surroundings) -> LeadIn | None:
    """Read a block as what stands over a list of asks, or None when it does not ask."""
    text = " ".join(view[block.start : block.end].strip(EMPHASIS).split())
    shape = marker_shape(block.marker) if block.marker else ""
    means = MEANS.search(text)
    if DETAILS.search(text) and not means:
        return None
    named = TO_WHOM.match(text)
    if named and is_actor(named["who"]) and (text.endswith(":") or block.kind == "heading"):
        return LeadIn(text[:40], split_actors(named["who"], asked=True), sure=False, shape=shape)
    bounds = list(sentences(view, block.start, block.end))
    if not bounds:
        return None
    begin, end = bounds[-1]
    around.previous = view[slice(*bounds[-2])] if len(bounds) > 1 else ""
    sentence = view[begin:end].rstrip(EMPHASIS)
    colon = text.endswith((":", ": -", "—", ":-"))
    says = RECOMMENDING.search(sentence if len(text.split()) > 100 else text)
    if colon or (says and FOLLOWS.search(text)):
        duty, ask = MODAL.search(sentence[-160:]), ASK.search(sentence)
        if not (
            says
            or duty
            or (
                ask
                and (means or OPERATIVE.match(text) or re.search(r"\b(?:to|for|that)\s*:$", text))
            )
        ):
            return None
        names_each = bool(OPEN_VERB.search(sentence))
        probe = _probe(sentence, text, bool(duty), names_each)
        asks = [a for a in asks_in(probe, 0, len(probe), around)]
        chosen = asks[-1] if asks else Found(0, 0, "", "", 0.0)
        mandate = bool(
            duty and (duty["modal"] == "shall" or around.is_statute) and not says and not ask
        )
        return LeadIn(
            chosen.trigger or (says or duty or ask)[0],  # type: ignore[index]
            chosen.addressees or _state_under_review(text),
            chosen.proposers or (around.authors if says and not asks else []),
            "mandate" if mandate or chosen.kind == "mandate" else "ask",
            response=response_in(text),
            shape=shape,
            recommending=bool(re.search(r"recommend", text, re.I)),
            number=number_of(block.marker),
            asks=[_moved(found, begin) for found in asks[:-1]],
            names_each=names_each,
            means=bool(means),
        )
    return None


def _probe(sentence: str, text: str, duty: bool, names_each: bool) -> str:
    """Return a lead-in with its list told as "act as listed", for the rules of prose to read."""
    if names_each:
        sentence = re.sub(r"\s*:$", " them to:", sentence)
    probe = MEANS.sub("by acting.", re.sub(r"\bto:$", "to act as listed", sentence))
    if probe != sentence:
        return probe
    clause = re.search(r"\bthat\s[^,]*:$", text[-LONGEST:])
    helping = "" if duty else "should " if clause else "to "
    return re.sub(r":$", f" {helping}act as listed.", sentence)


def _moved(found: Found, offset: int) -> Found:
    return replace(found, start=found.start + offset, end=found.end + offset)


def number_of(marker: str) -> int:
    """Return the last number of a mark, or 0 when it has none."""
    numbers = re.findall(r"\d+", marker)
    return int(numbers[-1]) if numbers else 0


def _state_under_review(text: str) -> list[str]:
    """Return whose position a lead-in states: "enjoy the support of X", "examined by X"."""
    found = re.search(
        r"\b(?:examined|considered|noted|accepted|supported|rejected) by (?:the )?|"
        r"\b(?:support|position) of (?:the )?",
        text,
    )
    if not found:
        return []
    name = re.match(r"[A-Z][\w’'-]*(?:\s+(?:of|and|the|[A-Z][\w’'-]*))*", text[found.end() :])
    return [re.sub(r"\s+(?:of|and|the)$", "", " ".join(name[0].split()))] if name else []


def response_in(text: str) -> str:
    """Return the addressee's response that a lead-in states for its list, or nothing."""
    for response, pattern in RESPONSES:
        if re.search(pattern, text, re.IGNORECASE):
            return response
    return ""
