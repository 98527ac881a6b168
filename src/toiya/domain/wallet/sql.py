"""
The hot statements of the ledger of money.

Lock order: a seller's accounts by id; they guard the seller's reservations, which need no lock of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from toiya.core.copying import int_array, text_array
from toiya.core.money import Money
from toiya.domain.wallet.models import Reservation

EVERYDAY = ("free", "reserved", "fees", "top_ups")
KINDS = (*EVERYDAY, "compensations", "settlements", "advertising", "given", "owed", "debt")

_ENSURE = """
INSERT INTO wallet_account (seller_id, currency, kind, balance_minor, credit_limit_minor)
SELECT %s, %s, kind, 0, 0 FROM unnest(%s::text[]) kind
ON CONFLICT (seller_id, currency, kind) DO NOTHING
"""
_LOCK = """
SELECT kind, id, balance_minor, credit_limit_minor FROM wallet_account
WHERE seller_id = %s AND currency = %s ORDER BY id FOR NO KEY UPDATE
"""
_POST = """
WITH posting AS (
    INSERT INTO wallet_posting (seller_id, kind, currency, at, actor) VALUES (%(seller)s, %(kind)s, %(currency)s,
        %(at)s, %(actor)s) RETURNING id
), lines AS MATERIALIZED (
    SELECT * FROM unnest(%(accounts)s::bigint[], %(amounts)s::bigint[], %(sources)s::text[])
                  WITH ORDINALITY AS l (account, amount, source, place)
), written AS (
    INSERT INTO wallet_entry (seller_id, posting_id, account_id, amount_minor, source)
    SELECT %(seller)s, posting.id, account, amount, source FROM lines, posting ORDER BY place
), balances AS (
    UPDATE wallet_account a SET balance_minor = a.balance_minor + t.amount
    FROM (SELECT account, sum(amount) AS amount FROM lines GROUP BY account) t WHERE a.id = t.account
)
SELECT id FROM posting
"""
# The reservations and the posting that ends them in one statement: it stands in the road of every shipment.
_SETTLE = """
WITH settled AS (
    UPDATE wallet_reservation SET status = %(status)s
    WHERE seller_id = %(seller)s AND source = ANY(%(sources)s::text[]) AND status = 'open' AND currency = %(currency)s
      AND (is_owed = %(owed)s::boolean OR %(owed)s::boolean IS NULL)
    RETURNING source, amount_minor
), posting AS (
    INSERT INTO wallet_posting (seller_id, kind, currency, at, actor)
    SELECT %(seller)s::bigint, %(kind)s::text, %(currency)s::text, %(at)s::timestamptz, %(actor)s::text
    WHERE EXISTS (SELECT FROM settled) RETURNING id
), total AS (
    SELECT sum(amount_minor)::bigint AS amount,
           CASE count(*) WHEN 1 THEN min(source) ELSE count(*) || ' causes' END AS source
    FROM settled HAVING count(*) > 0
), lines AS (
    SELECT %(taken)s::bigint AS account, -amount_minor AS amount, source FROM settled
    UNION ALL SELECT %(given)s::bigint, amount, source FROM total
), written AS (
    INSERT INTO wallet_entry (seller_id, posting_id, account_id, amount_minor, source)
    SELECT %(seller)s::bigint, posting.id, account, amount, source FROM lines, posting
), balances AS (
    UPDATE wallet_account a SET balance_minor = a.balance_minor + t.amount
    FROM (SELECT %(taken)s::bigint AS account, -amount AS amount FROM total
          UNION ALL SELECT %(given)s::bigint, amount FROM total) t
    WHERE a.id = t.account
)
SELECT source FROM settled
"""


_BOOK = """
INSERT INTO wallet_booked (seller_id, kind, source, currency, amount_minor, "use")
SELECT %(seller)s, %(kind)s, source, %(currency)s, amount, %(use)s
FROM unnest(%(sources)s::text[], %(amounts)s::bigint[]) WITH ORDINALITY AS b (source, amount, place) ORDER BY place
ON CONFLICT (seller_id, kind, source) DO NOTHING RETURNING source
"""


@dataclass(frozen=True, slots=True)
class LockedAccount:
    """An account under our lock."""

    id: int
    balance_minor: int
    credit_limit_minor: int


@dataclass(frozen=True, slots=True)
class Purse:
    """Whose money, in which currency, by whom and when."""

    seller_id: int
    currency: str
    actor: str
    at: datetime

    def money(self, minor: int) -> Money:
        """An amount of its currency."""
        return Money(minor, self.currency)


class EntryLine(NamedTuple):
    """One entry to write."""

    account_id: int
    amount_minor: int
    source: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """
    How reservations end: their status, the account that loses the money and the one that gets it.

    `is_owed` picks those that a sale is to pay, or those that are paid; None takes both.
    """

    status: str
    taken_id: int
    given_id: int
    is_owed: bool | None = None


def ensure_accounts(seller_id: int, currency: str, kinds: Sequence[str] = EVERYDAY) -> None:
    """Make these accounts of a currency exist."""
    with connection.cursor() as cursor:
        cursor.execute(_ENSURE, [seller_id, currency, text_array(kinds)])


def book(purse: Purse, kind: str, amounts: Mapping[str, int], use: str = "") -> set[str]:
    """Note these causes as booked; returns those that were not before."""
    parameters: dict[str, Any] = {
        "seller": purse.seller_id,
        "kind": kind,
        "currency": purse.currency,
        "use": use,
        "sources": text_array(amounts),
        "amounts": int_array(list(amounts.values())),
    }
    with connection.cursor() as cursor:
        cursor.execute(_BOOK, parameters)
        return {row[0] for row in cursor.fetchall()}


def lock_accounts(seller_id: int, currency: str) -> Mapping[str, LockedAccount]:
    """Lock a seller's accounts of a currency, by kind; empty when there are none yet."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [seller_id, currency])
        return {row[0]: LockedAccount(*row[1:]) for row in cursor.fetchall()}


