"""What the interface says, in the language of the page: a catalogue each, by the English text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Any, Final, TypeVar

from ontology.terms import LANGUAGES

NAMES: Final[Mapping[str, str]] = dict(
    zip(LANGUAGES, ("English", "Français", "Español", "العربية"), strict=True)
)
"""Each language by its tag, under the name that its readers give it."""
T = TypeVar("T")
_DAY: Final = re.compile(r"\d{4}(-\d\d){1,2}")
_COMMAS: Final = ("fr", "es")
"""Languages with a comma before the decimals, and a space between the thousands."""
PARAMETER: Final = "lang"
"""The parameter of an address that names the language."""
COMMA: Final = ", "
SEMICOLON: Final = "; "
COLON: Final = ": "
OR: Final = " or "
"""What stands between the entries of a list: messages, since each language has its own marks."""

# English unless a page says otherwise: commands and files that are taken away stay in one language.
_spoken: ContextVar[str] = ContextVar("the language of the page", default="en")
_chosen: ContextVar[bool] = ContextVar("whether somebody chose that language", default=False)


def speak(language: str, *, chosen: bool = False) -> None:
    """Say all that follows on this page in a language; `chosen` when somebody asked for it."""
    _spoken.set(language)
    _chosen.set(chosen)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say what is made within in another language than the page's."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken() -> str:
    """Return the tag of the language of the page."""
    return _spoken.get()


def in_address() -> dict[str, str]:
    """Return what keeps the language in a link: nothing where it is that of the browser."""
    return {PARAMETER: spoken()} if _chosen.get() else {}


def known(tag: str | None) -> str | None:
    """Return the language of a tag such as `fr-CH` if it is one of ours."""
    language = (tag or "").casefold().partition("-")[0]
    return language if language in NAMES else None


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return the translations into a language by their English text; none for English."""
    if language == LANGUAGES[0]:
        return {}
    text = (files("explorer") / "languages" / f"{language}.toml").read_text("utf-8")
    return tomllib.loads(text)


def say_number(count: int, one: str, many: str, none: str = "", **values: object) -> str:
    """Return, in the language of the page, the message that `for_number` gives; fill it."""
    return say(for_number(count, one, many, none), count=count, **values)


def for_number(count: int, one: str, many: str, none: str = "") -> str:
    """Return the message, in English, that fits a number, which stands in it as `{count}`.

    `none` is for nought; without it, nought is said as several are. Languages with more forms than
    these have to word `many` so that any number may stand in it.
    """
    return none if none and not count else one if count == 1 else many


def data_language(language: str = "en") -> str | None:
    """Return the language of data where the page has another, else None.

    Summaries, notes and labels are in English; a document may be in another language.
    """
    return None if spoken() == language else language


def direction() -> str | None:
    """Return `rtl` where the language of the page is written from right to left, else None."""
    return "rtl" if spoken() == "ar" else None


def say(message: str, **values: object) -> str:
    """Return a message in the language of the page, in English where it has no translation.

    `values` fill its placeholders, which stand as in `str.format`.
    """
    text = catalogue(spoken()).get(message, message)
    told = {name: _Number(one) if _is_number(one) else in_order(one)
            for name, one in values.items()}  # fmt: skip
    return text.format(**told) if values else text


class _Number:
    """A number in a message: it stands there as the language of the page writes it."""

    def __init__(self, value: object) -> None:
        self._value: Any = value

    def __format__(self, form: str) -> str:
        return number(self._value, form)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def number(value: float, form: str = ",") -> str:
    """Return a number as the language of the page writes it: 12,345.6 is 12 345,6 in French.

    `form` says how, as in `str.format`. In Spanish four digits stand together.
    """
    told = format(value, form)
    if spoken() not in _COMMAS:
        return told
    apart = "" if spoken() == "es" and abs(value) < 10_000 else "\N{NO-BREAK SPACE}"
    return told.translate({ord(","): apart, ord("."): ","})


def listed(texts: Iterable[str], mark: str = COMMA) -> str:
    """Return texts as a list in the language of the page."""
    return say(mark).join(texts)


def in_order(value: T) -> T | str:
    """Return a day, month or span as it is to stand in a text; anything else as it is.

    Among Arabic words 2026-02-19 would be shown as 19-02-2026, were it not kept apart.
    """
    if direction() and _DAY.fullmatch(str(value)):
        return f"\u200e{value}\u200e"  # marks of a text from left to right
    return value
