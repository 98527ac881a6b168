"""What judging returns and sending removals costs, by the rate card; goods never wait for money."""

from __future__ import annotations

import pytest

from tests.books import findings
from tests.floor_world import a_person
from tests.pricing_world import a_rate, in_force
from tests.returns_world import a_shipped_order, at_desk, graded, removal_of, sent_out
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, money_in, stock_of
from toiya.domain.catalog.models import Sku
from toiya.domain.orders.models import Order
from toiya.domain.pricing.models import Charge
from toiya.domain.pricing.rules import Kind
from toiya.domain.returns.actions.fees import take_fees
from toiya.domain.returns.actions.grading import close_return
from toiya.domain.wallet.models import Reservation
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
FEES = (a_rate(Kind.RETURN_PIECE, "50"), a_rate(Kind.RETURN_PIECE, "80", grade="C"))


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def tote(warehouse: Warehouse) -> Sku:
    sku = a_sku(a_seller())
    money_in(sku.seller, 400)
    stock_of(sku, warehouse, 10)
    return sku


def test_a_judged_return_is_charged_by_its_grades_and_a_due_fee_is_taken_by_the_next_top_up(
    warehouse: Warehouse, tote: Sku
) -> None:
    in_force(*FEES)
    order = a_shipped_order(tote.seller, warehouse, {"LT-NVM": 3})  # 385 of the 400
    found = at_desk(order.code, warehouse)
    graded(found, tote, "A", 2)
    graded(found, tote, "C")
    done = close_return(code=found.code, actor=WORLD, at=NOON)
    assert (done.status, done.fee_minor, done.fee_taken_at) == ("done", 180, None)
    assert list(Charge.objects.filter(source=found.code).order_by("number").values_list("amount_minor", flat=True)) == [
        100,
        80,
    ]
    assert take_fees(seller_id=tote.seller_id, actor=WORLD, at=NOON) == []
    assert findings() == []

    money_in(tote.seller, 1000, reference="transfer 2")
    assert take_fees(seller_id=tote.seller_id, actor=WORLD, at=NOON) == [found.code]
    assert take_fees(seller_id=tote.seller_id, actor=WORLD, at=NOON) == []
    taken = Reservation.objects.get(source=found.code)
    assert (taken.status, taken.amount_minor) == ("captured", 180)
    assert findings() == []


@pytest.mark.seed("L26")
@pytest.mark.parametrize(("payer", "fee"), [("seller", 385 + 100 + 2 * 20), ("receiver", 100 + 2 * 20)])
def test_a_removal_has_fees_of_its_own_and_no_shipping_where_the_receiver_pays(
    payer: str, fee: int, warehouse: Warehouse, tote: Sku
) -> None:
    in_force(a_rate(Kind.REMOVAL_PARCEL, "100"), a_rate(Kind.REMOVAL_PIECE, "20"), a_rate(Kind.PICK_FIRST, "999"))
    money_in(tote.seller, 1000, reference="transfer 2")
    removal = removal_of(tote.seller, warehouse, {tote.code: 2}, payer=payer)
    sent_out(Order.objects.get(removal=removal), a_person(warehouse), warehouse)
    assert [(row.status, row.amount_minor) for row in Reservation.objects.all()] == [("captured", fee)]
    assert findings() == []
