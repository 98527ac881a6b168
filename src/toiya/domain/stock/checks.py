"""What must always be true of the ledger of goods."""

from __future__ import annotations

from collections.abc import Callable

from toiya.core.checks import Check, Reference, Truths
from toiya.domain.stock.actions.ledger import EFFECTS, Kind
from toiya.domain.stock.events import StockReceived
from toiya.domain.warehouses.models import Bin


def _effect(place: int) -> str:
    """SQL: what one movement does to the balance, on hand (0), allocated (1) or blocked (2)."""
    cases = " ".join(f"WHEN {int(kind)} THEN {effect[place]}" for kind, effect in EFFECTS.items())
    return f"quantity * CASE kind {cases} END"


def _kinds(fits: Callable[[Kind], bool]) -> str:
    return ", ".join(str(int(kind)) for kind in Kind if fits(kind))


_ONLY_COMING = (
    *(Kind.RECEIVE, Kind.FOUND, Kind.ASSEMBLE_IN, Kind.TRANSFER_IN, Kind.LEND_IN),
    *(Kind.RETURN_IN, Kind.RETURN_ASIDE),
)
_LEAVING = _kinds(lambda kind: kind not in (*_ONLY_COMING, Kind.ALLOCATE, Kind.DEALLOCATE))
_COMING = _kinds(lambda kind: kind in (*_ONLY_COMING, Kind.MOVE, Kind.BLOCK, Kind.UNBLOCK))
_NAMES = """
LEFT JOIN catalog_sku k ON k.id = sku_id LEFT JOIN warehouses_warehouse w ON w.id = warehouse_id
"""
_BIN = "LEFT JOIN (SELECT id, code FROM warehouses_bin) p ON p.id = bin_id"
_NAMED = "coalesce(k.code, 'SKU ' || sku_id) AS subject, coalesce(w.code, 'warehouse ' || warehouse_id) AS warehouse"


def _balance(column: str, place: int) -> str:
    return f"""
SELECT {_NAMED}, coalesce(b.{column}, 0) AS booked, coalesce(m.pieces, 0) AS moved
FROM stock_balance b FULL JOIN (
    SELECT seller_id, warehouse_id, sku_id, sum({_effect(place)}) AS pieces
    FROM stock_movement GROUP BY seller_id, warehouse_id, sku_id
) m USING (seller_id, warehouse_id, sku_id) {_NAMES}
WHERE coalesce(b.{column}, 0) <> coalesce(m.pieces, 0)
"""  # noqa: S608


_BINS = f"""
SELECT {_NAMED}, coalesce(p.code, 'bin ' || bin_id) AS bin, lot, coalesce(s.quantity, 0) AS booked,
       coalesce(m.quantity, 0) AS moved
FROM stock_binstock s FULL JOIN (
    SELECT seller_id, warehouse_id, sku_id, bin_id, lot, sum(quantity) AS quantity FROM (
        SELECT seller_id, warehouse_id, sku_id, to_bin_id AS bin_id, lot, quantity FROM stock_movement
        WHERE to_bin_id IS NOT NULL
        UNION ALL
        SELECT seller_id, warehouse_id, sku_id, from_bin_id, lot, -quantity FROM stock_movement
        WHERE from_bin_id IS NOT NULL
    ) steps GROUP BY seller_id, warehouse_id, sku_id, bin_id, lot
) m USING (seller_id, warehouse_id, sku_id, bin_id, lot) {_NAMES} {_BIN}
WHERE coalesce(s.quantity, 0) <> coalesce(m.quantity, 0)
"""  # noqa: S608
_BINS_AND_BALANCE = f"""
SELECT {_NAMED}, coalesce(b.on_hand, 0) AS booked, coalesce(s.quantity, 0) AS in_bins
FROM stock_balance b FULL JOIN (
    SELECT seller_id, warehouse_id, sku_id, sum(quantity) AS quantity
    FROM stock_binstock GROUP BY seller_id, warehouse_id, sku_id
) s USING (seller_id, warehouse_id, sku_id) {_NAMES}
WHERE coalesce(b.on_hand, 0) <> coalesce(s.quantity, 0)
"""  # noqa: S608
_BLOCKED_BINS = f"""
SELECT {_NAMED}, coalesce(b.blocked, 0) AS booked, coalesce(s.quantity, 0) AS in_bins
FROM stock_balance b FULL JOIN (
    SELECT s.seller_id, s.warehouse_id, s.sku_id, sum(s.quantity) AS quantity
    FROM stock_binstock s JOIN warehouses_bin p ON p.id = s.bin_id
    WHERE p.kind IN ({", ".join(f"'{kind}'" for kind in Bin.BLOCKED)})
    GROUP BY s.seller_id, s.warehouse_id, s.sku_id
) s USING (seller_id, warehouse_id, sku_id) {_NAMES}
WHERE coalesce(b.blocked, 0) <> coalesce(s.quantity, 0)
"""  # noqa: S608
_DIRECTIONS = f"""
SELECT coalesce(k.code, 'SKU ' || m.sku_id) AS subject, m.id AS movement, m.kind, m.source
FROM stock_movement m LEFT JOIN catalog_sku k ON k.id = m.sku_id
WHERE (m.from_bin_id IS NOT NULL) <> (m.kind IN ({_LEAVING})) OR (m.to_bin_id IS NOT NULL) <> (m.kind IN ({_COMING}))
"""  # noqa: S608
_ELSEWHERE = """
SELECT coalesce(k.code, 'SKU ' || s.sku_id) AS subject, p.code AS bin, s.what, s.id AS row
FROM (
    SELECT 'movement' AS what, id, sku_id, warehouse_id, from_bin_id AS bin_id FROM stock_movement
    UNION ALL SELECT 'movement', id, sku_id, warehouse_id, to_bin_id FROM stock_movement
    UNION ALL SELECT 'bin stock', id, sku_id, warehouse_id, bin_id FROM stock_binstock
) s JOIN warehouses_bin p ON p.id = s.bin_id AND p.warehouse_id <> s.warehouse_id
LEFT JOIN catalog_sku k ON k.id = s.sku_id
"""
_BALANCE_LIMITS = f"""
SELECT {_NAMED}, on_hand, allocated, blocked FROM stock_balance {_NAMES}
WHERE allocated < 0 OR on_hand < 0 OR blocked < 0 OR allocated + blocked > on_hand
"""  # noqa: S608
_BIN_LIMITS = f"""
SELECT {_NAMED}, p.code AS bin, s.quantity FROM stock_binstock s {_NAMES} {_BIN}
WHERE quantity < 0
"""  # noqa: S608
_RECEIPTS = f"""
SELECT coalesce(t.subject, k.code, 'SKU ' || m.sku_id) AS subject, coalesce(t.pieces, 0) AS told,
       coalesce(m.pieces, 0) AS received
FROM (SELECT sku_id, sum(quantity) AS pieces FROM stock_movement WHERE kind = {int(Kind.RECEIVE)} GROUP BY sku_id) m
LEFT JOIN catalog_sku k ON k.id = m.sku_id
FULL JOIN (
    SELECT subject, sum((data ->> 'quantity')::bigint) AS pieces FROM core_event
    WHERE name = '{StockReceived.NAME}' GROUP BY subject
) t ON t.subject = k.code
WHERE coalesce(t.pieces, 0) <> coalesce(m.pieces, 0)
"""  # noqa: S608

