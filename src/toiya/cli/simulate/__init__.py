"""`./toiya simulate`: a day through the real HTTP faces, with an outage and two kills; says if a promise broke."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from toiya.cli.demo import place
from toiya.cli.demo.processes import Family, port_for
from toiya.cli.postgres import rehearsal, template
from toiya.cli.postgres.embedded import ensure
from toiya.cli.postgres.migrations import prepare
from toiya.cli.simulate.workload import Day, day_of
from toiya.config.places import VAR

QAPI = "GMKT.INC.Front.QAPIService/ebayjapan.qapi"
SUFFIX = "_simulation"
START_SECONDS = 60.0
USUAL_ORDERS, MOST_ORDERS = 200, 5_000
Play = Callable[[Any, Day], tuple[dict[str, Any], list[str]]]


@dataclass(frozen=True, slots=True)
class Ports:
    """Where our pages and the pretend site listen, on this machine only."""

    web: int
    site: int


def run(arguments: list[str]) -> int:
    """Play the day; 1 if any promise is broken."""
    parser = argparse.ArgumentParser(
        prog="./toiya simulate",
        description="Play a whole day in a database and a folder of its own (var/simulation), and count what came out.",
    )
    parser.add_argument("--seed", type=int, default=1, help="the same seed is the same day (1)")
    parser.add_argument("--orders", type=int, default=USUAL_ORDERS, help="orders of the day (200; 2000 is a full day)")
    parser.add_argument("--quarter", action="store_true", help="a quarter of fees, day by day, without any process")
    parser.add_argument("--json", action="store_true", help="end with one JSON object on stdout")
    chosen = parser.parse_args(arguments)
    if not 10 <= chosen.orders <= MOST_ORDERS:
        parser.error(f"--orders is between 10 and {MOST_ORDERS}")
    if chosen.quarter:
        return _run_quarter(chosen.seed, is_json=chosen.json)
    began = time.monotonic()
    day = day_of(chosen.seed, chosen.orders)
    folder = VAR / "simulation"
    with place.alone(folder):
        signal.signal(signal.SIGTERM, _as_interrupt)
        place.empty(folder)
        ports = Ports(port_for(8820), port_for(8821))
        url = _fresh_database()
        os.environ.update(place.environment(folder, url) | _addresses(ports))
        numbers, broken = _with_processes(day, ports, folder)
    told = {"seed": day.seed, "day": day.digest, **numbers, "seconds": round(time.monotonic() - began, 1)}
    print(json.dumps(told | {"broken": broken}, ensure_ascii=False) if chosen.json else _summary(told, broken))
    for promise in broken:
        print(f"Broken: {promise}", file=sys.stderr)
    return 1 if broken else 0


def _run_quarter(seed: int, *, is_json: bool) -> int:
    """A quarter of unpaid and paid fees in a database of its own; 1 if any promise is broken."""
    folder = VAR / "simulation"
    with place.alone(folder):
        place.empty(folder)
        os.environ.update(place.environment(folder, _fresh_database()))
        prepare()
        quarter = importlib.import_module("toiya.cli.simulate.quarter").play(seed)  # needs Django's models
    told = {"seed": seed, **quarter.as_data()}
    print(json.dumps(told, ensure_ascii=False) if is_json else "\n".join(f"{name}: {told[name]}" for name in told))
    for promise in quarter.broken:
        print(f"Broken: {promise}", file=sys.stderr)
    return 1 if quarter.broken else 0


def _fresh_database() -> str:
    """The address of the day's own database, copied from a migrated one: that is quicker than migrating."""
    url = place.database_url(is_fresh=True, suffix=SUFFIX)
    server = urlsplit(url)._replace(path="/postgres").geturl()
    migrated = template.ensure(ensure(), rehearsal.prefix_of_templates())
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(copy.format(sql.Identifier(urlsplit(url).path.lstrip("/")), sql.Identifier(migrated)))
    return url


def _addresses(ports: Ports) -> dict[str, str]:
    site = f"http://127.0.0.1:{ports.site}"
    return {
        "TOIYA_QOO10_BASE": f"{site}/{QAPI}",
        "TOIYA_QOO10_CONSOLE": f"{site}/console",
        "TOIYA_URL": f"http://127.0.0.1:{ports.web}",
        "TOIYA_HOSTS": "127.0.0.1,localhost",
        "PYTHONPATH": place.python_path(),
    }


def _with_processes(day: Day, ports: Ports, folder: Path) -> tuple[dict[str, Any], list[str]]:
    """Start them, play, and end every one of them whatever happens."""
    family = Family(os.environ, folder)
    try:
        site = family.start("site", "toiya.sandbox", "--port", str(ports.site), "--db", str(folder / "site.sqlite3"))
        prepare()
        family.wait_for("the pretend site", lambda: site.has_said("ready"), START_SECONDS, site)
        whole_day = importlib.import_module("toiya.cli.simulate.whole_day")  # needs Django's models
        play: Play = whole_day.play
        return play(whole_day.Stagehand(family, ports.web, ports.site), day)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave half of them behind
        family.stop()


def _summary(told: dict[str, Any], broken: list[str]) -> str:
    orders = ", ".join(f"{number} {way.replace('_', ' ')}" for way, number in told["orders"].items() if number)
    causes = "".join(f"\n  {number} × {cause}" for cause, number in told["causes"].items())
    verdict = f"{len(broken)} promises are broken" if broken else "every promise holds"
    return f"Seed {told['seed']}, day {told['day']}: {orders}.{causes}\n{verdict}; {told['seconds']} s."


def _as_interrupt(_number: int, _frame: Any) -> None:
    """A SIGTERM ends the simulation like a Ctrl-C."""
    raise KeyboardInterrupt
