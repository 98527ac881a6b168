"""Counting what came: each count is a receipt, a booking and a number on the delivery's line, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound.events import PiecesCounted, QualityChecked, UnknownThingFound
from toiya.domain.inbound.models import BundleLine, CargoBundle, Carton, QualityCheck, Receipt
from toiya.domain.inbound.receiving_rules import MOST_PIECES
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.goods import Arrival, QuantityNotPositive, book_in
from toiya.domain.stock.actions.ledger import Book, Post
from toiya.domain.stock.models import BinStock
from toiya.domain.warehouses.actions.places import place_of_kind
from toiya.domain.warehouses.models import Bin

Condition = Receipt.Condition


class DeliveryNotHere(Refusal):
    """It has not come yet, or its count is over."""

    code = "delivery_not_here"
    message = gettext_lazy('%(bundle)s is "%(status)s", so nothing is counted into it. Scan the delivery once more.')


class LotMissing(Refusal):
    """The SKU is kept by lot."""

    code = "lot_missing"
    message = gettext_lazy("%(sku)s is kept by lot. Scan its GS1 code, or key the lot.")


class LastDayMissing(Refusal):
    """The SKU is kept by its last usable day."""

    code = "last_day_missing"
    message = gettext_lazy("%(sku)s is kept by its last usable day. Scan its GS1 code, or key the day.")


class LotHasOtherDay(Refusal):
    """One lot, two last usable days."""

    code = "lot_has_other_day"
    message = gettext_lazy("Lot %(lot)s of %(sku)s is usable until %(day)s. Compare the goods, then key that day.")


class CheckFirst(Refusal):
    """The seller ordered a quality check (L16)."""

    code = "check_first"
    message = gettext_lazy("The seller ordered a quality check. Answer the check list of %(sku)s, then count.")


class NotePhotoOrCode(Refusal):
    """An unknown thing about which nothing is said."""

    code = "note_photo_or_code"
    message = gettext_lazy("Nothing is known of this thing. Scan a code on it, write a note or take a photo.")


@dataclass(frozen=True, slots=True)
class Count:
    """One count: of a SKU good or damaged, or of an unknown thing (`sku_id` None). `scan_id` makes it count once."""

    scan_id: str
    quantity: int
    sku_id: int | None = None
    condition: str = Condition.GOOD
    carton_id: int | None = None
    lot: str = ""
    expires_on: date | None = None
    scanned: str = ""
    note: str = ""
    photo_key: str = ""


@dataclass(frozen=True, slots=True)
class Booked:
    """What is counted of the SKU now; `is_repeat`: this scan had its effect before."""

    receipt: Receipt
    line: BundleLine | None
    is_repeat: bool


@transaction.atomic
def count_pieces(*, bundle_id: int, count: Count, actor: Actor, at: datetime) -> Booked:
    """
    Book counted pieces at once: good ones at the dock, damaged ones set aside, of unknown things nothing.

    The same `scan_id` twice is one count. More than told, and a SKU that was not told of, are counted all the same.

    :raises NotFound: the delivery, carton or SKU is not there for this building and seller
    :raises DeliveryNotHere: :raises QuantityNotPositive: :raises NotePhotoOrCode:
    :raises LotMissing: :raises LastDayMissing: :raises LotHasOtherDay: :raises CheckFirst:
    """
    bundle = lock_delivery(bundle_id, actor)
    known: Receipt | None = Receipt.objects.filter(scan_id=count.scan_id).first()
    if known is not None:
        lines = BundleLine.objects.filter(bundle_id=known.bundle_id, sku=known.sku_id)
        return Booked(known, lines.select_related("sku").first(), True)

    check_is_here(bundle)
    if not 1 <= count.quantity <= MOST_PIECES:
        raise QuantityNotPositive(quantity=count.quantity)
    if count.carton_id and not Carton.objects.filter(pk=count.carton_id, bundle=bundle).exists():
        raise NotFound(kind=gettext_lazy("carton"), code=str(count.carton_id))
    line = _line_of(bundle, count)
    if line is not None:
        _check_sku(bundle, line.sku, count)

    if line is not None:
        _add_to(line, count)
    receipt = _write_receipt(bundle, count, actor, at)
    booked = _book(bundle, line.sku, count, actor, at) if line is not None else []

    events.record_all([*booked, _told(bundle, line.sku if line else None, count)], actor=actor, at=at)
    return Booked(receipt, line, False)


def lock_delivery(bundle_id: int, actor: Actor) -> CargoBundle:
    """The delivery under lock. :raises NotFound: it is not at this person's building"""
    rows = CargoBundle.objects.visible_to(actor).filter(pk=bundle_id)
    if actor.warehouse_id is not None:
        rows = rows.filter(warehouse_id=actor.warehouse_id)
    found: CargoBundle | None = rows.lock().first()
    if found is None:
        raise NotFound(kind=gettext_lazy("delivery"), code=str(bundle_id))
    return found


def check_is_here(bundle: CargoBundle) -> None:
    """:raises DeliveryNotHere: it is not being counted"""
    if bundle.status != CargoBundle.Status.ARRIVED:
        raise DeliveryNotHere(bundle=bundle.code, status=bundle.get_status_display())


