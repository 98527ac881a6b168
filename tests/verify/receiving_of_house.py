"""Goods that came: one delivery completed with differences and put away, one still being counted."""

from __future__ import annotations

from tests.floor_world import a_coded_sku
from tests.receiving_world import a_delivery, arrived, carried, counted
from tests.world import NOON, WORLD, acting_for
from toiya.domain.inbound.actions.check_lists import set_check_list
from toiya.domain.inbound.actions.completing import complete_delivery
from toiya.domain.inbound.actions.counting import answer_check
from toiya.domain.inbound.actions.lot_warnings import set_lot_days, warn_of_lots
from toiya.domain.inbound.actions.taking_back import take_back_count
from toiya.domain.inbound.models import CargoBundle, Receipt
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import Warehouse


def goods_came(seller: Seller, house: Warehouse) -> None:
    """A row in every table of the dock."""
    cap = a_coded_sku(seller, "CAP")
    set_check_list(sku_code=cap.code, questions=["Is the brim round?"], actor=acting_for(seller), at=NOON)
    done = arrived(a_delivery(seller, house, {cap: 10}, wants_quality_check=True))
    told = {"points": ["Is the brim round?"], "faults": [], "note": ""}
    answer_check(bundle_id=done.pk, sku_id=cap.pk, actor=WORLD, at=NOON, **told)  # type: ignore[arg-type]
    counted(done, cap, 7, carton_id=done.cartons.get().pk)
    counted(done, cap, 1, condition=Receipt.Condition.DAMAGED)
    complete_delivery(bundle_id=done.pk, actor=WORLD, at=NOON)
    carried(cap, house, 5, "A01-06-1")
    under_way = arrived(a_delivery(seller, house, {cap: 3}))
    counted(under_way, cap, 2)
    counted(under_way, None, 1, scanned="?")
    counted(under_way, cap, 1, lot="L1", expires_on=NOON.date())
    set_lot_days(seller_id=seller.pk, days=20, actor=acting_for(seller), at=NOON)
    warn_of_lots(seller_id=seller.pk, actor=WORLD, at=NOON)
    counted(under_way, cap, 1)
    take_back_count(bundle_id=under_way.pk, scan_id=f"undo-{under_way.pk:06d}", actor=WORLD, at=NOON)


def completed(seller: Seller) -> CargoBundle:
    """The delivery that is over."""
    over = CargoBundle.objects.filter(seller=seller, status=CargoBundle.Status.COMPLETED)
    found: CargoBundle = over.get(lines__sku__seller_code="CAP")
    return found
