"""An assessor's standing: issuer, addressee, curator or third party to a recommendation."""

from __future__ import annotations

from collections import defaultdict

from ingest.facts import Recommendation
from ingest.reading import Corpus


class Standing:
    """Derives how an assessor relates to a recommendation, so that no file can state it wrongly."""

    def __init__(self, corpus: Corpus) -> None:
        """Learn from the corpus who is a member or unit of whom, and who signed what."""
        self._recommendations: dict[str, Recommendation] = {
            entry.id: entry for _, entry in corpus.entries("recommendations")
        }
        self._curators = {
            entry.id for _, entry in corpus.entries("actors") if entry.kind == "curator"
        }
        self._groups: dict[str, set[str]] = defaultdict(set)
        self._wholes: dict[str, set[str]] = defaultdict(set)
        self._signatories: dict[str, set[str]] = defaultdict(set)
        for _, link in corpus.entries("relations"):
            subject, target = (end.partition(":")[2] for end in (link.subject, link.object))
            if link.relation == "member":
                self._groups[target].add(subject)  # foaf:member runs from the group
            elif link.relation in ("unitOf", "partOf"):
                self._wholes[subject].add(target)
        for _, signed in corpus.entries("signature_lists"):
            self._signatories[signed.document] |= {s.signatory for s in signed.signatures}

    def of(self, assessor: str, recommendation: str) -> str:
        """Return issuer, addressee, curator or thirdParty (local names of the concepts).

        A member of an issuing group and a signatory of the document count as issuer; an organ of
        an addressee, and the organisation whose organ is addressed, count as addressee.
        """
        entry = self._recommendations[recommendation]
        issuers = set(entry.issuers)
        if entry.made_in:
            issuers |= self._signatories[entry.made_in]
        if assessor in self._curators:
            return "curator"
        if issuers & ({assessor} | self._groups[assessor]):
            return "issuer"
        addressed = set(entry.addressees)
        if addressed & self._with_wholes(assessor) or any(
            assessor in self._with_wholes(addressee) for addressee in addressed
        ):
            return "addressee"
        return "thirdParty"

    def _with_wholes(self, actor: str) -> set[str]:
        """Return the actor and every organisation it is a unit of."""
        known: set[str] = set()
        ahead = [actor]
        while ahead:
            if (one := ahead.pop()) not in known:
                known.add(one)
                ahead += self._wholes[one]
        return known
