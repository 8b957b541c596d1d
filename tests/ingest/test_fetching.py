"""Fetching: one document by http, from servers of the tests' own on this machine."""

import contextlib
import datetime as dt
import gzip
import http.server
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ingest import fetching
from ingest.addresses import file_name, is_public, shown
from ingest.fetching import FetchLimits, fetch
from ontology.errors import ReformError

QUICK = FetchLimits(seconds=1.0, size=100_000)
asked: list[tuple[str, dict[str, str]]] = []
left = threading.Event()


class Pages(http.server.BaseHTTPRequestHandler):
    """A server whose path says how it behaves."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        asked.append((self.path, dict(self.headers)))
        word = self.path.split("/")[1].partition("?")[0]
        getattr(self, f"answer_{word}")()
        self.close_connection = True

    def send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def answer_page(self) -> None:
        self.send(b"<html>Reform.</html>", Content_Type="text/html; charset=utf-8")

    def answer_cookie(self) -> None:
        self.send(b"", 302, Set_Cookie="a=b; Path=/", Location="/page")

    def answer_to(self) -> None:
        self.send(b"away", 301, Location=unquote(self.path.removeprefix("/to/")))

    def answer_chain(self) -> None:
        left = int(self.path.rpartition("/")[2])
        self.send(b"", 302, Location=f"/chain/{left - 1}" if left else "/page")

    def answer_status(self) -> None:
        self.send(b"no", int(self.path.rpartition("/")[2]))

    def answer_empty(self) -> None:
        self.send(b" \n")

    def answer_short(self) -> None:
        self.send(b"half", Content_Length="400")

    def answer_large(self) -> None:
        self.send(b"x", Content_Length="9" * 12)

    def answer_stream(self) -> None:
        self.send_response(200)
        self.end_headers()
        with contextlib.suppress(OSError):
            for _ in range(100):
                self.wfile.write(b"x" * 50_000)

    def answer_packed(self) -> None:
        self.send(gzip.compress(b"Reform."), Content_Encoding="gzip")

    def answer_bomb(self) -> None:
        self.send(gzip.compress(b"\0" * 20_000_000), Content_Encoding="gzip")

    def answer_torn(self) -> None:
        self.send(gzip.compress(b"Reform.")[:-12] + b"not a gzip", Content_Encoding="gzip")

    def answer_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.drip(b"x")

    def answer_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self.drip(b"x")

    def drip(self, drop: bytes) -> None:
        with contextlib.suppress(OSError):
            for _ in range(300):  # half a minute: far more than anybody here waits
                self.wfile.write(drop)
                self.wfile.flush()
                if left.wait(0.1):
                    return

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@contextlib.contextmanager
def serving(prepare: Callable[[Any], Any] = lambda plain: plain) -> Iterator[int]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        server.socket = prepare(server.socket)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving() as port:
        yield port


@pytest.fixture(autouse=True)
def nothing_asked_yet() -> None:
    asked.clear()


@pytest.fixture
def site(port: int) -> str:
    return f"http://127.0.0.1:{port}"


@pytest.fixture
def public_site(site: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The server, taken for one on the public internet."""
    monkeypatch.setattr(fetching, "is_public", lambda ip: ip == "127.0.0.1" or is_public(ip))
    return site


def to(target: str) -> str:
    """The path of a page that redirects to an address."""
    return f"to/{quote(target, safe='')}"


def refusal(url: str, limits: FetchLimits = QUICK) -> str:
    with pytest.raises(ReformError) as caught:
        fetch(url, limits)
    line = str(caught.value)
    assert line.isprintable()  # one line, nothing that moves a terminal's cursor
    assert line.endswith(".")
    return line


def test_a_page_comes_with_where_and_when_it_was_got(site: str) -> None:
    before = dt.datetime.now(dt.UTC)
    page = fetch(f" {site}/page/Report%202025.html?x=1#part\n")
    assert page.data == b"<html>Reform.</html>"
    assert page.media_type == "text/html; charset=utf-8"
    assert page.name == "Report 2025.html"
    assert page.asked == f"{site}/page/Report%202025.html?x=1#part"
    assert before <= page.fetched <= dt.datetime.now(dt.UTC)
    assert page.fetched.tzinfo is dt.UTC


