"""What must always be true from the floor on: pieces, labels, fees, and an order's way."""

from __future__ import annotations

from toiya.core.checks import Check, Reference, Truths
from toiya.core.own_checks import code_check
from toiya.domain.outbound import (
    forgetting_truths,
    hand_in_truths,
    history,
    journey_truths,
    manifest_truths,
    serial_truths,
    stop_truths,
    walk_truths,
)
from toiya.domain.stock.models import Movement

# The last slot of an order is the one it was packed from: pieces of earlier ones went back to their bins.
_PACKED = """
WITH packed AS (
    SELECT c.order_id, c.line_id, c.sku_id, c.lot, sum(c.quantity) AS pieces,
           bool_and(p.status <> 'open') AS is_sealed
    FROM outbound_content c JOIN outbound_parcel p ON p.id = c.parcel_id
    GROUP BY c.order_id, c.line_id, c.sku_id, c.lot
), picked AS (
    SELECT t.order_id, t.line_id, t.sku_id, t.lot, sum(t.picked) AS pieces,
           bool_and(o.is_closed) AND EXISTS (SELECT 1 FROM outbound_parcel p WHERE p.order_id = t.order_id
                                             AND p.status NOT IN ('open', 'cancelled')) AS is_sealed
    FROM outbound_picktask t
    JOIN (SELECT order_id, max(id) AS id FROM outbound_slot GROUP BY order_id) s ON s.id = t.slot_id
    JOIN outbound_slot o ON o.id = s.id
    WHERE t.picked > 0 GROUP BY t.order_id, t.line_id, t.sku_id, t.lot
)
SELECT coalesce(o.code, 'order ' || order_id) AS subject, coalesce(l.title, 'line ' || line_id) AS title,
       coalesce(packed.pieces, 0) AS packed, coalesce(picked.pieces, 0) AS picked
FROM packed FULL JOIN picked USING (order_id, line_id, sku_id, lot)
LEFT JOIN orders_order o ON o.id = order_id LEFT JOIN (SELECT id, title FROM orders_line) l ON l.id = line_id
WHERE CASE WHEN coalesce(picked.is_sealed, packed.is_sealed)
           THEN coalesce(packed.pieces, 0) <> coalesce(picked.pieces, 0)
           ELSE coalesce(packed.pieces, 0) > coalesce(picked.pieces, 0) END
"""
# What a bundle was made of when the order got its stock is in the promise: the bundle may be another one by now.
_ORDERED = """
SELECT coalesce(o.code, 'order ' || c.order_id) AS subject, coalesce(l.title, 'line ' || c.line_id) AS title,
       c.pieces, coalesce(a.quantity, 0) AS ordered
FROM (
    SELECT order_id, line_id, sku_id, sum(quantity) AS pieces FROM outbound_content GROUP BY order_id, line_id, sku_id
) c
LEFT JOIN orders_line l ON l.id = c.line_id AND l.order_id = c.order_id
LEFT JOIN orders_order o ON o.id = c.order_id
LEFT JOIN allocation_allocation a ON a.line_id = c.line_id AND a.sku_id = c.sku_id AND a.order_id = c.order_id
WHERE l.id IS NULL OR a.quantity IS NULL OR c.pieces > a.quantity
   OR (c.sku_id = l.sku_id AND c.pieces > l.quantity * l.pieces_each)
"""
_SETTLED = f"""
SELECT coalesce(c.code, m.source) AS subject, coalesce(k.code, 'SKU ' || sku_id) AS sku,
       coalesce(c.pieces, 0) AS packed, coalesce(m.pieces, 0) AS settled
FROM (
    SELECT p.code, p.code AS source, c.sku_id, c.lot, sum(c.quantity) AS pieces
    FROM outbound_parcel p JOIN (
        SELECT parcel_id, sku_id, lot, quantity FROM outbound_content
        UNION ALL SELECT parcel_id, sku_id, lot, quantity FROM outbound_enclosure WHERE NOT is_missing
    ) c ON c.parcel_id = p.id
    WHERE p.status = 'shipped' GROUP BY p.code, c.sku_id, c.lot
) c FULL JOIN (
    SELECT source, sku_id, lot, sum(quantity) AS pieces FROM stock_movement
    WHERE kind = {int(Movement.Kind.SHIP)} GROUP BY source, sku_id, lot
) m USING (source, sku_id, lot)
LEFT JOIN catalog_sku k ON k.id = sku_id
WHERE coalesce(c.pieces, 0) <> coalesce(m.pieces, 0)
"""  # noqa: S608
_LABELLED = """
SELECT p.code AS subject, p.status, coalesce(l.status, 'missing') AS label, coalesce(l.reference, 'none') AS reference
FROM outbound_parcel p LEFT JOIN carriers_label l ON l.id = p.label_id
WHERE p.status IN ('awaited', 'labelled', 'shipped')
  AND (l.id IS NULL OR l.status <> 'bought' OR l.tracking_number = '' OR l.reference <> p.code)
"""
_STRAY_LABELS = """
SELECT l.reference AS subject, l.carrier, l.tracking_number AS number FROM carriers_label l
WHERE l.status = 'bought' AND NOT EXISTS (SELECT 1 FROM outbound_parcel p WHERE p.label_id = l.id)
"""
_FEES = """
SELECT p.code AS subject, p.status, o.code AS order_code, o.status AS order_status,
       coalesce(r.status, 'missing') AS fee
FROM outbound_parcel p JOIN orders_order o ON o.id = p.order_id
LEFT JOIN wallet_reservation r ON r.id = p.reservation_id
LEFT JOIN orders_wish v ON v.order_id = p.order_id AND v.is_freight_collect  -- nothing is set aside then
WHERE r.source <> p.code OR (r.id IS NOT NULL OR v.order_id IS NULL) AND CASE
    WHEN p.status = 'shipped' THEN r.status IS DISTINCT FROM 'captured'
    WHEN p.status = 'cancelled' THEN r.status IS NOT DISTINCT FROM 'open' OR r.status IS NOT DISTINCT FROM 'captured'
    WHEN o.status = 'cancelled' THEN r.status IS NOT DISTINCT FROM 'open'
    WHEN p.status IN ('awaited', 'labelled') THEN r.status IS DISTINCT FROM 'open'
    ELSE r.status IS NOT DISTINCT FROM 'captured' END
"""
# Fees from before charges were written have none.
_CHARGED = """
SELECT p.code AS subject, r.amount_minor AS amount, coalesce(c.total, 0) AS total
FROM outbound_parcel p JOIN wallet_reservation r ON r.id = p.reservation_id
LEFT JOIN (
    SELECT seller_id, source, sum(amount_minor) AS total, min(at) AS at FROM pricing_charge GROUP BY seller_id, source
) c ON c.seller_id = p.seller_id AND c.source = p.code
WHERE coalesce(c.total, 0) <> r.amount_minor AND p.opened_at >= (SELECT min(at) FROM pricing_charge)
"""
_STRAY_FEES = """
SELECT r.source AS subject, r.currency, r.amount_minor AS amount FROM wallet_reservation r
WHERE r.status = 'open' AND starts_with(r.source, 'PCL-')
  AND NOT EXISTS (SELECT 1 FROM outbound_parcel p WHERE p.reservation_id = r.id)
"""
# While pieces of an order are still in its tote, its other boxes may be ready, or have left: it is being packed.
_TOGETHER = """
SELECT subject, status, parcels, parcel FROM (
    SELECT o.code AS subject, o.status, count(p.id) AS parcels, coalesce(min(p.status), 'none') AS parcel,
           coalesce(bool_and(p.status = 'shipped'), false) AND NOT rest.is_left AS has_left,
           coalesce(bool_and(p.status IN ('labelled', 'shipped')) AND bool_or(p.status = 'labelled'), false)
           AND NOT rest.is_left AS is_ready,
           coalesce(bool_and(p.status IN ('sealed', 'awaited')), true) AS is_announced
    FROM orders_order o LEFT JOIN outbound_parcel p ON p.order_id = o.id AND p.status <> 'cancelled'
    CROSS JOIN LATERAL (
        SELECT EXISTS (SELECT 1 FROM outbound_slot s WHERE s.order_id = o.id AND NOT s.is_closed) AS is_left
    ) rest
    GROUP BY o.id, rest.is_left
) orders
WHERE (status IN ('shipped', 'delivered')) <> has_left
   OR (status IN ('ready', 'handed_in')) <> is_ready
   OR (status = 'to_hand_in' AND NOT is_announced)
   OR (parcels > 0 AND status NOT IN ('packing', 'ready', 'to_hand_in', 'handed_in', 'shipped', 'delivered'))
"""

