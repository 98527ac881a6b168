"""
Never lost, never twice: web and worker are killed at random moments while orders flow from the site to the truck, and
the site goes silent after it accepted. In the end every parcel has one label and one effective write-back.
"""

from __future__ import annotations

import os
import socket
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.floor_world import PIN, a_person, a_service
from tests.journeys import processes
from tests.journeys.processes import FastClock, Killer, Process, Ticks
from tests.journeys.scanner import Scanner
from tests.world import WORLD, a_seller, a_sku, money_in, stock_of
from toiya.cli.verify import verify
from toiya.core import jobs
from toiya.core.models import EventRow
from toiya.domain.carriers.models import Label
from toiya.domain.channels.actions.connecting import Switches, connect_shop
from toiya.domain.channels.models import Confirmation, Connection, WriteBack
from toiya.domain.channels.port import IssuedKey
from toiya.domain.orders.models import Line, Order
from toiya.domain.outbound.actions.waves import NothingToRelease, release_wave
from toiya.domain.outbound.models import Parcel, PickList, Slot
from toiya.domain.outbound.queries import walks_to_do
from toiya.domain.stock.models import Balance
from toiya.domain.warehouses.actions.setting_up import Building, NewBin, open_warehouse
from toiya.domain.warehouses.models import Bin, Warehouse
from toiya.integrations.channels.qoo10.tests import sandbox_site
from toiya.integrations.channels.qoo10.tests.sandbox_site import SandboxShop

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("servers")]

SEED = int(os.environ.get("TOIYA_KILL_SEED", "20261122"))
KILLS = 10
CARTS_PER_KILL = 2
CARTS = KILLS * CARTS_PER_KILL
CODES = ("K-MUG", "K-TEE", "K-CAP", "K-BAG")
PIECES = 200
FLOW_SECONDS, QUIET_SECONDS = 150.0, 90.0
SHIP, CONFIRM, ORDERS = (
    "ShippingBasic.SetSendingInfoBulk",
    "ShippingBasic.SetSellerCheckYNBulk",
    "ShippingBasic.GetShippingInfo_v2",
)
SWEEPS = {
    "channels.sweep": "channels",
    "carriers.sweep_labels": "carriers",
    "outbound.sweep": "carriers",
    "allocation.sweep": "default",
}


