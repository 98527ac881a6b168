"""A month's bill: opened when something happens, closed in the middle of the next month, paid (A171, L21)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.billing import gathering, sql
from toiya.domain.billing.actions.crediting import credit_refunds
from toiya.domain.billing.actions.storing import charge_storage
from toiya.domain.billing.events import StatementClosed, StatementOpened, StatementPaid
from toiya.domain.billing.models import Statement, StatementLine
from toiya.domain.billing.rules import digests, lines, months
from toiya.domain.billing.rules.lines import Draft
from toiya.domain.members.models import Seller

Status = Statement.Status


class MonthNotOver(Refusal):
    """The month still runs."""

    code = "month_not_over"
    message = gettext_lazy("%(month)s is not over yet. Close its bill after the last day of the month.")


class BillClosedBefore(Refusal):
    """The bill is written down already."""

    code = "bill_closed_before"
    message = gettext_lazy("The bill %(code)s is closed already. What is found later stands on the next month's bill.")


@transaction.atomic
def open_statement(*, seller_id: int, month: date, actor: Actor, at: datetime) -> Statement:
    """Begin the bill of a month in the seller's currency; one that was begun stays as it is."""
    seller = Seller.objects.get(pk=seller_id)
    (number,) = next_ids("billing_statement_id_seq", 1)
    row = {"id": number, "code": code_for("STM", number), "seller": seller_id, "month": month, "at": at}

    is_new = sql.open_statement({**row, "currency": seller.currency})

    statement: Statement = Statement.objects.get(seller=seller, month=month, currency=seller.currency)
    if is_new:
        opened = StatementOpened(seller_id=seller_id, subject=statement.code, month=f"{month:%Y-%m}")
        events.record(opened, actor=actor, at=at)
    return statement


@transaction.atomic
def close_statement(*, code: str, actor: Actor, at: datetime) -> Statement:
    """
    Price the month's storage and write down every line: what the wallet took and gave back until the month's end and no
    bill tells of yet, and what is due. Nothing due is paid at once.

    :raises NotFound: :raises BillClosedBefore: :raises MonthNotOver:
    """
    statement = locked_statement(code, actor)

    if statement.status != Status.RUNNING:
        raise BillClosedBefore(code=statement.code)
    if not months.is_over(statement.month, at):
        raise MonthNotOver(month=f"{statement.month:%Y-%m}")
    Seller.objects.filter(pk=statement.seller_id).lock().get()  # two months of a seller never tell of the same money

    after = months.instants(statement.month)[1]
    for warehouse_id in sql.warehouses_of(statement.seller_id, after):
        place = {"seller_id": statement.seller_id, "warehouse_id": warehouse_id}
        charge_storage(**place, month=statement.month, actor=actor, at=at)
    drafts = gathering.drafts(statement.seller_id, statement.currency, statement.month)
    rows = _write(statement, drafts, at)
    credit_refunds(statement=statement, rows=rows, actor=actor, at=at)

    events.record_all(_told(statement), actor=actor, at=at)
    return statement


@transaction.atomic
def settle_statement(*, code: str, actor: Actor, at: datetime) -> Statement:
    """Nothing of it is owed any more. :raises NotFound: :raises NoSuchStep: it still runs, or was paid"""
    statement = locked_statement(code, actor)

    statement.move_to(Status.PAID)

    statement.paid_at = at
    statement.save(update_fields=["status", "paid_at"])

    events.record(_paid(statement), actor=actor, at=at)
    return statement


def locked_statement(code: str, actor: Actor) -> Statement:
    """The bill under our lock. :raises NotFound:"""
    statement: Statement | None = Statement.objects.visible_to(actor).filter(code=code).lock().first()
    if statement is None:
        raise NotFound(kind=gettext_lazy("bill"), code=code[:20])
    return statement


def _write(statement: Statement, drafts: Sequence[Draft], at: datetime) -> list[StatementLine]:
    """The lines in their order, their digests, the sums, and the state; the lines first, while it is open."""
    rows = [_row(statement, number, draft) for number, draft in enumerate(drafts, start=1)]
    StatementLine.objects.bulk_create(rows, batch_size=2000)
    totals = lines.totals_of((draft.origin, draft.amount_minor) for draft in drafts)
    statement.taken_minor, statement.due_minor, statement.credited_minor, statement.paid_out_minor = totals
    statement.total_minor, statement.line_count = totals.total, len(rows)
    statement.inputs_hash = digests.digest_of_all(row.digest for row in rows)
    statement.move_to(Status.CLOSED)
    statement.closed_at = at
    if not statement.due_minor:
        statement.move_to(Status.PAID)
        statement.paid_at = at
    statement.save()
    return rows


def _row(statement: Statement, number: int, draft: Draft) -> StatementLine:
    priced, text = draft.priced, draft.as_text(number, statement.currency)
    return StatementLine(
        seller_id=statement.seller_id,
        statement=statement,
        number=number,
        origin=draft.origin,
        kind=priced.kind,
        subject=priced.subject,
        source=priced.source,
        on=priced.on,
        quantity=priced.quantity,
        amount_minor=priced.amount_minor,
        tax_percent=priced.tax_percent,
        charge_id=priced.charge_id or None,
        wallet_entry_id=draft.wallet_entry_id,
        also_entry_id=draft.also_entry_id,
        inputs=text,
        digest=digests.digest(text),
    )


def _told(statement: Statement) -> list[StatementClosed | StatementPaid]:
    closed = StatementClosed(
        seller_id=statement.seller_id,
        subject=statement.code,
        statement_id=statement.pk,
        month=f"{statement.month:%Y-%m}",
        currency=statement.currency,
        amount_minor=statement.total_minor,
        due_minor=statement.due_minor,
    )
    return [closed, _paid(statement)] if statement.status == Status.PAID else [closed]


def _paid(statement: Statement) -> StatementPaid:
    return StatementPaid(seller_id=statement.seller_id, subject=statement.code, month=f"{statement.month:%Y-%m}")
