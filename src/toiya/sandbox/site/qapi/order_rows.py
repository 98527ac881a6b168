"""One order line as a row on the wire: the mixed-case v2 names and the Pascal-case v3 names."""

from collections.abc import Iterable
from decimal import Decimal

from toiya.sandbox.site.clock import wire_day, wire_time
from toiya.sandbox.site.models import Line
from toiya.sandbox.site.qapi.envelope import Row, Value

# (v3 name, v2 name), in the order of channels.md 1.5; None where a version has no such field.
NAMES: tuple[tuple[str | None, str | None], ...] = (
    ("ShippingStatus", "shippingStatus"),
    ("SellerID", "sellerID"),
    ("PackNo", "packNo"),
    ("OrderNo", "orderNo"),
    ("OrderDate", "orderDate"),
    ("PaymentDate", "PaymentDate"),
    ("EstimatedShippingDate", "EstShippingDate"),
    ("ShippingDate", "ShippingDate"),
    ("DeliveredDate", "DeliveredDate"),
    ("Buyer", "buyer"),
    ("BuyerKana", "buyer_gata"),
    ("BuyerTel", "buyerTel"),
    ("BuyerMobile", "buyerMobile"),
    ("BuyerEmail", "buyerEmail"),
    ("ItemNo", "itemCode"),
    ("SellerItemCode", "sellerItemCode"),
    ("ItemTitle", "itemTitle"),
    ("Option", "option"),
    ("OptionCode", "optionCode"),
    ("OrderPrice", "orderPrice"),
    ("OrderQty", "orderQty"),
    ("Discount", "discount"),
    ("Total", "total"),
    ("Receiver", "receiver"),
    ("ReceiverKana", "receiver_gata"),
    (None, "shippingCountry"),
    ("ZipCode", "zipCode"),
    ("ShippingAddress", "shippingAddr"),
    ("Address1", "Addr1"),
    ("Address2", "Addr2"),
    ("ReceiverTel", "receiverTel"),
    ("ReceiverMobile", "receiverMobile"),
    ("DesiredDeliveryDate", "hopeDate"),
    ("SenderName", "senderName"),
    ("SenderTel", "senderTel"),
    ("SenderNation", "senderNation"),
    ("SenderZipCode", "senderZipCode"),
    ("SenderAddress", "senderAddr"),
    ("ShippingWay", "ShippingWay"),
    ("ShippingMessage", "ShippingMsg"),
    ("PaymentMethod", "PaymentMethod"),
    ("SellerDiscount", "SellerDiscount"),
    ("Currency", "Currency"),
    ("ShippingRate", "ShippingRate"),
    ("RelatedOrder", "RelatedOrder"),
    ("ShippingRateType", "shippingRateType"),
    ("DeliveryCompany", "DeliveryCompany"),
    ("TrackingNo", "TrackingNo"),
    ("VoucherCode", "VoucherCode"),
    ("PackingNo", "PackingNo"),
    ("SellerDeliveryNo", "SellerDeliveryNo"),
    (None, "PaymentNation"),
    ("Gift", "Gift"),
    (None, "cod_price"),
    ("CartDiscountSeller", "Cart_Discount_Seller"),
    ("CartDiscountQoo10", "Cart_Discount_Qoo10"),
    ("SettlePrice", "SettlePrice"),
    ("BranchName", "BranchName"),
    (None, "OverseaConsignment"),
    ("Material", "Material"),
    ("AvailableSendType", None),
    ("AvailableShippingDate", None),
)
EMPTY_PHONE = "+81--"
# Whatever a field does not say is an empty string or zero, never null.
ZERO_FIELDS = {"CartDiscountSeller", "CartDiscountQoo10", "cod_price"}


def rows_v2(lines: Iterable[Line]) -> list[Row]:
    """Return the rows of GetShippingInfo_v2."""
    return [{v2: value for (_, v2), value in fields if v2} for fields in _fields_of_all(lines)]


def rows_v3(lines: Iterable[Line]) -> list[Row]:
    """Return the rows of GetShippingInfo_v3."""
    return [{v3: value for (v3, _), value in fields if v3} for fields in _fields_of_all(lines)]


