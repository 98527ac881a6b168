"""What must always be true of claims and credits."""

from __future__ import annotations

from toiya.core.checks import Check, Truths
from toiya.core.own_checks import code_check

_WORTH = """
SELECT c.code AS subject, c.value_minor AS value, coalesce(l.value, 0) AS lines FROM claims_claim c LEFT JOIN (
    SELECT claim_id, sum(quantity * unit_value_minor) AS value FROM claims_claimline GROUP BY claim_id
) l ON l.claim_id = c.id WHERE c.value_minor <> coalesce(l.value, 0)
"""
_STATES = """
SELECT code AS subject, status FROM claims_claim
WHERE (status IN ('accepted', 'paid')) <> (accepted_minor IS NOT NULL)
   OR (status IN ('accepted', 'declined', 'paid')) <> (decided_at IS NOT NULL AND decided_by <> '' AND reason <> '')
   OR (status = 'declined') <> (ground <> '')
   OR (status = 'paid') <> (paid_at IS NOT NULL AND paid_by <> '')
   OR (status IN ('filed', 'accepted', 'paid') AND (filed_at IS NULL OR filed_by = ''))
   OR (payer = 'carrier') <> (parcel_id IS NOT NULL)
"""
# What people were told they got is what the ledger of money gave them: by claim, and by late order.
_PAID = """
SELECT coalesce(p.code, e.source) AS subject, coalesce(p.accepted, 0) AS accepted, coalesce(p.paid, 0) AS paid,
       coalesce(e.booked, 0) AS booked
FROM (
    SELECT c.seller_id, c.code, c.currency, CASE c.status WHEN 'paid' THEN c.accepted_minor ELSE 0 END AS accepted,
           coalesce((SELECT sum(o.amount_minor) FROM claims_payout o WHERE o.claim_id = c.id), 0) AS paid
    FROM claims_claim c
) p FULL JOIN (
    SELECT e.seller_id, e.source, s.currency, sum(e.amount_minor) AS booked FROM wallet_entry e
    JOIN wallet_posting s ON s.id = e.posting_id AND s.kind = 'compensate'
    JOIN wallet_account a ON a.id = e.account_id AND a.kind = 'free'
    WHERE e.source LIKE 'CLM-%%' GROUP BY e.seller_id, e.source, s.currency
) e ON e.seller_id = p.seller_id AND e.source = p.code AND e.currency = p.currency
WHERE p.code IS NULL OR p.accepted <> p.paid OR p.paid <> coalesce(e.booked, 0)
"""
_CREDITED = """
SELECT coalesce(p.code, e.source) AS subject, coalesce(p.credited, 0) AS credited, coalesce(e.booked, 0) AS booked
FROM (
    SELECT d.seller_id, o.code, d.currency, d.amount_minor AS credited
    FROM claims_delaycredit d JOIN orders_order o ON o.id = d.order_id
) p FULL JOIN (
    SELECT e.seller_id, e.source, s.currency, sum(e.amount_minor) AS booked FROM wallet_entry e
    JOIN wallet_posting s ON s.id = e.posting_id AND s.kind = 'compensate'
    JOIN wallet_account a ON a.id = e.account_id AND a.kind = 'free'
    WHERE e.source LIKE 'ORD-%%' GROUP BY e.seller_id, e.source, s.currency
) e ON e.seller_id = p.seller_id AND e.source = p.code AND e.currency = p.currency
WHERE p.code IS NULL OR p.credited <> coalesce(e.booked, 0)
"""
_CAPPED = """
SELECT s.code AS subject, d.month, d.currency, sum(d.amount_minor) AS credited, max(r.month_cap_minor) AS cap
FROM claims_delaycredit d JOIN claims_creditrule r ON r.id = d.rule_id JOIN members_seller s ON s.id = d.seller_id
GROUP BY s.code, d.month, d.currency
HAVING min(r.month_cap_minor) > 0 AND sum(d.amount_minor) > max(r.month_cap_minor)
"""

TRUTHS = Truths(
    checks=(
        Check(
            "I44",
            "claims_are_worth_their_lines",
            _WORTH,
            "Claim %(subject)s says it is worth %(value)s, its lines are worth %(lines)s.",
        ),
        Check(
            "I44",
            "claims_follow_their_state",
            _STATES,
            "Claim %(subject)s is %(status)s, which its amounts, people or reasons do not fit.",
        ),
        Check(
            "I44",
            "claims_are_paid_once",
            _PAID,
            "Claim %(subject)s: %(accepted)s accepted and paid out, its payouts say %(paid)s, the wallet %(booked)s.",
        ),
        Check(
            "I44",
            "delays_are_credited_once",
            _CREDITED,
            "Order %(subject)s: credited with %(credited)s for its delay, the wallet says %(booked)s.",
        ),
        Check(
            "I44",
            "credits_stay_within_their_cap",
            _CAPPED,
            "Seller %(subject)s: %(credited)s %(currency)s credited in %(month)s, the cap of the month is %(cap)s.",
        ),
        code_check("claims_claim", "CLM"),
    ),
    counts={
        "claims": "SELECT count(*) FROM claims_claim",
        "delay_credits": "SELECT count(*) FROM claims_delaycredit",
    },
)
