"""`./toiya demo --once --json` as a person runs it: forty orders in, thirty parcels out, nothing left behind."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from toiya.config.places import ROOT

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("servers")]

LONGEST_SECONDS = 120


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An installation of the test's own: its folder, and a database beside the one of this run."""
    server = urlsplit(os.environ["TOIYA_DATABASE_URL"])
    name = os.environ["TOIYA_TEST_DATABASE"]
    yield os.environ | {"TOIYA_VAR": str(tmp_path), "TOIYA_DATABASE_URL": server._replace(path=f"/{name}").geturl()}
    with psycopg.connect(server._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(f"{name}_demo")))


def test_the_demo_takes_thirty_of_forty_orders_to_tracked_parcels(environment: dict[str, str], tmp_path: Path) -> None:
    command = [str(ROOT / "toiya"), "demo", "--once", "--json"]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False
    )

    assert done.returncode == 0, done.stderr
    numbers = json.loads(done.stdout)
    assert numbers["orders"] == {
        "pulled": 40,
        "confirmed": 40,
        "allocated": 36,
        "waiting": 4,
        "shipped": 30,
        "tracking_accepted": 30,
    }
    assert numbers["labels"] == 30
    assert numbers["verify"] == {"ok": True, "problems": []}
    assert 0 < numbers["seconds"] < LONGEST_SECONDS
    assert _processes_of(tmp_path) == []
    assert "Traceback" not in done.stderr + "".join(log.read_text() for log in (tmp_path / "demo").glob("*.log"))


def _processes_of(folder: Path) -> list[str]:
    """Command lines of the processes that still know this installation."""
    marker = f"TOIYA_VAR={folder}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if marker in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found
