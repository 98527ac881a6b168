"""Whatever the floor does, in whatever order: the bins hold what is on hand, and nothing is promised twice."""

from __future__ import annotations

from random import Random

import pytest

from tests.floor_world import a_coded_sku, a_person, a_service, acting_as, bins_agree, labelled
from tests.world import NOON, WORLD, a_seller, a_warehouse, an_order, judged, money_in, stock_of
from toiya.core.errors import Refusal
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.cancelling import cancel_order
from toiya.domain.outbound.actions.packing import open_tote, pack_piece, packing_of
from toiya.domain.outbound.actions.picking import Step, confirm_bin, pick_pieces, start_walk, tie_tote
from toiya.domain.outbound.actions.sealing import Weighing, seal_parcel
from toiya.domain.outbound.actions.shipping import ship_parcels
from toiya.domain.outbound.actions.short_picks import pick_short
from toiya.domain.outbound.actions.stopped import carry_back
from toiya.domain.outbound.actions.waves import release_wave
from toiya.domain.outbound.models import CarryBack, Parcel, PickList
from toiya.domain.stock.models import Balance, Movement
from toiya.domain.warehouses.models import Bin

pytestmark = pytest.mark.django_db
CODES = ("A", "B", "C")
TOTES = [f"T-{number:03d}" for number in range(1, 9)]
STEPS = 60


class Floor:
    """A floor on which anything may happen next."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - a test's dice
        self.warehouse, self.seller = a_warehouse(), a_seller()
        Bin.objects.bulk_create(
            Bin(warehouse=self.warehouse, code=code, kind=Bin.Kind.TOTE) for code in TOTES if code > "T-002"
        )
        money_in(self.seller, 1_500)
        self.service, self.staff = a_service(), a_person(self.warehouse)
        self.actor = acting_as(self.staff)
        for place, code in enumerate(CODES, start=1):
            sku = a_coded_sku(self.seller, code, weight_g=100)
            for bin_code in (f"A01-0{place}-1", f"A01-0{place + 3}-1"):
                stock_of(sku, self.warehouse, 4, bin_code=bin_code)

    def happen(self) -> None:
        """One thing, chosen by dice; a refusal is an answer too."""
        verbs = [
            self.order,
            self.release,
            self.walk,
            self.walk,
            self.walk,
            self.walk,
            self.pack,
            self.ship,
            self.cancel,
            self.carry,
        ]
        try:
            self.random.choice(verbs)()
        except Refusal:
            return

    def order(self) -> None:
        wants = {code: self.random.randint(1, 2) for code in self.random.sample(CODES, self.random.randint(1, 2))}
        judged(an_order(self.seller, wants))

    def release(self) -> None:
        codes = list(Order.objects.values_list("code", flat=True))
        release_wave(warehouse_id=self.warehouse.pk, order_codes=codes, actor=WORLD, at=NOON)

    def walk(self) -> None:
        code = self.random.choice([*PickList.objects.exclude(status="done").values_list("code", flat=True), "PL-NONE"])
        self.step(start_walk(pick_list_code=code, user_id=self.staff.user_id, actor=self.actor, at=NOON))

    def step(self, step: Step) -> None:
        if step.walk.slot:
            tie_tote(slot_id=step.walk.slot.slot_id, scan=self.random.choice(TOTES), actor=self.actor, at=NOON)
            return
        stop = step.walk.stop
        if stop is None:
            return
        if self.random.random() < 0.15:
            found = self.random.randint(0, stop.missing)
            pick_short(task_id=stop.task_id, found=found, actor=self.actor, at=NOON)
            return
        confirm_bin(task_id=stop.task_id, scan=stop.bin_code, actor=self.actor, at=NOON)
        scan = self.random.choice([stop.sku_code, stop.sku_code, "A"])
        pick_pieces(task_id=stop.task_id, scan=scan, quantity=1, actor=self.actor, at=NOON)

    def pack(self) -> None:
        tote = self.random.choice(TOTES)
        parcel = open_tote(warehouse_id=self.warehouse.pk, scan=tote, actor=self.actor, at=NOON)
        for line in packing_of(parcel_code=parcel.code, actor=self.actor, at=NOON).lines:
            for _ in range(line.missing):
                pack_piece(parcel_code=parcel.code, scan=line.sku_code, actor=self.actor, at=NOON)
        weighing = Weighing(self.random.choice([300, 300, 5000]), self.service.code)
        labelled(seal_parcel(parcel_code=parcel.code, weighing=weighing, actor=self.actor, at=NOON))

    def ship(self) -> None:
        codes = list(Parcel.objects.exclude(status="shipped").values_list("code", flat=True))
        self.random.shuffle(codes)
        ship_parcels(seller_id=self.seller.pk, parcel_codes=codes[:1], actor=WORLD, at=NOON)

    def cancel(self) -> None:
        codes = [*Order.objects.values_list("code", flat=True), "ORD-NONE"]
        cancel_order(order_code=self.random.choice(codes), reason="dice", actor=WORLD, at=NOON)

    def carry(self) -> None:
        pile = CarryBack.objects.filter(put_at=None).order_by("pk").first()
        if pile:
            carry_back(carry_id=pile.pk, scan=self.random.choice(["A01-01-1", "T-001"]), actor=self.actor, at=NOON)

    def agrees(self) -> bool:
        """Bins against balances, balances against movements, promises against balances."""
        for balance in Balance.objects.all():
            signs = {1: 1, 4: -1, 6: 1, 7: -1}
            moved = Movement.objects.filter(sku_id=balance.sku_id).values_list("kind", "quantity")
            if sum(signs.get(kind, 0) * quantity for kind, quantity in moved) != balance.on_hand:
                return False
        return bins_agree()


@pytest.mark.parametrize("seed", range(6))
def test_the_books_agree_after_anything(seed: int) -> None:
    floor = Floor(seed)
    for _ in range(STEPS):
        floor.happen()
        assert floor.agrees(), f"seed {seed}"
