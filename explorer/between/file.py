"""What lies between two actors as one HTML file: to be sent, opened offline, printed on A4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from explorer import picture, picturepage
from explorer.between.facts import Between
from explorer.between.sections import SECTIONS, in_short
from explorer.between.sources import Numbered, Shown, unlinked
from explorer.entitypages import link_in_words, name_of, names_of
from explorer.languages.saying import say
from explorer.layout import Places
from explorer.markup import Html, element, joined, say_html
from explorer.words import Names, date_in_words
from graph.answers import PassageRow
from graph.exports.taking import Stamp
from graph.network import EdgeRow, Net, edge_rows

HOW_TO_READ = (
    "What stands here is what somebody says, each with its speaker and its source; “not stated” "
    "does not mean “no”. Numbers lead to the passages at the end. Summaries are the maintainers' "
    "own words."
)


def page(
    found: Between,
    net: Net,
    places: Places,
    names: Names,
    passages: Mapping[str, PassageRow],
    stamp: Stamp,
) -> str:
    """Return the page in the language spoken; the same data and stamp give the same bytes.

    `net` is what is drawn, `passages` are all by IRI. No words of a document are in it.
    """
    numbered = Numbered(passages, names)
    shown = Shown(names, numbered, unlinked)
    told = {title: section(found, shown) for title, section in SECTIONS.items()}
    below = joined(
        element("h2", say("In short")),
        in_short(found, names),
        element("p", say(HOW_TO_READ), class_="rg-small"),
        *(joined(element("h2", say(title)), html) for title, html in told.items() if html),
        element("h2", say("The picture as a table")),
        picture_table(edge_rows(net), names, numbered),
        element("h2", say("Sources")),
        numbered.listed(),
        element("h2", say("About this page")),
        element("ul", *(element("li", f"{say(name)}: {text}") for name, text in stamp.lines())),
    )
    return picturepage.page(net, places, stamp.name, below, (found.one, found.other))


def picture_table(rows: Sequence[EdgeRow], names: Names, numbered: Numbered | None = None) -> Html:
    """Return what is drawn as a table, with the numbers of the sources where these are given."""
    titles = ["From", "Link", "To", "When", "Who says so", *["Sources"] * bool(numbered)]
    head = element("tr", *(element("th", say(title), scope="col") for title in titles))
    lines = [
        element(
            "tr",
            *(element("td", cell, dir="auto") for cell in _cells(row, names)),
            element("td", numbered(row.passages)) if numbered else None,
        )
        for row in rows
    ]
    return element("table", element("thead", head), element("tbody", *lines))


def _cells(row: EdgeRow, names: Names) -> list[Html]:
    """Return a line of the table, each name with its language."""
    link = link_in_words(picture.edge_words({"label": row.label, "kind": row.kind}))
    return [
        name_of(names, row.source),
        say_html("{link} (alleged)", link=link) if row.allegation else link,
        name_of(names, row.target),
        joined(date_in_words(row.date) if row.date else None),
        names_of(names, row.attributed_to),
    ]
