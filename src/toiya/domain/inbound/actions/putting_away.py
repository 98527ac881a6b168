"""From the dock to a bin, confirmed by scanning the bin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core.actor import Actor
from toiya.core.codes import folded
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound import putting_away as reading
from toiya.domain.inbound import receiving_rules as rules
from toiya.domain.inbound.models import Putaway
from toiya.domain.stock import sql
from toiya.domain.stock.actions.goods import QuantityNotPositive, move_stock
from toiya.domain.stock.models import BinStock
from toiya.domain.warehouses.models import Bin


class NotAStorageBin(Refusal):
    """What was scanned is no bin of this building to keep goods in."""

    code = "not_a_storage_bin"
    message = gettext_lazy("%(scan)s is no storage bin of this building. Scan the bin you stand at.")


class BinFull(Refusal):
    """Fewer pieces fit than are brought."""

    code = "bin_full"
    message = gettext_lazy("Bin %(bin)s takes %(room)s more pieces. Put that many there, or scan another bin.")


class NotAtTheDock(Refusal):
    """Fewer pieces wait at the dock than are carried away."""

    code = "not_at_the_dock"
    message = gettext_lazy(
        "%(free)s pieces of %(sku)s wait at the dock to be put away. Carry at most that many; "
        "promised ones go straight to orders."
    )


@dataclass(frozen=True, slots=True)
class Carry:
    """Pieces of one SKU and lot carried from a place of the dock to the bin that was scanned."""

    sku_id: int
    from_bin_id: int
    lot: str
    quantity: int
    bin_scan: str
    scan_id: str


@dataclass(frozen=True, slots=True)
class PutAway:
    """Where the pieces are now; `alike` are codes of SKUs there that a hand may take for it."""

    putaway: Putaway
    bin_code: str
    alike: tuple[str, ...]
    is_repeat: bool


@transaction.atomic
def put_away(*, warehouse_id: int, carry: Carry, actor: Actor, at: datetime) -> PutAway:
    """
    Book pieces from the dock into a storage bin. Any storage bin is right; one with look-alikes is told of.

    :raises NotFound: no such SKU :raises NotAStorageBin: :raises QuantityNotPositive:
    :raises BinFull: :raises NotAtTheDock: fewer wait there, or orders were promised them
    """
    sku: Sku | None = Sku.objects.filter(pk=carry.sku_id).first()
    if sku is None:
        raise NotFound(kind="SKU", code=str(carry.sku_id))
    sql.lock_balances(sku.seller_id, [warehouse_id], [sku.pk])
    known: Putaway | None = Putaway.objects.filter(scan_id=carry.scan_id).select_related("to_bin").first()
    if known is not None:
        return PutAway(known, known.to_bin.code, (), True)

    to_bin = _bin(warehouse_id, carry.bin_scan)
    dock = _checked_dock(sku, warehouse_id, carry)
    place, others = reading.place_of(to_bin)
    if place.room is not None and carry.quantity > place.room:
        raise BinFull(bin=to_bin.code, room=place.room)

    move_stock(sku=sku, from_bin=dock, to_bin=to_bin, quantity=carry.quantity, lot=carry.lot, actor=actor, at=at)
    putaway = Putaway.objects.create(
        seller_id=sku.seller_id,
        warehouse_id=warehouse_id,
        sku=sku,
        from_bin=dock,
        to_bin=to_bin,
        lot=carry.lot,
        quantity=carry.quantity,
        scan_id=carry.scan_id,
        at=at,
        actor=actor.name,
    )
    alike = rules.alike_in(reading.goods_of([sku])[sku.pk], place, others)
    codes = Sku.objects.filter(pk__in=alike).order_by("pk").values_list("code", flat=True)
    return PutAway(putaway, to_bin.code, tuple(codes), False)


def _checked_dock(sku: Sku, warehouse_id: int, carry: Carry) -> Bin:
    """The place the pieces are taken from. :raises QuantityNotPositive: :raises NotAtTheDock:"""
    if carry.quantity < 1:
        raise QuantityNotPositive(quantity=carry.quantity)
    places = Bin.objects.filter(warehouse_id=warehouse_id, kind=Bin.Kind.DOCK)
    dock: Bin | None = places.filter(pk=carry.from_bin_id).first()
    rows = BinStock.objects.filter(seller_id=sku.seller_id, sku=sku, bin=dock, lot=carry.lot)
    here = rows.first() if dock is not None else None
    free = min(reading.to_put_away(sku, warehouse_id), here.quantity) if here is not None else 0
    if dock is None or carry.quantity > free:
        raise NotAtTheDock(free=free, sku=sku.code)
    return dock


def _bin(warehouse_id: int, scan: str) -> Bin:
    code = folded(scan).removeprefix("BIN-")
    found: Bin | None = (
        Bin.objects.filter(warehouse_id=warehouse_id, code=code, kind=Bin.Kind.STORAGE).lock().first() if code else None
    )
    if found is None:
        raise NotAStorageBin(scan=scan[:40] or "–")
    return found
