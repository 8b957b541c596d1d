"""Asks in lists: items under a sentence or heading that asks, with whom it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.markers import find_marker, marker_shape
from ingest.readers.structure import Block
from ingest.rules.actors import is_actor, split_actors
from ingest.rules.bracketed import Bracketed
from ingest.rules.found import Found, Surroundings
from ingest.rules.leadins import TO_WHOM, LeadIn, lead_in, number_of
from ingest.rules.prose import asks_in
from ingest.rules.sentences import LONGEST, sentences, without_final_punctuation
from ingest.rules.vocabulary import MODAL, RECOMMENDING, is_order, is_order_ing

TITLE = re.compile(r"(?:[\w,’'-]+\s+){0,5}recommendations?(?:\s+[\w,’'-]+){0,4}", re.IGNORECASE)
LONGEST_TOLD = 150  # words; more than that is a chapter's paragraph, with several asks
EACH = re.compile(r"(?P<who>[^;:.]{3,120}?)\s+to(?:\s*:|,?\s+(?P<what>(?:\w+ly\s)?[a-z]+\b))")
# A list of things to do goes on with a remark: "While we welcome …".
NO_ITEM = re.compile(r"(?:While|Although|Though|However|We|I|It is|There (?:is|are))\b")


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
        self.in_table = False

    def take(self, block: Block, following: Block | None) -> list[Found] | None:
        """Return a block's asks when a list explains it, None when prose rules should read it."""
        text = self.view[block.start : block.end].strip()
        if block.kind == "cell":
            return self._cell(block, text)
        self.in_table = False
        if self._is_title(block, text):
            opened = self._heading(block, text, following)
            # A line that ends with a colon and opens no list is a sentence after all.
            return [] if opened or block.depth or not text.endswith(":") else None
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
        if over.trigger and NO_ITEM.match(text):
            return None
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

    def _cell(self, block: Block, text: str) -> list[Found] | None:
        """Read a table's cell: an ask when a column is headed so and the cell begins as asks do."""
        if TITLE.fullmatch(text):
            self.in_table = True
            return []
        mark = find_marker(text)
        content = text[mark[1] :] if mark else text
        if not self.in_table or not is_order(content) or len(content.split()) < 4:
            return None
        start = (
            block.end - len(self.view[block.start : block.end].lstrip()) + len(text) - len(content)
        )
        over = LeadIn("recommendation", recommending=True, proposers=list(self.around.authors))
        return self._asks(replace(block, start=start), over)

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

    def _heading(self, block: Block, text: str, following: Block | None) -> bool:
        """Note what a heading says of what follows; return whether it opens a list."""
        named = TO_WHOM.match(text)
        listed = following is not None and following.kind == "item"
        short = len(text.split()) <= 10
        if named and (is_actor(named["who"]) or (self.in_section and listed and short)):
            says = self.in_section or (following is not None and is_order(self._text(following)))
            self.section = LeadIn(text[:40], split_actors(named["who"], asked=True), sure=False)
            self.stack = [self.section] if says else []
            self.in_section = self.in_section or says
            self.item_shape = ""
            return True
        lead = lead_in(self.view, block, self.around)
        if lead and lead.sure and self._has_list(following, block, lead):
            self._open(lead)
            return True
        self.stack.clear()
        self.in_section = bool(RECOMMENDING.search(text)) and len(text.split()) <= 14
        self.section = LeadIn(text[:40], sure=False)
        return False

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
