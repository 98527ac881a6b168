"""
The statements of tying a tote to a slot of the cart. One each.

Lock order: the slot alone; the database refuses a tote that is tied to two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

_SCAN = """scan AS (
    INSERT INTO outbound_scan (scan_id, at) SELECT %(scan_id)s::text, %(at)s::timestamptz WHERE %(scan_id)s::text <> ''
)"""
_LOCK_SLOT = """
SELECT sl.id, sl.tote_id, sl.is_closed, l.id, l.code, l.picker_id, l.warehouse_id, tote.id, coalesce(tote.code, ''),
       EXISTS (SELECT 1 FROM outbound_slot u WHERE u.tote_id = tote.id AND NOT u.is_closed AND u.id <> sl.id)
       OR EXISTS (SELECT 1 FROM outbound_carryback c WHERE c.tote_id = tote.id AND c.put_at IS NULL),
       EXISTS (SELECT 1 FROM outbound_scan WHERE scan_id = %(scan_id)s::text)
FROM outbound_slot sl
JOIN outbound_picklist l ON l.id = sl.pick_list_id
LEFT JOIN warehouses_bin tote
       ON tote.warehouse_id = l.warehouse_id AND tote.kind = 'tote' AND tote.code = ANY(%(codes)s::text[])
WHERE sl.id = %(slot)s ORDER BY tote.id LIMIT 1 FOR NO KEY UPDATE OF sl
"""
# The orders of a batch share the tote; the slot that was scanned for holds it for all of them.
_TIE = f"""
WITH {_SCAN} UPDATE outbound_slot SET tote_id = %(tote)s, shares_tote = id <> %(slot)s
WHERE id = %(slot)s OR (pick_list_id = (SELECT pick_list_id FROM outbound_slot WHERE id = %(slot)s)
                        AND shares_tote AND tote_id IS NULL AND NOT is_closed)
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class LockedSlot:
    """A slot under our lock, and the tote of this warehouse that was scanned for it."""

    slot_id: int
    present_tote_id: int | None
    is_closed: bool
    pick_list_id: int
    pick_list_code: str
    picker_id: int | None
    warehouse_id: int
    tote_id: int | None
    tote_code: str
    is_in_use: bool
    is_repeat: bool


def lock_slot(slot_id: int, codes: list[str], scan_id: str = "") -> LockedSlot | None:
    """Lock a slot; `codes` are what the scanned tote may be called."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_SLOT, {"slot": slot_id, "codes": codes, "scan_id": scan_id})
        row = cursor.fetchone()
    return LockedSlot(*row) if row else None


def tie(slot_id: int, tote_id: int, scan_id: str, at: datetime) -> None:
    """The tote stands in the slot. The database refuses a tote that stands in another open slot."""
    with connection.cursor() as cursor:
        cursor.execute(_TIE, {"slot": slot_id, "tote": tote_id, "scan_id": scan_id, "at": at})
