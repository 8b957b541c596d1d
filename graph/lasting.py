"""What lasts: from when to when texts and links held, and who last called a text in force."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, NamedTuple

from rdflib.namespace import DCTERMS

from graph.asking import Group, grouped, solutions
from graph.rows import NOT_KNOWN_TO_HAVE_ENDED, NOT_STATED
from graph.store import Store
from ontology.terms import ELI, RG

IN_FORCE: Final = "inForce"
NOT_IN_FORCE: Final = "notInForce"

_HAPPENS: Final = frozenset(
    map(
        str,
        (
            DCTERMS.replaces, ELI.passed_by, RG.establishedBy, RG.commentedOn, RG.submitted,
            RG.authored, RG.raisedConcernAbout, RG.electedBy,
        ),
    )
)  # fmt: skip
"""Links that come about once: their date tells when, and they are true ever after."""


class Force(NamedTuple):
    """Whether a text is in force, and on whose word that rests: a document and its date (EDTF).

    Both are None where only dates tell.
    """

    word: str
    source: str | None
    told_on: str | None


@dataclass(frozen=True)
class Text:
    """A dated text: when it can have begun and ended, and what is said of its force.

    An end that no source gives is that of the text which replaces it; `ends` is true where there is
    one at all, if on an unknown day. `stated` is `inForce`,
    `notInForce` or `not stated`; `told_in` is the document that tells so and of the text, `told_on`
    its date (EDTF), `told_from` and `told_until` the days that this can mean. Where several tell of
    the text, which of them tells of its force is not known: the oldest counts.
    """

    earliest: dt.date | None
    latest: dt.date | None
    ended_earliest: dt.date | None
    ended_latest: dt.date | None
    ends: bool
    stated: str
    told_from: dt.date | None
    told_until: dt.date | None
    told_on: str | None
    told_in: str | None

    def began_after(self, day: dt.date) -> bool:
        """Tell whether it began after a day for certain."""
        first = self.earliest or self.latest
        return first is not None and first > day

    def had_ended(self, day: dt.date) -> bool:
        """Tell whether it had ended by a day for certain."""
        return self.ended_latest is not None and self.ended_latest <= day

    def force(self, day: dt.date | None) -> Force:
        """Return what is known of its force on a day, or in the end where no day is asked for.

        The word is `inForce`, `notInForce`, `not stated` where no source tells or dates leave it
        open, and `not known to have ended` after the day of the source that calls it in force.
        """
        is_told = self._is_told(day)
        word = self._force_in_the_end() if day is None else self._force_on(day, is_told=is_told)
        rests = word == NOT_KNOWN_TO_HAVE_ENDED or (is_told and word == self.stated)
        return Force(word, self.told_in, self.told_on) if rests else Force(word, None, None)

    def _is_told(self, day: dt.date | None) -> bool:
        """Tell whether what a source says of its force holds on a day."""
        if day is None:
            return self.stated in (IN_FORCE, NOT_IN_FORCE)
        if self.stated == IN_FORCE:
            return self.told_from is not None and day <= self.told_from
        return (
            self.stated == NOT_IN_FORCE and self.told_until is not None and (self.told_until <= day)
        )

    def _force_in_the_end(self) -> str:
        if self.stated == NOT_IN_FORCE:
            return NOT_IN_FORCE
        if self.ends:  # whether that day has come is not for an answer to tell
            told = self.told_until and self.had_ended(self.told_until)
            return NOT_IN_FORCE if told else NOT_STATED
        return NOT_KNOWN_TO_HAVE_ENDED if self.stated == IN_FORCE else NOT_STATED

    def _force_on(self, day: dt.date, *, is_told: bool) -> str:
        if self.had_ended(day):
            return NOT_IN_FORCE
        if self.latest is None or self.latest > day:
            return NOT_STATED
        if self.ended_earliest and self.ended_earliest > day:
            return IN_FORCE
        if is_told:
            return self.stated
        may_last = self.stated == IN_FORCE and not self.ends
        return NOT_KNOWN_TO_HAVE_ENDED if may_last else NOT_STATED


def texts(store: Store) -> dict[str, Text]:
    """Return every dated text by its IRI."""
    groups = grouped(solutions(store, "texts"), "version")
    return {group.text("version"): _text(group) for group in groups}


def _text(group: Group) -> Text:
    ends = "ended" if group.has("endedEarliest") or group.has("endedLatest") else "replaced"
    told = [one for one in grouped(group.rows, "document") if one.has("document")]
    oldest = min(told, key=_told_from, default=Group([]))
    return Text(
        earliest=group.maybe_day("earliest"),
        latest=group.maybe_day("latest"),
        ended_earliest=group.maybe_day(f"{ends}Earliest"),
        ended_latest=group.maybe_day(f"{ends}Latest"),
        ends=ends == "ended" or group.has("newer"),
        stated=group.word("force").removeprefix("InForce-") or NOT_STATED,
        told_from=oldest.maybe_day("toldFrom"),
        told_until=oldest.maybe_day("toldUntil"),
        told_on=oldest.maybe("toldOn"),
        told_in=oldest.maybe("document"),
    )


def _told_from(document: Group) -> tuple[dt.date, str]:
    return document.maybe_day("toldFrom") or dt.date.max, document.text("document")


def lasts(prop: str) -> bool:
    """Tell whether links of a property hold for a time, and do not just come about."""
    return prop not in _HAPPENS


def link_had_ended(prop: str, date: str | None, last: dt.date | None, day: dt.date) -> bool:
    """Tell whether a link was past on a day: it lasts, and its period ended before that day.

    `prop` is the property of the link, `date` its date as EDTF and `last` the last day of that. A
    date that is no period tells when a link came about, not when it ended.
    """
    return lasts(prop) and "/" in (date or "") and last is not None and last < day
