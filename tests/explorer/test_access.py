"""The door: who is let in, who is not, and what a log-in stands on."""

import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit import config
from streamlit.runtime.secrets import AttrDict
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from typer.testing import CliRunner

from explorer import door
from explorer.access import providers
from explorer.access.guard import Guard, own
from explorer.access.sessions import (
    FORGOTTEN,
    FREE,
    LIFE,
    LONGEST_WAIT,
    SESSIONS,
    Sessions,
    Throttle,
)
from explorer.access.users import FILE, SHORTEST, SHORTEST_KEY, User, Users
from explorer.cli import app as cli
from explorer.serving import check_address, check_providers, told
from explorer.settings import Settings
from ingest.roles import Role
from ontology.errors import NotFoundError, ReformError, StoreError, UsageError

PASSWORD = "a long enough one"
STREAM = "ws://127.0.0.1/_stcore/stream"
PAGE = {"Accept": "text/html"}
BEHIND = ["/", "/review", "/_stcore/health", "/_stcore/host-config", "/media/a.png", "/nowhere"]
Enters = Callable[..., TestClient]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A file of users; the hash is a cheap one, since hashing takes its time on purpose."""
    folder = tmp_path_factory.mktemp("users")
    users = Users(folder)
    with pytest.MonkeyPatch.context() as cheap:
        cheap.setattr("explorer.access.users._KIBIBYTES", 64)
        users.add("Ada", Role.reviewer, password=PASSWORD)
    users.add("Cleo", Role.curator, email="Cleo@Example.org")
    return (folder / FILE).read_bytes()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A workspace without users."""
    folder = tmp_path / "workspace"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def users(home: Path, kept: bytes) -> Users:
    """The users of the workspace: Ada with a password, Cleo with an e-mail address."""
    (home / FILE).write_bytes(kept)
    return Users(home)


async def behind(scope: Scope, receive: Receive, send: Send) -> None:
    """What stands behind the door: it answers whatever comes through."""
    if scope["type"] == "websocket":
        socket = WebSocket(scope, receive, send)
        await socket.accept()
        try:
            while True:
                await socket.send_text(f"heard {await socket.receive_text()}")
        except WebSocketDisconnect:
            return
    await PlainTextResponse("inside")(scope, receive, send)


@pytest.fixture
def enters(home: Path, monkeypatch: pytest.MonkeyPatch) -> Enters:
    """Call at the door, from this machine unless said otherwise."""

    def called(client: str = "127.0.0.1", listens: str | None = "127.0.0.1") -> TestClient:
        monkeypatch.setattr(config, "get_option", {"server.address": listens}.get)
        monkeypatch.setattr("explorer.access.guard.providers", list)
        return TestClient(
            Guard(behind, home), base_url="http://127.0.0.1", client=(client, 4000),
            follow_redirects=False,
        )  # fmt: skip

    return called


def log_in(at: TestClient, password: str = PASSWORD, name: str = "Ada", **headers: str) -> Any:
    form = {"name": name, "password": password, "next": "/check?document=x"}
    return at.post("/login", data=form, headers=headers)


def refuses_the_websocket(at: TestClient, **headers: str) -> bool:
    try:
        with at.websocket_connect(STREAM, headers=headers):
            return False
    except WebSocketDisconnect:
        return True


# --- without users ------------------------------------------------------------------------------


def test_without_users_whoever_sits_at_this_machine_is_let_in(enters: Enters) -> None:
    at = enters()
    assert at.get("/").text == "inside"
    assert not refuses_the_websocket(at)


def test_no_page_but_our_own_opens_a_websocket(enters: Enters) -> None:
    at = enters()
    assert not refuses_the_websocket(at, Origin="http://127.0.0.1")
    for page in (
        "http://127.0.0.1:3000",
        "http://localhost:3000",
        "http://[::1]:80",
        "http://[::1",
        "https://evil.example",
        "https://127.0.0.1.evil.example",
        "null",
    ):
        assert refuses_the_websocket(at, Origin=page)


