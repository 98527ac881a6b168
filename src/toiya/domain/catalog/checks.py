"""What must always be true of inventory items and SKUs: their codes (I17)."""

from __future__ import annotations

from toiya.core.checks import Check, Truths
from toiya.core.own_checks import code_check

_ITEM_CODES = """
SELECT code AS subject, (300000000000 + id)::text AS expected FROM catalog_inventoryitem
WHERE code <> (300000000000 + id)::text
"""
_SKU_CODES = """
SELECT s.code AS subject, i.code AS item FROM catalog_sku s JOIN catalog_inventoryitem i ON i.id = s.item_id
WHERE s.code !~ ('^' || i.code || '-[0-9]{5}$')
"""

TRUTHS = Truths(
    checks=(
        Check(
            "I17",
            "item_codes",
            _ITEM_CODES,
            "Inventory item %(subject)s has not the code of its row, %(expected)s: codes never change. Put it back.",
        ),
        Check("I17", "sku_codes", _SKU_CODES, "SKU %(subject)s is not %(item)s, a dash and five digits. Put it back."),
        code_check("catalog_photo", "PIC"),
        code_check("catalog_itemshare", "SHR"),
    ),
    counts={"skus": "SELECT count(*) FROM catalog_sku"},
)
