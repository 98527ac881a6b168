"""Compensation and payment at the portal: the record with its counts, paying, disputing, the calendar."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from tests.dues_world import asked, steps_until
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, an_allocated_order, money_in, stock_of
from toiya.core import clock
from toiya.core.money import Money
from toiya.domain.billing.actions.refunding import refund_fee
from toiya.domain.dues.models import AutoPay, Dispute, Payment, PaymentRequest, ReturnPlan
from toiya.domain.members.models import Seller, Standstill
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.models import Account
from toiya.domain.wallet.sql import Purse

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def text_of(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(path).content.decode()))


@pytest.mark.seed("A173", "A174")
def test_the_record_shows_what_is_asked_for_and_pays_what_is_ticked(seller: Seller, sign_in: SignIn) -> None:
    one, other = asked(seller, at=clock.now()), asked(seller, 600, subject="STM-B", at=clock.now())
    money_in(seller, 10_000)
    client = sign_in(seller)
    page = client.get("/wallet/payments/")
    shown = text_of(client, "/wallet/payments/")
    for words in ("Warehouse fees", "JPY 4,410", "STM-2026-10", "Made automatically", "To be paid"):
        assert words in shown
    assert [row.request.code for row in page.context["rows"]] == [other.code, one.code]
    form = {"token": page.context["token"], "selected": [one.code]}
    assert client.post("/wallet/payments/paying/", form)["Location"] == "/wallet/payments/"
    client.post("/wallet/payments/paying/", form)
    assert Payment.objects.get().amount_minor == 4410
    assert client.post("/wallet/payments/paying/", {"selected": ["PAY-\x00"], "token": "\x00"}).status_code == 404
    assert Account.objects.get(seller=seller, kind="free").balance_minor == 5590
    assert "Nothing is chosen" in client.post("/wallet/payments/paying/", {}, follow=True).content.decode()
    assert [row.request.code for row in client.get("/wallet/payments/?view=paid").context["rows"]] == [one.code]


@pytest.mark.seed("A175", "A178")
def test_each_view_is_a_count_one_can_press_and_compensation_stands_beside(seller: Seller, sign_in: SignIn) -> None:
    for number in range(3):
        asked(seller, 100 + number, subject=f"STM-{number}")
    money_in(seller, 10_000)
    ledger.compensate(Purse(seller.pk, "JPY", WORLD.name, NOON), 300, "CLM-1")
    refund_fee(seller=seller, amount=Money(40, "JPY"), reference="PCL-1", actor=WORLD, at=NOON)
    client = sign_in(seller)
    tabs = client.get("/wallet/payments/").context["tabs"]
    counts = {tab["url"]: tab["count"] for tab in tabs}
    assert counts["?view=open"] == 3
    assert counts["?view=paid"] == 0
    assert counts["?view=compensation"] == 2
    page = client.get("/wallet/payments/?view=compensation")
    assert [(entry.source, entry.amount_minor) for entry, _posting in page.context["given"]] == [
        ("PCL-1", 40),
        ("CLM-1", 300),
    ]


def test_a_list_takes_as_many_queries_for_many_as_for_one(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    counts = []
    for more in (1, 20):
        for number in range(more):
            asked(seller, 100, subject=f"STM-{more}-{number}")
        client.get("/wallet/payments/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/wallet/payments/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_part_is_paid_on_the_page_of_the_request(seller: Seller, sign_in: SignIn) -> None:
    request = asked(seller, at=clock.now())
    money_in(seller, 10_000)
    client, path = sign_in(seller), f"/wallet/payments/{request.code}/"
    token = client.get(path).context["form"].initial["token"]
    assert client.post(f"{path}part/", {"token": token, "amount": "many"}).status_code == 422
    client.post(f"{path}part/", {"token": token, "amount": "1,000"})
    assert Payment.objects.get().amount_minor == 1000
    assert "JPY 3,410" in text_of(client, path)
    answer = client.post(f"{path}part/", {"token": "another", "amount": "9999"}, follow=True)
    assert "4,410" not in text_of(client, "/wallet/")
    assert "not above that" in answer.content.decode()


@pytest.mark.seed("L21")
def test_a_line_is_disputed_with_a_picture_and_taken_back(seller: Seller, sign_in: SignIn) -> None:
    request = asked(seller, 3000, 1000, at=clock.now())
    client, path = sign_in(seller), f"/wallet/payments/{request.code}/"
    assert client.post(f"{path}lines/2/dispute/", {"reason": ""}).status_code == 422
    picture = SimpleUploadedFile("shelf.png", png(), "image/png")
    client.post(f"{path}lines/2/dispute/", {"reason": "Taken out in September", "evidence": picture})
    dispute = Dispute.objects.get()
    assert (dispute.line.position, dispute.evidence_type, dispute.evidence_name) == (2, "image/png", "shelf.png")
    assert "In dispute" in text_of(client, path)
    shown = client.get(f"/wallet/payments/disputes/{dispute.code}/evidence/")
    assert shown["Content-Disposition"].startswith("attachment")
    assert "disputed or was decided" in client.post(f"{path}lines/2/dispute/", {"reason": "again"}).content.decode()
    client.post(f"/wallet/payments/disputes/{dispute.code}/withdrawal/")
    dispute.refresh_from_db()
    assert dispute.status == "withdrawn"
    no_picture = SimpleUploadedFile("run.exe", b"MZ", "image/png")
    answer = client.post(f"{path}lines/1/dispute/", {"reason": "x", "evidence": no_picture})
    assert answer.status_code == 422
    assert Dispute.objects.count() == 1


@pytest.mark.seed("L22")
def test_the_calendar_says_what_comes_on_which_day(seller: Seller, sign_in: SignIn) -> None:
    request = asked(seller, at=clock.now(), month=clock.now().date())
    client = sign_in(seller)
    days = client.get("/wallet/payments/calendar/").context["days"]
    assert [day.on for day in days if "suspended; orders" in str(day.word)] == [
        date(request.due_on.year, request.due_on.month, 21)
    ]
    assert len(days) == 6
    assert "A return of all goods, freight collect" in text_of(client, f"/wallet/payments/{request.code}/")


@pytest.mark.seed("A176", "L22")
def test_who_stands_still_is_told_why_on_its_orders_and_frees_them_by_paying(seller: Seller, sign_in: SignIn) -> None:
    order = an_allocated_order(seller, a_warehouse())
    request = asked(seller)
    steps_until(request, date(2026, 11, 21))
    money_in(seller, 10_000)
    client = sign_in(seller)
    card = text_of(client, f"/orders/{order.code}/")
    assert f"Dispatch is suspended: the payment request {request.code} is overdue" in card
    assert "Goes on by itself as soon as it is paid." in card
    assert "Dispatch is suspended because fees are unpaid" in text_of(client, "/wallet/payments/")
    answer = client.post(
        "/wallet/payments/paying/", {"token": "t", "selected": [request.code]}, follow=True
    ).content.decode()
    assert "Everything goes on again." in answer
    assert not Standstill.objects.exists()


@pytest.mark.seed("L22")
def test_a_listed_return_is_read_and_agreed_to(seller: Seller, sign_in: SignIn) -> None:
    stock_of(a_sku(seller), a_warehouse(), 3)
    steps_until(asked(seller), date(2027, 1, 21))
    plan = ReturnPlan.objects.get()
    client = sign_in(seller)
    page = text_of(client, f"/wallet/payments/returns/{plan.code}/")
    assert ("Free, goes home" in page, "Open orders" in page) == (True, False)
    assert sign_in(seller, "accountant").post(f"/wallet/payments/returns/{plan.code}/").status_code == 403
    client.post(f"/wallet/payments/returns/{plan.code}/")
    plan.refresh_from_db()
    assert plan.status == "agreed"


def test_automatic_payment_is_switched_and_others_only_look(seller: Seller, sign_in: SignIn) -> None:
    request = asked(seller)
    client = sign_in(seller)
    client.post("/wallet/payments/automatic/", {"is_on": "1"})
    assert AutoPay.objects.filter(seller=seller).exists()
    client.post("/wallet/payments/automatic/", {"is_on": "0"})
    assert not AutoPay.objects.exists()
    clerk = sign_in(seller, "clerk")
    assert clerk.get("/wallet/payments/").status_code == 200
    assert clerk.post("/wallet/payments/paying/", {"selected": [request.code]}).status_code == 403
    assert sign_in(seller, "viewer").get("/wallet/payments/").status_code == 403
    assert PaymentRequest.objects.get().status == "to_pay"
