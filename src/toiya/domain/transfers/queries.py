"""What the screens ask about transfers."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from toiya.core.actor import Actor
from toiya.domain.stock.models import BinStock
from toiya.domain.transfers.models import Transfer
from toiya.domain.warehouses.models import Bin

Status = Transfer.Status
TO_SEND = (Status.ACCEPTED, Status.COLLECTING)
TO_COME = (Status.ON_THE_WAY, Status.ARRIVING)
OPEN = (Status.REQUESTED, *TO_SEND, *TO_COME)


def transfers_of(actor: Actor, warehouse_id: int, view: str) -> QuerySet[Any]:
    """Those that leave or reach this warehouse: open ones, those with a difference, or all that are over."""
    rows = Transfer.objects.visible_to(actor).filter(
        Q(from_warehouse_id=warehouse_id) | Q(to_warehouse_id=warehouse_id)
    )
    if view == "differences":
        rows = rows.filter(status=Status.ARRIVED).filter(Q(received__lt=F("picked")) | Q(extra__gt=0))
    elif view == "over":
        rows = rows.exclude(status__in=OPEN)
    else:
        rows = rows.filter(status__in=OPEN)
    found: QuerySet[Any] = rows.select_related("sku", "seller", "from_warehouse", "to_warehouse")
    return found


def on_the_floor(warehouse_id: int, most: int) -> tuple[list[Transfer], list[Transfer]]:
    """What is to be collected in this warehouse, and what comes to it; the oldest first."""
    rows = Transfer.objects.select_related("sku", "seller", "from_warehouse", "to_warehouse").order_by("pk")
    leaving = rows.filter(from_warehouse_id=warehouse_id, status__in=TO_SEND)[:most]
    coming = rows.filter(to_warehouse_id=warehouse_id, status__in=TO_COME)[:most]
    return list(leaving), list(coming)


def lying(transfer: Transfer, most: int) -> list[BinStock]:
    """Where usable pieces lie in the first warehouse: what expires first first, then along the walk."""
    rows = BinStock.objects.filter(
        seller_id=transfer.seller_id,
        warehouse_id=transfer.from_warehouse_id,
        sku_id=transfer.sku_id,
        quantity__gt=0,
    ).exclude(bin__kind__in=(*Bin.BLOCKED, Bin.Kind.TOTE, Bin.Kind.STAGING))
    rows = rows.order_by(F("expires_on").asc(nulls_last=True), "bin__walk_order", "bin_id", "lot")
    return list(rows.select_related("bin")[:most])
