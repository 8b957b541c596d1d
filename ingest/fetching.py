"""One document from the web, because its user asked for it: bounded, and nothing else is asked."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import ipaddress
import socket
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import requote_uri, select_proxy

from ingest.addresses import fault_in, file_name, is_public, shown
from ingest.deadline import LateError, within
from ontology.errors import ReformError

# requests is here already (Streamlit needs it), follows the environment's proxies and
# certificates, and lets an adapter say to which address a connection is made.

CONNECT = 10.0  # seconds for one address of a host; the next one is tried then
CHUNK = 65536
BY_HAND = "Open it in a browser, save it, and give the file"


@dataclass(frozen=True)
class FetchLimits:
    """What one fetch may cost: seconds in all, bytes of the unpacked document, redirects."""

    seconds: float = 60.0
    size: int = 100 * 1024 * 1024
    redirects: int = 5


@dataclass(frozen=True)
class Fetched:
    """A document from the web: the address asked for, and the one it came from in the end.

    `fetched` is in UTC. `media_type` is what the server said, with its parameters, or empty: the
    readers go by the bytes. `name` is taken from the address and made harmless.
    """

    asked: str
    url: str
    fetched: dt.datetime
    media_type: str
    name: str
    data: bytes


class _StepError(Exception):
    """What is wrong with one address on the way, and what to do."""

    def __init__(self, url: str, what: str, todo: str) -> None:
        super().__init__(what)
        self.url, self.what, self.todo = url, what, todo


def user_agent() -> str:
    """Return how reformgraph names itself to servers."""
    try:
        return f"reformgraph/{version('reformgraph')}"
    except PackageNotFoundError:  # run from its folder, not installed
        return "reformgraph"


def fetch(url: str, limits: FetchLimits | None = None) -> Fetched:
    """Fetch one document by http or https, without cookies, credentials or referrer.

    A redirect may not lead from the public internet to an address that is not public. Behind a
    proxy of the environment names are not looked up here, so there only addresses written as
    numbers are checked.
    Raises ReformError, in one line, when the document does not come whole and within the limits.
    """
    limits = limits or FetchLimits()
    asked = url.strip(" \t\r\n")
    opened: list[requests.Response] = []
    try:
        return within(limits.seconds, lambda: _follow(asked, limits, opened))
    except _StepError as fault:
        place = "" if fault.url == asked else f"leads to {shown(fault.url)}, which "
        raise ReformError(f"{shown(asked)}: {place}{fault.what}. {fault.todo}.") from fault
    except LateError as error:
        for response in opened:
            with contextlib.suppress(Exception):  # it ends the reading; it may have ended already
                response.raw.shutdown()
        raise ReformError(
            f"{shown(asked)}: did not come within {limits.seconds:g} seconds. "
            f"Try again later. {BY_HAND}."
        ) from error


def _follow(asked: str, limits: FetchLimits, opened: list[requests.Response]) -> Fetched:
    """Go from redirect to redirect up to a document."""
    url, from_public = asked, False
    for _ in range(limits.redirects + 1):
        fault = fault_in(url)
        if fault:
            raise _StepError(url, *fault)
        request, proxies, verify = _prepared(url)
        host = urlsplit(str(request.url)).hostname or ""
        proxied = bool(select_proxy(str(request.url), proxies))
        addresses = _literal(host) if proxied else _literal(host) or _looked_up(url, host)
        private = [address for address in addresses if not is_public(address)]
        if from_public and private:
            raise _StepError(url, f"is not on the public internet ({private[0]})", BY_HAND)
        response = _send(url, request, [""] if proxied else addresses, proxies, verify, limits)
        opened.append(response)
        with response:
            target = _redirect(url, response)
            if target is None:
                return _document(asked, url, response, limits.size)
        url, from_public = target, not addresses or len(private) < len(addresses)
    raise _StepError(asked, f"redirects more than {limits.redirects} times", BY_HAND)


def _prepared(url: str) -> tuple[requests.PreparedRequest, dict[str, str], Any]:
    """Return the request for an address, and the environment's proxies and certificates.

    No session sends it: a session keeps cookies and looks up passwords in the user's netrc.
    """
    try:
        request = requests.Request("GET", url).prepare()
        surroundings = requests.Session().merge_environment_settings(url, {}, True, None, None)
    except (requests.RequestException, ValueError) as error:
        raise _StepError(url, "is not an address", "Copy the address again") from error
    request.headers.update(
        {
            "Host": urlsplit(str(request.url)).netloc,
            "User-Agent": user_agent(),
            "Accept": "*/*",
            "Accept-Encoding": "gzip, deflate",
        }
    )
    return request, surroundings["proxies"], surroundings["verify"]


def _literal(host: str) -> list[str]:
    """Return the IP address that a host is, if it is one."""
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        return []


def _looked_up(url: str, host: str) -> list[str]:
    """Return the IP addresses of a host, in the system's order."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _StepError(
            url, "is on a host that cannot be found", "Check the spelling and your connection"
        ) from error
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


