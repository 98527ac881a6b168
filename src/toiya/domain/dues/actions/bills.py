"""A closed bill is asked for, and is paid when its request is: what billing below cannot know is told from here."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from toiya.core.actor import Actor
from toiya.core.states import NoSuchStep
from toiya.domain.billing.actions.closing import settle_statement
from toiya.domain.billing.models import Statement, StatementLine
from toiya.domain.dues.actions.requesting import LineDraft, Wanted, request_payment
from toiya.domain.dues.models import PaymentRequest


def ask_for_bill(*, statement_id: int, actor: Actor, at: datetime) -> PaymentRequest | None:
    """Ask for what of a closed bill the wallet did not pay, line by line, once; None when it is all paid."""
    bill = Statement.objects.get(pk=statement_id)
    if bill.status != Statement.Status.CLOSED or bill.due_minor <= 0:
        return None
    due = StatementLine.objects.filter(statement=bill, origin=StatementLine.Origin.DUE).order_by("number")
    lines = [LineDraft(line.subject, line.amount_minor, line.kind, line.quantity) for line in due]
    wanted = Wanted(bill.code, bill.currency, lines, month=bill.month)
    return request_payment(seller_id=bill.seller_id, wanted=wanted, actor=actor, at=at)


def settle_bills(*, seller_id: int, actor: Actor, at: datetime) -> int:
    """Say of each closed bill whose request is paid that it is paid; how many. Twice does no harm."""
    paid = PaymentRequest.objects.filter(
        seller_id=seller_id, kind=PaymentRequest.Kind.STATEMENT, status=PaymentRequest.Status.PAID
    )
    closed = Statement.objects.filter(
        seller_id=seller_id, status=Statement.Status.CLOSED, code__in=paid.values("subject")
    )
    codes = list(closed.order_by("pk").values_list("code", flat=True))
    for code in codes:
        with suppress(NoSuchStep):  # another job, woken by another payment, was faster
            settle_statement(code=code, actor=actor, at=at)
    return len(codes)
