"""What must always be true of work orders."""

from __future__ import annotations

from toiya.core.checks import Check, Truths
from toiya.core.own_checks import code_check
from toiya.domain.stock.models import Movement

_OUT, _IN = int(Movement.Kind.ASSEMBLE_OUT), int(Movement.Kind.ASSEMBLE_IN)
_PIECES = f"""
SELECT coalesce(w.code, m.source) AS subject, coalesce(w.sku, 'SKU ' || m.sku_id) AS sku,
       coalesce(w.pieces, 0) AS wanted, coalesce(m.pieces, 0) AS moved
FROM (
    SELECT o.seller_id, o.warehouse_id, o.code, k.id AS sku_id, k.code AS sku, e.pieces
    FROM assembly_workorder o CROSS JOIN LATERAL (
        SELECT o.sku_id, o.made - o.taken_apart AS pieces
        UNION ALL SELECT p.sku_id, -p.quantity * (o.made - o.taken_apart) FROM assembly_workpart p
        WHERE p.work_order_id = o.id
    ) e JOIN catalog_sku k ON k.id = e.sku_id
) w FULL JOIN (
    SELECT seller_id, warehouse_id, source, sku_id,
           sum(CASE kind WHEN {_IN} THEN quantity ELSE -quantity END) AS pieces
    FROM stock_movement WHERE kind IN ({_OUT}, {_IN}) GROUP BY seller_id, warehouse_id, source, sku_id
) m ON m.seller_id = w.seller_id AND m.warehouse_id = w.warehouse_id AND m.source = w.code AND m.sku_id = w.sku_id
WHERE coalesce(w.pieces, 0) <> coalesce(m.pieces, 0)
"""  # noqa: S608
_MAKINGS = """
SELECT o.code AS subject, o.made, o.taken_apart, coalesce(m.made, 0) AS told, coalesce(m.apart, 0) AS apart
FROM assembly_workorder o LEFT JOIN (
    SELECT work_order_id, sum(quantity) FILTER (WHERE NOT is_apart) AS made,
           sum(quantity) FILTER (WHERE is_apart) AS apart
    FROM assembly_making GROUP BY work_order_id
) m ON m.work_order_id = o.id
WHERE o.made <> coalesce(m.made, 0) OR o.taken_apart <> coalesce(m.apart, 0)
"""
_PAID = """
SELECT o.code AS subject, o.made * o.price_minor AS due, coalesce(r.taken, 0) AS taken,
       CASE WHEN o.status IN ('accepted', 'in_work') THEN (o.quantity - o.made) * o.price_minor ELSE 0 END AS rest,
       coalesce(r.held, 0) AS held
FROM assembly_workorder o LEFT JOIN LATERAL (
    SELECT sum(amount_minor) FILTER (WHERE status = 'captured') AS taken,
           sum(amount_minor) FILTER (WHERE status = 'open') AS held
    FROM wallet_reservation
    WHERE seller_id = o.seller_id AND source IN (SELECT o.code || '/' || n FROM generate_series(1, o.fee_part) n)
) r ON true
WHERE o.fee_part > 0 AND (
    o.made * o.price_minor <> coalesce(r.taken, 0)
    OR CASE WHEN o.status IN ('accepted', 'in_work') THEN (o.quantity - o.made) * o.price_minor ELSE 0 END
       <> coalesce(r.held, 0))
"""
_CHARGED = """
SELECT o.code AS subject, r.source, r.amount_minor AS amount, coalesce(c.total, 0) AS total
FROM assembly_workorder o
JOIN wallet_reservation r ON r.seller_id = o.seller_id AND r.status = 'captured'
     AND r.source IN (SELECT o.code || '/' || n FROM generate_series(1, o.fee_part) n)
LEFT JOIN (
    SELECT seller_id, source, sum(amount_minor) AS total FROM pricing_charge GROUP BY seller_id, source
) c ON c.seller_id = r.seller_id AND c.source = r.source
WHERE coalesce(c.total, 0) <> r.amount_minor AND o.requested_at >= (SELECT min(at) FROM pricing_charge)
"""
_STATES = """
SELECT code AS subject, status, made, quantity FROM assembly_workorder
WHERE (status = 'completed') <> (made = quantity)
   OR (status IN ('requested', 'accepted', 'declined') AND made > 0)
   OR (status IN ('completed', 'declined', 'cancelled')) <> (ended_at IS NOT NULL)
"""

TRUTHS = Truths(
    checks=(
        Check(
            "I24",
            "parts_became_bundles",
            _PIECES,
            "Work order %(subject)s: by what was made %(wanted)s pieces of %(sku)s came in, by the ledger %(moved)s.",
        ),
        Check(
            "I24",
            "made_is_sum_of_makings",
            _MAKINGS,
            "Work order %(subject)s says %(made)s made and %(taken_apart)s taken apart; the floor confirmed %(told)s "
            "and %(apart)s.",
        ),
        Check(
            "I24",
            "work_orders_follow_their_state",
            _STATES,
            "Work order %(subject)s is %(status)s with %(made)s of %(quantity)s made.",
        ),
        Check(
            "I07",
            "made_pieces_are_paid",
            _PAID,
            "Work order %(subject)s: %(due)s are due for what was made and %(taken)s taken; %(rest)s should be set "
            "aside and %(held)s are.",
        ),
        Check(
            "I08",
            "made_pieces_are_charged",
            _CHARGED,
            "Work order %(subject)s: %(amount)s were taken under %(source)s, its charges sum to %(total)s.",
        ),
        code_check("assembly_workorder", "WO"),
    ),
    counts={"work_orders": "SELECT count(*) FROM assembly_workorder"},
)
