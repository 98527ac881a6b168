"""What must always be true between us and the sales sites."""

from __future__ import annotations

from toiya.core.checks import Check, Level, Truths
from toiya.core.own_checks import code_check
from toiya.domain.channels.events import NumberNotTold, SwitchesSet, TrackingAccepted

# A shipped parcel of a shop that wrote back when it left: the last switch before counts, or the one never touched.
_UNTOLD = f"""
SELECT p.code AS subject, o.code AS order_code, c.name AS shop
FROM outbound_parcel p
JOIN orders_order o ON o.id = p.order_id AND o.shop_code <> ''
JOIN channels_connection c ON c.code = o.shop_code AND c.seller_id = p.seller_id AND c.is_writing_back
WHERE p.status = 'shipped' AND p.label_id IS NOT NULL AND p.shipped_at >= c.connected_at
  AND NOT EXISTS (SELECT 1 FROM channels_writeback w WHERE w.parcel_id = p.id)
  AND coalesce(
      (SELECT (e.data ->> 'is_writing_back')::bool FROM core_event e
       WHERE e.subject = c.code AND e.name = '{SwitchesSet.NAME}' AND e.at <= p.shipped_at ORDER BY e.id DESC LIMIT 1),
      NOT EXISTS (SELECT 1 FROM core_event e WHERE e.subject = c.code AND e.name = '{SwitchesSet.NAME}'))
  AND """  # noqa: S608
# A job that is woken, or looks just now, may still store it.
_LOOKED = """(
    c.wanted_at > p.shipped_at AND NOT EXISTS (
        SELECT 1 FROM procrastinate_jobs j WHERE j.task_name = 'channels.want' AND j.status IN ('todo', 'doing')
        AND (j.args ->> 'seller_id')::bigint = p.seller_id
    ))"""
_ENDED = """
SELECT p.code AS subject, o.code AS order_code, c.name AS shop, w.status, w.problem, w.site_message AS words
FROM channels_writeback w JOIN outbound_parcel p ON p.id = w.parcel_id JOIN orders_order o ON o.id = p.order_id
JOIN channels_connection c ON c.id = w.connection_id
WHERE w.status NOT IN ('waiting', 'accepted') AND NOT (w.status = 'rejected' AND w.problem = 'cancelled')
"""
# The buyer cancelled at the site when the box was sealed: it left, and the site takes no number any more. Nothing of
# ours is wrong, and nothing will change it; what is left to do is between the seller and the buyer.
_TOO_LATE = """
SELECT p.code AS subject, o.code AS order_code, c.name AS shop
FROM channels_writeback w JOIN outbound_parcel p ON p.id = w.parcel_id JOIN orders_order o ON o.id = p.order_id
JOIN channels_connection c ON c.id = w.connection_id
WHERE w.status = 'rejected' AND w.problem = 'cancelled'
"""
_WAITING = """
SELECT p.code AS subject, o.code AS order_code, c.name AS shop, w.attempt, w.problem
FROM channels_writeback w JOIN outbound_parcel p ON p.id = w.parcel_id JOIN orders_order o ON o.id = p.order_id
JOIN channels_connection c ON c.id = w.connection_id
WHERE w.status = 'waiting'
"""
_EARLY = """
SELECT p.code AS subject, p.status, w.status AS told
FROM channels_writeback w JOIN outbound_parcel p ON p.id = w.parcel_id WHERE p.status <> 'shipped'
"""
_ONCE = f"""
SELECT p.code AS subject, o.code AS order_code, w.status, coalesce(t.times, 0) AS times
FROM channels_writeback w JOIN outbound_parcel p ON p.id = w.parcel_id JOIN orders_order o ON o.id = p.order_id
LEFT JOIN (
    SELECT subject, data ->> 'parcel' AS parcel, count(*) AS times FROM core_event
    WHERE name IN ('{TrackingAccepted.NAME}', '{NumberNotTold.NAME}') GROUP BY subject, data ->> 'parcel'
) t ON t.subject = o.code AND t.parcel = p.code
WHERE coalesce(t.times, 0) <> (w.status = 'accepted')::int
"""  # noqa: S608
_SHOWN = """
SELECT c.code AS subject, l.title, w.quantity, coalesce(w.told_quantity, 0) AS told
FROM channels_stockpush w JOIN channels_listing l ON l.id = w.listing_id
JOIN channels_connection c ON c.id = w.connection_id
WHERE w.status = 'accepted' AND (w.told_version <> w.version OR w.told_quantity IS DISTINCT FROM w.quantity)
"""
_FOREIGN_SHOPS = """
SELECT o.code AS subject, c.code AS shop FROM orders_order o JOIN channels_connection c ON c.code = o.shop_code
WHERE c.seller_id <> o.seller_id
"""
_LINKS = """
SELECT c.code AS subject, l.shop_id, l.channel FROM channels_consolelink l
JOIN channels_connection c ON c.id = l.connection_id
WHERE c.channel <> l.channel OR c.shop_id <> l.shop_id
"""
_ENDED_OTHERS = """
SELECT c.code AS subject, 'confirmation of ' || o.code AS what, w.status, w.problem
FROM channels_confirmation w JOIN orders_order o ON o.id = w.order_id
JOIN channels_connection c ON c.id = w.connection_id
WHERE w.status IN ('rejected', 'given_up')
UNION ALL
SELECT c.code, 'stock number of ' || l.title, w.status, w.problem
FROM channels_stockpush w JOIN channels_listing l ON l.id = w.listing_id
JOIN channels_connection c ON c.id = w.connection_id
WHERE w.status IN ('rejected', 'given_up')
"""
_COUNTED = """
SELECT c.code AS subject, r.night, r.differences, count(d.id) AS rows
FROM channels_reconciliation r JOIN channels_connection c ON c.id = r.connection_id
LEFT JOIN channels_numberdifference d ON d.reconciliation_id = r.id
GROUP BY c.code, r.id HAVING count(d.id) > r.differences OR r.differences > r.listings
"""
_OTHER_SHOPS = """
SELECT c.code AS subject, r.night, l.external_id AS listing
FROM channels_numberdifference d JOIN channels_reconciliation r ON r.id = d.reconciliation_id
JOIN channels_connection c ON c.id = r.connection_id JOIN channels_listing l ON l.id = d.listing_id
WHERE l.connection_id <> r.connection_id
"""

