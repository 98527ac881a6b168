"""A parcel's own packaging and inserts: what is asked for, and how it leaves stock when the parcel is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from toiya.core.errors import Refusal
from toiya.domain.outbound import queries, rules
from toiya.domain.outbound.models import Enclosure
from toiya.domain.outbound.rules import Want
from toiya.domain.outbound.sql import enclosures as sql
from toiya.domain.outbound.sql.packing import LockedParcel, PackLine
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.ledger import Book, NotEnoughStock, Post


class EnclosureGone(Refusal):
    """The book has no free piece of it in a bin."""

    code = "enclosure_gone"
    message = gettext_lazy("By our book no %(name)s is free any more. Say that it is not there, and take our box.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A SKU that belongs into or around a parcel: how many were scanned, or that it is not there."""

    sku_id: int
    code: str
    name: str
    kind: str
    quantity: int = 0
    is_missing: bool = False

    @property
    def is_open(self) -> bool:
        """Whether somebody has to scan it, or to say that it is not there."""
        return self.quantity == 0 and not self.is_missing


def asked_for(parcel: LockedParcel, lines: Sequence[PackLine]) -> list[Asked]:
    """
    What its seller wants with this parcel: the packaging of the pieces in it (once each), and the seller's inserts,
    which go into the first box of an order. What was scanned already stays (one query at most).
    """
    inside = [line for line in lines if line.packed] or lines
    packaging = {line.packaging_id for line in inside if line.packaging_id is not None}
    if not packaging and not parcel.may_have_enclosures:
        return []
    rows = sql.asked((parcel.parcel_id, parcel.order_id, parcel.seller_id), packaging)
    return [Asked(*row) for row in rows]


def take(book: Book, parcel: LockedParcel, asked: Sequence[Asked]) -> None:
    """
    A step of sealing, its balances locked: promise the scanned pieces to the parcel and carry them to where it waits.

    :raises EnclosureGone:
    """
    wanted = [each for each in asked if each.quantity]
    if not wanted:
        return
    wants = [Want(parcel.order_id, each.sku_id, each.sku_id, each.quantity) for each in wanted]
    offers = queries.bin_offers(book.seller_id, book.warehouse_id, [each.sku_id for each in wanted])
    choices, unserved = rules.choose_bins(wants, offers)
    if unserved:
        names = {each.sku_id: each.name for each in wanted}
        raise EnclosureGone(name=names[unserved[0].sku_id])
    try:
        ledger.allocate(book, [Post(each.sku_id, each.quantity, parcel.code) for each in wanted])
    except NotEnoughStock as error:  # they lie in bins, but orders were promised them
        raise EnclosureGone(name=wanted[0].name) from error
    ledger.move(
        book,
        [Post(c.want.sku_id, c.quantity, parcel.code, c.bin_id, parcel.staging_bin_id, c.lot) for c in choices],
    )
    _write(parcel, wanted, choices)


def _write(parcel: LockedParcel, wanted: Sequence[Asked], choices: Sequence[rules.Choice]) -> None:
    """The rows again, one per SKU and lot, now with their place."""
    kinds = {each.sku_id: each.kind for each in wanted}
    pieces: dict[tuple[int, str], int] = {}
    for choice in choices:
        key = choice.want.sku_id, choice.lot
        pieces[key] = pieces.get(key, 0) + choice.quantity
    Enclosure.objects.filter(parcel_id=parcel.parcel_id, is_missing=False).delete()
    Enclosure.objects.bulk_create(
        Enclosure(
            seller_id=parcel.seller_id,
            parcel_id=parcel.parcel_id,
            sku_id=sku_id,
            kind=kinds[sku_id],
            bin_id=parcel.staging_bin_id,
            lot=lot,
            quantity=quantity,
        )
        for (sku_id, lot), quantity in pieces.items()
    )
