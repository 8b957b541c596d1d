"""Addresses on the web: which are taken, how they are shown, what they name, which are public."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from urllib.parse import unquote, urlsplit

SHOWN = 200  # characters of an address in a message
LONGEST_NAME = 120
NOT_IN_NAMES = frozenset('/\\:*?"<>|')
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


def shown(url: str) -> str:
    """Return an address fit for a message: in one short line, without name and password."""
    plain = re.sub(r"//[^/?#]*@", "//", url)
    printable = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in plain)
    return printable if len(printable) <= SHOWN else f"{printable[:SHOWN]}…"


def fault_in(url: str) -> tuple[str, str] | None:
    """Say why an address is not asked, and what to do; None for a plain http or https address."""
    if any(not c.isprintable() or c.isspace() or c == "\\" for c in url):
        return "holds a space, a control character or a backslash", "Copy the address again"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "is not an address", "Copy the address again"
    if parts.scheme not in {"http", "https"}:
        return "is not a web address", "Give one that begins with https:// or http://"
    if not host:
        return "names no host", "Copy the address again"
    if "@" in parts.netloc:
        return "carries a user name or a password", "Take out what stands before the @"
    return None


def file_name(url: str) -> str:
    """Return a name for the file at an address: never a path, at most 120 printable characters.

    It is data to show. Files are stored by their hash.
    """
    parts = urlsplit(url)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    name = "".join(
        c if c.isprintable() and c not in NOT_IN_NAMES else "_"
        for c in unicodedata.normalize("NFC", last)
    ).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) <= 10:
        name = stem[: LONGEST_NAME - len(ending) - 1] + dot + ending
    return name[:LONGEST_NAME] or (parts.hostname or "document")[:LONGEST_NAME]


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet: not loopback, private, reserved."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        ip = inner or ip
    return ip.is_global and not ip.is_multicast