TRUTHS = Truths(
    checks=(
        Check(
            "I05",
            "packed_is_picked",
            _PACKED,
            "Order %(subject)s: %(picked)s pieces of %(title)s were picked, %(packed)s are in its parcels.",
        ),
        Check(
            "I05",
            "packed_within_ordered",
            _ORDERED,
            "Order %(subject)s: %(pieces)s pieces of %(title)s are in its parcels, %(ordered)s were ordered, "
            "or they are of another SKU.",
        ),
        Check(
            "I05",
            "shipped_is_packed",
            _SETTLED,
            "Parcel %(subject)s: %(packed)s pieces of %(sku)s left in it, %(settled)s were taken out of stock for it.",
        ),
        Check(
            "I07",
            "fees_follow_parcels",
            _FEES,
            "Parcel %(subject)s is %(status)s (order %(order_code)s is %(order_status)s), but its fee is %(fee)s.",
        ),
        Check(
            "I07",
            "open_fees_have_a_parcel",
            _STRAY_FEES,
            "%(currency)s %(amount)s are set aside for %(subject)s, but no parcel has that fee.",
        ),
        Check(
            "I08",
            "parcels_are_charged_their_fee",
            _CHARGED,
            "Parcel %(subject)s: %(amount)s are set aside or taken for it, its charges sum to %(total)s.",
        ),
        Check(
            "I09",
            "parcels_have_their_label",
            _LABELLED,
            "Parcel %(subject)s is %(status)s, but its label is %(label)s (made for %(reference)s) or has no number.",
        ),
        Check(
            "I09",
            "labels_have_their_parcel",
            _STRAY_LABELS,
            "Label %(number)s of %(carrier)s was bought for %(subject)s, but no parcel has it.",
        ),
        Check(
            "I13",
            "parcels_go_with_their_order",
            _TOGETHER,
            "Order %(subject)s is %(status)s with %(parcels)s parcels (%(parcel)s), which does not go together.",
        ),
        *forgetting_truths.CHECKS,
        *history.CHECKS,
        *journey_truths.CHECKS,
        *hand_in_truths.CHECKS,
        *manifest_truths.CHECKS,
        *serial_truths.CHECKS,
        *stop_truths.CHECKS,
        *walk_truths.CHECKS,
        code_check("outbound_parcel", "PCL"),
        code_check("outbound_wave", "WAV"),
        code_check("outbound_picklist", "PL"),
        code_check("outbound_handinlist", "HIL"),
    ),
    counts={
        "parcels": "SELECT count(*) FROM outbound_parcel",
        "shipped_parcels": "SELECT count(*) FROM outbound_parcel WHERE status = 'shipped'",
        "hand_ins": "SELECT count(*) FROM outbound_handin",
        **manifest_truths.COUNTS,
        **walk_truths.COUNTS,
        "stops": "SELECT count(*) FROM outbound_stop",
    },
    references=(
        Reference("outbound_picktask", "line_id", "orders_line"),
        Reference("outbound_content", "order_id", "orders_order"),
        Reference("outbound_content", "line_id", "orders_line"),
        Reference("outbound_content", "sku_id", "catalog_sku"),
        Reference("outbound_content", "bin_id", "warehouses_bin"),
    ),
)
