"""What must always be true of orders that were divided or joined."""

from __future__ import annotations

from toiya.core.checks import Check

_DIVIDED = """
SELECT o.code AS subject, min(l.title) AS title, sum(l.quantity) AS things, max(g.bought) AS bought
FROM orders_lineorigin g JOIN orders_line l ON l.id = g.line_id JOIN orders_order o ON o.id = g.order_id
GROUP BY g.root_id, o.code
HAVING sum(l.quantity) <> max(g.bought) OR min(g.bought) <> max(g.bought)
    OR (count(*) > 1 AND NOT bool_and(g.is_divided)) OR count(DISTINCT l.external_id) > 1
    OR bool_or(l.seller_id <> g.seller_id OR o.seller_id <> g.seller_id)
"""
_SPLIT = """
SELECT o.code AS subject, s.code AS source
FROM orders_splitoff p JOIN orders_order o ON o.id = p.order_id JOIN orders_order s ON s.id = p.source_id
WHERE (o.seller_id, o.channel, o.shop_code, o.currency) IS DISTINCT FROM (s.seller_id, s.channel, s.shop_code,
      s.currency) OR o.id <= s.id
"""
_MERGED = """
SELECT o.code AS subject, o.status, t.code AS target
FROM orders_mergedaway m JOIN orders_order o ON o.id = m.order_id JOIN orders_order t ON t.id = m.into_id
WHERE o.status <> 'cancelled' OR o.id = t.id OR o.seller_id <> t.seller_id OR o.total_minor <> 0
   OR EXISTS (SELECT 1 FROM orders_line l WHERE l.order_id = o.id AND NOT l.is_cancelled)
"""

CHECKS = (
    Check(
        "I10",
        "divided_lines_sum_up",
        _DIVIDED,
        "Order %(subject)s: %(bought)s of %(title)s were bought, but the parts of that line are %(things)s.",
    ),
    Check(
        "I10",
        "parts_are_of_one_shop",
        _SPLIT,
        "Order %(subject)s was split off from %(source)s, but that is of another shop or came later.",
    ),
    Check(
        "I10",
        "merged_orders_ended",
        _MERGED,
        "Order %(subject)s is %(status)s, but it was merged into %(target)s, so it ends empty.",
    ),
)
