"""Logging in to a served explorer: with a password, through a provider, in every role."""

import json
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import RSAKey
from playwright.sync_api import expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from explorer.access.users import Users
from explorer.serving import free_port, is_taken
from ingest.roles import Role

ROOT = Path(__file__).resolve().parent.parent.parent
OTHER_REFORM = ROOT / "tests" / "graph" / "another_reform"
PASSWORD = "a long enough one"
KEY = "of the tests, and long enough to be one"
CANARY = "Petra Quill"
Opens = Callable[..., Any]


class Provider(BaseHTTPRequestHandler):
    """A small OpenID Connect provider that vouches for whom a test says, without asking."""

    key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
    told: dict[str, Any] = {}  # noqa: RUF012
    nonces: dict[str, str] = {}  # noqa: RUF012

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        given = {name: values[0] for name, values in parse_qs(parts.query).items()}
        issuer = f"http://{self.headers['Host']}"
        if parts.path == "/authorize":
            self.nonces["code"] = given.get("nonce", "")
            self.send_response(302)
            back = urlencode({"code": "code", "state": given["state"]})
            self.send_header("Location", f"{given['redirect_uri']}?{back}")
            self.end_headers()
        elif parts.path == "/keys":
            self._send({"keys": [self.key.as_dict(private=False)]})
        else:
            self._send({
                "issuer": issuer, "authorization_endpoint": f"{issuer}/authorize",
                "token_endpoint": f"{issuer}/token", "jwks_uri": f"{issuer}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
                "response_types_supported": ["code"], "subject_types_supported": ["public"],
            })  # fmt: skip

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        now = int(time.time())
        claims = {
            "iss": f"http://{self.headers['Host']}", "sub": "1", "aud": "us", "iat": now,
            "exp": now + 300, "nonce": self.nonces["code"], **self.told,
        }  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        self._send({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def _send(self, told: dict[str, Any]) -> None:
        data = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, provider: str) -> Path:
    """A workspace with a reviewer and a reader by password, and a curator by e-mail address."""
    folder = tmp_path_factory.mktemp("access") / "home"
    folder.mkdir(mode=0o700)
    users = Users(folder)
    users.add("Ada", Role.reviewer, password=PASSWORD)
    users.add("Bea", Role.reader, password=PASSWORD)
    users.add("Cleo", Role.curator, email="cleo@example.org")
    (folder / "secrets.toml").write_text(
        "[auth]\n"
        'redirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
        f'cookie_secret = "{KEY}"\n'
        'client_id = "us"\nclient_secret = "x"\n'
        f'server_metadata_url = "{provider}/.well-known/openid-configuration"\n'
    )
    return folder


@pytest.fixture(scope="module")
def site(
    home: Path,
    serve: Callable[[dict[str, str]], AbstractContextManager[str]],
    surroundings_of: Callable[..., dict[str, str]],
) -> Iterator[str]:
    corpus = home.parent / "corpus"
    shutil.copytree(OTHER_REFORM, corpus)
    with serve(surroundings_of(home, corpus=str(corpus))) as address:
        yield address


def enter(visit: Opens, address: str, name: str) -> Any:
    """Log in on the page that comes in place of the one that was asked for."""
    at = visit()
    at.page.goto(address)
    at.page.get_by_label("Name").fill(name)
    at.page.get_by_label("Password").fill(PASSWORD)
    at.errors.clear()  # the browser tells the 401
    at.page.get_by_role("button", name="Log in").click()
    at.settled()
    return at


def test_a_reviewer_logs_in_and_decides_under_her_name(site: str, home: Path, visit: Opens) -> None:
    at = enter(visit, f"{site}/review?tab=Take+in", "ada")
    page = at.page
    assert page.url == f"{site}/review?tab=Take+in"
    expect(page.get_by_text("Logged in as Ada. A reviewer")).to_be_visible()
    assert page.get_by_label("Who decides").count() == 0
    assert page.get_by_text("Lists", exact=True).count() == 0
    page.locator("input[type=file]").set_input_files(
        {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"We urge all to listen.\n"}
    )
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Saved as decision 1")).to_be_visible()
    record = json.loads((home / "journal.jsonl").read_text().splitlines()[0])
    assert record["who"] == "Ada"
    at.is_clean()
    page.get_by_role("link", name="Log out").click()
    expect(page.get_by_text("You are logged out.")).to_be_visible()
    page.goto(f"{site}/review")
    expect(page.get_by_label("Password")).to_be_visible()


def test_a_reader_sees_the_journal_and_no_way_to_decide(site: str, visit: Opens) -> None:
    at = enter(visit, f"{site}/review", "Bea")
    expect(at.page.get_by_text("A reader sees what was decided")).to_be_visible()
    for hidden in ("Queue", "Take in", "Document", "By hand", "Lists", "Undo", "Keep"):
        assert at.page.get_by_role("button", name=hidden, exact=True).count() == 0
        assert at.page.get_by_role("radio", name=hidden, exact=True).count() == 0
    at.open(f"{site}/recommendation?id=open-locks-2012-compensation")
    expect(at.page.get_by_text("A reader sees and states nothing")).to_be_visible()
    at.is_clean()


def through_provider(site: str, **told: Any) -> tuple[requests.Session, requests.Response]:
    Provider.told.clear()
    Provider.told.update(told)
    browser = requests.Session()
    browser.headers["Accept"] = "text/html"
    return browser, browser.get(f"{site}/login/through/default")


def test_the_owner_of_a_listed_address_enters_through_the_provider(site: str) -> None:
    assert (
        "Log in through your organisation"
        in requests.get(site, headers={"Accept": "text/html"}).text
    )
    browser, last = through_provider(site, email="Cleo@example.org", email_verified=True)
    assert ("Welcome" in last.text, last.status_code) == (True, 200)
    assert browser.get(f"{site}/_stcore/health").status_code == 200
    assert [one.name for one in browser.cookies if "streamlit_user" in one.name] == []


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"email": "eve@example.org", "email_verified": True}, "is not on the list"),
        ({"email": "cleo@example.org", "email_verified": False}, "vouches for no e-mail"),
        ({"email": "cleo@example.org"}, "vouches for no e-mail"),
        ({"email_verified": True}, "vouches for no e-mail"),
        ({"email": "cleo@example.org", "email_verified": "true"}, "vouches for no e-mail"),
        ({"email": ["cleo@example.org"], "email_verified": True}, "vouches for no e-mail"),
        ({"email": "cleo@example.org\n", "email_verified": True}, "vouches for no e-mail"),
        ({"email": "c" * 20_000, "email_verified": True}, "vouches for no e-mail"),
        ({"email": "cl\u0435o@example.org", "email_verified": True}, "is not on the list"),
        (
            {"email": "eve@example.org", "email_verified": True, "groups": ["curator"] * 2000,
             "role": "curator", "emails": ["cleo@example.org"]},
            "is not on the list",
        ),
        ({"email": "cleo@example.org", "email_verified": True, "iat": 1}, "is too old"),
        ({"email": "cleo@example.org", "email_verified": True, "aud": "them"}, "Log in"),
        ({"email": "cleo@example.org", "email_verified": True, "iss": "https://e.org"}, "Log in"),
        ({"email": "cleo@example.org", "email_verified": True, "nonce": "another"}, "Log in"),
        ({"email": "cleo@example.org", "email_verified": True, "exp": 1}, "Log in"),
    ],
)  # fmt: skip
def test_nobody_else_enters_through_the_provider(site: str, told: dict[str, Any], why: str) -> None:
    browser, last = through_provider(site, **told)
    assert (last.status_code, why in last.text) == (401, True)
    assert browser.get(f"{site}/_stcore/health").status_code == 401


