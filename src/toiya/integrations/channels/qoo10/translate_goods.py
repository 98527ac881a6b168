"""Pure: rows about items, options and stock into the port's words and back (channels.md 1.9)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from math import prod
from typing import Any

from toiya.domain.channels.port import ShowStock, SiteListing
from toiya.integrations.channels.qoo10 import values
from toiya.integrations.channels.qoo10.values import Row, text

MOST_AXES = 5
AXIS_SEPARATOR = "||*"
OPTION_CODE_SEPARATOR = "||*"
MOST_CHOICES = 1000
LONGEST_CODE = 100
LONGEST_FINGERPRINT = 300


class Kind(StrEnum):
    """How the site keeps the stock of a listing; kept in `site_fields["kind"]`."""

    PLAIN = "plain"  # no options: the item's own number
    COMBINATION = "combination"  # each option has its number
    SINGLE = "single"  # options without a number: all draw on the item's


@dataclass(frozen=True, slots=True)
class Page:
    """One page of GetAllGoodsInfo."""

    item_codes: tuple[str, ...]
    pages: int


def page(answer: Any) -> Page:
    """The item codes of a page. :raises Unreadable: the answer is no page"""
    if not isinstance(answer, Mapping):
        raise values.Unreadable("items")
    rows = answer.get("items") or []
    return Page(
        tuple(text(row, "itemcode") for row in rows if text(row, "itemcode")),
        values.whole(answer, "totalpages") or 0,
    )


def listings(item: Row, combinations: Sequence[Row], singles: Sequence[Row]) -> list[SiteListing]:
    """
    The options of one item as listings: its combinations, else its single options, else the item alone.

    A buyer chooses one single option of each name, so single options of several names make a listing for each choice
    (L13). Beside combinations, single options are extras without stock (gift wrap); orders never name them by code.
    """
    if combinations:
        return [_combination(item, row) for row in combinations]
    if singles:
        return [_single(item, rows) for rows in _chosen_together(singles)]
    return [_listing(item, {"kind": Kind.PLAIN, "seller_code": text(item, "sellercode")})]


def fingerprint(*parts: str) -> str:
    """The parts as one text that no other parts give; a digest when it would be too long to keep."""
    joined = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    if len(joined) <= LONGEST_FINGERPRINT:
        return joined
    return "sha256:" + hashlib.sha256(joined.encode()).hexdigest()


def option_fields(row: ShowStock) -> dict[str, str]:
    """The form of UpdateInventoryQtyUnit: the option exactly as it was read, and its new number."""
    return {
        "ItemCode": row.external_id,
        "SellerCode": str(row.site_fields.get("seller_code", "")),
        "OptionName": str(row.site_fields.get("option_name", "")),
        "OptionValue": str(row.site_fields.get("option_value", "")),
        "OptionCode": str(row.site_fields.get("option_code", "")),
        "Qty": str(row.quantity),
    }


def item_fields(row: ShowStock, item: Row) -> dict[str, str]:
    """
    One row of SetGoodsPriceQtyBulk: the new number, and everything else as `item` says it now.

    A row without a price, tax rate or end of sale would change them: an empty end becomes a year from now.
    """
    return {
        "ItemCode": row.external_id,
        "SellerCode": text(item, "sellercode"),
        "Price": text(item, "itemprice"),
        "TaxRate": text(item, "taxrate"),
        "Qty": str(row.quantity),
        "ExpireDate": _wire_day(text(item, "expiredate")),
    }


def bulk_rows(answer: Any) -> list[Row]:
    """
    The rows of a bulk item call, in either shape: a list of rows, or {Keys, Values} side by side.

    The sources disagree about the shape. In any other one nothing is known about any row: [].
    """
    if isinstance(answer, list):
        return [row for row in answer if isinstance(row, Mapping)]
    if not isinstance(answer, Mapping):
        return []
    keys, parts = answer.get("keys"), answer.get("values")
    if not isinstance(keys, list) or not isinstance(parts, list):
        return []
    return [
        {**part, "itemcode": str(key)} if isinstance(part, Mapping) else {"itemcode": str(key), "resultcode": part}
        for key, part in zip(keys, parts, strict=False)
    ]


def _combination(item: Row, row: Row) -> SiteListing:
    # Empty axes are left out, the others stay exactly as read: they are the option's identity.
    pairs = [(_exact(row, f"name{axis}"), _exact(row, f"value{axis}")) for axis in range(1, MOST_AXES + 1)]
    used = [pair for pair in pairs if any(pair)]
    name = AXIS_SEPARATOR.join(pair[0] for pair in used)
    value = AXIS_SEPARATOR.join(pair[1] for pair in used)
    code = _exact(row, "itemtypecode")
    fields = {
        "kind": Kind.COMBINATION,
        "seller_code": text(item, "sellercode"),
        "option_name": name,
        "option_value": value,
        "option_code": code,
    }
    quantity = values.whole(row, "qty")
    return _listing(item, fields, option_code=code, quantity=quantity)


def _chosen_together(singles: Sequence[Row]) -> list[tuple[Row, ...]]:
    """One row of each name in every way; beyond what can be looked over, each row alone."""
    by_name: dict[str, list[Row]] = {}
    for row in singles:
        by_name.setdefault(_exact(row, "name"), []).append(row)
    if prod(len(rows) for rows in by_name.values()) > MOST_CHOICES:
        return [(row,) for row in singles]
    return list(product(*by_name.values()))


def _single(item: Row, rows: Sequence[Row]) -> SiteListing:
    codes = [_exact(row, "optioncode") for row in rows]
    code = OPTION_CODE_SEPARATOR.join(codes) if all(codes) else ""
    code = code if len(code) <= LONGEST_CODE else ""
    fields = {
        "kind": Kind.SINGLE,
        "seller_code": text(item, "sellercode"),
        "option_name": AXIS_SEPARATOR.join(_exact(row, "name") for row in rows),
        "option_value": AXIS_SEPARATOR.join(_exact(row, "value") for row in rows),
        "option_code": code,
    }
    return _listing(item, fields, option_code=code)


def _listing(item: Row, fields: dict[str, Any], *, option_code: str = "", quantity: int | None = None) -> SiteListing:
    is_plain = fields["kind"] is Kind.PLAIN
    parts = [] if is_plain else [fields["option_name"], fields["option_value"], fields["option_code"]]
    shown = values.whole(item, "itemqty") if quantity is None else quantity
    return SiteListing(
        external_id=values.identity(item, "itemcode"),
        fingerprint="" if is_plain else fingerprint(*parts),
        title=text(item, "itemtitle"),
        item_code=text(item, "sellercode"),
        option_code=option_code.strip(),
        quantity=max(shown or 0, 0),
        site_fields={**fields, "kind": str(fields["kind"])},
        option="" if is_plain else option_text(fields["option_name"], fields["option_value"]),
        option_kind=str(fields["kind"]),
    )


def option_text(name: str, value: str) -> str:
    """The option as orders write it: `Colour:navy / Size:M`."""
    pairs = zip(name.split(AXIS_SEPARATOR), value.split(AXIS_SEPARATOR), strict=False)
    return " / ".join(f"{axis.strip()}:{chosen.strip()}" for axis, chosen in pairs)


def _exact(row: Row, name: str) -> str:
    """A text untouched: the site compares it letter by letter."""
    value = row.get(name)
    return value if isinstance(value, str) else text(row, name)


def _wire_day(written: str) -> str:
    """`2027-11-22` out of whatever the detail call writes; '' for nothing."""
    instant = values.moment(written)
    return "" if instant is None else instant.astimezone(values.JAPAN).date().isoformat()
