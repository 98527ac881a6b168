"""A seller asks for bundles to be put together; the office accepts or declines; either stops the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.assembly import rules
from toiya.domain.assembly.actions import fees
from toiya.domain.assembly.charging import price_of_piece
from toiya.domain.assembly.events import (
    AssemblyAccepted,
    AssemblyAsked,
    AssemblyDeclined,
    AssemblyStarted,
    AssemblyStopped,
)
from toiya.domain.assembly.models import WorkOrder, WorkPart
from toiya.domain.catalog.models import Sku
from toiya.domain.stock import sql
from toiya.domain.warehouses.models import Warehouse

Status = WorkOrder.Status


class NotAssembled(Refusal):
    """The SKU is not put together before it is sold."""

    code = "not_assembled"
    message = gettext_lazy("%(sku)s is no bundle that the warehouse puts together. Set that on its bundle page first.")


class PiecesOff(Refusal):
    """A number of pieces that cannot be."""

    code = "assembly_pieces_off"
    message = gettext_lazy("%(quantity)s pieces: enter a whole number from 1 to %(most)s.")


class PartsMissing(Refusal):
    """Fewer parts are free of promises than the order needs."""

    code = "parts_missing"
    message = gettext_lazy(
        "%(wanted)s pieces of %(sku)s are needed and %(available)s are free. Bring more in, or make fewer."
    )


@dataclass(frozen=True, slots=True)
class Wish:
    """So many pieces of the bundle in the warehouse with this code."""

    sku_code: str
    warehouse_code: str
    quantity: int
    note: str = ""


@transaction.atomic
def ask_assembly(*, wish: Wish, actor: Actor, at: datetime) -> WorkOrder:
    """
    Ask for pieces of an assembled bundle, with the parts and the price of now.

    :raises NotFound: :raises NotAssembled: :raises PiecesOff:
    """
    sku: Sku | None = Sku.objects.visible_to(actor).filter(code=wish.sku_code).lock().first()
    warehouse = Warehouse.objects.filter(code=wish.warehouse_code).first()

    if sku is None:
        raise NotFound(kind="SKU", code=wish.sku_code)
    if warehouse is None:
        raise NotFound(kind=gettext_lazy("warehouse"), code=wish.warehouse_code[:20])
    check_assembled(sku)
    check_pieces(wish.quantity, rules.MOST_PIECES)
    price = price_of_piece(sku, warehouse, at)

    (number,) = next_ids("assembly_workorder_id_seq", 1)
    order = WorkOrder.objects.create(
        pk=number,
        code=code_for("WO", number),
        seller_id=sku.seller_id,
        sku=sku,
        warehouse=warehouse,
        quantity=wish.quantity,
        price_minor=price.minor,
        currency=price.currency,
        note=wish.note.strip()[:200],
        requested_at=at,
    )
    WorkPart.objects.bulk_create(
        WorkPart(seller_id=sku.seller_id, work_order=order, sku_id=part.part_id, quantity=part.quantity)
        for part in sku.parts.order_by("pk")
    )

    asked = AssemblyAsked(
        seller_id=sku.seller_id, subject=order.code, sku=sku.code, warehouse_id=warehouse.pk, quantity=wish.quantity
    )
    events.record(asked, actor=actor, at=at)
    return order


@transaction.atomic
def accept_assembly(*, code: str, actor: Actor, at: datetime) -> WorkOrder:
    """
    The warehouse will make them; their price is set aside in the seller's wallet.

    :raises NotFound: :raises NoSuchStep: :raises WalletTooLow:
    """
    order = locked_order(code, actor)

    order.move_to(Status.ACCEPTED)
    fees.reserve_fees(order=order, actor=actor, at=at)
    order.save(update_fields=["status", "fee_part"])

    events.record(AssemblyAccepted(seller_id=order.seller_id, subject=order.code), actor=actor, at=at)
    return order


@transaction.atomic
def decline_assembly(*, code: str, reason: str, actor: Actor, at: datetime) -> WorkOrder:
    """Say no, with a reason that the seller reads. :raises NotFound: :raises NoSuchStep: :raises NothingWritten:"""
    order = locked_order(code, actor)
    reason = texts.plain(reason, most=200, may_have_lines=False)

    order.move_to(Status.DECLINED)
    order.reason, order.ended_at = reason, at
    order.save(update_fields=["status", "reason", "ended_at"])

    events.record(AssemblyDeclined(seller_id=order.seller_id, subject=order.code, reason=reason), actor=actor, at=at)
    return order


@transaction.atomic
def start_assembly(*, code: str, actor: Actor, at: datetime) -> WorkOrder:
    """
    The floor begins: the parts of all pieces must be free of promises now. Begun already, it stays so.

    :raises NotFound: :raises NoSuchStep: :raises PartsMissing:
    """
    order = locked_order(code, actor)
    parts = list(order.parts.select_related("sku"))
    balances = sql.lock_balances(order.seller_id, [order.warehouse_id], [part.sku_id for part in parts])

    if order.status == Status.IN_WORK:
        return order
    order.move_to(Status.IN_WORK)
    for part in parts:
        balance = balances.get((order.warehouse_id, part.sku_id))
        available = balance.available if balance else 0
        if available < part.quantity * order.quantity:
            raise PartsMissing(sku=part.sku.code, wanted=part.quantity * order.quantity, available=available)

    order.save(update_fields=["status"])

    events.record(AssemblyStarted(seller_id=order.seller_id, subject=order.code), actor=actor, at=at)
    return order


@transaction.atomic
def stop_assembly(*, code: str, actor: Actor, at: datetime) -> WorkOrder:
    """The rest is not made and its price given back; what was made stays. :raises NotFound: :raises NoSuchStep:"""
    order = locked_order(code, actor)

    order.move_to(Status.CANCELLED)
    fees.void_rest(order=order, actor=actor, at=at)
    order.ended_at = at
    order.save(update_fields=["status", "ended_at"])

    stopped = AssemblyStopped(seller_id=order.seller_id, subject=order.code, made=order.made, quantity=order.quantity)
    events.record(stopped, actor=actor, at=at)
    return order


def locked_order(code: str, actor: Actor) -> WorkOrder:
    """A step: the work order, locked. :raises NotFound:"""
    rows = WorkOrder.objects.visible_to(actor).filter(code=code)
    if actor.warehouse_id is not None:
        rows = rows.filter(warehouse_id=actor.warehouse_id)
    found: WorkOrder | None = rows.lock().select_related("sku").first()
    if found is None:
        raise NotFound(kind=gettext_lazy("work order"), code=code[:20])
    return found


def check_assembled(sku: Sku) -> None:
    """A step, with the SKU locked. :raises NotAssembled:"""
    if sku.bundle_kind != Sku.BundleKind.ASSEMBLED:
        raise NotAssembled(sku=sku.code)


def check_pieces(quantity: int, most: int) -> None:
    """A step. :raises PiecesOff:"""
    if not 1 <= quantity <= most:
        raise PiecesOff(quantity=quantity, most=most)
