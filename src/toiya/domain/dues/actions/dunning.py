"""The time line of an unpaid request goes on by one step, when its day has come."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.dues import queries, rules
from toiya.domain.dues.actions.finding import locked_by_id
from toiya.domain.dues.actions.returning import prepare_plan
from toiya.domain.dues.actions.standing import lock_held_orders, settle_standing
from toiya.domain.dues.events import DunningStepTaken
from toiya.domain.dues.models import DunningStep, PaymentRequest
from toiya.domain.dues.rules import Planned, Step


@transaction.atomic
def take_step(*, request_id: int, actor: Actor, at: datetime) -> DunningStep | None:
    """
    Take the next step of an unpaid request if its day has come; None when there is none to take.

    Asked twice, or late, each step is taken once a round and in its order.
    """
    seller_id = PaymentRequest.objects.values_list("seller_id", flat=True).get(pk=request_id)
    request = locked_by_id(request_id, seller_id)
    disputed = queries.disputed_minor([request.pk]).get(request.pk, 0)
    if request.status not in PaymentRequest.OPEN or not rules.is_pressing(request.sums, disputed):
        return None
    coming = rules.next_step(queries.debt_of(request), queries.today_of(request, at))
    if coming is None:
        return None
    lock_held_orders(seller_id=request.seller_id, actor=actor, at=at)

    taken = _written(request, coming, at)
    told: list[events.Event] = []
    if coming.step in (Step.SUSPENSION, Step.STOP):
        told += settle_standing(request=request, actor=actor, at=at)
    if coming.step is Step.RETURN:
        told += prepare_plan(request=request, actor=actor, at=at)

    events.record_all([_told(request, taken), *told], actor=actor, at=at)
    return taken


def _written(request: PaymentRequest, coming: Planned, at: datetime) -> DunningStep:
    today = queries.today_of(request, at)
    debt = queries.debt_of(request)
    after = rules.Debt(debt.notice_on, debt.due_on, debt.terms, {**debt.done, coming.step: today})
    announced = rules.announced_by(coming.step, after)
    return DunningStep.objects.create(
        seller_id=request.seller_id,
        request=request,
        step=coming.step.value,
        round=request.round,
        taken_on=today,
        announces_on=announced.on if announced else None,
        owed_minor=request.owed_minor,
        at=at,
    )


def _told(request: PaymentRequest, taken: DunningStep) -> DunningStepTaken:
    return DunningStepTaken(
        seller_id=request.seller_id,
        subject=request.code,
        step_id=taken.pk,
        step=taken.step,
        announces_on=taken.announces_on.isoformat() if taken.announces_on else "",
    )
