"""
The statements of a scan on a walk: lock and look, write, what comes next. One each.

Lock order: the order, the task, the balance of its SKU, the pick list (`FOR UPDATE OF` locks in the order it names).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

_STOP = """
SELECT t.id, t.status, t.quantity, t.picked, t.lot, t.is_bin_confirmed, t.seller_id, t.sku_id, s.code,
       trim(s.name || ' ' || s.option), t.bin_id, b.code, sl.number, sl.tote_id, coalesce(tote.code, ''), o.id, o.code,
       l.id, l.code, l.picker_id, l.warehouse_id,
       EXISTS (SELECT 1 FROM outbound_scan WHERE scan_id = %(scan_id)s::text),
       %(scan)s::text <> '' AND (upper(s.code) = %(scan)s::text OR upper(s.seller_code) = %(scan)s::text OR EXISTS (
           SELECT 1 FROM catalog_barcode c WHERE c.sku_id = s.id AND upper(c.barcode) = %(scan)s::text)),
       s.tracks_lots AND t.lot <> '' AND NOT t.is_lot_confirmed
FROM outbound_picktask t
JOIN orders_order o ON o.id = t.order_id
JOIN outbound_picklist l ON l.id = t.pick_list_id
JOIN outbound_slot sl ON sl.id = t.slot_id
JOIN warehouses_bin b ON b.id = t.bin_id
JOIN catalog_sku s ON s.id = t.sku_id
JOIN stock_balance bal ON bal.seller_id = t.seller_id AND bal.warehouse_id = l.warehouse_id AND bal.sku_id = t.sku_id
LEFT JOIN warehouses_bin tote ON tote.id = sl.tote_id
WHERE t.id = %(task)s
"""
_LOCK_ALL = _STOP + "FOR NO KEY UPDATE OF o, t, bal, l"
_LOCK_TASK = _STOP + "FOR NO KEY UPDATE OF t"
# Below, constants of this module are put together, never input.
_SCAN = """scan AS (
    INSERT INTO outbound_scan (scan_id, at) SELECT %(scan_id)s::text, %(at)s::timestamptz WHERE %(scan_id)s::text <> ''
)"""
# In a batch one stands at the bin for all its orders: one scan of it does.
_CONFIRM = f"""
WITH {_SCAN} UPDATE outbound_picktask SET is_bin_confirmed = true WHERE id = ANY(ARRAY(
    SELECT %(task)s::bigint UNION
    SELECT n.id FROM outbound_picktask t JOIN outbound_picklist l ON l.id = t.pick_list_id AND l.method = 'batch'
    JOIN outbound_picktask n ON n.pick_list_id = l.id AND n.bin_id = t.bin_id AND n.status = 'open'
    WHERE t.id = %(task)s))
"""  # noqa: S608
_CONFIRM_LOT = f"""
WITH {_SCAN} UPDATE outbound_picktask SET is_lot_confirmed = true WHERE id = ANY(ARRAY(
    SELECT %(task)s::bigint UNION
    SELECT n.id FROM outbound_picktask t JOIN outbound_picklist l ON l.id = t.pick_list_id AND l.method = 'batch'
    JOIN outbound_picktask n ON n.pick_list_id = l.id AND n.bin_id = t.bin_id AND n.sku_id = t.sku_id AND n.lot = t.lot
                            AND n.status = 'open'
    WHERE t.id = %(task)s))
