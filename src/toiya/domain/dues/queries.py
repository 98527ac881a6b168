"""What is owed, what comes on which day, and how a seller stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from toiya.core.actor import Actor
from toiya.core.rows import OwnedRows
from toiya.domain.billing.models import LineCredit, Statement
from toiya.domain.contracts.rules import Terms, terms_from
from toiya.domain.dues import rules
from toiya.domain.dues.models import Dispute, DunningStep, PaymentRequest, RequestLine, ReturnPlan
from toiya.domain.dues.rules import Debt, Planned, Step
from toiya.domain.members.models import Standstill

Status = PaymentRequest.Status
VIEWS = ("open", "overdue", "disputed", "paid", "withdrawn", "all")


@dataclass(frozen=True, slots=True)
class Coming:
    """A day of the calendar: what will happen to which request, or what happened."""

    request: PaymentRequest
    planned: Planned


def local_day(terms: Terms, at: datetime) -> date:
    """The day where an agreement counts days."""
    return at.astimezone(ZoneInfo(terms.zone)).date()


def today_of(request: PaymentRequest, at: datetime) -> date:
    """The day where its agreement counts days."""
    return at.astimezone(ZoneInfo(str(request.terms["zone"]))).date()


def debt_of(request: PaymentRequest, steps: Iterable[DunningStep] | None = None) -> Debt:
    """The request as the time line sees it: the steps of its present round."""
    every = request.steps.all() if steps is None else steps
    done = {Step(each.step): each.taken_on for each in every if each.round == request.round}
    if request.round > 1:
        done.setdefault(Step.NOTICE, request.notice_on)  # it was asked for once
    return Debt(request.notice_on, request.due_on, terms_from(request.terms), done)


def disputed_minor(request_ids: Sequence[int]) -> dict[int, int]:
    """How much of each request is in open disputes: of a disputed line what did not go back of it already."""
    open_ones = Dispute.objects.filter(status=Dispute.Status.OPEN, line__request_id__in=request_ids)
    same = LineCredit.objects.filter(line_id=OuterRef("line__bill_line_id")).order_by()
    back = Coalesce(Subquery(_sum_of(same, "line_id", "amount_minor")), 0)
    sums: dict[int, int] = {}
    for request_id, minor, less in open_ones.order_by().values_list("line__request_id", "line__amount_minor", back):
        sums[request_id] = sums.get(request_id, 0) + minor - less
    return {request_id: max(0, minor) for request_id, minor in sums.items()}


def left_of_lines(request: PaymentRequest) -> dict[int, int]:
    """What of each line did not go back yet: of a bill's line as the bill knows it (minor units); one query."""
    of_disputes = Dispute.objects.filter(line_id=OuterRef("pk"), status=Dispute.Status.ACCEPTED).order_by()
    of_bill = LineCredit.objects.filter(line_id=OuterRef("bill_line_id")).order_by()
    back = Case(
        When(bill_line=None, then=Coalesce(Subquery(_sum_of(of_disputes, "line_id", "credit_minor")), 0)),
        default=Coalesce(Subquery(_sum_of(of_bill, "line_id", "amount_minor")), 0),
    )
    rows = RequestLine.objects.filter(request=request).annotate(back=back)
    return {pk: amount - less for pk, amount, less in rows.values_list("pk", "amount_minor", "back")}


def _sum_of(rows: QuerySet[Any], group: str, field: str) -> QuerySet[Any]:
    """One sum, as a subquery wants it."""
    sums: QuerySet[Any] = rows.values(group).annotate(sum=Sum(field)).values("sum")
    return sums


def requests_for(bill: Statement) -> OwnedRows:
    """The requests for a bill, the newest first; all but that one are withdrawn."""
    wanted = {"seller_id": bill.seller_id, "kind": PaymentRequest.Kind.STATEMENT, "subject": bill.code}
    rows: OwnedRows = PaymentRequest.objects.filter(**wanted).order_by("-pk")
    return rows


def asked_for(bill: Statement) -> OwnedRows:
    """The one request for a bill that is not withdrawn."""
    rows: OwnedRows = requests_for(bill).exclude(status=Status.WITHDRAWN)
    return rows


