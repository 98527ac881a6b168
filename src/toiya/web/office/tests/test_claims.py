"""The claims desk: by deadline, decided within the cap, exported; terms as data."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from PIL import Image

from tests.books import fingerprint
from tests.claims_world import a_gone_parcel, booked, claimed, filed, goods_claimed
from tests.floor_world import a_person
from tests.world import NOON, a_member, a_seller, a_sku, a_warehouse, stock_of
from toiya.domain.catalog.models import InventoryItem
from toiya.domain.claims.models import Claim, CreditRule, FilingTerms
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def desk(house: Warehouse) -> Client:
    client = Client()
    client.force_login(a_person(house, "accountant").user)
    return client


def test_the_desks_day_is_that_of_japan(house: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON.replace(hour=20))
    desk = Client()
    desk.force_login(a_person(house, "accountant").user)
    assert desk.get("/office/claims/").context["today"] == date(2026, 11, 21)
    assert desk.get("/office/claims/terms/").context["today"] == "2026-11-21"


def _decide(desk: Client, claim: Claim, **form: str) -> int:
    return desk.post(reverse("office:claim-decision", args=[claim.code]), form).status_code


@pytest.mark.seed("L24")
def test_a_claim_is_filed_accepted_within_its_cap_and_paid_at_the_desk(
    desk: Client, seller: Seller, house: Warehouse
) -> None:
    claim = claimed(a_gone_parcel(seller, house, cap=1_500))
    page = reverse("office:claim", args=[claim.code])
    assert "JPY\N{NO-BREAK SPACE}1,500" in desk.get(page).content.decode()
    assert desk.get(reverse("office:claim-paper", args=[claim.code])).content.startswith(b"%PDF-")

    assert _decide(desk, claim, decision="file") == 302
    before = fingerprint("claims_", "wallet_")
    for amount, reason in (("1,501", "As told"), ("0", "As told"), ("1,500", "")):
        assert _decide(desk, claim, decision="accept", amount=amount, reason=reason) == 422
    assert _decide(desk, claim, decision="decline", ground="", reason="No") == 422
    assert fingerprint("claims_", "wallet_") == before

    assert _decide(desk, claim, decision="accept", amount="1,500", reason="As told") == 302
    assert _decide(desk, claim, decision="pay") == 302
    assert _decide(desk, claim, decision="pay") == 422
    assert booked(claim.code) == [1_500]
    assert "Paid out" in desk.get(page).content.decode()


def test_amounts_of_a_currency_with_cents_are_typed_as_people_write_them(
    desk: Client, seller: Seller, house: Warehouse
) -> None:
    sku = a_sku(seller)
    stock_of(sku, house, 1)
    InventoryItem.objects.update(currency="USD")
    sku.refresh_from_db()
    claim = goods_claimed(sku, house)
    form = {"sku": sku.code, "value": "12.50", "reason": "Its invoice"}
    assert desk.post(reverse("office:claim-value", args=[claim.code]), form).status_code == 302
    assert _decide(desk, claim, decision="file") == 302
    assert _decide(desk, claim, decision="accept", amount="12.505", reason="As told") == 422
    assert _decide(desk, claim, decision="accept", amount="12.50", reason="As told") == 302
    claim.refresh_from_db()
    assert (claim.value_minor, claim.accepted_minor) == (1_250, 1_250)


def test_the_list_is_by_deadline_of_constant_cost_and_exported(desk: Client, seller: Seller, house: Warehouse) -> None:
    parcel_claim = claimed(a_gone_parcel(seller, house))
    sku = seller.sku_set.get()
    first = goods_claimed(sku, house)
    address = reverse("office:claims")
    desk.get(address)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(address).status_code == 200
        return len(asked)

    few = cost()
    for _ in range(6):
        stock_of(sku, house, 1)
        goods_claimed(sku, house)
    assert cost() == few

    shown = desk.get(address).content.decode()
    assert shown.index(first.code) < shown.index(parcel_claim.code)  # due on 30 November and 4 December
    assert first.code not in desk.get(address + "?view=carrier").content.decode()
    filed(first)
    assert first.code in desk.get(address + "?view=filed").content.decode()

    sheet = load_workbook(io.BytesIO(desk.get(reverse("office:claims-file")).content)).active
    assert sheet is not None
    codes = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert len(codes) == 8
    assert {first.code, parcel_claim.code} <= set(codes)


@pytest.mark.seed("L24", "L47")
def test_terms_are_entered_from_a_day_on(desk: Client, seller: Seller) -> None:
    address = reverse("office:claim-terms")
    assert "14 days count for carriers" in desk.get(address).content.decode()
    days = {"what": "days", "carrier": "yamato", "days": "１４", "starts_on": "2026-12-01", "confirmed": "on"}
    days |= {"source": "Conditions of carriage, clause 25"}
    assert desk.post(address, days).status_code == 302
    assert FilingTerms.objects.get().starts_on == date(2026, 12, 1)
    credit = {"what": "credit", "seller": seller.code, "currency": "JPY", "amount": "￥100", "percent": "50"}
    credit |= {"cap": "9,000"}
    assert desk.post(address, credit | {"starts_on": "2026-12-01"}).status_code == 302
    rule = CreditRule.objects.get()
    assert (rule.seller, rule.amount_minor, rule.percent, rule.month_cap_minor) == (seller, 100, 50, 9_000)
    wrong = [days | {"days": "0"}, days | {"days": "15"}, credit | {"starts_on": "soon"}]
    wrong += [credit | {"currency": "USD"}, credit | {"amount": "1.5"}, credit | {"percent": "half"}]
    for each in wrong:
        assert desk.post(address, each).status_code == 422
    everybodys = {"what": "credit", "currency": "USD", "amount": "1.50", "starts_on": "2026-12-01"}
    assert desk.post(address, everybodys).status_code == 302
    assert CreditRule.objects.get(currency="USD").amount_minor == 150
    shown = desk.get(address).content.decode()
    for told in ("9,000", "USD\N{NO-BREAK SPACE}1.50", "Conditions of carriage, clause 25"):
        assert told in shown


@pytest.mark.seed("L24")
def test_the_office_opens_a_claim_for_a_seller_with_evidence_and_another_person_decides_it(
    desk: Client, seller: Seller, house: Warehouse
) -> None:
    parcel = a_gone_parcel(seller, house)
    address = reverse("office:claim-new")
    assert address in desk.get(reverse("office:claims")).content.decode()
    assert parcel.code in desk.get(address, {"about": parcel.order.code}).content.decode()
    assert desk.get(address, {"about": "PCL-NONE"}).status_code == 422
    assert desk.post(address, {"about": parcel.code, "kind": "warehouse_loss"}).status_code == 422
    assert not Claim.objects.exists()

    form = {"about": parcel.code, "kind": "carrier_damage", "note": "Box crushed."}
    assert desk.post(address, form).status_code == 302
    claim = Claim.objects.get()
    assert (claim.seller, claim.note, claim.kind) == (seller, "Box crushed.", "carrier_damage")
    drawn = io.BytesIO()
    Image.new("RGB", (4, 4)).save(drawn, "PNG")
    picture = SimpleUploadedFile("box.png", drawn.getvalue(), "image/png")
    assert desk.post(reverse("office:claim-evidence", args=[claim.code]), {"files": [picture]}).status_code == 302
    assert not claim.evidence.get().is_by_seller
    assert _decide(desk, claim, decision="file") == 302
    assert _decide(desk, claim, decision="accept", amount="100", reason="As told") == 422
    page = desk.get(reverse("office:claim", args=[claim.code])).content.decode()
    assert "another person decides it" in page
    assert 'id="accept-claim"' not in page
    second = Client()
    second.force_login(a_person(house, "accountant").user)
    assert _decide(second, claim, decision="accept", amount="100", reason="As told") == 302

    client = Client()
    client.force_login(a_member(seller))
    told = client.get(reverse("portal:claim", args=[claim.code])).content.decode()
    assert "of the warehouse, for the seller" in told
    assert "Fri, 4 Dec 2026" in told


def test_the_office_opens_a_claim_for_goods_and_a_form_sent_twice_is_one(
    desk: Client, seller: Seller, house: Warehouse
) -> None:
    sku = a_sku(seller)
    stock_of(sku, house, 3)
    form = {"about": sku.code, "kind": "warehouse_damage", "quantity": "２", "warehouse": str(house.pk), "token": "t1"}
    for _ in range(2):
        assert desk.post(reverse("office:claim-new"), form).status_code == 302
    assert Claim.objects.get().lines.get().quantity == 2
    many = desk.post(reverse("office:claim-new"), form | {"token": "t2", "quantity": "many"})
    assert "Pieces: “many” is not a whole number" in many.content.decode()
    assert Claim.objects.count() == 1


def test_only_who_judges_claims_sits_here(house: Warehouse, seller: Seller) -> None:
    for user, status in ((a_person(house, "floor_lead").user, 403), (a_member(seller), 403)):
        client = Client()
        client.force_login(user)
        assert client.get(reverse("office:claims")).status_code == status
