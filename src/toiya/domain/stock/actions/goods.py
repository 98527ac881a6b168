"""What people do with goods outside an order: receive, move, correct."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.stock import sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.ledger import Book, Post
from toiya.domain.stock.events import StockAdjusted, StockMoved, StockReceived
from toiya.domain.stock.models import BinStock
from toiya.domain.warehouses.models import Bin


class QuantityNotPositive(Refusal):
    """A quantity of zero or less."""

    code = "quantity_not_positive"
    message = gettext_lazy("Quantity %(quantity)s: enter a whole number from 1 to 1,000,000.")


class QuantityPromised(Refusal):
    """More pieces would be written off than are free of promises."""

    code = "quantity_promised"
    message = gettext_lazy(
        "%(sku)s: %(available)s pieces are free of orders, so at most that many can be written off. "
        "Take back an allocation first."
    )


class BundleOfParts(Refusal):
    """A virtual bundle has no pieces of its own."""

    code = "bundle_of_parts"
    message = gettext_lazy("%(sku)s is picked from its parts and has no pieces of its own. Receive the parts.")


class BinElsewhere(Refusal):
    """A bin of another warehouse than the step is for."""

    code = "bin_elsewhere"
    message = gettext_lazy("Bin %(bin)s is not in this warehouse. Scan a bin of the warehouse where the pieces are.")


@dataclass(frozen=True, slots=True)
class Arrival:
    """So many pieces of a SKU, put into a bin; lot and last usable day where the goods have them."""

    sku_id: int
    bin_id: int
    quantity: int
    lot: str = ""
    expires_on: date | None = None


@transaction.atomic
def receive_stock(
    *, seller_id: int, warehouse_id: int, arrivals: Sequence[Arrival], source: str, actor: Actor, at: datetime
) -> None:
    """
    Book counted pieces of one seller into bins.

    :raises QuantityNotPositive: one of the quantities is not a whole number from 1 to 1,000,000
    :raises NotFound: one of the SKUs is not this seller's
    :raises BinElsewhere: one of the bins is not in this warehouse
    :raises BundleOfParts: one of the SKUs is picked from its parts
    """
    sku_ids = sorted({arrival.sku_id for arrival in arrivals})
    codes = dict(Sku.objects.filter(seller_id=seller_id, id__in=sku_ids).values_list("id", "code"))
    sql.ensure_balances(seller_id, warehouse_id, sorted(codes))
    sql.lock_balances(seller_id, [warehouse_id], sorted(codes))

    _check_quantities(arrivals)
    for sku_id in sku_ids:
        if sku_id not in codes:
            raise NotFound(kind="SKU", code=str(sku_id))
    bundle = Sku.objects.filter(pk__in=sku_ids, bundle_kind=Sku.BundleKind.VIRTUAL).first()
    if bundle is not None:
        raise BundleOfParts(sku=bundle.code)
    _check_bins(warehouse_id, {arrival.bin_id for arrival in arrivals})

    posts = [
        Post(a.sku_id, a.quantity, source, to_bin_id=a.bin_id, lot=a.lot, expires_on=a.expires_on) for a in arrivals
    ]
    ledger.receive(Book(seller_id, warehouse_id, actor.name, at), posts)

    events.record_all(
        [
            StockReceived(seller_id=seller_id, subject=codes[a.sku_id], warehouse_id=warehouse_id, quantity=a.quantity)
            for a in arrivals
        ],
        actor=actor,
        at=at,
    )


def _check_quantities(arrivals: Sequence[Arrival]) -> None:
    for arrival in arrivals:
        if not 1 <= arrival.quantity <= 1_000_000:
            raise QuantityNotPositive(quantity=arrival.quantity)


def _check_bins(warehouse_id: int, bin_ids: Set[int]) -> None:
    elsewhere = Bin.objects.filter(pk__in=bin_ids).exclude(warehouse_id=warehouse_id).order_by("pk").first()
    if elsewhere is not None:
        raise BinElsewhere(bin=elsewhere.code)


@transaction.atomic
def move_stock(*, sku: Sku, from_bin: Bin, to_bin: Bin, quantity: int, lot: str, actor: Actor, at: datetime) -> None:
    """
    Carry pieces from one bin to another of the same warehouse; their last usable day goes with them.

    :raises QuantityNotPositive: :raises NotEnoughStock: the bin has fewer
    :raises BinElsewhere: the bins are not in one warehouse
    """
    sql.lock_balances(sku.seller_id, [from_bin.warehouse_id], [sku.pk])
    expires_on = _last_usable_day(sku, from_bin, lot)

    if quantity < 1:
        raise QuantityNotPositive(quantity=quantity)
    if to_bin.warehouse_id != from_bin.warehouse_id:
        raise BinElsewhere(bin=to_bin.code)

    post = Post(sku.pk, quantity, sku.code, from_bin.pk, to_bin.pk, lot, expires_on)
    ledger.move(Book(sku.seller_id, from_bin.warehouse_id, actor.name, at), [post])

    moved = StockMoved(
        seller_id=sku.seller_id,
        subject=sku.code,
        warehouse_id=from_bin.warehouse_id,
        quantity=quantity,
        from_bin=from_bin.code,
        to_bin=to_bin.code,
    )
    events.record(moved, actor=actor, at=at)


def _last_usable_day(sku: Sku, place: Bin, lot: str) -> date | None:
    held = BinStock.objects.filter(seller_id=sku.seller_id, sku=sku, bin=place, lot=lot).first()
    return held.expires_on if held else None


@transaction.atomic
def adjust_stock(*, sku: Sku, place: Bin, difference: int, lot: str, reason: str, actor: Actor, at: datetime) -> None:
    """
    Correct a bin after a count: positive for more, negative for fewer pieces.

    :raises QuantityNotPositive: the difference is zero
    :raises QuantityPromised: fewer pieces are free than would go
    """
    sql.ensure_balances(sku.seller_id, place.warehouse_id, [sku.pk])
    balances = sql.lock_balances(sku.seller_id, [place.warehouse_id], [sku.pk])

    if difference == 0:
        raise QuantityNotPositive(quantity=0)
    available = balances[place.warehouse_id, sku.pk].available
    if difference < 0 and available < -difference:
        raise QuantityPromised(sku=sku.code, available=available)

    book = Book(sku.seller_id, place.warehouse_id, actor.name, at)
    if difference > 0:
        ledger.found(book, [Post(sku.pk, difference, sku.code, to_bin_id=place.pk, lot=lot)])
    else:
        ledger.lost(book, [Post(sku.pk, -difference, sku.code, from_bin_id=place.pk, lot=lot)])

    adjusted = StockAdjusted(
        seller_id=sku.seller_id,
        subject=sku.code,
        warehouse_id=place.warehouse_id,
        difference=difference,
        reason=reason,
    )
    events.record(adjusted, actor=actor, at=at)
