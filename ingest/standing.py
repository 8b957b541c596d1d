"""An assessor's standing: issuer, addressee, curator or third party to a recommendation."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from ingest.dates import read_period
from ingest.facts import Recommendation, Relation
from ingest.reading import Corpus

_Membership = tuple[str, dt.date | None]
"""Whose member somebody is, and the last day of that where it is a period with an end."""


class Standing:
    """Derives how an assessor relates to a recommendation, so that no file can state it wrongly."""

    def __init__(self, corpus: Corpus) -> None:
        """Learn from the corpus who is a member or unit of whom, and who signed what."""
        self._recommendations: dict[str, Recommendation] = {
            entry.id: entry for _, entry in corpus.entries("recommendations")
        }
        kinds = {entry.id: entry.kind for _, entry in corpus.entries("actors") if entry.kind}
        self._curators = {actor for actor, kind in kinds.items() if kind == "curator"}
        self._groups: dict[str, list[_Membership]] = defaultdict(list)
        self._offices: dict[str, list[_Membership]] = defaultdict(list)
        self._wholes: dict[str, set[str]] = defaultdict(set)
        self._signatories: dict[str, set[str]] = defaultdict(set)
        for _, link in corpus.entries("relations"):
            subject, target = (end.partition(":")[2] for end in (link.subject, link.object))
            if link.allegation:
                continue
            if link.relation == "member":
                # foaf:member runs from the group
                self._groups[target].append((subject, _last_day(link)))
            elif link.relation in ("unitOf", "partOf"):
                self._wholes[subject].add(target)
            elif link.relation == "memberOf":
                if kinds.get(target) == "group":
                    self._groups[subject].append((target, _last_day(link)))
                if kinds.get(subject) == "person":
                    self._offices[subject].append((target, _last_day(link)))
        for _, signed in corpus.entries("signature_lists"):
            self._signatories[signed.document] |= {s.signatory for s in signed.signatures}

    def of(self, assessor: str, recommendation: str, as_of: str) -> str:
        """Return issuer, addressee, curator or thirdParty (local names of the concepts).

        `as_of` is the date (EDTF) for which the assessor speaks: whose membership was over by then
        does not speak as a member.
        A member of a group speaks as the group, and a signatory of the document as its issuer. An
        organ speaks as the organisation, which speaks as its organ; a person who is a member or
        officer of either speaks as it. A State or body that belongs to an organisation does not:
        members of INTERPOL are not INTERPOL. Who belongs to both sides is called on to act.
        """
        entry = self._recommendations[recommendation]
        if assessor in self._curators:
            return "curator"
        signatories = self._signatories[entry.made_in] if entry.made_in else set()
        day = read_period(as_of).earliest or dt.date.min
        groups = _held(self._groups[assessor], day)
        offices = _held(self._offices[assessor], day)
        above = groups | self._with_wholes(assessor, *offices)
        own = {assessor} | groups
        if own & {*entry.issuers, *signatories}:
            return "issuer"
        if self._belongs(assessor, above, entry.addressees):
            return "addressee"
        return "issuer" if self._belongs(assessor, above, entry.issuers) else "thirdParty"

    def _belongs(self, assessor: str, above: set[str], parties: Collection[str]) -> bool:
        """Tell whether an assessor is one of the parties, their member, organ, whole or officer."""
        return not above.isdisjoint(parties) or assessor in self._with_wholes(*parties)

    def _with_wholes(self, *actors: str) -> set[str]:
        """Return the actors and every organisation they are a unit of."""
        known: set[str] = set()
        ahead = [*actors]
        while ahead:
            if (one := ahead.pop()) not in known:
                known.add(one)
                ahead += self._wholes[one]
        return known


def _last_day(link: Relation) -> dt.date | None:
    """Return the day with which a membership ended; a date that is no period tells of no end."""
    return read_period(link.date).latest if link.date and "/" in link.date else None


def _held(memberships: Collection[_Membership], day: dt.date) -> set[str]:
    """Return those of which a membership was not over before a day."""
    return {of for of, last in memberships if last is None or last >= day}
