"""
The hot statements of placing orders.

No locks: new rows are invisible to others until we commit, and the unique key (seller, shop, external id) makes two
transactions with the same order wait for each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from django.db import connection

from toiya.core.codes import code_for
from toiya.core.copying import NULL, copy_texts, next_ids, text_array
from toiya.domain.orders.rules import OrderDraft

Key = tuple[str, str]
Numbered = tuple[str, str, OrderDraft]  # id, code

# LIMIT keeps the planner, which knows little of a table that grows fast, from any way but the unique index.
_KNOWN = """
SELECT d.shop_code, d.external_id FROM unnest(%s::text[], %s::text[]) d (shop_code, external_id), LATERAL (
    SELECT FROM orders_order o
    WHERE o.seller_id = %s AND o.shop_code = d.shop_code AND o.external_id = d.external_id LIMIT 1
) held
"""
_SKUS = "SELECT seller_code, id FROM catalog_sku WHERE seller_id = %s AND seller_code = ANY(%s::text[])"

_ORDER = ("id", "seller_id", "code", "channel", "shop_code", "external_id", "status", "waiting_reason", "currency",
          "total_minor", "note", "paid_at", "placed_at", "ship_by")  # fmt: skip
_LINE = ("seller_id", "order_id", "external_id", "title", "option", "item_code", "option_code", "sku_id", "quantity",
         "unit_price_minor", "is_cancelled")  # fmt: skip
_OPEN = ("seller_id", "order_id")
_ADDRESS = ("order_id", "seller_id", "name", "name_kana", "phone", "country", "postal_code", "first_line",
            "second_line")  # fmt: skip


def known_keys(seller_id: int, keys: Collection[Key]) -> set[Key]:
    """Which of these (shop, external id) we hold already."""
    shops, numbers = text_array([key[0] for key in keys]), text_array([key[1] for key in keys])
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [shops, numbers, seller_id])
        return {(row[0], row[1]) for row in cursor.fetchall()}


def skus_by_code(seller_id: int, codes: set[str]) -> dict[str, int]:
    """The seller's SKUs by the seller's own codes; the empty code matches nothing."""
    wanted = sorted(codes - {""})
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SKUS, [seller_id, text_array(wanted)])
        return {row[0]: row[1] for row in cursor.fetchall()}


def write_orders(seller_id: int, drafts: Sequence[OrderDraft], sku_ids: dict[str, int], at: datetime) -> dict[Key, str]:
    """Write orders, lines and addresses by COPY; returns the new public codes."""
    if not drafts:
        return {}
    ids = next_ids("orders_order_id_seq", len(drafts))
    codes = [code_for("ORD", number) for number in ids]
    numbered = list(zip(map(str, ids), codes, drafts, strict=True))
    seller, placed_at = str(seller_id), at.isoformat()
    orders = (
        (
            *(number, seller, code, draft.channel, draft.shop_code, draft.external_id, "received", "", draft.currency),
            *(str(draft.total_minor), draft.note[:1000], _instant(draft.paid_at), placed_at, _instant(draft.ship_by)),
        )
        for number, code, draft in numbered
    )
    copy_texts("orders_order", _ORDER, orders)
    copy_texts("orders_openorder", _OPEN, [(seller, number) for number, _, _ in numbered])
    copy_texts("orders_line", _LINE, _lines(seller, numbered, sku_ids))
    copy_texts("orders_address", _ADDRESS, (_address(number, seller, draft) for number, _, draft in numbered))
    return {draft.key: code for _, code, draft in numbered}


def _instant(at: datetime | None) -> str:
    return NULL if at is None else at.isoformat()


def _lines(seller: str, orders: Sequence[Numbered], sku_ids: dict[str, int]) -> Iterator[tuple[str, ...]]:
    skus = {code: str(sku) for code, sku in sku_ids.items()}
    return (
        (
            *(seller, number, line.external_id, line.title[:300], line.option[:300], line.item_code, line.option_code),
            *(skus.get(line.option_code or line.item_code, NULL), str(line.quantity), str(line.unit_price_minor), "f"),
        )
        for number, _, draft in orders
        for line in draft.lines
    )


def _address(number: str, seller: str, draft: OrderDraft) -> tuple[str, ...]:
    to = draft.address
    return (
        *(number, seller, to.name, to.name_kana, to.phone, to.country, to.postal_code, to.first_line, to.second_line),
    )
