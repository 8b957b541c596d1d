"""Characters that hide, turn or counterfeit what is read, in texts and in addresses."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

HIDDEN: Final = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2028\u2029\u2060-\u2065"
    "\u206a-\u206f\u2800\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff"
    "\U00013430-\U0001343f\U00016fe4\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U0001fffe\U0001ffff"
    "\U000e0000-\U000e0fff\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
"""What no eye sees, or each font shows otherwise: fillers, tags, selectors, private letters.

U+FFFD is seen: it stands where something was taken out.
"""

TURNING: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What changes the direction of the letters after it."""

CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Control characters other than tab and line ends."""

LINE_END: Final = re.compile("[\t\n\r]")
"""Tabs and line ends, which a text may hold and an address may not."""

CLOAKS: Final = {
    CONTROL: "a control character",
    HIDDEN: "an invisible character",
    TURNING: "a character that turns the direction of writing",
}
"""What may stand in no text, and how it is called."""

JOINERS: Final = re.compile("[\u200c\u200d]")
"""Zero-width joiner and non-joiner: spelling in some scripts, a trick in all others."""

JOINING: Final = frozenset(
    [
        "ARABIC",
        "SYRIAC",
        "MONGOLIAN",
        "DEVANAGARI",
        "BENGALI",
        "GURMUKHI",
        "GUJARATI",
        "ORIYA",
        "TAMIL",
        "TELUGU",
        "KANNADA",
        "MALAYALAM",
        "SINHALA",
        "KHMER",
        "MYANMAR",
        "TIBETAN",
        "THAANA",
        "NKO",
        "MANDAIC",
    ]
)
"""Scripts that are spelled with joiners."""

ALIKE: Final = frozenset(
    [
        "LATIN",
        "GREEK",
        "CYRILLIC",
        "ARMENIAN",
        "COPTIC",
        "CHEROKEE",
        "GEORGIAN",
        "LISU",
        "DESERET",
        "GLAGOLITIC",
        "GOTHIC",
        "TIFINAGH",
        "OGHAM",
        "RUNIC",
    ]
)
"""Scripts with letters that pass for one another; words that mix two of them are counterfeits.

Each is the first word of its letters' names in Unicode. A word of one script is always right, and
so are Latin letters beside Japanese, Korean, Chinese, Arabic or Hebrew ones.
"""

MOST_MARKS: Final = 6
"""So many accents on one letter are no spelling, but a blot over its neighbours."""


def fault_in(text: str) -> str | None:
    """Say what is wrong with the characters of a text; None when they are what they seem."""
    for pattern, what in CLOAKS.items():
        if found := pattern.search(text):
            return f"holds {what} ({_named(found[0])})"
    for found in JOINERS.finditer(text):
        if not _joins(text, found.start()):
            return f"holds an invisible character ({_named(found[0])})"
    return None if text.isascii() else _counterfeit(text)


def without_cloaks(text: str) -> str:
    """Return a text as it is seen: without what hides or turns, control characters as spaces."""
    return HIDDEN.sub("", TURNING.sub("", CONTROL.sub(" ", text)))


def code(character: str) -> str:
    """Return a character as U+XXXX."""
    return f"U+{ord(character):04X}"


def _named(character: str) -> str:
    """Return a character as U+XXXX with its name, if it has one, by which it can be looked for."""
    name = unicodedata.name(character, "").casefold()
    return f"{code(character)}, {name}" if name else code(character)


def _joins(text: str, place: int) -> bool:
    """Tell whether a joiner stands after a letter, or accent, of a script spelled with it."""
    return place > 0 and _script(text[place - 1]) in JOINING


def _script(character: str) -> str:
    """Return the first word of a character's name, which for letters is that of the script."""
    return unicodedata.name(character, "").partition(" ")[0].partition("-")[0]


def _counterfeit(text: str) -> str | None:
    scripts: set[str] = set()
    marks = 0
    for character in text:
        kind = unicodedata.category(character)
        marks = marks + 1 if kind[0] == "M" else 0
        if marks > MOST_MARKS:
            return f"piles more than {MOST_MARKS} accents on one letter"
        if kind[0] == "L":
            script = _script(character)
            if script in ("FULLWIDTH", "MATHEMATICAL"):
                return f"holds {code(character)}, which passes for a plain letter"
            scripts.add(script)
            if len(mixed := sorted(scripts & ALIKE)) > 1:
                names = " and ".join(name.capitalize() for name in mixed)
                return f"mixes {names} letters in one word ({code(character)})"
        elif kind[0] != "M":
            scripts.clear()
    return None
