"""Pieces that their seller had us throw away are counted out of their bins, scan by scan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.core.events import Event
from toiya.domain.outbound.actions.on_the_road import kept_by_picks
from toiya.domain.returns.actions.locking import locked_removal
from toiya.domain.returns.events import PiecesThrownAway, RemovalDone
from toiya.domain.returns.models import CountedOut, Removal, RemovalLine
from toiya.domain.stock import sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.goods import BinElsewhere
from toiya.domain.stock.actions.ledger import Book, Post
from toiya.domain.stock.actions.spots import check_usable
from toiya.domain.stock.models import BinStock
from toiya.domain.transfers.rules import Lying, taken
from toiya.domain.warehouses.models import Bin

Status = Removal.Status


class NotToThrowAway(Refusal):
    """The removal is none, or no more, whose pieces are thrown away."""

    code = "not_to_throw_away"
    message = gettext_lazy("%(code)s has nothing to throw away: %(status)s. Choose another one of the list.")


class MoreThanConsented(Refusal):
    """More pieces than their seller agreed to."""

    code = "more_than_consented"
    message = gettext_lazy("%(left)s pieces of %(sku)s are left to throw away, not %(quantity)s. Count at most those.")


class NotLyingThere(Refusal):
    """The bin has fewer pieces that no pick counts on."""

    code = "not_lying_there"
    message = gettext_lazy("Bin %(bin)s has not %(wanted)s free pieces of %(sku)s. Scan another bin, or take fewer.")


@dataclass(frozen=True, slots=True)
class ThrownAway:
    """So many pieces of one line out of one bin, by one scan."""

    line_id: int
    place: Bin
    quantity: int
    scan_id: str


@transaction.atomic
def throw_away(*, code: str, gone: ThrownAway, actor: Actor, at: datetime) -> Removal:
    """
    Pieces leave a bin for good; with the last one the removal is done. The same `scan_id` twice is one.

    :raises NotFound: :raises NotToThrowAway: :raises MoreThanConsented: :raises NotLyingThere:
    :raises BinElsewhere: :raises BinSetAside: :raises BinOfOrders:
    """
    removal = locked_removal(code, actor)
    line = RemovalLine.objects.filter(removal=removal, pk=gone.line_id).select_related("sku").first()
    if CountedOut.objects.filter(scan_id=gone.scan_id).exists():
        return removal
    if line is None:
        raise NotFound(kind=gettext_lazy("line"), code=str(gone.line_id))
    sql.lock_balances(removal.seller_id, [removal.warehouse_id], [line.sku_id])

    posts = _checked(removal, line, gone)
    book = Book(removal.seller_id, removal.warehouse_id, actor.name, at)
    ledger.deallocate(book, [Post(line.sku_id, gone.quantity, removal.code)])
    ledger.take_out(book, posts)
    told = _written(removal, line, gone, posts, actor, at)

    events.record_all(told, actor=actor, at=at)
    return removal


def _checked(removal: Removal, line: RemovalLine, gone: ThrownAway) -> list[Post]:
    if removal.kind != Removal.Kind.DISPOSE or removal.status != Status.ORDERED:
        raise NotToThrowAway(code=removal.code, status=removal.get_status_display())
    if gone.place.warehouse_id != removal.warehouse_id:
        raise BinElsewhere(bin=gone.place.code)
    check_usable(gone.place)
    if not 1 <= gone.quantity <= line.left:
        raise MoreThanConsented(left=line.left, sku=line.sku.code, quantity=gone.quantity)
    kept = kept_by_picks(removal.seller_id, line.sku_id)
    rows = BinStock.objects.filter(
        seller_id=removal.seller_id, sku_id=line.sku_id, bin=gone.place, quantity__gt=0
    ).order_by("expires_on", "lot")
    lots = [Lying(row.lot, row.quantity, kept.get((row.bin_id, row.lot), 0)) for row in rows]
    found = taken(gone.quantity, lots)
    if found is None:
        raise NotLyingThere(bin=gone.place.code, wanted=gone.quantity, sku=line.sku.code)
    return [Post(line.sku_id, pieces, removal.code, from_bin_id=gone.place.pk, lot=lot) for lot, pieces in found]


def _written(
    removal: Removal, line: RemovalLine, gone: ThrownAway, posts: list[Post], actor: Actor, at: datetime
) -> list[Event]:
    CountedOut.objects.bulk_create(
        CountedOut(
            seller_id=removal.seller_id,
            line=line,
            bin=gone.place,
            lot=post.lot,
            quantity=post.quantity,
            scan_id=gone.scan_id,
            at=at,
            actor=actor.name,
        )
        for post in posts
    )
    line.gone += gone.quantity
    line.save(update_fields=["gone"])
    told: list[Event] = [
        PiecesThrownAway(
            seller_id=removal.seller_id,
            subject=line.sku.code,
            warehouse_id=removal.warehouse_id,
            quantity=gone.quantity,
            removal=removal.code,
        )
    ]
    lines = list(removal.lines.all())
    if not any(each.left for each in lines):
        removal.move_to(Status.DONE)
        removal.ended_at = at
        removal.save(update_fields=["status", "ended_at"])
        pieces = sum(each.quantity for each in lines)
        told.append(RemovalDone(seller_id=removal.seller_id, subject=removal.code, pieces=pieces))
    return told
