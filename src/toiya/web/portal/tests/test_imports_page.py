"""The page that takes in an order file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.world import a_seller, a_shop, a_warehouse
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
FILE = "注文番号,数量,受取人名,住所\n1,1,田中,千葉県\n2,１０個,佐藤,東京都\n".encode("cp932")


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def upload(client: Client, content: bytes, **fields: str) -> object:
    return client.post("/imports/", {"file": SimpleUploadedFile("orders.csv", content), **fields})


def test_good_rows_are_placed_and_the_others_named(seller: Seller, sign_in: SignIn) -> None:
    a_warehouse()
    client = sign_in(seller)
    answer = upload(client, FILE)
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert "Row 3, 数量: “１０個” is not a whole number. Write 10." in page
    assert Order.objects.get().external_id == "1"
    again = upload(client, FILE).context["done"]  # type: ignore[attr-defined]
    assert (again.codes, again.known) == ((), 1)


def test_a_file_belongs_to_the_chosen_shop_only_if_it_is_mine(seller: Seller, sign_in: SignIn) -> None:
    shop, theirs = a_shop(seller), a_shop(a_seller("Kumo"), "kumo")
    client = sign_in(seller)
    assert upload(client, FILE, shop=theirs.code).status_code == 422  # type: ignore[attr-defined]
    assert not Order.objects.exists()
    upload(client, FILE, shop=shop.code)
    assert Order.objects.get().shop_code == shop.code


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"name,price\nx,1\n", "The file has no column 注文番号"),
        (b"PK\x03\x04", "The Excel file is damaged."),
        (b"%PDF", "This is a web page, not a sheet."),
    ],
)
def test_a_wrong_file_is_refused_at_its_field(seller: Seller, sign_in: SignIn, content: bytes, words: str) -> None:
    answer = upload(sign_in(seller), content)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert words in str(answer.context["form"].errors["file"])  # type: ignore[attr-defined]
    assert not Order.objects.exists()


def test_no_file_at_all_is_said(seller: Seller, sign_in: SignIn) -> None:
    answer = sign_in(seller).post("/imports/", {})
    assert answer.context["form"].errors["file"] == ["Choose a file first."]