TRUTHS = Truths(
    checks=(
        Check(
            "I11",
            "shipped_parcels_have_a_write_back",
            _UNTOLD + _LOOKED,
            "Parcel %(subject)s of order %(order_code)s left, but its number was never to be told to %(shop)s.",
        ),
        Check(
            "I11",
            "write_backs_not_ended",
            _ENDED,
            "Parcel %(subject)s of order %(order_code)s: telling its number to %(shop)s is %(status)s "
            "(%(problem)s %(words)s). Mend the cause, then try once more on the shop's page.",
        ),
        Check(
            "I11",
            "parcels_cancelled_too_late",
            _TOO_LATE,
            "Parcel %(subject)s of order %(order_code)s left after its buyer cancelled at %(shop)s, which takes no "
            "number for it now. Settle it with the buyer.",
            Level.NOTE,
        ),
        Check(
            "I11",
            "write_backs_of_shipped_parcels",
            _EARLY,
            "Parcel %(subject)s is %(status)s, but its number is %(told)s at the site already.",
        ),
        Check(
            "I11",
            "write_backs_in_effect_once",
            _ONCE,
            "Parcel %(subject)s of order %(order_code)s: its write-back is %(status)s, its history tells of %(times)s "
            "acceptances.",
        ),
        Check(
            "I11",
            "write_backs_waiting",
            _WAITING,
            "Parcel %(subject)s of order %(order_code)s: its number still has to be told to %(shop)s "
            "(attempt %(attempt)s %(problem)s).",
            Level.OPEN,
        ),
        Check(
            "I11",
            "write_backs_to_be_stored",
            f"{_UNTOLD} {_LOOKED} IS NOT TRUE",
            "Parcel %(subject)s of order %(order_code)s left; its number is about to be told to %(shop)s.",
            Level.OPEN,
        ),
        Check(
            "I12",
            "sites_show_what_was_told",
            _SHOWN,
            "Shop %(subject)s: %(title)s should show %(quantity)s, the accepted number is %(told)s.",
        ),
        Check(
            "I14",
            "orders_of_own_shops",
            _FOREIGN_SHOPS,
            "Order %(subject)s says it came from %(shop)s, a shop of another seller.",
        ),
        Check(
            "I12",
            "other_tellings_ended",
            _ENDED_OTHERS,
            "Shop %(subject)s: the %(what)s is %(status)s (%(problem)s).",
            Level.NOTE,
        ),
        Check(
            "I14",
            "links_of_their_own_shops",
            _LINKS,
            "The console of %(channel)s shop %(shop_id)s opens the door to %(subject)s, which is another shop.",
        ),
        Check(
            "I12",
            "differences_are_counted",
            _COUNTED,
            "Shop %(subject)s, night of %(night)s: %(differences)s differences are told of, %(rows)s are kept.",
        ),
        Check(
            "I14",
            "differences_of_their_own_shop",
            _OTHER_SHOPS,
            "Shop %(subject)s, night of %(night)s: listing %(listing)s belongs to another shop.",
        ),
        code_check("channels_connection", "CON"),
        code_check("channels_linkact", "LNK"),
    ),
    counts={
        "write_backs": "SELECT count(*) FROM channels_writeback",
        "write_backs_accepted": "SELECT count(*) FROM channels_writeback WHERE status = 'accepted'",
        "write_backs_waiting": "SELECT count(*) FROM channels_writeback WHERE status = 'waiting'",
        "confirmations_waiting": "SELECT count(*) FROM channels_confirmation WHERE status = 'waiting'",
        "stock_numbers_waiting": "SELECT count(*) FROM channels_stockpush WHERE status = 'waiting'",
    },
)
