"""What must always be true of totes on carts and of pick bins."""

from __future__ import annotations

from toiya.core.checks import Check

_ONE_WALK = """
SELECT b.code AS subject, count(DISTINCT s.pick_list_id) AS walks
FROM outbound_slot s JOIN warehouses_bin b ON b.id = s.tote_id WHERE NOT s.is_closed
GROUP BY b.id, b.code HAVING count(DISTINCT s.pick_list_id) > 1
"""
_OWN_HOUSE = """
SELECT k.code AS subject, b.code AS bin
FROM outbound_pickface f JOIN catalog_sku k ON k.id = f.sku_id JOIN warehouses_bin b ON b.id = f.bin_id
WHERE k.seller_id <> f.seller_id OR b.warehouse_id <> f.warehouse_id OR b.kind <> 'storage'
"""

CHECKS = (
    Check(
        "I05", "totes_are_on_one_walk", _ONE_WALK, "Tote %(subject)s holds orders of %(walks)s walks at the same time."
    ),
    Check(
        "I05",
        "pick_bins_are_of_the_house",
        _OWN_HOUSE,
        "SKU %(subject)s is picked from bin %(bin)s, which is no shelf of that warehouse, or for another seller.",
    ),
)
COUNTS = {"pick_faces": "SELECT count(*) FROM outbound_pickface"}
