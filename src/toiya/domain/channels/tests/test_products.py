"""Items made from products on a sales site, and quantities that follow them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.books import findings, fingerprint
from tests.catalog_world import combinations, read, singles
from tests.world import NOON, a_seller, a_shop, a_sku, acting_for
from toiya.core.errors import NotFound, Refusal
from toiya.core.models import EventRow
from toiya.domain.catalog.models import InventoryItem
from toiya.domain.channels.actions.registering_products import Product, ProductTied, register_from_product
from toiya.domain.channels.models import Connection, Listing
from toiya.domain.channels.port import SiteListing

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(db: None) -> Connection:
    return a_shop(a_seller())


def register(shop: Connection, number: str, *, follows: bool = False) -> InventoryItem:
    product = Product(shop.code, number, follows)
    return register_from_product(product=product, actor=acting_for(shop.seller), at=NOON)


@pytest.mark.seed("A087", "A088", "L13")
def test_combination_options_become_skus_with_a_value_under_each_heading(shop: Connection) -> None:
    read(shop, *combinations())
    item = register(shop, "9001")
    assert (item.name, item.seller_code, item.reference_code) == ("Ｔシャツ", "TEE-01", "9001")
    assert item.option_names == ["カラー", "サイズ"]
    told = [(sku.option_values, sku.seller_code, sku.own_quantity) for sku in item.skus.order_by("pk")]
    assert told == [(["青", "M"], "TS-青-M", 9), (["青", "L"], "TS-青-L", 9), (["白", "M"], "TS-白-M", 9)]
    tied = Listing.objects.order_by("pk").values_list("sku__code", "is_tied_by_hand")
    assert list(tied) == [(f"{item.code}-0000{place}", True) for place in (1, 2, 3)]
    assert EventRow.objects.get(name="links.changed").data["listings"] == 3
    read(shop, *combinations(), at=NOON + timedelta(minutes=5))
    assert Listing.objects.filter(sku=None).count() == 0
    assert findings() == []


@pytest.mark.seed("A088", "A100", "L13")
def test_single_options_are_read_too_each_under_its_own_heading(shop: Connection) -> None:
    read(shop, *singles())
    item = register(shop, "9002")
    assert item.option_names == ["色", "包装"]
    told = [(sku.option_values, sku.option) for sku in item.skus.order_by("pk")]
    assert told == [(["赤", ""], "赤"), (["黒", ""], "黒"), (["", "箱"], "箱")]


def test_a_product_without_options_and_five_axes_are_read(shop: Connection) -> None:
    axes = {"option_name": "||*".join("ABCDE"), "option_value": "||*".join("12345")}
    read(shop, SiteListing("1", "", "Mug", "MUG", "", 3, {}), SiteListing("2", "x", "Deep", "", "D", 1, axes))
    (mug,) = register(shop, "1").skus.all()
    (deep,) = register(shop, "2").skus.all()
    assert (mug.option, mug.seller_code, mug.own_quantity) == ("", "MUG", 3)
    assert deep.option_values == ["1", "2", "3", "4", "5"]


def test_options_nobody_can_tell_apart_and_codes_already_in_use_do_not_stop_it(shop: Connection) -> None:
    sku = a_sku(shop.seller, "TS-青-M")
    rows = [replace(row, option_code="TS-青-M", fingerprint=str(place)) for place, row in enumerate(combinations()[:2])]
    same = [replace(row, site_fields=combinations()[0].site_fields) for row in rows]
    read(shop, *same)
    Listing.objects.update(sku=None, is_tied_by_hand=True)
    item = register(shop, "9001")
    assert [(each.option, each.seller_code) for each in item.skus.order_by("pk")] == [
        ("青 / M", ""),
        ("青 / M (TS-青-M)", ""),
    ]
    sku.refresh_from_db()
    assert sku.seller_code == "TS-青-M"


@pytest.mark.parametrize(("number", "kind"), [("9001", ProductTied), ("404", NotFound)])
def test_what_is_tied_or_not_there_is_refused_and_nothing_changes(
    shop: Connection, number: str, kind: type[Refusal]
) -> None:
    read(shop, *combinations())
    register(shop, "9001")
    before = fingerprint()
    with pytest.raises(kind):
        register(shop, number)
    assert fingerprint() == before


@pytest.mark.seed("A080")
def test_own_quantities_follow_the_reference_product_when_asked_and_only_when_the_site_changed(
    shop: Connection,
) -> None:
    read(shop, *combinations(), *combinations("9003"))
    following, other = register(shop, "9001", follows=True), register(shop, "9003")
    following.skus.update(own_quantity=50)
    read(shop, *combinations(), *combinations("9003"), at=NOON + timedelta(minutes=5))
    assert set(following.skus.values_list("own_quantity", flat=True)) == {50}
    read(shop, *combinations(shown=4), *combinations("9003", shown=4), at=NOON + timedelta(minutes=10))
    assert set(following.skus.values_list("own_quantity", flat=True)) == {4}
    assert set(other.skus.values_list("own_quantity", flat=True)) == {9}
    assert EventRow.objects.filter(name="sku.quantity_followed").count() == 3
