"""The frame of every page: its name, the way between pages, errors in a line, the last line."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from explorer.access.here import member_here
from explorer.entitypages import keep_day
from explorer.languages.choosing import begin, switch
from explorer.languages.saying import say, spoken
from explorer.markup import Html, element, joined, plain
from explorer.screen import own_place, put
from explorer.session import current
from ingest.roles import Member
from ontology.errors import ReformError

# Each page, by the name of its module in explorer/views and of its address: its title, its icon
# and the menu it stands in; the first is home.
# A comment: in the script that it runs, Streamlit would show a text that stands alone.
PAGES: Final[dict[str, tuple[str, str, str]]] = {
    "recommendations": ("Recommendations", ":material/checklist:", "Ask"),
    "links": ("Links", ":material/hub:", "Ask"),
    "around": ("Around", ":material/share:", "Ask"),
    "questions": ("Questions", ":material/help:", "Ask"),
    "sparql": ("SPARQL", ":material/terminal:", "Ask"),
    "recommendation": ("Recommendation", ":material/description:", "Look up"),
    "actor": ("Actor", ":material/groups:", "Look up"),
    "instrument": ("Instrument", ":material/gavel:", "Look up"),
    "document": ("Document", ":material/article:", "Look up"),
    "case": ("Case", ":material/folder_shared:", "Look up"),
    "election": ("Election", ":material/how_to_vote:", "Look up"),
    "method": ("Method", ":material/balance:", "Trust"),
    "check": ("Check", ":material/fact_check:", "Trust"),
    "review": ("Review", ":material/rate_review:", "Work"),
}


@cache
def _shown(name: str) -> Callable[[], None]:
    def show() -> None:
        import_module(f"explorer.views.{name}").show()

    return show


def pages() -> dict[str, StreamlitPage]:
    """Return the pages by name."""
    return {
        name: st.Page(_shown(name), title=say(title), icon=icon, url_path=name, default=i == 0)
        for i, (name, (title, icon, _)) in enumerate(PAGES.items())
    }


def _menus() -> dict[str, list[StreamlitPage]]:
    """Return the pages by the menu they stand in."""
    found: dict[str, list[StreamlitPage]] = {}
    for name, page in pages().items():
        found.setdefault(say(PAGES[name][2]), []).append(page)
    return found


def main() -> None:
    """Show the page that the address names."""
    # A named icon would be fetched from another machine; these are ours.
    icon, name = ((files("explorer") / f"{one}.svg").read_text("utf-8") for one in ("icon", "name"))
    st.set_page_config(page_title="reformgraph", page_icon=icon, layout="wide")
    st.logo(name, size="large")
    begin()
    for sheet in ["style.css", *["languages/rtl.css"] * (spoken() == "ar")]:
        put(element("style", Html((files("explorer") / sheet).read_text("utf-8"))))
    page = st.navigation(_menus(), position="top")
    member = None
    try:
        member = member_here()
        switch()
        keep_day(None)
        with own_place():
            page.run()
        snapshot = say("Snapshot {digest}", digest=current().store.digest[:12])
    except ReformError as error:
        st.error(plain(say("This cannot be shown. Mend what follows, then load the page again.")))
        lines = [element("li", line) for line in str(error).splitlines()]
        put(element("ul", *lines, class_="rg-list"))
        snapshot = say("No snapshot")
    put(
        element(
            "div",
            f"{snapshot} · ",
            say("a status is somebody's statement, never a fact of its own"),
            " · ",
            say("the page Check tells who recorded and reviewed what"),
            _logged_in(member),
            class_="rg-end rg-small",
        )
    )


def _logged_in(member: Member | None) -> Html:
    """Return who has logged in, with the way out; nothing where nobody has to."""
    if member is None:
        return joined()
    told = say("logged in as {name}, {role}", name=member.name, role=member.role.value)
    return joined(f" · {told} · ", element("a", say("Log out"), href="/logout", target="_self"))


if __name__ == "__main__":
    main()
