"""The explorer as a server application: whom it answers, and what its pages may do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from explorer.access.guard import Guard
from explorer.serverlog import withhold_values
from explorer.settings import read_settings

NAMES = ["127.0.0.1", "localhost"]
"""The names under which a browser on this machine calls it. A page of another site that has its own
name point here (DNS rebinding) comes under that name, and gets no answer."""
HEADERS = {
    # Streamlit's own scripts need inline code and eval; what counts is that nothing leaves.
    "Content-Security-Policy": (
        "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'self'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What every answer tells the browser: to ask no other machine, nor to show anything in a page of
one, which could tell by a picture that this runs here and what it shows."""


class Guarded:
    """Adds the headers to every answer that has none of its own."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application that answers."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, guarded)


def called_by_name(app: ASGIApp) -> ASGIApp:
    """Let the application answer only under the names of this machine, and those in `hosts`."""
    names = [*NAMES, *read_settings().host_names]
    return TrustedHostMiddleware(app, allowed_hosts=names, www_redirect=False)


def guarded(app: ASGIApp) -> ASGIApp:
    """Let the application answer only those who may enter the workspace."""
    return Guard(app, read_settings().home)


@asynccontextmanager
async def run(app: st.App) -> AsyncIterator[None]:
    """Keep values out of the log while the server runs."""
    del app
    config.set_option("logger.enableRich", False)  # it prints exceptions past every log
    withhold_values()
    yield


def tell_failure(error: Exception) -> bool:
    """Show one line in place of whatever an exception says; what kind it was is in the log."""
    del error
    st.error("Something went wrong here. Load the page again; the server's log has the place.")
    return True


async def home(request: Request) -> Response:
    """Lead from the name of the first page to its address, with all that is chosen in it."""
    query = request.url.query
    return RedirectResponse(f"./?{query}" if query else "./")


SCRIPT = str(files("explorer") / "main.py")
ROUTES = [Route("/recommendations", home)]
"""Streamlit has the first page at the root alone, and would find none under its name."""
MIDDLEWARE = [Middleware(called_by_name), Middleware(Guarded), Middleware(guarded)]

app = st.App(
    SCRIPT, routes=ROUTES, middleware=MIDDLEWARE, lifespan=run, on_script_error=tell_failure
)
