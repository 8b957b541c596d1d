"""An assessor's standing: issuer, addressee, curator or third party to a recommendation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from ingest.facts import Recommendation
from ingest.reading import Corpus


class Standing:
    """Derives how an assessor relates to a recommendation, so that no file can state it wrongly."""

    def __init__(self, corpus: Corpus) -> None:
        """Learn from the corpus who is a member or unit of whom, and who signed what."""
        self._recommendations: dict[str, Recommendation] = {
            entry.id: entry for _, entry in corpus.entries("recommendations")
        }
        kinds = {entry.id: entry.kind for _, entry in corpus.entries("actors") if entry.kind}
        self._curators = {actor for actor, kind in kinds.items() if kind == "curator"}
        self._groups: dict[str, set[str]] = defaultdict(set)
        self._offices: dict[str, set[str]] = defaultdict(set)
        self._wholes: dict[str, set[str]] = defaultdict(set)
        self._signatories: dict[str, set[str]] = defaultdict(set)
        for _, link in corpus.entries("relations"):
            subject, target = (end.partition(":")[2] for end in (link.subject, link.object))
            if link.allegation:
                continue
            if link.relation == "member":
                self._groups[target].add(subject)  # foaf:member runs from the group
            elif link.relation in ("unitOf", "partOf"):
                self._wholes[subject].add(target)
            elif link.relation == "memberOf":
                if kinds.get(target) == "group":
                    self._groups[subject].add(target)
                if kinds.get(subject) == "person":
                    self._offices[subject].add(target)
        for _, signed in corpus.entries("signature_lists"):
            self._signatories[signed.document] |= {s.signatory for s in signed.signatures}

    def of(self, assessor: str, recommendation: str) -> str:
        """Return issuer, addressee, curator or thirdParty (local names of the concepts).

        A member of a group speaks as the group, and a signatory of the document as its issuer. An
        organ speaks as the organisation, which speaks as its organ; a person who is a member or
        officer of either speaks as it. A State or body that belongs to an organisation does not:
        members of INTERPOL are not INTERPOL. Who belongs to both sides is called on to act.
        """
        entry = self._recommendations[recommendation]
        if assessor in self._curators:
            return "curator"
        signatories = self._signatories[entry.made_in] if entry.made_in else set()
        own = {assessor} | self._groups[assessor]
        if own & {*entry.issuers, *signatories}:
            return "issuer"
        if self._belongs(assessor, entry.addressees):
            return "addressee"
        return "issuer" if self._belongs(assessor, entry.issuers) else "thirdParty"

    def _belongs(self, assessor: str, parties: Collection[str]) -> bool:
        """Tell whether an assessor is one of the parties, their member, organ, whole or officer."""
        above = self._groups[assessor] | self._with_wholes(assessor, *self._offices[assessor])
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
