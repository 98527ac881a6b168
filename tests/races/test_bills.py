"""Bills closed by several at once, and invoices that all want the next number."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db.models import Model

from tests.billing_world import BEFORE, MIDDLE, a_bill, a_card, a_closed_bill, an_issuer, fee, noted, on_day
from tests.books import findings
from tests.races.together import together
from tests.world import WORLD, a_seller, a_sku, a_warehouse, money_in, stock_of
from toiya.core.rows import LockableRows
from toiya.domain.billing import queries
from toiya.domain.billing.actions.closing import BillClosedBefore, close_statement
from toiya.domain.billing.actions.crediting import Cause, credit_lines
from toiya.domain.billing.actions.invoicing import issue_invoice
from toiya.domain.billing.actions.noting import CreditTooHigh
from toiya.domain.billing.models import Invoice, InvoiceSeries, LineCredit, Statement, StatementLine, StorageMonth
from toiya.domain.billing.rules.giving_back import LineLeft
from toiya.domain.dues.actions.bills import ask_for_bill
from toiya.domain.dues.actions.disputing import CreditOutOfRange, Decision, Objection, decide_dispute, dispute_line
from toiya.domain.dues.models import PaymentRequest
from toiya.domain.members.models import Seller

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 4


@contextmanager
def nobody_waits(monkeypatch: pytest.MonkeyPatch, *models: type[Model]) -> Iterator[None]:
    """The control: these rows are read without a lock, by all threads before one of them goes on."""
    lock, everybody_has_read = LockableRows.lock, Barrier(2)

    def read_together(rows: LockableRows) -> LockableRows:
        if rows.model not in models:
            return lock(rows)
        found = rows.order_by("pk")
        list(found)
        with suppress(BrokenBarrierError):
            everybody_has_read.wait(timeout=2)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(LockableRows, "lock", read_together)
        yield


def an_invoice() -> tuple[PaymentRequest, Invoice]:
    """A bill of 210 yen of storage, asked for and invoiced."""
    a_card()
    sku = a_sku(a_seller())
    stock_of(sku, a_warehouse(), 7, at=on_day(10, 20))
    bill = a_closed_bill(sku.seller)
    an_issuer()
    invoice = issue_invoice(code=bill.code, actor=WORLD, at=MIDDLE)
    request = ask_for_bill(statement_id=bill.pk, actor=WORLD, at=MIDDLE)
    assert request is not None
    return request, invoice


def credited() -> int:
    return sum(LineCredit.objects.values_list("amount_minor", flat=True))


def closed_bills() -> list[Statement]:
    """A closed bill with a fee for each thread, each of another seller."""
    house, bills = a_warehouse(), []
    for number in range(THREADS):
        seller = a_seller(f"Seller {number}")
        money_in(seller, 1000, at=BEFORE)
        fee(seller, house, f"PCL-{number}", 100, on_day(11, 10))
        bills.append(a_closed_bill(seller))
    an_issuer()
    return bills


def test_four_who_close_the_same_month_write_its_lines_and_its_storage_once() -> None:
    a_card()
    sku, house = a_sku(a_seller()), a_warehouse()
    stock_of(sku, house, 7, at=on_day(10, 20))
    code = a_bill(sku.seller).code
    ends = together([lambda: close_statement(code=code, actor=WORLD, at=MIDDLE)] * THREADS)
    assert ends.troubles == []
    assert [type(refusal) for refusal in ends.refusals] == [BillClosedBefore] * (THREADS - 1)
    assert (StatementLine.objects.count(), StorageMonth.objects.count()) == (1, 1)
    assert findings("I08") == []


def test_control_without_its_locks_a_month_is_written_more_than_once_or_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    seller = a_seller()
    money_in(seller, 1000, at=BEFORE)
    fee(seller, a_warehouse(), "PCL-1", 100, on_day(11, 10))
    code = a_bill(seller).code
    with nobody_waits(monkeypatch, Statement, Seller):
        ends = together([lambda: close_statement(code=code, actor=WORLD, at=MIDDLE)] * 2)
    assert ends.troubles, "the race is there: only the tables' own constraints refuse the second"
    assert {type(refusal) for refusal in ends.refusals} <= {BillClosedBefore}


def test_a_dispute_and_a_note_over_the_same_line_at_once_give_it_back_once() -> None:
    request, invoice = an_invoice()
    objection, decision = Objection("Not ours"), Decision(200, "Right.")
    dispute = dispute_line(code=request.code, position=1, objection=objection, actor=WORLD, at=MIDDLE)
    ends = together(
        [
            lambda: decide_dispute(code=dispute.code, decision=decision, actor=WORLD, at=MIDDLE),
            lambda: noted(invoice, 200, at=MIDDLE),
        ]
    )
    assert ends.troubles == []
    assert [type(refusal) for refusal in ends.refusals] in ([CreditOutOfRange], [CreditTooHigh])
    assert credited() == 200
    assert findings("I06", "I08", "I41") == []


def test_control_without_the_bills_lock_a_line_goes_back_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    _request, invoice = an_invoice()
    line = StatementLine.objects.get(statement=invoice.statement)
    everybody_has_read, read = Barrier(2), queries.lines_left

    def read_together(statement_id: int, **wanted: object) -> list[LineLeft]:
        found = read(statement_id, **wanted)
        everybody_has_read.wait(timeout=5)
        return found

    def credit(cause: str) -> None:
        told = Cause(LineCredit.Kind.REFUND, cause)
        credit_lines(statement=invoice.statement, parts={line.pk: 200}, cause=told, actor=WORLD, at=MIDDLE)

    monkeypatch.setattr(queries, "lines_left", read_together)
    ends = together([lambda: credit("one"), lambda: credit("two")])
    assert (ends.troubles, ends.refusals, credited()) == ([], [], 400)
    assert any("400 were given back of line 1, which is 210" in found for found in findings("I08"))


def test_four_invoices_at_once_have_four_numbers_without_a_gap() -> None:
    bills = closed_bills()
    ends = together(
        [lambda code=bill.code: issue_invoice(code=code, actor=WORLD, at=MIDDLE) for bill in bills]  # type: ignore[misc]
    )
    assert (ends.troubles, ends.refusals) == ([], [])
    assert sorted(Invoice.objects.values_list("sequence", flat=True)) == [1, 2, 3, 4]
    assert findings("I08") == []


def test_control_without_the_lock_several_draw_the_same_number(monkeypatch: pytest.MonkeyPatch) -> None:
    bills, everybody_has_read, lock = closed_bills(), Barrier(THREADS), LockableRows.lock

    def read_together(rows: LockableRows) -> LockableRows:
        if rows.model is not InvoiceSeries:
            return lock(rows)
        found = rows.all()
        list(found)
        with suppress(BrokenBarrierError):
            everybody_has_read.wait(timeout=2)
        return found

    monkeypatch.setattr(LockableRows, "lock", read_together)
    ends = together(
        [lambda code=bill.code: issue_invoice(code=code, actor=WORLD, at=MIDDLE) for bill in bills]  # type: ignore[misc]
    )
    assert "IntegrityError" in {type(trouble).__name__ for trouble in ends.troubles}
    assert Invoice.objects.count() < THREADS