def test_the_request_says_who_asks_and_nothing_more(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    fetch(f"{site}/cookie")
    assert [path for path, _ in asked] == ["/cookie", "/page"]
    for _, headers in asked:
        assert set(headers) <= {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
        assert headers["User-Agent"].startswith("reformgraph")


def test_redirects_are_followed_up_to_five(site: str) -> None:
    page = fetch(f"{site}/chain/4")
    assert (page.asked, page.url) == (f"{site}/chain/4", f"{site}/page")
    assert "redirects more than 5 times" in refusal(f"{site}/chain/5")
    assert refusal(f"{site}/chain/900").startswith(f"{site}/chain/900: ")


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("file:///etc/passwd", "leads to file:///etc/passwd, which is not a web address"),
        ("ftp://127.0.0.1/x", "is not a web address"),
        ("http://me:secret@127.0.0.1/", "leads to http://127.0.0.1/, which carries a user name"),
        ("http://[::1", "address"),
    ],
)
def test_a_redirect_leads_only_to_a_plain_web_address(site: str, target: str, told: str) -> None:
    line = refusal(f"{site}/{to(target)}")
    assert told in line
    assert "secret@" not in line


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.2:1/", "http://10.0.0.1/", "http://[::1]:1/", "http://169.254.169.254/x"],
)
def test_a_redirect_may_not_lead_from_the_internet_into_a_private_network(
    public_site: str, target: str
) -> None:
    assert "is not on the public internet" in refusal(f"{public_site}/{to(target)}")


def test_a_private_address_that_the_user_typed_may_redirect_within_its_network(site: str) -> None:
    assert fetch(f"{site}/{to(f'{site}/page')}").url == f"{site}/page"


def test_once_on_the_internet_no_later_redirect_leads_back(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosts = {"inside.example": "127.0.0.1", "outside.example": "127.0.0.1"}
    public = iter([False, True, False])
    monkeypatch.setattr(fetching, "is_public", lambda _: next(public))
    name_hosts(monkeypatch, hosts)
    out, back = f"http://outside.example:{port}", f"http://inside.example:{port}"
    assert "is not on the public internet" in refusal(f"{back}/{to(f'{out}/{to(back)}')}")
    assert len(asked) == 2


def name_hosts(monkeypatch: pytest.MonkeyPatch, hosts: dict[str, str]) -> list[str]:
    """Let names of hosts mean addresses here; returns the names looked up, as they come."""
    real, looked_up = socket.getaddrinfo, []

    def look_up(host: Any, *arguments: Any, **named: Any) -> Any:
        looked_up.append(host)
        return real(hosts.get(host, host), *arguments, **named)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return looked_up


def test_a_host_is_looked_up_once_and_the_connection_goes_where_the_check_looked(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up = name_hosts(monkeypatch, {"library.example": "127.0.0.1"})
    assert fetch(f"http://library.example:{port}/page").data
    assert looked_up == ["library.example", "127.0.0.1"]
    assert asked[-1][1]["Host"] == f"library.example:{port}"


def test_a_host_with_letters_of_any_script_is_asked_by_its_ascii_name(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_hosts(monkeypatch, {"xn--bcher-kva.example": "127.0.0.1"})
    page = fetch(f"http://bücher.example:{port}/page/قرار.html")
    assert asked[-1][1]["Host"] == f"xn--bcher-kva.example:{port}"
    assert page.name == "قرار.html"


def test_an_unknown_host_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    line = refusal("http://nowhere.invalid/x")
    assert line == (
        "http://nowhere.invalid/x: is on a host that cannot be found. "
        "Check the spelling and your connection."
    )


@pytest.mark.parametrize("path", ["drip", "headers"])
def test_a_server_that_drips_is_left_when_the_time_is_up(site: str, path: str) -> None:
    # The server goes on until it is left: who waits for its end is told something else.
    left.clear()
    try:
        line = refusal(f"{site}/{path}", FetchLimits(seconds=0.5))
    finally:
        left.set()
    assert "did not come within 0.5 seconds" in line


@pytest.mark.parametrize("path", ["large", "stream", "bomb"])
def test_what_is_too_large_is_not_taken_in(site: str, path: str) -> None:
    assert "is larger than" in refusal(f"{site}/{path}")


def test_a_packed_page_comes_unpacked(site: str) -> None:
    assert fetch(f"{site}/packed").data == b"Reform."


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("status/401", "wants a login, or refuses (401). Open it in a browser"),
        ("status/403", "wants a login, or refuses (403)"),
        ("status/404", "is not there (404). Check the address"),
        ("status/500", "cannot be had just now (500). Try again later"),
        ("status/206", "was answered with 206, no document"),
        ("status/302", "was answered with 302, no document"),
        ("empty", "is empty"),
        ("short", "broke off or came damaged"),
        ("torn", "broke off or came damaged"),
    ],
)
def test_an_answer_that_is_no_whole_document_is_told(site: str, path: str, told: str) -> None:
    line = refusal(f"{site}/{path}")
    assert line.startswith(f"{site}/{path}: ")
    assert told in line


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("file:///etc/passwd", "is not a web address"),
        ("ftp://example.org/x", "is not a web address"),
        ("www.example.org/report", "is not a web address"),
        ("javascript:alert(1)", "is not a web address"),
        ("", "is not a web address"),
        ("http://", "names no host"),
        ("http://[::1", "is not an address"),
        ("http://example.org:99999/", "is not an address"),
        ("http://" + "a" * 300 + ".example/", "is on a host that cannot be found"),
        ("http://*.example/", "is not an address"),
        ("http://me:secret@example.org/", "carries a user name or a password"),
        ("http://example.org/a\r\nHost: evil", "holds a space, a control character"),
        ("http://example.org/a\0b", "holds a space, a control character"),
        ("http://example.org/\u202efdp.exe", "holds a space, a control character"),
        ("http://example.org\\@127.0.0.1/", "holds a space, a control character"),
    ],
)
def test_an_address_that_is_not_plain_is_refused_unasked(url: str, told: str) -> None:
    line = refusal(url)
    assert told in line
    assert "secret" not in line


