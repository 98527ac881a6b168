"""What the screens ask about orders stopped on the floor."""

from __future__ import annotations

from collections.abc import Iterable

from toiya.domain.orders.models import Order
from toiya.domain.outbound.models import CarryBack, Parcel, Stop


def sealed_parcel(order: Order) -> Parcel | None:
    """The first parcel of an order that is beyond change: sealed here, or handed in. Lock the order to decide on it."""
    parcels = Parcel.objects.filter(order=order).exclude(status__in=[Parcel.Status.OPEN, Parcel.Status.CANCELLED])
    if order.status == Order.Status.TO_HAND_IN:
        return None  # announced by its seller and still with it
    parcel: Parcel | None = parcels.order_by("pk").first()
    return parcel


def stops_of(order: Order) -> list[Stop]:
    """What was asked of an order and what came of it, newest first."""
    return list(Stop.objects.filter(order=order).select_related("parcel").order_by("-pk"))


def piles_of(stop_id: int) -> list[CarryBack]:
    """The piles of a stopped order, those still in the tote first."""
    piles = CarryBack.objects.filter(stop_id=stop_id).select_related("tote", "home", "sku", "put_into", "pick_list")
    return sorted(piles.order_by("pk"), key=lambda pile: pile.put_at is not None)


def stop_to_answer(warehouse_id: int, stop_id: int) -> Stop | None:
    """A stopped order whose pieces are or were in a tote of this warehouse."""
    stops = Stop.objects.filter(pk=stop_id, pieces__tote__warehouse_id=warehouse_id)
    stop: Stop | None = stops.select_related("order", "seller").first()
    return stop


def stop_in_tote(warehouse_id: int, codes: Iterable[str]) -> int | None:
    """The request whose pieces lie in this tote until they are carried back."""
    piles = CarryBack.objects.filter(tote__warehouse_id=warehouse_id, tote__code__in=list(codes), put_at=None)
    return piles.order_by("pk").values_list("stop_id", flat=True).first()


def stop_of_order(order_id: int) -> int | None:
    """The latest request that took an order off the floor with pieces in its tote."""
    return CarryBack.objects.filter(stop__order_id=order_id).order_by("-pk").values_list("stop_id", flat=True).first()


def stops_waiting(warehouse_id: int) -> dict[int, int]:
    """Pieces still to be carried back, by request."""
    piles = CarryBack.objects.filter(tote__warehouse_id=warehouse_id, put_at=None)
    pieces: dict[int, int] = {}
    for stop_id, quantity in piles.order_by("stop_id").values_list("stop_id", "quantity"):
        pieces[stop_id] = pieces.get(stop_id, 0) + quantity
    return pieces
