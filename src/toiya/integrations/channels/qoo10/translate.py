"""Pure: rows about orders and claims into the port's words. Rows come with folded (lower-case) keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toiya.core.money import Money
from toiya.domain.channels.port import (
    DesiredDelivery,
    SiteClaim,
    SiteLine,
    SiteOrder,
    SiteReceiver,
    SiteState,
)
from toiya.integrations.channels.qoo10 import values
from toiya.integrations.channels.qoo10.values import Row, Unreadable, text

USUAL_CURRENCY = "JPY"
USUAL_COUNTRY = "JP"
NAMES_OF_JAPAN = {"", "JAPAN", "日本"}

SHIPPING_STATES = {
    1: SiteState.UNPAID,
    2: SiteState.PAID,
    3: SiteState.CONFIRMED,
    4: SiteState.SHIPPED,
    5: SiteState.DELIVERED,
}
# Returns, exchanges and refunds after delivery (4-6, 11-15) leave the line where its shipping state says.
CLAIM_STATES = {
    1: SiteState.CANCEL_ASKED,
    2: SiteState.CANCEL_ASKED,
    3: SiteState.CANCELLED,
    16: SiteState.CANCELLED,
}
CLAIMS_AFTER_DELIVERY = {4, 5, 6, 11, 12, 13, 14, 15}
GONE_OUT = {SiteState.SHIPPED, SiteState.DELIVERED}


@dataclass(frozen=True, slots=True)
class Trouble:
    """A cart that was left out because a row of it could not be read; names and addresses are not in it."""

    order_external_id: str
    line_external_id: str
    field: str


def shipping_state(written: str) -> SiteState:
    """`On request(2)` in our words; a text without a known number is UNKNOWN."""
    return SHIPPING_STATES.get(values.bracketed_number(written) or 0, SiteState.UNKNOWN)


def line_state(row: Row) -> SiteState:
    """
    Where a line stands, from its shipping status and the claim about it.

    A cancelled line has a claim and no shipping status; a cancellation that is only asked for changes
    nothing any more once the line has left.
    """
    shipping = shipping_state(text(row, "shippingstatus", "shippingstat"))
    written = text(row, "claimstatus")
    if not written:
        return shipping
    number = values.bracketed_number(written)
    if number in CLAIMS_AFTER_DELIVERY:
        return shipping
    claim = CLAIM_STATES.get(number or 0, SiteState.UNKNOWN)
    return shipping if claim is not SiteState.CANCELLED and shipping in GONE_OUT else claim


def line(row: Row) -> SiteLine:
    """One order row as a line. :raises Unreadable: without a number, or a quantity of at least 1"""
    quantity = values.whole(row, "orderqty")
    if quantity is None or quantity < 1:
        raise Unreadable("orderqty")
    return SiteLine(
        external_id=values.identity(row, "orderno"),
        state=line_state(row),
        title=text(row, "itemtitle"),
        option=text(row, "option"),
        item_code=text(row, "selleritemcode"),
        option_code=text(row, "optioncode"),
        quantity=quantity,
        unit_price_minor=_minor(row, "orderprice"),
        carrier_name=text(row, "deliverycompany"),
        tracking_number=text(row, "trackingno"),
        site_item=text(row, "itemcode", "itemno"),
    )


def orders(rows: Iterable[Row]) -> tuple[list[SiteOrder], list[Trouble]]:
    """
    Group rows by cart; of two rows about the same line the later one counts.

    A cart with a row that cannot be read is left out whole and named: half an order must not be sent.
    """
    carts: dict[str, dict[str, Row]] = {}
    troubles: list[Trouble] = []
    for row in rows:
        try:
            cart = carts.setdefault(values.identity(row, "packno"), {})
            cart[values.identity(row, "orderno")] = row
        except Unreadable as trouble:
            troubles.append(_trouble(row, trouble))
    found: list[SiteOrder] = []
    without_number = {trouble.order_external_id for trouble in troubles}
    for number, cart in carts.items():
        if number in without_number:
            continue
        read = _order(number, list(cart.values()))
        if isinstance(read, SiteOrder):
            found.append(read)
        else:
            troubles.append(read)
    return found, troubles


def claim(row: Row, claim_number: int) -> SiteClaim:
    """
    A claim row, in the state it was asked for by (the text on the wire is not documented).

    :raises Unreadable: without a cart or line number
    """
    return SiteClaim(
        order_external_id=values.identity(row, "packno"),
        line_external_id=values.identity(row, "orderno"),
        state=CLAIM_STATES[claim_number],
        reason=text(row, "reason"),
    )


def strongest(claims: Iterable[SiteClaim]) -> list[SiteClaim]:
    """One claim per line: cancelled beats asked for."""
    kept: dict[str, SiteClaim] = {}
    for each in claims:
        known = kept.get(each.line_external_id)
        if known is None or known.state is not SiteState.CANCELLED:
            kept[each.line_external_id] = each
    return list(kept.values())


def _order(number: str, rows: Sequence[Row]) -> SiteOrder | Trouble:
    """One cart; its first row with an address speaks for what all rows repeat."""
    lead = next((row for row in rows if text(row, "addr1", "shippingaddr")), rows[0])
    lines: list[SiteLine] = []
    total = 0
    for row in rows:
        try:
            lines.append(line(row))
            total += _total_minor(row)
        except Unreadable as trouble:
            return _trouble(row, trouble)
    paid_at = values.moment(text(lead, "paymentdate"))
    ordered_at = values.moment(text(lead, "orderdate")) or paid_at
    if ordered_at is None:
        return _trouble(lead, Unreadable("orderdate"))
    desired, note = _wishes(rows)
    ship_by = [day for row in rows if (day := values.end_of_day(text(row, "estshippingdate")))]
    return SiteOrder(
        external_id=number,
        lines=tuple(sorted(lines, key=lambda each: (len(each.external_id), each.external_id))),
        receiver=_receiver(lead),
        currency=_currency(lead),
        total_minor=total,
        note=note,
        ordered_at=ordered_at,
        paid_at=paid_at,
        ship_by=min(ship_by, default=None),
        desired=desired,
    )


def _wishes(rows: Sequence[Row]) -> tuple[DesiredDelivery | None, str]:
    """When the buyer wants it, and the memo. A desired date in words that we cannot read goes to the memo."""
    notes = dict.fromkeys(text(row, "shippingmsg") for row in rows)
    desired = None
    for written in dict.fromkeys(text(row, "hopedate") for row in rows):
        read = values.desired_delivery(written)
        desired = desired or read
        if read is None:
            notes[written] = None
    return desired, "\n".join(note for note in notes if note)


def _receiver(row: Row) -> SiteReceiver:
    first_line, second_line = text(row, "addr1"), text(row, "addr2")
    if not first_line:
        first_line = text(row, "shippingaddr").removesuffix(second_line).strip() or second_line
        second_line = "" if first_line == second_line else second_line
    country = text(row, "shippingcountry").upper()
    return SiteReceiver(
        name=text(row, "receiver"),
        name_kana=text(row, "receiver_gata"),
        # A driver who stands before a closed door calls the mobile.
        phone=values.phone(text(row, "receivermobile"), text(row, "receivertel")),
        country=USUAL_COUNTRY if country in NAMES_OF_JAPAN else country,
        postal_code=text(row, "zipcode"),
        first_line=first_line,
        second_line=second_line,
    )


def _currency(row: Row) -> str:
    return text(row, "currency").upper() or USUAL_CURRENCY


def _minor(row: Row, name: str) -> int:
    return Money.rounded(values.amount(row, name) or Decimal(0), _currency(row)).minor


def _total_minor(row: Row) -> int:
    """What the buyer pays for a line; where the site does not say, pieces times price less the discount."""
    if text(row, "total"):
        return _minor(row, "total")
    quantity = values.whole(row, "orderqty") or 0
    return quantity * _minor(row, "orderprice") - _minor(row, "discount")


def _trouble(row: Row, trouble: Unreadable) -> Trouble:
    return Trouble(text(row, "packno"), text(row, "orderno"), str(trouble))
