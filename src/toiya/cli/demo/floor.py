"""Two pickers work through the demo's orders with the actions that every scan of the floor calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle

from toiya.cli.demo.people import STAFF
from toiya.core import clock
from toiya.core.actor import Actor
from toiya.domain.carriers.models import Service
from toiya.domain.carriers.queries import services
from toiya.domain.catalog.models import Barcode
from toiya.domain.members.models import User
from toiya.domain.members.queries import actor_of
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.packing import Packing, open_tote, pack_piece, packing_of
from toiya.domain.outbound.actions.picking import Step, confirm_bin, pick_pieces, start_walk, tie_tote
from toiya.domain.outbound.actions.sealing import Weighing, seal_parcel
from toiya.domain.outbound.actions.shipping import load_parcel
from toiya.domain.outbound.actions.waves import release_wave
from toiya.domain.outbound.models import Parcel, PickList, Slot
from toiya.domain.warehouses.models import Bin, Warehouse

_BOX_GRAMS = 45
Done = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody on the floor."""

    user: User
    actor: Actor


class Floor:
    """The warehouse's people at work."""

    def __init__(self, warehouse: Warehouse, done: Done) -> None:
        """:param done: told how many orders got one step further"""
        self._warehouse = warehouse
        self._done = done
        self._lead, *pickers = (_worker(person.email) for person in STAFF if person.role in ("floor_lead", "picker"))
        self._pickers: Iterator[Worker] = cycle(pickers)
        totes = warehouse.bins.filter(kind=Bin.Kind.TOTE).order_by("code").values_list("code", flat=True)
        self._totes = cycle(totes)
        barcodes = Barcode.objects.values_list("sku__code", "barcode")
        self._barcode_of = dict(barcodes)
        self._services: list[Service] = services()

    def work_off(self, orders: Sequence[Order]) -> None:
        """Release the orders as one wave, pick every walk, pack every tote."""
        codes = [order.code for order in orders]
        at = clock.now()
        release = release_wave(warehouse_id=self._warehouse.pk, order_codes=codes, actor=self._lead.actor, at=at)
        for pick_list in release.pick_lists:
            picker = next(self._pickers)
            self._pick(pick_list, picker)
            for slot in Slot.objects.filter(pick_list=pick_list).select_related("tote").order_by("number"):
                if slot.tote is not None:
                    self._pack(slot.tote.code, picker)
                    self._done(1)

    def load(self, orders: Sequence[Order]) -> None:
        """Scan the labels of these orders' parcels onto the truck."""
        parcels = Parcel.objects.filter(order__in=orders, status=Parcel.Status.LABELLED).select_related("label")
        for parcel in parcels.order_by("pk"):
            number = parcel.label.tracking_number if parcel.label else parcel.code
            load_parcel(warehouse_id=self._warehouse.pk, scan=number, actor=self._lead.actor, at=clock.now())
            self._done(1)

    def _pick(self, pick_list: PickList, picker: Worker) -> None:
        actor = picker.actor
        step = start_walk(pick_list_code=pick_list.code, user_id=picker.user.pk, actor=actor, at=clock.now())
        while not step.is_done:
            step = self._scan(step, actor)

    def _scan(self, step: Step, actor: Actor) -> Step:
        """Do what the screen says next."""
        slot, stop, at = step.walk.slot, step.walk.stop, clock.now()
        if slot is not None:
            return tie_tote(slot_id=slot.slot_id, scan=f"TOTE-{next(self._totes)}", actor=actor, at=at)
        if stop is None:
            raise RuntimeError(f"{step.walk.code}: neither a tote nor a stop comes next")
        if not stop.is_bin_confirmed:
            return confirm_bin(task_id=stop.task_id, scan=f"BIN-{stop.bin_code}", actor=actor, at=at)
        scan = self._barcode_of[stop.sku_code]
        return pick_pieces(task_id=stop.task_id, scan=scan, quantity=1, actor=actor, at=at)

    def _pack(self, tote: str, packer: Worker) -> None:
        actor = packer.actor
        at = clock.now()
        parcel = open_tote(warehouse_id=self._warehouse.pk, scan=f"TOTE-{tote}", actor=actor, at=at)
        packing = packing_of(parcel_code=parcel.code, actor=actor, at=at)
        for line in packing.lines:
            for _ in range(line.missing):
                scan = self._barcode_of[line.sku_code]
                packing = pack_piece(parcel_code=parcel.code, scan=scan, actor=actor, at=clock.now())
        weighing = self._weigh(packing)
        seal_parcel(parcel_code=parcel.code, weighing=weighing, actor=actor, at=clock.now())

    def _weigh(self, packing: Packing) -> Weighing:
        """Pieces and box, in the cheapest service that takes the weight."""
        weight_g = packing.expected_g + _BOX_GRAMS
        service = next(service for service in self._services if service.max_weight_g >= weight_g)
        return Weighing(weight_g, service.code)


def _worker(email: str) -> Worker:
    user = User.objects.get(email=email)
    actor = actor_of(user, at=clock.now())
    if actor is None:
        raise RuntimeError(f"{email} has no role")
    return Worker(user, actor)
