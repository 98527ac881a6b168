"""A device of the floor, over HTTP: does what the screen says with the goods that really lie there."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from toiya.cli.simulate.browser import Browser, Notes, Page
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound.models import CargoBundle
from toiya.domain.outbound.models import CarryBack, Parcel, PickTask, Slot
from toiya.domain.outbound.queries import slot_in_totes
from toiya.domain.stock.models import BinStock
from toiya.domain.warehouses.models import Bin, Warehouse

MOST_STEPS = 400
BOX_GRAMS = 30
_STEP = re.compile(r'class="scan-box".*?name="step" value="([a-z]+)-(\d+)"', re.DOTALL)
_SERVICE = r'name="service" value="([A-Z0-9-]+\|[^"]*)"'


class Shelves:
    """What is on the shelves is what the book says, but for pieces that are missing where nobody looked yet."""

    def __init__(self, missing: dict[int, int]) -> None:
        """:param missing: pieces by bin"""
        self._missing = missing
        self._lock = Lock()

    @contextmanager
    def reach_for(self, task: PickTask | None) -> Iterator[bool]:
        """Whether a piece of the stop is there; where some are missing one hand at a time reaches in."""
        if task is None or task.bin_id not in self._missing:
            yield True
            return
        with self._lock:
            yield self._lying(task) > 0

    def _lying(self, task: PickTask) -> int:
        """Pieces of the stop's SKU and lot that really lie in its bin."""
        booked = BinStock.objects.filter(bin_id=task.bin_id, sku_id=task.sku_id, lot=task.lot)
        in_book = sum(int(pieces) for pieces in booked.values_list("quantity", flat=True))
        return in_book - self._missing.get(task.bin_id, 0)

    def noticed(self, task: PickTask, pieces: int) -> None:
        """So many were written off."""
        self._missing[task.bin_id] = max(0, self._missing.get(task.bin_id, 0) - pieces)


