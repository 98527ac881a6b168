"""What waits at the dock, and the bins it could go to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef, Q, Sum, Value

from toiya.domain.catalog.models import Barcode, Sku
from toiya.domain.catalog.queries import first_photo
from toiya.domain.inbound import receiving_rules as rules
from toiya.domain.inbound.receiving_rules import Goods, Place, Proposal
from toiya.domain.stock.models import Balance, BinStock
from toiya.domain.warehouses.models import Bin

SOME = 60  # bins of each sort that are looked at for a proposal


@dataclass(frozen=True, slots=True)
class AtDock:
    """Pieces of one SKU and lot at a place of the dock."""

    stock: BinStock
    sku: Sku
    straight: int  # of the SKU's pieces there, so many leave from the dock for orders
    free: int  # of this row, so many are to be put away


def at_dock(warehouse_id: int) -> list[AtDock]:
    """Everything at the dock, by SKU (three queries)."""
    rows = list(
        BinStock.objects.filter(warehouse_id=warehouse_id, bin__kind=Bin.Kind.DOCK, quantity__gt=0)
        .select_related("sku__seller", "bin")
        .annotate(photo=first_photo("sku_id"))
        .order_by("sku_id", "expires_on", "pk")
    )
    straight = straight_from_dock(warehouse_id, {row.sku_id for row in rows})
    left = dict(straight)
    found = []
    for row in rows:
        kept = min(row.quantity, left.get(row.sku_id, 0))
        left[row.sku_id] = left.get(row.sku_id, 0) - kept
        found.append(AtDock(row, row.sku, straight.get(row.sku_id, 0), row.quantity - kept))
    return found


def docked_pieces(warehouse_id: int) -> int:
    """Pieces at the dock of a building."""
    lying = BinStock.objects.filter(warehouse_id=warehouse_id, bin__kind=Bin.Kind.DOCK)
    return lying.aggregate(sum=Sum("quantity"))["sum"] or 0


def straight_from_dock(warehouse_id: int, sku_ids: Iterable[int]) -> dict[int, int]:
    """Pieces of each SKU that orders were promised and that lie nowhere but at the dock (two queries)."""
    wanted = list(sku_ids)
    lying = BinStock.objects.filter(warehouse_id=warehouse_id, sku_id__in=wanted, quantity__gt=0)
    docked: dict[int, int] = {}
    elsewhere: dict[int, int] = {}
    for sku_id, kind, pieces in lying.values_list("sku_id", "bin__kind").annotate(pieces=Sum("quantity")):
        if kind == Bin.Kind.DOCK:
            docked[sku_id] = docked.get(sku_id, 0) + pieces
        elif kind not in Bin.BLOCKED:
            elsewhere[sku_id] = elsewhere.get(sku_id, 0) + pieces
    promised = dict(
        Balance.objects.filter(warehouse_id=warehouse_id, sku_id__in=wanted).values_list("sku_id", "allocated")
    )
    return {
        sku_id: rules.leaves_from_dock(pieces, promised.get(sku_id, 0), elsewhere.get(sku_id, 0))
        for sku_id, pieces in docked.items()
    }


def to_put_away(sku: Sku, warehouse_id: int) -> int:
    """Pieces of a SKU at the dock that no order takes from there."""
    rows = BinStock.objects.filter(warehouse_id=warehouse_id, sku=sku, bin__kind=Bin.Kind.DOCK)
    pieces: int = rows.aggregate(sum=Sum("quantity"))["sum"] or 0
    return pieces - straight_from_dock(warehouse_id, [sku.pk]).get(sku.pk, 0)


def goods_of(skus: Iterable[Sku]) -> dict[int, Goods]:
    """SKUs as a hand sees them, by id (one query for the barcodes)."""
    known = {sku.pk: sku for sku in skus}
    barcodes: dict[int, list[str]] = {}
    for sku_id, barcode in Barcode.objects.filter(sku_id__in=list(known)).values_list("sku_id", "barcode"):
        barcodes.setdefault(sku_id, []).append(barcode)
    return {
        key: Goods(key, sku.item_id, sku.name, sku.option, tuple(barcodes.get(key, ()))) for key, sku in known.items()
    }


def alike_at(sku_id: int, bin_id: int) -> list[Goods]:
    """What lies in a bin that a hand may take for this SKU (one query)."""
    here = BinStock.objects.filter(bin=bin_id, quantity__gt=0).values("sku_id")
    skus = Sku.objects.filter(Q(pk=sku_id) | Q(pk__in=here)).order_by("pk")
    rows = skus.annotate(codes=ArrayAgg("barcodes__barcode", filter=Q(barcodes__isnull=False), default=Value([])))
    lying = [Goods(row.pk, row.item_id, row.name, row.option, tuple(row.codes)) for row in rows]
    sought = next(each for each in lying if each.sku_id == sku_id)
    return [each for each in lying if rules.look_alike(sought, each)]


def place_of(place: Bin) -> tuple[Place, dict[int, Goods]]:
    """One bin with what lies in it (two queries)."""
    places, others = _filled([place])
    return places[0], others


def proposal(stock: BinStock, pieces: int) -> Proposal | None:
    """Where to bring pieces from the dock (six queries, whatever the size of the building)."""
    places, others = _filled(_candidates(stock))
    goods = goods_of([stock.sku])[stock.sku_id]
    return rules.propose_bin(goods, stock.lot, pieces, places, others)


def _candidates(stock: BinStock) -> list[Bin]:
    """Bins of this item, their neighbours in the zone, and bins that are empty: some of each, along the walk."""
    storage = Bin.objects.filter(warehouse_id=stock.warehouse_id, kind=Bin.Kind.STORAGE).order_by("walk_order", "pk")
    of_item = list(storage.filter(stock__sku__item_id=stock.sku.item_id, stock__quantity__gt=0).distinct()[:SOME])
    neighbours = list(storage.filter(zone__in={each.zone for each in of_item})[:SOME]) if of_item else []
    full = BinStock.objects.filter(bin=OuterRef("pk"), quantity__gt=0)
    empty = list(storage.filter(~Exists(full))[:SOME])
    shared = list(storage[:SOME])
    return list({each.pk: each for each in [*of_item, *neighbours, *empty, *shared]}.values())


def _filled(bins: list[Bin]) -> tuple[list[Place], dict[int, Goods]]:
    lying: dict[int, dict[int, int]] = {}
    lots: dict[int, set[tuple[int, str]]] = {}
    skus: dict[int, Sku] = {}
    rows = BinStock.objects.filter(bin__in=[each.pk for each in bins], quantity__gt=0).select_related("sku")
    for row in rows:
        pieces = lying.setdefault(row.bin_id, {})
        pieces[row.sku_id] = pieces.get(row.sku_id, 0) + row.quantity
        lots.setdefault(row.bin_id, set()).add((row.sku_id, row.lot))
        skus[row.sku_id] = row.sku
    places = [
        Place(
            each.pk, each.code, each.zone, each.walk_order, each.holds_pieces,
            lying.get(each.pk, {}), frozenset(lots.get(each.pk, ())),
        )
        for each in bins
    ]  # fmt: skip
    return places, goods_of(skus.values())
