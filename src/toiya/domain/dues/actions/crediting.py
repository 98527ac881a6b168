"""What goes back of a bill: a credit note, less to be paid, and money where it was paid already, all in one step."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound
from toiya.domain.billing import queries as billing
from toiya.domain.billing.actions import noting
from toiya.domain.billing.actions.closing import locked_statement
from toiya.domain.billing.actions.noting import Giving
from toiya.domain.billing.models import Invoice
from toiya.domain.dues import queries
from toiya.domain.dues.actions.returning import drop_plan
from toiya.domain.dues.actions.standing import lock_held_orders, settle_standing
from toiya.domain.dues.models import PaymentRequest, RequestLine
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.sql import Purse


@transaction.atomic
def issue_credit_note(*, giving: Giving, actor: Actor, at: datetime) -> Invoice:
    """
    Write a note over a part of an invoice. What the wallet paid goes back into its free balance; of what the bill asks
    for, less is to be paid, and only what was paid too much goes back. A form that comes twice gives the first note.

    :raises NotFound: :raises NoteAgainstNote: :raises CreditTooHigh: :raises NoIssuer: :raises AmountNotPositive:
    :raises NothingWritten: no reason :raises TextTooLong:
    """
    first: Invoice | None = Invoice.objects.visible_to(actor).filter(number=giving.number).first()
    if first is None:
        raise NotFound(kind=gettext_lazy("invoice"), code=giving.number[:20])
    Seller.objects.filter(pk=first.seller_id).lock().get()
    request = queries.asked_for(first.statement).lock().first()
    lock_held_orders(seller_id=first.seller_id, actor=actor, at=at)
    statement = locked_statement(first.statement.code, actor)
    purse = Purse(first.seller_id, first.currency, actor.name, at)
    ledger.lock(purse)
    if (known := billing.note_of_form(first, giving.token)) is not None:
        return known

    noted = noting.write_note(first=first, statement=statement, giving=giving, actor=actor, at=at)
    number, told = noted.note.number, [noting.note_issued(noted.note)]
    if back := noted.note.total_minor - noted.due_minor:
        ledger.refund(purse, back, number)
    more: list[events.Event] = []
    if request is not None and noted.due_minor:
        lower_request(request=request, amount_minor=noted.due_minor, source=number, actor=actor, at=at)
        more = settle_standing(request=request, actor=actor, at=at) + drop_plan(request=request, actor=actor, at=at)

    events.record_all([*told, *more], actor=actor, at=at)
    return noted.note


def lower_request(*, request: PaymentRequest, amount_minor: int, source: str, actor: Actor, at: datetime) -> None:
    """
    A step: so much less is to be paid. What was paid too much goes back to the wallet under `source`, and a request
    with nothing left to pay is paid.
    """
    request.credited_minor = min(request.amount_minor, request.credited_minor + amount_minor)
    if back := request.sums.to_give_back:
        ledger.refund(Purse(request.seller_id, request.currency, actor.name, at), back, source)
        request.refunded_minor += back
    if request.status in PaymentRequest.OPEN and not request.sums.owed:
        request.move_to(PaymentRequest.Status.PAID)
        request.completed_at = at
    request.save(update_fields=["credited_minor", "refunded_minor", "status", "completed_at"])


def most_to_credit(line: RequestLine, actor: Actor) -> int:
    """What of a line did not go back yet; of a bill's line under the bill's lock, which is taken here (minor units)."""
    told = line.bill_line
    if told is None:
        return line.amount_minor
    statement = locked_statement(told.statement.code, actor)
    (line_left,) = billing.lines_left(statement.pk, pk=told.pk)
    return line_left.left