def is_withdrawn(bill: Statement) -> bool:
    """Whether a bill is closed, not paid, and was asked for in vain: it may be asked for again."""
    newest = requests_for(bill).first()
    return bill.status == Statement.Status.CLOSED and newest is not None and newest.status == Status.WITHDRAWN


def pressing(seller_id: int) -> list[PaymentRequest]:
    """The seller's requests of which an undisputed part is owed, the oldest debt first."""
    found = PaymentRequest.objects.filter(seller_id=seller_id, status__in=PaymentRequest.OPEN)
    rows = list(found.order_by("due_on", "pk").prefetch_related("steps"))
    disputed = disputed_minor([row.pk for row in rows])
    return [row for row in rows if rules.is_pressing(row.sums, disputed.get(row.pk, 0))]


def standing_wanted(seller_id: int) -> tuple[str, PaymentRequest] | None:
    """How far the seller has to stand still by what it owes, and for which request; None: not at all."""
    found = [(debt_of(row).done, row) for row in pressing(seller_id)]
    for step, stage in ((Step.STOP, Standstill.Stage.SERVICE), (Step.SUSPENSION, Standstill.Stage.DISPATCH)):
        for done, row in found:
            if step in done:
                return stage.value, row
    return None


def requests(actor: Actor, view: str, today: date) -> QuerySet[PaymentRequest]:
    """The requests of one view, with the name of their seller."""
    rows = PaymentRequest.objects.visible_to(actor).select_related("seller")
    return rows.filter(_chosen(view, today))


def counts(actor: Actor, today: date) -> Mapping[str, int]:
    """How many requests are in each view (A175); one query."""
    wanted = {view: Count("pk", filter=_chosen(view, today)) for view in VIEWS}
    return PaymentRequest.objects.visible_to(actor).order_by().aggregate(**wanted)


def _chosen(view: str, today: date) -> Q:
    is_open = Q(status__in=PaymentRequest.OPEN)
    disputes = Dispute.objects.filter(line__request_id=OuterRef("pk"), status=Dispute.Status.OPEN)
    return {
        "open": is_open,
        "overdue": is_open & Q(due_on__lt=today),
        "disputed": Q(Exists(disputes)),
        "paid": Q(status=Status.PAID),
        "withdrawn": Q(status=Status.WITHDRAWN),
    }.get(view, Q())


def owed_in_all(actor: Actor, currency: str) -> int:
    """What the reader's seller owes in that currency, in minor units."""
    rows = PaymentRequest.objects.visible_to(actor).filter(status__in=PaymentRequest.OPEN, currency=currency)
    return sum(row.owed_minor for row in rows)


def calendar_of(actor: Actor, most: int = 200) -> list[Coming]:
    """Everything that will happen to what is open, by day: for a seller its own, for the operator all."""
    rows = PaymentRequest.objects.visible_to(actor).filter(status__in=PaymentRequest.OPEN)
    found = list(rows.select_related("seller").prefetch_related("steps").order_by("due_on", "pk")[:most])
    disputed = disputed_minor([row.pk for row in found])
    coming = [
        Coming(row, planned)
        for row in found
        if rules.is_pressing(row.sums, disputed.get(row.pk, 0))
        for planned in rules.time_line(debt_of(row))
    ]
    return sorted(coming, key=lambda each: (each.planned.on, each.request.pk, rules.ORDER.index(each.planned.step)))


def due_for_a_step(at: datetime) -> list[int]:
    """Open requests whose first step may be due: their notice day has come somewhere on earth."""
    latest = at.astimezone(ZoneInfo("Pacific/Kiritimati")).date()
    rows = PaymentRequest.objects.filter(status__in=PaymentRequest.OPEN, notice_on__lte=latest)
    return list(rows.order_by("due_on", "pk").values_list("pk", flat=True))


def waiting_plan(seller_id: int) -> ReturnPlan | None:
    """The return that is prepared for this seller, if one is."""
    return ReturnPlan.objects.filter(seller_id=seller_id, status__in=ReturnPlan.WAITING).first()
