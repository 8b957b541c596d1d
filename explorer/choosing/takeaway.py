"""What is chosen to take away: its address, a file in any format, and how to cite it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import streamlit as st

from explorer.choosing.asking import Chosen, words_of_selection
from explorer.citing import cite_selection
from explorer.exporting import EXPORTS, Export, taken
from explorer.languages.saying import say, speaking
from explorer.marks import Held, held
from explorer.markup import plain
from explorer.session import whole_address
from graph.exports.taking import Taken


def show(found: Chosen, query: Mapping[str, Sequence[str]]) -> None:
    """Offer the selection; `query` holds the parameters of its address."""
    link = whole_address(found.session, "", query)
    text = "Whoever opens this address sees the same: the same choices, day and view."
    st.caption(plain(say(text)))
    st.code(link, language=None, wrap_lines=True)
    form = st.selectbox(
        plain(say("Take away as")),
        list(EXPORTS),
        key="take away",
        format_func=lambda name: say(EXPORTS[name].title),
    )
    export = EXPORTS[form]
    with speaking("en"):  # as the files are
        what = taken(
            found.session.settings,
            found.session.store,
            [item.iri for item in found.items],
            selection=words_of_selection(found),
            made_on=dt.datetime.now(dt.UTC).date(),
            as_of=found.selection.as_of,
            link=link,
            held=_held(found),
        )
        cited = cite_selection(what.stamp).forms
    st.download_button(
        plain(say("Save")), lambda: _made(export, what),
        file_name=f"recommendations.{export.ending}", mime=export.media,
        icon=":material/download:", on_click="ignore",
    )  # fmt: skip
    st.caption(plain(say("Cite this")))
    for title, text in cited.items():
        st.code(text, language=None, wrap_lines=title == "Text")


def _held(found: Chosen) -> Held | None:
    before = found.before
    if before is None:
        return None
    release = str(before.release or "")
    return held(before.marks, before.gone, found.axis, found.selection.since, release)


def _made(export: Export, what: Taken) -> bytes:
    with speaking("en"):
        return export.make(what)
