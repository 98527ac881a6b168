"""Payment requests as both faces show them: chips, views with counts, the time line in words, papers of disputes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import FileResponse, Http404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from toiya.core import papers
from toiya.core.actor import Actor
from toiya.domain.catalog.models import Sku
from toiya.domain.dues import goods, queries, rules
from toiya.domain.dues.models import Dispute, PaymentRequest, ReturnPlan
from toiya.domain.dues.queries import Coming
from toiya.domain.dues.rules import Step
from toiya.domain.warehouses.models import Warehouse
from toiya.web.shared.statuses import DISPUTE, PAYMENT, Status

VIEWS: Mapping[str, Any] = {
    "open": _("To be paid"),
    "overdue": _("Overdue"),
    "disputed": _("In dispute"),
    "paid": pgettext_lazy("payment requests", "Paid"),
    "withdrawn": _("Withdrawn"),
    "all": _("All"),
}
STEPS: Mapping[str, Any] = {
    Step.NOTICE: _("You are asked to pay"),
    Step.REMINDER: _("Reminder, with the day of the suspension"),
    Step.SUSPENSION: _("Dispatch is suspended; orders wait"),
    Step.WARNING: _("Warning, with the day on which the service stops"),
    Step.STOP: _("The service is stopped; nothing is taken in either"),
    Step.RETURN: _("A return of all goods, freight collect, is listed for a person to confirm"),
}
ICONS: Mapping[str, str] = {
    Step.NOTICE: "file-plus",
    Step.REMINDER: "mail-warning",
    Step.SUSPENSION: "circle-pause",
    Step.WARNING: "mail-warning",
    Step.STOP: "octagon-x",
    Step.RETURN: "package",
}


WAITS: Mapping[str, Any] = {
    goods.FREE: _("Free, goes home"),
    goods.ORDER: _("Promised to an order"),
    goods.REMOVAL: _("In a removal that was ordered before"),
    goods.DISPOSAL: _("To be thrown away, as the seller ordered"),
    goods.TRANSFER: _("Goes to another warehouse"),
    goods.ASIDE: _("Set aside, cannot be sold"),
    goods.OTHER: _("Kept for work in the warehouse"),
}


@dataclass(frozen=True, slots=True)
class Lying:
    """Pieces of one SKU in one warehouse, and in words what they wait for."""

    warehouse: Warehouse
    sku: Sku
    quantity: int
    waits: Sequence[tuple[Any, str, int]]  # words, code or nothing, pieces


@dataclass(frozen=True, slots=True)
class Row:
    """A request in a list: its chip, and what is still owed."""

    request: PaymentRequest
    status: Status
    owed: int
    may_pay: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A step of the time line in words, on its day."""

    on: date
    word: Any
    icon: str
    is_done: bool
    request: PaymentRequest


def rows_of(found: Sequence[PaymentRequest], today: date) -> list[Row]:
    """The rows of one page; one query."""
    disputed = queries.disputed_minor([request.pk for request in found])
    return [
        Row(each, chip_of(each, today, each.pk in disputed), each.owed_minor, each.owed_minor > 0) for each in found
    ]


def chip_of(request: PaymentRequest, today: date, is_disputed: bool) -> Status:
    """What is most pressing about it: overdue before disputed, then where it stands."""
    if request.owed_minor > 0 and is_disputed:
        return PAYMENT["disputed"]
    if request.owed_minor > 0 and request.due_on < today:
        return PAYMENT["overdue"]
    return PAYMENT[request.status]


def tabs(actor: Actor, view: str, today: date) -> list[dict[str, Any]]:
    """The views with how many are in each (A175)."""
    counts = queries.counts(actor, today)
    return [
        {"label": word, "url": f"?view={name}", "count": counts[name], "current": name == view}
        for name, word in VIEWS.items()
    ]


def days_of(request: PaymentRequest) -> list[Day]:
    """What happened to a request and what will, if nobody pays."""
    line = rules.time_line(queries.debt_of(request))
    return [_day(Coming(request, planned)) for planned in line if planned.is_done or request.owed_minor > 0]


def calendar(actor: Actor, today: date) -> list[Day]:
    """What will happen to what is open, from today on."""
    coming = queries.calendar_of(actor)
    return [_day(each) for each in coming if not each.planned.is_done or each.planned.on >= today]


def _day(coming: Coming) -> Day:
    step = coming.planned.step
    return Day(coming.planned.on, STEPS[step], ICONS[step], coming.planned.is_done, coming.request)


def lines_of(request: PaymentRequest) -> list[dict[str, Any]]:
    """The lines, each with its newest dispute and what did not go back of it yet; three queries."""
    left = queries.left_of_lines(request)
    disputes = {each.line_id: each for each in Dispute.objects.filter(line__request=request).order_by("pk")}
    found = []
    for line in request.lines.order_by("position"):
        dispute = disputes.get(line.pk)
        status = DISPUTE[dispute.status] if dispute else None
        is_free = dispute is None or dispute.status == Dispute.Status.WITHDRAWN
        found.append(
            {"line": line, "dispute": dispute, "status": status, "may_dispute": is_free, "left": left[line.pk]}
        )
    return found


def lying(plan: ReturnPlan) -> list[Lying]:
    """While it waits: everything as it lies now, and what it waits for. Once it is over: what was listed."""
    if plan.status not in ReturnPlan.WAITING:
        lines = plan.lines.select_related("sku", "warehouse").order_by("pk")
        return [Lying(line.warehouse, line.sku, line.quantity, ()) for line in lines]
    return [
        Lying(each.warehouse, each.sku, each.on_hand, [(WAITS[p.waits_for], p.code, p.quantity) for p in each.parts])
        for each in goods.goods_of(plan.seller_id)
    ]


def called_off_by(plan: ReturnPlan) -> Mapping[str, int]:
    """How many orders, removals and transfers are called off when it is confirmed."""
    if plan.status not in ReturnPlan.WAITING:
        return {}
    return {
        "orders": goods.orders_to_cancel(plan.seller_id).count(),
        "removals": goods.removals_to_cancel(plan.seller_id, plan.code).count(),
        "transfers": goods.transfers_to_cancel(plan.seller_id).count(),
    }


def evidence(actor: Actor, code: str) -> FileResponse:
    """The paper of a dispute, as an attachment that cannot act. :raises Http404: none this reader may see"""
    dispute = Dispute.objects.visible_to(actor).filter(code=code).exclude(evidence_key="").first()
    if dispute is None:
        raise Http404
    answer = FileResponse(
        papers.cupboard().open(dispute.evidence_key, "rb"),
        as_attachment=True,
        filename=f"{dispute.code}{papers.ENDINGS[dispute.evidence_type]}",
        content_type=dispute.evidence_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
