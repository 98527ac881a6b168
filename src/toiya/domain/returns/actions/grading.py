"""The returns desk: each piece is judged, and goes to a shelf or to a place for goods set aside (L27)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.core.events import Event
from toiya.domain.catalog.models import Sku
from toiya.domain.returns import queries, rules
from toiya.domain.returns.actions.fees import charge_return
from toiya.domain.returns.actions.locking import locked_return
from toiya.domain.returns.events import PiecesGraded, ReturnClosed, StockReturned
from toiya.domain.returns.models import Aside, Grading, Return, ReturnLine
from toiya.domain.returns.rules import Fate, Place
from toiya.domain.stock import sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.goods import BinElsewhere
from toiya.domain.stock.actions.ledger import Book, Post
from toiya.domain.stock.actions.spots import check_usable
from toiya.domain.warehouses.actions.places import place_of_kind
from toiya.domain.warehouses.models import Bin

Status = Return.Status
_KINDS = {Place.QUARANTINE: Bin.Kind.QUARANTINE, Place.DAMAGED: Bin.Kind.DAMAGED}


class NotAtTheDesk(Refusal):
    """The return is not at the stage where pieces are judged."""

    code = "not_at_the_desk"
    message = gettext_lazy("%(code)s is not at the returns desk: %(status)s. Scan its parcel in first.")


class GradeUnknown(Refusal):
    """Neither A, B, C nor D."""

    code = "grade_unknown"
    message = gettext_lazy("There is no such grade. Touch one of the four that are shown.")


class GradedPiecesOff(Refusal):
    """A number of pieces that cannot be."""

    code = "graded_pieces_off"
    message = gettext_lazy("%(quantity)s pieces cannot be judged at once. Enter a whole number from 1 to %(most)s.")


class MoreCameThanLeft(Refusal):
    """More pieces would come back than ever left with the order."""

    code = "more_came_than_left"
    message = gettext_lazy(
        "%(left)s pieces of %(sku)s can still come back with this order. Lay the others aside and note them as an "
        "unknown parcel."
    )


class PhotoMissing(Refusal):
    """Damage without a picture."""

    code = "photo_missing"
    message = gettext_lazy("The seller sees what is damaged by a photo. Take one, then judge the piece.")


class ShelfMissing(Refusal):
    """Pieces that may be sold again and no bin for them."""

    code = "shelf_missing"
    message = gettext_lazy("These pieces may be sold again. Scan the bin you put them into.")


@dataclass(frozen=True, slots=True)
class Judged:
    """Pieces of one SKU as a person judged them; `place` is the shelf they went to, where they may be sold again."""

    sku_id: int
    grade: str
    quantity: int
    scan_id: str
    place: Bin | None = None
    note: str = ""
    photo_key: str = ""


@transaction.atomic
def grade_pieces(*, code: str, judged: Judged, actor: Actor, at: datetime) -> Grading:
    """
    Book returned pieces by their grade: into the shelf bin named, or aside, where their seller decides. The same
    `scan_id` twice is one.

    :raises NotFound: no such return here, or no such SKU in it :raises NotAtTheDesk: :raises GradeUnknown:
    :raises GradedPiecesOff: :raises MoreCameThanLeft: :raises PhotoMissing: :raises ShelfMissing:
    :raises BinElsewhere: :raises BinSetAside: :raises BinOfOrders:
    """
    found = locked_return(code, actor)
    sku = queries.skus_of(found).filter(pk=judged.sku_id).first()
    same: Grading | None = Grading.objects.filter(scan_id=judged.scan_id).first()
    if same is not None:
        return same
    if sku is None:
        raise NotFound(kind="SKU", code=str(judged.sku_id))
    sql.ensure_balances(found.seller_id, found.warehouse_id, [sku.pk])
    sql.lock_balances(found.seller_id, [found.warehouse_id], [sku.pk])

    fate = _checked(found, sku, judged)
    place = _place(found, fate, judged)

    post = Post(sku.pk, judged.quantity, found.code, to_bin_id=place.pk)
    book = Book(found.seller_id, found.warehouse_id, actor.name, at)
    (ledger.return_in if fate.place == Place.SHELF else ledger.return_aside)(book, [post])
    grading = _written(found, (sku, place), judged, fate, actor, at)

    events.record_all(_told(found, sku, grading), actor=actor, at=at)
    return grading


def _checked(found: Return, sku: Sku, judged: Judged) -> Fate:
    if found.status != Status.ARRIVED:
        raise NotAtTheDesk(code=found.code, status=found.get_status_display())
    if judged.grade not in Grading.Grade.values:
        raise GradeUnknown()
    if not 1 <= judged.quantity <= rules.MOST_PIECES:
        raise GradedPiecesOff(quantity=judged.quantity, most=rules.MOST_PIECES)
    if found.order is not None:
        left = rules.returnable(queries.shipped_of(found.order), queries.came_back(found.order)).get(sku.pk, 0)
        if judged.quantity > left:
            raise MoreCameThanLeft(left=left, sku=sku.code)
    if rules.needs_photo(judged.grade) and not judged.photo_key:
        raise PhotoMissing()
    return rules.fate(judged.grade, found.wish, is_tracked=sku.tracks_lots or sku.tracks_expiry)


def _place(found: Return, fate: Fate, judged: Judged) -> Bin:
    if fate.place != Place.SHELF:
        return place_of_kind(warehouse_id=found.warehouse_id, kind=_KINDS[fate.place])
    if judged.place is None:
        raise ShelfMissing()
    if judged.place.warehouse_id != found.warehouse_id:
        raise BinElsewhere(bin=judged.place.code)
    check_usable(judged.place)
    return judged.place


def _written(found: Return, what: tuple[Sku, Bin], judged: Judged, fate: Fate, actor: Actor, at: datetime) -> Grading:
    sku, place = what
    is_sellable = fate.place == Place.SHELF
    grading: Grading = Grading.objects.create(
        seller_id=found.seller_id,
        parent=found,
        sku=sku,
        bin=place,
        grade=judged.grade,
        is_sellable=is_sellable,
        quantity=judged.quantity,
        note=judged.note.strip()[:200],
        photo_key=judged.photo_key,
        scan_id=judged.scan_id,
        at=at,
        actor=actor.name,
    )
    line, _is_new = ReturnLine.objects.get_or_create(parent=found, sku=sku, defaults={"seller_id": found.seller_id})
    line.came += judged.quantity
    line.save(update_fields=["came"])
    if not is_sellable:
        aside = Aside(seller_id=found.seller_id, grading=grading)
        if fate.decision:  # its seller said so when it was announced
            aside.move_to(Aside.Status.DECIDED)
            aside.decision, aside.decided_by, aside.decided_at = fate.decision, found.code, at
        aside.save()
    return grading


def _told(found: Return, sku: Sku, grading: Grading) -> list[Event]:
    told: list[Event] = [
        PiecesGraded(
            seller_id=found.seller_id,
            subject=found.code,
            sku=sku.code,
            grade=grading.grade,
            quantity=grading.quantity,
            to_bin=grading.bin.code,
        )
    ]
    if grading.is_sellable:
        told.append(
            StockReturned(
                seller_id=found.seller_id,
                subject=sku.code,
                warehouse_id=found.warehouse_id,
                quantity=grading.quantity,
                to_bin=grading.bin.code,
                source=found.code,
            )
        )
    return told


@transaction.atomic
def close_return(*, code: str, actor: Actor, at: datetime) -> Return:
    """
    All that came is judged; what is missing is told, and the fee is taken or stays due. Closed already, it stays so.

    :raises NotFound: :raises NotAtTheDesk:
    """
    found = locked_return(code, actor)
    if found.status == Status.DONE:
        return found

    if found.status != Status.ARRIVED:
        raise NotAtTheDesk(code=found.code, status=found.get_status_display())
    found.move_to(Status.DONE)
    found.ended_at = at
    paid = charge_return(found=found, actor=actor, at=at)
    found.save(update_fields=["status", "ended_at", "fee_minor", "currency", "fee_taken_at"])

    lines = list(found.lines.all())
    closed = ReturnClosed(
        seller_id=found.seller_id,
        subject=found.code,
        return_id=found.pk,
        pieces=sum(line.came for line in lines),
        missing=sum(line.missing for line in lines),
    )
    events.record_all([closed, *paid], actor=actor, at=at)
    return found
