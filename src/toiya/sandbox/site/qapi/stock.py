"""Setting price and stock of items and options, one or up to 500 at a time (channels.md 1.9)."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import partial

from toiya.sandbox.site import clock
from toiya.sandbox.site.models import Listing, Option
from toiya.sandbox.site.qapi.bulk import MOST_ROWS, read_rows
from toiya.sandbox.site.qapi.calls import ShopCall
from toiya.sandbox.site.qapi.envelope import Answer, Row
from toiya.sandbox.site.qapi.items import find_listing
from toiya.sandbox.site.qapi.refusals import (
    BAD_EXPIRY,
    BAD_ITEM_VALUE,
    BAD_PRICE,
    PARTIAL_FAILURE,
    TOO_MANY_ITEMS,
    QapiRefusal,
)

LAST_EXPIRY = date(2030, 12, 31)
TAX_RATES = {"", "S", "10", "8", "0"}
# The bulk method's default when a row says nothing about stock: a trap that the real site documents.
QUANTITY_NOT_SAID = 9999
LARGEST_QUANTITY = 999_999

ChangeItem = Callable[[dict[str, str]], None]


def set_one_item(call: ShopCall) -> Answer:
    """
    Set price, stock and end of sale of one item; what is empty stays, an empty end becomes a year from now.

    :raises QapiRefusal: -99, -10001 as :func:`find_listing`; -101 bad price, -990 bad end of sale, -999
        any other bad value (our reading of "generic item failures")
    """
    _set_item(call, dict(call.parameters), quantity_not_said=None)
    return Answer()


def set_many_items(call: ShopCall) -> Answer:
    """Set up to 500 items; an empty Qty means 9999 and the word ``unchanged`` keeps the stock."""
    rows = read_rows(call, "ItemInfoJson")
    return _answer_rows(rows, partial(_set_item, call, quantity_not_said=QUANTITY_NOT_SAID))


def set_one_option(call: ShopCall) -> Answer:
    """
    Set the stock of one option, found by its exact name, value and code.

    :raises QapiRefusal: -99 for an empty field, -10001 for an unknown item, -999 for an unknown option or
        a quantity that is not a whole number from 0
    """
    for name in ("ItemCode", "OptionName", "OptionValue", "OptionCode", "Qty"):
        call.needed_field(name)
    _set_option(call, {**call.parameters, "Price": ""})
    return Answer()


def set_many_options(call: ShopCall) -> Answer:
    """Set price and stock of up to 500 options; an empty value stays as it is."""
    return _answer_rows(read_rows(call, "ItemInfoJson"), partial(_set_option, call))


def _answer_rows(rows: list[dict[str, str]], change: ChangeItem) -> Answer:
    """Answer rows as a list of flat records: the sources disagree about their shape, this is our reading."""
    if len(rows) > MOST_ROWS:
        code, text = TOO_MANY_ITEMS
        return Answer(code, text, [_row({}, code, text)], has_result=True)
    answered = []
    for row in rows:
        try:
            change(row)
            answered.append(_row(row, 0, "SUCCESS"))
        except QapiRefusal as refusal:
            answered.append(_row(row, PARTIAL_FAILURE, f"{refusal.code} {refusal.message}"))
    return Answer.of_rows(answered)


def _row(row: dict[str, str], code: int, text: str) -> Row:
    named: Row = {name: row.get(name, "") for name in ("ItemCode", "SellerCode", "OptionCode")}
    return {**named, "result_cd": code, "ResultCode": code, "ResultMsg": text}


def _set_item(call: ShopCall, row: dict[str, str], *, quantity_not_said: int | None) -> None:
    listing = find_listing(call.shop.pk, row.get("ItemCode", "").strip(), row.get("SellerCode", "").strip())
    listing.price = _price(row.get("Price", ""), listing.price, smallest=Decimal(1))
    if row.get("TaxRate", "") not in TAX_RATES:
        raise QapiRefusal(*BAD_ITEM_VALUE)
    listing.tax_rate = row.get("TaxRate", "") or listing.tax_rate
    text = row.get("Qty", "").strip()
    if text == "" and quantity_not_said is not None:
        listing.quantity = quantity_not_said
    elif text not in ("", "unchanged"):
        listing.quantity = _quantity(text)
    listing.expires_on = _expiry(row.get("ExpireDate", ""), call.at)
    _save(listing, call.at)


def _set_option(call: ShopCall, row: dict[str, str]) -> None:
    listing = find_listing(call.shop.pk, row.get("ItemCode", "").strip(), row.get("SellerCode", "").strip())
    option = Option.objects.filter(
        listing=listing,
        name=row.get("OptionName", ""),
        value=row.get("OptionValue", ""),
        code=row.get("OptionCode", ""),
    ).first()
    if option is None:
        raise QapiRefusal(*BAD_ITEM_VALUE)
    half = listing.price / 2
    option.price = _price(row.get("Price", ""), option.price, smallest=-half, largest=half)
    if row.get("Qty", "").strip():
        option.quantity = _quantity(row["Qty"].strip())
    option.save()
    _save(listing, call.at)


def _save(listing: Listing, at: datetime) -> None:
    listing.changed_at = at
    listing.save()


def _quantity(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) > LARGEST_QUANTITY:
        raise QapiRefusal(*BAD_ITEM_VALUE)
    return int(text)


def _price(text: str, present: Decimal, *, smallest: Decimal, largest: Decimal = Decimal(99_999_999)) -> Decimal:
    if not text.strip():
        return present
    try:
        price = Decimal(text.strip())
    except InvalidOperation as mistake:
        raise QapiRefusal(*BAD_PRICE) from mistake
    if not price.is_finite() or not smallest <= price <= largest:
        raise QapiRefusal(*BAD_PRICE)
    return price


def _expiry(text: str, at: datetime) -> date:
    if not text.strip():
        return clock.one_year_after(at).astimezone(clock.JAPAN).date()
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as mistake:
        raise QapiRefusal(*BAD_EXPIRY) from mistake
    if day > LAST_EXPIRY:
        raise QapiRefusal(*BAD_EXPIRY)
    return day
