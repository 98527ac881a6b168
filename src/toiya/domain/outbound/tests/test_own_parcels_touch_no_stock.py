"""Whatever happens to a seller's own parcels, in whatever order: no piece of stock moves, and all books agree."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.books import findings
from tests.floor_world import a_service, labelled
from tests.smart_world import a_packing_seller, handed_in, to_hand_in
from tests.world import NOON, WORLD, a_warehouse, acting_for, held, money_in
from toiya.core.errors import Refusal
from toiya.domain.carriers.models import Service
from toiya.domain.orders.actions.holds import lift_hold
from toiya.domain.orders.models import Hold, Order
from toiya.domain.outbound.actions.announcing import Packed, cancel_label, make_hand_in_list, make_labels
from toiya.domain.outbound.actions.cancelling import cancel_order
from toiya.domain.outbound.actions.shipping import load_parcel
from toiya.domain.outbound.models import Parcel
from toiya.domain.stock.models import Balance, Movement
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
STEPS = 25


class Days:
    """One seller's days at random: every step picks an order or a parcel and may be refused."""

    def __init__(self, dice: random.Random, centre: Warehouse, service: Service) -> None:
        self.dice, self.centre, self.service = dice, centre, service
        self.seller = a_packing_seller()
        self.actor = acting_for(self.seller)
        self.numbers = 0
        self.steps: list[Callable[[], object]] = [
            self.sell, self.label, self.label, self.make, self.make, self.give_up, self.bundle, self.bring, self.bring,
            self.load, self.cancel, self.hold, self.lift, self.pay,
        ]  # fmt: skip

    def one(self) -> None:
        try:
            self.dice.choice(self.steps)()
        except Refusal:
            return

    def sell(self) -> object:
        return to_hand_in(self.seller)

    def pay(self) -> None:
        self.numbers += 1
        money_in(self.seller, 400, f"transfer {self.numbers}")

    def label(self) -> object:
        packed = [Packed(self._order().code, self.dice.choice([0, 300, 1_000, 1_001]), self.service.code)]
        return make_labels(
            seller_id=self.seller.pk, warehouse_id=self.centre.pk, packed=packed, actor=self.actor, at=NOON
        )

    def make(self) -> object:
        return labelled(self._parcel())

    def give_up(self) -> None:
        cancel_label(parcel_code=self._parcel().code, actor=self.actor, at=NOON)

    def bundle(self) -> object:
        return make_hand_in_list(seller_id=self.seller.pk, warehouse_id=self.centre.pk, actor=self.actor, at=NOON)

    def bring(self) -> object:
        return handed_in(self._parcel())

    def load(self) -> object:
        return load_parcel(warehouse_id=self.centre.pk, scan=self._parcel().code, actor=WORLD, at=NOON)

    def cancel(self) -> None:
        cancel_order(order_code=self._order().code, reason="by_buyer", actor=self.actor, at=NOON)

    def hold(self) -> object:
        return held(self._order(), "address")

    def lift(self) -> None:
        hold = Hold.objects.filter(lifted_at=None, code="address").select_related("order").first()
        if hold:
            lift_hold(order_code=hold.order.code, code=hold.code, actor=self.actor, at=NOON)

    def _order(self) -> Order:
        orders = list(Order.objects.order_by("pk"))
        return self.dice.choice(orders) if orders else to_hand_in(self.seller)

    def _parcel(self) -> Parcel:
        parcels = list(Parcel.objects.order_by("pk"))
        if not parcels:
            raise Refusal()
        return self.dice.choice(parcels)


@pytest.mark.parametrize("seed", range(6))
def test_no_piece_moves_and_the_books_agree(seed: int) -> None:
    days = Days(random.Random(seed), a_warehouse(), a_service())  # noqa: S311
    for _ in range(STEPS):
        days.one()

    assert (Movement.objects.count(), Balance.objects.count()) == (0, 0)
    assert findings() == []
