"""Starts the pretend sales site as a real process with a scratch database, without Django in this one."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from toiya.sandbox.tests.site_client import Shop, Site, open_shop

SOURCES = str(Path(__file__).resolve().parents[3])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_site(port: int, database: Path) -> subprocess.Popen[str]:
    """Start the site and return once it has said "ready"."""
    arguments = [sys.executable, "-m", "toiya.sandbox", "--port", str(port), "--db", str(database)]
    environment = {**os.environ, "PYTHONPATH": SOURCES}
    process = subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == "ready":
            return process
    raise AssertionError(f"the site ended with {process.wait()} before it was ready")


def stop_site(process: subprocess.Popen[str]) -> int:
    process.send_signal(signal.SIGTERM)
    try:
        return process.wait(timeout=15)
    finally:
        process.kill()


@pytest.fixture(scope="session")
def running_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    process = start_site(port, tmp_path_factory.mktemp("sandbox") / "site.sqlite3")
    yield f"http://127.0.0.1:{port}"
    assert stop_site(process) == 0


@pytest.fixture
def site(running_site: str) -> Iterator[Site]:
    """An empty site whose clock is held at 2026-04-01 10:30:00 in Japan."""
    with httpx.Client(base_url=running_site, timeout=20) as http:
        empty = Site(http)
        empty.control("reset")
        empty.set_clock("2026-04-01T10:30:00")
        yield empty


@pytest.fixture
def shop(site: Site) -> Shop:
    return open_shop(site)