"""  # noqa: S608
_OTHERS = "SELECT 1 FROM outbound_picktask WHERE {} AND status = 'open' AND id <> %(task)s"
_PICK = f"""
WITH {_SCAN}, picked AS (
    UPDATE outbound_picktask SET picked = picked + %(quantity)s::int, is_lot_confirmed = true,
           status = CASE WHEN %(is_done)s::boolean THEN 'picked' ELSE status END
    WHERE id = %(task)s
), packing AS (
    UPDATE orders_order SET status = 'packing'
    WHERE id = %(order)s AND status = 'picking' AND %(is_done)s::boolean
      AND NOT EXISTS ({_OTHERS.format("order_id = %(order)s AND pick_list_id = %(pick_list)s")})
    RETURNING 1
), closed AS (
    UPDATE outbound_picklist SET status = 'done', finished_at = %(at)s::timestamptz
    WHERE id = %(pick_list)s AND status = 'picking' AND %(is_done)s::boolean
      AND NOT EXISTS ({_OTHERS.format("pick_list_id = %(pick_list)s")})
)
SELECT EXISTS (SELECT 1 FROM packing)
"""  # noqa: S608
_WALK = """
SELECT l.id, l.code, l.status, l.picker_id, l.warehouse_id,
       (SELECT count(*) FROM outbound_picktask WHERE pick_list_id = l.id),
       (SELECT count(*) FROM outbound_picktask WHERE pick_list_id = l.id AND status <> 'open'),
       (SELECT count(*) FROM outbound_slot WHERE pick_list_id = l.id AND NOT is_closed),
       (SELECT string_agg(DISTINCT b.code, ' ') FROM outbound_slot u JOIN warehouses_bin b ON b.id = u.tote_id
        WHERE u.pick_list_id = l.id AND NOT u.is_closed),
       free.id, free.number, free.code, free.name, free.mark_frame, free.mark_character,
       t.id, t.is_bin_confirmed, t.quantity, t.picked, t.lot, t.bin, t.sku_code, t.name, t.option, t.number, t.tote,
       t.order_code, t.seller, t.mark_frame, t.mark_character, t.expires_on, t.sku_id, t.bin_id,
       coalesce((SELECT h.code FROM catalog_photo h WHERE h.sku_id = t.sku_id ORDER BY h.id LIMIT 1), ''),
       t.asks_lot,
       (SELECT min(c.stop_id) FROM outbound_carryback c WHERE c.pick_list_id = l.id AND c.put_at IS NULL), l.method
FROM outbound_picklist l
LEFT JOIN LATERAL (
    SELECT sl.id, sl.number, o.code, m.name, m.mark_frame, m.mark_character
    FROM outbound_slot sl JOIN orders_order o ON o.id = sl.order_id JOIN members_seller m ON m.id = sl.seller_id
    WHERE sl.pick_list_id = l.id AND sl.tote_id IS NULL AND NOT sl.is_closed ORDER BY sl.number LIMIT 1
) free ON true
LEFT JOIN LATERAL (
    SELECT t.id, t.is_bin_confirmed, t.quantity, t.picked, t.lot, b.code AS bin, s.code AS sku_code, s.name, s.option,
           sl.number, coalesce(tote.code, '') AS tote, o.code AS order_code, m.name AS seller, m.mark_frame,
           m.mark_character, bs.expires_on, t.sku_id, t.bin_id,
           s.tracks_lots AND t.lot <> '' AND NOT t.is_lot_confirmed AS asks_lot
    FROM outbound_picktask t
    JOIN outbound_slot sl ON sl.id = t.slot_id JOIN orders_order o ON o.id = t.order_id
    JOIN members_seller m ON m.id = t.seller_id JOIN warehouses_bin b ON b.id = t.bin_id
    JOIN catalog_sku s ON s.id = t.sku_id LEFT JOIN warehouses_bin tote ON tote.id = sl.tote_id
    LEFT JOIN stock_binstock bs ON bs.seller_id = t.seller_id AND bs.warehouse_id = l.warehouse_id
          AND bs.sku_id = t.sku_id AND bs.bin_id = t.bin_id AND bs.lot = t.lot
    WHERE t.pick_list_id = l.id AND t.status = 'open' AND free.id IS NULL ORDER BY t.sequence LIMIT 1
) t ON true
WHERE
"""


@dataclass(frozen=True, slots=True)
class LockedStop:
    """A stop under our lock, what was scanned judged against its SKU, and whether that scan had its effect before."""

    task_id: int
    status: str
    quantity: int
    picked: int
    lot: str
    is_bin_confirmed: bool
    seller_id: int
    sku_id: int
    sku_code: str
    sku_name: str
    bin_id: int
    bin_code: str
    slot_number: int
    tote_id: int | None
    tote_code: str
    order_id: int
    order_code: str
    pick_list_id: int
    pick_list_code: str
    picker_id: int | None
    warehouse_id: int
    is_repeat: bool
    fits: bool
    asks_lot: bool  # the SKU is kept by lot, and nobody scanned the lot here


@dataclass(frozen=True, slots=True)
class Mark:
    """Whose goods: the seller's name and freight mark."""

    name: str
    mark_frame: str
    mark_character: str


