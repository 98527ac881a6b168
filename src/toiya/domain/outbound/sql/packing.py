"""
The statements of a scan at the packing station: lock, look, write. One each.

Lock order: the order, the parcel.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

_LOCK = """
SELECT p.id, p.code, p.status, p.seller_id, p.warehouse_id, o.id, o.code,
       (SELECT min(b.id) FROM warehouses_bin b WHERE b.warehouse_id = p.warehouse_id AND b.kind = 'staging'),
       EXISTS (SELECT 1 FROM outbound_scan WHERE scan_id = %(scan_id)s::text),
       EXISTS (SELECT 1 FROM outbound_insert i WHERE i.seller_id = p.seller_id AND i.is_active)
       OR EXISTS (SELECT 1 FROM outbound_enclosure e WHERE e.parcel_id = p.id)
FROM outbound_parcel p JOIN orders_order o ON o.id = p.order_id
WHERE p.code = %(parcel)s FOR NO KEY UPDATE OF o, p
"""
# What lies in the order's other boxes does not belong into this one.
_LINES = """
WITH elsewhere AS (
    SELECT c.line_id, c.sku_id, c.lot, sum(c.quantity) AS quantity
    FROM outbound_parcel p JOIN outbound_content c ON c.parcel_id = p.id
    WHERE p.order_id = %(order)s AND p.id <> %(parcel)s GROUP BY c.line_id, c.sku_id, c.lot
)
SELECT t.line_id, t.lot, t.sku_id, s.code, s.name, s.option, s.weight_g,
       sum(t.picked) - coalesce(max(e.quantity), 0), coalesce(max(c.quantity), 0),
       %(scan)s::text <> '' AND (upper(s.code) = %(scan)s::text OR upper(s.seller_code) = %(scan)s::text OR EXISTS (
           SELECT 1 FROM catalog_barcode c WHERE c.sku_id = s.id AND upper(c.barcode) = %(scan)s::text)),
       concat_ws(' ', nullif(s.packing_note, ''), CASE WHEN w.id <> s.id THEN nullif(w.packing_note, '') END),
       coalesce(nullif(ow.service_code, ''), nullif(w.preferred_service, ''), s.preferred_service),
       coalesce((SELECT trim(x.name || ' ' || x.option) FROM catalog_sku x
                 WHERE x.id = coalesce(w.packaging_id, s.packaging_id)), ''),
       coalesce((SELECT h.code FROM catalog_photo h WHERE h.sku_id = s.id ORDER BY h.id LIMIT 1), ''),
       coalesce(w.packaging_id, s.packaging_id), s.length_mm, s.width_mm, s.height_mm, s.tracks_serials,
       CASE WHEN s.tracks_serials THEN (SELECT count(*) FROM outbound_serialnumber n
                                        WHERE n.parcel_id = %(parcel)s AND n.sku_id = s.id) ELSE 0 END
FROM outbound_picktask t
JOIN outbound_slot sl ON sl.id = t.slot_id AND NOT sl.is_closed
JOIN catalog_sku s ON s.id = t.sku_id
LEFT JOIN orders_line l ON l.id = t.line_id
LEFT JOIN catalog_sku w ON w.id = l.sku_id
LEFT JOIN orders_wish ow ON ow.order_id = t.order_id
LEFT JOIN outbound_content c
       ON c.parcel_id = %(parcel)s AND c.line_id = t.line_id AND c.sku_id = t.sku_id AND c.lot = t.lot
LEFT JOIN elsewhere e ON e.line_id = t.line_id AND e.sku_id = t.sku_id AND e.lot = t.lot
WHERE t.order_id = %(order)s AND t.picked > 0
GROUP BY t.line_id, t.lot, t.sku_id, s.id, w.id, ow.order_id
HAVING sum(t.picked) > coalesce(max(e.quantity), 0) ORDER BY min(t.sequence)
"""
_PUT = """
WITH scan AS (
    INSERT INTO outbound_scan (scan_id, at) SELECT %(scan_id)s::text, %(at)s::timestamptz WHERE %(scan_id)s::text <> ''
)
INSERT INTO outbound_content (seller_id, parcel_id, order_id, line_id, sku_id, bin_id, lot, quantity)
VALUES (%(seller)s, %(parcel)s, %(order)s, %(line)s, %(sku)s, %(bin)s, %(lot)s, 1)
ON CONFLICT (parcel_id, line_id, sku_id, lot) DO UPDATE SET quantity = outbound_content.quantity + 1
"""


@dataclass(frozen=True, slots=True)
class LockedParcel:
    """A parcel being packed, under our lock."""

    parcel_id: int
    code: str
    status: str
    seller_id: int
    warehouse_id: int
    order_id: int
    order_code: str
    staging_bin_id: int
    is_repeat: bool
    may_have_enclosures: bool  # its seller has inserts, or something was scanned


@dataclass(frozen=True, slots=True)
class PackLine:
    """
    Pieces of one order line, SKU and lot: how many were picked, how many are in the parcel, and whether the scan fits.

    The seller's wishes are those of the SKU and of the bundle it was ordered in: how to pack it, by which carrier
    service (what was wished for the order comes first), in which packaging of the seller's own.
    """

    line_id: int
    lot: str
    sku_id: int
    sku_code: str
    sku_name: str
    option: str
    weight_g: int
    picked: int
    packed: int
    fits: bool = False
    packing_note: str = ""
    preferred_service: str = ""
    own_packaging: str = ""
    photo: str = ""  # the code of the SKU's first one
    packaging_id: int | None = None
    length_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0
    tracks_serials: bool = False
    serials: int = 0  # numbers of this SKU that were scanned into the parcel, of all its lines

    @property
    def missing(self) -> int:
        """Pieces not scanned into the parcel yet."""
        return self.picked - self.packed


def lock_parcel(code: str, scan_id: str = "") -> LockedParcel | None:
    """Lock a parcel and its order."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, {"parcel": code, "scan_id": scan_id})
        row = cursor.fetchone()
    return LockedParcel(*row) if row else None


def lines(parcel_id: int, order_id: int, scan: str = "") -> list[PackLine]:
    """What lies in the order's totes and how much of it is in the parcel; `scan` is folded."""
    with connection.cursor() as cursor:
        cursor.execute(_LINES, {"parcel": parcel_id, "order": order_id, "scan": scan})
        return [PackLine(*row) for row in cursor.fetchall()]


def put_piece(parcel: LockedParcel, line: PackLine, scan_id: str, at: datetime) -> None:
    """One more piece of the line is in the parcel."""
    parameters: dict[str, Any] = {
        "seller": parcel.seller_id,
        "parcel": parcel.parcel_id,
        "order": parcel.order_id,
        "line": line.line_id,
        "sku": line.sku_id,
        "bin": parcel.staging_bin_id,
        "lot": line.lot,
        "scan_id": scan_id,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PUT, parameters)
