"""Money at the desk: the bank's file, deposits a person assigns, gift codes shown once, settlements, cash."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.books import findings
from tests.floor_world import a_person
from tests.money_world import Came, announced, bank_told, free, read_from_bank, taken_from_bank, zengin
from tests.world import NOON, WORLD, a_member, a_seller, a_shop, a_warehouse, an_order
from toiya.domain.members.models import Seller
from toiya.domain.wallet import jobs
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.actions.reversals import Wrong, ask_reversal, carry_out_reversal
from toiya.domain.wallet.models import (
    BankFile,
    BankHeading,
    Deposit,
    GiftCode,
    Posting,
    Reversal,
    Sale,
    SettlingShop,
    TopUp,
)
from toiya.domain.wallet.sql import Purse
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


def spent(seller: Seller, minor: int) -> None:
    ledger.reserve(Purse(seller.pk, seller.currency, "tests", NOON), {"STORAGE-1": minor})


def words(client: Client, place: str) -> str:
    return client.get(place).content.decode()


def test_the_banks_file_is_taken_once_and_matched(seller: Seller, clerk: Client) -> None:
    transfer = announced(seller, 20_000)
    content = zengin(Came(20_000, transfer.reference), Came(700, "ﾘｿｸ"))
    answer = clerk.post("/office/money/", {"file": file(content)}, follow=True)
    taken = BankFile.objects.get()
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"/office/money/files/{taken.code}/"
    assert f"by its number {transfer.reference} (100 %)" in page
    assert "Nothing is booked yet." in page
    assert "It agrees." in page
    booked = clerk.post(f"/office/money/files/{taken.code}/booking/", follow=True).content.decode()
    assert "The file is booked. Its deposits are matched now." in booked
    jobs.match_bank_file(taken.pk)
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
    clerk.post(f"/office/money/files/{BankFile.objects.get().code}/booking/")
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
    dollars = {"codes": "1", "amount": "12.50", "money": "free", "currency": "USD"}
    a_seller("Blue", currency="USD")
    clerk.post("/office/money/gift-codes/", dollars)
    assert GiftCode.objects.filter(currency="USD", amount_minor=1250).delete()[0] == 1
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
    content = f"注文番号,精算金額\n{order.external_id},1080\n999,5\n998,many\n合計,1090\n".encode()
    look = clerk.post("/office/money/sales/", {"shop": shop.code, "file": file(content, "seisan.csv")}, follow=True)
    place, page = look.redirect_chain[-1][0], look.content.decode()
    assert (look.context["fresh_count"], look.context["unknown_count"], look.context["difference"]) == (1, 1, -5)
    assert ("by the number of its cart" in page, "No such order of this shop" in page) == (True, True)
    mend = load_workbook(BytesIO(clerk.get(f"{place}to-mend.xlsx").content)).active
    assert [cell.value for cell in mend[2]] == [
        "998",
        "many",
        "Row 4: “many” is no amount. Write digits, such as 4200.",
    ]
    assert free(seller) == 0
    for _ in range(2):
        answer = clerk.post(f"{place}booking/", follow=True)
        assert free(seller) == 1080
    assert "0 sales are booked." in answer.content.decode()
    again = clerk.post("/office/money/sales/", {"shop": shop.code, "file": file(content, "seisan.csv")})
    assert (again.status_code, "nothing was booked twice" in again.content.decode()) == (422, True)
    assert Sale.objects.get().status == "settled"
    assert clerk.post(f"{place}throwing-away/").status_code == 409
    clerk.post(f"{place}undoing/", {"note": "the site's file was wrong"})
    assert (free(seller), Sale.objects.get().status) == (0, "awaited")
    assert "the site&#x27;s file was wrong" in words(clerk, place)
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


def test_a_files_rows_come_back_to_mend_and_a_booked_file_is_undone(seller: Seller, clerk: Client) -> None:
    dear = a_seller("Blue", currency="USD")
    transfer = announced(dear, 123_450, name="BLUE CO")
    listed = f'date,amount,payer\n2026-11-26,"1,234.50",{transfer.reference}\n2026-11-26,=9,B\n'.encode()
    look = clerk.post("/office/money/", {"file": file(listed, "usd.csv"), "currency": "USD"}, follow=True)
    place = look.redirect_chain[-1][0]
    assert "USD\u00a01,234.50" in look.content.decode()
    mend = load_workbook(BytesIO(clerk.get(f"{place}to-mend.xlsx").content)).active
    assert [cell.value for cell in mend[1]] == ["date", "amount", "payer", "What to mend"]
    assert mend["B2"].value == "=9"
    assert mend["B2"].data_type == "s"
    clerk.post(f"{place}booking/")
    jobs.match_bank_file(BankFile.objects.get().pk)
    assert free(dear) == 123_450
    spent(dear, 23_450)
    assert "USD\u00a01,000.00</data> are free" in words(clerk, place)
    assert clerk.post(f"{place}undoing/", {"note": " "}).status_code == 409
    clerk.post(f"{place}undoing/", {"note": "another account"})
    jobs.undo_bank_file(BankFile.objects.get().pk)
    assert "1 deposit cannot be taken back" in words(clerk, place)
    assert clerk.get("/office/money/files/BNK-NONE/").status_code == 404
    assert clerk.get("/office/money/settlements/STL-NONE/").status_code == 404


def test_money_is_taken_back_by_a_second_person_at_the_desk(seller: Seller, clerk: Client) -> None:
    (deposit,) = bank_told(Came(20_000, announced(seller, 20_000).reference))
    spent(seller, 15_000)
    assert f"/office/money/taken-back/?cause={deposit.code}" in words(clerk, "/office/money/?status=booked")
    told = {"cause": deposit.code.lower(), "reason": "recalled", "note": "Letter, folder 7", "to_seller": ""}
    assert "Write who told of it" in clerk.post("/office/money/taken-back/", told | {"note": ""}).content.decode()
    page = clerk.post("/office/money/taken-back/", told, follow=True).content.decode()
    assert "Another person carries it out." in page
    reversal = Reversal.objects.get()
    place = f"/office/money/taken-back/{reversal.code}/"
    assert clerk.post(f"{place}carrying-out/").status_code == 409
    second = at_desk(Warehouse.objects.get(), "accountant")
    done = second.post(f"{place}carrying-out/", follow=True).content.decode()
    assert f"JPY\u00a020,000 are taken back from {seller.name}, who owes JPY\u00a015,000 of them now." in done
    assert "Who owes us" in done
    assert second.post(f"{place}declining/").status_code == 409
    wallet = words(sign_in(seller), "/wallet/")
    assert ("taken back after it was spent" in wallet, reversal.code in wallet) == (True, True)


def test_cash_is_booked_by_a_person_once(seller: Seller, clerk: Client) -> None:
    token = clerk.get("/office/money/cash/").context["form"].initial["token"]
    fields = {"seller": seller.code, "amount": "20,000", "reference": "receipt 7", "token": token}
    assert clerk.post("/office/money/cash/", fields)["Location"] == "/office/money/cash/"
    again = clerk.post("/office/money/cash/", fields)
    assert (again.status_code, free(seller)) == (422, 20_000)
    assert Posting.objects.get().actor not in ("", "tests")
    code = TopUp.objects.get().code
    assert f"?cause={code}" in words(clerk, "/office/money/cash/")
    clerk.post("/office/money/taken-back/", {"cause": code, "reason": "in_error", "note": "receipt 7 is another's"})
    carry_out_reversal(code=Reversal.objects.get().code, actor=WORLD, at=NOON)
    assert (free(seller), TopUp.objects.get().status, findings()) == (0, "taken_back", [])
    wrong = clerk.post("/office/money/cash/", fields | {"seller": "SLR-NONE", "token": "x"})
    assert "There is no seller SLR-NONE." in wrong.content.decode()


def test_only_who_books_money_sees_it(seller: Seller) -> None:
    house = a_warehouse()
    places = ("", "cash/", "gift-codes/", "sales/", "taken-back/")
    accountant, lead, owner = at_desk(house, "accountant"), at_desk(house, "floor_lead"), sign_in(seller)
    assert [accountant.get(f"/office/money/{place}").status_code for place in places] == [200] * 5
    assert [lead.get(f"/office/money/{place}").status_code for place in places] == [403] * 5
    assert [owner.get(f"/office/money/{place}").status_code for place in places] == [403] * 5


def test_the_number_of_queries_does_not_grow_with_the_deposits(seller: Seller, clerk: Client) -> None:
    announced(seller, 20_000)
    bank_told(Came(20_000, "ﾊﾅﾀﾊﾞｼﾖｳｶｲ"))
    (booked,) = bank_told(Came(40, announced(seller, 40).reference))
    asked(booked)
    few_read = read_from_bank(zengin(Came(900, "ﾘｿｸ"), Came(901, announced(seller, 901).reference)))
    few = queries(clerk, few_read)
    taken_from_bank(zengin(*(Came(700 + number, "ﾘｿｸ") for number in range(8))))
    for number in range(3):
        other = a_seller(f"Shop {number}")
        asked(*bank_told(Came(50 + number, announced(other, 50 + number).reference)))
    lines = [Came(910 + number, announced(a_seller(f"Payer {number}"), 910 + number).reference) for number in range(4)]
    assert queries(clerk, read_from_bank(zengin(*lines))) == few


def asked(deposit: Deposit) -> None:
    wrong = Wrong("in_error", "Letter, folder 7")
    ask_reversal(cause=deposit.code, wrong=wrong, actor=WORLD, at=NOON)


def queries(clerk: Client, file: BankFile) -> dict[str, int]:
    """How many each list of money asks, once the reader is known."""
    found = {}
    clerk.get("/office/money/")
    for name, place in (("deposits", ""), ("back", "taken-back/"), ("file", f"files/{file.code}/")):
        with CaptureQueriesContext(connection) as captured:
            assert clerk.get(f"/office/money/{place}").status_code == 200
        found[name] = len(captured)
    return found
