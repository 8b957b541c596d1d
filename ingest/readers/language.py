"""The language of a text, among those the rules or their readers may meet."""

from __future__ import annotations

from functools import cache
from typing import Any

# Restricted, since the whole set of 97 finds rare neighbours (Egyptian for standard Arabic).
KNOWN = ["en", "fr", "es", "ar", "de", "it", "pt", "ru", "nl"]
SAMPLE = 6000  # characters


@cache
def _identifier() -> Any:
    import py3langid

    py3langid.set_languages(KNOWN)
    return py3langid


def detect_language(text: str) -> str:
    """Return the language code of a text, or nothing when it is too short to tell."""
    middle = max(0, (len(text) - SAMPLE) // 2)
    sample = text[middle : middle + SAMPLE].strip()
    if len(sample.split()) < 5:
        return ""
    code, _ = _identifier().classify(sample)
    return str(code)
