"""The numbers the demo ends with: counted in the database, and held against what the site itself remembers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob

from toiya.cli import verify
from toiya.cli.demo.carts import CARTS, OWN_CARTS, Fate
from toiya.cli.demo.site import CONFIRMED, SHIPPED, Site
from toiya.core import clock
from toiya.domain.allocation.models import Allocation
from toiya.domain.carriers.models import Label
from toiya.domain.channels.models import Confirmation, Wish, WriteBack
from toiya.domain.orders.models import Order
from toiya.domain.outbound.models import Parcel


@dataclass(frozen=True, slots=True)
class Orders:
    """How many orders got how far; `allocated` counts every order that ever got its stock, so also the shipped."""

    pulled: int
    confirmed: int
    allocated: int
    waiting: int
    shipped: int
    tracking_accepted: int


def expected() -> Orders:
    """What must come out."""
    waiting = sum(cart.fate in (Fate.SHORT, Fate.UNKNOWN) for cart in CARTS)
    shipped = sum(cart.fate is Fate.SHIP for cart in CARTS)
    return Orders(len(CARTS), len(CARTS), len(CARTS) - waiting, waiting, shipped, shipped)


def count_orders(site: Site) -> Orders:
    """Count. Confirmed and accepted are only what both our books and the site's say."""
    at_site = _lines_by_cart(site)
    confirmed = Confirmation.objects.filter(status=Wish.Status.ACCEPTED).values_list("order__external_id", flat=True)
    told = WriteBack.objects.filter(status=Wish.Status.ACCEPTED).values_list(
        "order__external_id", "parcel__label__tracking_number"
    )
    return Orders(
        pulled=sum(cart in at_site for cart in Order.objects.values_list("external_id", flat=True)),
        confirmed=sum(_all_in(at_site[cart], CONFIRMED) for cart in confirmed),
        allocated=Allocation.objects.values("order_id").distinct().count(),
        waiting=Order.objects.filter(status=Order.Status.WAITING).count(),
        shipped=Order.objects.filter(status=Order.Status.SHIPPED).count(),
        tracking_accepted=sum(
            _all_in(at_site[cart], SHIPPED) and {line["tracking_no"] for line in at_site[cart]} == {number}
            for cart, number in told
        ),
    )


def report(site: Site, seconds: float) -> dict[str, Any]:
    """The JSON object, and whether everything is as it must be in `verify.ok` and the numbers."""
    checked = verify.verify(at=clock.now())
    return {
        "orders": asdict(count_orders(site)),
        "labels": Label.objects.filter(status=Label.Status.BOUGHT).count(),
        "verify": {"ok": checked.is_ok, "problems": [asdict(problem) for problem in checked.problems]},
        "seconds": round(seconds, 1),
    }


def is_consistent(numbers: dict[str, Any]) -> bool:
    """Whether the report says what it must."""
    wanted = expected()
    is_complete = numbers["orders"] == asdict(wanted) and numbers["labels"] == wanted.shipped
    return is_complete and bool(numbers["verify"]["ok"])


def judged() -> bool:
    """Whether every cart of the site is an order here, and promised its stock or waiting with a reason."""
    done = Order.objects.exclude(status=Order.Status.RECEIVED)
    return done.count() >= len(CARTS) + len(OWN_CARTS)


def all_confirmed() -> bool:
    """Whether the site took the confirmation of every order."""
    return Confirmation.objects.filter(status=Wish.Status.ACCEPTED).count() >= len(CARTS) + len(OWN_CARTS)


def labelled(orders: list[Order]) -> bool:
    """Whether each of these orders has a parcel with its label."""
    ready = Parcel.objects.filter(order__in=orders, status=Parcel.Status.LABELLED)
    return ready.count() >= len(orders)


def all_told(orders: list[Order]) -> bool:
    """Whether the site took the tracking number of each of these orders."""
    return WriteBack.objects.filter(order__in=orders, status=Wish.Status.ACCEPTED).count() >= len(orders)


def _lines_by_cart(site: Site) -> dict[str, list[dict[str, Any]]]:
    carts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in site.lines():
        carts[str(line["pack_no"])].append(line)
    return carts


def _all_in(lines: list[dict[str, Any]], states: tuple[int, ...]) -> bool:
    return bool(lines) and all(line["status"] in states for line in lines)


def is_quiet() -> bool:
    """Whether no job runs or waits to run now."""
    return not ProcrastinateJob.objects.filter(status__in=["todo", "doing"], scheduled_at=None).exists()
