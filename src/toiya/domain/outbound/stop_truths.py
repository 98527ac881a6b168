"""What must always be true of orders stopped on the floor."""

from __future__ import annotations

from toiya.core.checks import Check

_ANSWERED = """
SELECT o.code AS subject, s.wish, s.outcome, o.status, coalesce(p.code, 'no parcel') AS parcel
FROM outbound_stop s JOIN orders_order o ON o.id = s.order_id LEFT JOIN outbound_parcel p ON p.id = s.parcel_id
WHERE o.seller_id <> s.seller_id OR CASE
    WHEN s.outcome = 'stopped' THEN s.wish = 'cancel' AND o.status <> 'cancelled'
    ELSE p.id IS NULL OR p.order_id <> s.order_id OR p.status = 'open' END
"""
_IN_TOTES = """
SELECT o.code AS subject, c.quantity AS pieces, t.code AS tote, coalesce(b.quantity, 0) AS there
FROM (
    SELECT min(stop_id) AS stop_id, seller_id, tote_id, sku_id, lot, sum(quantity) AS quantity
    FROM outbound_carryback WHERE put_at IS NULL GROUP BY seller_id, tote_id, sku_id, lot
) c
JOIN outbound_stop s ON s.id = c.stop_id JOIN orders_order o ON o.id = s.order_id
JOIN warehouses_bin t ON t.id = c.tote_id
LEFT JOIN stock_binstock b
       ON b.seller_id = c.seller_id AND b.bin_id = c.tote_id AND b.sku_id = c.sku_id AND b.lot = c.lot
WHERE CASE WHEN EXISTS (SELECT 1 FROM outbound_slot u WHERE u.tote_id = c.tote_id AND NOT u.is_closed)
           THEN coalesce(b.quantity, 0) < c.quantity  -- in a batch the pieces of other orders lie there too
           ELSE coalesce(b.quantity, 0) <> c.quantity END
"""

CHECKS = (
    Check(
        "I13",
        "stops_have_their_outcome",
        _ANSWERED,
        "Order %(subject)s is %(status)s (%(parcel)s), but a request (%(wish)s) was answered with %(outcome)s.",
    ),
    Check(
        "I05",
        "stopped_pieces_lie_in_totes",
        _IN_TOTES,
        "Order %(subject)s was stopped with %(pieces)s pieces in tote %(tote)s, but %(there)s lie there.",
    ),
)
