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
from toiya.core.copying import copy_lines, next_ids, text, text_array, text_row
from toiya.domain.orders.rules import AddressDraft, LineDraft, OrderDraft

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
    pairs = list(zip(ids, drafts, strict=True))
    seller, placed_at = str(seller_id), at.isoformat()
    orders = [_order_row(str(number), seller, codes[number], draft, placed_at) for number, draft in pairs]
    lines = [_line_row(seller, str(number), line, sku_ids) for number, draft in pairs for line in draft.lines]
    addresses = [_address_row(str(number), seller, draft.address) for number, draft in pairs]
    copy_lines("orders_order", _ORDER, "".join(orders))
    copy_lines("orders_line", _LINE, "".join(lines))
    copy_lines("orders_address", _ADDRESS, "".join(addresses))
    return {draft.key: codes[number] for number, draft in pairs}


def _order_row(number: str, seller: str, code: str, draft: OrderDraft, placed_at: str) -> str:
    written = text_row((draft.external_id, "received", "", draft.currency, str(draft.total_minor), draft.note[:1000]))
    head = f"{number}\t{seller}\t{code}\t{draft.channel}\t{draft.shop_code}\t"
    return f"{head}{written[:-1]}\t{text(draft.paid_at)}\t{placed_at}\t{text(draft.ship_by)}\n"


def _line_row(seller: str, number: str, line: LineDraft, sku_ids: dict[str, int]) -> str:
    written = text_row((line.external_id, line.title[:300], line.option[:300], line.item_code, line.option_code))
    sku = sku_ids.get(line.match_code, "\\N")
    return f"{seller}\t{number}\t{written[:-1]}\t{sku}\t{line.quantity}\t{line.unit_price_minor}\tf\n"


def _address_row(number: str, seller: str, to: AddressDraft) -> str:
    return text_row(
        (number, seller, to.name, to.name_kana, to.phone, to.country, to.postal_code, to.first_line, to.second_line)
    )
