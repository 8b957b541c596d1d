"""The few ways in which the pages put things on the screen."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from explorer.markup import Html, plain


def put(html: Html) -> None:
    """Show HTML that `explorer.markup` made; nothing else may be shown as HTML."""
    if not isinstance(html, Html):
        raise TypeError("only HTML made by explorer.markup is shown")
    if html:
        st.html(html)


def note_unknown(key: str, options: Sequence[str], label: str) -> None:
    """Say so when the address asks for a choice that is not there; it would be lost silently."""
    lost = [value for value in st.query_params.get_all(key) if value and value not in options]
    if lost:
        st.warning(plain(f"{label}: {', '.join(lost)} is no choice here and was left out."))
