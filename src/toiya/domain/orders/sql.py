"""
The hot statements of placing orders.

No locks: new rows are invisible to others until we commit, and the unique key (seller, shop, external id) makes two
transactions with the same order wait for each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from toiya.core.codes import code_for
from toiya.core.copying import copy_lines, next_ids, text, text_array
from toiya.domain.orders.rules import OrderDraft

Key = tuple[str, str]

_KNOWN = """
SELECT o.shop_code, o.external_id
FROM unnest(%s::text[], %s::text[]) d (shop_code, external_id)
JOIN orders_order o ON o.seller_id = %s AND o.shop_code = d.shop_code AND o.external_id = d.external_id
"""
_SKUS = "SELECT seller_code, id FROM catalog_sku WHERE seller_id = %s AND seller_code = ANY(%s::text[])"

_ORDER = ("id", "seller_id", "code", "channel", "shop_code", "external_id", "status", "waiting_reason", "currency",
          "total_minor", "note", "paid_at", "placed_at", "ship_by")  # fmt: skip
_LINE = ("seller_id", "order_id", "external_id", "title", "option", "item_code", "option_code", "sku_id", "quantity",
         "unit_price_minor", "is_cancelled")  # fmt: skip
_ADDRESS = ("order_id", "seller_id", "name", "name_kana", "phone", "country", "postal_code", "first_line",
            "second_line")  # fmt: skip


def known_keys(seller_id: int, keys: set[Key]) -> set[Key]:
    """Which of these (shop, external id) we hold already."""
    ordered = sorted(keys)
    shops, numbers = text_array([key[0] for key in ordered]), text_array([key[1] for key in ordered])
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
    codes = {number: code_for("ORD", number) for number in ids}
    placed_at = at.isoformat()
    orders: list[str] = []
    lines: list[str] = []
    addresses: list[str] = []
    for number, draft in zip(ids, drafts, strict=True):
        orders.append(
            f"{number}\t{seller_id}\t{codes[number]}\t{draft.channel}\t{draft.shop_code}\t{text(draft.external_id)}"
            f"\treceived\t\t{draft.currency}\t{draft.total_minor}\t{text(draft.note[:1000])}\t{text(draft.paid_at)}"
            f"\t{placed_at}\t{text(draft.ship_by)}\n"
        )
        lines.extend(
            f"{seller_id}\t{number}\t{text(line.external_id)}\t{text(line.title[:300])}\t{text(line.option[:300])}"
            f"\t{text(line.item_code)}\t{text(line.option_code)}\t{text(sku_ids.get(line.match_code))}"
            f"\t{line.quantity}\t{line.unit_price_minor}\tf\n"
            for line in draft.lines
        )
        to = draft.address
        addresses.append(
            f"{number}\t{seller_id}\t{text(to.name)}\t{text(to.name_kana)}\t{text(to.phone)}\t{to.country}"
            f"\t{text(to.postal_code)}\t{text(to.first_line)}\t{text(to.second_line)}\n"
        )
    copy_lines("orders_order", _ORDER, "".join(orders))
    copy_lines("orders_line", _LINE, "".join(lines))
    copy_lines("orders_address", _ADDRESS, "".join(addresses))
    return {draft.key: codes[number] for number, draft in zip(ids, drafts, strict=True)}
