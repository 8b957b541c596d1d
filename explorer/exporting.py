"""Take a selection away: every format by its name, and the stamp that each carries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from explorer import selectedpicture, sheets
from explorer.briefing.content import briefing
from explorer.briefing.markdown import as_markdown
from explorer.briefing.print import as_pdf
from explorer.briefing.word import as_docx
from explorer.marks import Held, Mark, mark_in_words
from explorer.settings import Settings
from explorer.site.making import site
from explorer.words import word
from explorer.workspace import read_stamp
from graph.exports import jsonld, networks, rdf
from graph.exports.taking import Change, Stamp, Taken
from graph.store import Store


class Export(NamedTuple):
    """One format: its media type, the ending of its files, what makes it, and its title."""

    media: str
    ending: str
    make: Callable[[Taken], bytes]
    title: str

    @property
    def is_text(self) -> bool:
        """Whether it may be printed on a terminal."""
        return self.media.startswith("text/") or self.media.endswith(("json", "xml"))


EXPORTS: Final[dict[str, Export]] = {
    "csv": Export("text/csv", "csv", sheets.csv_of, "CSV: a row for each current voice"),
    "xlsx": Export(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx",
        sheets.workbook, "Workbook: recommendations, statuses, passages, documents",
    ),
    "jsonld": Export("application/ld+json", "jsonld", jsonld.jsonld, "JSON-LD"),
    "turtle": Export("text/turtle", "ttl", rdf.turtle, "Turtle"),
    "graphml": Export("application/graphml+xml", "graphml", networks.graphml, "GraphML"),
    "gexf": Export("application/gexf+xml", "gexf", networks.gexf, "GEXF, for Gephi"),
    "svg": Export("image/svg+xml", "svg", selectedpicture.as_svg, "Picture as SVG"),
    "png": Export("image/png", "png", selectedpicture.as_png, "Picture as PNG"),
    "html": Export("text/html", "html", selectedpicture.as_page, "Picture as a page"),
    "site": Export("application/zip", "zip", site, "Pages for the web, in a zip file"),
    "markdown": Export(
        "text/markdown", "md", lambda taken: as_markdown(briefing(taken)), "Briefing as Markdown",
    ),
    "docx": Export(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx",
        lambda taken: as_docx(briefing(taken)), "Briefing as DOCX",
    ),
    "pdf": Export(
        "application/pdf", "pdf", lambda taken: as_pdf(briefing(taken)), "Briefing as PDF",
    ),
}  # fmt: skip
"""Every format in which a selection may be taken away, in the order in which they are offered."""


def taken(
    settings: Settings,
    store: Store,
    recommendations: Sequence[str],
    *,
    selection: str,
    made_on: dt.date,
    as_of: dt.date | None = None,
    link: str | None = None,
    title: str | None = None,
    held: Held | None = None,
) -> Taken:
    """Return some recommendations of the current snapshot, stamped.

    `selection` is what was chosen in words, `link` the address that shows it again, `title` what
    it shall be called if not by its selection, `held` what it was held against. The head of the
    journal is the one with which the snapshot was built.
    """
    built = read_stamp(settings.home)
    stamp = Stamp(
        data_version=store.digest,
        journal_head=built.head if built else "0" * 64,
        made_on=made_on,
        selection=selection,
        as_of=as_of,
        link=link,
        title=title,
        home=settings.public_url,
        compared=held.told if held else None,
    )
    if held is None:
        return Taken(store, tuple(recommendations), stamp)
    changes = {iri: _change(held.marks[iri]) for iri in recommendations if iri in held.marks}
    gone = tuple(_change(held.marks[item.iri]) for item in held.gone)
    return Taken(store, tuple(recommendations), stamp, changes, gone, held.axis)


def _change(mark: Mark) -> Change:
    if mark.was is None:
        return Change(mark_in_words(mark))
    return Change(mark_in_words(mark), mark.was.first.label, word(mark.was.bucket))
