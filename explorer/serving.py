"""The explorer as a server, on this machine for this machine unless its users are known."""

from __future__ import annotations

import ipaddress
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from importlib.resources import as_file, files

from explorer.access.nearness import is_loopback
from explorer.access.users import SHORTEST_KEY, Users
from explorer.settings import Settings, environment_for
from explorer.workspace import overdue
from ontology.errors import ReformError, UsageError

ADDRESS = "127.0.0.1"
SECRETS = "secrets.toml"
"""In the workspace: the provider through which users log in, as Streamlit wants it written."""
OPTIONS = {
    "browser.gatherUsageStats": "false",
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "server.address": ADDRESS,
    # A folder in which somebody stands may hold a config.toml that says otherwise.
    "server.enableAgentApi": "false",
    "server.enableCORS": "true",
    "server.enableXsrfProtection": "true",
    "server.fileWatcherType": "none",
    "server.headless": "true",
    "global.developmentMode": "false",
    # Else Streamlit asks a server on the network for this machine's address, to print it.
    "logger.hideWelcomeMessage": "true",
    "logger.level": "warning",
    "runner.magicEnabled": "false",
    # Else Python looks for garbage through the whole corpus after each run, and what the run drew
    # waits for it (streamlit#8977): 70 of 130 ms. Without it Python still looks when it sees fit.
    "runner.postScriptGC": "false",
}
"""What Streamlit is told, whatever its own settings say: no listener outside, no telemetry."""


def free_port(address: str = ADDRESS) -> int:
    """Return a port nobody uses on this machine right now."""
    with socket.socket() as probe:
        probe.bind((address, 0))
        return int(probe.getsockname()[1])


def is_taken(port: int, address: str = ADDRESS) -> bool:
    """Tell whether somebody listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex((_reachable(address), port)) == 0


def _reachable(address: str) -> str:
    return ADDRESS if ipaddress.ip_address(address).is_unspecified else address


def check_address(settings: Settings, address: str) -> None:
    """Refuse to listen where others can call, unless somebody may enter and by which name is known.

    Raises UsageError.
    """
    try:
        listened = ipaddress.IPv4Address(address)
    except ValueError as error:
        raise UsageError(f"{address}: is no IPv4 address. Give one, such as {ADDRESS}.") from error
    if (settings.tls_certificate is None) != (settings.tls_key is None):
        raise UsageError("REFORMGRAPH_TLS_CERTIFICATE and REFORMGRAPH_TLS_KEY: set both or none.")
    if listened.is_loopback:
        return
    users = Users(settings.home).read()
    by_provider = (settings.home / SECRETS).is_file()
    if not any(user.password or (user.email and by_provider) for user in users):
        raise UsageError(
            f"{address}: others could call there, and nobody is set up to log in. Say "
            "`reformgraph access add NAME --role curator` first."
        )
    if listened.is_unspecified and not settings.host_names:
        raise UsageError(
            f"{address}: under which names browsers call is not known. Set REFORMGRAPH_HOSTS."
        )


def check_providers(settings: Settings) -> None:
    """Refuse providers in secrets.toml of which Streamlit says nothing where they cannot work.

    What they say of somebody is signed with a key of that file: whoever guesses it can say it.
    Raises UsageError.
    """
    path = settings.home / SECRETS
    if not path.is_file():
        return
    try:
        section = tomllib.loads(path.read_text("utf-8")).get("auth", {})
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}). Check the rights.") from error
    except (ValueError, RecursionError) as error:  # a list may be too deep
        raise UsageError(f"{path}: is not TOML. Mend it as docs/access.md says.") from error
    if not isinstance(section, dict):
        raise UsageError(f"{path}: `auth` is no table. Write it as docs/access.md says.")
    if not section:
        return
    if not str(section.get("redirect_uri", "")).endswith("/oauth2callback"):
        raise UsageError(f"{path}: `redirect_uri` does not end in /oauth2callback. Mend it.")
    if len(str(section.get("cookie_secret", ""))) < SHORTEST_KEY:
        raise UsageError(
            f"{path}: `cookie_secret` has not {SHORTEST_KEY} characters, so that it could be "
            "guessed. Write what `python -c 'import secrets; print(secrets.token_hex())'` prints."
        )


def command(settings: Settings, port: int, address: str = ADDRESS) -> list[str]:
    """Return the command that serves the explorer."""
    given = {**OPTIONS, "server.address": address, "server.port": str(port)}
    if settings.tls_certificate and settings.tls_key:
        given["server.sslCertFile"] = str(settings.tls_certificate)
        given["server.sslKeyFile"] = str(settings.tls_key)
    with as_file(files("explorer")) as folder:
        given["theme.base"] = str(folder / "theme.toml")
        given["secrets.files"] = str(settings.home / SECRETS)
        options = [f"--{name}={value}" for name, value in given.items()]
        # -P: no module is taken from the folder in which somebody happens to stand.
        return [sys.executable, "-P", "-m", "streamlit", "run", str(folder / "door.py"), *options]


def told(settings: Settings, port: int, address: str) -> list[str]:
    """Return in lines where the explorer is, and what is wrong with that or with its corpus."""
    scheme = "https" if settings.tls_certificate else "http"
    name = address
    if not is_loopback(address):
        name = next(iter(settings.host_names), address)
    lines = [f"reformgraph is at {scheme}://{name}:{port} (Ctrl-C stops it)"]
    if scheme == "http" and not is_loopback(address):
        lines.append(
            "WARNING: passwords go over this network unencrypted. Set REFORMGRAPH_TLS_CERTIFICATE "
            "and REFORMGRAPH_TLS_KEY, or put a proxy with TLS before 127.0.0.1."
        )
    return lines + overdue(settings.home)


def serve(
    settings: Settings, port: int, tell: Callable[[str], None], address: str = ADDRESS
) -> int:
    """Serve the explorer until it is stopped; return its exit code, 0 when somebody stopped it.

    `tell` gets the address once it answers. Raises ReformError when the port is taken. Whether
    others may call at the address is `check_address`'s to say, and the door's to hold them to.
    """
    settings = with_name(settings, address)
    port = port or free_port(address)
    if is_taken(port, address):
        raise ReformError(f"port {port} is taken. Name another with --port, or 0 for any.")
    # Being asked to stop is the same as Ctrl-C: the server must not stay behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        server = subprocess.Popen(
            command(settings, port, address),
            env=environment_for(settings), stdout=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError as error:
        raise ReformError(f"the explorer cannot start ({error.strerror}). Reinstall it.") from error
    try:
        while server.poll() is None and not is_taken(port, address):
            time.sleep(0.1)
        if server.poll() is None:
            for line in told(settings, port, address):
                tell(line)
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        return 0


def with_name(settings: Settings, address: str) -> Settings:
    """Return settings under which the explorer answers to the address it listens on, too."""
    if is_loopback(address) or ipaddress.ip_address(address).is_unspecified:
        return settings
    names = ",".join([*settings.host_names, address])
    return settings.model_copy(update={"hosts": names})
