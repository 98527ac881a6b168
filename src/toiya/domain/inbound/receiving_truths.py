"""What must always be true of counts: lines, receipts and the ledger of goods say the same."""

from __future__ import annotations

from toiya.core.checks import Check
from toiya.domain.stock.models import Movement

_IN, _OUT = int(Movement.Kind.RECEIVE), int(Movement.Kind.LOST)
_LINES = """
SELECT b.code AS subject, coalesce(k.code, 'SKU ' || coalesce(l.sku_id, r.sku_id)) AS sku,
       coalesce(l.received, 0) AS received, coalesce(l.damaged, 0) AS damaged,
       coalesce(r.good, 0) AS good, coalesce(r.bad, 0) AS bad
FROM inbound_bundleline l FULL JOIN (
    SELECT bundle_id, sku_id, sum(quantity) FILTER (WHERE condition = 'good') AS good,
           sum(quantity) FILTER (WHERE condition = 'damaged') AS bad
    FROM inbound_receipt c WHERE sku_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM inbound_takenback t WHERE t.receipt_id = c.id)
    GROUP BY bundle_id, sku_id
) r ON r.bundle_id = l.bundle_id AND r.sku_id = l.sku_id
JOIN inbound_cargobundle b ON b.id = coalesce(l.bundle_id, r.bundle_id)
LEFT JOIN catalog_sku k ON k.id = coalesce(l.sku_id, r.sku_id)
WHERE coalesce(l.received, 0) <> coalesce(r.good, 0) OR coalesce(l.damaged, 0) <> coalesce(r.bad, 0)
"""
_BOOKED = f"""
SELECT b.code AS subject, coalesce(k.code, 'SKU ' || r.sku_id) AS sku, r.pieces, coalesce(m.pieces, 0) AS booked,
       r.back, coalesce(m.back, 0) AS out
FROM (
    SELECT c.bundle_id, c.sku_id, sum(c.quantity) AS pieces,
           coalesce(sum(c.quantity) FILTER (WHERE t.id IS NOT NULL), 0) AS back
    FROM inbound_receipt c LEFT JOIN inbound_takenback t ON t.receipt_id = c.id WHERE c.sku_id IS NOT NULL
    GROUP BY c.bundle_id, c.sku_id
) r
JOIN inbound_cargobundle b ON b.id = r.bundle_id
LEFT JOIN catalog_sku k ON k.id = r.sku_id
LEFT JOIN (
    SELECT source, sku_id, coalesce(sum(quantity) FILTER (WHERE kind = {_IN}), 0) AS pieces,
           coalesce(sum(quantity) FILTER (WHERE kind = {_OUT}), 0) AS back
    FROM stock_movement WHERE kind IN ({_IN}, {_OUT}) GROUP BY source, sku_id
) m ON m.source = b.code AND m.sku_id = r.sku_id
WHERE r.pieces <> coalesce(m.pieces, 0) OR r.back <> coalesce(m.back, 0)
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
        "Delivery %(subject)s, SKU %(sku)s: %(pieces)s pieces were counted and %(back)s taken back, %(booked)s were "
        "booked and %(out)s taken out again.",
    ),
    Check(
        "I25",
        "differences_belong_to_ended_counts",
        _ENDS,
        "Delivery %(subject)s is %(status)s with %(differences)s differences: its end is not whole.",
    ),
)
