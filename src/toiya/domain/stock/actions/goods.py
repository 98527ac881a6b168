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
from toiya.domain.stock.actions.spots import BinSetAside, PiecesAwaited, Spot, check_seen, check_usable
from toiya.domain.stock.events import StockAdjusted, StockMoved, StockReceived
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
    :raises BinSetAside: one of the bins is for goods that are set aside
    :raises BundleOfParts: one of the SKUs is picked from its parts
    """
    sku_ids = sorted({arrival.sku_id for arrival in arrivals})
    skus = list(Sku.objects.filter(seller_id=seller_id, id__in=sku_ids).order_by("pk"))
    codes = {sku.pk: sku.code for sku in skus}
    sql.ensure_balances(seller_id, warehouse_id, sorted(codes))
    sql.lock_balances(seller_id, [warehouse_id], sorted(codes))

    _check_quantities(arrivals)
    for sku_id in sku_ids:
        if sku_id not in codes:
            raise NotFound(kind="SKU", code=str(sku_id))
    for sku in skus:
        check_has_pieces(sku)
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


def check_has_pieces(sku: Sku) -> None:
    """A step. :raises BundleOfParts:"""
    if sku.bundle_kind == Sku.BundleKind.VIRTUAL:
        raise BundleOfParts(sku=sku.code)


def book_in(book: Book, sku: Sku, arrival: Arrival, source: str) -> StockReceived:
    """
    A step of a count: pieces of one SKU into a usable bin, both known to be right; returns what is to be told.

    :raises BundleOfParts:
    """
    check_has_pieces(sku)
    if not sql.lock_balances(book.seller_id, [book.warehouse_id], [sku.pk]):
        sql.ensure_balances(book.seller_id, book.warehouse_id, [sku.pk])
        sql.lock_balances(book.seller_id, [book.warehouse_id], [sku.pk])
    to_bin, lot, day = arrival.bin_id, arrival.lot, arrival.expires_on
    ledger.receive(book, [Post(sku.pk, arrival.quantity, source, to_bin_id=to_bin, lot=lot, expires_on=day)])
    return StockReceived(
        seller_id=book.seller_id, subject=sku.code, warehouse_id=book.warehouse_id, quantity=arrival.quantity
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


@transaction.atomic
def move_stock(*, sku: Sku, from_bin: Bin, to_bin: Bin, quantity: int, lot: str, actor: Actor, at: datetime) -> None:
    """`carry`, by the bin pieces come from."""
    carry(spot=Spot(sku, from_bin, lot), to_bin=to_bin, quantity=quantity, actor=actor, at=at)


@transaction.atomic
def carry(*, spot: Spot, to_bin: Bin, quantity: int, actor: Actor, at: datetime) -> None:
    """
    Carry pieces from one bin to another of the same warehouse; their last usable day goes with them.

    :raises QuantityNotPositive: :raises NotEnoughStock: the bin has fewer
    :raises BinElsewhere: the bins are not in one warehouse
    :raises BinSetAside: :raises BinOfOrders: :raises PiecesAwaited: :raises MovedMeanwhile:
    """
    sku, from_bin = spot.sku, spot.place
    sql.lock_balances(sku.seller_id, [from_bin.warehouse_id], [sku.pk])
    held = spot.held

    if quantity < 1:
        raise QuantityNotPositive(quantity=quantity)
    if to_bin.warehouse_id != from_bin.warehouse_id:
        raise BinElsewhere(bin=to_bin.code)
    for place in (from_bin, to_bin):
        check_usable(place)
    check_seen(spot)
    _check_kept(spot, quantity)

    expires_on = held.expires_on if held else None
    post = Post(sku.pk, quantity, sku.code, from_bin.pk, to_bin.pk, spot.lot, expires_on)
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


def _check_kept(spot: Spot, leaving: int) -> None:
    held = spot.held
    if spot.kept and held and held.quantity - leaving < spot.kept:
        raise PiecesAwaited(bin=spot.place.code, kept=spot.kept)


@transaction.atomic
def adjust_stock(*, sku: Sku, place: Bin, difference: int, lot: str, reason: str, actor: Actor, at: datetime) -> None:
    """`correct`, with a reason of one word."""
    correct(spot=Spot(sku, place, lot), difference=difference, why=Why(reason), actor=actor, at=at)


@transaction.atomic
def correct(*, spot: Spot, difference: int, why: Why, actor: Actor, at: datetime) -> None:
    """
    Correct a bin after a count: positive for more, negative for fewer pieces. The reason is kept as a note.

    :raises QuantityNotPositive: the difference is zero
    :raises QuantityPromised: fewer pieces are free than would go
    :raises BinSetAside: :raises BinOfOrders: :raises PiecesAwaited: :raises MovedMeanwhile: :raises NoSuchReason:
    """
    sku, place = spot.sku, spot.place
    sql.ensure_balances(sku.seller_id, place.warehouse_id, [sku.pk])
    balances = sql.lock_balances(sku.seller_id, [place.warehouse_id], [sku.pk])

    if difference == 0:
        raise QuantityNotPositive(quantity=0)
    available = balances[place.warehouse_id, sku.pk].available
    if difference < 0 and available < -difference:
        raise QuantityPromised(sku=sku.code, available=available)
    check_usable(place)
    check_seen(spot)
    if difference < 0:
        _check_kept(spot, -difference)

    note = write_note(sku=sku, warehouse_id=place.warehouse_id, why=why, actor=actor, at=at)
    book = Book(sku.seller_id, place.warehouse_id, actor.name, at)
    if difference > 0:
        ledger.found(book, [Post(sku.pk, difference, note.code, to_bin_id=place.pk, lot=spot.lot)])
    else:
        ledger.lost(book, [Post(sku.pk, -difference, note.code, from_bin_id=place.pk, lot=spot.lot)])

    adjusted = StockAdjusted(
        seller_id=sku.seller_id,
        subject=sku.code,
        warehouse_id=place.warehouse_id,
        difference=difference,
        reason=why.reason,
    )
    events.record(adjusted, actor=actor, at=at)
