"""What a spreadsheet program takes for a formula, so that no text of ours is run as one."""

from __future__ import annotations

import re
from typing import Final

_FORMULA: Final = re.compile(r"'*[=+\-@\x00-\x1f\uff1d\uff0b\uff0d\uff20]")
"""The last four signs are full-width ones. Apostrophes before them count, for `unguarded`."""


def is_formula(text: str) -> bool:
    """Tell whether some spreadsheet program would take a cell's text for a formula."""
    return _FORMULA.match(text) is not None


def guarded(text: str) -> str:
    """Return text for a CSV cell, where a spreadsheet program would else run it as a formula."""
    return f"'{text}" if is_formula(text) else text


def unguarded(text: str) -> str:
    """Return what `guarded` was given."""
    return text[1:] if text.startswith("'") and is_formula(text) else text
