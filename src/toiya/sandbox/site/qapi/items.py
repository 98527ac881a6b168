"""Looking up listings, their options and the shop's delivery groups (channels.md 1.9)."""

from decimal import Decimal

from toiya.sandbox.site.clock import wire_time
from toiya.sandbox.site.models import Listing, Option
from toiya.sandbox.site.ordering.stock import pieces_on_offer
from toiya.sandbox.site.qapi.calls import ShopCall
from toiya.sandbox.site.qapi.envelope import Answer, Row
from toiya.sandbox.site.qapi.refusals import (
    BAD_ITEM_STATUS,
    NO_ITEM,
    QapiRefusal,
    missing_field,
    missing_parameter,
)

ITEM_STATES = {"S0", "S1", "S2", "S3", "S5", "S8"}
ITEMS_PER_PAGE = 500
MOST_AXES = 5
DELIVERY_GROUPS = (
    (1, Decimal(0), "Free", "ゆうパック"),
    (2, Decimal(600), "Charge", "佐川急便"),
    (3, Decimal(0), "Free", "Qxpress"),
)


def find_listing(shop_pk: int, item_code: str, seller_code: str) -> Listing:
    """
    Return the listing of a shop by its item code, else by its seller code.

    :raises QapiRefusal: -99 without either code, -10001 when there is no such listing
    """
    if not item_code and not seller_code:
        raise missing_field("ItemCode")
    found = Listing.objects.filter(shop=shop_pk)
    found = found.filter(item_code=item_code) if item_code else found.filter(seller_code=seller_code)
    listing = found.first()
    if listing is None:
        raise QapiRefusal(*NO_ITEM)
    return listing


def get_all(call: ShopCall) -> Answer:
    """
    List the shop's items of one state, 500 to a page.

    :raises QapiRefusal: -10001 for an unknown state, -10101 for a page that is not a number from 1
    """
    state = call.text("ItemStatus")
    if state not in ITEM_STATES:
        raise QapiRefusal(*BAD_ITEM_STATUS)
    page = call.text("Page") or "1"
    if not (page.isascii() and page.isdigit()) or int(page) < 1:
        raise missing_parameter(2, "Page")
    found = Listing.objects.filter(shop=call.shop, status=state).order_by("item_code")
    total = found.count()
    start = (int(page) - 1) * ITEMS_PER_PAGE
    rows = [
        {"ItemCode": item.item_code, "SellerCode": item.seller_code, "ItemStatus": item.status}
        for item in found[start : start + ITEMS_PER_PAGE]
    ]
    return Answer.of_record(
        {
            "TotalItems": total,
            "TotalPages": -(-total // ITEMS_PER_PAGE),
            "PresentPage": int(page),
            "Items": rows,
        }
    )


def get_detail(call: ShopCall) -> Answer:
    """Return one item, every value as text. Refusals: :func:`find_listing`."""
    listing = _asked(call)
    return Answer.of_rows(
        [
            {
                "ItemCode": listing.item_code,
                "ItemStatus": listing.status,
                "ItemTitle": listing.title,
                "SellerCode": listing.seller_code,
                "RetailPrice": f"{listing.retail_price:.4f}",
                "ItemPrice": f"{listing.price:.4f}",
                "TaxRate": listing.tax_rate,
                "SettlePrice": f"{listing.price * Decimal('0.9'):.4f}",
                "ItemQty": str(pieces_on_offer([listing])[listing.pk]),
                "ExpireDate": listing.expires_on.isoformat(),
                "IndustrialCodeType": "",
                "IndustrialCode": "",
                "AvailableDateType": "0",
                "AvailableDateValue": "3",
                "ShippingNo": str(listing.shipping_number),
                "ImageUrl": "",
                "ListedDate": wire_time(listing.listed_at),
                "ChangedDate": wire_time(listing.changed_at),
            }
        ]
    )


def get_inventory(call: ShopCall) -> Answer:
    """Return the combination options of an item with their stock. Refusals: :func:`find_listing`."""
    return Answer.of_rows([_option_row(option) for option in Option.objects.filter(listing=_asked(call))])


def get_single_options(call: ShopCall) -> Answer:
    """Return the single options of an item; they have no stock. Refusals: :func:`find_listing`."""
    return Answer.of_rows(
        [
            {
                "Name": str(row.get("Name", "")),
                "Value": str(row.get("Value", "")),
                "Price": Decimal(str(row.get("Price", 0))),
                "OptionCode": str(row.get("OptionCode", "")),
            }
            for row in _asked(call).single_options
        ]
    )


def get_delivery_groups(call: ShopCall) -> Answer:
    """Return the shop's shipping-fee settings; every shop of the pretend site has the same three."""
    del call
    return Answer.of_rows(
        [
            {
                "ShippingNo": number,
                "ShippingFee": fee,
                "ShippingType": kind,
                "FreeCondition": Decimal(0),
                "Region": "",
                "Oversea": "N",
                "transcName": carrier,
            }
            for number, fee, kind, carrier in DELIVERY_GROUPS
        ]
    )


def _asked(call: ShopCall) -> Listing:
    return find_listing(call.shop.pk, call.text("ItemCode"), call.text("SellerCode"))


def _option_row(option: Option) -> Row:
    row: Row = {}
    axes = [*option.axes, *[("", "")] * MOST_AXES][:MOST_AXES]
    for number, (name, value) in enumerate(axes, start=1):
        row[f"Name{number}"] = name
        row[f"Value{number}"] = value
    return {**row, "Price": option.price, "Qty": option.quantity, "ItemTypeCode": option.code}
