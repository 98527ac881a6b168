"""Control of single order lines: their whole state, and what buyers and other systems do to them."""

from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest

from toiya.sandbox.control.bodies import Body, ControlRefused
from toiya.sandbox.control.doors import door, find_line
from toiya.sandbox.control.states import line_states
from toiya.sandbox.site import clock
from toiya.sandbox.site.models import Line
from toiya.sandbox.site.models.orders import ClaimStat
from toiya.sandbox.site.ordering import claiming, placing, progress

SHIPS_AFTER_DAYS = 2


@door("GET")
def one_order(request: HttpRequest, order_no: int) -> dict[str, object]:
    """Return everything about one line."""
    del request
    return _state(find_line(order_no))


@door("POST")
@transaction.atomic
def cancellation(request: HttpRequest, order_no: int) -> dict[str, object]:
    """Cancel a line, or let its buyer make another claim (``claim_stat``, 3 = cancelled)."""
    body = Body.of(request)
    stat, reason = body.integer("claim_stat", ClaimStat.CANCELLED.value), body.text("reason", "お客様都合")
    body.end()
    if stat not in {known.value for known in ClaimStat}:
        raise ControlRefused(f"claim_stat {stat} is unknown. Use 1 to 6 or 11 to 16.")
    line = find_line(order_no)
    claiming.claim(line, claiming.Wish(ClaimStat(stat), reason=reason), at=clock.now())
    return _state(line)


@door("POST")
@transaction.atomic
def payment(request: HttpRequest, order_no: int) -> dict[str, object]:
    """Let the buyer pay the line's cart, now or at ``paid_at``."""
    body = Body.of(request)
    paid_at = body.moment("paid_at", clock.now())
    body.end()
    line = find_line(order_no)
    if line.cart.paid_at is not None:
        raise ControlRefused(f"Order {order_no} is paid already. Choose an unpaid one.", 409)
    placing.pay(line.cart, at=paid_at)
    return _state(find_line(order_no))


@door("POST")
@transaction.atomic
def confirmation(request: HttpRequest, order_no: int) -> dict[str, object]:
    """Let a second system confirm the line."""
    Body.of(request).end()
    line = find_line(order_no)
    day = (clock.now().astimezone(clock.JAPAN) + timedelta(days=SHIPS_AFTER_DAYS)).date()
    progress.confirm(line, progress.ShippingPlan(day), by="second system", at=clock.now())
    return _state(line)


@door("POST")
@transaction.atomic
def delivery(request: HttpRequest, order_no: int) -> dict[str, object]:
    """Let the receiver get the parcel."""
    Body.of(request).end()
    line = find_line(order_no)
    progress.deliver(line, at=clock.now())
    return _state(line)


def _state(line: Line) -> dict[str, object]:
    return line_states([line])[0]
