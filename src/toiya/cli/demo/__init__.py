"""`./toiya demo`: the whole product at work, in a database and a folder of its own."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import FrameType, ModuleType

from toiya.cli.demo import place, telling
from toiya.cli.demo.people import logins
from toiya.cli.demo.processes import Family, port_for
from toiya.cli.demo.progress import Progress
from toiya.cli.demo.site import Site
from toiya.cli.demo.telling import Wish
from toiya.cli.postgres.migrations import prepare
from toiya.config.places import VAR

QAPI = "GMKT.INC.Front.QAPIService/ebayjapan.qapi"
START_SECONDS = 60.0
LOOK_SECONDS = 15


def run(arguments: list[str]) -> int:
    """Show the product until Ctrl-C, or once; 1 if anything does not agree."""
    parser = argparse.ArgumentParser(
        prog="./toiya demo", description="Show the whole product, in a database and a folder of its own (var/demo)."
    )
    parser.add_argument("--once", action="store_true", help="end when the orders are worked off, without staying")
    parser.add_argument("--json", action="store_true", help="end with one JSON object on stdout")
    parser.add_argument("--keep", action="store_true", help="go on with the last demo instead of beginning anew")
    parser.add_argument("--port", type=int, default=8800, help="port of the pages, if it is free (8800)")
    parser.add_argument("--site-port", type=int, default=8801, help="port of the pretend sales site (8801)")
    chosen = parser.parse_args(arguments)
    wish = Wish(chosen.once, chosen.json, chosen.keep, port_for(chosen.port), port_for(chosen.site_port))
    folder = VAR / "demo"
    with place.alone(folder):
        signal.signal(signal.SIGTERM, _as_interrupt)
        if not wish.is_kept:
            place.empty(folder)
        os.environ.update(place.environment(folder, place.database_url(is_fresh=not wish.is_kept)))
        os.environ.update(_addresses(wish))
        return _with_processes(wish, folder)


def _addresses(wish: Wish) -> dict[str, str]:
    site = f"http://127.0.0.1:{wish.site_port}"
    return {
        "TOIYA_QOO10_BASE": f"{site}/{QAPI}",
        "TOIYA_QOO10_CONSOLE": f"{site}/console",
        "TOIYA_CARDS_URL": f"{site}/cards",
        "TOIYA_CARDS_KEY": "sandbox-cards",
        "TOIYA_DEMO_LOGINS": json.dumps(logins(), ensure_ascii=False),
        "TOIYA_URL": f"http://127.0.0.1:{wish.web_port}",
        "TOIYA_HOSTS": "127.0.0.1,localhost,[::1]",
        "PYTHONPATH": place.python_path(),
    }


def _with_processes(wish: Wish, folder: Path) -> int:
    """Start them, play, and end every one of them whatever happens."""
    progress = Progress()
    family = Family(os.environ, folder)
    try:
        progress.step("Starting the database, the pages, the worker and the pretend sales site")
        site_address = f"http://127.0.0.1:{wish.site_port}"
        site = family.start(
            "site", "toiya.sandbox", "--port", str(wish.site_port), "--db", str(folder / "site.sqlite3")
        )
        prepare()
        web = family.start("web", "toiya", "serve", "--port", str(wish.web_port), "--workers", "1")
        worker = family.start("worker", "toiya", "worker")
        family.wait_for("the pretend site", lambda: site.has_said("ready"), START_SECONDS, site)
        family.wait_for("the worker", lambda: worker.has_said("The worker is ready."), START_SECONDS, worker)
        show: ModuleType = importlib.import_module("toiya.cli.demo.show")  # needs Django's models
        stage = show.Stage(family, worker, Site(site_address))
        stage.site.name_partner(f"http://127.0.0.1:{wish.web_port}/join/qoo10/")
        numbers, is_good = show.perform(stage, progress, is_kept=wish.is_kept)
        family.wait_for("the pages", lambda: web.has_said("Toiya is at"), START_SECONDS, web)
        progress.end()
        telling.tell(wish, numbers, is_good=is_good)
        if not wish.is_once:
            _stay(family, show.look_at_shops)
        return 0 if is_good else 1
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave half of them behind
        family.stop()


def _stay(family: Family, look_at_shops: Callable[[], None]) -> None:
    """Until Ctrl-C. :raises Trouble: a process ended by itself"""
    try:
        for second in count():
            family.check()
            if second % LOOK_SECONDS == 0:
                look_at_shops()
            time.sleep(1)
    except KeyboardInterrupt:
        print("\nEnding the demo.", file=sys.stderr)


def _as_interrupt(_number: int, _frame: FrameType | None) -> None:
    """A SIGTERM ends the demo like a Ctrl-C."""
    raise KeyboardInterrupt
