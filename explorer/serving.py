"""The explorer as a server on this machine, for this machine only."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.resources import as_file, files

from explorer.settings import Settings, environment_for
from ontology.errors import ReformError, UsageError

ADDRESS = "127.0.0.1"
OPTIONS = {
    "browser.gatherUsageStats": "false",
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "server.address": ADDRESS,
    "server.fileWatcherType": "none",
    "server.headless": "true",
    "global.developmentMode": "false",
    "logger.level": "warning",
    "runner.magicEnabled": "false",
}
"""What Streamlit is told, whatever its own settings say: no listener outside, no telemetry."""


def free_port() -> int:
    """Return a port nobody uses on this machine right now."""
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        return int(probe.getsockname()[1])


def is_taken(port: int) -> bool:
    """Tell whether somebody listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex((ADDRESS, port)) == 0


def command(port: int) -> list[str]:
    """Return the command that serves the explorer."""
    with as_file(files("explorer")) as folder:
        given = {**OPTIONS, "server.port": str(port), "theme.base": str(folder / "theme.toml")}
        options = [f"--{name}={value}" for name, value in given.items()]
        # -P: no module is taken from the folder in which somebody happens to stand.
        return [sys.executable, "-P", "-m", "streamlit", "run", str(folder / "door.py"), *options]


def serve(settings: Settings, port: int, tell: Callable[[str], None]) -> int:
    """Serve the explorer until it is stopped; return its exit code, 0 when somebody stopped it.

    `tell` gets the address once it answers. Raises UsageError when the port is taken.
    """
    port = port or free_port()
    if is_taken(port):
        raise UsageError(f"port {port} is taken. Name another with --port, or 0 for any.")
    # Being asked to stop is the same as Ctrl-C: the server must not stay behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        server = subprocess.Popen(
            command(port), env=environment_for(settings), stdout=subprocess.DEVNULL
        )
    except OSError as error:
        raise ReformError(f"the explorer cannot start ({error.strerror}). Reinstall it.") from error
    try:
        while server.poll() is None and not is_taken(port):
            time.sleep(0.1)
        if server.poll() is None:
            tell(f"reformgraph is at http://{ADDRESS}:{port} (Ctrl-C stops it)")
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        return 0
