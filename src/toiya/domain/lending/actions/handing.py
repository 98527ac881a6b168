"""
Pieces change hands in two steps, each of one seller: the giver's book, then the taker's.

Either step may be done again: a handing is written once per plan, and taken once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import Refusal
from toiya.domain.catalog.models import ItemShare, Sku
from toiya.domain.lending import queries, rules
from toiya.domain.lending.events import StockHandedOver, StockTakenOver
from toiya.domain.lending.models import Handing, HandingPart, Mirror, Taking
from toiya.domain.lending.rules import Lying
from toiya.domain.outbound.actions.on_the_road import kept_by_picks
from toiya.domain.stock import sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.ledger import Book, Post
from toiya.domain.stock.models import BinStock
from toiya.domain.warehouses.models import Bin


class PlanOutdated(Refusal):
    """Something changed since it was decided what changes hands."""

    code = "plan_outdated"
    message = gettext_lazy("The stock changed meanwhile. Nothing was handed over; it is decided anew.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many pieces of a mirrored SKU in one warehouse. `seen`: the share's newest handing when that was decided."""

    mirror: Mirror
    warehouse_id: int
    quantity: int
    seen: int
    is_back: bool = False

    @property
    def sides(self) -> tuple[Sku, Sku]:
        """The giver's SKU, and the taker's."""
        mirror = self.mirror
        return (mirror.sku, mirror.source) if self.is_back else (mirror.source, mirror.sku)


@transaction.atomic
def hand_over(*, wanted: Wanted, actor: Actor, at: datetime) -> Handing:
    """
    The giver's step: pieces leave its book, in the bins where they lie, what expires first first.

    An owner gives only what none of its own orders wants, within the share's limit, while the share lasts.

    :raises PlanOutdated: that is no longer so, or another plan was carried out meanwhile
    """
    share: ItemShare = ItemShare.objects.filter(pk=wanted.mirror.share_id).lock().get()
    sku, _to_sku = wanted.sides
    sql.lock_balances(sku.seller_id, [wanted.warehouse_id], [sku.pk])

    _check_plan(wanted, share)
    taken = _taken(wanted, sku.seller_id, sku.pk)

    handing = _written(wanted, share, actor, at)
    HandingPart.objects.bulk_create(_parts(handing, taken))
    posts = [Post(sku.pk, pieces, handing.code, from_bin_id=row.bin_id, lot=row.lot) for row, pieces in taken]
    ledger.lend_out(Book(sku.seller_id, wanted.warehouse_id, actor.name, at), posts)

    handed = StockHandedOver(
        seller_id=sku.seller_id,
        subject=sku.code,
        handing_id=handing.pk,
        handing=handing.code,
        partner=handing.taker.code,
        warehouse_id=wanted.warehouse_id,
        quantity=wanted.quantity,
    )
    events.record(handed, actor=actor, at=at)
    return handing


@transaction.atomic
def take_over(*, handing_id: int, actor: Actor, at: datetime) -> None:
    """The taker's step: the pieces of a handing come into its book, in the same bins, once."""
    handing: Handing = Handing.objects.filter(pk=handing_id).lock().get()
    if Taking.objects.filter(handing=handing).exists():
        return
    sql.ensure_balances(handing.taker_id, handing.warehouse_id, [handing.to_sku_id])
    sql.lock_balances(handing.taker_id, [handing.warehouse_id], [handing.to_sku_id])

    posts = [
        Post(
            handing.to_sku_id,
            part.quantity,
            handing.code,
            to_bin_id=part.bin_id,
            lot=part.lot,
            expires_on=part.expires_on,
        )
        for part in handing.parts.order_by("pk")
    ]
    ledger.lend_in(Book(handing.taker_id, handing.warehouse_id, actor.name, at), posts)
    Taking.objects.create(handing=handing, seller_id=handing.taker_id, at=at)

    told = StockTakenOver(
        seller_id=handing.taker_id,
        subject=handing.to_sku.code,
        handing=handing.code,
        partner=handing.seller.code,
        warehouse_id=handing.warehouse_id,
        quantity=handing.quantity,
    )
    events.record(told, actor=actor, at=at)


def _check_plan(wanted: Wanted, share: ItemShare) -> None:
    """With share and balances locked. :raises PlanOutdated:"""
    sku, _to_sku = wanted.sides
    balance = sql.lock_balances(sku.seller_id, [wanted.warehouse_id], [sku.pk]).get((wanted.warehouse_id, sku.pk))
    if queries.newest_handing(share.pk) != wanted.seen or balance is None:
        raise PlanOutdated()
    available = balance.available
    if not wanted.is_back:
        available -= queries.own_need(sku.seller_id, [sku.pk]).get(sku.pk, 0)
        allowed = queries.allowed([share.pk]).get(share.pk, wanted.quantity)
        if share.status != ItemShare.Status.ACCEPTED or wanted.quantity > allowed:
            raise PlanOutdated()
    if available < wanted.quantity:
        raise PlanOutdated()


def _written(wanted: Wanted, share: ItemShare, actor: Actor, at: datetime) -> Handing:
    sku, to_sku = wanted.sides
    (number,) = next_ids("lending_handing_id_seq", 1)
    return Handing.objects.create(
        pk=number,
        code=code_for("HND", number),
        seller_id=sku.seller_id,
        share=share,
        taker_id=to_sku.seller_id,
        is_back=wanted.is_back,
        warehouse_id=wanted.warehouse_id,
        sku=sku,
        to_sku=to_sku,
        quantity=wanted.quantity,
        at=at,
        actor=actor.name,
    )


def _taken(wanted: Wanted, seller_id: int, sku_id: int) -> list[tuple[BinStock, int]]:
    """The pieces, place by place; none that an open pick counts on, none in a tote or set aside."""
    kept = kept_by_picks(seller_id, sku_id)
    lying = BinStock.objects.filter(
        seller_id=seller_id, warehouse_id=wanted.warehouse_id, sku_id=sku_id, quantity__gt=0
    ).exclude(bin__kind__in=(*Bin.BLOCKED, Bin.Kind.TOTE, Bin.Kind.STAGING))
    rows = {row.pk: row for row in lying.order_by(F("expires_on").asc(nulls_last=True), "bin__walk_order", "pk")}
    free = [Lying(row.pk, row.quantity, kept.get((row.bin_id, row.lot), 0)) for row in rows.values()]
    found = rules.taken(wanted.quantity, free)
    if found is None:
        raise PlanOutdated()
    return [(rows[stock_id], pieces) for stock_id, pieces in found]


def _parts(handing: Handing, taken: Sequence[tuple[BinStock, int]]) -> list[HandingPart]:
    return [
        HandingPart(
            seller_id=handing.seller_id,
            handing=handing,
            bin_id=row.bin_id,
            lot=row.lot,
            expires_on=row.expires_on,
            quantity=pieces,
        )
        for row, pieces in taken
    ]