def post(purse: Purse, kind: str, lines: Sequence[EntryLine]) -> int:
    """Write one posting with its entries and move the balances; returns the posting's id."""
    parameters: dict[str, Any] = {
        "seller": purse.seller_id,
        "kind": kind,
        "currency": purse.currency,
        "at": purse.at,
        "actor": purse.actor,
        "accounts": int_array([line.account_id for line in lines]),
        "amounts": int_array([line.amount_minor for line in lines]),
        "sources": text_array([line.source for line in lines]),
    }
    with connection.cursor() as cursor:
        cursor.execute(_POST, parameters)
        return int(cursor.fetchone()[0])


def settle(purse: Purse, kind: str, sources: Sequence[str], end: Settlement) -> set[str]:
    """End the open reservations among these causes with one posting; returns the causes that were open."""
    parameters: dict[str, Any] = {
        "seller": purse.seller_id,
        "kind": kind,
        "currency": purse.currency,
        "at": purse.at,
        "actor": purse.actor,
        "sources": text_array(sources),
        "status": end.status,
        "taken": end.taken_id,
        "given": end.given_id,
        "owed": end.is_owed,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, parameters)
        return {row[0] for row in cursor.fetchall()}


def write_reservations(purse: Purse, amounts: Mapping[str, int], sale: str = "") -> dict[str, int]:
    """Note money as set aside, with the sale that is to pay it; returns reservation ids by cause."""
    asked = {"seller_id": purse.seller_id, "currency": purse.currency, "sale": sale, "is_owed": bool(sale)}
    rows = Reservation.objects.bulk_create(
        [Reservation(source=source, amount_minor=amount, **asked) for source, amount in amounts.items()]
    )
    return {row.source: row.pk for row in rows}