@dataclass(frozen=True, slots=True)
class FreeSlot:
    """A place of the cart that still needs a tote."""

    slot_id: int
    number: int
    order_code: str
    seller: Mark


@dataclass(frozen=True, slots=True)
class Stop:
    """Where to go, what to take, how many, into which tote."""

    task_id: int
    is_bin_confirmed: bool
    quantity: int
    picked: int
    lot: str
    bin_code: str
    sku_code: str
    sku_name: str
    option: str
    slot_number: int
    tote_code: str
    order_code: str
    seller: Mark
    expires_on: date | None
    sku_id: int
    bin_id: int
    photo: str  # the code of the SKU's first one, or empty
    asks_lot: bool = False  # its lot is to be scanned before the pieces

    @property
    def missing(self) -> int:
        """Pieces still to take here."""
        return self.quantity - self.picked


@dataclass(frozen=True, slots=True)
class Walk:
    """A pick list as its picker sees it: how far it is, and the one thing to do next (none: all is picked)."""

    pick_list_id: int
    code: str
    status: str
    picker_id: int | None
    warehouse_id: int
    stops: int
    stops_done: int
    slots: int
    totes: str
    slot: FreeSlot | None
    stop: Stop | None
    stopped_id: int | None = None  # a request that took an order off this walk, with pieces to carry back
    method: str = ""

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to tie or pick."""
        return self.slot is None and self.stop is None


def lock_stop(task_id: int, *, scan: str = "", scan_id: str = "") -> LockedStop | None:
    """Lock everything a pick changes. `scan` is folded; it is compared with SKU code, seller code and barcodes."""
    return _stop(_LOCK_ALL, task_id, scan, scan_id)


def lock_bin_stop(task_id: int, *, scan_id: str = "") -> LockedStop | None:
    """Lock the task alone, for its bin."""
    return _stop(_LOCK_TASK, task_id, "", scan_id)


def _stop(statement: str, task_id: int, scan: str, scan_id: str) -> LockedStop | None:
    row = _one(statement, {"task": task_id, "scan": scan, "scan_id": scan_id})
    return LockedStop(*row) if row else None


def confirm(stop: LockedStop, scan_id: str, at: datetime) -> None:
    """The bin was scanned."""
    _run(_CONFIRM, {"task": stop.task_id, "scan_id": scan_id, "at": at})


def confirm_lot(stop: LockedStop, scan_id: str, at: datetime) -> None:
    """The lot was scanned; in a batch for all orders that take of it here."""
    _run(_CONFIRM_LOT, {"task": stop.task_id, "scan_id": scan_id, "at": at})


def pick(stop: LockedStop, quantity: int, scan_id: str, at: datetime) -> bool:
    """Pieces were taken; closes order and walk when nothing of them is open. Says whether the order is all picked."""
    parameters = {
        "task": stop.task_id,
        "order": stop.order_id,
        "pick_list": stop.pick_list_id,
        "quantity": quantity,
        "is_done": stop.picked + quantity == stop.quantity,
        "scan_id": scan_id,
        "at": at,
    }
    row = _one(_PICK, parameters)
    return bool(row and row[0])


def walk_by_code(code: str) -> Walk | None:
    """A walk as it stands."""
    return _walk("l.code = %s", code)


def walk_by_id(pick_list_id: int) -> Walk | None:
    """A walk as it stands."""
    return _walk("l.id = %s", pick_list_id)


def _walk(condition: str, value: str | int) -> Walk | None:
    with connection.cursor() as cursor:
        cursor.execute(_WALK + condition, [value])
        row = cursor.fetchone()
    if row is None:
        return None
    head, slot, stop = row[:8], row[9:15], row[15:-2]
    free = FreeSlot(*[*slot[:3], Mark(*slot[3:])]) if slot[0] is not None else None
    here = Stop(*[*stop[:12], Mark(*stop[12:15]), *stop[15:]]) if stop[0] is not None else None
    return Walk(*[*head, row[8] or "", free, here, *row[-2:]])


def _one(statement: str, parameters: dict[str, Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone()


def _run(statement: str, parameters: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
