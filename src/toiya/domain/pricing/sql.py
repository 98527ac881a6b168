"""The one statement of the hot road: which cards lie over a seller's work in a warehouse on a day."""

from __future__ import annotations

import json
from datetime import date

from django.db import connection

from toiya.domain.pricing.codec import rate_of
from toiya.domain.pricing.rules import Card

_CARDS = """
SELECT c.code, v.number, c.currency, v.rates::text
FROM (
    SELECT DISTINCT ON (seller_id, warehouse_id) seller_id, warehouse_id, card_id
    FROM pricing_cardassignment
    WHERE (seller_id = %(seller)s OR seller_id IS NULL) AND (warehouse_id = %(warehouse)s OR warehouse_id IS NULL)
      AND from_on <= %(on)s
    ORDER BY seller_id, warehouse_id, from_on DESC, id DESC
) a
JOIN pricing_ratecard c ON c.id = a.card_id
JOIN LATERAL (
    SELECT number, rates FROM pricing_cardversion v JOIN pricing_cardapproval p ON p.version_id = v.id
    WHERE v.card_id = c.id AND v.from_on <= %(on)s ORDER BY v.from_on DESC, v.number DESC LIMIT 1
) v ON true
ORDER BY a.seller_id IS NULL, a.warehouse_id IS NULL
"""


def cards_over(seller_id: int | None, warehouse_id: int | None, on: date) -> list[Card]:
    """
    The versions in force on that day, the most specific first: seller and warehouse, seller, warehouse, everybody.

    One statement, locks nothing: assignments, versions and approvals are only ever added.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CARDS, {"seller": seller_id, "warehouse": warehouse_id, "on": on})
        return [
            Card(code, number, currency, tuple(rate_of(stored) for stored in json.loads(rates)))
            for code, number, currency, rates in cursor.fetchall()
        ]
