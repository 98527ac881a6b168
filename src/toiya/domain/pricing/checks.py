"""What must always be true of charges and rate cards."""

from __future__ import annotations

from toiya.core.checks import Check, Truths
from toiya.core.own_checks import code_check

# amount = quantity × unit price ÷ per, rounded half up, in minor units; shares are written in minor units already.
_AMOUNTS = """
SELECT source AS subject, number, amount_minor AS amount, formula
FROM pricing_charge
WHERE formula <> '' AND amount_minor <> sign(quantity * unit_price) * floor(
    abs(quantity * unit_price) * (CASE WHEN currency IN ('JPY', 'KRW') THEN 1 ELSE 100 END) / per + 0.5)
"""
_VERSIONS = """
SELECT h.source AS subject, h.number, h.card_code AS card, h.card_version AS version, h."on" AS day
FROM pricing_charge h
WHERE h.card_code <> '' AND NOT EXISTS (
    SELECT 1 FROM pricing_cardversion v JOIN pricing_ratecard c ON c.id = v.card_id
    JOIN pricing_cardapproval p ON p.version_id = v.id
    WHERE c.code = h.card_code AND v.number = h.card_version AND c.currency = h.currency
)
"""
_FACTS = """
SELECT source AS subject, number, kind FROM pricing_charge
WHERE entry ->> 'kind' <> kind OR entry ->> 'subject' <> subject OR (entry ->> 'on')::date <> "on"
   OR (entry ->> 'quantity')::bigint <> quantity AND kind <> 'inbound_express'
"""
_SECOND = """
SELECT c.code AS subject, v.number, v.drafted_name AS person
FROM pricing_cardversion v JOIN pricing_cardapproval p ON p.version_id = v.id
JOIN pricing_ratecard c ON c.id = v.card_id
WHERE p.approved_by = v.drafted_by
"""

TRUTHS = Truths(
    checks=(
        Check(
            "I08",
            "charges_are_their_formula",
            _AMOUNTS,
            "Charge %(number)s of %(subject)s says %(amount)s, but its formula %(formula)s gives another amount.",
        ),
        Check(
            "I08",
            "charges_name_a_card_in_force",
            _VERSIONS,
            "Charge %(number)s of %(subject)s on %(day)s names version %(version)s of %(card)s, which nobody approved.",
        ),
        Check(
            "I08",
            "charges_keep_their_fact",
            _FACTS,
            "Charge %(number)s of %(subject)s (%(kind)s) differs from the fact that is stored with it.",
        ),
        Check(
            "I08",
            "cards_approved_by_a_second_person",
            _SECOND,
            "Rate card %(subject)s: version %(number)s was written and approved by the same person, %(person)s.",
        ),
        code_check("pricing_ratecard", "RC"),
    ),
    counts={
        "charges": "SELECT count(*) FROM pricing_charge",
        "rate_cards": "SELECT count(*) FROM pricing_ratecard",
    },
)
