"""What must always be true of deliveries."""

from __future__ import annotations

from toiya.core.checks import Check, Truths
from toiya.core.own_checks import code_check
from toiya.domain.inbound import receiving_truths
from toiya.domain.stock.models import Movement

_LINES = """
SELECT b.code AS subject, k.code AS sku, coalesce(l.told, 0) AS told, coalesce(r.asked, 0) AS asked
FROM (
    SELECT bundle_id, sku_id, sum(told) AS told FROM inbound_bundleline GROUP BY bundle_id, sku_id
) l FULL JOIN (
    SELECT bundle_id, sku_id, sum(quantity) AS asked FROM inbound_inboundrequest
    WHERE bundle_id IS NOT NULL GROUP BY bundle_id, sku_id
) r USING (bundle_id, sku_id)
JOIN inbound_cargobundle b ON b.id = bundle_id JOIN catalog_sku k ON k.id = sku_id
WHERE b.status IN ('requested', 'confirmed', 'shipped', 'arrived', 'completed')
  AND coalesce(l.told, 0) <> coalesce(r.asked, 0)
"""
_CARTONS = """
SELECT b.code AS subject, k.code AS sku, p.packed, coalesce(l.told, 0) AS told
FROM (
    SELECT c.bundle_id, i.sku_id, sum(i.quantity) AS packed
    FROM inbound_cartonline i JOIN inbound_carton c ON c.id = i.carton_id GROUP BY c.bundle_id, i.sku_id
) p JOIN inbound_cargobundle b ON b.id = p.bundle_id JOIN catalog_sku k ON k.id = p.sku_id
LEFT JOIN inbound_bundleline l ON l.bundle_id = p.bundle_id AND l.sku_id = p.sku_id
WHERE p.packed > coalesce(l.told, 0)
"""
_FEES = """
SELECT b.code AS subject, b.status, b.estimate_minor AS fee, coalesce(r.status, 'nothing') AS found
FROM inbound_cargobundle b LEFT JOIN wallet_reservation r ON r.seller_id = b.seller_id AND r.source = b.code
WHERE (b.estimate_minor > 0 OR r.id IS NOT NULL) AND (
    r.amount_minor IS DISTINCT FROM b.estimate_minor
    OR r.status IS DISTINCT FROM CASE b.status
        WHEN 'completed' THEN CASE WHEN b.fee_source IN ('', b.code) THEN 'captured'
            WHEN b.fee_taken_at IS NULL THEN 'open' ELSE 'voided' END
        WHEN 'rejected' THEN 'voided' WHEN 'deleted' THEN 'voided' ELSE 'open' END)
"""
_CHARGED = """
SELECT b.code AS subject, b.estimate_minor AS amount, coalesce(c.total, 0) AS total
FROM inbound_cargobundle b LEFT JOIN (
    SELECT seller_id, source, sum(amount_minor) AS total FROM pricing_charge GROUP BY seller_id, source
) c ON c.seller_id = b.seller_id AND c.source = b.code
WHERE coalesce(c.total, 0) <> b.estimate_minor AND b.created_at >= (SELECT min(at) FROM pricing_charge)
"""
_COUNTED = """
SELECT b.code AS subject, b.fee_minor AS fee, coalesce(c.total, 0) AS charged, coalesce(v.amount_minor, 0) AS taken
FROM inbound_cargobundle b LEFT JOIN (
    SELECT seller_id, source, sum(amount_minor) AS total FROM pricing_charge GROUP BY seller_id, source
) c ON c.seller_id = b.seller_id AND c.source = b.fee_source
LEFT JOIN wallet_reservation v ON v.seller_id = b.seller_id AND v.source = b.fee_source AND v.status = 'captured'
WHERE b.fee_minor IS NOT NULL AND b.fee_source <> b.code AND (
    b.fee_minor <> coalesce(c.total, 0)
    OR coalesce(v.amount_minor, 0) <> CASE WHEN b.fee_taken_at IS NULL THEN 0 ELSE b.fee_minor END)
"""
_REQUESTS = """
SELECT r.code AS subject, r.status, coalesce(b.status, 'none') AS bundle
FROM inbound_inboundrequest r LEFT JOIN inbound_cargobundle b ON b.id = r.bundle_id
WHERE (r.status = 'bundled') <> (coalesce(b.status, '') IN ('requested', 'confirmed', 'shipped', 'arrived'))
"""
_OUT = f"""
SELECT r.code AS subject, r.quantity AS asked, coalesce(m.pieces, 0) AS taken
FROM inbound_inboundrequest r LEFT JOIN (
    SELECT seller_id, source, sku_id, warehouse_id, sum(quantity) AS pieces FROM stock_movement
    WHERE kind = {int(Movement.Kind.TAKE_OUT)} GROUP BY seller_id, source, sku_id, warehouse_id
) m ON m.seller_id = r.seller_id AND m.source = r.code AND m.sku_id = r.sku_id AND m.warehouse_id = r.warehouse_id
WHERE r.kind = 'out'
  AND coalesce(m.pieces, 0) <> CASE r.status WHEN 'completed' THEN r.quantity ELSE 0 END
"""  # noqa: S608
_SLOTS = """
SELECT b.code AS subject, s.dock, b.status FROM inbound_dockslot s JOIN inbound_cargobundle b ON b.id = s.bundle_id
WHERE s.warehouse_id <> b.warehouse_id OR b.status IN ('rejected', 'deleted')
"""

TRUTHS = Truths(
    checks=(
        *receiving_truths.CHECKS,
        Check(
            "I24",
            "bundles_hold_their_requests",
            _LINES,
            "Cargo bundle %(subject)s tells %(told)s pieces of %(sku)s and its requests ask for %(asked)s.",
        ),
        Check(
            "I24",
            "cartons_within_bundle",
            _CARTONS,
            "Cargo bundle %(subject)s: its cartons hold %(packed)s pieces of %(sku)s and %(told)s were told.",
        ),
        Check(
            "I24",
            "bundle_fees_set_aside",
            _FEES,
            "Cargo bundle %(subject)s is %(status)s with a fee of %(fee)s, and the wallet has %(found)s for it.",
        ),
        Check(
            "I08",
            "bundles_are_charged_their_fee",
            _CHARGED,
            "Cargo bundle %(subject)s has a fee of %(amount)s, its charges sum to %(total)s.",
        ),
        Check(
            "I08",
            "counted_fees_are_charged_and_taken",
            _COUNTED,
            "Cargo bundle %(subject)s: what was counted costs %(fee)s, %(charged)s were charged and %(taken)s taken.",
        ),
        Check(
            "I24",
            "requests_follow_their_bundle",
            _REQUESTS,
            "Request %(subject)s is %(status)s and its cargo bundle is %(bundle)s.",
        ),
        Check(
            "I24",
            "taken_out_as_asked",
            _OUT,
            "Request %(subject)s: %(taken)s pieces were taken out under it, %(asked)s were asked for.",
        ),
        Check(
            "I24",
            "dock_slots_fit_their_bundle",
            _SLOTS,
            "Cargo bundle %(subject)s (%(status)s) holds a time at dock %(dock)s that is not for it.",
        ),
        code_check("inbound_cargobundle", "CB"),
        code_check("inbound_inboundrequest", "IO"),
        code_check("inbound_carton", "CTN"),
        *receiving_truths.CHECKS,
    ),
    counts={
        "cargo bundles": "SELECT count(*) FROM inbound_cargobundle",
        "counts at the dock": "SELECT count(*) FROM inbound_receipt",
    },
)