class Scanner:
    """One person's device. It is told by the screen what comes next; what to scan it reads off the goods."""

    def __init__(self, address: str, notes: Notes, warehouse: Warehouse, keys: tuple[str, str]) -> None:
        """:param keys: badge and PIN"""
        badge, pin = keys
        self._browser = Browser(address, notes, "/floor/sign-in/", {"badge": badge, "pin": pin})
        self._warehouse = warehouse

    def close(self) -> None:
        """Put it away."""
        self._browser.close()

    def walk(self, code: str, shelves: Shelves) -> int:
        """Pick a whole list, if nobody else has it; how many stops were short."""
        path, short = f"/floor/pick/{code}/", 0
        page = self._scan("/floor/", "job-1", code)
        for _ in range(MOST_STEPS):
            step = _asked(page)
            if not page.is_good or step is None or step[0] not in ("slot", "bin", "sku"):
                return short
            task = PickTask.objects.select_related("bin", "sku").filter(pk=step[1]).first()
            with shelves.reach_for(task if step[0] == "sku" else None) as is_there:
                if is_there:
                    page = self._scan(path, f"{step[0]}-{step[1]}", self._picked(step[0], task))
                elif task is not None:
                    page = self._short(path, task, shelves)
                    short += 1
        return short

    def pack(self, tote: str, service: str = "") -> None:
        """Pack and weigh what lies in a tote, in that service if one is asked for."""
        page = self._scan("/floor/pack/", "tote-1", f"TOTE-{tote}")
        slot = slot_in_totes(Bin.objects.filter(warehouse=self._warehouse, code=tote))
        parcel = Parcel.objects.filter(order_id=slot.order_id, status=Parcel.Status.OPEN).first() if slot else None
        if not page.is_good or parcel is None:  # sealed or stopped by others a moment ago
            return
        path = f"/floor/pack/{parcel.code}/"
        page, weighed = self._browser.get(path), 0
        for _ in range(MOST_STEPS):
            step = _asked(page)
            if not page.is_good or step is None or step[0] not in ("piece", "weigh"):
                return
            if step[0] == "weigh":
                self._choose(path, page, service, weighed)
                weighed += 1
            scan = self._packed(step[0], parcel)
            if not scan:
                return
            page = self._scan(path, f"{step[0]}-{step[1]}", scan)

    def _choose(self, path: str, page: Page, service: str, weighed: int) -> None:
        """Take the service that is asked for; when the scale said that it is too small, the next of those offered."""
        offered = page.all_of(_SERVICE)
        step = _asked(page)
        wanted = offered[min(weighed, len(offered) - 1)] if weighed and offered else f"{service}|" if service else ""
        if step is not None and wanted:
            self._send(path, {"step": f"weigh-{step[1]}", "service": wanted})

    def load(self, tracking_number: str) -> bool:
        """Scan a label onto the truck; whether it was taken."""
        return self._scan("/floor/ship/", "load-1", tracking_number).is_good

    def put_back(self, stop: int) -> None:
        """Carry the pieces of a stopped order back to their bins."""
        for pile in CarryBack.objects.filter(stop_id=stop, put_at=None).select_related("home"):
            self._scan(f"/floor/stops/{stop}/", f"pile-{pile.pk}", f"BIN-{pile.home.code}")

    def receive(self, bundle: CargoBundle, sku: Sku, pieces: int) -> bool:
        """Scan a delivery in, count its pieces, say that it is whole."""
        carton = bundle.cartons.get()
        self._scan("/floor/receive/", "door-1", carton.code)
        path = f"/floor/receive/{bundle.code}/"
        self._scan(path, f"count-{carton.pk}", sku.code)
        fields = {"step": f"piece-{sku.pk}", "number": str(pieces - 1), "carton": str(carton.pk)}
        self._send(path, {**fields, "scan_id": secrets.token_hex(8)})
        self._send(path, {"ask": "complete"})
        return CargoBundle.objects.get(pk=bundle.pk).status == "completed"

    def put_away(self, sku: Sku) -> None:
        """Carry what nobody waits for from the dock to a shelf."""
        page = self._scan("/floor/put-away/", "dock-1", sku.code)
        if page.is_good and page.path != "/floor/put-away/":
            lying = BinStock.objects.filter(warehouse=self._warehouse, quantity__gt=0).values("bin")
            shelf = Bin.objects.filter(warehouse=self._warehouse, kind=Bin.Kind.STORAGE).exclude(pk__in=lying)
            self._scan(page.path, "bin-1", f"BIN-{shelf.order_by('walk_order')[0].code}")

    def _picked(self, step: str, task: PickTask | None) -> str:
        if step == "slot" or task is None:
            taken = Slot.objects.filter(is_closed=False, tote__isnull=False).values("tote")
            piles = CarryBack.objects.filter(put_at=None).values("tote")
            totes = Bin.objects.filter(warehouse=self._warehouse, kind=Bin.Kind.TOTE)
            free = totes.exclude(pk__in=taken).exclude(pk__in=piles).order_by("?").first()
            return f"TOTE-{free.code}" if free else "TOTE-"
        return f"BIN-{task.bin.code}" if step == "bin" else str(task.sku.code)

    def _short(self, path: str, task: PickTask, shelves: Shelves) -> Page:
        page = self._send(path, {"step": f"short-{task.pk}", "number": "0"})
        shelves.noticed(task, task.quantity - task.picked)
        return page if _asked(page) else self._browser.get(path)

    def _packed(self, step: str, parcel: Parcel) -> str:
        """The next piece in the tote that is not in the box, or what the scale says of all of them."""
        tasks = list(
            PickTask.objects.filter(order_id=parcel.order_id, picked__gt=0, slot__is_closed=False).select_related("sku")
        )
        if step == "weigh":
            return f"{BOX_GRAMS + sum(task.picked * task.sku.weight_g for task in tasks)} g"
        left: dict[str, int] = {}
        for task in tasks:
            left[task.sku.code] = left.get(task.sku.code, 0) + task.picked
        for code, pieces in parcel.contents.values_list("sku_id", "quantity"):
            code_in = next((task.sku.code for task in tasks if task.sku_id == code), "")
            left[code_in] = left.get(code_in, 0) - pieces
        return next((code for code, pieces in left.items() if pieces > 0), "")

    def _scan(self, path: str, step: str, scan: str) -> Page:
        return self._send(path, {"scan": scan, "step": step, "scan_id": secrets.token_hex(8)})

    def _send(self, path: str, fields: dict[str, str]) -> Page:
        return self._browser.post(path, fields)


def _asked(page: Page) -> tuple[str, int] | None:
    """What the screen waits for."""
    found = _STEP.search(page.text)
    return (found[1], int(found[2])) if found else None
