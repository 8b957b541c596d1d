"""The explorer as a server application: whom it answers, and what its pages may do."""

from __future__ import annotations

from importlib.resources import files

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
}
"""What every answer tells the browser: to ask no other machine, nor to be framed by one."""


class Guarded:
    """Adds the headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application that answers."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        await self.app(scope, receive, guarded)


SCRIPT = str(files("explorer") / "main.py")
MIDDLEWARE = [
    Middleware(TrustedHostMiddleware, allowed_hosts=NAMES, www_redirect=False),
    Middleware(Guarded),
]

app = st.App(SCRIPT, middleware=MIDDLEWARE)
