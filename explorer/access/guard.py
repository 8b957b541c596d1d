"""The guard at the door: nothing is answered before it is known who calls, page or websocket."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose
from streamlit import config

from explorer.access.nearness import is_another_page, is_loopback, is_near
from explorer.access.pages import login_page, page
from explorer.access.providers import PATHS, forget, providers, verified_email, way_to
from explorer.access.sessions import LIFE, SESSIONS, Throttle
from explorer.access.users import User, Users, key_of
from ontology.errors import StoreError

LARGEST_FORM = 16 * 1024
"""Bytes of a log-in form."""
NOBODY = (
    "This explorer can be reached from other machines, and nobody is set up to enter it. "
    "Say `reformgraph access add NAME --role curator` where it runs."
)
UNREADABLE = "The list of users cannot be read. Say `reformgraph access list` where this runs."
WRONG = "The name or the password is wrong."


def cookie_of(home: Path) -> str:
    """Return the cookie's name: browsers keep one jar for all ports of a machine."""
    return f"reformgraph-{hashlib.sha256(str(home).encode()).hexdigest()[:8]}"


class Guard:
    """Lets users in; without users, whoever calls from this machine itself."""

    def __init__(self, app: ASGIApp, home: Path) -> None:
        """Take the application behind the door, and the workspace."""
        self.app = app
        self.users = Users(home)
        self.cookie = cookie_of(home)
        self._throttle = Throttle()
        self._hashing = asyncio.Semaphore(2)  # each takes 64 MB

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a call, or have it answered."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        call = HTTPConnection(scope)
        try:
            is_open, user = self._who(call)
        except StoreError:
            refusal = PlainTextResponse(UNREADABLE, 503)
            await (WebSocketClose() if scope["type"] == "websocket" else refusal)(
                scope, receive, send
            )
            return
        if scope["type"] == "websocket":
            if (is_open or user) and not is_another_page(call.headers):
                await self.app(scope, self._watched(call, receive, send), send)
            else:
                await WebSocketClose()(scope, receive, send)
            return
        answer = None if is_open else await self._answer(Request(scope, receive), user)
        await (answer or self.app)(scope, receive, send)

    def _who(self, call: HTTPConnection) -> tuple[bool, User | None]:
        """Tell whether all is open to who calls, and which user it is; may raise StoreError."""
        if self.users.read():
            return False, SESSIONS.user(call.cookies.get(self.cookie), self.users)
        client = call.client.host if call.client else None
        listens_here = is_loopback(config.get_option("server.address"))
        return listens_here and is_near(client, call.headers), None

    def _watched(self, call: HTTPConnection, receive: Receive, send: Send) -> Receive:
        """Return what receives the messages of a websocket while its user may send any."""

        async def watched() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive":
                try:
                    is_open, user = self._who(call)
                except StoreError:
                    is_open, user = False, None
                if not (is_open or user):
                    await send({"type": "websocket.close", "code": 1008})
                    return {"type": "websocket.disconnect", "code": 1008}
            return message

        return watched

    async def _answer(self, request: Request, user: User | None) -> Response | None:
        """Return the answer of the door itself; None leaves it to the application."""
        path = request.url.path
        if not self.users.read():
            return page("Nobody may enter", NOBODY, status=403)
        if path == "/logout":
            return self._log_out(request)
        if path == "/login" and request.method == "POST":
            return await self._log_in(request)
        if user is not None:
            return RedirectResponse("/", 303) if path == "/login" else None
        if path.startswith("/login/through/"):
            provider = path.rpartition("/")[2]
            return RedirectResponse(way_to(provider)) if provider in providers() else self._ask("/")
        if path in PATHS and providers():
            return None
        if request.method not in ("GET", "HEAD") or "text/html" not in request.headers.get(
            "accept", ""
        ):
            return PlainTextResponse("Log in first.", 401)
        return self._through_provider(request) or self._ask_at(request)

    def _ask(
        self, goes_to: str, told: str = "", *, name: str = "", again: str | None = None,
        status: int = 401, wait: int = 0,
    ) -> Response:  # fmt: skip
        return login_page(
            goes_to, told, name=name, again=again, status=status, wait=wait,
            by_password=any(user.password for user in self.users.read()), providers=providers(),
        )  # fmt: skip

    def _ask_at(self, request: Request) -> Response:
        """Ask who is there at the address that was called.

        A browser that follows a link of another site keeps the cookie back; it shows it when this
        page calls the address once more.
        """
        goes_to = own(f"{request.url.path}?{request.url.query}".rstrip("?"))
        is_followed = request.headers.get("sec-fetch-site") == "cross-site"
        return self._ask(goes_to, again=goes_to if is_followed else None)

    async def _log_in(self, request: Request) -> Response:
        if not is_own_form(request):
            return PlainTextResponse("This form is not ours.", 403)
        form = await _form(request)
        if form is None:
            return PlainTextResponse("This form is too large.", 413)
        name, goes_to = form.get("name", "").strip(), own(form.get("next", "/"))
        keys = (
            f"name {key_of(name)[:160]}",
            f"at {request.client.host if request.client else ''}",
        )
        if wait := self._throttle.attempt(*keys):
            told = f"Too many failed log-ins. Try again in {wait} seconds."
            return self._ask(goes_to, told, name=name, status=429, wait=wait)
        async with self._hashing:
            user = await run_in_threadpool(self.users.with_password, name, form.get("password", ""))
        if user is None:
            return self._ask(goes_to, WRONG, name=name)
        self._throttle.succeeded(*keys)
        return self._let_in(request, user, RedirectResponse(goes_to, 303))

    def _through_provider(self, request: Request) -> Response | None:
        """Let in whose e-mail address a provider has just verified; None when none did."""
        email, fault = verified_email(request)
        if email is None and not fault:
            return None
        user = self.users.with_email(email) if email else None
        if user:
            # From here the browser goes on by itself: a redirect from elsewhere lacks the cookie.
            answer = self._let_in(request, user, page("Welcome", again="/"))
        else:
            answer = self._ask("/", fault or f"{email}: is not on the list of those who may enter.")
        forget(request, answer)
        return answer

    def _let_in(self, request: Request, user: User, answer: Response) -> Response:
        SESSIONS.end(request.cookies.get(self.cookie))
        answer.set_cookie(
            self.cookie, SESSIONS.begin(user), max_age=LIFE, httponly=True, samesite="strict",
            secure=request.url.scheme == "https",
        )  # fmt: skip
        return answer

    def _log_out(self, request: Request) -> Response:
        SESSIONS.end(request.cookies.get(self.cookie))
        answer = self._ask("/", "You are logged out.", status=200)
        answer.delete_cookie(self.cookie)
        forget(request, answer)
        return answer


def own(address: str) -> str:
    """Return an address when it lies within the explorer, else that of its first page."""
    parts = urlsplit(address)
    is_within = address.startswith("/") and not address.startswith(("//", "/\\"))
    printable = address.isprintable() and "\\" not in address
    return address if is_within and printable and not (parts.scheme or parts.netloc) else "/"


def is_own_form(request: Request) -> bool:
    """Tell whether a form was sent from a page of ours, as the browser says, or by no browser."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


async def _form(request: Request) -> dict[str, str] | None:
    """Return the fields of a form; None when it is too large."""
    data = b""
    async for piece in request.stream():
        data += piece
        if len(data) > LARGEST_FORM:
            return None
    try:
        found = parse_qs(data.decode("utf-8"), keep_blank_values=True, max_num_fields=10)
    except ValueError:
        return {}
    return {name: values[0] for name, values in found.items()}
