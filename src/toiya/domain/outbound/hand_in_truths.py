"""What must always be true of parcels that their sellers pack: Smart Delivery touches no stock of ours."""

from __future__ import annotations

from toiya.core.checks import Check
from toiya.domain.outbound.events import ParcelHandedIn

_TOGETHER = """
SELECT p.code AS subject, p.status, o.code AS order_code, o.status AS order_status
FROM outbound_handin h JOIN outbound_parcel p ON p.id = h.parcel_id JOIN orders_order o ON o.id = h.order_id
WHERE p.order_id <> h.order_id OR (p.status = 'cancelled') <> h.is_cancelled
   OR (p.status IN ('labelled', 'shipped')) <> (h.handed_in_at IS NOT NULL)
   OR (NOT h.is_cancelled AND o.status NOT IN ('to_hand_in', 'handed_in', 'shipped', 'delivered'))
"""
_NO_STOCK = """
SELECT p.code AS subject, o.code AS order_code
FROM outbound_handin h JOIN outbound_parcel p ON p.id = h.parcel_id JOIN orders_order o ON o.id = h.order_id
WHERE EXISTS (SELECT 1 FROM outbound_content c WHERE c.parcel_id = p.id)
   OR EXISTS (SELECT 1 FROM stock_movement m WHERE m.source = p.code)
   OR (NOT h.is_cancelled AND EXISTS (SELECT 1 FROM allocation_allocation a WHERE a.order_id = o.id))
"""
_RECEIVED_ONCE = f"""
SELECT p.code AS subject, coalesce(e.times, 0) AS times
FROM outbound_handin h JOIN outbound_parcel p ON p.id = h.parcel_id LEFT JOIN (
    SELECT data ->> 'parcel' AS parcel, count(*) AS times FROM core_event
    WHERE name = '{ParcelHandedIn.NAME}' GROUP BY data ->> 'parcel'
) e ON e.parcel = p.code
WHERE coalesce(e.times, 0) <> (h.handed_in_at IS NOT NULL)::int
"""  # noqa: S608

CHECKS = (
    Check(
        "I13",
        "hand_ins_go_with_their_parcel",
        _TOGETHER,
        "Parcel %(subject)s of Smart Delivery is %(status)s and its order %(order_code)s %(order_status)s, "
        "which does not go with what was noted at the counter.",
    ),
    Check(
        "I05",
        "hand_ins_hold_no_stock",
        _NO_STOCK,
        "Parcel %(subject)s of order %(order_code)s was packed by its seller, yet stock of ours is booked on it.",
    ),
    Check(
        "I18",
        "handed_in_once",
        _RECEIVED_ONCE,
        "Parcel %(subject)s was received at the counter once or not at all, but its history tells it %(times)s times.",
    ),
)
