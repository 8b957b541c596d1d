"""The pages before the explorer: log-in, logged out, refused; plain, without data or script."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from starlette.responses import HTMLResponse

from explorer.markup import Child, Html, element, joined

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    # Without a referrer browsers do not tell either from which page a form was sent.
    "Referrer-Policy": "same-origin",
}


def page(
    title: str, *body: Child, status: int = 200, again: str | None = None, wait: int = 0
) -> HTMLResponse:
    """Return a page; with `again` the browser goes on to that address by itself."""
    style = (files("explorer.access") / "pages.css").read_text("utf-8")
    refresh = element("meta", http_equiv="refresh", content=f"0;url={again}") if again else None
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        refresh,
        element("title", f"{title} · reformgraph"),
        element("style", Html(style)),
    )
    main = element("main", element("p", "reformgraph", class_="mark"), element("h1", title), *body)
    text = joined(Html("<!doctype html>"), element("html", head, element("body", main), lang="en"))
    headers = HEADERS | ({"Retry-After": str(wait)} if wait else {})
    return HTMLResponse(text, status, headers)


def login_page(
    goes_to: str, told: str = "", *, name: str = "", by_password: bool = True,
    providers: Sequence[str] = (), again: str | None = None, status: int = 401, wait: int = 0,
) -> HTMLResponse:  # fmt: skip
    """Return the page that asks who is there; `told` says what was wrong."""
    parts: list[Child] = []
    if told:
        parts.append(element("p", told, class_="told", role="alert"))
    if by_password:
        parts.append(_form(goes_to, name))
    for provider in providers:
        words = "Log in through your organisation"
        label = words if provider == "default" else f"{words} ({provider})"
        parts.append(element("p", element("a", label, href=f"/login/through/{provider}")))
    return page("Log in", *parts, status=status, again=again, wait=wait)


def _form(goes_to: str, name: str) -> Html:
    return element(
        "form",
        element("input", type="hidden", name="next", value=goes_to),
        element("label", "Name", for_="name"),
        element("input", id="name", name="name", value=name, autocomplete="username", required="",
                maxlength=160),
        element("label", "Password", for_="password"),
        element("input", id="password", name="password", type="password", required="",
                autocomplete="current-password", maxlength=1000),
        element("button", "Log in", type="submit"),
        method="post", action="/login",
    )  # fmt: skip