def _line_of(bundle: CargoBundle, count: Count) -> BundleLine | None:
    """The line of the SKU, new (and not stored) when nobody told of it; None for an unknown thing."""
    if count.sku_id is None:
        if not (count.scanned or count.note or count.photo_key):
            raise NotePhotoOrCode()
        return None
    line: BundleLine | None = BundleLine.objects.filter(bundle=bundle, sku=count.sku_id).select_related("sku").first()
    if line is not None:
        return line
    sku: Sku | None = Sku.objects.filter(seller_id=bundle.seller_id, pk=count.sku_id).first()
    if sku is None:
        raise NotFound(kind="SKU", code=str(count.sku_id))
    return BundleLine(seller_id=bundle.seller_id, bundle=bundle, sku=sku)


def _check_sku(bundle: CargoBundle, sku: Sku, count: Count) -> None:
    if sku.tracks_lots and not count.lot:
        raise LotMissing(sku=sku.code)
    if sku.tracks_expiry and count.expires_on is None:
        raise LastDayMissing(sku=sku.code)
    lying = BinStock.objects.filter(
        seller_id=bundle.seller_id, warehouse_id=bundle.warehouse_id, sku=sku, lot=count.lot, quantity__gt=0
    ).exclude(expires_on=None)
    other = lying.exclude(expires_on=count.expires_on).first() if count.expires_on else None
    if other is not None:
        raise LotHasOtherDay(lot=count.lot or "–", sku=sku.code, day=other.expires_on)
    if bundle.wants_quality_check and not QualityCheck.objects.filter(bundle=bundle, sku=sku).exists():
        raise CheckFirst(sku=sku.code)


def _add_to(line: BundleLine, count: Count) -> None:
    """The bundle's lock guards its lines, so the sum may be made here."""
    if count.condition == Condition.DAMAGED:
        line.damaged += count.quantity
    else:
        line.received += count.quantity
    line.save()


def _write_receipt(bundle: CargoBundle, count: Count, actor: Actor, at: datetime) -> Receipt:
    return Receipt.objects.create(
        seller_id=bundle.seller_id,
        bundle=bundle,
        carton_id=count.carton_id,
        sku_id=count.sku_id,
        scan_id=count.scan_id,
        condition=count.condition if count.sku_id else Condition.UNKNOWN,
        quantity=count.quantity,
        lot=count.lot,
        expires_on=count.expires_on,
        scanned=count.scanned[:100],
        note=count.note[:200],
        photo_key=count.photo_key,
        at=at,
        actor=actor.name,
        counted_by=actor.id[:40],
    )


def _book(bundle: CargoBundle, sku: Sku, count: Count, actor: Actor, at: datetime) -> list[events.Event]:
    """Into the dock; damaged pieces go on from there to where nothing can be promised."""
    dock = place_of_kind(warehouse_id=bundle.warehouse_id, kind=Bin.Kind.DOCK)
    book = Book(bundle.seller_id, bundle.warehouse_id, actor.name, at)
    told = book_in(book, sku, Arrival(sku.pk, dock.pk, count.quantity, count.lot, count.expires_on), bundle.code)
    if count.condition == Condition.DAMAGED:
        aside = place_of_kind(warehouse_id=bundle.warehouse_id, kind=Bin.Kind.DAMAGED)
        ledger.block(book, [Post(sku.pk, count.quantity, bundle.code, dock.pk, aside.pk, count.lot, count.expires_on)])
    return [told]


def _told(bundle: CargoBundle, sku: Sku | None, count: Count) -> events.Event:
    if sku is None:
        return UnknownThingFound(
            seller_id=bundle.seller_id, subject=bundle.code, bundle_id=bundle.pk, quantity=count.quantity
        )
    return PiecesCounted(
        seller_id=bundle.seller_id,
        subject=bundle.code,
        bundle_id=bundle.pk,
        sku=sku.code,
        quantity=count.quantity,
        condition=str(count.condition),
    )


@transaction.atomic
def answer_check(
    *, bundle_id: int, sku_id: int, points: Sequence[str], faults: Sequence[str], note: str, actor: Actor, at: datetime
) -> QualityCheck:
    """
    Keep the answered check list of a SKU (L16); it is answered once, and the first answer stays.

    :raises NotFound: the delivery or SKU is not there for this building and seller
    :raises DeliveryNotHere:
    """
    bundle = lock_delivery(bundle_id, actor)
    known: QualityCheck | None = QualityCheck.objects.filter(bundle=bundle, sku_id=sku_id).first()
    if known is not None:
        return known
    check_is_here(bundle)
    sku: Sku | None = Sku.objects.filter(seller_id=bundle.seller_id, pk=sku_id).first()
    if sku is None:
        raise NotFound(kind="SKU", code=str(sku_id))

    check = QualityCheck.objects.create(
        seller_id=bundle.seller_id,
        bundle=bundle,
        sku=sku,
        points=list(points),
        faults=[fault for fault in faults if fault in points],
        note=note[:200],
        at=at,
        actor=actor.name,
    )

    checked = QualityChecked(
        seller_id=bundle.seller_id, subject=bundle.code, bundle_id=bundle.pk, sku=sku.code, faults=len(check.faults)
    )
    events.record(checked, actor=actor, at=at)
    return check
