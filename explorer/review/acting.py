"""Putting a decision on record from the page: the line that says so, and the line that refuses."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from pydantic import ValidationError

from explorer.languages.saying import say
from explorer.markup import plain
from explorer.recorded import saved
from explorer.screen import Place, own_place
from ingest.decisions import Record
from ingest.drafting import in_a_line
from ontology.errors import ReformError, UsageError

SAID = "review said"
NOBODY = "Nobody is named as the one who decides. Write a name at the top of the page."


def attempt(who: str, act: Callable[[], Record], place: Place = st) -> Record | None:
    """Decide, and keep the line that tells what was saved for the next run of the page.

    A refusal is shown as one line at `place`, and what was typed stays.
    """
    try:
        if len(who.strip()) < 2:
            raise UsageError(say(NOBODY))
        with st.spinner(plain(say("Holding it against every rule …"))):
            record = act()
    except (ReformError, ValidationError) as error:
        told = in_a_line(error) if isinstance(error, ValidationError) else str(error)
        place.error(plain(told))
        return None
    st.session_state[SAID] = saved(record)
    return record


def tell() -> None:
    """Show what was saved last, once."""
    place = own_place()
    said = st.session_state.pop(SAID, None)
    if said:
        place.success(plain(said), icon=":material/check:")


def need(**given: object) -> None:
    """Raise UsageError that names, in words, what is not given yet."""
    missing = [say(name.replace("_", " ")) for name, value in given.items() if not value]
    if missing:
        raise UsageError(say("Something is missing: {what}. Fill it in.", what=", ".join(missing)))
