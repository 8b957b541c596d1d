"""Whether a call comes from this machine itself, and whether others could call at all."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

FORWARDED = frozenset({"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"})
"""Headers of a proxy: it calls from this machine, for somebody who may be anywhere."""


def is_loopback(address: str | None) -> bool:
    """Tell whether only this machine can be behind an address; nothing means every address."""
    if not address:
        return False
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def is_forwarded(headers: Iterable[str]) -> bool:
    """Tell whether a proxy calls for somebody else."""
    return bool(FORWARDED & {name.lower() for name in headers})


def is_another_page(headers: Mapping[str, str]) -> bool:
    """Tell whether a page calls that is not of the explorer itself; what is no browser names none.

    Streamlit takes all ports of a machine for one site. Before it refuses a page elsewhere it asks
    a server on the network for this machine's address, whose pages it would let in, too.
    """
    origin = headers.get("origin")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
    except ValueError:  # an address that is none
        return True


def is_near(client: str | None, headers: Iterable[str]) -> bool:
    """Tell whether somebody on this machine calls, without a proxy between."""
    return is_loopback(client) and not is_forwarded(headers)
