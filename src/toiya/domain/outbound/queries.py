"""What the floor's actions and the screens ask about work in the building."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Sum

from toiya.domain.outbound.models import Parcel, PickTask, Slot
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


def slot_in_totes(totes: Iterable[Bin]) -> Slot | None:
    """The order whose pieces lie in one of these totes (what a scan may mean)."""
    slots = Slot.objects.filter(tote__in=list(totes), is_closed=False)
    return slots.select_related("order", "seller", "pick_list").first()


def open_parcel(order_id: int) -> Parcel | None:
    """The parcel an order is being packed into, or waits in."""
    parcels = Parcel.objects.filter(order_id=order_id).exclude(status=Parcel.Status.SHIPPED)
    parcel: Parcel | None = parcels.select_related("service", "label", "seller", "order").order_by("pk").first()
    return parcel
