"""Rate cards at the office: begun, changed, approved by another person, assigned; and the quote."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.floor_world import a_person, a_service
from tests.pricing_world import TODAY, a_card, a_rate, in_force
from tests.world import NOON, WORLD, a_member, a_seller, a_sku, a_warehouse, stock_of
from toiya.core.sheet_files import csv_content
from toiya.core.sheets import read_sheet
from toiya.domain.carriers.actions.terms import offer_service
from toiya.domain.carriers.destination_rules import ISLANDS
from toiya.domain.members.models import Seller
from toiya.domain.pricing import queries
from toiya.domain.pricing.actions.charging import price, write_charges
from toiya.domain.pricing.models import CardAssignment, CardVersion, RateCard
from toiya.domain.pricing.rules import Entry, Kind
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
DAY = TODAY.isoformat()
OCTOBER = TODAY - timedelta(days=30)


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def at_desk(warehouse: Warehouse, role: str = "administrator") -> Client:
    client = Client()
    client.force_login(a_person(warehouse, role).user)
    return client


def test_a_card_is_begun_filled_approved_by_another_person_and_assigned(warehouse: Warehouse, seller: Seller) -> None:
    writer, second = at_desk(warehouse), at_desk(warehouse, "accountant")
    assert writer.post("/office/prices/", {"name": "Hanataba", "currency": "JPY", "from_on": DAY}).status_code == 302
    card = RateCard.objects.get()
    page = f"/office/prices/{card.code}/"
    told = {"kind": "shipping", "conditions": "service=post, weight_g_from=2000", "price": "３10", "per": "1"}
    assert writer.post(page, told | {"from_on": DAY}).status_code == 302
    assert "rate" not in CardVersion.objects.get(number=1).rates

    writer.post(f"{page}versions/2/approval/")
    assert not hasattr(CardVersion.objects.get(number=2), "approval")
    assert second.post(f"{page}versions/2/approval/").status_code == 302
    held = {"card": card.code, "seller": str(seller.pk), "warehouse": "", "from_on": DAY}
    assert writer.post("/office/prices/assigning/", held).status_code == 302

    (rule,) = queries.card_for(seller, warehouse, TODAY).rates
    assert (rule.kind, f"{rule.price}", rule.conditions) == (
        Kind.SHIPPING, "310", {"service": "post", "weight_g_from": 2000}
    )  # fmt: skip
    shown = writer.get(page).content.decode()
    assert "Service: post · Weight in g from 2,000" in shown
    assert "waits for a second person" in shown
    assert "Hanataba" in writer.get("/office/prices/").content.decode()


def test_a_price_is_changed_or_taken_out_in_the_table(warehouse: Warehouse) -> None:
    card = in_force(a_rate(Kind.INSERT, "3"), a_rate(Kind.SHIPPING, "310"))
    writer, page = at_desk(warehouse), f"/office/prices/{card.code}/"
    assert writer.post(page, {"rate-0": "", "rate-1": "299.5", "from_on": DAY, "note": "less"}).status_code == 302
    assert CardVersion.objects.get(number=2).rates == [
        {"kind": "shipping", "price": "299.5", "per": 1, "conditions": {}}
    ]
    shown = writer.get(page).content.decode()
    assert "<del>JPY\N{NO-BREAK SPACE}310</del>" in shown
    assert "no longer" in shown
    assert "Approve version 2" not in shown
    assert "Approve version 2" in at_desk(warehouse, "accountant").get(page).content.decode()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"rate-0": "3"}, "No price is different from version 1."),
        ({"rate-0": "three"}, "Enter a price, such as 310 or 0.5."),
        ({"rate-0": "4", "from_on": "2026-11-19"}, "2026-11-19 is over in a warehouse."),
        ({"rate-0": "3", "kind": "shipping", "price": "1", "conditions": "moon=full"}, "something that we do not know"),
        ({"rate-0": "3", "kind": "shipping", "price": "1", "conditions": "post"}, "Write each condition as name=value"),
        ({"rate-0": "3", "kind": "shipping"}, "Enter a price, 0 for nothing."),
    ],
)
def test_what_cannot_be_is_said_at_the_form(warehouse: Warehouse, told: dict[str, str], words: str) -> None:
    card = a_card(a_rate(Kind.INSERT, "3"))
    answer = at_desk(warehouse).post(f"/office/prices/{card.code}/", {"from_on": DAY} | told)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert CardVersion.objects.count() == 1


def test_refusals_on_the_list_page_are_said_there(warehouse: Warehouse) -> None:
    desk = at_desk(warehouse)
    card = a_card(a_rate(Kind.INSERT, "3"))
    again = desk.post("/office/prices/", {"name": "Standard", "currency": "JPY", "from_on": DAY})
    assert (again.status_code, "There is a rate card Standard already." in again.content.decode()) == (422, True)
    late = desk.post("/office/prices/assigning/", {"card": card.code, "from_on": "2026-11-01"})
    assert (late.status_code, "is over in a warehouse" in late.content.decode()) == (422, True)
    assert (RateCard.objects.count(), CardAssignment.objects.count()) == (1, 0)


def test_a_copy_begins_with_the_prices(warehouse: Warehouse) -> None:
    card = a_card(a_rate(Kind.INSERT, "3"))
    told = {"name": "2027", "currency": "JPY", "from_on": DAY, "copy_of": card.code}
    at_desk(warehouse).post("/office/prices/", told)
    assert CardVersion.objects.get(card__name="2027").rates == CardVersion.objects.get(card=card).rates


def test_only_who_may_write_prices_gets_in(warehouse: Warehouse, seller: Seller) -> None:
    card = a_card(a_rate(Kind.INSERT, "3"))
    lead = at_desk(warehouse, "floor_lead")
    for place in ("", f"{card.code}/", "quote/"):
        assert lead.get(f"/office/prices/{place}").status_code == 403
    stranger = Client()
    stranger.force_login(a_member(seller))
    assert stranger.get("/office/prices/").status_code == 403
    assert at_desk(warehouse).get("/office/prices/RC-NONE/").status_code == 404


def test_the_list_costs_the_same_for_one_card_and_for_many(warehouse: Warehouse) -> None:
    in_force(a_rate(Kind.INSERT, "3"))
    desk = at_desk(warehouse)
    desk.get("/office/prices/")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get("/office/prices/").status_code == 200
        return len(asked)

    few = cost()
    for number in range(8):
        in_force(a_rate(Kind.INSERT, "3"), name=f"Card {number}", seller=a_seller(f"Seller {number}"))
    assert cost() == few


@pytest.mark.seed("L23")
def test_a_quote_shows_past_months_with_another_card(warehouse: Warehouse, seller: Seller) -> None:
    """D-02: slow goods that cost 600 by the manual's rule would have cost 90 by their volume."""
    facts = {"sku": "300000000001-00001", "shipped": 5}
    entries = [
        Entry(Kind.STORAGE_MONTH, OCTOBER, "300000000001-00001", 20, facts, 30),
        Entry(Kind.STORAGE_VOLUME_DAY, OCTOBER, "300000000001-00001", 3_750_000, facts),
    ]
    quote = price(seller=seller, warehouse=warehouse, entries=entries, on=OCTOBER)
    write_charges(seller_id=seller.pk, source="STG-1", quote=quote, at=NOON)
    rates = [a_rate(Kind.STORAGE_MONTH, "0"), a_rate(Kind.STORAGE_VOLUME_DAY, "24", per=1_000_000)]
    card = a_card(*rates, name="By volume")
    desk = at_desk(warehouse)
    assert "Choose a seller and a card" in desk.get("/office/prices/quote/").content.decode()
    asked = {"seller": seller.code, "card": f"{card.code}/1", "months": "1"}
    page = desk.get("/office/prices/quote/", asked).content.decode()
    for words in ("JPY\N{NO-BREAK SPACE}600", "JPY\N{NO-BREAK SPACE}90", "−510", "By SKU"):
        assert words in page
    assert desk.get("/office/prices/quote/", asked | {"seller": "SLR-X"}).status_code == 422


