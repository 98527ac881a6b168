"""What must always be true of counts: lines, receipts and the ledger of goods say the same."""

from __future__ import annotations

from toiya.core.checks import Check
from toiya.domain.stock.models import Movement

_LINES = """
SELECT b.code AS subject, coalesce(k.code, 'SKU ' || coalesce(l.sku_id, r.sku_id)) AS sku,
       coalesce(l.received, 0) AS received, coalesce(l.damaged, 0) AS damaged,
       coalesce(r.good, 0) AS good, coalesce(r.bad, 0) AS bad
FROM inbound_bundleline l FULL JOIN (
    SELECT bundle_id, sku_id, sum(quantity) FILTER (WHERE condition = 'good') AS good,
           sum(quantity) FILTER (WHERE condition = 'damaged') AS bad
    FROM inbound_receipt WHERE sku_id IS NOT NULL GROUP BY bundle_id, sku_id
) r ON r.bundle_id = l.bundle_id AND r.sku_id = l.sku_id
JOIN inbound_cargobundle b ON b.id = coalesce(l.bundle_id, r.bundle_id)
LEFT JOIN catalog_sku k ON k.id = coalesce(l.sku_id, r.sku_id)
WHERE coalesce(l.received, 0) <> coalesce(r.good, 0) OR coalesce(l.damaged, 0) <> coalesce(r.bad, 0)
"""
_BOOKED = f"""
SELECT b.code AS subject, coalesce(k.code, 'SKU ' || r.sku_id) AS sku, r.pieces, coalesce(m.pieces, 0) AS booked
FROM (
    SELECT bundle_id, sku_id, sum(quantity) AS pieces FROM inbound_receipt WHERE sku_id IS NOT NULL
    GROUP BY bundle_id, sku_id
) r
JOIN inbound_cargobundle b ON b.id = r.bundle_id
LEFT JOIN catalog_sku k ON k.id = r.sku_id
LEFT JOIN (
    SELECT source, sku_id, sum(quantity) AS pieces FROM stock_movement WHERE kind = {int(Movement.Kind.RECEIVE)}
    GROUP BY source, sku_id
) m ON m.source = b.code AND m.sku_id = r.sku_id
WHERE r.pieces <> coalesce(m.pieces, 0)
"""  # noqa: S608
_ENDS = """
SELECT b.code AS subject, b.status, count(d.id) AS differences
FROM inbound_cargobundle b LEFT JOIN inbound_difference d ON d.bundle_id = b.id
WHERE (b.status = 'completed' AND b.ended_at IS NULL) OR (b.status NOT IN ('completed') AND d.id IS NOT NULL)
GROUP BY b.code, b.status
"""

CHECKS = (
    Check(
        "I25",
        "lines_are_counted_by_receipts",
        _LINES,
        "Delivery %(subject)s, SKU %(sku)s: its line says %(received)s good and %(damaged)s damaged pieces, "
        "the counts say %(good)s and %(bad)s.",
    ),
    Check(
        "I25",
        "counts_are_booked",
        _BOOKED,
        "Delivery %(subject)s, SKU %(sku)s: %(pieces)s pieces were counted, %(booked)s were booked.",
    ),
    Check(
        "I25",
        "differences_belong_to_ended_counts",
        _ENDS,
        "Delivery %(subject)s is %(status)s with %(differences)s differences: its end is not whole.",
    ),
)
