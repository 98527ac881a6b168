"""What a seller wants of its stock, and which warehouses take new promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.allocation.events import (
    AllocationRulesSet,
    SkuBufferDropped,
    SkuBufferSet,
    WarehouseReopened,
    WarehouseShut,
)
from toiya.domain.allocation.models import AllocationRules, ClosedWarehouse, SkuBuffer, WarehouseRank
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import Warehouse

MOST_PIECES = 1_000_000
MOST_DAYS = 3650
MOST_HOURS = 24 * 60


class RuleOutOfRange(Refusal):
    """A number that no shop means."""

    code = "rule_out_of_range"
    message = gettext_lazy("%(number)s is out of range. Enter a number from %(least)s to %(most)s.")


@dataclass(frozen=True, slots=True)
class Policy:
    """A seller's rules; `warehouses` are the codes of those to use, the first is tried first. None: no limit."""

    buffer_pieces: int = 0
    expiry_days: int | None = None
    unpaid_hours: int | None = None
    warehouses: tuple[str, ...] = ()
    sends_what_is_there: bool = False  # divide an order that lacks pieces; the rest follows (L30)


@transaction.atomic
def set_allocation_rules(*, seller_id: int, policy: Policy, actor: Actor, at: datetime) -> None:
    """
    Judge the seller's orders by these rules from now on; what is promised stays promised.

    Warehouses that are not named are left out; none named: all are used, the nearest to the receiver first.

    :raises NotFound: no such warehouse :raises RuleOutOfRange:
    """
    seller = Seller.objects.filter(pk=seller_id).lock().get()
    houses = {house.code: house for house in Warehouse.objects.order_by("pk")}

    _check(policy.buffer_pieces, 0, MOST_PIECES)
    _check(policy.expiry_days, 1, MOST_DAYS)
    _check(policy.unpaid_hours, 1, MOST_HOURS)
    for code in policy.warehouses:
        if code not in houses:
            raise NotFound(kind=gettext_lazy("warehouse"), code=code)

    wanted: dict[str, Any] = {
        "buffer_pieces": policy.buffer_pieces,
        "expiry_days": policy.expiry_days,
        "unpaid_hours": policy.unpaid_hours,
        "sends_what_is_there": policy.sends_what_is_there,
    }
    AllocationRules.objects.update_or_create(seller=seller, defaults=wanted)
    _rank(seller, policy.warehouses, houses)

    told = AllocationRulesSet(
        seller_id=seller_id, subject=seller.code, warehouses=", ".join(policy.warehouses), **wanted
    )
    events.record(told, actor=actor, at=at)


def _check(number: int | None, least: int, most: int) -> None:
    if number is not None and not least <= number <= most:
        raise RuleOutOfRange(number=number, least=least, most=most)


def _rank(seller: Seller, codes: Sequence[str], houses: dict[str, Warehouse]) -> None:
    WarehouseRank.objects.filter(seller=seller).delete()
    if codes:
        ranks = [
            WarehouseRank(
                seller=seller,
                warehouse=house,
                place=codes.index(code) + 1 if code in codes else len(codes) + 1,
                is_left_out=code not in codes,
            )
            for code, house in houses.items()
        ]
        WarehouseRank.objects.bulk_create(ranks)


@transaction.atomic
def set_sku_buffer(*, sku_code: str, pieces: int | None, actor: Actor, at: datetime) -> None:
    """
    Keep so many pieces of one SKU back; None: the rule for all SKUs counts again.

    :raises NotFound: no such SKU for this reader :raises RuleOutOfRange:
    """
    sku = Sku.objects.visible_to(actor).filter(code=sku_code).lock().first()

    if sku is None:
        raise NotFound(kind="SKU", code=sku_code)
    _check(pieces, 0, MOST_PIECES)

    told: SkuBufferSet | SkuBufferDropped
    if pieces is None:
        SkuBuffer.objects.filter(sku=sku).delete()
        told = SkuBufferDropped(seller_id=sku.seller_id, subject=sku.code)
    else:
        SkuBuffer.objects.update_or_create(sku=sku, defaults={"seller_id": sku.seller_id, "pieces": pieces})
        told = SkuBufferSet(seller_id=sku.seller_id, subject=sku.code, pieces=pieces)

    events.record(told, actor=actor, at=at)


@transaction.atomic
def shut_warehouse(*, warehouse_code: str, is_shut: bool, actor: Actor, at: datetime) -> None:
    """
    A warehouse takes no new promises, or takes them again. What is promised there is still picked.

    :raises NotFound: no such warehouse
    """
    house = Warehouse.objects.select_for_update(no_key=True).filter(code=warehouse_code).first()

    if house is None:
        raise NotFound(kind=gettext_lazy("warehouse"), code=warehouse_code)

    told: WarehouseShut | WarehouseReopened
    if is_shut:
        ClosedWarehouse.objects.get_or_create(warehouse=house, defaults={"closed_at": at})
        told = WarehouseShut(seller_id=None, subject=house.code)
    else:
        ClosedWarehouse.objects.filter(warehouse=house).delete()
        told = WarehouseReopened(seller_id=None, subject=house.code)

    events.record(told, actor=actor, at=at)
