"""Asking a seller to pay, giving it more time, or asking no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor, ActorKind
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import Refusal
from toiya.core.money import Money
from toiya.domain.billing.models import StatementLine
from toiya.domain.contracts.queries import terms_in_force
from toiya.domain.contracts.rules import Terms, country_paying_in, figures_of
from toiya.domain.dues import queries, rules
from toiya.domain.dues.actions.finding import locked_request
from toiya.domain.dues.actions.returning import drop_plan
from toiya.domain.dues.actions.standing import lock_held_orders, settle_standing
from toiya.domain.dues.events import PaymentPostponed, PaymentRequested, PaymentWithdrawn
from toiya.domain.dues.models import PaymentRequest, RequestLine
from toiya.domain.members.models import Seller

Status = PaymentRequest.Status
MOST_DAYS_LATER = 366


class NothingToAskFor(Refusal):
    """Lines that sum to nothing, or to less."""

    code = "nothing_to_ask_for"
    message = gettext_lazy("The lines sum to %(amount)s, so nothing is owed. Ask only for an amount above 0.")


class DayToPayOff(Refusal):
    """A day to pay that is over, or very far away."""

    code = "day_to_pay_off"
    message = gettext_lazy("%(day)s cannot be the day to pay. Enter a day from %(first)s to a year later.")


class RequestIsOver(Refusal):
    """It is paid or withdrawn."""

    code = "request_is_over"
    message = gettext_lazy("%(code)s is %(status)s, so nothing is left to do. Reload the page to see its state.")


@dataclass(frozen=True, slots=True)
class LineDraft:
    """One item: what, its amount in minor units (below nothing for a credit), how that came, and which bill's line."""

    subject: str
    amount_minor: int
    kind: str = ""
    quantity: int = 1
    formula: str = ""
    bill_line: StatementLine | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    What is to be paid. `subject` names it once per seller and kind, such as a statement's code.

    `month`: fees of that month, whose notice and due day the agreement gives; else `due_on` says the day itself.
    `credited_minor` of the lines went back before they were asked for.
    """

    subject: str
    currency: str
    lines: Sequence[LineDraft]
    kind: str = PaymentRequest.Kind.STATEMENT
    month: date | None = None
    due_on: date | None = None
    remark: str = ""
    credited_minor: int = 0


@transaction.atomic
def request_payment(*, seller_id: int, wanted: Wanted, actor: Actor, at: datetime) -> PaymentRequest:
    """
    Ask a seller to pay. What was asked for already is returned as it is: one request per subject, until withdrawn.

    :raises NothingToAskFor: :raises DayToPayOff: a day that is over, without a month
    """
    seller = Seller.objects.filter(pk=seller_id).lock().get()
    same = PaymentRequest.objects.filter(seller_id=seller_id, kind=wanted.kind, subject=wanted.subject)
    if (before := same.exclude(status=Status.WITHDRAWN).first()) is not None:
        return before  # type: ignore[no-any-return]
    amount = sum(line.amount_minor for line in wanted.lines)
    if amount <= wanted.credited_minor:
        raise NothingToAskFor(amount=Money(amount - wanted.credited_minor, wanted.currency))

    made = _written(seller, wanted, amount, actor, at)
    _write_lines(made, wanted.lines)

    told = PaymentRequested(
        seller_id=seller_id,
        subject=made.code,
        request_id=made.pk,
        amount_minor=made.owed_minor,
        currency=made.currency,
        due_on=made.due_on.isoformat(),
    )
    events.record(told, actor=actor, at=at)
    return made


@transaction.atomic
def withdraw_request(*, code: str, reason: str, actor: Actor, at: datetime) -> PaymentRequest:
    """
    Ask no more for something of which nothing was paid. What stood still because of it goes on. A bill stays closed
    and unpaid, and may be asked for again (`bills.ask_again`).

    :raises NotFound: :raises NoSuchStep: a part was paid, or it is over :raises core.texts refusals: of the reason
    """
    request = locked_request(code, actor)
    lock_held_orders(seller_id=request.seller_id, actor=actor, at=at)
    reason = texts.plain(reason, most=200, may_have_lines=False)

    request.move_to(Status.WITHDRAWN)
    request.completed_at = at
    request.save(update_fields=["status", "completed_at"])
    told = settle_standing(request=request, actor=actor, at=at)
    told += drop_plan(request=request, actor=actor, at=at)

    withdrawn = PaymentWithdrawn(seller_id=request.seller_id, subject=request.code, reason=reason)
    events.record_all([withdrawn, *told], actor=actor, at=at)
    return request


@transaction.atomic
def postpone_payment(*, code: str, due_on: date, reason: str, actor: Actor, at: datetime) -> PaymentRequest:
    """
    Give the seller more time: the time line begins anew with that day, and what stood still goes on at once.

    :raises NotFound: :raises RequestIsOver: :raises DayToPayOff: not later than today and than the present day
    """
    request = locked_request(code, actor)
    lock_held_orders(seller_id=request.seller_id, actor=actor, at=at)
    reason = texts.plain(reason, most=200, may_have_lines=False)
    today = queries.today_of(request, at)
    if request.status not in PaymentRequest.OPEN:
        raise RequestIsOver(code=request.code, status=request.get_status_display())
    if not max(today, request.due_on) < due_on <= rules.months_later(today, 12):
        raise DayToPayOff(day=due_on.isoformat(), first=max(today, request.due_on).isoformat())

    request.due_on, request.round = due_on, request.round + 1
    request.save(update_fields=["due_on", "round"])
    told = settle_standing(request=request, actor=actor, at=at)
    told += drop_plan(request=request, actor=actor, at=at)

    postponed = PaymentPostponed(
        seller_id=request.seller_id, subject=request.code, due_on=due_on.isoformat(), reason=reason
    )
    events.record_all([postponed, *told], actor=actor, at=at)
    return request


def _written(seller: Seller, wanted: Wanted, amount: int, actor: Actor, at: datetime) -> PaymentRequest:
    terms = terms_in_force(seller.pk, country_paying_in(wanted.currency), at)
    notice_on, due_on = _days(wanted, terms, at)
    (number,) = next_ids("dues_paymentrequest_id_seq", 1)
    return PaymentRequest.objects.create(
        pk=number,
        code=code_for("PAY", number),
        seller=seller,
        kind=wanted.kind,
        subject=wanted.subject,
        amount_minor=amount,
        credited_minor=wanted.credited_minor,
        currency=wanted.currency,
        remark=wanted.remark.strip()[:200],
        is_automatic=actor.kind == ActorKind.SYSTEM,
        terms=figures_of(terms),
        notice_on=notice_on,
        due_on=due_on,
        requested_at=at,
    )


def _days(wanted: Wanted, terms: Terms, at: datetime) -> tuple[date, date]:
    today = queries.local_day(terms, at)
    if wanted.month is not None:
        notice_on, due_on = rules.days_of_month(wanted.month, terms)
        notice_on = max(notice_on, today)
        if due_on < notice_on + timedelta(days=terms.warn_days):  # billed late: the usual days to pay are left
            due_on = notice_on + timedelta(days=terms.due_day - terms.notice_day)
        return notice_on, due_on
    due_on = wanted.due_on or today
    if not today <= due_on <= rules.months_later(today, 12):
        raise DayToPayOff(day=due_on.isoformat(), first=today.isoformat())
    return today, due_on


def _write_lines(request: PaymentRequest, lines: Sequence[LineDraft]) -> None:
    RequestLine.objects.bulk_create(
        RequestLine(
            seller_id=request.seller_id,
            request=request,
            position=position,
            kind=line.kind,
            subject=line.subject[:200],
            quantity=line.quantity,
            formula=line.formula[:200],
            amount_minor=line.amount_minor,
            bill_line=line.bill_line,
        )
        for position, line in enumerate(lines, start=1)
    )
