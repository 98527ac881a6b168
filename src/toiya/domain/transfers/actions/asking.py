"""A seller or the office asks for pieces in another warehouse; the office accepts or declines; either cancels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.stock import sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.ledger import Book, Post
from toiya.domain.transfers import rules
from toiya.domain.transfers.events import TransferAccepted, TransferAsked, TransferCancelled, TransferDeclined
from toiya.domain.transfers.models import Transfer
from toiya.domain.warehouses.actions.centres import check_centre
from toiya.domain.warehouses.models import Warehouse

Status = Transfer.Status


class SameWarehouse(Refusal):
    """The pieces are there already."""

    code = "same_warehouse"
    message = gettext_lazy("The pieces would come from %(warehouse)s and go there. Choose two different warehouses.")


class TransferPiecesOff(Refusal):
    """A number of pieces that cannot be."""

    code = "transfer_pieces_off"
    message = gettext_lazy("%(quantity)s pieces: enter a whole number from 1 to %(most)s.")


class TransferNotFree(Refusal):
    """Fewer pieces are free of orders than would go."""

    code = "transfer_not_free"
    message = gettext_lazy(
        "%(wanted)s pieces of %(sku)s are asked for and %(available)s are free in %(warehouse)s. Enter fewer, or take "
        "back an allocation first."
    )


@dataclass(frozen=True, slots=True)
class Wish:
    """So many pieces of the SKU, from the one warehouse to the other, by their codes."""

    sku_code: str
    from_code: str
    to_code: str
    quantity: int
    note: str = ""


@transaction.atomic
def ask_transfer(*, wish: Wish, actor: Actor, at: datetime) -> Transfer:
    """
    Promise free pieces to a transfer, so that nobody sells them. What the office asks for is accepted at once.

    :raises NotFound: :raises SameWarehouse: :raises TransferPiecesOff: :raises TransferNotFree:
    :raises CentreNotAppliedFor: the seller asks, and its agreement does not cover the other warehouse
    """
    sku: Sku | None = Sku.objects.visible_to(actor).filter(code=wish.sku_code).first()
    if sku is None:
        raise NotFound(kind="SKU", code=wish.sku_code[:20])
    source, target = _warehouse(wish.from_code), _warehouse(wish.to_code)
    sql.ensure_balances(sku.seller_id, source.pk, [sku.pk])
    balance = sql.lock_balances(sku.seller_id, [source.pk], [sku.pk])[source.pk, sku.pk]

    if source == target:
        raise SameWarehouse(warehouse=source.name)
    check_pieces(wish.quantity, rules.MOST_PIECES)
    if not actor.is_operator:  # the office may move goods between its buildings
        check_centre(seller_id=sku.seller_id, warehouse=target)
    if balance.available < wish.quantity:
        raise TransferNotFree(wanted=wish.quantity, sku=sku.code, available=balance.available, warehouse=source.name)

    transfer = _written(wish, sku, (source, target), actor, at)
    ledger.allocate(_book(transfer, actor, at), [Post(sku.pk, wish.quantity, transfer.code)])

    asked = TransferAsked(
        seller_id=sku.seller_id,
        subject=sku.code,
        transfer=transfer.code,
        warehouse_id=target.pk,
        quantity=wish.quantity,
    )
    events.record(asked, actor=actor, at=at)
    return transfer


@transaction.atomic
def accept_transfer(*, code: str, actor: Actor, at: datetime) -> Transfer:
    """The warehouse will send them. :raises NotFound: :raises NoSuchStep:"""
    transfer = locked_transfer(code, actor)

    transfer.move_to(Status.ACCEPTED)
    transfer.save(update_fields=["status"])

    accepted = TransferAccepted(seller_id=transfer.seller_id, subject=transfer.sku.code, transfer=transfer.code)
    events.record(accepted, actor=actor, at=at)
    return transfer


@transaction.atomic
def decline_transfer(*, code: str, reason: str, actor: Actor, at: datetime) -> Transfer:
    """Say no, with a reason that the seller reads. :raises NotFound: :raises NoSuchStep: :raises NothingWritten:"""
    transfer = locked_transfer(code, actor)
    reason = texts.plain(reason, most=200, may_have_lines=False)

    transfer.move_to(Status.DECLINED)
    transfer.reason, transfer.ended_at = reason, at
    transfer.save(update_fields=["status", "reason", "ended_at"])
    free_promised(transfer, actor, at)

    declined = TransferDeclined(
        seller_id=transfer.seller_id, subject=transfer.sku.code, transfer=transfer.code, reason=reason
    )
    events.record(declined, actor=actor, at=at)
    return transfer


@transaction.atomic
def cancel_transfer(*, code: str, actor: Actor, at: datetime) -> Transfer:
    """Nothing was collected yet, and nothing will be. :raises NotFound: :raises NoSuchStep: the floor has begun"""
    transfer = locked_transfer(code, actor)

    transfer.move_to(Status.CANCELLED)
    transfer.ended_at = at
    transfer.save(update_fields=["status", "ended_at"])
    free_promised(transfer, actor, at)

    cancelled = TransferCancelled(seller_id=transfer.seller_id, subject=transfer.sku.code, transfer=transfer.code)
    events.record(cancelled, actor=actor, at=at)
    return transfer


def locked_transfer(code: str, actor: Actor) -> Transfer:
    """A step: the transfer, locked; people of a building see those that leave it or come to it. :raises NotFound:"""
    rows = Transfer.objects.visible_to(actor).filter(code=code)
    if actor.warehouse_id is not None:
        rows = rows.filter(Q(from_warehouse_id=actor.warehouse_id) | Q(to_warehouse_id=actor.warehouse_id))
    found: Transfer | None = rows.lock().select_related("sku", "from_warehouse", "to_warehouse").first()
    if found is None:
        raise NotFound(kind=gettext_lazy("transfer"), code=code[:20])
    return found


def free_promised(transfer: Transfer, actor: Actor, at: datetime) -> None:
    """A step of a higher action: what was not collected is free again in the warehouse where it lies."""
    sql.lock_balances(transfer.seller_id, [transfer.from_warehouse_id], [transfer.sku_id])
    if transfer.left:
        ledger.deallocate(_book(transfer, actor, at), [Post(transfer.sku_id, transfer.left, transfer.code)])


def check_pieces(quantity: int, most: int) -> None:
    """A step. :raises TransferPiecesOff:"""
    if not 1 <= quantity <= most:
        raise TransferPiecesOff(quantity=quantity, most=most)


def _written(wish: Wish, sku: Sku, ends: tuple[Warehouse, Warehouse], actor: Actor, at: datetime) -> Transfer:
    (number,) = next_ids("transfers_transfer_id_seq", 1)
    return Transfer.objects.create(
        pk=number,
        code=code_for("TRF", number),
        seller_id=sku.seller_id,
        sku=sku,
        from_warehouse=ends[0],
        to_warehouse=ends[1],
        status=Status.ACCEPTED if actor.is_operator else Status.REQUESTED,
        quantity=wish.quantity,
        note=wish.note.strip()[:200],
        requested_at=at,
    )


def _book(transfer: Transfer, actor: Actor, at: datetime) -> Book:
    return Book(transfer.seller_id, transfer.from_warehouse_id, actor.name, at)


def _warehouse(code: str) -> Warehouse:
    found: Warehouse | None = Warehouse.objects.filter(code=code).first()
    if found is None:
        raise NotFound(kind=gettext_lazy("warehouse"), code=code[:20])
    return found
