"""What work orders need to know of stock, and what the screens ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from toiya.core.money import Money
from toiya.domain.assembly import rules
from toiya.domain.assembly.models import AssemblyPrice, WorkOrder, WorkPart
from toiya.domain.catalog.models import Sku
from toiya.domain.stock.actions.ledger import Post
from toiya.domain.stock.models import Balance, BinStock, Movement
from toiya.domain.warehouses.models import Bin, Warehouse


def counter_posts(order: WorkOrder, parts: Sequence[WorkPart], quantity: int) -> list[Post]:
    """The parts of so many pieces, back to the bins and lots the order took them from, the newest first."""
    out: Counter[tuple[int, int, str]] = Counter()
    newest: dict[tuple[int, int, str], int] = {}
    kinds = (Movement.Kind.ASSEMBLE_OUT, Movement.Kind.ASSEMBLE_IN)
    skus = [part.sku_id for part in parts]
    rows = Movement.objects.filter(seller_id=order.seller_id, source=order.code, kind__in=kinds, sku_id__in=skus)
    for row in rows.order_by("pk"):
        place = (row.sku_id, row.from_bin_id or row.to_bin_id or 0, row.lot)
        is_out = row.kind == Movement.Kind.ASSEMBLE_OUT
        out[place] += row.quantity if is_out else -row.quantity
        newest[place] = row.pk if is_out else newest[place]
    posts = []
    for part in parts:
        wanted = part.quantity * quantity
        for place in sorted((each for each in out if each[0] == part.sku_id), key=lambda each: -newest[each]):
            pieces = min(wanted, out[place])
            if pieces:
                posts.append(Post(place[0], pieces, order.code, to_bin_id=place[1], lot=place[2]))
                wanted -= pieces
    return posts


def may_be_made(sku: Sku) -> list[tuple[Warehouse, int]]:
    """How many of a bundle the free pieces of its parts make, warehouse by warehouse (three queries)."""
    parts = dict(sku.parts.values_list("part_id", "quantity"))
    free: dict[int, dict[int, int]] = {}
    for balance in Balance.objects.filter(seller_id=sku.seller_id, sku_id__in=parts):
        free.setdefault(balance.warehouse_id, {})[balance.sku_id] = balance.available
    return [(house, rules.makes(free.get(house.pk, {}), parts)) for house in Warehouse.objects.order_by("code")]


def lying(order: WorkOrder, sku_ids: Sequence[int]) -> dict[int, list[BinStock]]:
    """Where usable pieces of these parts lie in the order's warehouse, along the walk."""
    rows = BinStock.objects.filter(
        seller_id=order.seller_id, warehouse_id=order.warehouse_id, sku_id__in=sku_ids, quantity__gt=0
    ).exclude(bin__kind__in=(*Bin.BLOCKED, Bin.Kind.TOTE, Bin.Kind.STAGING))
    found: dict[int, list[BinStock]] = {}
    for row in rows.select_related("bin").order_by("bin__walk_order", "bin_id", "lot"):
        found.setdefault(row.sku_id, []).append(row)
    return found


def prices_at(houses: Sequence[Warehouse], at: datetime) -> dict[int, Money]:
    """The price of one piece now, by warehouse (one query)."""
    found = {house.pk: Money(rules.PRICE_MINOR, "JPY") for house in houses}
    today = {house.pk: at.astimezone(ZoneInfo(house.time_zone)).date() for house in houses}
    for row in AssemblyPrice.objects.filter(warehouse__in=today).order_by("from_on"):
        if row.from_on <= today[row.warehouse_id]:
            found[row.warehouse_id] = Money(row.price_minor, row.currency)
    return found
