"""Releasing orders to the floor: bins are chosen now, first expired first, and walks are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import Refusal
from toiya.domain.allocation import queries as promises
from toiya.domain.allocation.models import Allocation
from toiya.domain.members.queries import service_stopped, stands_still
from toiya.domain.orders.models import Hold, Order
from toiya.domain.orders.models.entries import REMOVAL_CHANNEL
from toiya.domain.outbound import queries, rules, walks, wave_rules
from toiya.domain.outbound.events import OrderReleased
from toiya.domain.outbound.models import PickList, PickTask, Slot, Wave
from toiya.domain.outbound.rules import Choice, Want
from toiya.domain.stock import sql as stock_sql


class NothingToRelease(Refusal):
    """None of the orders can go to the floor now."""

    code = "nothing_to_release"
    message = gettext_lazy("None of these orders can be released: they wait, are held, or are on the floor already.")


@dataclass(frozen=True, slots=True)
class Release:
    """What a release did: the wave, its walks, and the orders left behind with the reason of each."""

    wave: Wave
    pick_lists: tuple[PickList, ...]
    released: tuple[str, ...]
    left: dict[str, str]


def release_wave(
    *, warehouse_id: int, order_codes: Sequence[str], method: str = wave_rules.CLUSTER, actor: Actor, at: datetime
) -> Release:
    """
    Release orders, of any sellers, as one wave. Each seller's orders are one transaction under the wave's header.

    `method` is a `PickList.Method`, or empty: chosen by what the orders want.

    :raises NothingToRelease: no order of the set can be picked now
    """
    ready = list(Order.objects.filter(code__in=order_codes, status=Order.Status.ALLOCATED).order_by("seller_id", "pk"))
    if not ready:
        raise NothingToRelease()
    wave = _open_wave(warehouse_id, actor, at)
    lists: list[PickList] = []
    released: list[str] = []
    left = dict.fromkeys(order_codes, "not_ready")
    for seller_id in sorted({order.seller_id for order in ready}):
        codes = [order.code for order in ready if order.seller_id == seller_id]
        part = add_to_wave(wave_id=wave.pk, seller_id=seller_id, order_codes=codes, method=method, actor=actor, at=at)
        lists.extend(part.pick_lists)
        released.extend(part.released)
        left.update(part.left)
    for code in released:
        left.pop(code, None)
    if not released:
        wave.delete()
        raise NothingToRelease()
    return Release(wave, tuple(lists), tuple(released), left)


def _open_wave(warehouse_id: int, actor: Actor, at: datetime) -> Wave:
    number = next_ids("outbound_wave_id_seq", 1)[0]
    return Wave.objects.create(
        id=number, code=code_for("WAV", number), warehouse_id=warehouse_id, released_at=at, released_by=actor.name
    )


@transaction.atomic
def add_to_wave(
    *, wave_id: int, seller_id: int, order_codes: Sequence[str], method: str, actor: Actor, at: datetime
) -> Release:
    """Choose bins for one seller's allocated orders and put them on walks: carts of eight, batches or one by one."""
    wave = Wave.objects.get(pk=wave_id)
    orders = _lock_ready(seller_id, order_codes)
    wants = _wants(orders, wave.warehouse_id)
    stock_sql.lock_balances(seller_id, [wave.warehouse_id], sorted({want.sku_id for want in wants}))
    held = set(Hold.objects.filter(order_id__in=orders, lifted_at=None).values_list("order_id", flat=True))
    held |= _standing(seller_id, orders) or promises.reserved_for_later(orders, promises.local_day(at))

    first_good = promises.first_good_day(seller_id, at)
    offers = queries.bin_offers(seller_id, wave.warehouse_id, {want.sku_id for want in wants}, first_good)
    choices, unserved = rules.choose_bins([want for want in wants if want.order_id not in held], offers)
    short = {want.order_id for want in unserved}
    chosen = [choice for choice in choices if choice.want.order_id not in short]
    going = sorted({choice.want.order_id for choice in chosen})

    groups = wave_rules.grouped(going, chosen, method)
    lists = [_write_list(wave, group.method, [orders[each] for each in group.order_ids], chosen) for group in groups]
    for order_id in going:
        orders[order_id].move_to(Order.Status.PICKING)
    Order.objects.bulk_update([orders[order] for order in going], ["status"])

    events.record_all(_events(wave, lists, orders), actor=actor, at=at)
    left = {orders[order].code: "held" for order in held} | {orders[order].code: "no_bin" for order in short}
    return Release(wave, tuple(lists), tuple(orders[order].code for order in going), left)


def _standing(seller_id: int, orders: dict[int, Order]) -> set[int]:
    """Those that do not leave because fees are unpaid; goods that go home do, once the service is stopped (A071)."""
    if not stands_still(seller_id):
        return set()
    goes_home = REMOVAL_CHANNEL if service_stopped(seller_id) else ""
    return {order.pk for order in orders.values() if order.channel != goes_home}


def _lock_ready(seller_id: int, order_codes: Sequence[str]) -> dict[int, Order]:
    ready = Order.objects.filter(seller_id=seller_id, code__in=order_codes, status=Order.Status.ALLOCATED)
    return {order.pk: order for order in ready.lock()}


def _wants(orders: dict[int, Order], warehouse_id: int) -> list[Want]:
    allocations = Allocation.objects.filter(order_id__in=list(orders), warehouse_id=warehouse_id)
    return [
        Want(a.order_id, a.line_id, a.sku_id, a.quantity) for a in allocations.order_by("order_id", "line_id", "sku_id")
    ]


def _write_list(wave: Wave, method: str, orders: Sequence[Order], choices: Sequence[Choice]) -> PickList:
    number = next_ids("outbound_picklist_id_seq", 1)[0]
    mine = {order.pk for order in orders}
    chosen = [choice for choice in choices if choice.want.order_id in mine]
    route = walks.route_past(wave.warehouse_id, {choice.bin_id for choice in chosen})
    pick_list = PickList.objects.create(
        id=number,
        code=code_for("PL", number),
        wave=wave,
        warehouse_id=wave.warehouse_id,
        metres=route.metres,
        method=method,
    )
    slots = Slot.objects.bulk_create(
        [
            Slot(
                seller_id=order.seller_id,
                pick_list=pick_list,
                order=order,
                number=place,
                shares_tote=method == wave_rules.BATCH and place > 1,
            )
            for place, order in enumerate(orders, start=1)
        ]
    )
    slot_of = {slot.order_id: slot for slot in slots}
    stops = enumerate(rules.walk(chosen, route.ranks), start=1)
    PickTask.objects.bulk_create([_task(slot_of[stop.want.order_id], stop, place) for place, stop in stops])
    return pick_list


def _task(slot: Slot, stop: Choice, place: int) -> PickTask:
    return PickTask(
        seller_id=slot.seller_id,
        pick_list_id=slot.pick_list_id,
        slot=slot,
        order_id=stop.want.order_id,
        line_id=stop.want.line_id,
        sku_id=stop.want.sku_id,
        bin_id=stop.bin_id,
        lot=stop.lot,
        quantity=stop.quantity,
        sequence=place,
    )


def _events(wave: Wave, lists: Sequence[PickList], orders: dict[int, Order]) -> list[OrderReleased]:
    slots = Slot.objects.filter(pick_list__in=lists).select_related("pick_list").order_by("pk")
    return [
        OrderReleased(
            seller_id=slot.seller_id,
            subject=orders[slot.order_id].code,
            wave=wave.code,
            pick_list=slot.pick_list.code,
        )
        for slot in slots
    ]
