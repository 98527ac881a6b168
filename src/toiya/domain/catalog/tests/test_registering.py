"""Items and SKUs get their codes; a seller's own code means one SKU."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests.books import findings, fingerprint
from tests.world import NOON, WORLD, a_seller, a_sku, acting_for, some_skus
from toiya.core.models import EventRow
from toiya.domain.catalog.actions.registering import NewSku, SellerCodeTaken, register_item, set_seller_code
from toiya.domain.catalog.models import InventoryItem, Sku
from toiya.domain.catalog.queries import skus_scanned
from toiya.domain.members.models import Seller

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(db: None) -> Seller:
    return a_seller()


def register(seller: Seller, *codes: str) -> InventoryItem:
    options = [NewSku(f"No. {place}", code) for place, code in enumerate(codes, start=1)]
    return register_item(seller_id=seller.pk, name="Tea", options=options, actor=WORLD, at=NOON)


@pytest.mark.seed("A082", "A083")
def test_an_item_has_twelve_digits_and_its_skus_five_more(seller: Seller) -> None:
    item = register(seller, "TEA-1", "TEA-2")
    assert (len(item.code), item.code[0], item.code.isdigit()) == (12, "3", True)
    assert int(item.code) == 300_000_000_000 + item.pk
    assert [sku.code for sku in item.skus.order_by("pk")] == [f"{item.code}-00001", f"{item.code}-00002"]
    assert item.next_option == 3
    told = EventRow.objects.filter(name="sku.added").order_by("pk")
    assert [row.data["seller_code"] for row in told] == ["TEA-1", "TEA-2"]
    assert findings() == []


@pytest.mark.parametrize("codes", [("TEA-1", "TEA-1"), ("TEA-9", "LT-NVM")], ids=["twice_in_one_item", "in_use"])
def test_a_code_that_means_another_sku_is_refused_and_nothing_is_made(seller: Seller, codes: tuple[str, str]) -> None:
    a_sku(seller, "LT-NVM")
    before = fingerprint()
    with pytest.raises(SellerCodeTaken, match=codes[1]):
        register(seller, *codes)
    assert fingerprint() == before


def test_another_seller_may_use_the_same_code_and_several_skus_may_have_none(seller: Seller) -> None:
    a_sku(seller, "LT-NVM")
    a_sku(a_seller("Kaede"), "LT-NVM")
    register(seller, "", "")
    assert Sku.objects.filter(seller_code="").count() == 2


@pytest.mark.seed("A215")
def test_a_sku_gets_another_code_of_the_sellers_own(seller: Seller) -> None:
    sku = a_sku(seller, "OLD")
    set_seller_code(sku_code=sku.code, seller_code="NEW", actor=acting_for(seller), at=NOON)
    sku.refresh_from_db()
    assert sku.seller_code == "NEW"
    assert EventRow.objects.get(name="sku.seller_code_set").data == {"seller_code": "NEW"}
    set_seller_code(sku_code=sku.code, seller_code="NEW", actor=acting_for(seller), at=NOON)


def test_a_taken_code_is_not_given_again(seller: Seller) -> None:
    first, second = some_skus(seller, 2)
    before = fingerprint()
    with pytest.raises(SellerCodeTaken):
        set_seller_code(sku_code=second.code, seller_code=first.seller_code, actor=acting_for(seller), at=NOON)
    assert fingerprint() == before


def test_the_database_itself_keeps_a_code_to_one_sku(seller: Seller) -> None:
    first, second = some_skus(seller, 2)
    with pytest.raises(IntegrityError, match="one_sku_per_seller_code"), transaction.atomic():
        Sku.objects.filter(pk=second.pk).update(seller_code=first.seller_code)


def test_a_scan_means_a_sku_by_code_own_code_or_barcode_and_only_those_asked_about(seller: Seller) -> None:
    tote = a_sku(seller, "LT-NVM", barcode="4901234567894")
    other = a_sku(seller, "MUG")
    asked = [tote.pk, other.pk]
    for scan in (tote.code, "lt-nvm", "4901234567894", " ＬＴ－ＮＶＭ "):
        assert skus_scanned(scan, asked) == [tote]
    assert skus_scanned("4901234567894", [other.pk]) == []
    assert skus_scanned("nothing", asked) == []
