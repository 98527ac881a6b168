"""Orders that were divided, by a person and by the seller's rule, and one that was joined with another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.floor_world import a_coded_sku
from tests.split_world import merged, sends_what_is_there, split
from tests.world import NOON, WORLD, acting_for, judged, stock_of
from toiya.domain.orders.actions.hand_holds import HandHold
from toiya.domain.outbound.actions.program_calls import Call, hold_order_once
from toiya.domain.outbound.actions.splitting import send_what_is_there

if TYPE_CHECKING:
    from tests.verify.whole_house import Side


def divided_and_joined(side: Side) -> None:
    """A line in two orders, an order that waits for its rest, and one that ended for another."""
    sku = a_coded_sku(side.seller, "SPLIT")
    stock_of(sku, side.warehouse, 4, bin_code="A01-05-1")
    side.orders["part"] = split(side.order("divided", {"SPLIT": 3}), 1)[1]
    lacking = side.order("sent_what_is_there", {"SPLIT": 2})
    judged(lacking)
    sends_what_is_there(side.seller)
    rest = send_what_is_there(order_id=lacking.pk, actor=WORLD, at=lacking.placed_at)
    assert rest is not None
    side.orders["rest"] = rest
    call = Call("api|a program", side.order("asked_by_program", {"SPLIT": 1}).code)
    hold_order_once(call=call, hold=HandHold("seller_waits"), actor=acting_for(side.seller), at=NOON)
    merged(side.order("took_over", {"SPLIT": 1}), side.order("merged_away", {"SPLIT": 1}))
    for name in ("divided", "sent_what_is_there", "rest", "took_over", "merged_away"):
        side.orders[name].refresh_from_db()
