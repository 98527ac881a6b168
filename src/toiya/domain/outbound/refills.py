"""The pick bins of a building that want pieces now, told before a wave needs them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Sum

from toiya.domain.allocation.models import Allocation
from toiya.domain.orders.models import Order
from toiya.domain.outbound import queries
from toiya.domain.outbound.models import PickFace
from toiya.domain.outbound.refill_rules import Face, refills
from toiya.domain.stock.models import BinStock


@dataclass(frozen=True, slots=True)
class WantedRefill:
    """What to carry where."""

    face: PickFace
    source: BinStock
    quantity: int


def refills_of(warehouse_id: int) -> list[WantedRefill]:
    """The refills to do, the emptiest pick bin first (one query where there are no pick bins, else five)."""
    rows = PickFace.objects.filter(warehouse_id=warehouse_id).select_related("bin", "sku", "seller").order_by("pk")
    faces = {row.pk: row for row in rows}
    if not faces:
        return []
    skus = sorted({row.sku_id for row in faces.values()})
    offers = queries.bin_offers(None, warehouse_id, skus)
    asked = [Face(row.pk, row.bin_id, row.sku_id, row.minimum, row.maximum) for row in faces.values()]
    found = refills(asked, offers, _waiting(warehouse_id, skus))
    lying = BinStock.objects.filter(bin_id__in=[each.source.bin_id for each in found], sku_id__in=skus)
    sources = {(row.bin_id, row.sku_id, row.lot): row for row in lying.select_related("bin")}
    return [
        WantedRefill(
            faces[each.face.face_id], sources[each.source.bin_id, each.source.sku_id, each.source.lot], each.quantity
        )
        for each in found
    ]


def _waiting(warehouse_id: int, skus: list[int]) -> dict[int, int]:
    """Pieces promised to orders that wait for a wave, per SKU."""
    orders = Order.objects.filter(status=Order.Status.ALLOCATED, seller__sku__in=skus)
    promised = Allocation.objects.filter(warehouse_id=warehouse_id, sku_id__in=skus, order_id__in=orders.values("pk"))
    return dict(promised.values_list("sku_id").annotate(pieces=Sum("quantity")).order_by("sku_id"))


def pick_faces(warehouse_id: int, most: int) -> list[PickFace]:
    """The pick bins along the walk (one query)."""
    rows = PickFace.objects.filter(warehouse_id=warehouse_id).select_related("bin", "sku", "seller")
    return list(rows.order_by("bin__walk_order", "bin_id", "pk")[:most])
