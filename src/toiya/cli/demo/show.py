"""The demo itself: build, let the worker pull, work 30 orders off, count. Needs Django set up and the site running."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction

from toiya.cli.demo import building, counting
from toiya.cli.demo.carts import Cart, Fate
from toiya.cli.demo.floor import Floor
from toiya.cli.demo.processes import Child, Family
from toiya.cli.demo.progress import Progress
from toiya.cli.demo.site import Site
from toiya.core import clock, jobs
from toiya.domain.channels.actions.telling import QUEUE
from toiya.domain.channels.models import Connection
from toiya.domain.orders.models import Hold, Order
from toiya.domain.warehouses.models import Warehouse

STEP_SECONDS = 60.0
WAVE = 10


@dataclass(frozen=True, slots=True)
class Stage:
    """The processes that play, and where the site is."""

    family: Family
    worker: Child
    site: Site


def perform(stage: Stage, progress: Progress, *, is_kept: bool) -> tuple[dict[str, Any], bool]:
    """
    Play, unless an earlier demo was kept; the report, and whether everything in it is as it must be.

    :raises Trouble: a process ended, or something did not come in time
    """
    goes_on = is_kept and Warehouse.objects.exists()
    if not goes_on:
        play(stage, progress)
    progress.step("Recomputing everything from the ledgers")
    numbers = counting.report(stage.site, progress.seconds)
    return numbers, numbers["verify"]["ok"] if goes_on else counting.is_consistent(numbers)


def play(stage: Stage, progress: Progress) -> None:
    """
    Bring the forty orders as far as each goes.

    :raises Trouble: a process ended, or something did not come in time
    """
    progress.step("Building the warehouse, the sellers and their stock")
    house = building.build(clock.now())
    progress.advance(4)
    progress.step("Opening the shops at the pretend sales site and connecting them")
    numbers = stage.site.fill()
    building.connect(house, stage.site, clock.now())
    progress.advance(2)
    progress.step("The worker pulls 40 orders, confirms them and gives them their stock")
    _wait(stage, "40 orders with their stock or a reason", counting.judged)
    progress.advance()
    _wait(stage, "40 confirmations", counting.all_confirmed)
    progress.advance()
    _work_off(stage, house.warehouse, numbers, progress)


def look_at_shops() -> None:
    """Pull every shop now; a person at the pretend site does not wait ten minutes."""
    with transaction.atomic():
        jobs.wake_all(
            jobs.WakeUp("channels.pull", "connection_id", shop, QUEUE)
            for shop in Connection.objects.filter(is_pulling=True).values_list("pk", flat=True)
        )


def _work_off(stage: Stage, warehouse: Warehouse, numbers: dict[Cart, str], progress: Progress) -> None:
    floor = Floor(warehouse, progress.advance)
    going = _orders(numbers, Fate.SHIP)
    for start in range(0, len(going), WAVE):
        wave = going[start : start + WAVE]
        progress.step(f"Releasing, picking and packing orders {start + 1} to {start + len(wave)}, scan by scan")
        floor.work_off(wave)
        progress.step(f"The worker gets the labels of orders {start + 1} to {start + len(wave)}")
        _wait(stage, "the labels", partial(counting.labelled, wave))
        progress.advance(len(wave))
        progress.step(f"Loading orders {start + 1} to {start + len(wave)} onto the truck")
        floor.load(wave)
    progress.step("The worker writes the tracking numbers back")
    _wait(stage, "the accepted tracking numbers", partial(counting.all_told, going))
    progress.advance(10)
    held = _orders(numbers, Fate.PACK)
    floor.work_off(held)
    _wait(stage, "the hold for want of money", partial(_are_held, held))
    _wait(stage, "the jobs under way", counting.is_quiet)


def _orders(numbers: dict[Cart, str], fate: Fate) -> list[Order]:
    """The orders of this fate, sellers mixed as they came in."""
    wanted = [number for cart, number in numbers.items() if cart.fate is fate]
    return list(Order.objects.filter(external_id__in=wanted).order_by("paid_at", "pk"))


def _are_held(orders: list[Order]) -> bool:
    return Hold.objects.filter(order__in=orders, lifted_at=None).count() >= len(orders)


def _wait(stage: Stage, what: str, is_there: Callable[[], bool]) -> None:
    stage.family.wait_for(what, is_there, STEP_SECONDS, stage.worker)
