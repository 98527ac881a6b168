"""
The price of a work order in the wallet: set aside when it is accepted, taken piece by piece as they are made, the rest
given back when it is stopped.

A reservation ends whole, so a part of one is taken by giving it back and setting its two parts aside, in the same
transaction and under the same lock. `WO-…/n` is the n-th of them; the last one is what is still set aside. Pieces that
are taken apart again were made: they stay paid.
"""

from __future__ import annotations

from datetime import datetime

from toiya.core.actor import Actor
from toiya.domain.assembly.charging import house_day, piece_entry
from toiya.domain.assembly.models import WorkOrder
from toiya.domain.pricing.actions.charging import quoted, write_charges
from toiya.domain.pricing.queries import card_for
from toiya.domain.pricing.rules import Card
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.sql import Purse


def reserve_fees(*, order: WorkOrder, actor: Actor, at: datetime) -> None:
    """Set the price of all pieces aside; the caller saves `fee_part`. :raises WalletTooLow:"""
    if order.price_minor:
        order.fee_part = 1
        ledger.reserve(_purse(order, actor, at), {_source(order, 1): order.price_minor * order.quantity})


def capture_made(*, order: WorkOrder, quantity: int, actor: Actor, at: datetime) -> None:
    """Take the price of so many pieces, before they are counted as made; the caller saves `fee_part`."""
    if not order.fee_part:
        return
    purse, held = _purse(order, actor, at), _source(order, order.fee_part)
    left = order.left - quantity
    if not left:
        ledger.capture(purse, [held])
        _write_charge(order, held, quantity, at)
        return
    taken, rest = _source(order, order.fee_part + 1), _source(order, order.fee_part + 2)
    ledger.void(purse, [held])
    ledger.reserve(purse, {taken: order.price_minor * quantity, rest: order.price_minor * left})
    ledger.capture(purse, [taken])
    _write_charge(order, taken, quantity, at)
    order.fee_part += 2


def void_rest(*, order: WorkOrder, actor: Actor, at: datetime) -> None:
    """Give back what was set aside for pieces that are not made."""
    if order.fee_part and order.left:
        ledger.void(_purse(order, actor, at), [_source(order, order.fee_part)])


def _write_charge(order: WorkOrder, source: str, quantity: int, at: datetime) -> None:
    """The pieces made, at the price of the day they were asked for; with the card's rule where that gives the sum."""
    house, seller = order.warehouse, order.seller
    entry = piece_entry(order.sku, house, order.price_minor, at)._replace(subject=order.code, quantity=quantity)
    card = card_for(seller, house, house_day(house, order.requested_at), order.currency)
    quote = quoted(card, [entry])
    if quote.total_minor != order.price_minor * quantity:  # a piece's price was rounded: the list price says it
        quote = quoted(Card("", 0, order.currency), [entry])
    write_charges(seller_id=order.seller_id, source=source, quote=quote, at=at)


def _source(order: WorkOrder, part: int) -> str:
    return f"{order.code}/{part}"


def _purse(order: WorkOrder, actor: Actor, at: datetime) -> Purse:
    return Purse(order.seller_id, order.currency, actor.name, at)
