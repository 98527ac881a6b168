"""What must always be true of orders as they came in."""

from __future__ import annotations

from toiya.core.checks import Check, Reference, Truths
from toiya.core.own_checks import code_check
from toiya.domain.orders import split_truths
from toiya.domain.orders.events import OrderPlaced

_TWICE = """
SELECT min(code) AS subject, external_id, shop_code, count(*) AS orders, max(code) AS other
FROM orders_order GROUP BY seller_id, shop_code, external_id HAVING count(*) > 1
"""
_PLACED = f"""
SELECT o.code AS subject, coalesce(e.times, 0) AS times
FROM orders_order o LEFT JOIN (
    SELECT subject, count(*) AS times FROM core_event WHERE name = '{OrderPlaced.NAME}' GROUP BY subject
) e ON e.subject = o.code
WHERE coalesce(e.times, 0) <> 1
"""  # noqa: S608
_EVENTS = """
SELECT o.code AS subject, e.id AS event, e.name
FROM core_event e JOIN orders_order o ON o.code = e.subject
WHERE e.seller_id IS DISTINCT FROM o.seller_id
"""

_UNLISTED = """
SELECT o.code AS subject, o.status FROM orders_order o
WHERE o.status NOT IN ('shipped', 'delivered', 'cancelled') AND NOT EXISTS (
    SELECT 1 FROM orders_openorder w WHERE w.seller_id = o.seller_id AND w.order_id = o.id
)
"""
_NUMBERS = """
SELECT m.number AS subject FROM orders_managedorder m WHERE m.number <> (1000000 + m.id)::text
"""
_FLIGHTLESS = """
SELECT o.code AS subject, a.country
FROM orders_order o JOIN orders_address a ON a.order_id = o.id
WHERE a.country <> 'JP' AND o.status <> 'cancelled'
AND NOT EXISTS (SELECT 1 FROM orders_hold h WHERE h.order_id = o.id AND h.code = 'abroad')
"""

_UNEXPLAINED = """
SELECT o.code AS subject, o.promised_at, m.now_for
FROM orders_order o JOIN LATERAL (
    SELECT now_for FROM orders_promisemove WHERE order_id = o.id ORDER BY id DESC LIMIT 1
) m ON true
WHERE o.promised_at IS DISTINCT FROM m.now_for
"""

TRUTHS = Truths(
    checks=(
        Check(
            "I10",
            "one_order_per_cart",
            _TWICE,
            "The site's order %(external_id)s of shop %(shop_code)s is here %(orders)s times: %(subject)s, %(other)s.",
        ),
        Check(
            "I13",
            "placed_once",
            _PLACED,
            "Order %(subject)s was placed once, but its history tells it %(times)s times.",
        ),
        Check(
            "I14",
            "events_of_the_orders_seller",
            _EVENTS,
            "Event %(event)s (%(name)s) on order %(subject)s belongs to another seller.",
        ),
        Check(
            "I10",
            "open_orders_are_listed",
            _UNLISTED,
            "Order %(subject)s is %(status)s but missing among the open orders, so no list of work shows it.",
        ),
        Check(
            "I10",
            "management_numbers",
            _NUMBERS,
            "Management number %(subject)s is not the number of its row, so two orders may come to share one.",
        ),
        Check(
            "I10",
            "orders_abroad_were_held",
            _FLIGHTLESS,
            "Order %(subject)s goes to %(country)s, but nobody was ever asked for its customs papers.",
        ),
        Check(
            "I10",
            "promises_are_moved_with_a_cause",
            _UNEXPLAINED,
            "Order %(subject)s is promised for %(promised_at)s, but its last recorded move says %(now_for)s.",
        ),
        *split_truths.CHECKS,
        code_check("orders_order", "ORD"),
    ),
    counts={
        "orders": "SELECT count(*) FROM orders_order",
        "lines": "SELECT count(*) FROM orders_line",
    },
    references=(Reference("orders_line", "sku_id", "catalog_sku"),),
)
