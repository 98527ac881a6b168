"""Orders on their whole way over the floor, one scan or job at a time, so that a stop may come between any two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from tests.floor_world import a_coded_sku, a_person, a_service, acting_as, released
from tests.world import NOON, WORLD, a_seller, a_warehouse, an_order, judged, money_in, stock_of
from toiya.core.actor import Actor
from toiya.domain.carriers.jobs import buy_label
from toiya.domain.carriers.models import Label, Service
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller, Staff
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.labelling import finish_label, want_parcel_label
from toiya.domain.outbound.actions.packing import open_tote, pack_piece, packing_of
from toiya.domain.outbound.actions.picking import confirm_bin, pick_pieces, start_walk, tie_tote
from toiya.domain.outbound.actions.sealing import Weighing, seal_parcel
from toiya.domain.outbound.actions.shipping import ship_parcels
from toiya.domain.outbound.actions.stopped import carry_back
from toiya.domain.outbound.models import CarryBack, Parcel, PickTask, Slot
from toiya.domain.warehouses.models import Bin, Warehouse

STEPS = 12  # of the road below for an order of two pieces
STEPS_OF_BOXES = 25  # and of three pieces in a box each


@dataclass(frozen=True)
class Road:
    """A warehouse with one picker, in which orders of pieces of A go their way; a box takes `most_in_box` of them."""

    seller: Seller
    warehouse: Warehouse
    staff: Staff
    service: Service
    sku: Sku
    most_in_box: int = 99

    @property
    def actor(self) -> Actor:
        return acting_as(self.staff)

    def begin(self, pieces: int = 2) -> Order:
        """An order released to the floor; there is always enough for it."""
        order = judged(an_order(self.seller, {"A": pieces}))[0]
        released(self.warehouse, order)
        return order

    def step(self, order: Order, dice: Random | None = None) -> bool:
        """
        The next thing people or jobs do for the order; False when there is nothing to do any more.

        :param dice: draws between the boxes of the order; without, all are packed before the first gets its label
        """
        order.refresh_from_db()
        if order.status == Order.Status.PICKING:
            return self._pick(order)
        boxes = Parcel.objects.filter(order=order).select_related("label").defer("label__document", "label__shipment")
        parcels = list(boxes.order_by("pk"))
        things = [lambda: self._pack(order, parcels)] if self._is_to_pack(order, parcels) else []
        things += [partial(self._label, parcel) for parcel in parcels if parcel.status == Parcel.Status.SEALED]
        things += [partial(self._ship, parcel) for parcel in parcels if parcel.status == Parcel.Status.LABELLED]
        if not things:
            return False
        return (dice.choice(things) if dice else things[0])()

    def _is_to_pack(self, order: Order, parcels: Sequence[Parcel]) -> bool:
        if order.status != Order.Status.PACKING:
            return False
        is_open = any(parcel.status == Parcel.Status.OPEN for parcel in parcels)
        return is_open or Slot.objects.filter(order=order, is_closed=False).exists()

    def _pick(self, order: Order) -> bool:
        slot = Slot.objects.select_related("pick_list").get(order=order, is_closed=False)
        if slot.pick_list.picker_id is None:
            code, user_id = slot.pick_list.code, self.staff.user_id
            start_walk(pick_list_code=code, user_id=user_id, actor=self.actor, at=NOON)
        elif slot.tote_id is None:
            tie_tote(slot_id=slot.pk, scan=self.free_tote(), actor=self.actor, at=NOON)
        else:
            task = PickTask.objects.select_related("bin").filter(order=order, status="open").order_by("sequence")[0]
            if not task.is_bin_confirmed:
                confirm_bin(task_id=task.pk, scan=task.bin.code, actor=self.actor, at=NOON)
            else:
                pick_pieces(task_id=task.pk, scan=self.sku.code, quantity=1, actor=self.actor, at=NOON)
        return True

    def free_tote(self) -> str:
        """A tote in which nothing lies."""
        used = [*Slot.objects.filter(is_closed=False).values_list("tote_id", flat=True)]
        used += [*CarryBack.objects.filter(put_at=None).values_list("tote_id", flat=True)]
        totes = Bin.objects.filter(warehouse=self.warehouse, kind=Bin.Kind.TOTE)
        free: str = totes.exclude(pk__in=[pk for pk in used if pk]).order_by("pk")[0].code
        return free

    def _pack(self, order: Order, parcels: Sequence[Parcel]) -> bool:
        parcel = next((each for each in parcels if each.status == Parcel.Status.OPEN), None)
        if parcel is None:
            slot = Slot.objects.select_related("tote").get(order=order, is_closed=False)
            open_tote(warehouse_id=self.warehouse.pk, scan=slot.tote.code, actor=self.actor, at=NOON)
            return True
        packing = packing_of(parcel_code=parcel.code, actor=self.actor, at=NOON)
        if packing.is_complete or packing.packed == self.most_in_box:
            weighing = Weighing(packing.packed_g + 20, self.service.code, has_more=not packing.is_complete)
            seal_parcel(parcel_code=parcel.code, weighing=weighing, actor=self.actor, at=NOON)
        else:
            pack_piece(parcel_code=parcel.code, scan=self.sku.code, actor=self.actor, at=NOON)
        return True

    def _ship(self, parcel: Parcel) -> bool:
        ship_parcels(seller_id=self.seller.pk, parcel_codes=[parcel.code], actor=WORLD, at=NOON)
        return True

    def _label(self, parcel: Parcel) -> bool:
        if parcel.label is None:
            want_parcel_label(parcel_id=parcel.pk, actor=WORLD, at=NOON)
        elif parcel.label.status == Label.Status.WANTED:
            buy_label(parcel.label.pk)
        else:
            finish_label(label_id=parcel.label.pk, actor=WORLD, at=NOON)
        return True

    def carry_all_back(self) -> None:
        """Whatever lies in totes of stopped orders is back on the shelf."""
        for pile in CarryBack.objects.filter(put_at=None).select_related("home"):
            carry_back(carry_id=pile.pk, scan=pile.home.code, actor=self.actor, at=NOON)


def a_road(pieces: int = 100, most_in_box: int = 99) -> Road:
    """A warehouse with stock, money for labels and somebody who works."""
    seller, warehouse = a_seller(), a_warehouse()
    money_in(seller, 1_000_000)
    sku = a_coded_sku(seller, "A")
    stock_of(sku, warehouse, pieces)
    return Road(seller, warehouse, a_person(warehouse), a_service(), sku, most_in_box)
