"""Deliveries at the dock, for tests, built by the app's own actions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import count
from typing import Any

from tests.inbound_world import a_bundle, approved, sent
from tests.world import NOON, WORLD, acting_for
from toiya.core.actor import Actor
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound.actions.arriving import arrive
from toiya.domain.inbound.actions.cartons import CartonDraft, add_cartons
from toiya.domain.inbound.actions.counting import Booked, Count, count_pieces
from toiya.domain.inbound.actions.putting_away import Carry, PutAway, put_away
from toiya.domain.inbound.models import CargoBundle
from toiya.domain.members.models import Seller
from toiya.domain.stock.models import BinStock
from toiya.domain.warehouses.models import Bin, Warehouse

_scans = count(1)


def a_delivery(seller: Seller, warehouse: Warehouse, wants: Mapping[Sku, int], **plan: Any) -> CargoBundle:
    """A delivery on its way: asked for, confirmed, one carton with everything, sent."""
    bundle = a_bundle(seller, warehouse, wants, **plan)
    draft = CartonDraft({sku.code: pieces for sku, pieces in wants.items()})
    add_cartons(bundle_code=bundle.code, draft=draft, actor=acting_for(seller), at=NOON)
    approved(bundle)
    return sent(bundle, cartons=1)


def arrived(bundle: CargoBundle, at: datetime = NOON) -> CargoBundle:
    """The delivery at the dock, every carton scanned."""
    for code in [bundle.code, *bundle.cartons.order_by("number").values_list("code", flat=True)]:
        arrive(warehouse_id=bundle.warehouse_id, scan=code, actor=WORLD, at=at)
    bundle.refresh_from_db()
    return bundle


def counted(
    bundle: CargoBundle, sku: Sku | None, quantity: int, *, scan_id: str = "", actor: Actor = WORLD, **more: Any
) -> Booked:
    """One count; `more` are fields of `Count`."""
    known = Count(scan_id or f"scan-{next(_scans):06d}", quantity, sku.pk if sku else None, **more)
    return count_pieces(bundle_id=bundle.pk, count=known, actor=actor, at=NOON)


def carried(
    sku: Sku, warehouse: Warehouse, quantity: int, bin_code: str, *, lot: str = "", scan_id: str = ""
) -> PutAway:
    """Pieces brought from the dock to a bin."""
    dock = warehouse.bins.get(kind=Bin.Kind.DOCK)
    carry = Carry(sku.pk, dock.pk, lot, quantity, f"BIN-{bin_code}", scan_id or f"walk-{next(_scans):06d}")
    return put_away(warehouse_id=warehouse.pk, carry=carry, actor=WORLD, at=NOON)


def lying(sku: Sku) -> dict[str, int]:
    """Pieces of the SKU by bin."""
    rows = BinStock.objects.filter(sku=sku, quantity__gt=0).order_by("bin__code")
    return dict(rows.values_list("bin__code", "quantity"))
