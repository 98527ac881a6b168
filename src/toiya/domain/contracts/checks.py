"""What must always be true of agreements."""

from __future__ import annotations

from toiya.core.checks import Check, Reference, Truths
from toiya.core.own_checks import code_check

_TEXTS = """
SELECT code AS subject FROM contracts_agreement
WHERE text_sha256 <> encode(sha256(convert_to(text, 'UTF8')), 'hex')
"""
_FIGURES = """
SELECT code AS subject, country, version FROM contracts_agreement
WHERE figures ->> 'country' IS DISTINCT FROM country OR (figures ->> 'version')::int IS DISTINCT FROM version
"""
_CENTRES = """
SELECT s.code AS subject, w.code AS centre FROM warehouses_centreuse u
JOIN members_seller s ON s.id = u.seller_id JOIN warehouses_warehouse w ON w.id = u.warehouse_id
WHERE u.ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM contracts_agreement a WHERE a.seller_id = u.seller_id)
"""

TRUTHS = Truths(
    checks=(
        Check(
            "I40",
            "agreements_are_the_text_that_was_signed",
            _TEXTS,
            "The text of agreement %(subject)s is no longer the one whose hash was signed.",
        ),
        Check(
            "I40",
            "agreements_keep_their_numbers",
            _FIGURES,
            "Agreement %(subject)s says %(country)s, version %(version)s; its numbers are of another one.",
        ),
        Check(
            "I40",
            "centres_are_used_by_agreement",
            _CENTRES,
            "Seller %(subject)s uses centre %(centre)s without any agreement.",
        ),
        code_check("contracts_agreement", "AGR"),
    ),
    counts={"agreements": "SELECT count(*) FROM contracts_agreement"},
    references=(Reference("contracts_agreement", "signed_by_id", "members_user"),),
)
