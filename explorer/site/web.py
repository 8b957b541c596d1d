"""A paper as a plain HTML page: no script, no foreign address, readable by day and by night."""

from __future__ import annotations

import base64
import hashlib
import posixpath
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from explorer.briefing.blocks import (
    Block,
    Bullets,
    Heading,
    Paper,
    Paragraph,
    Span,
    Table,
    Words,
    by_link,
)
from explorer.markup import Html, element, joined

PathOf = Callable[[str], str | None]
"""Gives the path of an entity's page within the site, or None where it has none."""
HOME, ABOUT, QUESTIONS = "index.html", "about.html", "questions.html"
WAYS: Final[Mapping[str, str]] = {
    HOME: "Recommendations",
    QUESTIONS: "Questions",
    ABOUT: "How this was made",
}


def page(
    paper: Paper, here: str, path_of: PathOf, *, home: str | None = None, data: str | None = None
) -> bytes:
    """Return a page that stands at the path `here` of the site.

    `home` is the public address of the site, for the canonical one of the page; `data` the path of
    the same as JSON-LD.
    """
    head = joined(
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy()),
        element("meta", name="viewport", content="width=device-width"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", f"{paper.title} · reformgraph"),
        element("style", _style()),
        element("link", rel="canonical", href=f"{home}/{here}") if home else None,
        element("link", rel="alternate", type="application/ld+json", href=_from(here, data))
        if data
        else None,
    )
    ways = [element("a", name, href=_from(here, path),
                    aria_current="page" if path == here else None)
            for path, name in WAYS.items()]  # fmt: skip
    body = joined(
        element("a", "To the text", href="#text", class_="skip"),
        element("header", element("strong", "reformgraph"), element("nav", ways)),
        element(
            "main",
            element("h1", paper.title, dir="auto", lang=paper.language),
            element("p", paper.subtitle, class_="small") if paper.subtitle else None,
            *(_block(block, here, path_of) for block in paper.blocks),
            element("p", element("a", "The same as JSON-LD", href=_from(here, data)))
            if data
            else None,
            id="text",
        ),
        element("footer", element("p", paper.foot, class_="small")),
    )
    whole = element("html", element("head", head), element("body", body), lang="en")
    return f"<!doctype html>\n{whole}\n".encode()


def _from(here: str, path: str) -> str:
    """Return a path of the site as seen from a page of it."""
    return posixpath.relpath(path, posixpath.dirname(here) or ".")


def _block(block: Block, here: str, path_of: PathOf) -> Html:
    def line(pieces: Words) -> Html:
        return joined(_linked(link, group, here, path_of) for link, group in by_link(pieces))

    match block:
        case Heading(level, text):
            return element(f"h{level + 1}", text, dir="auto")
        case Paragraph(pieces, small):
            return element("p", line(pieces), dir="auto", class_="small" if small else None)
        case Bullets(items):
            return element("ul", *(element("li", line(item), dir="auto") for item in items))
        case Table(header, rows, _):
            heads = element("tr", *(element("th", title, scope="col") for title in header))
            lines = [element("tr", *(element("td", line(cell), dir="auto") for cell in row))
                     for row in rows]  # fmt: skip
            table = element("table", element("thead", heads), element("tbody", *lines))
            return element("div", table, class_="scroll", tabindex=0, role="region",
                           aria_label="Table")  # fmt: skip


def _linked(link: str | None, pieces: Words, here: str, path_of: PathOf) -> Html:
    told = joined(_piece(piece, here, path_of) for piece in pieces)
    return element("a", told, href=link, rel="noreferrer") if link else told


def _piece(piece: Span, here: str, path_of: PathOf) -> Html:
    shown = element("strong", piece.text) if piece.strong else joined(piece.text)
    if piece.language:
        shown = element("span", shown, lang=piece.language, dir="auto")
    path = path_of(piece.about) if piece.about and not piece.link else None
    return element("a", shown, href=_from(here, path)) if path and path != here else shown


@cache
def _style() -> Html:
    return Html((files("explorer") / "site" / "site.css").read_text("utf-8"))


@cache
def _policy() -> str:
    """Return a content policy that allows our style sheet and nothing else."""
    known = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{known}'; base-uri 'none'; form-action 'none'"
