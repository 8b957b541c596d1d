"""The few ways in which the pages put things on the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any, Final, Literal, TypeAlias, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.entitypages import in_language, keep_day
from explorer.languages.saying import say, speaking, spoken
from explorer.markup import Html, element, plain, say_html
from explorer.selection import FIRST_DAY, LAST_DAY, day_of
from ontology.identifiers import curie, is_data, parse

Row = TypeVar("Row")
Place: TypeAlias = DeltaGenerator | ModuleType
"""Where a widget is drawn: a column, or the page itself."""
LONGEST_TOLD: Final = 80
"""Characters of a value of the address that a line about it repeats."""


def put(html: Html) -> None:
    """Show HTML that `explorer.markup` made; nothing else may be shown as HTML."""
    if not isinstance(html, Html):
        raise TypeError("only HTML made by explorer.markup is shown")
    if html:
        language = spoken()
        # Streamlit's document says that it is in English; ours say what they are in. A sheet of
        # styles stays bare: Streamlit gives it no room on the page as long as nothing is around it.
        bare = language == "en" or html.startswith("<style>")
        st.html(html if bare else element("div", html, lang=language))


def empty_with(told: str, without: Mapping[str, tuple[int, str]]) -> Html:
    """Return an empty state with links: each choice by its title, what is there without it, where.

    `without` has for each title the number and the address.
    """
    links = [
        element("li", element("a", say("Without “{title}”: {count:,}", title=title, count=count),
                              href=where))
        for title, (count, where) in without.items()
    ]  # fmt: skip
    return element(
        "div", element("p", told), element("ul", *links, class_="rg-questions"), class_="rg-empty"
    )


def put_title(name: str, language: str | None) -> None:
    """Head the page with a name of the data, in its language where that is not the page's."""
    if language:  # which a title of Streamlit cannot say
        put(element("h1", name, lang=language, dir="auto"))
    else:
        st.title(plain(name))


def put_question(place: Place, message: str, **named: tuple[str, str | None]) -> None:
    """Head the page with a message that names things of the data, each name with its language.

    A language is None where it is that of the page.
    """
    if any(language for _, language in named.values()):
        told = {key: in_language(language, name) for key, (name, language) in named.items()}
        with place.container():
            put(element("h1", say_html(message, **told)))
    else:
        place.title(plain(say(message, **{key: name for key, (name, _) in named.items()})))


def ticked(event: Any, rows: Sequence[Row]) -> list[Row]:
    """Return the rows that somebody ticked in a table, as `st.dataframe` tells it.

    A tick stays where it is when other rows take the place of those before; where they are fewer,
    it may stand behind the last one.
    """
    places: Sequence[int] = event.selection.rows if event else ()
    return [rows[place] for place in places if place < len(rows)]


def own_place() -> DeltaGenerator:
    """Return a place of its own for what comes and goes while the page is used.

    What follows stays where it is then. Where it moved, the browser would draw it anew, and what
    somebody is typing there would be lost.
    """
    return st.container()


def day_field(
    place: Place,
    key: str,
    title: str,
    explained: str,
    *,
    bind: Literal["query-params"] | None = None,
    changed: Callable[[], None] | None = None,
) -> dt.date | None:
    """Draw the field of a day, which is kept as `bind` says or by who is told that it `changed`."""
    # Streamlit does not let Enter end the typing of a day.
    typed = say("A day that is typed counts once you press Esc or click elsewhere.")
    day: dt.date | None = place.date_input(
        plain(title), value=None, key=key, bind=bind, format="YYYY-MM-DD", on_change=changed,
        help=plain(f"{explained} {typed}"), min_value=FIRST_DAY, max_value=LAST_DAY,
    )  # fmt: skip
    return day


def ask_day(
    place: Place, explained: str, key: str = "as_of", title: str | None = None
) -> dt.date | None:
    """Ask for a day, bound to the address; one there that is no day is told, not dropped.

    Where the selection holds the day, `explorer.choosing.asking.choose_day` asks for it.
    """
    title = title or say("As of")
    warnings = own_place()
    for text in st.query_params.get_all(key):
        if text and day_of(text) is None:
            warnings.warning(plain(left_out(title, text, is_day=True)))
    day = day_field(place, key, title, explained, bind="query-params")
    if key == "as_of":
        keep_day(day)
    return day


def ask_one(
    place: Place,
    title: str,
    options: Sequence[str],
    key: str,
    *,
    beside: bool = False,
    named: Callable[[str], str] = say,
    first: str | None = None,
    explained: str = "",
    changed: Callable[[], None] | None = None,
) -> str:
    """Ask for one of several, the first (or `first`) unless the address names another.

    The options are messages in English, or what `named` says in the language of the page. In the
    address they stand in English whatever language shows them; a widget that Streamlit binds to
    the address would write the words that are shown. An entity is understood by its id, too, as the
    commands and the pages of entities write it. With `beside` they stand next to each other.
    `changed` is called when somebody chooses.
    """
    with speaking("en"):
        codes = {named(one): one for one in options}
    for one in filter(is_data, options):
        for written in (curie(one), parse(one)[1]):
            codes.setdefault(written, one)
    note_unknown(key, list(codes), say(title))
    asked = st.query_params.get(key, "")
    # Given anew each time, since the words of the value change with the language.
    st.session_state[key] = codes.get(asked, options[0] if first is None else first)

    def go() -> None:
        chosen = st.session_state[key]
        st.query_params[key] = next(code for code, one in codes.items() if one == chosen)
        if changed:
            changed()

    if beside:
        picked = place.segmented_control(
            plain(say(title)), options, key=key, on_change=go, required=True,
            format_func=lambda one: plain(named(one)), label_visibility="collapsed",
        )  # fmt: skip
        return str(picked or options[0])
    chosen: str = place.selectbox(
        plain(say(title)), options, key=key, format_func=named, on_change=go,
        help=plain(explained),
    )  # fmt: skip
    return chosen


def note_unknown(key: str, options: Sequence[str], label: str) -> None:
    """Say so when the address asks for a choice that is not there; it would be lost silently."""
    place = own_place()
    lost = [value for value in st.query_params.get_all(key) if value and value not in options]
    if lost:
        place.warning(plain(left_out(label, ", ".join(lost))))


def beginning(value: str) -> str:
    """Return so much of a value in the address as can be read: it may be of any length."""
    return value if len(value) <= LONGEST_TOLD else f"{value[:LONGEST_TOLD]} …"


def left_out(title: str, value: str, *, is_day: bool = False) -> str:
    """Return what tells of a value in the address that nothing here answers."""
    told = {"title": title, "value": beginning(value)}
    if is_day:
        return say("{title}: {value} is no day and was left out. Write it as 2026-02-19.", **told)
    return say("{title}: {value} is no choice here and was left out.", **told)
