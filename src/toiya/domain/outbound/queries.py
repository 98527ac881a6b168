"""What the floor's actions and the screens ask about work in the building."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Sum

from toiya.domain.outbound.models import Parcel, PickList, PickTask, Scan, Slot
from toiya.domain.outbound.rules import BinOffer
from toiya.domain.stock.models import BinStock
from toiya.domain.warehouses.models import Bin


def bin_offers(seller_id: int, warehouse_id: int, sku_ids: Iterable[int]) -> list[BinOffer]:
    """Pieces in storage bins that no open pick task counts on. Decide on it only with the balances locked."""
    wanted = list(sku_ids)
    stock = BinStock.objects.filter(
        seller_id=seller_id,
        warehouse_id=warehouse_id,
        sku_id__in=wanted,
        quantity__gt=0,
        bin__kind=Bin.Kind.STORAGE,
    ).select_related("bin")
    open_tasks = (
        PickTask.objects.filter(seller_id=seller_id, sku_id__in=wanted, status=PickTask.Status.OPEN)
        .values_list("bin_id", "sku_id", "lot")
        .annotate(open=Sum(F("quantity") - F("picked")))
    )
    counted_on = {(bin_id, sku_id, lot): pieces for bin_id, sku_id, lot, pieces in open_tasks}
    offers = [
        BinOffer(
            bin_id=row.bin_id,
            sku_id=row.sku_id,
            lot=row.lot,
            expires_on=row.expires_on,
            walk_order=row.bin.walk_order,
            free=row.quantity - counted_on.get((row.bin_id, row.sku_id, row.lot), 0),
        )
        for row in stock.order_by("pk")
    ]
    return [offer for offer in offers if offer.free > 0]


def next_task(pick_list: PickList) -> PickTask | None:
    """The next stop of a walk, or None when all is picked."""
    tasks = PickTask.objects.filter(pick_list=pick_list, status=PickTask.Status.OPEN)
    return tasks.select_related("bin", "sku", "sku__item", "slot", "order", "seller").order_by("sequence").first()


def slot_without_tote(pick_list: PickList) -> Slot | None:
    """The next slot that still needs a tote."""
    slots = Slot.objects.filter(pick_list=pick_list, tote=None, is_closed=False)
    return slots.select_related("order", "seller").order_by("number").first()


def slot_in_tote(tote: Bin) -> Slot | None:
    """The order whose pieces lie in a tote."""
    return Slot.objects.filter(tote=tote, is_closed=False).select_related("order", "seller", "pick_list").first()


def open_parcel(order_id: int) -> Parcel | None:
    """The parcel an order is being packed into, or waits in."""
    parcels = Parcel.objects.filter(order_id=order_id).exclude(status=Parcel.Status.SHIPPED)
    parcel: Parcel | None = parcels.select_related("service", "label", "seller", "order").order_by("pk").first()
    return parcel


def is_new_scan(scan_id: str, at: datetime) -> bool:
    """
    Remember a scan's id in the caller's transaction; False when it was taken before (a repeated or replayed scan).

    Asked only under the lock of what the scan changes; if the action refuses, the id is forgotten with it.
    """
    if not scan_id:
        return True
    _, is_new = Scan.objects.get_or_create(scan_id=scan_id, defaults={"at": at})
    return is_new
