"""Addresses in a foreign file: which may stand in the graph, and what is wrong with others."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import unquote, urlsplit

from ingest import characters
from ingest.addresses import fault_in
from ontology.identifiers import is_data
from ontology.terms import ID, ONTOLOGY, PREFIXES

LONGEST: Final = 2000
"""Characters of the longest address."""

BROKEN: Final = re.compile("%(?![0-9A-Fa-f]{2})")
_OURS: Final = str(ONTOLOGY).rpartition("/")[0]
_VOCABULARIES: Final = tuple(space for name, space in PREFIXES.items() if name != "id")


@lru_cache(maxsize=10_000)
def fault_of(address: str) -> tuple[str, str] | None:
    """Say what is wrong with an address, and what to do; None when it may come in."""
    if len(address) > LONGEST:
        return f"is longer than {LONGEST:,} characters", "Shorten it"
    if not address.isascii():
        letter = next(one for one in address if not one.isascii())
        what = f"holds {characters.code(letter)}, which may pass for another letter"
        return what, "Write it with %-escapes, a host in its ASCII form"
    if fault := fault_in(address):
        return fault
    if BROKEN.search(address):
        return "has a % that begins no escape", "Write %25 for the sign itself"
    hidden = unquote(address, errors="replace").replace("\ufffd", "")
    if any(pattern.search(hidden) for pattern in (*characters.CLOAKS, characters.LINE_END)):
        return "hides a control or invisible character in a %-escape", "Take it out"
    host = urlsplit(address).hostname or ""
    if not re.fullmatch(r"[a-z0-9_.:-]+", host):
        return "has a host that is none", "Copy the address again"
    if address.startswith(ID) and not is_data(address):
        return "is no address of ours", f"Write {ID}KIND/NAME in lower-case letters and hyphens"
    return None


def is_term(address: str) -> bool:
    """Tell whether an address is a term of a vocabulary, or another document of ours than data."""
    ours = address.startswith(_OURS) and not address.startswith(ID)
    return ours or address.startswith(_VOCABULARIES)
