"""
The hot statements of placing orders.

No locks: new rows are invisible to others until we commit, and the unique key (seller, shop, external id) makes two
transactions with the same order wait for each other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import connection

from toiya.core.codes import codes_for
from toiya.core.copying import NULL, Column, copy_columns, in_parts, next_ids, planned_anew, text_array
from toiya.domain.orders.rules import LineDraft, OrderDraft

Key = tuple[str, str]

# One walk along the unique index: a tenth of the cost of looking each cart up. `+ 0` keeps the planner from reading all
# the seller's orders instead, and SELECT from counting with every cart being there and reading the whole table. What is
# found may be of another shop of the set.
_KNOWN = """
SELECT shop_code, external_id FROM orders_order
WHERE external_id = ANY((SELECT %s::text[])::text[]) AND shop_code = ANY((SELECT %s::text[])::text[])
AND seller_id + 0 = %s
"""
_SKUS = "SELECT seller_code, id FROM catalog_sku WHERE seller_id = %s AND seller_code = ANY(%s::text[])"

_ORDER = ("id", "seller_id", "code", "channel", "shop_code", "external_id", "status", "waiting_reason", "currency",
          "total_minor", "note", "paid_at", "placed_at", "ship_by", "promised_at")  # fmt: skip
_LINE = ("seller_id", "order_id", "external_id", "title", "option", "item_code", "option_code", "sku_id", "quantity",
         "unit_price_minor", "is_cancelled", "pieces_each", "site_item")  # fmt: skip
_OPEN = ("seller_id", "order_id")
_ADDRESS = ("order_id", "seller_id", "name", "name_kana", "phone", "country", "postal_code", "first_line",
            "second_line")  # fmt: skip


def known_keys(seller_id: int, keys: Collection[Key]) -> set[Key]:
    """Which of these (shop, external id) we hold already."""
    numbers, shops = text_array([key[1] for key in keys]), text_array({key[0] for key in keys})
    with connection.cursor() as cursor, planned_anew():
        cursor.execute(_KNOWN, [numbers, shops, seller_id])
        return set(cursor.fetchall()) & set(keys)


def skus_by_code(seller_id: int, codes: set[str]) -> dict[str, int]:
    """The seller's SKUs by the seller's own codes; the empty code matches nothing."""
    wanted = sorted(codes - {""})
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SKUS, [seller_id, text_array(wanted)])
        return {row[0]: row[1] for row in cursor.fetchall()}


def write_orders(
    seller_id: int,
    drafts: Sequence[OrderDraft],
    sku_ids: dict[str, int],
    promises: Mapping[str, datetime],
    at: datetime,
) -> list[str]:
    """
    Write orders, lines and addresses by COPY; returns the new public codes in the drafts' order.

    :param promises: the cut-off that orders of a channel are promised for
    """
    if not drafts:
        return []
    ids = next_ids("orders_order_id_seq", len(drafts))
    codes, numbers = codes_for("ORD", ids), list(map(str, ids))
    seller, placed_at = str(seller_id), at.isoformat()
    skus = {code: str(sku) for code, sku in sku_ids.items()}
    numbered = list(zip(in_parts(numbers), in_parts(drafts), strict=True))
    coded = zip(in_parts(codes), numbered, strict=True)
    parts = ((*_orders(seller, placed_at, part, *rest), _promised(rest[1], promises)) for part, rest in coded)
    copy_columns("orders_order", _ORDER, parts)
    copy_columns("orders_openorder", _OPEN, [(seller, numbers)])
    copy_columns("orders_line", _LINE, (_lines(seller, skus, *part) for part in numbered))
    copy_columns("orders_address", _ADDRESS, (_addresses(seller, *part) for part in numbered))
    return codes


def _instants(instants: Sequence[datetime | None]) -> list[str]:
    # Sites give few deadlines, and files days; writing an instant costs as much as the rest of an order's row.
    texts = {at: NULL if at is None else at.isoformat() for at in set(instants)}
    return [texts[at] for at in instants]


def _promised(drafts: Sequence[OrderDraft], promises: Mapping[str, datetime]) -> Column:
    channels = {draft.channel for draft in drafts}
    texts = {channel: promises[channel].isoformat() if channel in promises else NULL for channel in channels}
    return next(iter(texts.values())) if len(texts) == 1 else [texts[draft.channel] for draft in drafts]


def _orders(
    seller: str, placed_at: str, codes: Sequence[str], numbers: Sequence[str], drafts: Sequence[OrderDraft]
) -> Sequence[Column]:
    return (
        *(numbers, seller, codes),
        [draft.channel for draft in drafts],
        [draft.shop_code for draft in drafts],
        [draft.external_id for draft in drafts],
        *("received", ""),
        [draft.currency for draft in drafts],
        [str(draft.total_minor) for draft in drafts],
        [draft.note[:1000] for draft in drafts],
        _instants([draft.paid_at for draft in drafts]),
        placed_at,
        _instants([draft.ship_by for draft in drafts]),
    )


def _lines(seller: str, skus: dict[str, str], numbers: Sequence[str], drafts: Sequence[OrderDraft]) -> Sequence[Column]:
    lines = [line for draft in drafts for line in draft.lines]
    return (
        seller,
        [number for number, draft in zip(numbers, drafts, strict=True) for _ in draft.lines],
        [line.external_id for line in lines],
        [line.title[:300] for line in lines],
        [line.option[:300] for line in lines],
        [line.item_code for line in lines],
        [line.option_code for line in lines],
        _skus_of(lines, skus),
        [str(line.quantity) for line in lines],
        [str(line.unit_price_minor) for line in lines],
        "f",
        "1" if all(line.tie is None for line in lines) else [str(line.tie.pieces if line.tie else 1) for line in lines],
        [line.site_item for line in lines],
    )


def _skus_of(lines: Sequence[LineDraft], skus: dict[str, str]) -> list[str]:
    """The link's word first, the code's second."""
    found = [skus.get(line.option_code or line.item_code, NULL) for line in lines]
    for place, line in enumerate(lines):
        if line.tie is not None:
            found[place] = NULL if line.tie.sku_id is None else str(line.tie.sku_id)
    return found


def _addresses(seller: str, numbers: Sequence[str], drafts: Sequence[OrderDraft]) -> Sequence[Column]:
    receivers = [draft.address for draft in drafts]
    return (
        *(numbers, seller),
        [to.name for to in receivers],
        [to.name_kana for to in receivers],
        [to.phone for to in receivers],
        [to.country for to in receivers],
        [to.postal_code for to in receivers],
        [to.first_line for to in receivers],
        [to.second_line for to in receivers],
    )
