"""What must always be true of shared stock."""

from __future__ import annotations

from toiya.core.checks import Check, Truths
from toiya.core.own_checks import code_check
from toiya.domain.stock.models import Movement

_OUT, _IN = int(Movement.Kind.LEND_OUT), int(Movement.Kind.LEND_IN)
# Every piece that left the giver's book is in the taker's, or its handing is not taken yet.
_HANDS = f"""
SELECT coalesce(h.code, m.source) AS subject, coalesce(h.quantity, 0) AS handed, coalesce(h.taken, 0) AS taken,
       coalesce(m.gone, 0) AS gone, coalesce(m.come, 0) AS come
FROM (
    SELECT h.code, h.quantity, CASE WHEN t.handing_id IS NULL THEN 0 ELSE h.quantity END AS taken
    FROM lending_handing h LEFT JOIN lending_taking t ON t.handing_id = h.id AND t.seller_id = h.taker_id
) h FULL JOIN (
    SELECT m.source,
           coalesce(sum(m.quantity) FILTER (
               WHERE m.kind = {_OUT} AND m.warehouse_id = h.warehouse_id
               AND (m.seller_id, m.sku_id) = (h.seller_id, h.sku_id)
           ), 0) AS gone,
           coalesce(sum(m.quantity) FILTER (
               WHERE m.kind = {_IN} AND m.warehouse_id = h.warehouse_id
               AND (m.seller_id, m.sku_id) = (h.taker_id, h.to_sku_id)
           ), 0) AS come
    FROM stock_movement m LEFT JOIN lending_handing h ON h.code = m.source
    WHERE m.kind IN ({_OUT}, {_IN}) GROUP BY m.source
) m ON m.source = h.code
WHERE h.code IS NULL OR (h.quantity, h.taken) <> (coalesce(m.gone, 0), coalesce(m.come, 0))
"""  # noqa: S608
_PARTS = """
SELECT h.code AS subject, h.quantity, coalesce(p.pieces, 0) AS pieces FROM lending_handing h LEFT JOIN (
    SELECT handing_id, sum(quantity) AS pieces FROM lending_handingpart GROUP BY handing_id
) p ON p.handing_id = h.id WHERE h.quantity <> coalesce(p.pieces, 0)
"""
_SIDES = """
SELECT k.code AS subject, s.code AS source FROM lending_mirror m
JOIN catalog_sku k ON k.id = m.sku_id JOIN catalog_sku s ON s.id = m.source_id
JOIN catalog_itemshare h ON h.id = m.share_id
WHERE (k.seller_id, s.seller_id, s.item_id, h.partner_id) <> (m.seller_id, h.seller_id, h.item_id, m.seller_id)
"""
_PARTNERS = """
SELECT h.code AS subject FROM lending_handing h JOIN catalog_itemshare s ON s.id = h.share_id
JOIN catalog_sku k ON k.id = h.to_sku_id LEFT JOIN lending_taking t ON t.handing_id = h.id
LEFT JOIN lending_mirror m ON (m.source_id, m.sku_id) =
    CASE WHEN h.is_back THEN (h.to_sku_id, h.sku_id) ELSE (h.sku_id, h.to_sku_id) END
WHERE m.id IS NULL OR k.seller_id <> h.taker_id OR coalesce(t.seller_id, h.taker_id) <> h.taker_id
   OR (s.seller_id, s.partner_id) <>
      CASE WHEN h.is_back THEN (h.taker_id, h.seller_id) ELSE (h.seller_id, h.taker_id) END
"""

TRUTHS = Truths(
    checks=(
        Check(
            "I32",
            "what_left_one_book_is_in_the_other",
            _HANDS,
            "Handing %(subject)s: %(handed)s pieces, %(taken)s of them taken; by the ledger %(gone)s left the giver's "
            "book and %(come)s came into the taker's.",
        ),
        Check(
            "I32",
            "handings_are_sums_of_their_parts",
            _PARTS,
            "Handing %(subject)s says %(quantity)s pieces, its places hold %(pieces)s.",
        ),
        Check(
            "I32",
            "mirrors_stand_between_partners",
            _SIDES,
            "SKU %(subject)s mirrors %(source)s, which its share does not speak of.",
        ),
        Check(
            "I32",
            "handings_are_between_partners",
            _PARTNERS,
            "Handing %(subject)s is not between the two sellers of its share, or not of a SKU and its mirror.",
        ),
        code_check("lending_handing", "HND"),
    ),
    counts={"handings": "SELECT count(*) FROM lending_handing", "mirrors": "SELECT count(*) FROM lending_mirror"},
)
