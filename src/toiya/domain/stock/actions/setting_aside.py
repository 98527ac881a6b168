"""Quarantine and damaged goods: set aside with a reason, freed again, or written off with the seller's consent."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.stock import sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.goods import BinElsewhere, QuantityNotPositive, QuantityPromised
from toiya.domain.stock.actions.ledger import Book, Post
from toiya.domain.stock.actions.reasons import Why, write_note
from toiya.domain.stock.actions.spots import PiecesAwaited, Spot, check_seen, check_usable
from toiya.domain.stock.events import StockFreed, StockSetAside, StockWrittenOff
from toiya.domain.warehouses.actions.places import place_of_kind
from toiya.domain.warehouses.models import Bin


class NotSetAside(Refusal):
    """The pieces lie in no place for goods that are set aside."""

    code = "not_set_aside"
    message = gettext_lazy("Bin %(bin)s holds usable goods. Choose a line of the quarantine list.")


class NoConsent(Refusal):
    """Goods are somebody's: without a word of the seller nothing is thrown away."""

    code = "no_consent"
    message = gettext_lazy("Write who of the seller agreed, and when. Without consent no piece is written off.")


@transaction.atomic
def set_aside(*, spot: Spot, kind: Bin.Kind, quantity: int, why: Why, actor: Actor, at: datetime) -> str:
    """
    Carry pieces to the quarantine or damaged goods; they stay on hand and cannot be promised. Returns the bin's code.

    :raises QuantityNotPositive: :raises NotEnoughStock: the bin has fewer
    :raises QuantityPromised: fewer are free of promises :raises PiecesAwaited: a picker is on the way to them
    """
    balances = sql.lock_balances(spot.sku.seller_id, [spot.place.warehouse_id], [spot.sku.pk])
    expires_on, there = _held(spot)

    _check_quantity(quantity, there)
    check_usable(spot.place)
    balance = balances.get((spot.place.warehouse_id, spot.sku.pk))
    if balance is None or balance.available < quantity:
        raise QuantityPromised(sku=spot.sku.code, available=balance.available if balance else 0)
    if there - spot.kept < quantity:
        raise PiecesAwaited(bin=spot.place.code, kept=spot.kept)

    aside = place_of_kind(warehouse_id=spot.place.warehouse_id, kind=kind)
    note = write_note(sku=spot.sku, warehouse_id=spot.place.warehouse_id, why=why, actor=actor, at=at)
    ledger.block(
        _book(spot, actor, at),
        [Post(spot.sku.pk, quantity, note.code, spot.place.pk, aside.pk, spot.lot, expires_on)],
    )

    told = StockSetAside(
        seller_id=spot.sku.seller_id,
        subject=spot.sku.code,
        warehouse_id=spot.place.warehouse_id,
        quantity=quantity,
        reason=why.reason,
        note=note.code,
        to_bin=aside.code,
    )
    events.record(told, actor=actor, at=at)
    return aside.code


@transaction.atomic
def free_stock(*, spot: Spot, to_bin: Bin, quantity: int, why: Why, actor: Actor, at: datetime) -> None:
    """
    Bring pieces that were set aside back to a usable bin of the same warehouse.

    :raises QuantityNotPositive: :raises NotEnoughStock: :raises NotSetAside: :raises BinElsewhere:
    """
    sql.lock_balances(spot.sku.seller_id, [spot.place.warehouse_id], [spot.sku.pk])
    expires_on, there = _held(spot)

    _check_aside(spot, quantity, there)
    check_usable(to_bin)
    if to_bin.warehouse_id != spot.place.warehouse_id:
        raise BinElsewhere(bin=to_bin.code)

    note = write_note(sku=spot.sku, warehouse_id=spot.place.warehouse_id, why=why, actor=actor, at=at)
    ledger.unblock(
        _book(spot, actor, at),
        [Post(spot.sku.pk, quantity, note.code, spot.place.pk, to_bin.pk, spot.lot, expires_on)],
    )

    told = StockFreed(
        seller_id=spot.sku.seller_id,
        subject=spot.sku.code,
        warehouse_id=spot.place.warehouse_id,
        quantity=quantity,
        reason=why.reason,
        note=note.code,
        to_bin=to_bin.code,
    )
    events.record(told, actor=actor, at=at)


@transaction.atomic
def write_off(*, spot: Spot, quantity: int, why: Why, actor: Actor, at: datetime) -> None:
    """
    Pieces that were set aside leave for good; the words of the note say who of the seller agreed.

    :raises QuantityNotPositive: :raises NotEnoughStock: :raises NotSetAside: :raises NoConsent:
    """
    sql.lock_balances(spot.sku.seller_id, [spot.place.warehouse_id], [spot.sku.pk])
    _expires_on, there = _held(spot)

    _check_aside(spot, quantity, there)
    if not why.note.strip():
        raise NoConsent()

    note = write_note(sku=spot.sku, warehouse_id=spot.place.warehouse_id, why=why, actor=actor, at=at)
    post = Post(spot.sku.pk, quantity, note.code, from_bin_id=spot.place.pk, lot=spot.lot)
    ledger.scrap(_book(spot, actor, at), [post])

    told = StockWrittenOff(
        seller_id=spot.sku.seller_id,
        subject=spot.sku.code,
        warehouse_id=spot.place.warehouse_id,
        quantity=quantity,
        reason=why.reason,
        note=note.code,
    )
    events.record(told, actor=actor, at=at)


def _book(spot: Spot, actor: Actor, at: datetime) -> Book:
    return Book(spot.sku.seller_id, spot.place.warehouse_id, actor.name, at)


def _held(spot: Spot) -> tuple[date | None, int]:
    check_seen(spot)
    held = spot.held
    return (held.expires_on, held.quantity) if held else (None, 0)


def _check_quantity(quantity: int, there: int) -> None:
    if quantity < 1:
        raise QuantityNotPositive(quantity=quantity)
    if quantity > there:
        raise ledger.NotEnoughStock()


def _check_aside(spot: Spot, quantity: int, there: int) -> None:
    if spot.place.kind not in Bin.BLOCKED:
        raise NotSetAside(bin=spot.place.code)
    _check_quantity(quantity, there)
