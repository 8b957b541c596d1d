"""Asks in lists: items under a sentence or heading that asks, with whom it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.readers.markers import marker_shape
from ingest.readers.structure import Block
from ingest.rules.actors import is_actor, split_actors
from ingest.rules.bracketed import Bracketed
from ingest.rules.found import Found, Kind, Surroundings
from ingest.rules.prose import asks_in
from ingest.rules.sentences import LONGEST, sentences, without_final_punctuation
from ingest.rules.vocabulary import ASK, MODAL, RECOMMENDING, is_order, is_order_ing

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
TITLE = re.compile(r"(?:[\w,’'-]+\s+){0,5}recommendations?(?:\s+[\w,’'-]+){0,4}", re.IGNORECASE)
LONGEST_TOLD = 150  # words; more than that is a chapter's paragraph, with several asks
EACH = re.compile(r"(?P<who>[^;:.]{3,120}?)\s+to(?:\s*:|,?\s+(?P<what>(?:\w+ly\s)?[a-z]+\b))")
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
    text = view[block.start : block.end].strip(EMPHASIS)
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
        mandate = bool(duty and duty["modal"] == "shall" and not says and not ask)
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


def begins_with_gerund(text: str) -> bool:
    """Whether a text begins as a means does: "Stopping …", "Immediately releasing …"."""
    words = re.findall(r"[A-Za-z'-]+", text[:80])[:3]
    while words and words[0].lower().endswith("ly"):
        words.pop(0)
    return bool(words) and is_order_ing(words[0].lower())


def names_another(ask: Found) -> bool:
    """Whether an ask names whom it asks, and not by pointing back ("such members")."""
    return any(not re.match(r"(?:such|these|those|this|that)\b", n, re.I) for n in ask.addressees)


class ListReader:
    """Walks through the blocks, remembering under which lead-in and heading it is."""

    def __init__(self, view: str, around: Surroundings, brackets: Bracketed) -> None:
        """Take the text, what is known of the document, and the names its brackets hold."""
        self.view, self.around, self.brackets = view, around, brackets
        self.stack: list[LeadIn] = []
        self.item_shape = ""
        self.section = LeadIn("", sure=False)
        self.in_section = False

    def take(self, block: Block, following: Block | None) -> list[Found] | None:
        """Return a block's asks when a list explains it, None when prose rules should read it."""
        text = self.view[block.start : block.end].strip()
        if self._is_title(block, text):
            self._heading(block, text, following)
            return []
        if block.kind == "item":
            self._leave_for(block)
        elif self.stack and not self._continues(text):
            self.stack.clear()
        each = EACH.match(text) if self.stack and self.stack[-1].names_each else None
        if each and not is_order(text):
            return self._named_item(block, each)
        lead = lead_in(self.view, block, self.around)
        if lead and self._has_list(following, block, lead):
            if block.kind != "item":
                self.stack.clear()
            return [*lead.asks, *self._open(lead)]
        return self._item(block, text, following)

    def _item(self, block: Block, text: str, following: Block | None) -> list[Found] | None:
        over = self.stack[-1] if self.stack else None
        if over is None and self.in_section and (block.kind == "item" or self.section.addressees):
            over = self.section
        if over is None:
            return None
        if self._divides(text, following):
            number = number_of(block.marker)
            below = replace(over, shape=marker_shape(block.marker), number=number, asks=[])
            self.stack.append(below)
            self.item_shape = ""
            return []
        if not over.sure and not is_order(text):
            return self._told_item(block) if block.kind == "item" and self.in_section else None
        return self._asks(block, over)

    def _is_title(self, block: Block, text: str) -> bool:
        """Whether a block is a heading: not so an item without mark or stop ("Free them all")."""
        if block.kind != "heading":
            return block.kind == "item" and bool(TITLE.fullmatch(text))
        return not self._goes_on_without_mark(block, text)

    def _goes_on_without_mark(self, block: Block, text: str) -> bool:
        if not self.stack or not self.stack[-1].sure or block.depth:
            return False
        over = self.stack[-1]
        begins = begins_with_gerund(text) if over.means else is_order(text)
        return begins and not RECOMMENDING.search(text)

    def _divides(self, text: str, following: Block | None) -> bool:
        """Whether an item divides the list, and asks for nothing: "as regards markets:"."""
        listed = following is not None and following.kind == "item"
        return listed and text.endswith(":") and not is_order(text)

    def _told_item(self, block: Block) -> list[Found] | None:
        """Read "1. The board shall publish …" among recommendations: the item is the ask.

        None when its first sentence asks for nothing, or it is a paragraph with several asks.
        """
        bounds = list(sentences(self.view, block.start, block.end))
        if not bounds or len(self.view[block.start : block.end].split()) > LONGEST_TOLD:
            return None
        self.around.under_recommendations = True
        first, *later = [asks_in(self.view, a, b, self.around) for a, b in bounds]
        self.around.under_recommendations = False
        modal = MODAL.search(self.view, *bounds[0])
        if not first and not modal:
            return None
        if any(names_another(ask) for asks in later for ask in asks):
            return None
        ask = first[0] if first else Found(0, 0, "duty", modal["modal"] if modal else "", 0.55)
        end = without_final_punctuation(self.view, block.start, block.end)
        proposers = ask.proposers or list(self.around.authors)
        return [replace(ask, start=block.start, end=end, proposers=proposers, kind="ask")]

    def _named_item(self, block: Block, each: re.Match[str]) -> list[Found]:
        """Read "the authorities of X to: …" or "the Union to do …" under an open verb."""
        over = self.stack[-1]
        whom = split_actors(each["who"], asked=True)
        if each["what"] is None:
            shape = marker_shape(block.marker)
            self.stack.append(LeadIn(over.trigger, whom, over.proposers, shape=shape))
            self.item_shape = ""
            return []
        lead = self.view[block.start : block.end]
        start = block.start + len(lead) - len(lead.lstrip()) + each.start("what")
        end = without_final_punctuation(self.view, start, block.end)
        return [
            Found(
                start, end, "listed under a lead-in", over.trigger, 0.9, whom, list(over.proposers)
            )
        ]

    def _heading(self, block: Block, text: str, following: Block | None) -> None:
        named = TO_WHOM.match(text)
        listed = following is not None and following.kind == "item"
        short = len(text.split()) <= 10
        if named and (is_actor(named["who"]) or (self.in_section and listed and short)):
            says = self.in_section or (following is not None and is_order(self._text(following)))
            self.section = LeadIn(text[:40], split_actors(named["who"], asked=True), sure=False)
            self.stack = [self.section] if says else []
            self.in_section = self.in_section or says
            self.item_shape = ""
            return
        lead = lead_in(self.view, block, self.around)
        if lead and lead.sure and self._has_list(following, block, lead):
            self._open(lead)
            return
        self.stack.clear()
        self.in_section = bool(RECOMMENDING.search(text)) and len(text.split()) <= 14
        self.section = LeadIn(text[:40], sure=False)

    def _text(self, block: Block) -> str:
        return self.view[block.start : block.end].strip()

    def _open(self, lead: LeadIn) -> list[Found]:
        over = self.stack[-1] if self.stack else (self.section if self.in_section else None)
        if over:
            lead.addressees = lead.addressees or over.addressees
            lead.proposers = lead.proposers or over.proposers
            lead.response = lead.response or over.response
            if over.kind == "mandate":
                lead.kind = "mandate"
        self.stack.append(lead)
        self.item_shape = ""
        return []

    def _leave_for(self, block: Block) -> None:
        """Leave the lists to which an item does not belong."""
        shape = marker_shape(block.marker)
        while self.stack and self.stack[-1].shape and self.stack[-1].shape == shape:
            # "1." under "56." is a list of its own; "57." ends it.
            if 0 < number_of(block.marker) <= self.stack[-1].number or (
                self.item_shape == shape and number_of(block.marker) != self.stack[-1].number + 1
            ):
                break
            self.stack.pop()
            self.item_shape = ""
        if self.stack and not self.item_shape:
            self.item_shape = shape
            return
        # "115.1" goes on after "115.9"; "116." does not.
        fewer = shape.count("0") < self.item_shape.count("0")
        if self.stack and shape.startswith("0") and self.item_shape.startswith("0") and fewer:
            self.stack.clear()
            self.item_shape = ""

    def _continues(self, text: str) -> bool:
        """Whether an unmarked block is still one of the list's items, its mark lost."""
        listed = is_order(text) or text[:1].islower() or text.rstrip().endswith(";")
        return listed or (self.stack[-1].means and begins_with_gerund(text))

    def _has_list(self, following: Block | None, block: Block, lead: LeadIn) -> bool:
        if following is None or following.furniture:
            return False
        text = self._text(following)
        if following.kind == "item":
            same = block.marker and marker_shape(following.marker) == marker_shape(block.marker)
            return not same or 0 < number_of(following.marker) <= number_of(block.marker)
        if lead.means:
            return begins_with_gerund(text)
        return is_order(text) or text[:1].islower() or (lead.sure and bool(TO_WHOM.match(text)))

    def _asks(self, block: Block, over: LeadIn) -> list[Found]:
        end = without_final_punctuation(self.view, block.start, block.end)
        pieces = (
            self.brackets.pieces(block.start, end)
            if over.recommending
            else [(block.start, end, [])]
        )
        asks = []
        for begin, stop, names in pieces:
            stop = without_final_punctuation(self.view, begin, stop)
            if stop - begin < 8:
                continue
            addressees = over.addressees or self._own_addressees(begin, stop)
            asks.append(
                Found(
                    begin,
                    stop,
                    "listed under a lead-in",
                    over.trigger,
                    0.9 if over.sure else 0.7,
                    list(addressees),
                    names or list(over.proposers or self.around.authors),
                    over.kind,
                    over.response,
                )
            )
        return asks

    def _own_addressees(self, start: int, end: int) -> Sequence[str]:
        own = asks_in(self.view, start, min(end, start + LONGEST), self.around)
        return own[0].addressees if own else []
