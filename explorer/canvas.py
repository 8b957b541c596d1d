"""The picture inside the app: vis-network draws, and a click comes back to Python."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st

from explorer.languages.saying import say
from explorer.picture import OPTIONS, ZOOM, vis_network

BUTTONS = {"closer": "Closer", "farther": "Farther", "whole": "Show all",
           "image": "Save as an image"}  # fmt: skip
"""What the buttons of a picture do, by the class of each."""


@cache
def _component() -> Any:
    def read(name: str) -> str:
        return (files("explorer") / name).read_text("utf-8")

    return st.components.v2.component(
        "reformgraph.picture",
        html=read("picture.html"),
        css=read("picture.css"),
        js=vis_network() + "\n" + read("picture.js"),
    )


def canvas(
    drawn: dict[str, Any],
    *,
    key: str,
    height: int,
    alt: str,
    file: str,
    selected: str | None,
    on_click: Callable[[str], None],
    large: bool = False,
) -> None:
    """Show a picture made by `picture.spec`; `on_click` gets the id of a clicked node or edge.

    `height` is in pixels, `alt` says in words what is drawn, an image of it is saved as `file`.
    `large` lets it grow to fill a projector.
    """

    def clicked() -> None:
        found = st.session_state[key].get("clicked")
        if isinstance(found, str):
            on_click(found)

    data = {
        **drawn,
        "options": OPTIONS,
        "alt": alt,
        "file": file,
        "selected": selected,
        "height": height,
        "zoom": ZOOM if large else 1.0,
        "words": {name: say(words) for name, words in BUTTONS.items()},
    }
    _component()(key=key, data=data, on_clicked_change=clicked)
