"""What came back to the whole house, and what its sellers take home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bundles_world import own_sku
from tests.floor_world import a_coded_sku
from tests.pricing_world import a_rate, in_force
from tests.returns_world import a_scan, announced, at_desk, disposal_of, graded, removal_of, thrown_away
from tests.world import NOON, WORLD, acting_for, stock_of
from toiya.domain.pricing.rules import Kind
from toiya.domain.returns.actions.addresses import Where, set_returns_address
from toiya.domain.returns.actions.arriving import AtTheDoor, note_unknown, place_parcel, refuse_collect
from toiya.domain.returns.actions.calling_off import cancel_removal
from toiya.domain.returns.actions.deciding import Done, decide_aside, finish_aside
from toiya.domain.returns.actions.grading import close_return
from toiya.domain.returns.actions.preparing import prepare_return

if TYPE_CHECKING:
    from tests.verify.whole_house import Side


def came_back(side: Side) -> None:
    """A return judged and closed, one announced, one whose pieces wait and are done, and parcels at the door."""
    order, house = side.orders["shipped"], side.warehouse
    tote, mug = own_sku(side.seller, "LT-NVM"), own_sku(side.seller, "MUG")
    where = Where("Returns desk", "273-0012", "Funabashi, Hamacho 2-1-1", "North entrance 2F", "047-000-0001")
    set_returns_address(warehouse_code=house.code, where=where, actor=WORLD, at=NOON)
    fee = a_rate(Kind.RETURN_PIECE, "40")
    in_force(fee, seller=side.seller, name=f"Returns of {side.seller.name}")
    closed = announced(order, {tote.code: 1}, wish="send_back")
    announced(order, {mug.code: 1}, tracking_number=f"900{side.seller.pk}")
    at_desk(closed.code, house)
    graded(closed, tote, "A")
    graded(closed, tote, "C")
    close_return(code=closed.code, actor=WORLD, at=NOON)

    parcels = [AtTheDoor(f"unknown {number} {house.code}", a_scan()) for number in range(3)]
    noted, _kept = (note_unknown(warehouse_id=house.pk, came=came, actor=WORLD, at=NOON) for came in parcels[:2])
    refuse_collect(warehouse_id=house.pk, came=parcels[2], actor=WORLD, at=NOON)
    loose = place_parcel(code=noted.code, order_code="", seller_code=side.seller.code, actor=WORLD, at=NOON)
    graded(loose, mug, "D")
    aside = graded(loose, tote, "B").aside
    decide_aside(aside_id=aside.pk, decision="restock", actor=acting_for(side.seller), at=NOON)
    finish_aside(aside_id=aside.pk, done=Done(house.bins.get(code="A01-02-1")), actor=WORLD, at=NOON)


def goes_home(side: Side) -> None:
    """Removals in every state: drawn up, ordered, being thrown away, done, and cancelled."""
    old, house = a_coded_sku(side.seller, "OLD"), side.warehouse
    stock_of(old, house, 20)
    prepare_return(seller_id=side.seller.pk, reason="The contract ends", actor=WORLD, at=NOON)
    removal_of(side.seller, house, {old.code: 2}, payer="receiver")
    thrown_away(disposal_of(side.seller, house, {old.code: 3}), 1)
    thrown_away(disposal_of(side.seller, house, {old.code: 2}), 2)
    cancel_removal(code=disposal_of(side.seller, house, {old.code: 1}).code, reason="", actor=WORLD, at=NOON)
