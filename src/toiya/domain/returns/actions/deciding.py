"""Returned pieces that were set aside: their seller decides, the warehouse does it. Nothing is thrown away unasked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.returns import rules
from toiya.domain.returns.actions.grading import ShelfMissing
from toiya.domain.returns.actions.locking import locked_aside
from toiya.domain.returns.events import AsideDecided, AsideDone, StockReturned
from toiya.domain.returns.models import Aside
from toiya.domain.stock import sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.goods import BinElsewhere
from toiya.domain.stock.actions.ledger import Book, Post
from toiya.domain.stock.actions.setting_aside import NoConsent
from toiya.domain.stock.actions.spots import check_usable
from toiya.domain.warehouses.models import Bin

Status = Aside.Status
Decision = Aside.Decision


class NeverSoldAgain(Refusal):
    """Damaged pieces, waste, or pieces whose lot nobody knows."""

    code = "never_sold_again"
    message = gettext_lazy("Pieces of grade %(grade)s cannot be sold again. Have them sent to you or thrown away.")


class DecisionUnknown(Refusal):
    """Something that cannot be done with pieces set aside."""

    code = "decision_unknown"
    message = gettext_lazy("There is no such choice. Choose one of those shown.")


class DecisionDone(Refusal):
    """The warehouse did what was decided."""

    code = "decision_done"
    message = gettext_lazy("This was done already: %(decision)s. Reload the page to see what became of the pieces.")


class NotDecided(Refusal):
    """The seller has not said what is to be done."""

    code = "not_decided"
    message = gettext_lazy("The seller has not decided about these pieces yet. Choose a line of the list.")


class TrackingMissing(Refusal):
    """Pieces leave and nobody noted with which parcel."""

    code = "tracking_missing"
    message = gettext_lazy("The seller follows its parcel by number. Enter the tracking number of the carrier.")


@dataclass(frozen=True, slots=True)
class Done:
    """How it was done: into which bin, or with which tracking number."""

    place: Bin | None = None
    tracking_number: str = ""


@transaction.atomic
def decide_aside(*, aside_id: int, decision: str, consents: bool = False, actor: Actor, at: datetime) -> Aside:
    """
    Say what becomes of pieces that were set aside; until it is done it may be said otherwise.

    :raises NotFound: :raises DecisionUnknown: :raises DecisionDone: :raises NeverSoldAgain:
    :raises NoConsent: pieces would be thrown away without the box ticked
    """
    aside = locked_aside(aside_id, actor)
    grading = aside.grading

    if aside.status == Status.DONE:
        raise DecisionDone(decision=aside.get_decision_display())
    if decision not in Decision.values:
        raise DecisionUnknown()
    is_tracked = grading.sku.tracks_lots or grading.sku.tracks_expiry
    if decision == Decision.RESTOCK and not rules.may_be_sold_again(grading.grade, is_tracked=is_tracked):
        raise NeverSoldAgain(grade=grading.grade)
    if decision == Decision.DISPOSE and not consents:
        raise NoConsent()
    if aside.decision == decision:
        return aside

    if aside.status == Status.WAITING:
        aside.move_to(Status.DECIDED)
    aside.decision, aside.decided_by, aside.decided_at = decision, actor.name, at
    aside.save(update_fields=["status", "decision", "decided_by", "decided_at"])

    told = AsideDecided(
        seller_id=aside.seller_id,
        subject=grading.parent.code,
        aside_id=aside.pk,
        sku=grading.sku.code,
        quantity=grading.quantity,
        decision=decision,
    )
    events.record(told, actor=actor, at=at)
    return aside


@transaction.atomic
def finish_aside(*, aside_id: int, done: Done, actor: Actor, at: datetime) -> Aside:
    """
    Do what was decided: back to a shelf, out to the seller, or thrown away. Done already, it stays so.

    :raises NotFound: :raises NotDecided: :raises ShelfMissing: :raises TrackingMissing:
    :raises BinElsewhere: :raises BinSetAside: :raises BinOfOrders:
    :raises NotEnoughStock: somebody took pieces out of the place they were set aside in
    """
    aside = locked_aside(aside_id, actor)
    grading, parent = aside.grading, aside.grading.parent
    sql.lock_balances(aside.seller_id, [parent.warehouse_id], [grading.sku_id])
    if aside.status == Status.DONE:
        return aside

    if aside.status != Status.DECIDED:
        raise NotDecided()
    number = done.tracking_number.strip()[:40]
    if aside.decision == Decision.SEND_BACK and not number:
        raise TrackingMissing()

    _book(aside, done, actor, at)
    aside.move_to(Status.DONE)
    aside.done_by, aside.done_at, aside.tracking_number = actor.name, at, number
    aside.save(update_fields=["status", "done_by", "done_at", "tracking_number"])

    events.record_all(_told(aside, done), actor=actor, at=at)
    return aside


def _book(aside: Aside, done: Done, actor: Actor, at: datetime) -> None:
    grading, parent = aside.grading, aside.grading.parent
    book = Book(aside.seller_id, parent.warehouse_id, actor.name, at)
    if aside.decision == Decision.RESTOCK:
        if done.place is None:
            raise ShelfMissing()
        if done.place.warehouse_id != parent.warehouse_id:
            raise BinElsewhere(bin=done.place.code)
        check_usable(done.place)
        ledger.unblock(book, [Post(grading.sku_id, grading.quantity, parent.code, grading.bin_id, done.place.pk)])
        return
    leave = ledger.scrap if aside.decision == Decision.DISPOSE else ledger.send_back
    leave(book, [Post(grading.sku_id, grading.quantity, parent.code, from_bin_id=grading.bin_id)])


def _told(aside: Aside, done: Done) -> list[AsideDone | StockReturned]:
    grading, parent = aside.grading, aside.grading.parent
    told: list[AsideDone | StockReturned] = [
        AsideDone(
            seller_id=aside.seller_id,
            subject=parent.code,
            aside_id=aside.pk,
            sku=grading.sku.code,
            quantity=grading.quantity,
            decision=aside.decision,
            tracking_number=aside.tracking_number,
        )
    ]
    if aside.decision == Decision.RESTOCK and done.place is not None:
        told.append(
            StockReturned(
                seller_id=aside.seller_id,
                subject=grading.sku.code,
                warehouse_id=parent.warehouse_id,
                quantity=grading.quantity,
                to_bin=done.place.code,
                source=parent.code,
            )
        )
    return told
