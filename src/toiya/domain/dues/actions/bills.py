"""A closed bill is asked for, and is paid when its request is: what billing below cannot know is told from here."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.core.states import NoSuchStep
from toiya.domain.billing import queries as billing
from toiya.domain.billing.actions.closing import settle_statement
from toiya.domain.billing.models import Statement, StatementLine
from toiya.domain.dues import queries
from toiya.domain.dues.actions.requesting import LineDraft, Wanted, request_payment
from toiya.domain.dues.events import BillAskedAgain
from toiya.domain.dues.models import PaymentRequest
from toiya.domain.members.models import Seller


class BillNotWithdrawn(Refusal):
    """There is a request for it, or nothing of it is owed."""

    code = "bill_not_withdrawn"
    message = gettext_lazy(
        "The bill %(code)s is asked for or paid already. Only a bill whose request was withdrawn is asked for again."
    )


@transaction.atomic
def ask_for_bill(*, statement_id: int, actor: Actor, at: datetime) -> PaymentRequest | None:
    """
    Ask for what of a closed bill the wallet did not pay, line by line, once; None when it is all paid. A request that
    was withdrawn stays so: only a person asks again.
    """
    seller_id = Statement.objects.values_list("seller_id", flat=True).get(pk=statement_id)
    Seller.objects.filter(pk=seller_id).lock().get()
    bill = Statement.objects.get(pk=statement_id)
    if bill.status != Statement.Status.CLOSED or bill.due_minor <= 0:
        return None
    known = queries.requests_for(bill).first()
    return known if known is not None else _asked(bill, actor, at)


@transaction.atomic
def ask_again(*, code: str, actor: Actor, at: datetime) -> PaymentRequest | None:
    """
    Ask for a bill whose request was withdrawn: the same lines and amounts, less what was credited meanwhile; None when
    that was all of it, and the bill is paid.

    :raises NotFound: :raises BillNotWithdrawn: it is asked for, or paid
    """
    known = Statement.objects.visible_to(actor).filter(code=code).values_list("pk", "seller_id").first()
    if known is None:
        raise NotFound(kind=gettext_lazy("bill"), code=code[:20])
    Seller.objects.filter(pk=known[1]).lock().get()
    bill = Statement.objects.get(pk=known[0])
    if not queries.is_withdrawn(bill):
        raise BillNotWithdrawn(code=bill.code)

    made = _asked(bill, actor, at)

    if made is not None:
        again = BillAskedAgain(seller_id=bill.seller_id, subject=bill.code, request=made.code)
        events.record(again, actor=actor, at=at)
    return made


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


def _asked(bill: Statement, actor: Actor, at: datetime) -> PaymentRequest | None:
    """What is due, less what was credited before it was asked for; a bill with nothing left is paid."""
    due = StatementLine.objects.filter(statement=bill, origin=StatementLine.Origin.DUE).order_by("number")
    lines = [LineDraft(line.subject, line.amount_minor, line.kind, line.quantity, bill_line=line) for line in due]
    left = sum(each.left for each in billing.lines_left(bill.pk) if each.origin == StatementLine.Origin.DUE)
    if not left:
        settle_statement(code=bill.code, actor=actor, at=at)
        return None
    wanted = Wanted(bill.code, bill.currency, lines, month=bill.month, credited_minor=bill.due_minor - left)
    return request_payment(seller_id=bill.seller_id, wanted=wanted, actor=actor, at=at)
