"""The web server and the worker as real processes: they start, answer, and stop when told to."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import psycopg
import pytest

from toiya.cli.postgres.scratch import DEBIAN, debian_server
from toiya.config.places import ROOT

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("servers")]


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def command(url: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`./toiya` with these arguments on that database; killed if it is still there at the end."""
    environment = os.environ | {"TOIYA_DATABASE_URL": url, "PYTHONPATH": str(ROOT / "src")}
    process = subprocess.Popen(
        [sys.executable, "-m", "toiya", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def answer(address: str) -> httpx.Response:
    """The first answer of a server that is just starting."""
    deadline = time.monotonic() + 30
    while True:
        try:
            return httpx.get(address, timeout=10)
        except httpx.TransportError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def test_the_pages_are_served_until_sigterm(database_url: str) -> None:
    port = free_port()
    with command(database_url, "serve", "--port", str(port), "--workers", "1") as process:
        response = answer(f"http://127.0.0.1:{port}/static/toiya/toiya.css")
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=30)

    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/css")
    assert code == 0


def test_a_taken_port_is_named_with_the_cure(database_url: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with command(database_url, "serve", "--port", str(port)) as process:
            said = process.communicate(timeout=30)[0]

    assert process.returncode == 1
    assert f"127.0.0.1:{port} cannot be used (Address already in use). Choose another with --port." in said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_told_to_stop_ends_well_and_signs_off(database_url: str, number: signal.Signals) -> None:
    with command(database_url, "worker") as process:
        assert process.stdout
        assert process.stdout.readline() == "The worker is ready.\n"
        process.send_signal(number)
        code = process.wait(timeout=30)

    with psycopg.connect(database_url) as connection:
        workers = connection.execute("SELECT count(*) FROM procrastinate_workers").fetchone()
    assert (code, workers) == (0, (0,))


def test_a_worker_whose_database_goes_away_ends_with_an_error_for_its_supervisor(database_url: str) -> None:
    with command(database_url, "worker") as process:
        assert process.stdout
        assert process.stdout.readline() == "The worker is ready.\n"
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute("ALTER TABLE procrastinate_workers RENAME TO gone")
            try:
                code = process.wait(timeout=45)
            finally:
                connection.execute("ALTER TABLE gone RENAME TO procrastinate_workers")

    assert code == 1


@pytest.mark.skipif(not (DEBIAN / "15" / "bin").exists(), reason="Debian's postgresql-15 is not installed")
def test_two_processes_migrate_an_empty_database_of_postgresql_15_at_once() -> None:
    with debian_server("15") as url:
        with command(url, "worker") as one, command(url, "worker") as other:
            for process in (one, other):
                assert process.stdout
                assert process.stdout.readline() == "The worker is ready.\n"
        with psycopg.connect(url) as connection:
            version = connection.info.server_version // 10_000
            applied = connection.execute(
                "SELECT count(*), count(DISTINCT (app, name)) FROM django_migrations"
            ).fetchone()

    assert version == 15
    assert applied
    assert applied[0] == applied[1] > 20
