"""The jobs ask what is due and not done yet: months begin, close on their day, and are invoiced, each once."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.billing_world import BEFORE, MIDDLE, NOVEMBER, a_bill, a_closed_bill, an_issuer, fee, on_day
from tests.world import a_seller, a_sku, a_warehouse, money_in, stock_of
from toiya.core import clock
from toiya.domain.billing import jobs, queries
from toiya.domain.billing.models import Invoice, Statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """What the clock shows: the last moment of the list."""
    moments = [on_day(11, 20)]
    monkeypatch.setattr(clock, "now", lambda: moments[-1])
    return moments


def test_a_month_begins_where_something_happened_and_nowhere_else(shown: list[datetime]) -> None:
    paid, kept, _idle = a_seller("Hanataba"), a_seller("Kaede"), a_seller("Kumo")
    money_in(paid, 1000, at=on_day(11, 2))
    stock_of(a_sku(kept), a_warehouse(), 3, at=BEFORE)
    for _ in range(2):
        jobs.keep_statements(0)
    assert sorted(Statement.objects.values_list("seller__name", "month")) == [
        ("Hanataba", NOVEMBER),
        ("Kaede", NOVEMBER),
    ]


def test_months_that_passed_while_nobody_worked_are_made_up(shown: list[datetime]) -> None:
    seller = a_seller()
    stock_of(a_sku(seller), a_warehouse(), 3, at=BEFORE)
    a_bill(seller)
    shown.append(datetime(2027, 2, 3, 3, tzinfo=MIDDLE.tzinfo))
    jobs.keep_statements(0)
    assert [f"{month:%Y-%m}" for month in Statement.objects.order_by("month").values_list("month", flat=True)] == [
        "2026-11",
        "2026-12",
        "2027-01",
        "2027-02",
    ]


def test_what_happened_in_the_last_hour_of_a_month_has_its_bill(shown: list[datetime]) -> None:
    a_bill(a_seller("Hanataba"))
    late = a_seller("Kaede")
    stock_of(a_sku(late), a_warehouse(), 3, at=on_day(11, 30, 14))  # 23:00 in Japan
    shown.append(on_day(11, 30, 16))
    jobs.keep_statements(0)
    found = Statement.objects.filter(seller=late).order_by("month").values_list("month", flat=True)
    assert [f"{month:%Y-%m}" for month in found] == ["2026-11", "2026-12"]


@pytest.mark.seed("A171")
def test_a_month_is_closed_in_the_middle_of_the_next_one(shown: list[datetime]) -> None:
    bill = a_bill(a_seller())
    shown.append(on_day(12, 14, 14))  # 23:00 on the 14th in Japan
    jobs.close_due(bill.pk)
    assert Statement.objects.get().status == "running"
    shown.append(on_day(12, 14, 15))
    assert queries.to_close(clock.now()) == [bill.pk]
    for _ in range(2):
        jobs.close_due(bill.pk)
    assert Statement.objects.get().status == "paid"


def test_after_a_long_silence_a_seller_s_months_are_closed_one_after_the_other(shown: list[datetime]) -> None:
    seller, other = a_seller("Hanataba"), a_seller("Kaede")
    november, december = a_bill(seller), a_bill(seller, date(2026, 12, 1))
    theirs = a_bill(other, date(2026, 12, 1))
    shown.append(datetime(2027, 1, 20, tzinfo=MIDDLE.tzinfo))
    assert queries.to_close(clock.now()) == [november.pk, theirs.pk]
    jobs.close_due(december.pk)
    assert Statement.objects.get(pk=december.pk).status == "running"
    jobs.close_due(november.pk)
    jobs.close_due(december.pk)
    assert Statement.objects.get(pk=december.pk).status == "paid"


def test_an_invoice_is_written_once_it_is_known_who_writes_it(shown: list[datetime]) -> None:
    seller = a_seller()
    money_in(seller, 1000, at=BEFORE)
    fee(seller, a_warehouse(), "PCL-1", 385, on_day(11, 10))
    bill = a_closed_bill(seller)
    shown.append(MIDDLE)
    jobs.write_invoice(bill.pk)
    assert not Invoice.objects.exists()
    an_issuer()
    for _ in range(2):
        jobs.write_invoice(bill.pk)
    assert Invoice.objects.get().statement == bill
