"""Side by side: what the issuer, the addressee and others say of each recommendation, and when."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.choosing.address import link_of
from explorer.choosing.asking import Chosen
from explorer.choosing.marking import mark_of, said_since
from explorer.choosing.table import paged
from explorer.entitypages import ends_of, link_to, name_of
from explorer.facets import voices_of
from explorer.languages.saying import number, say
from explorer.markup import Html, element, joined, listed_html
from explorer.screen import put
from explorer.selection import VOICES
from explorer.voices import Item, tally
from explorer.words import date_in_words, marked_word, word
from graph.answers import CONTESTED, UNASSESSED, WhichRecommendationsRow
from graph.statuses import NO_INFORMATION
from ontology.terms import scheme

PAGE = 30


def show(found: Chosen) -> None:
    """Show the view."""
    put(_told(found))
    spoke = {str(voice.assessor_relation) for item in found.items for voice in item.voices}
    # In the order of the scheme: the issuer's own view first, the addressee's beside it.
    standings = [name for name in scheme("relationToRecommendation") if name in spoke]
    # What somebody speaks to comes first; the rest is one row each, too: silence is shown.
    items = sorted(found.items, key=lambda item: (not item.first.contested, not item.voices))
    put(_table(found, paged(items, PAGE), standings))


def _told(found: Chosen) -> Html:
    """Say how many rest on one voice, on several who agree, on several who differ."""
    ways = tally(found.items, lambda item: (voices_of(item),), lambda item: (item.bucket,))
    entries = []
    for name, title in VOICES.items():
        count = sum(ways.get(name, {}).values())
        where = link_of(found.selection.with_facet("voices", [name]), view="sides")
        counted = element("b", number(count))
        words = element("a", say(title), href=where) if count else say(title)
        entries.append(element("li", counted, words))
    return element("ul", *entries, class_="rg-counts")


def _table(found: Chosen, items: Sequence[Item], standings: Sequence[str]) -> Html:
    heads = [element("th", word(one), scope="col") for one in standings]
    head = element("tr", element("th", say("Recommendation"), scope="col"),
                   element("th", say("How they stand"), scope="col"), *heads)  # fmt: skip
    lines = [_row(found, item, standings) for item in items]
    table = element(
        "table", element("caption", say("What each assessor says"), class_="rg-hidden"),
        element("thead", head), element("tbody", *lines), class_="rg-table rg-sides",
    )  # fmt: skip
    return element("div", table, class_="rg-scroll", tabindex=0, role="region",
                   aria_label=say("Assessors side by side"))  # fmt: skip


def _row(found: Chosen, item: Item, standings: Sequence[str]) -> Html:
    names = found.session.names
    changed = mark_of(found, item.iri)
    title = joined(
        link_to(item.iri, item.first.label, names.language(item.iri)),
        element("div", listed_html([ends_of(names, item.first),
                                    _line(date_in_words(item.first.date))]), class_="rg-small"),
        element("div", changed, class_="rg-was") if changed else None,
    )  # fmt: skip
    stand = voices_of(item)
    said = marked_word(UNASSESSED) if not item.voices else say(VOICES[stand])
    standing = f"≠ {said}" if stand == CONTESTED else said
    cells = [
        element(
            "td", *(_cell(found, voice) for voice in item.voices if voice.assessor_relation == one)
        )
        for one in standings
    ]
    return element("tr", element("th", title, scope="row"), element("td", standing), *cells)


def _line(day: str) -> Html:
    """Return a day that is not broken over two lines."""
    return element("span", day, class_="rg-line")


def _cell(found: Chosen, voice: WhichRecommendationsRow) -> Html:
    looked = None
    if voice.status == NO_INFORMATION and voice.assessment:
        looked = found.prepared.looked_on(voice.assessment, voice.recommendation)
    told = [joined(word(voice.basis))] if voice.basis else []
    told.append(_line(say("as of {day}", day=date_in_words(voice.status_as_of))))
    if looked:
        told.append(_line(say("last looked on {day}", day=looked)))
    fresh = said_since(found, voice.recommendation, voice.assessment)
    return element(
        "div",
        element("div", name_of(found.session.names, str(voice.assessor))),
        element("span", marked_word(voice.status), class_=f"rg-chip rg-s-{voice.status}"),
        element("span", fresh, class_="rg-was") if fresh else None,
        element("div", listed_html(told), class_="rg-small"),
    )  # fmt: skip