TRUTHS = Truths(
    checks=(
        Check(
            "I01",
            "on_hand_is_sum_of_movements",
            _balance("on_hand", 0),
            "SKU %(subject)s in %(warehouse)s: the balance says %(booked)s on hand, its movements say %(moved)s.",
        ),
        Check(
            "I01",
            "allocated_is_sum_of_movements",
            _balance("allocated", 1),
            "SKU %(subject)s in %(warehouse)s: the balance says %(booked)s allocated, its movements say %(moved)s.",
        ),
        Check(
            "I01",
            "blocked_is_sum_of_movements",
            _balance("blocked", 2),
            "SKU %(subject)s in %(warehouse)s: the balance says %(booked)s set aside, its movements say %(moved)s.",
        ),
        Check(
            "I02",
            "blocked_lies_in_blocked_bins",
            _BLOCKED_BINS,
            "SKU %(subject)s in %(warehouse)s: %(booked)s pieces are set aside, the bins for that hold %(in_bins)s.",
        ),
        Check(
            "I02",
            "bin_is_sum_of_movements",
            _BINS,
            "SKU %(subject)s in %(warehouse)s, bin %(bin)s, lot '%(lot)s': the bin says %(booked)s pieces, "
            "its movements say %(moved)s.",
        ),
        Check(
            "I02",
            "bins_sum_to_on_hand",
            _BINS_AND_BALANCE,
            "SKU %(subject)s in %(warehouse)s: %(booked)s pieces are on hand, its bins hold %(in_bins)s.",
        ),
        Check(
            "I02",
            "movements_touch_the_right_bins",
            _DIRECTIONS,
            "SKU %(subject)s: movement %(movement)s (kind %(kind)s, for %(source)s) lacks a bin or has one too many.",
        ),
        Check(
            "I02",
            "bins_are_in_their_warehouse",
            _ELSEWHERE,
            "SKU %(subject)s: %(what)s %(row)s names bin %(bin)s, which stands in another warehouse.",
        ),
        Check(
            "I03",
            "allocated_within_on_hand",
            _BALANCE_LIMITS,
            "SKU %(subject)s in %(warehouse)s: %(allocated)s pieces are allocated and %(blocked)s set aside, "
            "of %(on_hand)s on hand.",
        ),
        Check(
            "I03",
            "bin_stock_not_negative",
            _BIN_LIMITS,
            "SKU %(subject)s in %(warehouse)s: bin %(bin)s holds %(quantity)s pieces, fewer than none.",
        ),
        Check(
            "I18",
            "receipts_were_told",
            _RECEIPTS,
            "SKU %(subject)s: %(received)s pieces were received, the events tell of %(told)s.",
        ),
    ),
    counts={
        "balances": "SELECT count(*) FROM stock_balance",
        "bin_stocks": "SELECT count(*) FROM stock_binstock",
        "movements": "SELECT count(*) FROM stock_movement",
    },
    references=(
        Reference("stock_movement", "seller_id", "members_seller"),
        Reference("stock_movement", "warehouse_id", "warehouses_warehouse"),
        Reference("stock_movement", "sku_id", "catalog_sku"),
        Reference("stock_movement", "from_bin_id", "warehouses_bin"),
        Reference("stock_movement", "to_bin_id", "warehouses_bin"),
    ),
)
