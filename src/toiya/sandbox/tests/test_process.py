"""The process: starts on an empty folder, keeps its data over a restart, ends on SIGTERM, bears parallel calls."""

import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from toiya.sandbox.tests.conftest import SOURCES, free_port, start_site, stop_site
from toiya.sandbox.tests.site_client import MUG_LINE, SHIP, Shop, Site

pytestmark = pytest.mark.processes


def test_a_restart_finds_everything_and_sigterm_ends_cleanly(tmp_path: Path) -> None:
    database = tmp_path / "new" / "folder" / "site.sqlite3"
    port = free_port()
    for expected in (["first"], ["first", "second"]):
        process = start_site(port, database)
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}") as http:
                http.post("/_control/shops", json={"login_id": expected[-1]})
                shops = http.get("/_control/shops").json()["shops"]
                assert [shop["login_id"] for shop in shops] == expected
        finally:
            assert stop_site(process) == 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/_control/health")


def test_a_port_in_use_is_refused_with_a_hint(running_site: str, tmp_path: Path) -> None:
    port = running_site.rsplit(":", 1)[1]
    arguments = [sys.executable, "-m", "toiya.sandbox", "--port", port, "--db", str(tmp_path / "x.sqlite3")]
    environment = {**os.environ, "PYTHONPATH": SOURCES}
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 1
    assert done.stderr == f"Port {port} of 127.0.0.1 is in use. Choose another one with --port.\n"
    assert list(tmp_path.iterdir()) == []


def test_a_killed_site_leaves_its_port_and_keeps_what_it_answered(tmp_path: Path) -> None:
    port = free_port()
    process = start_site(port, tmp_path / "site.sqlite3")
    httpx.post(f"http://127.0.0.1:{port}/_control/shops", json={"login_id": "kept"}).raise_for_status()
    process.kill()
    process.wait(timeout=10)
    end = time.monotonic() + 10
    while time.monotonic() < end and is_open(port):
        time.sleep(0.1)
    again = start_site(port, tmp_path / "site.sqlite3")
    try:
        shops = httpx.get(f"http://127.0.0.1:{port}/_control/shops").json()["shops"]
        assert [shop["login_id"] for shop in shops] == ["kept"]
    finally:
        assert stop_site(again) == 0


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_no_migration_is_missing(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": SOURCES,
        "DJANGO_SETTINGS_MODULE": "toiya.sandbox.settings",
        "TOIYA_SANDBOX_DB": str(tmp_path / "check.sqlite3"),
    }
    arguments = [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"]
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "No changes detected"), done.stderr


def test_eight_callers_at_once_ship_a_line_exactly_once(site: Site, shop: Shop) -> None:
    [number] = shop.place(MUG_LINE)

    def ship(caller: int) -> int:
        sent = {"OrderNo": str(number), "ShippingCorp": "Qxpress", "TrackingNo": f"QX{caller}"}
        return int(site.call(SHIP, shop.key, **sent)["ResultCode"])

    with ThreadPoolExecutor(8) as callers:
        codes = list(callers.map(ship, range(8)))
    assert sorted(codes) == [-10101] * 7 + [0]
    known = site.order(number)
    assert (known["write_back_calls"], known["effective_write_backs"]) == (8, 1)
    assert known["tracking_no"] == f"QX{codes.index(0)}"


def test_eight_buyers_at_once_never_take_more_pieces_than_there_are(site: Site, shop: Shop) -> None:
    def buy(buyer: int) -> int:
        body = {"carts": [{"lines": [{**MUG_LINE, "quantity": 7}]}], "seed": buyer}
        return site.http.post("/_control/shops/demoshop/carts", json=body).status_code

    with ThreadPoolExecutor(8) as buyers:
        statuses = list(buyers.map(buy, range(8)))
    assert sorted(statuses) == [200] * 4 + [409] * 4
    assert len({order["order_no"] for order in site.look("shops/demoshop/orders")["orders"]}) == 4
