"""The one statement of the hot road: which cards lie over a seller's work in a warehouse on a day."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from django.db import connection

from toiya.core.copying import optional_int_array
from toiya.domain.pricing.codec import rate_of
from toiya.domain.pricing.rules import Card

_CARDS = """
SELECT k.place, c.code, v.number, c.currency, v.rates::text, v.zones::text
FROM unnest(%(warehouses)s::bigint[], %(days)s::date[]) WITH ORDINALITY AS k (warehouse_id, day, place)
CROSS JOIN LATERAL (
    SELECT DISTINCT ON (seller_id, warehouse_id) seller_id, warehouse_id, card_id
    FROM pricing_cardassignment
    WHERE (seller_id = %(seller)s OR seller_id IS NULL) AND (warehouse_id = k.warehouse_id OR warehouse_id IS NULL)
      AND from_on <= k.day
    ORDER BY seller_id, warehouse_id, from_on DESC, id DESC
) a
JOIN pricing_ratecard c ON c.id = a.card_id
JOIN LATERAL (
    SELECT number, rates, zones FROM pricing_cardversion v JOIN pricing_cardapproval p ON p.version_id = v.id
    WHERE v.card_id = c.id AND v.from_on <= k.day ORDER BY v.from_on DESC, v.number DESC LIMIT 1
) v ON true
ORDER BY k.place, a.seller_id IS NULL, a.warehouse_id IS NULL
"""


def cards_over(seller_id: int | None, warehouse_id: int | None, on: date) -> list[Card]:
    """
    The versions in force on that day, the most specific first: seller and warehouse, seller, warehouse, everybody.

    One statement, locks nothing: assignments, versions and approvals are only ever added.
    """
    return cards_over_each(seller_id, [(warehouse_id, on)])[0]


def cards_over_each(seller_id: int | None, places: Sequence[tuple[int | None, date]]) -> list[list[Card]]:
    """The same for several warehouses and days, in the order given (one statement)."""
    parameters = {
        "seller": seller_id,
        "warehouses": optional_int_array([warehouse_id for warehouse_id, _ in places]),
        "days": [on for _, on in places],
    }
    found: list[list[Card]] = [[] for _ in places]
    with connection.cursor() as cursor:
        cursor.execute(_CARDS, parameters)
        for place, code, number, currency, rates, zones in cursor.fetchall():
            told = json.loads(zones)
            card = Card(code, number, currency, tuple(rate_of(stored, told) for stored in json.loads(rates)), told)
            found[place - 1].append(card)
    return found
