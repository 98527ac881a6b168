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

KINDS = ("free", "reserved", "fees", "top_ups")

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
_SETTLE = """
UPDATE wallet_reservation SET status = %s
WHERE seller_id = %s AND source = ANY(%s::text[]) AND status = 'open' AND currency = %s
RETURNING source, amount_minor
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


class EntryLine(NamedTuple):
    """One entry to write."""

    account_id: int
    amount_minor: int
    source: str


def ensure_accounts(seller_id: int, currency: str) -> None:
    """Make the four accounts of a currency exist."""
    with connection.cursor() as cursor:
        cursor.execute(_ENSURE, [seller_id, currency, text_array(KINDS)])


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


def settle_reservations(purse: Purse, sources: Sequence[str], status: str) -> dict[str, int]:
    """End open reservations; returns amounts by source of those that were open."""
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, [status, purse.seller_id, text_array(sources), purse.currency])
        return dict(cursor.fetchall())
