"""The simulated day as it goes: buyers, trucks, the outage and the kills come at their minute; people work between."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from toiya.cli.demo.processes import Child, Family
from toiya.cli.simulate.browser import Notes
from toiya.cli.simulate.building import BY_FILE, PIN, House, owner_of
from toiya.cli.simulate.fast_clock import JAPAN, FastClock
from toiya.cli.simulate.people import Lead, Numbers, Owner, Picker, number_of
from toiya.cli.simulate.scanner import Scanner, Shelves
from toiya.cli.simulate.site import Shops
from toiya.cli.simulate.workload import FEW, LATE, OUTAGE_MINUTES, TRADERS, Bought, Day, code_of
from toiya.cli.trouble import Trouble
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.models import Confirmation, Wish, WriteBack
from toiya.domain.orders.models import OpenOrder, Order
from toiya.domain.outbound.models import CarryBack, PickTask
from toiya.domain.stock.models import BinStock

TICK_SECONDS, SWEEP_SECONDS = 0.25, 1.0
READING_SECONDS = 60.0
STUCK_SECONDS = 90.0  # without a piece picked or a parcel sent, when nothing more comes
SWEEPS = {
    "channels.sweep": "channels",
    "carriers.sweep_labels": "carriers",
    "outbound.sweep": "carriers",
    "allocation.sweep": "default",
}
_ON_ITS_WAY = (
    Order.Status.RECEIVED,
    Order.Status.ALLOCATED,
    Order.Status.PICKING,
    Order.Status.PACKING,
    Order.Status.READY,
)


@dataclass(frozen=True, slots=True)
class Stage:
    """The processes that play, the address of our pages, the site, and the clock of them all."""

    family: Family
    children: dict[str, Child]
    address: str
    shops: Shops
    clock: FastClock


@dataclass
class Diary:
    """What happened besides what the books say."""

    numbers: dict[int, str] = field(default_factory=dict)  # of each order, at the site or in its file
    lines: dict[int, tuple[str, ...]] = field(default_factory=dict)
    sold_out: list[int] = field(default_factory=list)
    not_cancelled: list[int] = field(default_factory=list)
    kills: list[str] = field(default_factory=list)
    file_rows: int = 0
    shorts: int = 0
    is_finished: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Happening:
    """Something at its minute; `place` keeps the order of what comes at the same one."""

    minute: float
    place: int
    act: Callable[[], None] = field(compare=False)


class Conductor:
    """Plays the day from its beginning to the end of its work."""

    def __init__(self, stage: Stage, day: Day, house: House) -> None:
        """Everybody signs in."""
        self._stage, self._day, self._house = stage, day, house
        self._began = stage.clock.now()
        self.diary, self.notes = Diary(), Notes()
        self._numbers = Numbers()
        self._leads = [Lead(stage.address, self.notes, place) for place in house.places]
        last = TRADERS[-1].mark
        self._owners = {
            trader.mark: Owner(stage.address, self.notes, owner_of(trader))
            for trader in TRADERS
            if trader.mark == last or any(order.cancelled_by == "seller" for order in day.of(trader.mark))
        }
        dock = next(place for place in house.places if place.warehouse.pk == house.bundle.warehouse_id)
        self._dock = Scanner(stage.address, self.notes, dock.warehouse, (dock.lead_badge, PIN))
        self._shelves = Shelves(_missing(day))
        self._pickers = [
            Picker(Scanner(stage.address, self.notes, place.warehouse, (badge, PIN)), place, number, self._service)
            for place in house.places
            for number, (badge, _user) in enumerate(place.badges)
        ]
        self._coming = sorted(self._plan())
        self._swept = 0.0

    def play(self, began: datetime) -> Diary:
        """
        From the instant the day began until nothing is on its way any more, or nothing moves.

        :raises Trouble: a process or a person gave up
        """
        self._began = began
        for picker in self._pickers:
            picker.shelves = self._shelves
            picker.start()
        try:
            self._play()
        finally:
            for picker in self._pickers:
                picker.go_home()
            for picker in self._pickers:
                picker.join(READING_SECONDS)
        self._check_people()
        self.diary.shorts = sum(picker.shorts for picker in self._pickers)
        self._dock.close()
        for lead in self._leads:
            lead.close()
        for owner in self._owners.values():
            owner.close()
        return self.diary

    def _play(self) -> None:
        moved, since = (0, 0), time.monotonic()
        while not self._is_over():
            while self._coming and self._coming[0].minute <= self._minute():
                self._coming.pop(0).act()
            self._tick()
            self._check_people()
            if self._coming or moved != (moved := _work_done()):
                since = time.monotonic()
            if time.monotonic() - since > STUCK_SECONDS:
                return
            time.sleep(TICK_SECONDS)
        self.diary.is_finished = True

    def _is_over(self) -> bool:
        return not self._coming and is_quiet()

    def _plan(self) -> Iterable[Happening]:
        """Everything that comes by itself, and the office's rounds for as long as it may be needed."""
        day, last = self._day, TRADERS[-1].mark
        acts: list[tuple[float, Callable[[], None]]] = []
        acts += [(order.minute, partial(self._buy, order)) for order in day.orders if order.seller != last]
        acts += [(order.cancelled_at, partial(self._cancel, order)) for order in day.orders if order.cancelled_by]
        before = -1
        for until in day.files_at:
            part = [order for order in day.of(last) if before < order.minute <= until]
            acts += [(until, partial(self._hand_in, part))] if part else []
            before = until
        acts += [(day.truck_at, self._receive)]
        acts += [(day.outage_at, self._stage.shops.go_down)]
        acts += [(day.outage_at + OUTAGE_MINUTES, self._stage.shops.come_back)]
        acts += [(minute, partial(self._kill, name)) for minute, name in day.kills]
        return [Happening(minute, place, act) for place, (minute, act) in enumerate(acts)]

    def _minute(self) -> float:
        return (self._stage.clock.now() - self._began).total_seconds() / 60

    def _tick(self) -> None:
        """What goes on all the time: the site's clock, the house's minute, the office's rounds."""
        self._stage.family.check()
        now = time.monotonic()
        if now - self._swept < SWEEP_SECONDS:
            return
        self._swept = now
        self._stage.shops.follow(self._stage.clock.now())
        with transaction.atomic():
            for task, queue in SWEEPS.items():
                if not ProcrastinateJob.objects.filter(task_name=task, status="todo").exists():
                    app.configure_task(task, queue=queue).defer(timestamp=int(self._stage.clock.now().timestamp()))
        if any(order == Order.Status.ALLOCATED for order in _statuses()):
            for lead in self._leads:
                lead.release()
        if code := self._leads[0].make_file():
            self.diary.file_rows += self._leads[0].carry_over(code, self._numbers)

    def _service(self, number: str) -> str:
        """The service wanted for the order of that number; empty where any will do."""
        wanted = (order.number for order in self._day.orders if order.is_by_file_carrier)
        return BY_FILE if number in {self.diary.numbers.get(order) for order in wanted} else ""

    def _buy(self, order: Bought) -> None:
        self._stage.shops.follow(self._stage.clock.now())
        bought = self._stage.shops.buy(order)
        if bought is None:
            self.diary.sold_out.append(order.number)
        else:
            self.diary.numbers[order.number], self.diary.lines[order.number] = bought

    def _hand_in(self, orders: Sequence[Bought]) -> None:
        last = self._owners[TRADERS[-1].mark]
        for order in orders:
            self.diary.numbers[order.number] = number_of(order)
        last.hand_in(orders, self._paid, READING_SECONDS)

    def _paid(self, order: Bought) -> str:
        del order
        return self._stage.clock.now().astimezone(JAPAN).strftime("%Y/%m/%d %H:%M:%S")

    def _cancel(self, order: Bought) -> None:
        if order.cancelled_by == "buyer":
            lines = self.diary.lines.get(order.number)
            if lines is not None and not self._stage.shops.cancel(lines):
                self.diary.not_cancelled.append(order.number)
            return
        found = Order.objects.filter(external_id=self.diary.numbers.get(order.number, "–")).first()
        if found is None:
            self.diary.not_cancelled.append(order.number)
        else:
            self._owners[order.seller].cancel(found.code)

    def _receive(self) -> None:
        """The truck is here: its pieces are counted, and what nobody waits for goes to a shelf."""
        sku = Sku.objects.get(seller_code=code_of(TRADERS[-1].mark, LATE))
        if not self._dock.receive(self._house.bundle, sku, self._day.late):
            raise Trouble(f"The delivery {self._house.bundle.code} could not be completed.")
        self._dock.put_away(sku)

    def _kill(self, name: str) -> None:
        self._stage.children[name].kill_and_start()
        self.diary.kills.append(name)

    def _check_people(self) -> None:
        for picker in self._pickers:
            if picker.trouble is not None:
                raise Trouble(f"{picker.name} gave up: {picker.trouble!r}") from picker.trouble


