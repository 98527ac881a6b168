"""CMD-UNDO at the dock: the last count of a person at a delivery, taken back by a counter-entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound.actions.counting import check_is_here, lock_delivery
from toiya.domain.inbound.events import CountTakenBack
from toiya.domain.inbound.models import BundleLine, CargoBundle, Receipt, TakenBack
from toiya.domain.stock import sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.goods import QuantityPromised
from toiya.domain.stock.actions.ledger import Book, Post
from toiya.domain.stock.events import StockAdjusted
from toiya.domain.stock.models import BinStock, StockNote
from toiya.domain.warehouses.actions.places import place_of_kind
from toiya.domain.warehouses.models import Bin

Condition = Receipt.Condition


class NothingToTakeBack(Refusal):
    """This person counted nothing here that still stands."""

    code = "nothing_to_take_back"
    message = gettext_lazy("You have no count in %(bundle)s that still stands. Ask the person who counted it.")


class CountCarriedOff(Refusal):
    """The pieces do not lie where the count put them."""

    code = "count_carried_off"
    message = gettext_lazy(
        "The %(quantity)s pieces of %(sku)s are no longer at the dock. Ask your lead to correct the bin they are in."
    )


@dataclass(frozen=True, slots=True)
class Undone:
    """The count that was taken back, and the delivery's line as it is now (None: an unknown thing)."""

    receipt: Receipt
    line: BundleLine | None


@transaction.atomic
def take_back_count(*, bundle_id: int, scan_id: str, actor: Actor, at: datetime) -> Undone:
    """
    Take back this person's last count of the delivery that still stands. The same `scan_id` twice takes back one.

    :raises NotFound: the delivery is not at this building :raises DeliveryNotHere: it is completed
    :raises NothingToTakeBack: :raises CountCarriedOff: :raises QuantityPromised:
    """
    bundle = lock_delivery(bundle_id, actor)
    known: TakenBack | None = TakenBack.objects.filter(scan_id=scan_id).select_related("receipt").first()
    if known is not None:
        return Undone(known.receipt, _line_of(known.receipt))

    check_is_here(bundle)
    counts = Receipt.objects.filter(bundle=bundle, counted_by=actor.id[:40], taken_back=None)
    receipt: Receipt | None = counts.select_related("sku").order_by("-pk").first()
    if receipt is None:
        raise NothingToTakeBack(bundle=bundle.code)
    told = [_take_out(bundle, receipt, receipt.sku, actor, at)] if receipt.sku is not None else []

    TakenBack.objects.create(seller_id=bundle.seller_id, receipt=receipt, scan_id=scan_id, at=at, actor=actor.name)
    line = _line_of(receipt)
    if line is not None:
        _take_from(line, receipt)

    taken_back = CountTakenBack(
        seller_id=bundle.seller_id,
        subject=bundle.code,
        bundle_id=bundle.pk,
        sku=receipt.sku.code if receipt.sku else "",
        quantity=receipt.quantity,
    )
    events.record_all([*told, taken_back], actor=actor, at=at)
    return Undone(receipt, line)


def _line_of(receipt: Receipt) -> BundleLine | None:
    rows = BundleLine.objects.filter(bundle_id=receipt.bundle_id, sku=receipt.sku_id)
    found: BundleLine | None = rows.select_related("sku").first() if receipt.sku_id else None
    return found


def _take_from(line: BundleLine, receipt: Receipt) -> None:
    if receipt.condition == Condition.DAMAGED:
        line.damaged -= receipt.quantity
    else:
        line.received -= receipt.quantity
    line.save()


def _take_out(bundle: CargoBundle, receipt: Receipt, sku: Sku, actor: Actor, at: datetime) -> StockAdjusted:
    """Out of the book again, the way it came in."""
    balances = sql.lock_balances(bundle.seller_id, [bundle.warehouse_id], [sku.pk])
    is_damaged = receipt.condition == Condition.DAMAGED
    dock = place_of_kind(warehouse_id=bundle.warehouse_id, kind=Bin.Kind.DOCK)
    place = place_of_kind(warehouse_id=bundle.warehouse_id, kind=Bin.Kind.DAMAGED) if is_damaged else dock
    here = BinStock.objects.filter(seller_id=bundle.seller_id, sku=sku, bin=place, lot=receipt.lot).first()
    if here is None or here.quantity < receipt.quantity:
        raise CountCarriedOff(sku=sku.code, quantity=receipt.quantity)
    available = balances[bundle.warehouse_id, sku.pk].available
    if not is_damaged and available < receipt.quantity:
        raise QuantityPromised(sku=sku.code, available=available)

    book = Book(bundle.seller_id, bundle.warehouse_id, actor.name, at)
    if is_damaged:
        back = Post(sku.pk, receipt.quantity, bundle.code, place.pk, dock.pk, receipt.lot, receipt.expires_on)
        ledger.unblock(book, [back])
    ledger.lost(book, [Post(sku.pk, receipt.quantity, bundle.code, from_bin_id=dock.pk, lot=receipt.lot)])
    return StockAdjusted(
        seller_id=bundle.seller_id,
        subject=sku.code,
        warehouse_id=bundle.warehouse_id,
        difference=-receipt.quantity,
        reason=StockNote.Reason.COUNTED,
    )
