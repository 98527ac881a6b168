"""Bills closed by several at once, and invoices that all want the next number."""

from __future__ import annotations

from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest

from tests.billing_world import BEFORE, MIDDLE, a_bill, a_card, a_closed_bill, an_issuer, fee, on_day
from tests.books import findings
from tests.races.together import together
from tests.world import WORLD, a_seller, a_sku, a_warehouse, money_in, stock_of
from toiya.core.rows import LockableRows
from toiya.domain.billing.actions.closing import BillClosedBefore, close_statement
from toiya.domain.billing.actions.invoicing import issue_invoice
from toiya.domain.billing.models import Invoice, InvoiceSeries, Statement, StatementLine, StorageMonth

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 4


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
