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
from toiya.domain.stock.actions.reasons import Why, write_note
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


class BinElsewhere(Refusal):
    """A bin of another warehouse than the step is for."""

    code = "bin_elsewhere"
    message = gettext_lazy("Bin %(bin)s is not in this warehouse. Scan a bin of the warehouse where the pieces are.")


class BinSetAside(Refusal):
    """A place for goods that may not be sold: nothing goes there, or leaves, without a reason."""

    code = "bin_set_aside"
    message = gettext_lazy(
        "Bin %(bin)s is for goods that are set aside. Set aside or free pieces with a reason instead."
    )


class BinOfOrders(Refusal):
    """A tote, or the place of packed parcels: what lies there belongs to orders."""

    code = "bin_of_orders"
    message = gettext_lazy("%(bin)s holds pieces of orders that are being packed. Scan a shelf bin.")


class PiecesAwaited(Refusal):
    """Open picks count on pieces in the bin."""

    code = "pieces_awaited"
    message = gettext_lazy(
        "%(kept)s pieces in bin %(bin)s are wanted by a pick list under way. Take fewer, or let the walk end first."
    )


class MovedMeanwhile(Refusal):
    """Pieces came or went in the bin since the person looked."""

    code = "moved_meanwhile"
    message = gettext_lazy(
        "Pieces came to bin %(bin)s or left it meanwhile. Look at what lies there now, then do the step once more."
    )


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
    :raises BinSetAside: one of the bins is for goods that are set aside
    """
    sku_ids = sorted({arrival.sku_id for arrival in arrivals})
    codes = dict(Sku.objects.filter(seller_id=seller_id, id__in=sku_ids).values_list("id", "code"))
    sql.ensure_balances(seller_id, warehouse_id, sorted(codes))
    sql.lock_balances(seller_id, [warehouse_id], sorted(codes))

    _check_quantities(arrivals)
    for sku_id in sku_ids:
        if sku_id not in codes:
            raise NotFound(kind="SKU", code=str(sku_id))
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
    for place in Bin.objects.filter(pk__in=bin_ids).order_by("pk"):
        if place.warehouse_id != warehouse_id:
            raise BinElsewhere(bin=place.code)
        if place.kind in Bin.BLOCKED:
            raise BinSetAside(bin=place.code)


def check_usable(place: Bin) -> None:
    """A step: people may put goods here and take them. :raises BinSetAside: :raises BinOfOrders:"""
    if place.kind in Bin.BLOCKED:
        raise BinSetAside(bin=place.code)
    if place.kind in (Bin.Kind.TOTE, Bin.Kind.STAGING):
        raise BinOfOrders(bin=place.code)


@transaction.atomic
def move_stock(
    *, sku: Sku, from_bin: Bin, to_bin: Bin, quantity: int, lot: str, actor: Actor, at: datetime, kept: int = 0
) -> None:
    """
    Carry pieces from one bin to another of the same warehouse; their last usable day goes with them.

    `kept` are pieces of the first bin that other work counts on.

    :raises QuantityNotPositive: :raises NotEnoughStock: the bin has fewer
    :raises BinElsewhere: the bins are not in one warehouse
    :raises BinSetAside: :raises BinOfOrders: :raises PiecesAwaited:
    """
    sql.lock_balances(sku.seller_id, [from_bin.warehouse_id], [sku.pk])
    held = _held(sku, from_bin, lot)

    if quantity < 1:
        raise QuantityNotPositive(quantity=quantity)
    if to_bin.warehouse_id != from_bin.warehouse_id:
        raise BinElsewhere(bin=to_bin.code)
    for place in (from_bin, to_bin):
        check_usable(place)
    if kept and held and held.quantity - kept < quantity:
        raise PiecesAwaited(bin=from_bin.code, kept=kept)

    expires_on = held.expires_on if held else None
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


def _held(sku: Sku, place: Bin, lot: str) -> BinStock | None:
    return BinStock.objects.filter(seller_id=sku.seller_id, sku=sku, bin=place, lot=lot).first()


@transaction.atomic
def adjust_stock(
    *,
    sku: Sku,
    place: Bin,
    difference: int,
    lot: str,
    reason: str | Why,
    actor: Actor,
    at: datetime,
    kept: int = 0,
) -> None:
    """
    Correct a bin after a count: positive for more, negative for fewer pieces. The reason is kept as a note.

    `kept` are pieces of the bin that other work counts on.

    :raises QuantityNotPositive: the difference is zero
    :raises QuantityPromised: fewer pieces are free than would go
    :raises BinSetAside: :raises BinOfOrders: :raises PiecesAwaited: :raises NoSuchReason:
    """
    why = reason if isinstance(reason, Why) else Why(reason)
    sql.ensure_balances(sku.seller_id, place.warehouse_id, [sku.pk])
    balances = sql.lock_balances(sku.seller_id, [place.warehouse_id], [sku.pk])

    if difference == 0:
        raise QuantityNotPositive(quantity=0)
    available = balances[place.warehouse_id, sku.pk].available
    if difference < 0 and available < -difference:
        raise QuantityPromised(sku=sku.code, available=available)
    check_usable(place)
    held = _held(sku, place, lot)
    if difference < 0 and kept and held and held.quantity + difference < kept:
        raise PiecesAwaited(bin=place.code, kept=kept)

    note = write_note(sku=sku, warehouse_id=place.warehouse_id, why=why, actor=actor, at=at)
    book = Book(sku.seller_id, place.warehouse_id, actor.name, at)
    if difference > 0:
        ledger.found(book, [Post(sku.pk, difference, note.code, to_bin_id=place.pk, lot=lot)])
    else:
        ledger.lost(book, [Post(sku.pk, -difference, note.code, from_bin_id=place.pk, lot=lot)])

    adjusted = StockAdjusted(
        seller_id=sku.seller_id,
        subject=sku.code,
        warehouse_id=place.warehouse_id,
        difference=difference,
        reason=why.reason,
    )
    events.record(adjusted, actor=actor, at=at)
