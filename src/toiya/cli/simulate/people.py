"""Those who work on the simulated day: pickers on the floor, leads in the office, sellers at their pages."""

from __future__ import annotations

import csv
import io
import re
import time
from collections.abc import Callable, Sequence
from threading import Event, Lock, Thread

from django.db import connection

from toiya.cli.demo.people import PASSWORD
from toiya.cli.simulate.browser import Browser, Notes
from toiya.cli.simulate.building import Place
from toiya.cli.simulate.scanner import Scanner, Shelves
from toiya.cli.simulate.workload import Bought
from toiya.cli.trouble import Trouble
from toiya.domain.orders.models import Hold, Order
from toiya.domain.outbound.models import Parcel, Slot
from toiya.domain.outbound.queries import walks_to_do
from toiya.domain.outbound.stops import stops_waiting

PAUSE_SECONDS = 1.0
_ORDER = r'name="selected" value="(ORD-[0-9A-Z-]+)"'
_FILE = r"/office/carriers/files/([A-Z0-9-]+)/"
_IMPORT = re.compile(r"^/imports/([A-Z]+-[0-9A-Z-]+)/$")
HEADINGS = (
    *("注文番号", "カート番号", "商品名", "販売者商品コード", "数量", "受取人名", "受取人電話番号", "郵便番号"),
    *("住所", "国家", "通貨", "販売価格", "入金日"),
)


class Picker(Thread):
    """One of the people on a floor: puts back, picks, packs, loads, until told to go home."""

    def __init__(self, scanner: Scanner, place: Place, number: int, service_of: Callable[[str], str]) -> None:
        """:param service_of: the service wanted for an order, by its number at the site; empty: any"""
        super().__init__(daemon=True)
        self._scanner, self._place, self._number, self._service_of = scanner, place, number, service_of
        self._enough = Event()
        self.shelves = Shelves({})
        self.shorts = 0
        self.trouble: BaseException | None = None

    def run(self) -> None:
        """Work; rest a moment when there is nothing to do."""
        try:
            while not self._enough.is_set():
                if not self._round():
                    self._enough.wait(PAUSE_SECONDS)
        except BaseException as trouble:
            self.trouble = trouble
        finally:
            self._scanner.close()
            connection.close()

    def go_home(self) -> None:
        """Finish the round in hand, and stop."""
        self._enough.set()

    def _round(self) -> bool:
        """One round through the hall; whether there was anything to do."""
        return any([self._put_back(), self._walk(), self._pack(), self._load()])

    def _is_mine(self, key: int) -> bool:
        return key % len(self._place.badges) == self._number

    def _put_back(self) -> bool:
        stops = [stop for stop in stops_waiting(self._place.warehouse.pk) if self._is_mine(stop)]
        for stop in stops:
            self._scanner.put_back(stop)
        return bool(stops)

    def _walk(self) -> bool:
        _badge, user = self._place.badges[self._number]
        walks = sorted(walks_to_do(self._place.warehouse.pk, user), key=lambda walk: not walk.is_mine)
        if not walks:
            return False
        chosen = walks[0] if walks[0].is_mine else walks[self._number % len(walks)]
        self.shorts += self._scanner.walk(chosen.code, self.shelves)
        return True

    def _pack(self) -> bool:
        full = Slot.objects.filter(
            is_closed=False, order__status=Order.Status.PACKING, pick_list__warehouse=self._place.warehouse
        )
        rows = full.order_by("pk").values_list("pk", "tote__code", "order__external_id")
        mine = [(tote, bought) for slot, tote, bought in rows if tote and self._is_mine(slot)]
        for tote, bought in mine:
            self._scanner.pack(tote, self._service_of(bought))
        return bool(mine)

    def _load(self) -> bool:
        held = Hold.objects.filter(lifted_at=None).values("order")
        ready = Parcel.objects.filter(status=Parcel.Status.LABELLED, warehouse=self._place.warehouse)
        rows = ready.exclude(order__in=held).order_by("pk").values_list("pk", "label__tracking_number")
        mine = [number for parcel, number in rows if self._is_mine(parcel)]
        for number in mine:
            self._scanner.load(number)
        return bool(mine)


