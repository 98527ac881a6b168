"""Deliveries of the whole house: one in each state before arrival, requests of each kind, cartons, the dock."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from tests.inbound_world import a_bundle, a_request, approved, sent
from tests.world import NOON, WORLD, acting_for
from toiya.domain.inbound.actions.approving import reject_bundle
from toiya.domain.inbound.actions.bundles import delete_bundle
from toiya.domain.inbound.actions.cartons import CartonDraft, add_cartons
from toiya.domain.inbound.actions.house_rules import set_receiving_rules
from toiya.domain.inbound.actions.requests import cancel_requests
from toiya.domain.inbound.actions.slots import Opening, book_slot, make_slots
from toiya.domain.inbound.actions.taking_out import Taken, complete_taking_out
from toiya.domain.inbound.models import CargoBundle, DockSlot
from toiya.domain.inbound.rules import Fees, Limits

if TYPE_CHECKING:
    from tests.verify.whole_house import Side


def deliveries(side: Side) -> dict[str, CargoBundle]:
    """Deliveries of that side by what became of them."""
    seller, house, actor = side.seller, side.warehouse, acting_for(side.seller)
    limits = Limits(large_pieces=50)
    set_receiving_rules(warehouse_id=house.pk, limits=limits, fees=Fees(), actor=WORLD, at=NOON)
    opening = Opening(date(2026, 11, 24), time(9), 60, 2, "W05", DockSlot.Size.NORMAL)
    make_slots(warehouse_id=house.pk, opening=opening, actor=WORLD, at=NOON)
    tote, mug = (seller.sku_set.get(seller_code=code) for code in ("LT-NVM", "MUG"))
    found = {name: a_bundle(seller, house, {tote: 8, mug: 6}) for name in ("asked", "confirmed", "rejected", "deleted")}
    slot = DockSlot.objects.filter(warehouse=house).order_by("pk")[0]
    book_slot(bundle_code=found["confirmed"].code, slot_id=slot.pk, actor=actor, at=NOON)
    approved(found["confirmed"])
    add_cartons(bundle_code=found["confirmed"].code, draft=CartonDraft({tote.code: 4}), alike=2, actor=actor, at=NOON)
    reject_bundle(bundle_code=found["rejected"].code, reason="full", actor=WORLD, at=NOON)
    delete_bundle(bundle_code=found["deleted"].code, actor=actor, at=NOON)
    found["sent"] = sent(approved(a_bundle(seller, house, {mug: 9})))
    cancel_requests(request_codes=[a_request(mug, house).code], actor=actor, at=NOON)
    a_request(mug, house, 1, way="out")
    out = a_request(mug, house, 2, way="out")
    place = mug.bin_stock.filter(warehouse=house, quantity__gte=2, bin__kind="storage").select_related("bin")[0]
    complete_taking_out(request_code=out.code, taken=[Taken(place.bin.code, 2)], actor=WORLD, at=NOON)
    return {name: CargoBundle.objects.get(pk=bundle.pk) for name, bundle in found.items()}