class _PinnedAdapter(HTTPAdapter):
    """Connects to one IP address, the one that was checked, whatever the name means by now."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__()

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: Any, cert: Any = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Put the address in the host's place; the certificate must still be the host's."""
        place, tls = super().build_connection_pool_key_attributes(request, verify, cert)
        if self.address:
            if place["scheme"] == "https":
                tls["server_hostname"] = place["host"]
            place["host"] = self.address
        return place, tls


def _send(
    url: str,
    request: requests.PreparedRequest,
    addresses: list[str],
    proxies: dict[str, str],
    verify: Any,
    limits: FetchLimits,
) -> requests.Response:
    """Send the request to the first address that takes it; the answer's body is yet unread."""
    failure: Exception | None = None
    for address in addresses:
        try:
            return _PinnedAdapter(address).send(
                request,
                stream=True,
                timeout=(CONNECT, limits.seconds),
                verify=verify,
                proxies=proxies,
            )
        except (requests.RequestException, OSError, ValueError) as error:
            failure = error
            if isinstance(error, requests.exceptions.SSLError):
                break
    assert failure is not None
    raise _StepError(url, *_told(failure)) from failure


def _redirect(url: str, response: requests.Response) -> str | None:
    """Return where an answer redirects to, if it does."""
    target = requests.Session().get_redirect_target(response)
    if target is None:
        return None
    try:
        return urldefrag(urljoin(url, requote_uri(target))).url
    except ValueError as error:
        raise _StepError(url, "redirects to what is no address", BY_HAND) from error


def _document(asked: str, url: str, response: requests.Response, size: int) -> Fetched:
    """Read an answer's body, unpacked, as far as it may go."""
    if response.status_code not in {200, 203}:
        raise _StepError(url, *_status(response.status_code))
    too_large = _StepError(url, f"is larger than {size // 1_000_000} MB", f"{BY_HAND} in parts")
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and (len(length) > 15 or int(length) > size):
        raise too_large
    body = io.BytesIO()
    try:
        for chunk in response.iter_content(CHUNK):
            body.write(chunk)
            if body.tell() > size:
                raise too_large
    except (requests.RequestException, OSError) as error:
        raise _StepError(url, *_told(error)) from error
    data = body.getvalue()
    if not data.strip():
        raise _StepError(url, "is empty", BY_HAND)
    said = "".join(c for c in response.headers.get("Content-Type", "") if c.isprintable())
    return Fetched(asked, url, dt.datetime.now(dt.UTC), said[:100].strip(), file_name(url), data)


def _status(status: int) -> tuple[str, str]:
    """Say what an HTTP status other than success means here, and what to do."""
    if status in {401, 403}:
        return f"wants a login, or refuses ({status})", BY_HAND
    if status in {404, 410}:
        return f"is not there ({status})", "Check the address"
    if status == 407:
        return "wants a password for the proxy (407)", "Check HTTPS_PROXY"
    if status == 429 or status >= 500:
        return f"cannot be had just now ({status})", "Try again later"
    return f"was answered with {status}, no document", BY_HAND


def _told(error: Exception) -> tuple[str, str]:
    """Say in plain words what kept an answer away, and what to do."""
    kinds = requests.exceptions
    again = "Check the address, or try again later"
    if isinstance(error, kinds.SSLError):
        return "has no encryption that can be trusted", "Ask its owner. Do not go round it"
    if isinstance(error, kinds.ProxyError):
        return "cannot be reached through the proxy", "Check HTTP_PROXY and HTTPS_PROXY"
    if isinstance(error, kinds.Timeout):
        return "does not answer", again
    if isinstance(error, kinds.ChunkedEncodingError | kinds.ContentDecodingError):
        return "broke off or came damaged", "Try again"
    if isinstance(error, kinds.ConnectionError):
        return "cannot be reached", again
    return f"cannot be fetched ({type(error).__name__})", again
