"""How one line moves on: confirmed, shipped, delivered (channels.md 1.4, 1.6, 1.7)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from toiya.sandbox.site.clock import JAPAN
from toiya.sandbox.site.models import Cart, Line
from toiya.sandbox.site.models.orders import Status
from toiya.sandbox.site.qapi.refusals import (
    ALREADY_CONFIRMED,
    NOT_ON_REQUEST,
    SHIP_DATE_EMPTY,
    SHIP_DATE_TOO_FAR,
    SHIP_DATE_TOO_SOON,
    QapiRefusal,
    processing_error,
)

# The allowed maximum is documented to exist, its size is not: ours.
FURTHEST_SHIPPING_DAYS = 90


@dataclass(frozen=True)
class ShippingPlan:
    """When the seller means to ship a line, and why so late if late."""

    day: date | None
    delay_type: str = ""
    delay_memo: str = ""


def confirm(line: Line, plan: ShippingPlan, *, by: str, at: datetime) -> None:
    """
    Confirm a requested line, or move the estimated date of a confirmed one.

    A confirmed line takes a new date only together with a delay type; without one it is answered as already
    confirmed (the method page says the same method moves the date, the code list says -10012: this is our
    way of keeping both).

    :raises QapiRefusal: -10012, -10013, -10016, -10017, -10018 as channels.md 1.3 lists them
    """
    if line.is_cancelled or line.status not in (Status.ON_REQUEST, Status.SELLER_CONFIRM):
        raise QapiRefusal(*NOT_ON_REQUEST)
    is_confirmed = line.status == Status.SELLER_CONFIRM
    if is_confirmed and (not plan.delay_type or plan.day == line.estimated_shipping_on):
        raise QapiRefusal(*ALREADY_CONFIRMED)
    line.estimated_shipping_on = _checked_day(plan.day, at)
    line.delay_type = plan.delay_type
    line.delay_memo = plan.delay_memo
    if not is_confirmed:
        line.status = Status.SELLER_CONFIRM
        line.confirmed_at = at
        line.confirmed_by = by
        _number_packing(line.cart, at)
    line.save()


def ship(line: Line, *, carrier: str, tracking_no: str, at: datetime) -> bool:
    """
    Register carrier and tracking number; the line is on delivery. Tells whether anything changed.

    A requested line may be shipped without being confirmed. Shipping it again with the same carrier and
    number is accepted and changes nothing; with another one it is refused (not known of the real site: ours).

    :raises QapiRefusal: -10101 when the line is cancelled, unpaid, or shipped with another number
    """
    if line.is_cancelled:
        raise processing_error(f"{line.order_no} is cancelled")
    if line.status >= Status.ON_DELIVERY:
        if (line.shipping_corp, line.tracking_no) == (carrier, tracking_no):
            return False
        raise processing_error(f"{line.order_no} is already shipped")
    if line.status == Status.AWAITING_SHIPPING:
        raise processing_error(f"{line.order_no} is not paid")
    line.status = Status.ON_DELIVERY
    line.shipping_corp = carrier
    line.tracking_no = tracking_no
    line.shipped_at = at
    line.save()
    _number_packing(line.cart, at)
    return True


def deliver(line: Line, *, at: datetime) -> None:
    """
    Hand the parcel to the receiver.

    :raises QapiRefusal: -10101 when the line is not on delivery
    """
    if line.status != Status.ON_DELIVERY:
        raise processing_error(f"{line.order_no} is not on delivery")
    line.status = Status.DELIVERED
    line.delivered_at = at
    line.save()


def _checked_day(day: date | None, at: datetime) -> date:
    today = at.astimezone(JAPAN).date()
    if day is None:
        raise QapiRefusal(*SHIP_DATE_EMPTY)
    if day <= today:
        raise QapiRefusal(*SHIP_DATE_TOO_SOON)
    if day > today + timedelta(days=FURTHEST_SHIPPING_DAYS):
        raise QapiRefusal(*SHIP_DATE_TOO_FAR)
    return day


def _number_packing(cart: Cart, at: datetime) -> None:
    """Give the cart its packing number and the delivery number that goes with it, once."""
    if cart.packing_no:
        return
    day = at.astimezone(JAPAN).strftime("%y%m%d")
    today_count = Cart.objects.filter(shop=cart.shop, seller_delivery_no__startswith=day).count()
    cart.packing_no = f"JPP{cart.pk:09d}"
    cart.seller_delivery_no = f"{day}-{today_count + 1:04d}"
    cart.save()
