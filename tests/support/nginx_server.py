"""A real nginx with the configuration of macros/publish/, on a free port of the loopback address."""

import contextlib
import os
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# Where Debian puts programs that belong to no ordinary user.
SEARCH = f"{os.environ.get('PATH', '')}:/usr/local/sbin:/usr/sbin"
DEADLINE = 120  # seconds; a busy machine starts a program late


@contextlib.contextmanager
def nginx_server(site: Path, prefix: Path, address: str) -> Iterator[None]:
    """Serve a built site on an address (`127.0.0.1:8080`) for as long as the block runs.

    `prefix` is an empty folder for what nginx writes. Raises RuntimeError with nginx's own words
    if it does not start.
    """
    text = subprocess.run(
        [sys.executable, "-m", "macros.publish.nginx", site, address], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    (prefix / "temp").mkdir()
    (prefix / "nginx.conf").write_text(text, encoding="utf-8")
    # As root, nginx would serve as a user that may not read the folders of the tests.
    options = "daemon off;" + (" user root;" if os.geteuid() == 0 else "")
    with (prefix / "said.txt").open("w") as said:
        server = subprocess.Popen(
            [shutil.which("nginx", path=SEARCH), "-p", prefix, "-c", prefix / "nginx.conf", "-g", options], stderr=said
        )
    try:
        until_open(server, address, prefix / "said.txt")
        yield
    finally:
        server.terminate()
        server.wait(DEADLINE)


def free_address() -> str:
    """A port of the loopback address that nothing listens on.

    It is not one that the system gives to whoever asks for any, so that nobody takes it before nginx does.
    """
    for port in random.sample(range(20_000, 30_000), 100):
        with socket.socket() as one, contextlib.suppress(OSError):
            one.bind(("127.0.0.1", port))
            return f"127.0.0.1:{port}"
    raise RuntimeError("There is no free port from 20000 to 29999.")


def until_open(server: subprocess.Popen, address: str, said: Path) -> None:
    """Come back as soon as the server takes a connection."""
    host, _, port = address.partition(":")
    end = time.monotonic() + DEADLINE
    while server.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection((host, int(port)), timeout=1):
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(0.02)
    raise RuntimeError(f"nginx does not serve on {address}: {said.read_text()}")
