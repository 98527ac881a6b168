"""The seller's price list: as a page, and as a PDF in the seller's own language (A196)."""

from __future__ import annotations

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.floor_world import a_service
from tests.packing_world import a_box
from tests.pricing_world import a_rate, in_force
from tests.world import NOON, WORLD, a_member, a_seller, a_warehouse
from toiya.domain.carriers.actions.terms import offer_service
from toiya.domain.carriers.models import Service
from toiya.domain.members.models import Seller
from toiya.domain.pricing.rules import Kind
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller(warehouse: Warehouse) -> Seller:
    return a_seller()


def reader_of(seller: Seller, role: str = "owner") -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(a_member(seller, role))
    return client


@pytest.mark.seed("A196")
def test_the_list_shows_own_prices_and_list_prices_where_no_rule_holds(warehouse: Warehouse, seller: Seller) -> None:
    service = a_service()
    rates = [a_rate(Kind.INBOUND_PIECE, "4"), a_rate(Kind.STORAGE_MONTH, "30", shipped_under=10, is_first_month=0)]
    in_force(*rates, seller=seller)
    page = reader_of(seller).get("/wallet/prices/").content.decode()
    own, listed = page.split("List prices")
    assert "Pieces shipped in the month under 10 · after the first month" in own or (
        "after the first month · Pieces shipped in the month under 10" in own
    )
    assert "JPY\N{NO-BREAK SPACE}4" in own
    assert service.name in listed
    assert "Taking in, by the carton" in listed
    assert "Taking in, by the piece" not in listed
    assert "50\N{NO-BREAK SPACE}%" in listed


@pytest.mark.seed("A196")
def test_the_pdf_is_in_the_sellers_language(warehouse: Warehouse, seller: Seller) -> None:
    a_service()
    in_force(a_rate(Kind.INBOUND_PIECE, "4"), seller=seller)
    answer = reader_of(seller).get("/wallet/prices/list.pdf")
    text = "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content))
    assert answer["Content-Type"] == "application/pdf"
    assert "Hanataba" in text
    assert "2026年11月20日" in text
    assert Service.objects.get().name in text


def test_another_sellers_prices_are_not_shown(warehouse: Warehouse, seller: Seller) -> None:
    in_force(a_rate(Kind.INBOUND_PIECE, "777"), seller=seller)
    assert "JPY\N{NO-BREAK SPACE}777" in reader_of(seller).get("/wallet/prices/").content.decode()
    assert "JPY\N{NO-BREAK SPACE}777" not in reader_of(a_seller("Kaede")).get("/wallet/prices/").content.decode()


def test_who_may_not_see_the_wallet_sees_no_prices_and_unknown_warehouses_are_not_there(
    warehouse: Warehouse, seller: Seller
) -> None:
    assert reader_of(seller, "viewer").get("/wallet/prices/").status_code == 403
    assert reader_of(seller).get("/wallet/prices/?warehouse=NONE").status_code == 404


def test_the_page_costs_the_same_for_few_rules_and_for_many(warehouse: Warehouse, seller: Seller) -> None:
    client = reader_of(seller)
    client.get("/wallet/prices/")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/wallet/prices/")
        return len(asked)

    few = cost()
    in_force(*(a_rate(Kind.SHIPPING, "300", service=f"s{number}") for number in range(20)), seller=seller)
    a_service()
    assert cost() == few


def test_a_parcel_is_priced_before_it_is_packed(warehouse: Warehouse, seller: Seller) -> None:
    offer_service(service_code="TAKKYUBIN", price_minor=2_000, actor=WORLD, at=NOON)
    box = a_box(warehouse, "M", (300, 200, 200))
    other = a_box(a_warehouse("KWG", "Kawagoe"), "S")
    zones = {"関東": ["千葉県"]}
    in_force(a_rate(Kind.SHIPPING, "1230", service="TAKKYUBIN", size=80, area="関東"), zones=zones, seller=seller)
    place, reader = "/wallet/prices/parcel/", reader_of(seller)
    assert "<dt>関東</dt><dd>千葉県</dd>" in reader.get("/wallet/prices/").content.decode()
    assert "Describe a parcel" in reader.get(place).content.decode()
    told = {"warehouse": "FNB", "service": "TAKKYUBIN", "weight_g": "900", "pieces": "2", "postal_code": "273-0017"}
    shown = reader.get(place, told | {"box": str(box.pk)}).content.decode()
    assert "JPY\N{NO-BREAK SPACE}1,270" in shown
    assert "JPY\N{NO-BREAK SPACE}2,000" in reader.get(place, told).content.decode()
    for wrong in ({"postal_code": "000-0000"}, {"pieces": "0"}, {"box": str(other.pk)}, {"service": "X"}):
        assert reader.get(place, told | wrong).status_code == 422
