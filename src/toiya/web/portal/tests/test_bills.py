"""Bills in the portal: the running month, closed ones line by line, and everything to download."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.billing_world import (
    BEFORE,
    MIDDLE,
    NOVEMBER,
    a_bill,
    a_card,
    a_closed_bill,
    an_issuer,
    fee,
    noted,
    on_day,
    sold,
)
from tests.world import WORLD, a_seller, a_sku, a_warehouse, money_in, stock_of
from toiya.core.money import Money
from toiya.domain.billing.actions.invoicing import issue_invoice
from toiya.domain.billing.actions.refunding import refund_fee
from toiya.domain.billing.models import Statement
from toiya.domain.dues.actions.bills import ask_for_bill
from toiya.domain.dues.actions.requesting import withdraw_request
from toiya.domain.members.models import Seller
from toiya.domain.stock.models import Movement
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.sql import Purse
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def seller() -> Seller:
    made = a_seller()
    money_in(made, 100_000, at=BEFORE)
    return made


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


def november(seller: Seller, house: Warehouse, parcels: int = 1) -> None:
    a_card()
    sku = a_sku(seller)
    stock_of(sku, house, 25, at=on_day(10, 20))
    sold(sku, house, 5, on_day(11, 10))
    for number in range(parcels):
        fee(seller, house, f"PCL-{number}", 385, on_day(11, 10))
    refund_fee(seller=seller, amount=Money(100, "JPY"), reference="PCL-0", actor=WORLD, at=on_day(11, 13))


@pytest.fixture
def bill(seller: Seller, house: Warehouse) -> Statement:
    november(seller, house)
    return a_closed_bill(seller)


@pytest.mark.seed("L21")
def test_the_running_month_is_shown_by_kind_with_the_storage_to_come(
    seller: Seller, house: Warehouse, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    november(seller, house)
    monkeypatch.setattr("django.utils.timezone.now", lambda: on_day(11, 20))
    answer = sign_in(seller).get("/wallet/bills/")
    told = [(each.kind, each.count, each.total_minor) for each in answer.context["kinds"]]
    assert told == [("shipping", 1, 385), ("credit", 1, -100), ("", 0, 600)]
    assert answer.context["so_far"] == 885
    assert "It is closed on" in answer.content.decode()
    assert b"wallet/bills/" in sign_in(seller, "accountant").get("/wallet/").content


@pytest.mark.seed("A174")
def test_past_months_tell_number_state_days_amount_and_currency(
    seller: Seller, bill: Statement, sign_in: SignIn
) -> None:
    """The record's columns as far as a bill has them: number, dates, status, amount, currency."""
    page = sign_in(seller).get("/wallet/bills/").content.decode()
    for told in ("2026-11", bill.code, "Closed", "JPY\N{NO-BREAK SPACE}885"):
        assert told in page


@pytest.mark.seed("A168")
def test_a_bill_opens_to_the_formula_and_the_entries_of_each_line(
    seller: Seller, bill: Statement, sign_in: SignIn
) -> None:
    client = sign_in(seller)
    answer = client.get(f"/wallet/bills/{bill.code}/?kind=storage_month")
    (row,) = answer.context["rows"]
    assert (row.told["formula"], row.line.amount_minor, [each.pk for each in row.movements]) == (
        "20 × 30",
        600,
        [Movement.objects.get(kind=Movement.Kind.SHIP).pk],
    )
    days = [(each.first.day, each.last.day, each.pieces, each.piece_days) for each in row.days]
    assert days == [(1, 9, 25, 225), (10, 30, 20, 420)]
    assert "420 pieces times days" in " ".join(answer.content.decode().split())
    assert [(each.kind, each.count, each.total_minor) for each in answer.context["kinds"]] == [
        ("storage_month", 1, 600),
        ("shipping", 1, 385),
        ("credit", 1, -100),
    ]
    assert len(client.get(f"/wallet/bills/{bill.code}/").context["rows"]) == 3
    assert client.get(f"/wallet/bills/{bill.code}/?kind=insert").context["rows"] == []


