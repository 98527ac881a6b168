"""Bills in the office: months closed by a button, invoices found and exported, credit notes, who writes them."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.billing_world import (
    BEFORE,
    MIDDLE,
    NOVEMBER,
    T_NUMBER,
    a_bill,
    a_card,
    a_closed_bill,
    an_issuer,
    fee,
    on_day,
)
from tests.floor_world import a_person
from tests.world import WORLD, a_member, a_seller, a_sku, a_warehouse, money_in, stock_of
from toiya.domain.billing.actions.invoicing import issue_invoice
from toiya.domain.billing.models import Invoice, Issuer, Statement
from toiya.domain.dues.actions.bills import ask_for_bill
from toiya.domain.dues.models import PaymentRequest
from toiya.domain.members.models import Seller
from toiya.domain.wallet.models import Account
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def december(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: MIDDLE)


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller(house: Warehouse) -> Seller:
    made = a_seller()
    money_in(made, 50_000, at=BEFORE)
    fee(made, house, "PCL-1", 385, on_day(11, 10))
    return made


@pytest.fixture
def desk(house: Warehouse) -> Client:
    """The accountant of the operator."""
    client = Client()
    client.force_login(a_person(house, "accountant").user)
    return client


def test_a_month_that_is_over_is_closed_by_a_button(desk: Client, seller: Seller) -> None:
    bill = a_bill(seller)
    assert bill.code in desk.get("/office/bills/").content.decode()
    assert desk.post(f"/office/bills/{bill.code}/closing/")["Location"] == f"/office/bills/{bill.code}/"
    assert Statement.objects.get().status == "paid"
    assert desk.get("/office/bills/").context["page"].rows == []
    assert bill.code in desk.get("/office/bills/?view=closed").content.decode()
    assert "385" in desk.get(f"/office/bills/{bill.code}/").content.decode()
    again = desk.post(f"/office/bills/{bill.code}/closing/", follow=True)
    assert "is closed already" in again.content.decode()


def test_a_month_that_runs_has_no_button_and_is_refused(desk: Client, seller: Seller) -> None:
    bill = a_bill(seller, NOVEMBER.replace(month=12))
    assert bill.code not in desk.get("/office/bills/").content.decode()
    assert bill.code in desk.get("/office/bills/?view=running").content.decode()
    answer = desk.post(f"/office/bills/{bill.code}/closing/", follow=True)
    assert "is not over yet" in answer.content.decode()
    assert Statement.objects.get().status == "running"


def test_the_operator_says_how_it_stands_on_invoices(desk: Client) -> None:
    fields = {
        "name": "株式会社問屋",
        "address": "千葉県船橋市",
        "country": "JP",
        "registration_number": "T7000012050003",
    }
    answer = desk.post("/office/bills/issuer/", fields)
    assert answer.status_code == 422
    assert "registration_number" in answer.context["form"].errors
    assert (
        desk.post("/office/bills/issuer/", {**fields, "registration_number": T_NUMBER})["Location"] == "/office/bills/"
    )
    assert Issuer.objects.get().registration_number == T_NUMBER


def test_an_invoice_is_found_exported_and_partly_given_back(desk: Client, seller: Seller) -> None:
    an_issuer()
    bill = a_closed_bill(seller)
    address = desk.post(f"/office/bills/{bill.code}/invoice/")["Location"]
    invoice = Invoice.objects.get()
    assert address == f"/office/invoices/{invoice.number}/"
    found = desk.get("/office/invoices/?since=2026-12-01&least=385&partner=hana")
    assert [row.number for row in found.context["page"].rows] == [invoice.number]
    assert desk.get("/office/invoices/?partner=kumo").context["page"].rows == []
    export = desk.get("/office/invoices/accounting.csv?partner=hana&encoding=cp932")
    assert invoice.number in export.content.decode("cp932")
    assert desk.get(f"{address}invoice.pdf").content.startswith(b"%PDF")

    free = Account.objects.get(seller=seller, kind="free").balance_minor
    token = desk.get(address).context["form"].initial["token"]
    fields = {"percent": "10", "amount": "1,000", "reason": "late", "token": token}
    refused = desk.post(address, fields)
    assert refused.status_code == 422
    assert "385 of invoice" in str(refused.context["form"].errors["amount"])
    for _ in range(2):
        assert desk.post(address, {**fields, "amount": "110"})["Location"] == address
    note = Invoice.objects.get(kind="credit_note")
    assert (note.refers_to, note.total_minor) == (invoice, 110)
    assert Account.objects.get(seller=seller, kind="free").balance_minor == free + 110
    assert note.number in desk.get(address).content.decode()
    assert desk.get(f"/office/invoices/{note.number}/").context["form"] is None


def test_a_line_is_given_back_by_its_number_and_a_withdrawn_bill_is_asked_for_again(
    desk: Client, seller: Seller, house: Warehouse
) -> None:
    a_card()
    stock_of(a_sku(seller), house, 20, at=on_day(10, 5))
    an_issuer()
    bill = a_closed_bill(seller)
    address = desk.post(f"/office/bills/{bill.code}/invoice/")["Location"]
    request = ask_for_bill(statement_id=bill.pk, actor=WORLD, at=MIDDLE)
    assert request is not None
    fields = {"percent": "10", "amount": "601", "reason": "none lay there", "line": "2", "token": "form 1"}
    refused = desk.post(address, fields)
    assert "600 of invoice" in str(refused.context["form"].errors["amount"])
    assert desk.post(address, {**fields, "amount": "200"})["Location"] == address
    page = f"/office/bills/{bill.code}/"
    assert "of line 2 credited" in desk.get(page).content.decode()
    assert "ask-again" not in desk.get(page).content.decode()
    desk.post(f"/office/payments/{request.code}/withdrawal/", {"reason": "too early"})
    assert page in desk.get(f"/office/payments/{request.code}/").content.decode()
    assert "ask-again" in desk.get(page).content.decode()
    answer = desk.post(f"{page}asking/")
    made = PaymentRequest.objects.get(status="to_pay")
    assert (answer["Location"], made.amount_minor, made.owed_minor) == (f"/office/payments/{made.code}/", 600, 400)
    again = desk.post(f"{page}asking/", follow=True).content.decode()
    assert "is asked for or paid already" in again
    assert desk.post("/office/bills/STM-222222-2/asking/").status_code == 404


def test_without_an_issuer_the_button_says_what_to_do(desk: Client, seller: Seller) -> None:
    bill = a_closed_bill(seller)
    answer = desk.post(f"/office/bills/{bill.code}/invoice/", follow=True)
    assert "Enter the operator&#x27;s name and number first." in answer.content.decode()
    assert not Invoice.objects.exists()


def test_others_have_no_place_here(house: Warehouse, seller: Seller) -> None:
    an_issuer()
    number = issue_invoice(code=a_closed_bill(seller).code, actor=WORLD, at=MIDDLE).number
    for user in (a_person(house, "floor_lead").user, a_member(seller)):
        client = Client()
        client.force_login(user)
        for place in ("bills/", "bills/issuer/", "invoices/", f"invoices/{number}/", f"invoices/{number}/invoice.pdf"):
            assert client.get(f"/office/{place}").status_code in {302, 403}
