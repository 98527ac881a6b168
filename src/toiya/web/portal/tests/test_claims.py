"""Claims as a seller sees them: opened in two taps, evidence added, filed; payouts and credits beside the fees."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from tests.books import findings, fingerprint
from tests.claims_world import (
    JUDGE,
    a_credit_rule,
    a_gone_parcel,
    a_picture,
    accepted,
    claimed,
    damaged,
    filed,
    gone,
    goods_claimed,
    late,
    ready,
)
from tests.packing_world import a_parcel_photo
from tests.world import NOON, WORLD, a_seller, a_warehouse, acting_for, stock_of
from toiya.domain.claims.actions.crediting import credit_delays
from toiya.domain.claims.actions.deciding import pay_claim
from toiya.domain.claims.actions.evidence import add_evidence
from toiya.domain.claims.models import Claim
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
LATER = NOON + timedelta(days=1, hours=1)


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


def _picture(name: str = "box.png") -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (4, 4)).save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue(), "image/png")


@pytest.mark.seed("L24")
def test_a_claim_is_two_taps_from_the_order_and_comes_with_its_evidence(
    sign_in: SignIn, seller: Seller, house: Warehouse
) -> None:
    client, parcel = sign_in(seller), a_gone_parcel(seller, house)
    a_parcel_photo(parcel)
    order = reverse("portal:order", args=[parcel.order.code])
    tap = reverse("portal:parcel-claim", args=[parcel.order.code, parcel.code])
    assert tap in client.get(order).content.decode()
    assert client.get(tap).status_code == 200
    answer = client.post(tap, {"kind": "carrier_loss", "note": "Never came."})

    claim = Claim.objects.get()
    page = reverse("portal:claim", args=[claim.code])
    assert answer["Location"] == page
    shown = client.get(page).content.decode()
    for told in (parcel.label.tracking_number, "Photo from packing", "Never came.", "JPY\N{NO-BREAK SPACE}2,000"):  # type: ignore[union-attr]
        assert told in shown
    assert tap not in client.get(order).content.decode()
    assert claim.code in client.get(order).content.decode()

    client.post(reverse("portal:claim-evidence", args=[claim.code]), {"files": [_picture()]})
    file = claim.evidence.get()
    assert file.is_by_seller
    picture = client.get(reverse("portal:claim-file", args=[claim.code, file.pk]))
    assert (picture["Content-Type"], picture["X-Content-Type-Options"]) == ("image/png", "nosniff")
    client.post(reverse("portal:claim-filing", args=[claim.code]))
    claim.refresh_from_db()
    assert (claim.status, claim.filed_by) == ("filed", "Hanataba owner")


def test_a_claim_for_goods_starts_at_the_sku_and_a_form_sent_twice_is_one(
    sign_in: SignIn, seller: Seller, house: Warehouse
) -> None:
    client = sign_in(seller)
    ready(seller, house)
    sku = seller.sku_set.get()
    address = reverse("portal:goods-claim", args=[sku.code])
    assert address in client.get(reverse("portal:sku", args=[sku.code])).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', client.get(address).content.decode())
    assert token is not None
    form = {"kind": "warehouse_damage", "quantity": "1", "warehouse": str(house.pk), "token": token[1]}
    for _ in range(2):
        assert client.post(address, form).status_code == 302
    assert Claim.objects.get().value_minor == 2_000
    answer = client.post(address, form | {"quantity": "90", "token": "another"})
    assert answer.status_code == 422
    assert "were inspected and booked in here" in answer.content.decode()


def test_what_cannot_be_kept_or_filed_is_said_on_the_page_and_changes_nothing(
    sign_in: SignIn, seller: Seller, house: Warehouse
) -> None:
    client, claim = sign_in(seller), claimed(a_gone_parcel(seller, house, cap=0))
    before = fingerprint("claims_")
    evidence = reverse("portal:claim-evidence", args=[claim.code])
    for files in ({}, {"files": [SimpleUploadedFile("x.png", b"MZ no picture", "image/png")]}):
        assert client.post(evidence, files).status_code == 422
    assert "pays nothing" in client.post(reverse("portal:claim-filing", args=[claim.code])).content.decode()
    value = {"sku": seller.sku_set.get().code, "value": "0", "reason": "x"}
    assert client.post(reverse("portal:claim-value", args=[claim.code]), value).status_code == 422
    assert fingerprint("claims_") == before


def test_a_viewer_reads_and_does_not_act(sign_in: SignIn, seller: Seller, house: Warehouse) -> None:
    claim = claimed(a_gone_parcel(seller, house))
    client = sign_in(seller, role="viewer")
    assert client.get(reverse("portal:claim", args=[claim.code])).status_code == 200
    assert client.post(reverse("portal:claim-filing", args=[claim.code])).status_code == 403


@pytest.mark.seed("A178", "L24")
def test_the_wallet_tells_compensation_beside_fees_and_the_list_counts_claims(
    sign_in: SignIn, seller: Seller, house: Warehouse
) -> None:
    client = sign_in(seller)
    paid = accepted(filed(claimed(a_gone_parcel(seller, house, cap=3_000))), 1_800)
    pay_claim(claim_code=paid.code, actor=JUDGE, at=NOON)
    claimed(a_gone_parcel(seller, house))

    wallet = client.get(reverse("portal:wallet")).content.decode()
    assert reverse("portal:claim", args=[paid.code]) in wallet
    assert "+1,800" in wallet  # the compensation
    assert paid.order is not None
    assert paid.order.code in wallet  # the fee of its parcel

    listed = client.get(reverse("portal:claims")).content.decode()
    tabs = dict(re.findall(r'href="\?view=(\w+)"[^>]*>[^<]*<span class="n">(\d+)', listed))
    assert tabs == {"drafted": "1", "filed": "0", "accepted": "0", "declined": "0", "paid": "1", "credits": "0"}
    assert "JPY\N{NO-BREAK SPACE}1,800" in listed
    assert paid.code in client.get(reverse("portal:claims") + "?view=paid").content.decode()
    assert findings() == []


@pytest.mark.seed("L47")
def test_a_late_order_shows_its_credit_and_gives_evidence_to_take_along(
    sign_in: SignIn, seller: Seller, house: Warehouse
) -> None:
    client = sign_in(seller)
    a_credit_rule(amount=120)
    parcel = ready(seller, house)
    late(parcel.order)
    a_parcel_photo(parcel)
    order = gone(parcel, at=LATER).order
    credit_delays(seller_id=seller.pk, order_ids=[order.pk], actor=WORLD, at=LATER)

    listed = client.get(reverse("portal:claims") + "?view=credits").content.decode()
    paper = reverse("portal:order-evidence", args=[order.code])
    assert order.code in listed
    assert "JPY\N{NO-BREAK SPACE}120" in listed
    assert paper in listed
    page = client.get(reverse("portal:order", args=[order.code])).content.decode()
    assert paper in page
    assert "Late by our fault: JPY\N{NO-BREAK SPACE}120 credited" in page
    answer = client.get(paper)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert answer.content == client.get(paper).content


def test_the_pages_ask_the_same_for_one_claim_and_for_many(sign_in: SignIn, seller: Seller, house: Warehouse) -> None:
    client = sign_in(seller)
    first = claimed(a_gone_parcel(seller, house))
    sku = seller.sku_set.get()
    addresses = [reverse("portal:claims"), reverse("portal:claim", args=[first.code])]

    def cost() -> list[int]:
        costs = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            costs.append(len(asked))
        return costs

    few = cost()
    for number in range(8):
        stock_of(sku, house, 1)
        goods_claimed(sku, house)
        add_evidence(claim_code=first.code, paper=a_picture(number), actor=acting_for(seller), at=NOON)
    damaged(sku, house)
    assert cost() == few