def test_a_token_that_another_key_signed_is_no_log_in(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The provider's public key stays the one it had; the token comes from somebody else."""
    forged = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
    public = Provider.key.as_dict(private=False)
    monkeypatch.setattr(Provider, "key", forged)
    monkeypatch.setattr(forged, "as_dict", lambda private: public)  # noqa: ARG005
    browser, last = through_provider(site, email="cleo@example.org", email_verified=True)
    assert last.status_code == 401
    assert browser.get(f"{site}/_stcore/health").status_code == 401


JUNK = (
    "", "x", "x" * 8000, "%00", "%0d%0aSet-Cookie:a=b", "..%2f..%2f", "%3Cscript%3E", "%ff%fe",
    "\u202e", "_state_default_x",
)  # fmt: skip


def test_calls_that_no_provider_sent_are_no_log_in(site: str) -> None:
    calls = [
        f"{site}/{path}"
        for junk in JUNK
        for path in (
            f"oauth2callback?code={junk}&state={junk}", f"auth/login?provider={junk}",
            f"oauth2callback?error={junk}&error_description={junk}", f"login/through/{junk}",
        )
    ]  # fmt: skip
    for call in [*calls, f"{site}/oauth2callback", f"{site}/oauth2callback?state=a&state=b&code=c"]:
        answer = requests.get(call, headers={"Accept": "text/html"})
        assert (answer.status_code, "Log in" in answer.text) == (401, True), call[:200]
        assert "script>" not in answer.text


def signed(told: object, key: str = KEY) -> str:
    """Return the cookie in which Streamlit keeps what a provider said."""
    written = told if isinstance(told, str) else json.dumps(told)
    return f"_streamlit_user={create_signed_value(key, '_streamlit_user', written).decode()}"


def test_a_cookie_that_was_made_up_is_no_log_in(site: str) -> None:
    now = int(time.time())
    told = {"email": "cleo@example.org", "email_verified": True, "iat": now, "is_logged_in": True}
    good = signed(told)
    changed = [{**told, "iat": iat} for iat in (
        now - 3600, now + 3600, True, None, "now", float("nan"), float("inf"), -1, [], 10**400,
    )] + [{**told, "is_logged_in": value} for value in (False, None, 1, "true")] + [
        {**told, "email": f"{sign}cleo@example.org"} for sign in ("\ud800", "\0", "\u202e", " ")
    ]  # fmt: skip
    cookies = [
        signed(told, "of somebody else, and long enough to be one"), f"{good[:-4]}abcd",
        *map(signed, changed), *map(signed, ("[]", "null", "1", "{", "chunks-1", "chunks-9999999")),
        "_streamlit_user=" + "x" * 8000, "_streamlit_user=" + "x" * 60_000,
        "_streamlit_user=x; " + "; ".join(f"_streamlit_user_{i}=x" for i in range(500)),
        "_streamlit_session=" + "x" * 8000,
    ]  # fmt: skip
    for cookie in cookies:
        answer = requests.get(site, headers={"Accept": "text/html", "Cookie": cookie})
        assert (answer.status_code, "Log in" in answer.text) == (401, True), cookie[:200]
        assert "reformgraph-" not in answer.headers.get("set-cookie", "")
    # The same, told as it must be, lets in: what was refused was refused for what was wrong in it.
    answer = requests.get(site, headers={"Accept": "text/html", "Cookie": good})
    assert (answer.status_code, "Welcome" in answer.text) == (200, True)


FAILING = f'''
import logging
import streamlit as st
from explorer.door import run, tell_failure
if __name__ == "__main__":
    logging.getLogger("other").warning("met %s", "{CANARY}")
    st.title("Before")
    raise ValueError("{CANARY} of Invented Street")
app = st.App(__file__, lifespan=run, on_script_error=tell_failure)
'''


def test_neither_page_nor_log_says_what_an_exception_says(tmp_path: Path, visit: Opens) -> None:
    script = tmp_path / "failing.py"
    script.write_text(FAILING)
    port = free_port()
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true",
             f"--server.port={port}", "--server.address=127.0.0.1",
             "--browser.gatherUsageStats=false", "--client.showErrorDetails=full"],
            cwd=ROOT, env={"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
            stdout=log, stderr=log,
        )  # fmt: skip
        try:
            while not is_taken(port):
                assert server.poll() is None
                time.sleep(0.1)
            page = visit().page
            page.goto(f"http://127.0.0.1:{port}")
            expect(page.get_by_text("Something went wrong here")).to_be_visible()
            assert CANARY not in page.content()
        finally:
            server.terminate()
            server.wait(timeout=20)
    told = (tmp_path / "log").read_text()
    assert CANARY not in told
    assert "Invented" not in told
    assert re.search(r"ValueError\n(.*\n)*.*failing\.py line 8 in <module>", told), told
