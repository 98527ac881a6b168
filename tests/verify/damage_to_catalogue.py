"""Damage to the catalogue: codes that are not those of their rows."""

from __future__ import annotations

from tests.verify.damage import breaks, execute, one
from tests.verify.whole_house import House


@breaks("codes_of_catalog_photo")
def a_photo_with_another_code(house: House) -> str:
    return _recoded("catalog_photo", house, "PIC-222222-2")


@breaks("codes_of_catalog_itemshare")
def a_share_with_another_code(house: House) -> str:
    return _recoded("catalog_itemshare", house, "SHR-222222-2")


def _recoded(table: str, house: House, forged: str) -> str:
    row = one(f"SELECT max(id) FROM {table} WHERE seller_id = %s", house.one.seller.pk)
    execute(f"UPDATE {table} SET code = %s WHERE id = %s", forged, row)
    return forged
