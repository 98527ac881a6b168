"""What becomes of a difference after it was talked over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound.events import DifferenceSettled
from toiya.domain.inbound.models import BundleLine, CargoBundle, Difference, Receipt
from toiya.domain.stock import sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.goods import Arrival, receive_stock
from toiya.domain.stock.actions.ledger import Book, Post
from toiya.domain.stock.models import BinStock
from toiya.domain.warehouses.actions.places import place_of_kind
from toiya.domain.warehouses.models import Bin

Kind = Difference.Kind
Outcome = Difference.Outcome
# What may become of each kind of difference.
WAYS: Mapping[str, tuple[Difference.Outcome, ...]] = {
    Kind.MORE: (Outcome.COUNT_STANDS, Outcome.TO_RETURN),
    Kind.FEWER: (Outcome.COUNT_STANDS, Outcome.FOUND_LATER),
    Kind.DAMAGED: (Outcome.COUNT_STANDS, Outcome.WRITTEN_OFF, Outcome.TO_RETURN),
    Kind.UNKNOWN: (Outcome.COUNT_STANDS, Outcome.TO_RETURN, Outcome.WRITTEN_OFF),
    Kind.UNANNOUNCED: (Outcome.COUNT_STANDS, Outcome.TO_RETURN),
}


class NotThisWay(Refusal):
    """Missing pieces cannot be written off, and so on."""

    code = "not_this_way"
    message = gettext_lazy("This difference cannot be settled that way. Choose one of the ways shown beside it.")


class DamagedPiecesGone(Refusal):
    """Fewer damaged pieces lie there than would be written off."""

    code = "damaged_pieces_gone"
    message = gettext_lazy(
        "%(lying)s damaged pieces of %(sku)s are left, %(wanted)s would be written off. Look at the stock page first."
    )


class FoundByLot(Refusal):
    """Pieces found later of a SKU that is kept by lot or last usable day: which lot, only a scan says."""

    code = "found_by_lot"
    message = gettext_lazy(
        "%(sku)s is kept by lot or last usable day. Receive the found pieces on the floor as not announced, "
        "then settle this with the count as it stands."
    )


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a difference ends: one of WAYS, with a note for both sides."""

    outcome: str
    note: str = ""


@transaction.atomic
def settle_difference(*, difference_id: int, settlement: Settlement, actor: Actor, at: datetime) -> Difference:
    """
    Close a difference. Missing pieces that were found are counted in; damaged ones that are written off leave the
    book; for the rest the note says what was agreed.

    :raises NotFound: :raises NoSuchStep: it is settled already
    :raises NotThisWay: :raises DamagedPiecesGone: :raises FoundByLot:
    """
    found: Difference | None = Difference.objects.visible_to(actor).filter(pk=difference_id).first()
    if found is None:
        raise NotFound(kind=gettext_lazy("difference"), code=str(difference_id))
    bundle = CargoBundle.objects.filter(pk=found.bundle_id).lock().get()
    difference: Difference = Difference.objects.lock().get(pk=difference_id)
    difference.move_to(Difference.Status.SETTLED)
    if settlement.outcome not in WAYS[difference.kind]:
        raise NotThisWay()
    note = texts.plain(settlement.note, most=300) if settlement.note.strip() else ""

    if settlement.outcome == Outcome.FOUND_LATER and difference.sku is not None:
        _count_in(bundle, difference, difference.sku, _Hand(actor, at))
    if settlement.outcome == Outcome.WRITTEN_OFF and difference.sku is not None:
        _write_off(bundle, difference, difference.sku, _Hand(actor, at))
    difference.outcome, difference.settlement_note, difference.settled_at = settlement.outcome, note, at
    difference.save()

    settled = DifferenceSettled(
        seller_id=bundle.seller_id,
        subject=bundle.code,
        bundle_id=bundle.pk,
        difference_id=difference.pk,
        outcome=settlement.outcome,
        pieces=difference.pieces,
    )
    events.record(settled, actor=actor, at=at)
    return difference


@dataclass(frozen=True, slots=True)
class _Hand:
    """Who settles, and when."""

    actor: Actor
    at: datetime


def _count_in(bundle: CargoBundle, difference: Difference, sku: Sku, hand: _Hand) -> None:
    if sku.tracks_lots or sku.tracks_expiry:
        raise FoundByLot(sku=sku.code)
    dock = place_of_kind(warehouse_id=bundle.warehouse_id, kind=Bin.Kind.DOCK)
    receive_stock(
        seller_id=bundle.seller_id,
        warehouse_id=bundle.warehouse_id,
        arrivals=[Arrival(sku.pk, dock.pk, difference.pieces)],
        source=bundle.code,
        actor=hand.actor,
        at=hand.at,
    )
    Receipt.objects.create(
        seller_id=bundle.seller_id,
        bundle=bundle,
        sku=sku,
        scan_id=f"difference-{difference.pk}",
        quantity=difference.pieces,
        at=hand.at,
        actor=hand.actor.name,
    )
    lines = BundleLine.objects.filter(bundle=bundle, sku=sku)
    lines.update(received=F("received") + difference.pieces)


def _write_off(bundle: CargoBundle, difference: Difference, sku: Sku, hand: _Hand) -> None:
    """Out of the damaged bins, whatever lots they lie there in."""
    sql.lock_balances(bundle.seller_id, [bundle.warehouse_id], [sku.pk])
    lying = BinStock.objects.filter(
        seller_id=bundle.seller_id,
        warehouse_id=bundle.warehouse_id,
        sku=sku,
        bin__kind=Bin.Kind.DAMAGED,
        quantity__gt=0,
    ).order_by("pk")
    left, posts = difference.pieces, []
    for row in lying:
        pieces = min(left, row.quantity)
        if pieces:
            posts.append(Post(sku.pk, pieces, bundle.code, from_bin_id=row.bin_id, lot=row.lot))
            left -= pieces
    if left:
        raise DamagedPiecesGone(lying=difference.pieces - left, wanted=difference.pieces, sku=sku.code)
    ledger.scrap(Book(bundle.seller_id, bundle.warehouse_id, hand.actor.name, hand.at), posts)
