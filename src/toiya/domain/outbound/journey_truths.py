"""What must always be true of orders after the truck."""

from __future__ import annotations

from toiya.core.checks import Check

_DELIVERED = """
SELECT o.code AS subject, p.code AS parcel, coalesce(j.state, '') AS state
FROM orders_order o JOIN outbound_parcel p ON p.order_id = o.id AND p.status <> 'cancelled'
LEFT JOIN carriers_journey j ON j.label_id = p.label_id
WHERE o.status = 'delivered' AND j.state IS DISTINCT FROM 'delivered'
  AND NOT EXISTS (SELECT 1 FROM carriers_carrierscan s WHERE s.label_id = p.label_id AND s.state = 'delivered')
"""

CHECKS = (
    Check(
        "I13",
        "delivered_orders_were_delivered",
        _DELIVERED,
        "Order %(subject)s is delivered, but the carrier never said so of its parcel %(parcel)s (%(state)s).",
    ),
)
