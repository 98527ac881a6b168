"""A return of all goods: prepared with a list, agreed to by the seller, confirmed by a person. Nothing moves before."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound
from toiya.domain.dues import queries
from toiya.domain.dues.actions.finding import locked_by_id
from toiya.domain.dues.actions.gathering import call_off_all
from toiya.domain.dues.events import (
    ReturnPlanAgreed,
    ReturnPlanConfirmed,
    ReturnPlanDropped,
    ReturnPlanPrepared,
)
from toiya.domain.dues.models import PaymentRequest, ReturnPlan, ReturnPlanLine
from toiya.domain.returns.actions.preparing import prepare_return
from toiya.domain.stock.models import Balance

Status = ReturnPlan.Status


def prepare_plan(*, request: PaymentRequest, actor: Actor, at: datetime) -> list[events.Event]:
    """A step of the time line, which records what it returns: list every piece the seller has here."""
    if queries.waiting_plan(request.seller_id) is not None:
        return []
    (number,) = next_ids("dues_returnplan_id_seq", 1)
    plan = ReturnPlan.objects.create(
        pk=number, code=code_for("RTP", number), seller_id=request.seller_id, request=request, prepared_at=at
    )
    balances = Balance.objects.filter(seller_id=request.seller_id, on_hand__gt=0).order_by("warehouse_id", "sku_id")
    lines = ReturnPlanLine.objects.bulk_create(
        ReturnPlanLine(
            seller_id=request.seller_id,
            plan=plan,
            warehouse_id=balance.warehouse_id,
            sku_id=balance.sku_id,
            quantity=balance.on_hand,
        )
        for balance in balances
    )
    pieces = sum(line.quantity for line in lines)
    told = ReturnPlanPrepared(seller_id=request.seller_id, subject=plan.code, request=request.code, pieces=pieces)
    return [told]


def drop_plan(*, request: PaymentRequest, actor: Actor, at: datetime) -> list[events.Event]:
    """A step of a higher action, which records what it returns: where no debt asks for it any more, the goods stay."""
    plan = ReturnPlan.objects.filter(seller_id=request.seller_id, status__in=ReturnPlan.WAITING).lock().first()
    wanted = queries.standing_wanted(request.seller_id)
    if plan is None or (wanted is not None and wanted[0] == "service"):
        return []
    _end(plan, Status.DROPPED, actor, at)
    return [ReturnPlanDropped(seller_id=plan.seller_id, subject=plan.code)]


@transaction.atomic
def agree_to_return(*, code: str, actor: Actor, at: datetime) -> ReturnPlan:
    """The seller has read the list and agrees. :raises NotFound: :raises NoSuchStep:"""
    plan = _locked(code, actor)

    plan.move_to(Status.AGREED)
    plan.agreed_at = at
    plan.save(update_fields=["status", "agreed_at"])

    events.record(ReturnPlanAgreed(seller_id=plan.seller_id, subject=plan.code), actor=actor, at=at)
    return plan


@transaction.atomic
def confirm_return(*, code: str, actor: Actor, at: datetime) -> ReturnPlan:
    """
    A person of the operator says that the goods are to be sent back: what is promised to orders, removals and
    transfers is called off, and a removal is drawn up in each warehouse, which leaves over the floor when the
    warehouse has confirmed it with the address. The seller is told by letter.

    :raises NotFound: :raises NoSuchStep:
    """
    plan = _locked(code, actor)

    _end(plan, Status.CONFIRMED, actor, at)
    gone = call_off_all(plan=plan, actor=actor, at=at)
    prepare_return(seller_id=plan.seller_id, reason=plan.code, actor=actor, at=at)

    confirmed = ReturnPlanConfirmed(
        seller_id=plan.seller_id,
        subject=plan.code,
        plan_id=plan.pk,
        orders=gone.orders,
        removals=gone.removals,
        transfers=gone.transfers,
    )
    events.record(confirmed, actor=actor, at=at)
    return plan


def _end(plan: ReturnPlan, status: str, actor: Actor, at: datetime) -> None:
    plan.move_to(status)
    plan.ended_at, plan.ended_by = at, actor.name
    plan.save(update_fields=["status", "ended_at", "ended_by"])


def _locked(code: str, actor: Actor) -> ReturnPlan:
    known = ReturnPlan.objects.visible_to(actor).filter(code=code).first()
    if known is None:
        raise NotFound(kind=gettext_lazy("return"), code=code[:20])
    locked_by_id(known.request_id, known.seller_id)
    found: ReturnPlan = ReturnPlan.objects.filter(pk=known.pk).lock().get()
    return found
