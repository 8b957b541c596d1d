"""Marks of list items and numbered paragraphs at the beginning of a line."""

from __future__ import annotations

import re

BULLET = r"[•●▪◦‣⁃∙·○■□➢➤✓\uf0b7\uf0a7*–—-]"
ROMAN = r"[ivxIVX]{1,5}"
NUMBER = r"\d{1,3}(?:\.\d{1,3}){0,4}"
LABEL = (
    r"(?:Recommendation|Recommandation|Recomendación|Demand|Point)s?\s+(?:No\.?\s*)?\d+(?:\.\d+)*"
)

# A bare number is no mark ("1968 was a year"): it needs a point, a bracket or a second level.
MARKER = re.compile(
    rf"[ \t\u00a0]*(?P<marker>"
    rf"{LABEL}[.:)–-]|"
    rf"{BULLET}|#[.)]|"
    rf"\(\d{{1,3}}\)|\([a-z]{{1,2}}\)|\({ROMAN}\)|"
    rf"{NUMBER}[.)]|\d{{1,3}}(?:\.\d{{1,3}}){{1,4}}|"
    rf"[a-zA-Z][.)]|{ROMAN}[.)]"
    rf")(?=[ \t\u00a0]|$)[ \t\u00a0]*"
)


def find_marker(line: str, start: int = 0) -> tuple[str, int] | None:
    """Return a line's mark and the offset at which its text begins, or None when it has none."""
    found = MARKER.match(line, start)
    if not found:
        return None
    return found["marker"], found.end()


def marker_shape(marker: str) -> str:
    """Return a mark's pattern: marks of one list share it ("1." and "12." are both "0.")."""
    if not re.search(r"\w", marker):
        return marker
    if re.search(r"\d", marker):
        levels = marker.rstrip(".)").count(".")
        closing = marker[-1] if marker[-1] in ".)" and levels == 0 else ""
        return ("(" if marker.startswith("(") else "") + "0" * (levels + 1) + closing
    return re.sub(r"[a-z]+", "a", re.sub(r"[A-Z]+", "A", marker))
