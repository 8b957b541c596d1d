"""Zip files with the same bytes each time: members in order, one date for all."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The first day that a zip file can hold; it stands for no day."""


def archive(members: Mapping[str, bytes]) -> bytes:
    """Return a zip file of some members, in the order given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            member = zipfile.ZipInfo(name, _DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            packed.writestr(member, data)
    return out.getvalue()


def members_of(data: bytes) -> dict[str, bytes]:
    """Return the members of a zip file that this program has made itself, in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}
