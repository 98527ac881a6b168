"""What must always be true of promises and of the reasons why lines have none."""

from __future__ import annotations

from toiya.core.checks import Check, Reference, Truths
from toiya.domain.orders.events import LinesAdded

_PROMISED = "('allocated', 'picking', 'packing', 'ready')"
_BALANCES = f"""
SELECT coalesce(k.code, 'SKU ' || sku_id) AS subject, coalesce(w.code, 'warehouse ' || warehouse_id) AS warehouse,
       coalesce(b.allocated, 0) AS booked, coalesce(p.pieces, 0) AS promised
FROM stock_balance b FULL JOIN (
    SELECT seller_id, warehouse_id, sku_id, sum(quantity) AS pieces FROM (
        SELECT a.seller_id, a.warehouse_id, a.sku_id, a.quantity
        FROM allocation_allocation a JOIN orders_order o ON o.id = a.order_id AND o.status IN {_PROMISED}
        UNION ALL SELECT seller_id, from_warehouse_id, sku_id, quantity - picked FROM transfers_transfer
        WHERE status IN ('requested', 'accepted', 'collecting')
        UNION ALL SELECT l.seller_id, r.warehouse_id, l.sku_id, l.quantity - l.gone  -- to be thrown away
        FROM returns_removalline l JOIN returns_removal r ON r.id = l.removal_id
        WHERE r.kind = 'dispose' AND r.status = 'ordered'
        UNION ALL
        SELECT c.seller_id, p.warehouse_id, c.sku_id, -c.quantity  -- one box of several has left
        FROM outbound_content c JOIN outbound_parcel p ON p.id = c.parcel_id AND p.status = 'shipped'
        JOIN orders_order o ON o.id = p.order_id AND o.status IN {_PROMISED}
        UNION ALL
        SELECT e.seller_id, p.warehouse_id, e.sku_id, e.quantity  -- the seller's own packaging
        FROM outbound_enclosure e JOIN outbound_parcel p ON p.id = e.parcel_id AND p.status IN ('sealed', 'labelled')
    ) each GROUP BY seller_id, warehouse_id, sku_id
) p USING (seller_id, warehouse_id, sku_id)
LEFT JOIN catalog_sku k ON k.id = sku_id LEFT JOIN warehouses_warehouse w ON w.id = warehouse_id
WHERE coalesce(b.allocated, 0) <> coalesce(p.pieces, 0)
"""  # noqa: S608
_LINES = f"""
WITH lines AS (
    SELECT o.code, o.status, l.id, l.order_id, l.title, l.sku_id, l.quantity * l.pieces_each AS pieces
    FROM orders_order o JOIN orders_line l ON l.order_id = o.id AND NOT l.is_cancelled WHERE o.status IN {_PROMISED}
), wanted AS (
    SELECT l.id, coalesce(p.part_id, l.sku_id) AS sku_id, l.pieces * coalesce(p.quantity, 1) AS pieces
    FROM lines l LEFT JOIN (
        catalog_bundlepart p JOIN catalog_sku s ON s.id = p.bundle_id AND s.bundle_kind = 'virtual'
    ) ON p.bundle_id = l.sku_id
), promised AS (
    SELECT l.id, a.sku_id, a.quantity AS pieces
    FROM lines l JOIN allocation_allocation a ON a.line_id = l.id AND a.order_id = l.order_id
)
SELECT l.code AS subject, l.status, l.title, coalesce(w.pieces, 0) AS quantity, coalesce(p.pieces, 0) AS promised
FROM wanted w FULL JOIN promised p USING (id, sku_id) JOIN lines l ON l.id = coalesce(w.id, p.id)
WHERE p.pieces IS DISTINCT FROM w.pieces
"""  # noqa: S608
_CAUSELESS = """
SELECT coalesce(o.code, 'order ' || a.order_id) AS subject, a.quantity, coalesce(o.status, 'gone') AS status
FROM allocation_allocation a LEFT JOIN orders_order o ON o.id = a.order_id LEFT JOIN orders_line l ON l.id = a.line_id
WHERE o.id IS NULL OR l.id IS NULL OR l.is_cancelled
   OR o.status IN ('received', 'waiting', 'to_hand_in', 'handed_in', 'cancelled')
"""
# Lines that a site added lately are judged with the next run of the allocator, not in the transaction that adds them.
_REASONLESS = f"""
SELECT o.code AS subject, l.title
FROM orders_order o JOIN orders_line l ON l.order_id = o.id AND NOT l.is_cancelled
LEFT JOIN allocation_waitreason r ON r.line_id = l.id
WHERE o.status = 'waiting' AND r.line_id IS NULL AND NOT EXISTS (
    SELECT 1 FROM core_event e WHERE e.subject = o.code AND e.name = '{LinesAdded.NAME}'
    AND e.at >= (SELECT coalesce(max(j.since), '-infinity') FROM allocation_waitreason j WHERE j.order_id = o.id)
)
"""  # noqa: S608
_NOT_WAITING = """
SELECT coalesce(o.code, 'order ' || r.order_id) AS subject, r.code AS reason, coalesce(o.status, 'gone') AS status
FROM allocation_waitreason r LEFT JOIN orders_order o ON o.id = r.order_id LEFT JOIN orders_line l ON l.id = r.line_id
WHERE o.id IS NULL OR l.id IS NULL OR l.is_cancelled OR o.status <> 'waiting' OR l.order_id <> r.order_id
"""
_LEADING = """
SELECT code AS subject, status, waiting_reason AS reason FROM orders_order
WHERE (status = 'waiting') <> (waiting_reason <> '')
"""
_CHOSEN = """
SELECT DISTINCT o.code AS subject, w.name AS chosen, p.name AS promised
FROM allocation_chosenwarehouse c JOIN orders_order o ON o.id = c.order_id
JOIN allocation_allocation a ON a.order_id = c.order_id AND a.warehouse_id <> c.warehouse_id
JOIN warehouses_warehouse w ON w.id = c.warehouse_id JOIN warehouses_warehouse p ON p.id = a.warehouse_id
"""
_OWN_STOCK = """
SELECT s.code AS subject, sum(b.on_hand) AS on_hand
FROM catalog_sku s JOIN stock_balance b ON b.seller_id = s.seller_id AND b.sku_id = s.id
WHERE s.bundle_kind = 'virtual' GROUP BY s.code HAVING sum(b.on_hand) > 0
"""
_MADE_OF = """
SELECT s.code AS subject, s.bundle_kind AS kind, count(p.id) AS parts,
       count(*) FILTER (WHERE k.bundle_kind <> '' OR k.id = s.id) AS bundles
FROM catalog_sku s LEFT JOIN catalog_bundlepart p ON p.bundle_id = s.id LEFT JOIN catalog_sku k ON k.id = p.part_id
GROUP BY s.id HAVING (s.bundle_kind <> '') <> (count(p.id) > 0)
    OR bool_or(k.bundle_kind <> '' OR k.id = s.id)
"""

