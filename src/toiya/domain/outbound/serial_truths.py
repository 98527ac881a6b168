"""What must always be true of serial numbers."""

from __future__ import annotations

from toiya.core.checks import Check

_PACKED = """
SELECT p.code AS subject, k.code AS sku, n.numbers, coalesce(sum(c.quantity), 0) AS pieces
FROM (
    SELECT parcel_id, sku_id, count(*) AS numbers FROM outbound_serialnumber GROUP BY parcel_id, sku_id
) n
JOIN outbound_parcel p ON p.id = n.parcel_id JOIN catalog_sku k ON k.id = n.sku_id
LEFT JOIN outbound_content c ON c.parcel_id = n.parcel_id AND c.sku_id = n.sku_id
GROUP BY p.code, k.code, n.numbers HAVING n.numbers > coalesce(sum(c.quantity), 0)
"""

CHECKS = (
    Check(
        "I05",
        "serial_numbers_are_packed",
        _PACKED,
        "Parcel %(subject)s: %(numbers)s serial numbers of %(sku)s were scanned into it, %(pieces)s pieces are.",
    ),
)
