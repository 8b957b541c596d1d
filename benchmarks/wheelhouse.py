"""An installation without a network, tried: fetch, carry over, install, build, open the explorer.

    python -m benchmarks.wheelhouse

Run from the project's folder, before a release. The first step needs a network; the others run in
a namespace of the system that has none (Linux, `unshare`). Prints a line a step; exit code 1 at the
first that fails.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from rich.console import Console

from benchmarks import load
from explorer.main import PAGES

PINS = "requirements.txt"
NO_NETWORK = ("unshare", "--map-root-user", "--net")
SET_FLAGS, UP = 0x8914, 0x1  # SIOCSIFFLAGS and IFF_UP of Linux
ELSEWHERE = ("192.0.2.1", 443)
"""An address that documentation uses and nobody has."""

out = Console(soft_wrap=True, highlight=False, markup=False)


def main() -> int:
    """Run all steps; return the exit code."""
    if len(sys.argv) > 1:
        return without_network(Path(sys.argv[1]))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fetch(folder / "wheelhouse")
        shutil.copy(PINS, folder)
        inside = [*NO_NETWORK, sys.executable, "-m", "benchmarks.wheelhouse", str(folder)]
        try:
            return subprocess.run(inside).returncode
        except OSError as error:
            return fail(f"this system grants no namespace without a network: {error}")


def fetch(wheelhouse: Path) -> None:
    """Fetch every pinned file, and build the project's own wheel."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    files = ["--require-hashes", "--only-binary", ":all:", "-r", PINS, "-d", str(wheelhouse)]
    subprocess.run([*pip, "download", "-qq", *files], check=True)
    own = ["--no-deps", "--no-build-isolation", ".", "-w", str(wheelhouse)]
    subprocess.run([*pip, "wheel", "-qq", *own], check=True)
    size = sum(file.stat().st_size for file in wheelhouse.iterdir())
    out.print(f"fetched {len(list(wheelhouse.iterdir()))} files, {size / 1e6:.0f} MB")


def without_network(folder: Path) -> int:
    """Install, build and serve in this process's namespace; return the exit code."""
    have_loopback()
    try:
        socket.create_connection(ELSEWHERE, timeout=5).close()
        return fail("there is a network here: nothing is shown")
    except OSError as error:
        out.print(f"no other machine is within reach ({error.strerror})")
    python, began = folder / "venv" / "bin" / "python", time.monotonic()
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    if refusal := install_changed(folder, python):
        return fail(refusal)
    out.print("a file with one changed byte is refused")
    wheelhouse = str(folder / "wheelhouse")
    pinned = ["--find-links", wheelhouse, "--require-hashes", "-r", str(folder / PINS)]
    (own,) = (folder / "wheelhouse").glob("reformgraph-*.whl")
    for wanted in (pinned, ["--no-deps", str(own)]):
        if pip_install(python, *wanted).returncode:
            return fail("the installation failed, see above")
    subprocess.run([python, "-m", "pip", "check", "--disable-pip-version-check"], check=True)
    out.print(f"installed without an index in {time.monotonic() - began:.0f} s")
    return used(folder, python.with_name("reformgraph"))


def have_loopback() -> None:
    """Switch on this machine's own address, which a new namespace has switched off."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh14x", b"lo", UP))


def pip_install(python: Path, *wanted: str) -> subprocess.CompletedProcess[str]:
    """Install without any index, whatever the settings of pip on this machine say."""
    settings = {"PIP_CONFIG_FILE": os.devnull, "PATH": os.environ["PATH"]}
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "-q", "--no-index"]
    return subprocess.run([*pip, *wanted], env=settings, text=True, stderr=subprocess.PIPE)


def install_changed(folder: Path, python: Path) -> str:
    """Try to install from a wheelhouse in which one byte is another; return what went wrong."""
    changed = folder / "changed"
    changed.mkdir()
    (whole,) = (folder / "wheelhouse").glob("idna-*.whl")
    content = bytearray(whole.read_bytes())
    content[len(content) // 2] ^= 1
    (changed / whole.name).write_bytes(content)
    digest = hashlib.sha256(whole.read_bytes()).hexdigest()
    version = whole.name.split("-")[1]
    (changed / PINS).write_text(f"idna=={version} --hash=sha256:{digest}\n")
    pinned = ["--find-links", str(changed), "--require-hashes", "-r", str(changed / PINS)]
    told = pip_install(python, *pinned)
    if told.returncode == 0:
        return "a file with a changed byte was installed"
    return "" if "DO NOT MATCH THE HASHES" in told.stderr else told.stderr


def used(folder: Path, command: Path) -> int:
    """Build the snapshot and open the explorer from a foreign folder; return the exit code."""
    home = folder / "home"
    settings = {"REFORMGRAPH_HOME": str(home), "PATH": os.defpath, "COLUMNS": "100"}
    if subprocess.run([command, "build"], cwd=folder, env=settings).returncode:
        return fail("the snapshot was not built, see above")
    with load.served([command], home) as address:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=30) as answer:
            out.print(f"the explorer answers: {answer.status} {answer.read().decode()}")
        # It says so even where every page fails.
        visits = asyncio.run(load.at_once(address, 1, len(PAGES)))
    if faults := [f"{visit.page}: {visit.fault}" for visit in visits if visit.fault]:
        return fail("; ".join(faults))
    out.print(f"{len(visits)} pages run to their last line")
    return 0


def fail(why: str) -> int:
    """Say what failed; return the exit code."""
    Console(stderr=True, soft_wrap=True, highlight=False, markup=False).print(why)
    return 1


if __name__ == "__main__":
    sys.exit(main())