def test_everything_to_check_and_keep_a_bill_is_there_to_download(
    seller: Seller, bill: Statement, sign_in: SignIn
) -> None:
    an_issuer()
    invoice = issue_invoice(code=bill.code, actor=WORLD, at=MIDDLE)
    client, place = sign_in(seller), f"/wallet/bills/{bill.code}/"
    told = json.loads(client.get(f"{place}inputs.json").content)
    assert (told["bill"], told["inputs_hash"], len(told["lines"])) == (bill.code, bill.inputs_hash, 3)
    assert told["invoice"] == {"number": invoice.number, "rates": [[10, 885, 80]]}
    assert b"def check_lines" in client.get("/wallet/bills/checker/check_bill.py").content
    lines = client.get(f"{place}lines.csv").content.decode("utf-8-sig").splitlines()
    card = f"{told['lines'][2]['line']['card']} 1"
    assert next(csv.reader(lines[3:]))[5:] == ["20", "20 × 30", card, "10", "600", "JPY", "To be paid"]
    assert "20 × 30" in client.get(f"{place}lines.csv?encoding=cp932").content.decode("cp932")
    assert client.get(f"{place}papers/{invoice.number}/invoice.pdf").content.startswith(b"%PDF")
    assert invoice.number in client.get(place).content.decode()


def test_a_bill_tells_what_came_after_it_was_closed_and_what_was_paid_out(
    seller: Seller, house: Warehouse, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.compensate(Purse(seller.pk, "JPY", WORLD.name, on_day(11, 20)), 700, "CLM-222222-2")
    november(seller, house)
    monkeypatch.setattr("django.utils.timezone.now", lambda: on_day(11, 20))
    running = sign_in(seller).get("/wallet/bills/")
    assert running.context["so_far"] == 885
    assert "damage and delay, no part of the sum" in running.content.decode()
    bill = a_closed_bill(seller)
    an_issuer()
    noted(issue_invoice(code=bill.code, actor=WORLD, at=MIDDLE), 250, line=4)
    request = ask_for_bill(statement_id=bill.pk, actor=WORLD, at=MIDDLE)
    assert request is not None
    page = sign_in(seller).get(f"/wallet/bills/{bill.code}/")
    assert page.context["after"]["owed"] == 350
    for told in ("of line 4 credited", f"/wallet/payments/{request.code}/", "Paid into the wallet", "700"):
        assert told in page.content.decode()
    withdraw_request(code=request.code, reason="too early", actor=WORLD, at=MIDDLE)
    assert "nothing is asked for" in sign_in(seller).get(f"/wallet/bills/{bill.code}/").content.decode()


def test_a_running_bill_leads_to_the_list(seller: Seller, sign_in: SignIn) -> None:
    assert sign_in(seller).get(f"/wallet/bills/{a_bill(seller).code}/")["Location"] == "/wallet/bills/"


def test_nobody_else_reads_a_bill(seller: Seller, bill: Statement, sign_in: SignIn) -> None:
    place = f"/wallet/bills/{bill.code}/"
    for name in ("", "inputs.json", "lines.csv"):
        assert sign_in(a_seller("Kumo")).get(place + name).status_code == 404
        assert sign_in(seller, "viewer").get(place + name).status_code == 403


def test_the_pages_ask_as_often_for_many_lines_as_for_few(seller: Seller, house: Warehouse, sign_in: SignIn) -> None:
    november(seller, house, parcels=3)
    few, client = a_closed_bill(seller), sign_in(seller)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    asked("/wallet/bills/")
    before = [asked(f"/wallet/bills/{few.code}/"), asked("/wallet/bills/")]
    for number in range(30):
        fee(seller, house, f"PCL-1{number}", 100, on_day(12, 3))
    many = a_closed_bill(seller, NOVEMBER.replace(month=12), on_day(12, 31, 16))
    after = [asked(f"/wallet/bills/{many.code}/"), asked("/wallet/bills/")]
    assert after == [before[0] - 1, before[1]]  # nothing was sold in December: no movements are read