def test_prices_by_zone_come_from_a_sheet_and_go_back_into_one(warehouse: Warehouse) -> None:
    card = a_card(a_rate(Kind.SHIPPING, "310", service="post"))
    desk = at_desk(warehouse)
    page = f"/office/prices/{card.code}/zones/"
    assert "No prices by zone" in desk.get(page).content.decode()
    empty = read_sheet(desk.get(f"{page}sheet.xlsx").content).rows
    assert empty[0].cells[:4] == ("service", "zone", "places", "60")
    assert empty[-1].cells[1:3] == ("Islands", " ".join(ISLANDS))
    sheet = [["service", "zone", "places", "60", "surcharge"], ["TAKKYUBIN", "九州", "福岡 大分", "1460", ""]]
    bad = SimpleUploadedFile("zones.csv", csv_content([sheet[0], ["TAKKYUBIN", "九州", "Oita", "1"]], "utf-8-sig"))
    answer = desk.post(page, {"file": bad, "from_on": DAY})
    assert (answer.status_code, "Row 2: “Oita” is no prefecture" in answer.content.decode()) == (422, True)
    good = SimpleUploadedFile("zones.csv", csv_content(sheet, "utf-8-sig"))
    assert desk.post(page, {"file": good, "from_on": DAY}).status_code == 302
    at_desk(warehouse, "accountant").post(f"/office/prices/{card.code}/versions/2/approval/")
    shown = desk.get(page).content.decode()
    assert "福岡県" in shown
    assert "1460" in shown
    again = read_sheet(desk.get(f"{page}sheet.xlsx").content).rows
    assert [row.cells for row in again] == [
        ("service", "zone", "places", "60", "surcharge"), ("TAKKYUBIN", "九州", "大分県 福岡県", "1460")
    ]  # fmt: skip
    one = desk.get(f"/office/prices/{card.code}/").content.decode()
    assert "1 price by zone" in one
    assert "Zones with other places: 九州" in one


def test_a_quote_counts_the_month_that_runs_and_another_service(warehouse: Warehouse, seller: Seller) -> None:
    """25 pieces lie there since October: no price then, 30 yen each for November so far; 2 in both with the other."""
    in_force(a_rate(Kind.STORAGE_MONTH, "30", shipped_under=10))
    stock_of(a_sku(seller), warehouse, 25, at=NOON - timedelta(days=40))
    card = a_card(a_rate(Kind.STORAGE_MONTH, "2"), name="Cheap")
    asked = {"seller": seller.code, "card": f"{card.code}/1", "months": "1"}
    desk = at_desk(warehouse)
    page = desk.get("/office/prices/quote/", asked | {"running": "on"}).content.decode()
    for words in ("JPY\N{NO-BREAK SPACE}100", "−650"):
        assert words in page
    a_service("nekopos")
    offer_service(service_code="HIKYAKU", price_minor=900, actor=WORLD, at=NOON)
    page = desk.get("/office/prices/quote/", asked | {"service": "nekopos", "instead": "HIKYAKU"}).content.decode()
    assert "0 parcels would go by the other service" in page
    half = desk.get("/office/prices/quote/", asked | {"service": "nekopos"})
    assert (half.status_code, "Choose both services, or neither." in half.content.decode()) == (422, True)
