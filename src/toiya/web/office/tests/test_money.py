"""Money at the desk: the bank's file, deposits a person assigns, gift codes shown once, settlements, cash."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.floor_world import a_person
from tests.money_world import Came, announced, bank_told, free, taken_from_bank, zengin
from tests.world import NOON, a_member, a_seller, a_shop, a_warehouse, an_order
from toiya.domain.members.models import Seller
from toiya.domain.wallet import jobs
from toiya.domain.wallet.models import BankFile, BankHeading, Deposit, GiftCode, Posting, Sale, SettlingShop
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def at_desk(house: Warehouse, role: str) -> Client:
    client = Client()
    client.force_login(a_person(house, role).user)
    return client


def sign_in(seller: Seller) -> Client:
    client = Client()
    client.force_login(a_member(seller))
    return client


@pytest.fixture
def clerk() -> Client:
    return at_desk(a_warehouse(), "administrator")


def file(content: bytes, name: str = "nyukin.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def words(client: Client, place: str) -> str:
    return client.get(place).content.decode()


def test_the_banks_file_is_taken_once_and_matched(seller: Seller, clerk: Client) -> None:
    transfer = announced(seller, 20_000)
    content = zengin(Came(20_000, transfer.reference), Came(700, "ﾘｿｸ"))
    answer = clerk.post("/office/money/", {"file": file(content)}, follow=True)
    assert "2 deposits are new. They are matched now." in answer.content.decode()
    jobs.match_bank_file(BankFile.objects.get().pk)
    assert free(seller) == 20_000
    page = clerk.get("/office/money/")
    assert [row["deposit"].name for row in page.context["rows"]] == ["ﾘｿｸ"]
    again = clerk.post("/office/money/", {"file": file(content)})
    assert (again.status_code, "nothing was booked twice" in again.content.decode()) == (422, True)
    assert "are not 200 bytes long" in clerk.post("/office/money/", {"file": file(content[:-30])}).content.decode()


def test_a_banks_own_headings_are_explained_once_and_understood_from_then_on(seller: Seller, clerk: Client) -> None:
    transfer = announced(seller, 20_000)
    content = f"Buchungstag,Eingang,Auftraggeber\n2026-11-26,20000,{transfer.reference} HANATABA\n".encode()
    refused = clerk.post("/office/money/", {"file": file(content, "list.csv")})
    assert (refused.status_code, "what your bank calls them" in refused.content.decode()) == (422, True)
    for heading, column in (("Buchungstag", "day"), (" EINGANG ", "amount"), ("Auftraggeber", "name")):
        clerk.post("/office/money/headings/", {"heading": heading, "column": column})
    assert "eingang" in words(clerk, "/office/money/")
    clerk.post("/office/money/", {"file": file(content, "list.csv")})
    jobs.match_bank_file(BankFile.objects.get().pk)
    assert free(seller) == 20_000
    day = BankHeading.objects.get(column="day")
    clerk.post(f"/office/money/headings/{day.pk}/removal/")
    assert sorted(BankHeading.objects.values_list("column", flat=True)) == ["amount", "name"]
    assert clerk.post("/office/money/headings/", {"heading": "X", "column": "none"}).status_code == 409
    assert clerk.post(f"/office/money/headings/{day.pk}/removal/").status_code == 404


def test_a_person_books_what_is_not_sure_and_sets_aside_what_is_no_top_up(seller: Seller, clerk: Client) -> None:
    transfer = announced(seller, 20_000)
    likely, unknown = bank_told(Came(20_000, "ﾊﾅﾀﾊﾞｼﾖｳｶｲ"), Came(700, "ﾘｿｸ"))
    page = words(clerk, "/office/money/")
    assert f"Perhaps {seller.name}, transfer {transfer.reference} (70 %)" in page
    clerk.post(f"/office/money/deposits/{likely.code}/assignment/", {"seller": seller.code})
    clerk.post(f"/office/money/deposits/{unknown.code}/setting-aside/", {"note": "inter\x00est"})
    assert free(seller) == 20_000
    assert "interest" in words(clerk, "/office/money/?status=not_ours")
    assert likely.code in words(clerk, "/office/money/?status=booked")
    clerk.post(f"/office/money/deposits/{unknown.code}/taking-up/")
    assert Deposit.objects.get(code=unknown.code).status == "waiting"
    assert clerk.post(f"/office/money/deposits/{likely.code}/assignment/", {"seller": seller.code}).status_code == 409


@pytest.mark.seed("A177", "L37")
def test_gift_codes_are_shown_once_and_redeemed_by_a_seller(seller: Seller, clerk: Client) -> None:
    fields = {"codes": "2", "amount": "5,000", "money": "free", "until": "2030-12-31", "note": "for new sellers"}
    answer = clerk.post("/office/money/gift-codes/", fields)
    issued = answer.context["issued"]
    assert len(issued) == 2
    assert "no-store" in answer["Cache-Control"]
    secret = next(iter(issued.values()))
    assert secret in answer.content.decode()
    assert secret not in words(clerk, "/office/money/gift-codes/")
    sign_in(seller).post("/wallet/gift-codes/", {"code": secret})
    assert free(seller) == 5000
    left = GiftCode.objects.get(status="issued")
    clerk.post(f"/office/money/gift-codes/{left.code}/revocation/")
    assert sorted(GiftCode.objects.values_list("status", flat=True)) == ["redeemed", "revoked"]
    assert clerk.post("/office/money/gift-codes/", {**fields, "codes": "501"}).status_code == 422


@pytest.mark.seed("A167")
def test_a_settlement_of_the_site_goes_into_the_sellers_wallet_once(seller: Seller, clerk: Client) -> None:
    shop = a_shop(seller)
    order = an_order(seller, shop_code=shop.code)
    clerk.post(f"/office/money/shops/{shop.code}/settling/", {"is_on": "1"})
    assert SettlingShop.objects.get().shop_code == shop.code
    content = f"注文番号,精算金額\n{order.external_id},1080\n999,5\n".encode()
    answer = clerk.post("/office/money/sales/", {"shop": shop.code, "file": file(content, "seisan.csv")})
    assert "1 sale is booked." in answer.content.decode()
    assert "Row 3: 999" in answer.content.decode()
    assert free(seller) == 1080
    again = clerk.post("/office/money/sales/", {"shop": shop.code, "file": file(content, "seisan.csv")})
    assert (list(again.context["outcome"].settled), free(seller)) == ([], 1080)
    assert Sale.objects.get().status == "settled"
    clerk.post(f"/office/money/shops/{shop.code}/settling/", {"is_on": "0"})
    assert not SettlingShop.objects.exists()


def test_a_sale_that_will_not_be_paid_is_given_up(seller: Seller, clerk: Client) -> None:
    order = an_order(seller)
    sale = Sale.objects.create(
        seller=seller, order_code=order.code, currency="JPY", expected_minor=1200, since=NOON, shop_code="CON-1"
    )
    assert order.code in words(clerk, "/office/money/sales/")
    clerk.post(f"/office/money/sales/{sale.pk}/giving-up/")
    sale.refresh_from_db()
    assert sale.status == "lost"
    assert clerk.post("/office/money/sales/999999/giving-up/").status_code == 404
    assert clerk.post("/office/money/shops/CON-NONE/settling/").status_code == 404


def test_cash_is_booked_by_a_person_once(seller: Seller, clerk: Client) -> None:
    token = clerk.get("/office/money/cash/").context["form"].initial["token"]
    fields = {"seller": seller.code, "amount": "20,000", "reference": "receipt 7", "token": token}
    assert clerk.post("/office/money/cash/", fields)["Location"] == "/office/money/cash/"
    again = clerk.post("/office/money/cash/", fields)
    assert (again.status_code, free(seller)) == (422, 20_000)
    assert Posting.objects.get().actor not in ("", "tests")
    wrong = clerk.post("/office/money/cash/", fields | {"seller": "SLR-NONE", "token": "x"})
    assert "There is no seller SLR-NONE." in wrong.content.decode()


def test_only_who_books_money_sees_it(seller: Seller) -> None:
    house = a_warehouse()
    places = ("", "cash/", "gift-codes/", "sales/")
    accountant, lead, owner = at_desk(house, "accountant"), at_desk(house, "floor_lead"), sign_in(seller)
    assert [accountant.get(f"/office/money/{place}").status_code for place in places] == [200] * 4
    assert [lead.get(f"/office/money/{place}").status_code for place in places] == [403] * 4
    assert [owner.get(f"/office/money/{place}").status_code for place in places] == [403] * 4


def test_the_number_of_queries_does_not_grow_with_the_deposits(seller: Seller, clerk: Client) -> None:
    announced(seller, 20_000)
    bank_told(Came(20_000, "ﾊﾅﾀﾊﾞｼﾖｳｶｲ"))
    clerk.get("/office/money/")
    with CaptureQueriesContext(connection) as few:
        clerk.get("/office/money/")
    taken_from_bank(zengin(*(Came(700 + number, "ﾘｿｸ") for number in range(8))))
    with CaptureQueriesContext(connection) as many:
        clerk.get("/office/money/")
    assert len(many) == len(few)
