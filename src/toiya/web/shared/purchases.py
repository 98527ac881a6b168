"""What the page of an order says of all parcels in which its buyer gets what was bought together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from toiya.domain.channels.telling_queries import NumberWord, number_words
from toiya.domain.outbound.purchases import Purchase, PurchaseParcel, purchase_of


class ParcelRow(NamedTuple):
    """One of the parcels: which it is, and what the sales site knows of its number ('': nothing to tell)."""

    number: int
    parcel: PurchaseParcel
    word: NumberWord | str


class PurchaseCard(NamedTuple):
    """All of them; `is_untold`: the site has no place for the number of one."""

    purchase: Purchase
    rows: Sequence[ParcelRow]
    is_untold: bool


def card_of(order_id: int) -> PurchaseCard | None:
    """None when all of it comes in one parcel. One statement, two when there are several."""
    purchase = purchase_of(order_id)
    if not purchase.is_several:
        return None
    words = number_words(each.parcel_id for each in purchase.parcels if each.parcel_id)
    rows = [
        ParcelRow(number, each, words.get(each.parcel_id, "")) for number, each in enumerate(purchase.parcels, start=1)
    ]
    return PurchaseCard(purchase, rows, NumberWord.NOT_TOLD in words.values())
