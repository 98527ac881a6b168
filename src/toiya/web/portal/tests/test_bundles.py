"""Making a bundle on its page, and seeing it in the catalogue and on orders."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.bundles_world import a_bundle, own_sku
from tests.world import a_seller, a_warehouse, an_order, judged, stock_of
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def gift(seller: Seller) -> Sku:
    """GIFT: two cups and a tin, enough for two and a half."""
    house = a_warehouse()
    gift = a_bundle(seller, "GIFT", {"CUP": 2, "TIN": 1})
    stock_of(own_sku(seller, "CUP"), house, 5)
    stock_of(own_sku(seller, "TIN"), house, 9)
    return gift


@pytest.mark.seed("L11")
def test_a_bundle_is_made_by_any_code_of_its_parts(seller: Seller, sign_in: SignIn) -> None:
    gift, cup, tin = (own_sku(seller, code) for code in ("GIFT", "CUP", "TIN"))
    form = {"sku_1": "cup", "pieces_1": "２", "sku_2": tin.code, "pieces_2": "1", "sku_3": "", "pieces_3": ""}
    client = sign_in(seller)
    assert client.get(f"/skus/{gift.code}/bundle/").status_code == 200
    answer = client.post(f"/skus/{gift.code}/bundle/", form, follow=True)
    assert "Bundle saved" in answer.content.decode()
    gift.refresh_from_db()
    assert gift.bundle_kind == "virtual"
    assert list(gift.parts.order_by("pk").values_list("part_id", "quantity")) == [(cup.pk, 2), (tin.pk, 1)]


def test_what_cannot_be_a_part_is_said_beside_its_field(seller: Seller, sign_in: SignIn) -> None:
    gift = own_sku(seller, "GIFT")
    answer = sign_in(seller).post(f"/skus/{gift.code}/bundle/", {"sku_1": "nothing", "pieces_1": "many"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "nothing is no SKU of yours" in page
    assert "Enter a whole number from 1 to 1000" in page
    answer = sign_in(seller).post(f"/skus/{gift.code}/bundle/", {"sku_1": "GIFT", "pieces_1": "1"})
    assert "is a bundle itself" in answer.content.decode()
    gift.refresh_from_db()
    assert gift.bundle_kind == ""


def test_the_list_and_the_page_show_what_the_parts_make(gift: Sku, sign_in: SignIn) -> None:
    client = sign_in(gift.seller)
    answer = client.get("/skus/")
    assert answer.context["bundles"] == {gift.pk: 2}
    assert "from its parts" in answer.content.decode()
    made = client.get(f"/skus/{gift.code}/").context["bundle"]
    assert [(house.code, available) for house, available in made.available] == [("FNB", 2)]


def test_a_bundle_becomes_a_plain_sku_again(gift: Sku, sign_in: SignIn) -> None:
    answer = sign_in(gift.seller).post(f"/skus/{gift.code}/bundle/", {"plain": "1"}, follow=True)
    assert "It is no bundle any more" in answer.content.decode()
    gift.refresh_from_db()
    assert (gift.bundle_kind, gift.parts.count()) == ("", 0)


def test_a_waiting_order_says_which_part_is_missing(gift: Sku, sign_in: SignIn) -> None:
    (order,) = judged(an_order(gift.seller, {"GIFT": 3}))
    page = sign_in(gift.seller).get(f"/orders/{order.code}/").content.decode()
    assert "Thing CUP, option CUP (a part of Thing GIFT, option GIFT)" in page


def test_a_reader_without_the_right_may_not_change_bundles(gift: Sku, sign_in: SignIn) -> None:
    assert sign_in(gift.seller, "accountant").get(f"/skus/{gift.code}/bundle/").status_code == 403