@pytest.mark.parametrize(
    ("client", "listens", "headers"),
    [
        ("192.0.2.7", "127.0.0.1", {}),
        ("127.0.0.1", "0.0.0.0", {}),
        ("127.0.0.1", None, {}),
        ("127.0.0.1", "127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}),
        ("127.0.0.1", "127.0.0.1", {"Forwarded": "for=192.0.2.7"}),
    ],
    ids=["another machine", "all addresses", "no address said", "a proxy", "a newer proxy"],
)
def test_without_users_nobody_else_is_let_in(
    client: str, listens: str | None, headers: dict[str, str], enters: Enters
) -> None:
    at = enters(client, listens)
    at.headers.update(headers)
    for path in (*BEHIND, "/login"):
        answer = at.get(path)
        assert (answer.status_code, "inside" in answer.text) == (403, False), path
        assert "reformgraph access add" in answer.text
    assert log_in(at).status_code == 403
    assert refuses_the_websocket(at)


# --- with users ---------------------------------------------------------------------------------


@pytest.mark.parametrize("cookie", [None, "forged", ""])
@pytest.mark.usefixtures("users")
def test_with_users_nothing_is_answered_before_the_log_in(
    cookie: str | None, enters: Enters
) -> None:
    at = enters()
    if cookie is not None:
        at.cookies.set(at.app.cookie, cookie)  # type: ignore[attr-defined]
    for path in BEHIND:
        for headers in (PAGE, {}):
            answer = at.get(path, headers=headers)
            assert (answer.status_code, "inside" in answer.text) == (401, False), path
    assert at.post("/_stcore/upload_file/a/b").status_code == 401
    assert refuses_the_websocket(at)


def test_a_log_in_lets_in_until_the_log_out(users: Users, enters: Enters) -> None:
    at = enters()
    answer = log_in(at)
    assert (answer.status_code, answer.headers["location"]) == (303, "/check?document=x")
    said = answer.headers["set-cookie"]
    assert all(part in said for part in ("HttpOnly", "SameSite=strict", f"Max-Age={LIFE}"))
    assert "Secure" not in said
    assert at.get("/").text == "inside"
    token = at.cookies[at.app.cookie]  # type: ignore[attr-defined]
    with at.websocket_connect(STREAM) as socket:
        socket.send_text("one")
        assert socket.receive_text() == "heard one"
        assert "You are logged out." in at.get("/logout").text
        socket.send_text("two")
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()
    at.cookies.set(at.app.cookie, token)  # type: ignore[attr-defined]
    assert at.get("/").status_code == 401
    assert users.read()


def test_over_tls_the_cookie_goes_over_tls_only(users: Users, enters: Enters) -> None:
    at = enters()
    at.base_url = "https://127.0.0.1"
    assert "Secure" in log_in(at).headers["set-cookie"]
    assert users.read()


@pytest.mark.parametrize("change", ["password", "remove", "removed and added again"])
def test_a_log_in_ends_with_the_password_and_with_the_user(
    change: str, users: Users, enters: Enters
) -> None:
    at = enters()
    log_in(at)
    assert at.get("/").text == "inside"
    if change == "password":
        users.set_password("Ada", "another long one")
    else:
        users.remove("ada")
    if change == "removed and added again":
        users.add("Ada", Role.reviewer, password=PASSWORD)
    assert at.get("/", headers=PAGE).status_code == 401


def test_a_wrong_password_and_an_unknown_name_are_told_alike(users: Users, enters: Enters) -> None:
    users.set_password("Ada", PASSWORD)
    at = enters()
    told, took = set(), []
    for name, password in (("Ada", "a long wrong one!"), ("Eve", PASSWORD), ("Cleo", "")):
        began = time.process_time()
        answer = log_in(at, password, name)
        took.append(time.process_time() - began)
        assert answer.status_code == 401
        assert "set-cookie" not in answer.headers
        told.add(re.search(r'role="alert">([^<]*)', answer.text)[1])  # type: ignore[index]
    assert told == {"The name or the password is wrong."}
    assert max(took) < 5 * min(took)
    assert users.with_password("ADA", PASSWORD)


def test_who_fails_often_waits_whatever_the_password(users: Users, enters: Enters) -> None:
    at = enters()
    users.add("Bo Berg", Role.reader, password=PASSWORD)
    for number in range(1, FREE + 2):  # from wherever, with whatever spaces in the name
        there = TestClient(at.app, base_url="http://127.0.0.1", client=(f"192.0.2.{number}", 4000))
        assert log_in(there, "wrong wrong wrong", f"bo{' ' * number}Berg").status_code == 401
    answer = log_in(at, name="Bo Berg")
    assert (answer.status_code, int(answer.headers["retry-after"]) > 0) == (429, True)
    assert users.read()


def test_a_log_in_from_the_page_of_another_site_is_refused(users: Users, enters: Enters) -> None:
    at = enters()
    for headers in (
        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.example"}, {"Origin": "null"},
    ):  # fmt: skip
        assert log_in(at, **headers).status_code == 403
    assert log_in(at, Origin="http://127.0.0.1").status_code == 303
    assert users.read()


def test_a_log_in_leads_nowhere_else(users: Users) -> None:
    for address in (
        "//evil.example",
        "/\\evil.example",
        "http://evil.example/",
        "evil",
        "/a\nb",
        "",
    ):
        assert own(address) == "/"
    assert own("/check?document=x") == "/check?document=x"
    assert users.read()


def test_whoever_follows_a_link_is_not_asked_again(users: Users, enters: Enters) -> None:
    at = enters()
    followed = at.get("/check?a=b", headers={**PAGE, "Sec-Fetch-Site": "cross-site"}).text
    assert '<meta http-equiv="refresh" content="0;url=/check?a=b">' in followed
    assert "refresh" not in at.get("/check", headers={**PAGE, "Sec-Fetch-Site": "none"}).text
    assert users.read()


def test_the_log_in_page_holds_no_script_and_no_data(users: Users, enters: Enters) -> None:
    answer = enters().get('/"><script>alert(1)</script>', headers=PAGE)
    assert "<script" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert not any(user.name in answer.text for user in users.read())


def test_an_endless_form_is_cut_off(users: Users, enters: Enters) -> None:
    assert enters().post("/login", content=b"name=" + b"a" * 100_000).status_code == 413
    assert users.read()


def test_a_damaged_list_of_users_lets_nobody_in(users: Users, enters: Enters) -> None:
    users.path.write_text("{}}")
    at = enters()
    assert at.get("/").status_code == 503
    assert refuses_the_websocket(at)
    with pytest.raises(StoreError, match="is damaged"):
        users.read()


# --- users, sessions, waiting -------------------------------------------------------------------


def test_a_password_is_kept_as_a_salted_slow_hash(users: Users) -> None:
    users.set_password("Ada", PASSWORD)
    kept = users.path.read_text()
    assert PASSWORD not in kept
    assert "$argon2id$v=19$m=65536,t=3,p=4$" in kept
    users.add("Bea", Role.reader, password=PASSWORD)
    hashes = {user.password for user in users.read() if user.password}
    assert len(hashes) == 2
    if os.name == "posix":
        assert users.path.stat().st_mode & 0o077 == 0


def test_a_user_has_one_name_one_address_and_a_long_password(users: Users) -> None:
    for name, more in (
        ("ADA ", {"password": PASSWORD}), ("Eve", {"password": "x" * (SHORTEST - 1)}),
        ("E", {"password": PASSWORD}), ("Eve", {"email": "cleo@example.ORG"}),
        ("Eve", {"email": "nobody"}), ("Eve\n", {"email": "a@b\n.org"}),
        ("Ad\u0430", {"email": "a@b.org"}), ("Ad\u200ba", {"email": "a@b.org"}),
    ):  # fmt: skip
        with pytest.raises(ReformError):
            users.add(name, Role.reader, **more)
    with pytest.raises(NotFoundError):
        users.remove("Eve")
    assert [user.name for user in users.read()] == ["Ada", "Cleo"]


def test_kinds_of_spaces_make_no_other_name(users: Users) -> None:
    added = users.add("Bo\u2009 Berg", Role.reader, email="bo@example.org")
    assert (added.name, users.named("bo  berg")) == ("Bo Berg", added)
    with pytest.raises(ReformError, match="is a user already"):
        users.add("Bo\u00a0Berg", Role.reader, email="other@example.org")


def test_a_log_in_ends_by_itself(users: Users) -> None:
    now = [0.0]
    sessions = Sessions(lambda: now[0])
    token = sessions.begin(users.named("Ada"))
    now[0] = LIFE - 1
    assert isinstance(sessions.user(token, users), User)
    now[0] = LIFE
    assert sessions.user(token, users) is None


def test_waiting_grows_to_a_bound_and_is_forgotten_after_success() -> None:
    now = [0.0]
    throttle = Throttle(lambda: now[0])
    waits = []
    for _ in range(FREE + 10):
        waits.append(throttle.attempt("Ada", "here"))
        now[0] += waits[-1] + 0.001
        if waits[-1]:
            assert throttle.attempt("Ada", "elsewhere") == 0
    assert waits[: FREE + 1] == [0] * (FREE + 1)
    assert 2 < max(waits) <= LONGEST_WAIT + 1
    assert throttle.attempt("Ada", "here") > 0
    throttle.succeeded("Ada", "here", "elsewhere")
    assert [throttle.attempt("Ada", "here") for _ in range(FREE + 1)] == [0] * (FREE + 1)
    assert throttle.attempt("Ada", "here") > 0
    now[0] += 2 * FORGOTTEN
    assert [throttle.attempt("Ada", "here") for _ in range(FREE + 1)] == [0] * (FREE + 1)


# --- where it listens ---------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["0.0.0.0", "192.0.2.1"])
def test_another_address_than_this_machines_wants_users(
    address: str, home: Path, kept: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFORMGRAPH_HOME", str(home))
    refused = CliRunner().invoke(cli, ["explore", "--address", address])
    assert refused.exit_code == 2
    assert "nobody is set up to log in" in refused.stderr
    assert refused.stderr.count("\n") == 1
    (home / FILE).write_bytes(kept)
    check_address(Settings(home=home, hosts="graph.example"), address)
    where, warned = told(Settings(home=home, hosts="graph.example"), 8501, address)
    assert "http://graph.example:8501" in where
    assert "passwords go over this network unencrypted" in warned


def test_users_by_e_mail_want_a_provider(home: Path) -> None:
    Users(home).add("Cleo", Role.curator, email="cleo@example.org")
    with pytest.raises(UsageError, match="nobody is set up"):
        check_address(Settings(home=home), "192.0.2.1")
    (home / "secrets.toml").write_text("[auth]\n")
    check_address(Settings(home=home), "192.0.2.1")


@pytest.mark.parametrize(
    ("secrets", "says"),
    [
        ("auth = = 1", "is not TOML"),
        ("auth = 1", "is no table"),
        ("[auth]\ncookie_secret = 'x'", "redirect_uri"),
        ("[auth]\nredirect_uri = 'https://graph.example/'", "redirect_uri"),
        ("[auth]\nredirect_uri = 'https://graph.example/oauth2callback'", "could be guessed"),
        (
            "[auth]\nredirect_uri = 'https://graph.example/oauth2callback'\ncookie_secret = 'xxx'",
            "could be guessed",
        ),
    ],
)
def test_a_provider_whose_word_could_be_forged_is_refused(
    secrets: str, says: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_providers(Settings(home=home))
    (home / "secrets.toml").write_text("[other]\nkey = 1\n")
    check_providers(Settings(home=home))
    (home / "secrets.toml").write_text(secrets)
    monkeypatch.setenv("REFORMGRAPH_HOME", str(home))
    refused = CliRunner().invoke(cli, ["explore"])
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert says in refused.stderr


def test_the_door_takes_no_word_that_could_be_forged(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"email": "cleo@example.org", "email_verified": True, "iat": time.time(),
            "is_logged_in": True}  # fmt: skip
    for key, vouched in (("", None), ("xxx", None), ("x" * SHORTEST_KEY, "cleo@example.org")):
        section = AttrDict({"client_id": "us", "cookie_secret": key})
        monkeypatch.setattr(providers, "get_secrets_auth_section", lambda s=section: s)
        monkeypatch.setattr(providers, "get_cookie_secret", lambda k=key: k)
        cookie = b"_streamlit_user=" + create_signed_value(key, "_streamlit_user", json.dumps(told))
        call = HTTPConnection({"type": "http", "headers": [(b"cookie", cookie)]})
        assert providers.verified_email(call) == (vouched, "")


def test_a_letter_that_looks_like_another_is_another(users: Users) -> None:
    users.add("Kim", Role.curator, email="Kim@Example.org")
    assert users.with_email("KIM@example.ORG") == users.named("Kim")
    for like in (
        "\u212aim@example.org", "k\u0456m@example.org", "\uff4bim@example.org",
        "kim@ex\u0430mple.org", "kim@example.org ", "kim@example.org,eve@example.org",
    ):  # fmt: skip
        assert users.with_email(like) is None


def test_all_addresses_want_a_name_and_a_word_is_no_address(users: Users) -> None:
    home = users.path.parent
    with pytest.raises(UsageError, match="Set REFORMGRAPH_HOSTS"):
        check_address(Settings(home=home), "0.0.0.0")
    with pytest.raises(UsageError, match="is no IPv4 address"):
        check_address(Settings(home=home), "graph.example")


def test_the_host_names_that_a_user_allows_are_answered_and_no_others(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFORMGRAPH_HOME", str(home))
    monkeypatch.setenv("REFORMGRAPH_HOSTS", "graph.example, 192.0.2.1")
    at = TestClient(door.called_by_name(behind))
    answers = {
        host: at.get("/", headers={"Host": host}).status_code
        for host in ("localhost:8501", "graph.example", "192.0.2.1:80", "evil.example")
    }
    assert answers == {
        "localhost:8501": 200, "graph.example": 200, "192.0.2.1:80": 200, "evil.example": 400,
    }  # fmt: skip


# --- the command --------------------------------------------------------------------------------


def test_users_are_added_listed_and_removed_without_a_password_on_the_line(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFORMGRAPH_HOME", str(home))
    run = CliRunner().invoke
    assert "There are no users" in run(cli, ["access", "list"]).stdout
    added = run(cli, ["access", "add", "Ada", "--role", "reader"], input=f"{PASSWORD}\n")
    assert (added.exit_code, added.stdout) == (0, "Ada: may enter as reader.\n")
    changed = run(cli, ["access", "password", "Ada"], input="another long one\n")
    assert changed.exit_code == 0
    assert Users(home).with_password("Ada", "another long one")
    run(cli, ["access", "add", "Cleo", "--role", "curator", "--email", "cleo@example.org"])
    listed = run(cli, ["access", "list"]).stdout
    assert listed == "Ada  reader  password\nCleo  curator  cleo@example.org\n"
    assert run(cli, ["access", "remove", "Ada"]).exit_code == 0
    for wrong, code in ((["add", "Eve"], 2), (["remove"], 2), (["remove", "Eve"], 2)):
        failed = run(cli, ["access", *wrong])
        assert (failed.exit_code, failed.stderr.count("\n")) == (code, 1)


def test_the_list_of_users_is_in_no_backup(users: Users, tmp_path: Path) -> None:
    from ingest.safekeeping import back_up

    back_up(users.path.parent, tmp_path / "kept.tar", with_names=True)
    data = (tmp_path / "kept.tar").read_bytes()
    assert b"argon2id" not in data
    assert b"cleo@example.org" not in data


def test_one_server_keeps_one_list_of_log_ins() -> None:
    assert isinstance(SESSIONS, Sessions)
