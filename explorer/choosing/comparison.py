"""Choosing what to compare with, an earlier day or an earlier release, and the line that tells it.

What changed in the world and what changed in our data are told by the same marks; the words here
say which of the two is meant.
"""

from __future__ import annotations

import streamlit as st

from explorer.choosing.address import keep, touched
from explorer.choosing.asking import Chosen, ask_facet, choose_day
from explorer.choosing.marking import signed
from explorer.choosing.numbers import link_here
from explorer.choosing.preparing import FILE, REFUSED, at_hand, given
from explorer.entitypages import in_english, page_of
from explorer.languages.saying import number, say
from explorer.marks import CHANGED, GONE, NEW, SAME
from explorer.markup import Html, element, joined, plain, seen
from explorer.releases import ENDING
from explorer.screen import Place
from explorer.selection import SHORT
from explorer.voices import Item
from explorer.words import marked_word
from ingest.rdf.parsing import LIMITS

LISTED = 25
"""So many of what is no longer there are named; the view of what changed has all."""
NONE = "none"


def ask(found: Chosen, first: Place, second: Place) -> None:
    """Draw the choice of what to compare with; a day and a release exclude each other."""
    selection = found.selection
    choose_day(first, "since", say("In the world, since"), selection.since,
               say("What was said or made after this day, up to the day above or, without one, to "
                   "the last that is known."), _day_chosen)  # fmt: skip
    names, faults = _names(found)
    keep("release", selection.release)
    second.selectbox(
        plain(say("In our data, since the release")), list(names), key="release",
        format_func=lambda one: seen(names[one]), on_change=_release_chosen,
        help=plain(say("What reads otherwise than in an earlier release of the data. That is not "
                       "to say that anything happened in the world.")),
    )  # fmt: skip
    for fault in faults:
        st.warning(plain(fault))
    st.file_uploader(
        plain(say("A release as a file (snapshot, .nq)")), type=[ENDING.removeprefix(".")],
        max_upload_size=LIMITS.size // (1024 * 1024), key=FILE, on_change=touched,
        help=plain(say("It is read within limits, held in memory and not kept.")),
    )  # fmt: skip
    if refused := st.session_state.get(REFUSED):
        st.error(plain(refused))
    if found.before is not None:
        ask_facet(st, found, "change")


def _names(found: Chosen) -> tuple[dict[str, str], list[str]]:
    """Return what to call each release that can be chosen, and what is wrong with any."""
    kept, faults = at_hand(found.session.settings.home)
    names = {"": say(NONE)}
    names |= {digest[:SHORT]: path.stem for digest, path in kept.items()}
    names |= {release.short: release.name for release in given()}
    names.setdefault(found.selection.release, say("not at hand"))
    return {short: f"{name} ({short})" if short else name for short, name in names.items()}, faults


def _day_chosen() -> None:
    touched()
    st.session_state["release"] = ""


def _release_chosen() -> None:
    touched()
    st.session_state["since"] = None


# --- the line that tells it ----------------------------------------------------------------------


def told(found: Chosen) -> Html:
    """Return what changed, counted, each number leading to those; nothing where none is asked.

    A day that is not before that of the choice is told: nothing can be held against it.
    """
    if found.before is None:
        since, as_of = found.selection.since, found.selection.as_of
        text = say("{since} is not before {as_of}, so nothing is compared. Choose an earlier day.",
                   since=since, as_of=as_of)  # fmt: skip
        return element("p", text, class_="rg-empty") if since else joined()
    counts = found.counts["change"]
    entries = [_entry(found, name, counts.get(name, 0)) for name in (NEW, CHANGED)]
    entries.append(element("li", element("b", f"{len(found.before.gone):,}"), signed(GONE)))
    entries.append(_entry(found, SAME, counts.get(SAME, 0)))
    everything = found.selection.with_facet("change", ())
    both = found.selection.with_facet("change", [NEW, CHANGED])
    way = (
        element("a", say("Show all again"), href=link_here(everything)) if found.selection.change
        else element("a", say("Show only what changed"), href=link_here(both))
    )  # fmt: skip
    return element(
        "section",
        element("p", element("strong", source(found)), " ", _explained(found), " ", way),
        element("ul", *entries, class_="rg-counts"),
        _listed(found, found.before.gone, say("No longer in our data")),
        _listed(found, found.before.left, say("There, but no longer among what is chosen")),
        class_="rg-compared", aria_label=say("What changed"),
    )  # fmt: skip


def source(found: Chosen) -> str:
    """Return in words what is compared: the world since a day, or our data since a release."""
    if found.before is None:
        return ""
    release = found.before.release
    if release is None:
        return say("Changed in the world since {day}.", day=found.selection.since)
    return say(
        "Changed in our data since the release {name} (SHA-256 {digest}, {count:,} statements).",
        name=release.name, digest=release.short, count=release.statements,
    )  # fmt: skip


def _explained(found: Chosen) -> str:
    assert found.before is not None
    if found.before.release is None:
        return say("As far as our data tell. Silence does not mean that nothing happened.")
    if found.before.release.digest == found.session.store.digest:
        return say("These are the data that are shown; nothing can have changed.")
    return say("This tells what we recorded since or corrected, not what happened in the world.")


def _entry(found: Chosen, change: str, count: int) -> Html:
    counted, words = element("b", number(count)), signed(change)
    where = link_here(found.selection.with_facet("change", [change]))
    return element("li", counted, element("a", words, href=where) if count else words)


def _listed(found: Chosen, items: list[Item], title: str) -> Html | None:
    """Return those that are not among what is shown, each with the status it stood at."""
    if not items or found.before is None:
        return None
    there = {item.iri: item for item in found.prepared.items}
    entries = []
    for item in items[:LISTED]:
        now = there.get(item.iri)
        label = in_english(item.first.label)
        name = element("a", label, href=page_of(item.iri)) if now else label
        stood = marked_word(item.bucket)
        if now and now.bucket != item.bucket:
            stood = say("{one} → {other}", one=stood, other=marked_word(now.bucket))
        entries.append(element("li", name, f" ({stood})", dir="auto"))
    more = len(items) - LISTED
    tail = element("li", say("{count:,} more", count=more)) if more > 0 else None
    return element(
        "details", element("summary", f"{title}: {len(items):,}"),
        element("ul", *entries, tail, class_="rg-list"), class_="rg-where",
    )  # fmt: skip
