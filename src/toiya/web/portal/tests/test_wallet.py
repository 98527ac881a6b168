"""The wallet: what is free, set aside and expected, with its causes; what pays what; the letter when it runs low."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.assembly_world import a_work_order, an_assembled
from tests.floor_world import a_person, a_service, labelled, packed, released, walked
from tests.inbound_world import a_bundle
from tests.money_world import Came, ScriptedGateway, advertising, announced, bank_told, with_gateway
from tests.world import (
    NOON,
    WORLD,
    a_seller,
    a_shop,
    a_sku,
    a_warehouse,
    acting_for,
    an_allocated_order,
    an_order,
    judged,
    money_in,
    stock_of,
)
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.outbound.actions.shipping import ship_parcels
from toiya.domain.outbound.models import Parcel
from toiya.domain.wallet import jobs
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.actions.cards import take_card_answer
from toiya.domain.wallet.actions.gifts import redeem_gift_code
from toiya.domain.wallet.actions.sales import choose_settling
from toiya.domain.wallet.models import CardPayment, MoneyWatch
from toiya.domain.wallet.port import CardAnswer, CardOutcome
from toiya.domain.wallet.rules import Use
from toiya.domain.wallet.sql import Purse

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def a_labelled_parcel(seller: Seller) -> Parcel:
    house = a_warehouse()
    order = an_allocated_order(seller, house)
    staff, service = a_person(house, "floor_lead"), a_service()
    walked(released(house, order).pick_lists[0].code, staff)
    return labelled(packed("T-001", staff, service))


def test_each_cause_is_one_row_with_what_it_did(seller: Seller, sign_in: SignIn) -> None:
    money_in(seller, 10_000, "transfer 7")
    parcel = a_labelled_parcel(seller)
    ship_parcels(seller_id=seller.pk, parcel_codes=[parcel.code], actor=WORLD, at=NOON)
    client = sign_in(seller)
    answer = client.get("/wallet/")
    balances = answer.context["balances"]
    assert (balances.free, balances.aside, balances.together) == (9615, 0, 9615)
    rows = [(row.posting.kind, row.free, row.aside, row.entry.source, row.order) for row in answer.context["rows"]]
    assert rows == [
        ("capture", 0, -385, parcel.code, parcel.order.code),
        ("reserve", -385, 385, parcel.code, parcel.order.code),
        ("top_up", 10_000, 0, "transfer 7", ""),
    ]
    kinds = [row.posting.kind for row in client.get("/wallet/?kind=reserve").context["rows"]]
    assert kinds == ["reserve"]
    assert "No entries of this kind" in client.get("/wallet/?kind=refund").content.decode()


@pytest.mark.seed("A017")
def test_what_is_set_aside_now_leads_to_the_parcel_or_the_delivery_it_is_for(seller: Seller, sign_in: SignIn) -> None:
    money_in(seller, 10_000)
    parcel = a_labelled_parcel(seller)
    client = sign_in(seller)
    rows = client.get("/wallet/?view=aside").context["aside_rows"]
    assert [(row.source, row.amount_minor, row.is_owed, row.url) for row in rows] == [
        (parcel.code, 385, False, f"/orders/{parcel.order.code}/")
    ]
    page = client.get("/wallet/?view=aside").content.decode()
    assert f'href="/orders/{parcel.order.code}/"' in page
    assert "free money" in page


@pytest.mark.seed("L20")
def test_a_deliverys_fee_is_set_aside_when_it_is_asked_for_and_leads_to_it(seller: Seller, sign_in: SignIn) -> None:
    money_in(seller, 10_000)
    bundle = a_bundle(seller, a_warehouse(), {a_sku(seller): 3})
    ledger.reserve(Purse(seller.pk, "JPY", "tests", NOON), {"OTHER-1": 30, f"{bundle.code}/counted": 7})
    rows = sign_in(seller).get("/wallet/?view=aside").context["aside_rows"]
    assert [(row.source, row.amount_minor, row.url) for row in rows] == [
        (f"{bundle.code}/counted", 7, f"/inbound/{bundle.code}/"),
        ("OTHER-1", 30, ""),
        (bundle.code, bundle.estimate_minor, f"/inbound/{bundle.code}/"),
    ]


def test_a_work_order_and_a_bank_transfer_open_their_own_pages(seller: Seller, sign_in: SignIn) -> None:
    house = a_warehouse()
    gift = an_assembled(seller, "GIFT", {"CUP": 1})
    stock_of(Sku.objects.get(seller=seller, seller_code="CUP"), house, 5)
    order = a_work_order(gift, house, 2)
    transfer = announced(seller, 700)
    bank_told(Came(700, transfer.reference))
    ledger.reserve(Purse(seller.pk, "JPY", "tests", NOON), {f"{order.code}/1": 30})
    reserved, topped_up = sign_in(seller).get("/wallet/").context["rows"]
    assert reserved.url == f"/skus/{gift.code}/assembly/"
    assert topped_up.url == f"/wallet/transfers/{transfer.reference}/"


@pytest.mark.seed("A172")
def test_the_page_says_which_money_pays_what_and_that_advertising_credit_never_pays_storage(
    seller: Seller, sign_in: SignIn
) -> None:
    redeem_gift_code(seller=seller, typed=advertising(3000), actor=acting_for(seller), at=NOON)
    page = sign_in(seller).get("/wallet/")
    first, second = page.context["uses"]
    assert (str(first["money"]), [str(use) for use in first["pays"]]) == ("Advertising credit", ["leaflets"])
    assert "storage" in [str(use) for use in first["never"]]
    assert (str(second["money"]), second["never"]) == ("Top-ups and settlements", [])
    assert page.context["balances"].advertising == 3000
    (row,) = sign_in(seller).get("/wallet/?kind=grant").context["rows"]
    assert (row.free, row.aside, row.credit) == (0, 0, 3000)
    ledger.cover(Purse(seller.pk, "JPY", "tests", NOON), {"PCL-1": 33}, Use.PROMOTION)
    (row,) = sign_in(seller).get("/wallet/?kind=cover").context["rows"]
    assert (row.free, row.aside, row.credit) == (33, 0, -33)


@pytest.mark.seed("A167")
def test_settlements_to_come_are_told_with_the_fees_that_wait_for_them(seller: Seller, sign_in: SignIn) -> None:
    shop = a_shop(seller)
    choose_settling(seller=seller, shop_code=shop.code, is_on=True, actor=WORLD, at=NOON)
    parcel = a_labelled_parcel_of_shop(seller, shop.code)
    client = sign_in(seller)
    balances = client.get("/wallet/").context["balances"]
    assert (balances.free, balances.aside, balances.owed, balances.expected) == (0, 385, 385, 1200)
    (sale,) = client.get("/wallet/?view=sales").context["sales"]
    assert sale.order_code == parcel.order.code
    assert "the sale to come" in client.get("/wallet/?view=aside").content.decode()


def a_labelled_parcel_of_shop(seller: Seller, shop_code: str) -> Parcel:
    house = a_warehouse()
    stock_of(a_sku(seller), house, 1)
    (order,) = judged(an_order(seller, shop_code=shop_code))
    staff, service = a_person(house, "floor_lead"), a_service()
    walked(released(house, order).pick_lists[0].code, staff)
    return labelled(packed("T-001", staff, service))


@pytest.mark.seed("L21")
def test_the_amount_of_the_alert_is_chosen_on_the_page(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    assert client.post("/wallet/watch/", {"below": "５,０００"})["Location"] == "/wallet/watch/"
    assert MoneyWatch.objects.get().alert_below_minor == 5000
    assert 'value="5000"' in client.get("/wallet/watch/").content.decode()
    assert client.post("/wallet/watch/", {"below": "many"}).status_code == 422
    client.post("/wallet/watch/", {"below": ""})
    assert MoneyWatch.objects.get().alert_below_minor is None
    assert sign_in(seller, "clerk").post("/wallet/watch/", {"below": "1"}).status_code == 403


@pytest.mark.parametrize("view", ["", "?view=aside", "?view=sales"])
def test_the_number_of_queries_does_not_grow_with_the_rows(seller: Seller, sign_in: SignIn, view: str) -> None:
    client = sign_in(seller)
    money_in(seller, 1000)
    purse = Purse(seller.pk, "JPY", "tests", NOON)
    ledger.reserve(purse, {"FEE-0": 1})
    client.get(f"/wallet/{view}")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/wallet/{view}")
    ledger.reserve(purse, {f"FEE-{number}": 1 for number in range(1, 9)})
    with CaptureQueriesContext(connection) as many:
        client.get(f"/wallet/{view}")
    assert len(many) == len(few)


@pytest.mark.seed("L21")
def test_automatic_top_ups_need_a_kept_card_and_can_be_switched_off_and_the_card_forgotten(
    seller: Seller, sign_in: SignIn
) -> None:
    client = sign_in(seller)
    wanted = {"below": "5000", "amount": "2,000", "cap": "10000"}
    assert "keeps no card of yours" in client.post("/wallet/watch/filling/", wanted).content.decode()
    with with_gateway(ScriptedGateway()):
        token = client.get("/wallet/top-ups/").context["card"].initial["token"]
        client.post("/wallet/cards/", {"amount": "3000", "token": token, "keeps_card": "on"})
        payment = CardPayment.objects.get()
        jobs.open_card_page(payment.pk)
    answer = CardAnswer(f"pay-{payment.code}", CardOutcome.PAID, 3000, "JPY", card="crd_7")
    take_card_answer(answer=answer, actor=WORLD, at=NOON)
    assert client.post("/wallet/watch/filling/", {**wanted, "cap": "1"}).status_code == 422
    assert client.post("/wallet/watch/filling/", wanted)["Location"] == "/wallet/watch/"
    watch = MoneyWatch.objects.get()
    assert (watch.fill_below_minor, watch.fill_minor, watch.month_cap_minor) == (5000, 2000, 10_000)
    assert 'value="10000"' in client.get("/wallet/watch/").content.decode()
    client.post("/wallet/watch/filling/", {"off": "1"})
    assert MoneyWatch.objects.get().fill_below_minor is None
    client.post("/wallet/watch/card/removal/")
    assert MoneyWatch.objects.get().sealed_card == ""
