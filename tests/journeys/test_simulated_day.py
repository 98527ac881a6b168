"""`./toiya simulate`: a short day with everything in it, through the real faces; no promise breaks."""

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

LONGEST_SECONDS = 400  # on a machine that does much else; half a minute on one that does not
ORDERS = 25


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An installation of the test's own: its folder, and a database beside the one of this run."""
    server = urlsplit(os.environ["TOIYA_DATABASE_URL"])
    name = os.environ["TOIYA_TEST_DATABASE"]
    yield os.environ | {"TOIYA_VAR": str(tmp_path), "TOIYA_DATABASE_URL": server._replace(path=f"/{name}").geturl()}
    with psycopg.connect(server._replace(path="/postgres").geturl(), autocommit=True) as connection:
        own = sql.Identifier(f"{name}_simulation")
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(own))


def test_a_day_with_an_outage_two_kills_and_pieces_that_are_not_there(
    environment: dict[str, str], tmp_path: Path
) -> None:
    command = [str(ROOT / "toiya"), "simulate", "--seed", "1", "--orders", str(ORDERS), "--json"]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False
    )

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    orders = told["orders"]
    assert told["broken"] == []
    assert (told["day"], orders.pop("bought")) == ("24a82d55f8c8a722", ORDERS)
    assert (sum(orders.values()), orders["lost"]) == (ORDERS, 0)
    assert sum(told["causes"].values()) == orders["waiting"] + orders["shipped_late"]
    assert told["causes"]["seller: not_linked"] == 1
    assert (told["oversold"], set(told["doubled"].values())) == (0, {0})
    assert told["verify"]["problems"] == []
    pieces = told["pieces"]
    assert pieces["in"] == pieces["out"] + pieces["lost"] + pieces["on_hand"]
    assert (sorted(told["kills"]), told["carrier_file_rows"], told["short_picks"]) == (["web", "worker"], 2, 1)
    assert _left_behind(tmp_path) == []


def _left_behind(folder: Path) -> list[str]:
    """Command lines of processes that still know this installation."""
    marker = f"TOIYA_VAR={folder}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if marker in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found