class House:
    """Everything of the test: the site, the two processes, the hall, and the one who works in it."""

    def __init__(self, address: str, database_url: str, folder: Path) -> None:
        self.clock = FastClock()
        self.chance = Random(SEED)  # noqa: S311
        self.site = SandboxShop(address)
        self.warehouse = _hall()
        self.shop = _shop(self.site, self.warehouse, self.clock)
        self.person = a_person(self.warehouse)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        environment = processes.environment_for(database_url, address) | self.clock.environment()
        self.web: Process = processes.web(port, environment, folder)
        self.worker: Process = processes.worker(environment, folder)
        self.web.wait_until_ready()
        self.worker.wait_until_ready()
        self.scanner = Scanner(f"http://127.0.0.1:{port}", self.warehouse, self.person.badge, PIN)

    def close(self) -> None:
        self.scanner.close()
        self.site.close()
        self.web.kill()
        self.worker.kill()

    def buy(self, carts: int) -> None:
        """So many buyers pay."""
        wanted = [
            {
                "lines": [
                    {"seller_code": code, "quantity": self.chance.randint(1, 2)}
                    for code in self.chance.sample(CODES, self.chance.randint(1, 2))
                ],
                "age_seconds": 3600,
            }
            for _ in range(carts)
        ]
        self.site.control(f"shops/{self.site.access.shop_id}/carts", {"carts": wanted})

    def fault(self, kind: str, method: str, count: int | None, **settings: float) -> None:
        """Let calls of the shop go wrong."""
        wanted = {"kind": kind, "method": method, "shop": self.site.access.shop_id, "settings": settings}
        self.site.control("faults", wanted if count is None else {**wanted, "count": count})

    def tick(self) -> None:
        """What the clock does each minute, and a person who presses "pull now"."""
        with transaction.atomic():
            jobs.wake("channels.pull", "connection_id", self.shop.pk, "channels")
            for task, queue in SWEEPS.items():
                app.configure_task(task, queue=queue).defer(timestamp=int(self.clock.now().timestamp()))

    def work(self) -> None:
        """One round through the hall: release, pick, pack, load what is there."""
        ready = list(Order.objects.filter(status=Order.Status.ALLOCATED).values_list("code", flat=True))
        if ready:
            try:
                at = self.clock.now()
                release_wave(warehouse_id=self.warehouse.pk, order_codes=ready, actor=WORLD, at=at)
            except NothingToRelease:
                pass
        for walk in walks_to_do(self.warehouse.pk, self.person.user_id):
            self.scanner.walk(walk.code)
        full = Slot.objects.filter(is_closed=False, order__status=Order.Status.PACKING).order_by("pk")
        for tote in list(full.values_list("tote__code", flat=True)):
            self.scanner.pack(tote)
        labelled = Parcel.objects.filter(status=Parcel.Status.LABELLED).order_by("pk")
        for number in list(labelled.values_list("label__tracking_number", flat=True)):
            self.scanner.load(number)

    def shipped(self) -> int:
        """How many orders left."""
        return Order.objects.filter(status=Order.Status.SHIPPED).count()

    def is_told(self) -> bool:
        """Whether the site took everything that it must know of the orders."""
        return self.shipped() == CARTS and all(
            table.objects.filter(status="accepted").count() == CARTS for table in (Confirmation, WriteBack)
        )


def _hall() -> Warehouse:
    bins = [NewBin(f"A01-{place:02d}-1", Bin.Kind.STORAGE, "A", place) for place in range(1, len(CODES) + 1)]
    totes = [NewBin(f"T-{number:03d}", Bin.Kind.TOTE, "", 0) for number in range(1, 41)]
    building = Building("FNB", "Funabashi", "273-0012", "千葉県船橋市浜町2-1-1", "047-000-0000")
    return open_warehouse(building=building, bins=[*bins, *totes, NewBin("OUT-1", Bin.Kind.STAGING, "", 0)])


def _shop(site: SandboxShop, warehouse: Warehouse, clock: FastClock) -> Connection:
    seller = a_seller()
    a_service("post", max_weight_g=10_000)
    money_in(seller, 385 * CARTS)
    for place, code in enumerate(CODES, start=1):
        stock_of(a_sku(seller, code, code.title(), ""), warehouse, PIECES, bin_code=f"A01-{place:02d}-1")
    listings = [{"seller_code": code, "title": f"商品 {code}", "quantity": PIECES} for code in CODES]
    site.control(f"shops/{site.access.shop_id}/listings", {"listings": listings})
    return connect_shop(
        seller_id=seller.pk,
        channel="qoo10",
        shop_id=site.access.shop_id,
        name="Hanataba on Qoo10",
        issued=IssuedKey(site.access.key, None),
        switches=Switches(),
        actor=WORLD,
        at=clock.now(),
    )


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    with connection.cursor() as cursor:  # what other tests left is none of our workers' business
        cursor.execute("DELETE FROM procrastinate_periodic_defers")
        cursor.execute("DELETE FROM procrastinate_jobs")
        cursor.execute("DELETE FROM procrastinate_workers")
    with sandbox_site.running(tmp_path / "site.sqlite3") as address:
        house = House(address, database_url, tmp_path)
        yield house
        house.close()


