"""Text on its way to the screen: what comes from data is shown as text, never read as markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from string import Formatter
from typing import Final
from urllib.parse import urlencode, urlsplit

from explorer.languages.saying import COMMA, in_address, in_order, number, say, spoken

# Everything Markdown, and Streamlit on top of it, could take as a sign of its own.
_SIGNS: Final = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")
# Where Streamlit finds a web or mail address in text, signs escaped or not, and makes it a link.
_ADDRESS: Final = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)(?=\w)", re.IGNORECASE)
# All that makes room but the space at which no line ends, which French has before a colon.
_SPACES: Final = re.compile(r"[^\S\u00a0]+")
_JOINER: Final = "\u2060"
# Controls, and the marks that turn the direction of what follows: they could make a label lie.
_DECEITFUL: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]"
)
_VOID: Final = frozenset({"br", "hr", "img", "input", "meta", "link"})


class Html(str):
    """Text that is HTML already, made by `element` or `joined` only."""

    __slots__ = ()


Child = Html | str | int | None


def seen(text: object) -> str:
    """Return the text with a visible mark in place of each invisible one that could deceive."""
    return _DECEITFUL.sub("\ufffd", str(text))


def plain(text: object) -> str:
    """Return text that a Streamlit label or Markdown shows letter by letter.

    An address in it holds an invisible joiner, without which it would become a link.
    """
    return _SIGNS.sub(r"\\\1", _ADDRESS.sub(_JOINER, _SPACES.sub(" ", seen(text)).strip()))


def escaped(child: Child) -> Html:
    """Return HTML that shows a text as it is; HTML stays HTML, None is nothing."""
    if isinstance(child, Html):
        return child
    return Html("" if child is None else html.escape(seen(child)))


def joined(*children: Child | Iterable[Child]) -> Html:
    """Return HTML of several pieces one after the other."""
    parts: list[str] = []
    for child in children:
        if child is None or isinstance(child, str | int):
            parts.append(escaped(child))
        else:
            parts += [escaped(one) for one in child]
    return Html("".join(parts))


def listed_html(children: Iterable[Child], mark: str = COMMA) -> Html:
    """Return HTML of several pieces with a mark between them, in the language of the page."""
    first, *others = [*children] or [None]
    return joined(first, *(piece for one in others for piece in (say(mark), one)))


def element(tag: str, *children: Child | Iterable[Child], **attributes: str | int | None) -> Html:
    """Return one HTML element; children are escaped, attributes too.

    A trailing underscore is dropped from an attribute's name (`class_`), other underscores become
    hyphens. An address that is not http(s) or one of our own pages is left out. What is in another
    language than the page has a direction of its own.
    """
    given = []
    if "dir" not in attributes and attributes.get("lang") not in (None, spoken()):
        attributes["dir"] = "auto"  # what is in another language may run the other way
    for name, value in attributes.items():
        if value is None or (name == "href" and not is_safe_address(str(value))):
            continue
        given.append(f' {name.rstrip("_").replace("_", "-")}="{html.escape(seen(value))}"')
    opened = f"<{tag}{''.join(given)}>"
    return Html(opened if tag in _VOID else f"{opened}{joined(*children)}</{tag}>")


def say_html(message: str, **pieces: Child) -> Html:
    """Return a message in the language of the page, HTML in its places: a name in bold, a link."""
    return joined(
        joined(text, _piece(pieces[name], form or "") if name else None)
        for text, name, form, _ in Formatter().parse(say(message))
    )


def _piece(piece: Child, form: str) -> Child:
    return number(piece, form) if isinstance(piece, int) else in_order(piece)


def table(
    titles: Sequence[Child], rows: Iterable[Sequence[Child]], title: str, *, narrow: bool = False
) -> Html:
    """Return a table that scrolls by itself; the first cell of a row tells what the row is about.

    `title` is read out; the columns of a `narrow` one may become as narrow as their words.
    """
    head = element("tr", *(element("th", name, scope="col") for name in titles))
    lines = [
        element("tr", element("th", first, scope="row", dir="auto"),
                *(element("td", cell, dir="auto") for cell in rest))
        for first, *rest in rows
    ]  # fmt: skip
    whole = element("table", element("thead", head), element("tbody", *lines),
                    class_="rg-table" if narrow else "rg-table rg-rows")  # fmt: skip
    return element("div", whole, class_="rg-scroll", role="region", tabindex=0, aria_label=title)


def folded(title: Child, *inside: Child) -> Html:
    """Return what is too long to stand open under a line that opens it."""
    return element("details", element("summary", title), *inside, class_="rg-finding")


def is_safe_address(address: str) -> bool:
    """Tell whether a link may be followed: a web address in one line, or a place in this app."""
    if not address.isprintable():
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") or not (parts.scheme or parts.netloc)


def address(page: str, /, **parameters: str | int | None) -> str:
    """Return the address of a page of this app, relative to any other page of it.

    It keeps the language that was chosen.
    """
    wanted = {**parameters, **in_address()}
    given = [(name, str(value)) for name, value in wanted.items() if value is not None]
    return f"{page}?{urlencode(given)}" if given else page


def marked(text: str, wanted: str) -> Html:
    """Return the text with each place marked where one of the wanted words stands."""
    words = [re.escape(word) for word in wanted.split() if word]
    if not words:
        return escaped(text)
    pieces = re.split(f"({'|'.join(words)})", seen(text), flags=re.IGNORECASE)
    return joined(
        element("mark", piece) if i % 2 else piece for i, piece in enumerate(pieces) if piece
    )
