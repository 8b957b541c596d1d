"""Log-in through an OpenID Connect provider: the exchange is Streamlit's, who may enter is ours."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import Response
from streamlit.auth_util import (
    encode_provider_token,
    get_cookie_with_chunks,
    get_secrets_auth_section,
    is_authlib_installed,
)
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import (
    TOKENS_COOKIE_NAME,
    USER_COOKIE_NAME,
)

from explorer.access.users import LONGEST_ADDRESS, SHORTEST_KEY

PATHS = frozenset({"/auth/login", "/oauth2callback"})
"""Where Streamlit sends the browser to the provider, and where it comes back to."""
FRESH = 600
"""Seconds after which what a provider said of somebody is no log-in any more."""


def providers() -> list[str]:
    """Return the providers that secrets.toml sets up, by name; the one without is `default`.

    None where the key that signs what they say could be guessed: anybody could say it then.
    """
    section = get_secrets_auth_section()
    if not isinstance(section, Mapping) or not is_authlib_installed():
        return []
    if len(str(section.get("cookie_secret", ""))) < SHORTEST_KEY:
        return []
    named = [str(name) for name, one in section.items()
             if isinstance(one, Mapping) and "client_id" in one]  # fmt: skip
    return (["default"] if "client_id" in section else []) + named


def way_to(provider: str) -> str:
    """Return the address that leads the browser to a provider, good for two minutes."""
    return f"/auth/login?provider={encode_provider_token(provider)}"


def verified_email(connection: HTTPConnection) -> tuple[str | None, str]:
    """Return the e-mail address that a provider vouches for just now, or what is wrong with it.

    Both are empty when no provider has said anything.
    """
    told = _told(connection)
    if told is None or not providers():
        return None, ""
    email = told.get("email")
    is_address = isinstance(email, str) and email.isprintable() and len(email) <= LONGEST_ADDRESS
    if not is_address or told.get("email_verified") is not True:
        return None, "The provider vouches for no e-mail address of yours."
    issued, now = told.get("iat"), time.time()
    if not isinstance(issued, int | float) or not now - FRESH <= issued <= now + 60:
        return None, "What the provider said is too old. Log in again."
    return email, ""


def forget(connection: HTTPConnection, response: Response) -> None:
    """Have the browser forget what the provider said; it counts once."""
    for name in connection.cookies:
        if name.startswith((USER_COOKIE_NAME, TOKENS_COOKIE_NAME)):
            response.delete_cookie(name)


def _told(connection: HTTPConnection) -> dict[str, Any] | None:
    def one(name: str) -> bytes | None:
        value = connection.cookies.get(name)
        if value is None:
            return None
        return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1", "replace"))

    try:
        told = json.loads(get_cookie_with_chunks(one, USER_COOKIE_NAME) or b"null")
    except ValueError:
        return None
    return told if isinstance(told, dict) and told.get("is_logged_in") is True else None