def test_nothing_is_lost_or_doubled_when_web_and_worker_are_killed_at_random_moments(house: House) -> None:
    house.fault("slow", SHIP, None, seconds=0.3)
    house.fault("slow", CONFIRM, None, seconds=0.3)
    house.fault("slow", ORDERS, None, seconds=0.1)
    house.fault("timeout_after_commit", SHIP, 3)
    house.fault("timeout_after_commit", CONFIRM, 2)
    ticks = Ticks(house.tick, every_seconds=1)
    killer = Killer(house.worker, house.web, seed=SEED, kills=KILLS)
    ticks.start()
    killer.start()
    try:
        _flow(house, killer)
        killer.end()
        house.site.end_trouble()
        _until_told(house)
    finally:
        killer.end()
        ticks.end()
    _drain()
    assert house.worker.stop() == 0
    assert Counter(killer.struck)["worker"] >= 3
    assert Counter(killer.struck)["web"] >= 1

    _check_the_site(house)
    _check_the_books(house)


def _flow(house: House, killer: Killer) -> None:
    """Buyers come in as long as there are kills; somebody works all the time."""
    bought = 0
    deadline = time.monotonic() + FLOW_SECONDS
    while bought < CARTS or killer.is_alive():
        assert killer.trouble is None, killer.trouble
        assert time.monotonic() < deadline, f"{house.shipped()} of {bought} left after {killer.struck}"
        if bought < min(CARTS, CARTS_PER_KILL * (len(killer.struck) + 1)):
            house.buy(CARTS_PER_KILL)
            bought += CARTS_PER_KILL
        house.work()
        time.sleep(0.05)


def _until_told(house: House) -> None:
    """Without faults everything comes to its end (R44)."""
    deadline = time.monotonic() + QUIET_SECONDS
    while not house.is_told():
        assert time.monotonic() < deadline, _where_things_are()
        house.work()
        time.sleep(0.1)


def _drain() -> None:
    """Until no job runs or waits."""
    deadline = time.monotonic() + 20
    while ProcrastinateJob.objects.filter(status__in=["todo", "doing"]).exists():
        assert time.monotonic() < deadline, _where_things_are()
        time.sleep(0.1)


def _where_things_are() -> str:
    waiting = ProcrastinateJob.objects.filter(status__in=["todo", "doing"])
    return str(
        {
            "orders": Counter(Order.objects.values_list("status", flat=True)),
            "parcels": Counter(Parcel.objects.values_list("status", flat=True)),
            "labels": list(
                Label.objects.exclude(status="bought").values("status", "attempt", "problem", "next_try_at")
            ),
            "write_backs": list(WriteBack.objects.exclude(status="accepted").values()),
            "confirmations": list(Confirmation.objects.exclude(status="accepted").values()),
            "jobs": list(waiting.values("task_name", "status", "attempts", "worker_id", "args")),
        }
    )


def _check_the_site(house: House) -> None:
    """The site has each number once, and took each confirmation and each number once."""
    lines = house.site.all_lines()
    label_of = dict(Parcel.objects.values_list("order__external_id", "label__tracking_number"))
    assert {str(line["pack_no"]) for line in lines} == set(label_of)
    for line in lines:
        assert line["tracking_no"] == label_of[str(line["pack_no"])]
        assert (line["effective_confirms"], line["effective_write_backs"]) == (1, 1), line


def _check_the_books(house: House) -> None:
    """Every cart is one order, one parcel, one label, one fee; pieces and money agree with the ledgers."""
    assert Order.objects.count() == Parcel.objects.count() == Label.objects.count() == CARTS
    assert len(set(Label.objects.values_list("tracking_number", flat=True))) == CARTS
    assert PickList.objects.exclude(status=PickList.Status.DONE).count() == 0
    kinds = Counter(EventRow.objects.values_list("name", flat=True))
    assert [kinds[kind] for kind in ("order.placed", "order.shipped", "order.tracking_accepted")] == [CARTS] * 3
    left = sum(Balance.objects.values_list("on_hand", flat=True))
    assert left == PIECES * len(CODES) - sum(Line.objects.values_list("quantity", flat=True))
    assert set(Balance.objects.values_list("allocated", flat=True)) == {0}
    report = verify(at=house.clock.now(), is_settled=True)
    assert report.problems == []
