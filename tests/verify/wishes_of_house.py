"""A parcel abroad with its papers, in the whole house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.floor_world import packed, released, walked
from tests.orders_in_world import an_entered_order
from tests.wishes_world import KOREA, a_service_abroad, complete_for_customs
from tests.world import NOON, WORLD, judged
from toiya.domain.outbound.actions.leaving import judge_abroad
from toiya.domain.outbound.actions.papers import print_papers

if TYPE_CHECKING:
    from tests.verify.whole_house import Side


def going_abroad(side: Side) -> None:
    """An order to Korea, packed, with invoice and customs declaration; its label waits for a number."""
    ems = a_service_abroad()
    order = an_entered_order(side.seller, sku="MUG", branch=side.warehouse.code, **KOREA)
    complete_for_customs(order)
    judge_abroad(order_id=order.pk, actor=WORLD, at=NOON)
    walked(released(side.warehouse, *judged(order)).pick_lists[0].code, side.picker)
    parcel = packed("T-001", side.picker, ems)
    print_papers(parcel_code=parcel.code, actor=WORLD, at=NOON)
    side.parcels["abroad"] = parcel
