"""Damage to what bundles are made of."""

from __future__ import annotations

from tests.verify.damage import breaks, execute
from tests.verify.whole_house import House
from toiya.domain.catalog.models import Sku


@breaks("bundles_are_made_of_plain_skus")
def a_bundle_without_parts(house: House) -> str:
    pen = Sku.objects.get(seller=house.one.seller, seller_code="PEN")
    execute("UPDATE catalog_sku SET bundle_kind = 'assembled' WHERE id = %s", pen.pk)
    return pen.code


@breaks("virtual_bundles_have_no_stock")
def a_bundle_with_pieces_of_its_own(house: House) -> str:
    pen, mug = (Sku.objects.get(seller=house.one.seller, seller_code=code) for code in ("PEN", "MUG"))
    execute(
        "INSERT INTO catalog_bundlepart (seller_id, bundle_id, part_id, quantity) VALUES (%s, %s, %s, 1)",
        house.one.seller.pk, pen.pk, mug.pk,
    )  # fmt: skip
    execute("UPDATE catalog_sku SET bundle_kind = 'virtual' WHERE id = %s", pen.pk)
    return pen.code