TRUTHS = Truths(
    checks=(
        Check(
            "I04",
            "allocated_is_promised",
            _BALANCES,
            "SKU %(subject)s in %(warehouse)s: %(booked)s pieces are allocated, the open orders and transfers "
            "were promised %(promised)s.",
        ),
        Check(
            "I04",
            "lines_promised_whole",
            _LINES,
            "Order %(subject)s is %(status)s, but its line %(title)s was promised %(promised)s of %(quantity)s pieces, "
            "or of another SKU.",
        ),
        Check(
            "I04",
            "promises_have_a_cause",
            _CAUSELESS,
            "Order %(subject)s is %(status)s or the line is cancelled, yet %(quantity)s pieces are promised to it.",
        ),
        Check(
            "I04",
            "waiting_lines_have_a_reason",
            _REASONLESS,
            "Order %(subject)s waits, but its line %(title)s has no reason.",
        ),
        Check(
            "I04",
            "reasons_belong_to_waiting_lines",
            _NOT_WAITING,
            "Order %(subject)s is %(status)s or the line is cancelled, yet a line has the reason %(reason)s to wait.",
        ),
        Check(
            "I04",
            "waiting_orders_name_a_reason",
            _LEADING,
            "Order %(subject)s is %(status)s and names the reason '%(reason)s'.",
        ),
        Check(
            "I04",
            "promised_where_chosen",
            _CHOSEN,
            "Order %(subject)s was to be sent from %(chosen)s, but its pieces are promised in %(promised)s.",
        ),
        Check(
            "I03",
            "virtual_bundles_have_no_stock",
            _OWN_STOCK,
            "SKU %(subject)s is picked from its parts, yet %(on_hand)s pieces of its own are on hand.",
        ),
        Check(
            "I17",
            "bundles_are_made_of_plain_skus",
            _MADE_OF,
            "SKU %(subject)s (bundle kind '%(kind)s') has %(parts)s parts, of them %(bundles)s are bundles themselves.",
        ),
    ),
    counts={
        "allocations": "SELECT count(*) FROM allocation_allocation",
        "wait_reasons": "SELECT count(*) FROM allocation_waitreason",
    },
    references=(
        Reference("allocation_allocation", "seller_id", "members_seller"),
        Reference("allocation_allocation", "line_id", "orders_line"),
        Reference("allocation_allocation", "order_id", "orders_order"),
        Reference("allocation_allocation", "warehouse_id", "warehouses_warehouse"),
        Reference("allocation_allocation", "sku_id", "catalog_sku"),
        Reference("allocation_waitreason", "seller_id", "members_seller"),
        Reference("allocation_waitreason", "line_id", "orders_line"),
        Reference("allocation_waitreason", "order_id", "orders_order"),
    ),
)
