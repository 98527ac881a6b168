"""Debts and terms in the office: asking, more time, deciding disputes, confirming returns, announcing terms."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.dues_world import asked, signed, steps_until
from tests.floor_world import a_person
from tests.world import a_seller, a_warehouse, acting_for, an_allocated_order
from toiya.core import clock
from toiya.domain.contracts import queries
from toiya.domain.contracts.models import TermsVersion, Variation
from toiya.domain.dues.actions.disputing import Objection, dispute_line
from toiya.domain.dues.models import Dispute, PaymentRequest, ReturnPlan
from toiya.domain.members.models import Seller, Standstill
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def desk(house: Warehouse, role: str = "accountant") -> Client:
    client = Client()
    client.force_login(a_person(house, role, f"{role}@example.com").user)
    return client


@pytest.fixture
def client(house: Warehouse) -> Client:
    return desk(house)


def test_something_else_is_asked_for_once(client: Client, seller: Seller) -> None:
    due = clock.now().date() + timedelta(days=9)
    form = {"seller": seller.code, "subject": "Pallets", "amount": "1,200", "due_on": due.isoformat(), "remark": ""}
    for wrong in ({"seller": "SLR-NONE"}, {"amount": "-1"}, {"amount": "0"}, {"due_on": "2020-01-01"}):
        assert client.post("/office/payments/new/", {**form, **wrong}).status_code == 422
    assert not PaymentRequest.objects.exists()
    for _ in range(2):
        client.post("/office/payments/new/", form)
    made = PaymentRequest.objects.get()
    assert (made.amount_minor, made.due_on, made.kind, made.is_automatic) == (1200, due, "other", False)
    assert client.get(f"/office/payments/{made.code}/").status_code == 200
    other = client.post("/office/payments/new/", {**form, "amount": "900"})
    assert (other.status_code, PaymentRequest.objects.get().amount_minor) == (422, 1200)
    assert "the same words again are the same request" in other.content.decode()


@pytest.mark.seed("L21")
def test_a_dispute_is_decided_with_an_answer(client: Client, seller: Seller) -> None:
    request = asked(seller, 3000)
    objection = Objection("Not ours")
    made = dispute_line(code=request.code, position=1, objection=objection, actor=acting_for(seller), at=clock.now())
    page = client.get(f"/office/payments/{request.code}/").content.decode()
    assert "Not ours" in page
    assert "0 for nothing, at most 3000." in page
    path = f"/office/payments/disputes/{made.code}/decision/"
    wrong = client.post(path, {f"{made.code}-credit": "9000", f"{made.code}-answer": "x"})
    assert wrong.status_code == 422
    assert Dispute.objects.get().status == "open"
    client.post(path, {f"{made.code}-credit": "500", f"{made.code}-answer": "Five hundred was wrong."})
    made.refresh_from_db()
    assert (made.status, made.credit_minor, made.answer) == ("accepted", 500, "Five hundred was wrong.")


@pytest.mark.seed("L22")
def test_more_time_and_withdrawal(client: Client, seller: Seller) -> None:
    request = asked(seller)
    steps_until(request, date(2026, 11, 21))
    assert Standstill.objects.exists()
    later = clock.now().date() + timedelta(days=40)
    path = f"/office/payments/{request.code}/"
    assert client.post(f"{path}postponing/", {"due_on": "2020-01-01", "reason": "x"}).status_code == 422
    client.post(f"{path}postponing/", {"due_on": later.isoformat(), "reason": "by phone"})
    assert not Standstill.objects.exists()
    assert "Write at least one word" in client.post(f"{path}withdrawal/", {}, follow=True).content.decode()
    client.post(f"{path}withdrawal/", {"reason": "forgiven"})
    request.refresh_from_db()
    assert request.status == "withdrawn"


@pytest.mark.seed("L22")
def test_a_return_is_confirmed_by_a_person(client: Client, house: Warehouse, seller: Seller) -> None:
    bought = an_allocated_order(seller, house)
    steps_until(asked(seller), date(2027, 1, 21))
    code = ReturnPlan.objects.get().code
    page = client.get(f"/office/payments/returns/{code}/").content.decode()
    said = ("Promised to an order", bought.code.rpartition("-")[2], "Open orders", "told by letter")
    assert [word in page for word in said] == [True] * 4
    listed = client.get("/office/payments/").content.decode()
    assert code in listed
    assert "The service is stopped" in listed
    client.post(f"/office/payments/returns/{code}/")
    bought.refresh_from_db()
    assert bought.status == "cancelled"
    assert ReturnPlan.objects.get().status == "confirmed"
    assert "Reload the page" in client.post(f"/office/payments/returns/{code}/", follow=True).content.decode()


def test_the_record_takes_as_many_queries_for_many_as_for_one(client: Client) -> None:
    counts = []
    for more in (1, 12):
        for number in range(more):
            asked(a_seller(f"Seller {more} {number}"))
        client.get("/office/payments/")
        with CaptureQueriesContext(connection) as queries_made:
            client.get("/office/payments/")
        counts.append(len(queries_made))
    assert counts[0] == counts[1]


@pytest.mark.seed("A072")
def test_terms_are_announced_and_offered(client: Client, house: Warehouse, seller: Seller) -> None:
    signed(seller, house, at=clock.now())
    starts = clock.now().date() + timedelta(days=35)
    assert client.post("/office/terms/JP/", {"what": "version", "v-due_day": "99"}).status_code == 422
    soon = {"what": "version", "v-due_day": "25", "v-holds_from": clock.now().date().isoformat()}
    assert client.post("/office/terms/JP/", soon).status_code == 422
    client.post("/office/terms/JP/", {**soon, "v-holds_from": starts.isoformat()})
    assert TermsVersion.objects.get().figures["due_day"] == 25
    assert queries.is_to_sign(seller.pk, "JP", clock.now())
    client.post("/office/terms/JP/", {"what": "variation", "s-seller": seller.code, "s-grace_days": "7"})
    assert Variation.objects.get().changes == {"grace_days": 7}
    wrong = {"what": "variation", "s-seller": "SLR-NONE", "s-grace_days": "7"}
    assert client.post("/office/terms/JP/", wrong).status_code == 422
    assert client.get("/office/terms/XX/").status_code == 404


def test_who_may_not_decide_only_looks_or_is_kept_out(house: Warehouse, seller: Seller) -> None:
    request = asked(seller)
    lead = desk(house, "floor_lead")
    assert lead.get("/office/payments/").status_code == 403
    assert lead.post(f"/office/payments/{request.code}/withdrawal/", {"reason": "x"}).status_code == 403
    assert lead.get("/office/terms/").status_code == 403
    request.refresh_from_db()
    assert request.status == "to_pay"
