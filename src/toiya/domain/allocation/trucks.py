"""Which truck an order goes with: that of the warehouse it is promised stock in, and of the service wished for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from toiya.domain.allocation.models import Allocation
from toiya.domain.carriers.models import Service
from toiya.domain.orders.models import Order, Wish
from toiya.domain.warehouses.queries import promise_calendars
from toiya.domain.warehouses.rules import Calendar, first_on, promised_cut_off


class Truck(NamedTuple):
    """Whose trucks an order goes with; no carrier: no service was wished for, so it is known only when packed."""

    calendar: Calendar
    channel: str
    carrier: str = ""

    def promised(self, after: datetime) -> datetime:
        """The one it is promised for at that instant."""
        return promised_cut_off(self.calendar, self.channel, after, self.carrier)

    def on(self, day: date) -> datetime:
        """The first one on that local day or after it."""
        return first_on(self.calendar, self.channel, day, self.carrier)

    def on_day_of(self, instant: datetime) -> datetime:
        """The first one on the local day of that instant, or after it."""
        return self.on(instant.astimezone(self.calendar.zone).date())


class Trucks(NamedTuple):
    """The trucks of some orders, read at once; `first` is the warehouse by which orders are promised as they come."""

    first: Calendar
    of: Mapping[int, Truck]


def trucks_of(orders: Sequence[Order], warehouses: Mapping[int, int] | None = None) -> Trucks | None:
    """
    The trucks of these orders in three statements at most; None while there is no warehouse. An order that is promised
    nothing goes with the first warehouse's.

    :param warehouses: where each order is promised its stock, for those who know; else it is read
    """
    calendars = promise_calendars()
    if not calendars:
        return None
    keys = [order.pk for order in orders]
    if warehouses is None:
        places = Allocation.objects.filter(order_id__in=keys).order_by("order_id")
        warehouses = dict(places.values_list("order_id", "warehouse_id")) if len(calendars) > 1 else {}
    carriers = _carriers(keys) if any(calendar.own_times for calendar in calendars.values()) else {}
    first_id, first = next(iter(calendars.items()))
    trucks = {
        order.pk: Truck(calendars[warehouses.get(order.pk, first_id)], order.channel, carriers.get(order.pk, ""))
        for order in orders
    }
    return Trucks(first, trucks)


def _carriers(order_ids: Sequence[int]) -> dict[int, str]:
    """The carrier of the service that is wished for each order."""
    wishes = Wish.objects.filter(order__in=order_ids).exclude(service_code="")
    codes = dict(wishes.values_list("order_id", "service_code"))
    services = Service.objects.filter(code__in=set(codes.values())) if codes else Service.objects.none()
    known = dict(services.values_list("code", "carrier"))
    return {order: known[code] for order, code in codes.items() if code in known}
