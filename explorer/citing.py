"""How to cite a recommendation, a document, any other entity or a selection: text, BibTeX, RIS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from explorer.facets import years_of
from explorer.markup import seen
from explorer.selection import UNDATED
from explorer.words import Names, date_in_words
from graph.answers import PassageRow, WhichDocumentsRow, WhichRecommendationsRow
from graph.entities import passages
from graph.exports.taking import CREDIT, Stamp, writable
from graph.questions import which_documents, which_recommendations
from graph.store import Store
from ontology.errors import NotFoundError
from ontology.identifiers import curie, parse

NAME: Final = "reformgraph: a knowledge graph of reform recommendations"
SHORT: Final = 12
"""Digits of a hash in a citation: enough to find the version, few enough to copy."""
_BIBTEX: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip

Row = TypeVar("Row")


@dataclass(frozen=True)
class Citation:
    """One thing to be cited: what every form of a citation says of it.

    `date` is EDTF, `within` says in what it stands, `ris_type` how RIS calls such a thing.
    """

    key: str
    authors: tuple[str, ...]
    title: str
    date: str | None
    within: str
    url: str
    note: str
    ris_type: str = "GEN"

    @property
    def text(self) -> str:
        """The citation as one sentence after the other."""
        when = f" ({date_in_words(self.date)})" if self.date else " (undated)"
        said = [f"{', '.join(self.authors)}{when}: {self.title}"]
        said += [f"{part[0].upper()}{part[1:]}" for part in (self.within, self.note) if part]
        return _line(" ".join([*(f"{part.rstrip('.')}." for part in said), self.url]))

    @property
    def forms(self) -> dict[str, str]:
        """Every form by its name."""
        return {"Text": self.text, "BibTeX": self.bibtex, "RIS": self.ris}

    @property
    def bibtex(self) -> str:
        """The citation for BibTeX; names and title are kept as they are written."""
        year = _year(self.date)
        fields = {
            "author": " and ".join(f"{{{_bibtex(author)}}}" for author in self.authors),
            "title": f"{{{_bibtex(self.title)}}}",
            "year": year or "",
            "howpublished": _bibtex(self.within),
            "url": _line(self.url),
            "note": _bibtex(self.note),
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        return "\n".join([f"@misc{{{self.key},", *lines, "}", ""])

    @property
    def ris(self) -> str:
        """The citation in RIS, one tag a line."""
        tags = [("TY", self.ris_type), *(("AU", author) for author in self.authors)]
        tags += [("TI", self.title), ("PY", _year(self.date) or ""), ("T2", self.within),
                 ("UR", self.url), ("N1", self.note), ("ID", self.key)]  # fmt: skip
        lines = [f"{tag}  - {_line(value)}" for tag, value in tags if value]
        return "\r\n".join([*lines, "ER  - ", ""])


def cite(store: Store, names: Names, iri: str, stamp: Stamp) -> Citation:
    """Return how to cite an entity of the data as of a stamp.

    Raises NotFoundError for a recommendation or document that is not there.
    """
    kind = parse(iri)[0]
    if kind == "recommendation":
        asked = (one for one in which_recommendations(store) if one.recommendation == iri)
        return cite_recommendation(_found(asked, iri), passages(store), names, stamp)
    if kind == "document":
        known = (one for one in which_documents(store) if one.document == iri)
        return cite_document(_found(known, iri), names, stamp)
    return cite_entity(iri, names, stamp)


def cite_entity(iri: str, names: Names, stamp: Stamp) -> Citation:
    """Return how to cite what these data say of an entity."""
    return Citation(
        key=_key(*parse(iri)), authors=(CREDIT,), title=names.of(iri),
        date=str(stamp.made_on.year), within=NAME, url=iri, note=_version(stamp),
    )  # fmt: skip


def cite_selection(stamp: Stamp) -> Citation:
    """Return how to cite a selection; without a public address its data version must do."""
    return Citation(
        key=f"reformgraph-{stamp.data_version[:SHORT]}", authors=(CREDIT,), title=stamp.name,
        date=str(stamp.made_on.year), within=NAME, url=stamp.link or "", note=_version(stamp),
    )  # fmt: skip


def cite_recommendation(
    row: WhichRecommendationsRow, places: Mapping[str, PassageRow], names: Names, stamp: Stamp
) -> Citation:
    """Return how to cite a recommendation; `places` are the passages by their IRI."""
    asked = names.all(*row.addressees)
    return Citation(
        key=_key(*parse(row.recommendation)),
        authors=tuple(names.of(issuer) for issuer in row.issuers) or (CREDIT,),
        title=row.label,
        date=row.date,
        within=f"Recommendation to {asked}{_place(row, places, names)}",
        url=row.recommendation,
        note=f"Summary and address by {NAME}; {_version(stamp)}",
    )


def _place(row: WhichRecommendationsRow, places: Mapping[str, PassageRow], names: Names) -> str:
    """Return where a recommendation stands, or in what it was made."""
    place = next((places[of] for of in row.passages if of in places), None)
    if row.made_in:
        told = f", in: {names.of(row.made_in)}"
        reported = place is not None and place.document != row.made_in
        return told + (f", as told in: {place.document_title}" if place and reported else "")
    return f", in: {place.document_title}, section “{place.section}”" if place else ""


def cite_document(row: WhichDocumentsRow, names: Names, stamp: Stamp) -> Citation:
    """Return how to cite a document."""
    return Citation(
        key=_key(*parse(row.document)),
        authors=(names.of(row.publisher),) if row.publisher else (),
        title=row.title,
        date=row.date,
        within="",
        url=row.url or row.document,
        note=f"As described by {NAME}; {_version(stamp)}",
        ris_type="RPRT",
    )


def _found(rows: Iterable[Row], iri: str) -> Row:
    for row in rows:
        return row
    raise NotFoundError(f"“{curie(iri)}” is not in the graph. Choose one in `reformgraph explore`.")


def _version(stamp: Stamp) -> str:
    day = f"as of {stamp.as_of}, " if stamp.as_of else ""
    return f"{day}data version {stamp.data_version[:SHORT]}, consulted on {stamp.made_on}"


def _key(kind: str, slug: str) -> str:
    return f"reformgraph-{kind}-{re.sub('[^a-z0-9]+', '-', slug)}"


def _year(date: str | None) -> str | None:
    years = [year for year in years_of(date) if year != UNDATED]
    return years[-1] if years else None


def _line(text: str) -> str:
    return " ".join(writable(seen(text)).split())


def _bibtex(text: str) -> str:
    return "".join(_BIBTEX.get(sign, sign) for sign in _line(text))