def is_quiet() -> bool:
    """Whether every order has left, waits for what nobody here can mend, or is over; and the site knows it."""
    open_orders = Order.objects.filter(pk__in=OpenOrder.objects.values("order_id"), status__in=_ON_ITS_WAY)
    if open_orders.exclude(holds__lifted_at=None, holds__isnull=False).exists():
        return False
    if any(wishes.objects.filter(status=Wish.Status.WAITING).exists() for wishes in (Confirmation, WriteBack)):
        return False
    if CarryBack.objects.filter(put_at=None).exists():
        return False
    busy = ProcrastinateJob.objects.filter(status__in=["todo", "doing"], scheduled_at=None)
    return not busy.exclude(task_name__in=SWEEPS).exists()


def _work_done() -> tuple[int, int]:
    """Stops picked and orders sent."""
    picked = PickTask.objects.exclude(status=PickTask.Status.OPEN).count()
    return picked, Order.objects.filter(status=Order.Status.SHIPPED).count()


def _statuses() -> set[str]:
    orders = Order.objects.filter(pk__in=OpenOrder.objects.values("order_id"))
    return set(orders.values_list("status", flat=True))


def _missing(day: Day) -> dict[int, int]:
    """Pieces that are not where the book has them, by bin."""
    row = BinStock.objects.get(sku__seller_code=code_of(TRADERS[0].mark, FEW))
    return {row.bin_id: day.missing}
