"""The floor of the test world: people with badges, released orders, picked totes, packed parcels, made labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count

from tests.world import NOON, PASSWORD, WORLD, an_order, judged
from toiya.core.actor import Actor, ActorKind
from toiya.domain.carriers.actions.contracts import NewNumberRange, NewService, add_service, open_number_range
from toiya.domain.carriers.jobs import buy_label
from toiya.domain.carriers.models import Service
from toiya.domain.catalog.actions.registering import NewSku, register_item
from toiya.domain.catalog.models import Sku
from toiya.domain.members.actions.joining import add_staff
from toiya.domain.members.models import Seller, Staff, User
from toiya.domain.members.rules import OPERATOR_ROLES
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.labelling import finish_label, want_parcel_label
from toiya.domain.outbound.actions.lots import confirm_lot
from toiya.domain.outbound.actions.packing import open_tote, pack_piece, packing_of
from toiya.domain.outbound.actions.picking import confirm_bin, pick_pieces, start_walk, tie_tote
from toiya.domain.outbound.actions.sealing import Weighing, seal_parcel
from toiya.domain.outbound.actions.waves import Release, release_wave
from toiya.domain.outbound.models import Parcel, PickTask
from toiya.domain.stock.models import Balance, BinStock
from toiya.domain.warehouses.models import Bin, Warehouse

PIN = "4711"
_badges = count(1)


def a_person(warehouse: Warehouse, role: str = "picker", name: str = "") -> Staff:
    """Somebody of the operator, with a badge and PIN 4711, who signs in elsewhere with PASSWORD."""
    number = next(_badges)
    user = User.objects.create_user(
        email=f"{role}{number}@toiya.example", name=name or f"{role.title()} {number}", password=PASSWORD
    )
    return add_staff(user=user, role=role, warehouse_id=warehouse.pk, badge=f"BADGE-{number:04d}", pin=PIN)


def acting_as(staff: Staff) -> Actor:
    """The actor that person is."""
    return Actor(
        kind=ActorKind.PERSON,
        id=str(staff.user_id),
        name=staff.user.name,
        warehouse_id=staff.warehouse_id,
        permissions=OPERATOR_ROLES[staff.role],
    )


def a_coded_sku(seller: Seller, code: str, barcode: str = "", weight_g: int = 300) -> Sku:
    """A SKU whose seller's own code is `code`."""
    new = NewSku(option=f"option {code}", seller_code=code, barcode=barcode, weight_g=weight_g)
    item = register_item(seller_id=seller.pk, name=f"Thing {code}", options=[new], actor=WORLD, at=NOON)
    return item.skus.get()


def a_service(code: str = "nekopos", max_weight_g: int = 1000, price_minor: int = 385) -> Service:
    """A service of the test carrier, with a range of numbers."""
    numbers = NewNumberRange("test_carrier", 99_900_000_001, 99_999_999_999, is_test=True)
    open_number_range(numbers=numbers, actor=WORLD, at=NOON)
    new = NewService(code, "test_carrier", code.title(), code.title(), max_weight_g, price_minor)
    return add_service(service=new, actor=WORLD, at=NOON)


def released(warehouse: Warehouse, *orders: Order, at: datetime = NOON) -> Release:
    """The orders as a wave on the floor."""
    return release_wave(warehouse_id=warehouse.pk, order_codes=[order.code for order in orders], actor=WORLD, at=at)


def on_the_floor(
    seller: Seller, warehouse: Warehouse, *wants: Mapping[str, int], at: datetime = NOON
) -> tuple[Release, list[Order]]:
    """Orders that came in, got their stock and were released together; the stock must be there."""
    orders = judged(*[an_order(seller, want, at=at) for want in wants], at=at)
    release = released(warehouse, *orders, at=at)
    return release, list(Order.objects.filter(pk__in=[order.pk for order in orders]).order_by("pk"))


def walked(code: str, staff: Staff, totes: Sequence[str] = ("T-001", "T-002"), at: datetime = NOON) -> None:
    """The whole pick list, picked piece by piece by this person."""
    actor = acting_as(staff)
    step = start_walk(pick_list_code=code, user_id=staff.user_id, actor=actor, at=at)
    free = iter(totes)
    while not step.is_done:
        if step.walk.slot:
            step = tie_tote(slot_id=step.walk.slot.slot_id, scan=next(free), actor=actor, at=at)
        elif step.walk.stop and not step.walk.stop.is_bin_confirmed:
            stop = step.walk.stop
            step = confirm_bin(task_id=stop.task_id, scan=stop.bin_code, actor=actor, at=at)
        elif step.walk.stop and step.walk.stop.asks_lot:
            stop = step.walk.stop
            step = confirm_lot(task_id=stop.task_id, scan=stop.lot, actor=actor, at=at)
        elif step.walk.stop:
            stop = step.walk.stop
            step = pick_pieces(task_id=stop.task_id, scan=stop.sku_code, quantity=1, actor=actor, at=at)


def packed(tote: str, staff: Staff, service: Service, *, weight_g: int = 0, at: datetime = NOON) -> Parcel:
    """The tote's order, every piece scanned into a parcel, weighed and sealed."""
    actor = acting_as(staff)
    parcel = open_tote(warehouse_id=staff.warehouse_id or 0, scan=tote, actor=actor, at=at)
    packing = packing_of(parcel_code=parcel.code, actor=actor, at=at)
    for line in packing.lines:
        for _ in range(line.missing):
            packing = pack_piece(parcel_code=parcel.code, scan=line.sku_code, actor=actor, at=at)
    weighing = Weighing(weight_g or packing.expected_g + 20, service.code)
    return seal_parcel(parcel_code=parcel.code, weighing=weighing, actor=actor, at=at)


def labelled(parcel: Parcel, at: datetime = NOON) -> Parcel:
    """The parcel after the jobs wanted its label, the carrier made it and the answer was taken."""
    wanted = want_parcel_label(parcel_id=parcel.pk, actor=WORLD, at=at)
    if wanted.label is not None:
        buy_label(wanted.label.pk)
        finish_label(label_id=wanted.label.pk, actor=WORLD, at=at)
    return Parcel.objects.select_related("label", "order").get(pk=parcel.pk)


def books() -> dict[str, list[tuple[object, ...]]]:
    """All that a refused step must not change: balances, bins, tasks, orders, parcels."""
    return {
        "balances": list(Balance.objects.order_by("pk").values_list("sku", "on_hand", "allocated", "blocked")),
        "bins": list(BinStock.objects.order_by("pk").values_list("bin", "sku", "lot", "quantity")),
        "tasks": list(PickTask.objects.order_by("pk").values_list("pk", "status", "picked", "is_bin_confirmed")),
        "orders": list(Order.objects.order_by("pk").values_list("pk", "status", "waiting_reason")),
        "parcels": list(Parcel.objects.order_by("pk").values_list("pk", "status", "weight_g")),
    }


def in_bin(warehouse: Warehouse, code: str) -> int:
    """Pieces of anything in a bin, by the book."""
    return sum(
        BinStock.objects.filter(bin=Bin.objects.get(warehouse=warehouse, code=code)).values_list("quantity", flat=True)
    )


def bins_agree() -> bool:
    """Whether the bins of every SKU hold what is on hand, and nothing more is promised than there is."""
    for balance in Balance.objects.all():
        in_bins = sum(
            BinStock.objects.filter(warehouse_id=balance.warehouse_id, sku_id=balance.sku_id).values_list(
                "quantity", flat=True
            )
        )
        if in_bins != balance.on_hand or not 0 <= balance.allocated + balance.blocked <= balance.on_hand:
            return False
    return True
