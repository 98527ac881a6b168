"""Damage to work orders."""

from __future__ import annotations

from tests.verify.damage import breaks, execute
from tests.verify.whole_house import House
from toiya.domain.assembly.models import WorkOrder


def _order(house: House, status: str) -> WorkOrder:
    return WorkOrder.objects.get(seller=house.one.seller, status=status)


@breaks("parts_became_bundles")
def a_recipe_changed_afterwards(house: House) -> str:
    order = _order(house, "cancelled")
    execute("UPDATE assembly_workpart SET quantity = 3 WHERE work_order_id = %s", order.pk)
    return order.code


@breaks("made_is_sum_of_makings")
def a_confirmation_lost(house: House) -> str:
    order = _order(house, "cancelled")
    execute("UPDATE assembly_making SET quantity = quantity + 1 WHERE work_order_id = %s AND is_apart", order.pk)
    return order.code


@breaks("work_orders_follow_their_state")
def a_work_order_completed_without_pieces(house: House) -> str:
    order = _order(house, "requested")
    execute("UPDATE assembly_workorder SET status = 'completed', ended_at = now() WHERE id = %s", order.pk)
    return order.code


@breaks("made_pieces_are_paid")
def a_price_changed_afterwards(house: House) -> str:
    order = _order(house, "cancelled")
    execute("UPDATE assembly_workorder SET price_minor = price_minor + 1 WHERE id = %s", order.pk)
    return order.code


@breaks("codes_of_assembly_workorder")
def a_work_order_with_another_code(house: House) -> str:
    order = _order(house, "requested")
    execute("UPDATE assembly_workorder SET code = 'WO-222222-2' WHERE id = %s", order.pk)
    return "WO-222222-2"