def test_nobody_at_home_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        free = taken.getsockname()[1]
    assert "cannot be reached" in refusal(f"http://127.0.0.1:{free}/")


def test_a_proxy_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    looked_up = name_hosts(monkeypatch, {})
    assert "cannot be reached through the proxy" in refusal("http://library.example/page")
    assert "library.example" not in looked_up  # the proxy is to look it up, not this machine


def test_a_plain_server_spoken_to_with_https_is_told(port: int) -> None:
    assert "has no encryption that can be trusted" in refusal(f"https://127.0.0.1:{port}/page")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and its certificate for the name "localhost", made now and trusted by nobody else."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("certificate") / "localhost.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return file


def test_a_certificate_must_be_trusted_and_be_the_host_s(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    name_hosts(monkeypatch, {"other.example": "127.0.0.1", "localhost": "127.0.0.1"})
    with serving(lambda plain: context.wrap_socket(plain, server_side=True)) as port:
        untrusted = refusal(f"https://localhost:{port}/page")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
        assert fetch(f"https://localhost:{port}/page").data
        of_another = refusal(f"https://other.example:{port}/page")
    for line in (untrusted, of_another):
        assert "has no encryption that can be trusted" in line


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%1", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
    ],
)
def test_only_an_address_of_the_internet_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/reports/2025.pdf", "2025.pdf"),
        ("/reports/2025/", "2025"),
        ("/", "example.org"),
        ("/..%2F..%2Fetc%2Fpasswd", "_.._etc_passwd"),
        ("/..", "example.org"),
        ("/a%00b.pdf", "a_b.pdf"),
        ("/%E2%80%AEfdp.exe", "_fdp.exe"),
        ("/C:%5Cwindows%5Cx.pdf", "C__windows_x.pdf"),
        ("/.bashrc", "bashrc"),
        ("/" + "a" * 400 + ".pdf", "a" * 116 + ".pdf"),
        ("/%FF%FE.pdf", "\ufffd\ufffd.pdf"),
    ],
)
def test_a_name_from_an_address_is_harmless(path: str, name: str) -> None:
    assert file_name(f"http://example.org{path}") == name


def test_an_address_is_shown_short_and_without_its_password() -> None:
    assert shown("http://me:secret@example.org/x@y") == "http://example.org/x@y"
    assert len(shown("http://example.org/" + "a" * 4000)) == 201
