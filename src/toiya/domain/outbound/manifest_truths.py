"""What must always be true of manifests, of boxes, and of what lies in parcels besides what was ordered."""

from __future__ import annotations

from toiya.core.checks import Check
from toiya.core.own_checks import code_check

_ON_ITS_TRUCK = """
SELECT p.code AS subject, m.code AS manifest, m.carrier, coalesce(l.carrier, 'none') AS label
FROM outbound_manifestparcel s JOIN outbound_manifest m ON m.id = s.manifest_id
JOIN outbound_parcel p ON p.id = s.parcel_id LEFT JOIN carriers_label l ON l.id = p.label_id
WHERE l.carrier IS DISTINCT FROM m.carrier OR p.warehouse_id <> m.warehouse_id
"""
# Each seller's parcels ship in a transaction of their own after the hand-over; minutes later all of them have.
_HAVE_LEFT = """
SELECT p.code AS subject, m.code AS manifest, p.status
FROM outbound_manifestparcel s JOIN outbound_manifest m ON m.id = s.manifest_id
JOIN outbound_parcel p ON p.id = s.parcel_id
WHERE p.status NOT IN ('labelled', 'shipped')
   OR (m.status = 'handed_over' AND p.status <> 'shipped'
       AND m.handed_over_at < %(at)s::timestamptz - interval '10 minutes')
"""
_PLACES = """
SELECT p.code AS subject, p.status, k.code AS sku
FROM outbound_enclosure e JOIN outbound_parcel p ON p.id = e.parcel_id JOIN catalog_sku k ON k.id = e.sku_id
WHERE NOT e.is_missing AND (e.bin_id IS NULL) <> (p.status = 'open')
"""
_BOXES = """
SELECT p.code AS subject, b.code AS box
FROM outbound_parcelbox t JOIN outbound_parcel p ON p.id = t.parcel_id
JOIN outbound_packagingbox b ON b.id = t.box_id WHERE b.warehouse_id <> p.warehouse_id
"""

CHECKS = (
    Check(
        "I13",
        "parcels_are_on_their_truck",
        _ON_ITS_TRUCK,
        "Parcel %(subject)s is on %(manifest)s of %(carrier)s, but its label is of %(label)s, or it is elsewhere.",
    ),
    Check(
        "I13",
        "handed_over_has_left",
        _HAVE_LEFT,
        "Parcel %(subject)s is on manifest %(manifest)s, but it is %(status)s.",
    ),
    Check(
        "I05",
        "enclosures_have_their_place",
        _PLACES,
        "Parcel %(subject)s is %(status)s, which does not go with the place of %(sku)s in it.",
    ),
    Check(
        "I05",
        "boxes_are_of_the_house",
        _BOXES,
        "Parcel %(subject)s is packed in box %(box)s of another warehouse.",
    ),
    code_check("outbound_manifest", "MAN"),
)
COUNTS = {"manifests": "SELECT count(*) FROM outbound_manifest"}