def _fields_of_all(
    lines: Iterable[Line],
) -> Iterable[list[tuple[tuple[str | None, str | None], Value]]]:
    wanted = list(lines)
    related = _order_numbers_by_cart(wanted)
    for line in wanted:
        values = _values(line, related[line.cart.pk])
        yield [(names, values.get(names[0] or names[1] or "", _nothing(names))) for names in NAMES]


def _nothing(names: tuple[str | None, str | None]) -> Value:
    return Decimal(0) if (names[0] or names[1]) in ZERO_FIELDS else ""


def _order_numbers_by_cart(lines: list[Line]) -> dict[int, list[int]]:
    """Order numbers of all lines sold in each cart, cancelled ones included (ours)."""
    numbers: dict[int, list[int]] = {}
    carts = {line.cart.pk for line in lines}
    pairs = Line.objects.filter(cart__in=carts).order_by("order_no").values_list("cart", "order_no")
    for cart_id, order_no in pairs:
        numbers.setdefault(cart_id, []).append(order_no)
    return numbers


def _values(line: Line, cart_numbers: list[int]) -> dict[str, Value]:
    is_first = line.order_no == cart_numbers[0]
    return {
        **_line_values(line),
        **_people_values(line),
        "RelatedOrder": ", ".join(str(number) for number in cart_numbers),
        # The cart's shipping fee is charged once, on its first line.
        "ShippingRate": line.cart.shipping_rate if is_first else Decimal(0),
        "ShippingRateType": "Charge" if line.cart.shipping_rate else "Free",
    }


def _line_values(line: Line) -> dict[str, Value]:
    cart = line.cart
    is_packed = line.confirmed_at is not None or line.shipped_at is not None
    return {
        "ShippingStatus": line.status_text,
        "SellerID": line.shop.login_id,
        "PackNo": cart.pack_no,
        "OrderNo": line.order_no,
        "OrderDate": wire_time(cart.ordered_at),
        "PaymentDate": wire_time(cart.paid_at),
        "EstimatedShippingDate": wire_day(line.estimated_shipping_on),
        "ShippingDate": wire_time(line.shipped_at),
        "DeliveredDate": wire_time(line.delivered_at),
        "ItemNo": line.item_code,
        "SellerItemCode": line.seller_item_code,
        "ItemTitle": line.item_title,
        "Option": line.option_text,
        "OptionCode": line.option_code,
        "OrderPrice": line.price,
        "OrderQty": line.quantity,
        "Discount": line.discount,
        "SellerDiscount": line.discount,
        "Total": line.total,
        "SettlePrice": line.settle_price,
        "Currency": "JPY",
        "DeliveryCompany": line.shipping_corp,
        "TrackingNo": line.tracking_no,
        "PackingNo": cart.packing_no if is_packed else "",
        "SellerDeliveryNo": cart.seller_delivery_no if is_packed else "",
        "AvailableSendType": "0",
    }


def _people_values(line: Line) -> dict[str, Value]:
    cart, buyer, receiver = line.cart, line.cart.buyer, line.cart.receiver
    address1, address2 = receiver.get("address1", ""), receiver.get("address2", "")
    return {
        "Buyer": buyer.get("name", ""),
        "BuyerKana": buyer.get("kana", ""),
        "BuyerTel": buyer.get("tel", "") or EMPTY_PHONE,
        "BuyerMobile": buyer.get("mobile", "") or EMPTY_PHONE,
        "BuyerEmail": buyer.get("email", ""),
        "Receiver": receiver.get("name", ""),
        "ReceiverKana": receiver.get("kana", ""),
        "shippingCountry": "JP",
        "ZipCode": receiver.get("zip_code", ""),
        "ShippingAddress": address1 + address2,
        "Address1": address1,
        "Address2": address2,
        "ReceiverTel": receiver.get("tel", "") or EMPTY_PHONE,
        "ReceiverMobile": receiver.get("mobile", "") or EMPTY_PHONE,
        "DesiredDeliveryDate": cart.desired_delivery,
        "ShippingMessage": cart.message,
        "PaymentMethod": cart.payment_method,
        "PaymentNation": "JP",
        "Gift": cart.gift,
    }