class Lead:
    """Leads one warehouse from the office: releases waves, and has the carrier's program print labels."""

    def __init__(self, address: str, notes: Notes, place: Place) -> None:
        self._browser = Browser(address, notes, "/sign-in/", {"email": place.lead, "password": PASSWORD})

    def close(self) -> None:
        """Go home."""
        self._browser.close()

    def release(self) -> int:
        """Release what is ready; how many orders."""
        ready = self._browser.get("/office/waves/").all_of(_ORDER)
        if not ready:
            return 0
        done = self._browser.post("/office/waves/", {"release": "selected", "selected": ready})
        return len(ready) if done.is_good else 0

    def make_file(self) -> str:
        """Have the parcels that wait for Sagawa's program written into a file; its code, empty if none waits."""
        page = self._browser.get("/office/carriers/")
        if 'id="make-sagawa"' not in page.text:
            return ""
        page = self._browser.post("/office/carriers/files/", {"carrier": "sagawa", "layout": "ehiden3"})
        found = page.all_of(_FILE)
        return found[0] if found else ""

    def carry_over(self, code: str, numbers: Callable[[], str]) -> int:
        """Take the file to the carrier's program and what that gives back to the office; how many rows."""
        rows = list(csv.reader(io.StringIO(self._browser.bytes_of(f"/office/carriers/files/{code}/").decode("cp932"))))
        place = next(place for place, heading in enumerate(rows[0]) if heading.startswith("お客様管理"))
        back = [["お客様管理番号", "お問い合せ送り状No"], *([row[place], numbers()] for row in rows[1:])]
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows(back)
        sent = {"carrier": "sagawa", "kind": "numbers", "typed": ""}
        files = {"file": ("back.csv", out.getvalue().encode("cp932"), "text/csv")}
        for _twice in range(2):  # the same file handed in again is harmless
            self._browser.post("/office/carriers/", sent, files)
        return len(back) - 1


class Numbers:
    """The carrier's own numbers: eleven digits and one that checks them."""

    def __init__(self) -> None:
        self._next = 44_000_000_001
        self._lock = Lock()

    def __call__(self) -> str:
        with self._lock:
            body, self._next = self._next, self._next + 1
        return f"{body}{body % 7}"


class Owner:
    """A seller at its pages: hands order files in, cancels."""

    def __init__(self, address: str, notes: Notes, email: str) -> None:
        self._browser = Browser(address, notes, "/sign-in/", {"email": email, "password": PASSWORD})

    def close(self) -> None:
        """Sign off."""
        self._browser.close()

    def hand_in(self, orders: Sequence[Bought], paid: Callable[[Bought], str], seconds: float) -> None:
        """Hand an order file in, wait until it is read, apply it. :raises Trouble: it is not read in time"""
        files = {"file": (f"orders-{orders[0].number}.csv", file_of(orders, paid), "text/csv")}
        page = self._browser.post("/imports/new/orders/", {"shop": "", "again": ""}, files)
        found = _IMPORT.match(page.path)
        if found is None:
            raise Trouble(f"The order file was not taken: HTTP {page.status} at {page.path}.")
        deadline = time.monotonic() + seconds
        while "/applying/" not in page.text:
            if time.monotonic() > deadline:
                raise Trouble(f"The order file {found[1]} was not read in {seconds:.0f} s.")
            time.sleep(PAUSE_SECONDS / 2)
            page = self._browser.get(page.path)
        self._browser.post(f"{page.path}applying/", {"choice": "all"})

    def cancel(self, code: str) -> None:
        """Cancel an order, if it is not too late."""
        self._browser.post(f"/orders/{code}/cancellation/", {})


def number_of(order: Bought) -> str:
    """The number of an order that comes by file."""
    return f"7{order.number:08d}"


def file_of(orders: Sequence[Bought], paid: Callable[[Bought], str]) -> bytes:
    """The file as QSM gives it: a row for each line, the cart's number first."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for order in orders:
        for place, (sku, quantity) in enumerate(order.lines, start=1):
            number = f"{number_of(order)}{place}"
            address = ("田中 みなみ", "090-0000-1234", "273-0017", f"千葉県船橋市西浦1-2-{order.number % 90 + 1}")
            writer.writerow((number, number_of(order), sku, sku, quantity, *address, "JP", "JPY", 1800, paid(order)))
    return out.getvalue().encode("cp932")
