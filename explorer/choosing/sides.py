"""Assessors side by side: what each says of each recommendation, on what basis, as of when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from explorer.choosing.asking import Chosen
from explorer.choosing.numbers import capped, link_of
from explorer.choosing.table import paged
from explorer.entitypages import page_of
from explorer.facets import voices_of
from explorer.languages.saying import say
from explorer.markup import Html, element, joined
from explorer.screen import put
from explorer.selection import VOICES
from explorer.voices import Item, tally
from explorer.words import date_in_words, marked_word, word
from graph.answers import CONTESTED, UNASSESSED, WhichRecommendationsRow
from graph.statuses import NO_INFORMATION

PAGE, MOST = 30, 8


def show(found: Chosen) -> None:
    """Show the view."""
    spoke = Counter(str(voice.assessor) for item in found.items for voice in item.voices)
    assessors = sorted(spoke, key=lambda one: (-spoke[one], one))
    put(_told(found))
    # What somebody speaks to comes first; the rest is one row each, too: silence is shown.
    items = sorted(found.items, key=lambda item: (not item.first.contested, not item.voices))
    shown = assessors[:MOST]
    put(_table(found, paged(items, PAGE), shown))
    put(capped(len(assessors), len(shown), say("Assessors")))


def _told(found: Chosen) -> Html:
    """Say how many rest on one voice, on several who agree, on several who differ."""
    ways = tally(found.items, lambda item: (voices_of(item),), lambda item: (item.bucket,))
    entries = []
    for name, title in VOICES.items():
        count = sum(ways.get(name, {}).values())
        where = link_of(found.selection.with_facet("voices", [name]), view="sides")
        number = element("b", f"{count:,}")
        words = element("a", say(title), href=where) if count else say(title)
        entries.append(element("li", number, words))
    return element("ul", *entries, class_="rg-counts")


def _table(found: Chosen, items: Sequence[Item], assessors: Sequence[str]) -> Html:
    names = found.session.names
    heads = [element("th", names.of(one), scope="col") for one in assessors]
    head = element("tr", element("th", say("Recommendation"), scope="col"),
                   element("th", say("How they stand"), scope="col"), *heads)  # fmt: skip
    lines = [_row(found, item, assessors) for item in items]
    table = element(
        "table", element("caption", say("What each assessor says"), class_="rg-hidden"),
        element("thead", head), element("tbody", *lines), class_="rg-table rg-sides",
    )  # fmt: skip
    return element("div", table, class_="rg-scroll", tabindex=0, role="region",
                   aria_label=say("Assessors side by side"))  # fmt: skip


def _row(found: Chosen, item: Item, assessors: Sequence[str]) -> Html:
    names = found.session.names
    made = f"{names.all(*item.first.issuers)} → {names.all(*item.first.addressees)}"
    title = joined(
        element("a", item.first.label, href=page_of(item.iri), dir="auto"),
        element("div", f"{made}, {date_in_words(item.first.date)}", class_="rg-small"),
    )
    stand = voices_of(item)
    said = marked_word(UNASSESSED) if not item.voices else say(VOICES[stand])
    standing = f"≠ {said}" if stand == CONTESTED else said
    cells = [
        element("td", *(_cell(found, voice) for voice in item.voices if voice.assessor == one))
        for one in assessors
    ]
    return element("tr", element("th", title, scope="row"), element("td", standing), *cells)


def _cell(found: Chosen, voice: WhichRecommendationsRow) -> Html:
    looked = None
    if voice.status == NO_INFORMATION and voice.assessment:
        looked = found.prepared.looked_on(voice.assessment, voice.recommendation)
    known = [word(name) for name in (voice.assessor_relation, voice.basis) if name]
    days = [say("as of {day}", day=voice.status_as_of)]
    if looked:
        days.append(say("last looked on {day}", day=looked))
    return element(
        "div",
        element("span", marked_word(voice.status), class_=f"rg-chip rg-s-{voice.status}"),
        element(
            "div",
            *(f"{words}, " for words in known),
            *(joined(", " if i else "", element("span", day, class_="rg-line"))
              for i, day in enumerate(days)),
            class_="rg-small",
        ),
    )  # fmt: skip
