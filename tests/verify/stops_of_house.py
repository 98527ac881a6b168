"""Orders stopped on the floor: one whose pieces lie in the tote, one whose are back, one that was sealed before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.floor_world import a_coded_sku, acting_as, released
from tests.world import NOON, acting_for, stock_of
from toiya.domain.orders.actions.hand_holds import HandHold, hold_order
from toiya.domain.outbound.actions.picking import confirm_bin, pick_pieces, start_walk, tie_tote
from toiya.domain.outbound.actions.stopped import carry_back
from toiya.domain.outbound.actions.stopping import stop_order
from toiya.domain.outbound.models import CarryBack
from toiya.domain.warehouses.models import Bin

if TYPE_CHECKING:
    from tests.verify.whole_house import Side


def stopped_in_house(side: Side) -> None:
    """Requests with both answers, piles in a tote and on a shelf, and a hold by hand."""
    sku = a_coded_sku(side.seller, "LEAF")
    stock_of(sku, side.warehouse, 6, bin_code="A01-06-1")
    Bin.objects.bulk_create(Bin(warehouse=side.warehouse, code=code, kind=Bin.Kind.TOTE) for code in ("T-003", "T-004"))
    for name, tote in (("stopped", "T-003"), ("put_back", "T-004")):
        _picked_one(side, name, tote)
        _stop(side, name)
    pile = CarryBack.objects.get(seller=side.seller, tote__code="T-004")
    carry_back(carry_id=pile.pk, scan="A01-06-1", actor=acting_as(side.picker), at=NOON)
    _stop(side, "sealed")
    hold = HandHold("seller_waits", "until the gift is here", NOON + timedelta(days=1))
    hold_order(order_code=side.orders["received"].code, hold=hold, actor=acting_for(side.seller), at=NOON)


def _picked_one(side: Side, name: str, tote: str) -> None:
    actor = acting_as(side.picker)
    code = released(side.warehouse, side.order(name, {"LEAF": 2})).pick_lists[0].code
    step = start_walk(pick_list_code=code, user_id=side.picker.user_id, actor=actor, at=NOON)
    step = tie_tote(slot_id=step.walk.slot.slot_id, scan=tote, actor=actor, at=NOON)
    stop = step.walk.stop
    confirm_bin(task_id=stop.task_id, scan=stop.bin_code, actor=actor, at=NOON)
    pick_pieces(task_id=stop.task_id, scan=stop.sku_code, quantity=1, actor=actor, at=NOON)


def _stop(side: Side, name: str) -> None:
    stop_order(order_code=side.orders[name].code, reason="by_seller", actor=acting_for(side.seller), at=NOON)
