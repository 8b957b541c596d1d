"""The columns of the template: what each holds, and how a cell becomes a value and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ingest.facts import Recommendation

SHEET = "Recommendations"
NONE = "(none)"
"""Takes an optional value away; an empty cell leaves it as it is."""
SEPARATOR = ";"
Of = Literal["recommendation", "status"]


@dataclass(frozen=True)
class Column:
    """One column: its header, the field it fills, what stands in it and whether it may be empty."""

    name: str
    of: Of
    field: str
    tells: str
    kind: str = "text"
    many: bool = False
    optional: bool = False


COLUMNS = (
    Column("id", "recommendation", "id", "Id of a known recommendation; empty for a new one."),
    Column("label", "recommendation", "label", "The demand in a few words, up to 160 characters."),
    Column("summary", "recommendation", "summary", "The demand in our own words, no quotation."),
    Column("issuers", "recommendation", "issuers", "Who asks: ids or names, parted by semicolons. "
           "For a new actor write its kind too: Name [ngo].", "actor", many=True),
    Column("addressees", "recommendation", "addressees", "Who is asked, written like issuers.",
           "actor", many=True),
    Column("asks", "recommendation", "asks", "What is wanted: ids of asks; may stay empty until a "
           "person links one.", "ask", many=True),
    Column("themes", "recommendation", "themes", "Ids or names; for a new theme: Name [new].",
           "theme", many=True),
    Column("made_in", "recommendation", "made_in", "Id of the document in which it was made.",
           "document", optional=True),
    Column("date", "recommendation", "date", "When: 2025, 2025-11, 2025-11-24 or 2025-11/2025-12.",
           "date", optional=True),
    Column("condition", "recommendation", "condition", "On what it depends.", optional=True),
    Column("condition_on", "recommendation", "condition_on", "On whose conduct it depends.",
           "actor", optional=True),
    Column("note", "recommendation", "note", "Anything else.", optional=True),
    Column("axis", "status", "axis", "A new status: response, adoption or practice.", "word"),
    Column("status", "status", "status", "A word of that axis.", "word"),
    Column("as_of", "status", "as_of", "For when it is said, like date; with an end.", "day"),
    Column("by", "status", "by", "Who says so.", "actor"),
    Column("basis", "status", "basis", "How that is known.", "word"),
    Column("provision", "status", "provision", "The text cited: provision:ID or version:ID.",
           "text of law", optional=True),
    Column("process", "status", "process", "Id of the reform process that closed without it.",
           "process", optional=True),
    Column("status_note", "status", "note", "Anything else about the status.", optional=True),
)  # fmt: skip
"""In the order of the template."""

BY_NAME = {column.name: column for column in COLUMNS}


def cells_of(entry: Recommendation) -> list[str]:
    """Return a recommendation as the cells of its row; a row has no status unless one is added."""
    return [cell_of(entry, column) for column in COLUMNS]


def cell_of(entry: Recommendation, column: Column) -> str:
    """Return one field of a recommendation as a cell would hold it."""
    return "" if column.of == "status" else told(getattr(entry, column.field))


def told(value: object) -> str:
    """Return a value of a field as a cell would hold it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return f"{SEPARATOR} ".join(value) if isinstance(value, Iterable) else str(value)
