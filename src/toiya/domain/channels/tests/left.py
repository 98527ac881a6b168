"""A parcel as it stands after the truck left, for tests that begin there."""

from __future__ import annotations

from datetime import datetime

from tests.world import NOON
from toiya.core import events
from toiya.core.actor import system_actor
from toiya.domain.carriers.models import Label, Service
from toiya.domain.channels.models import Connection
from toiya.domain.orders.models import Order
from toiya.domain.outbound.events import OrderShipped
from toiya.domain.outbound.models import Content, Parcel
from toiya.domain.warehouses.models import Warehouse


def shipped_order(shop: Connection, cart: str) -> Order:
    """The shop's order of that cart."""
    return Order.objects.get(shop_code=shop.code, external_id=cart)


def _a_label(order: Order, tracking_number: str, at: datetime) -> Label:
    service, _ = Service.objects.get_or_create(
        code="nekopos",
        defaults={
            "carrier": "test_carrier",
            "name": "Nekopos",
            "site_name": "ネコポス",
            "max_weight_g": 1000,
            "price_minor": 385,
        },
    )
    number = Label.objects.count() + 1
    return Label.objects.create(
        seller_id=order.seller_id,
        reference=f"PCL-TEST-{number}",
        service=service,
        carrier="test_carrier",
        status=Label.Status.BOUGHT,
        tracking_number=tracking_number,
        shipment={},
        wanted_at=at,
        bought_at=at,
    )


def a_parcel_that_left(
    order: Order, warehouse: Warehouse, tracking_number: str, *, lines: int = 0, at: datetime = NOON
) -> Parcel:
    """A shipped parcel with the first `lines` lines of the order (0: all), labelled with the number."""
    label = _a_label(order, tracking_number, at)
    parcel = Parcel.objects.create(
        seller_id=order.seller_id,
        code=label.reference,
        order=order,
        warehouse=warehouse,
        status=Parcel.Status.SHIPPED,
        service=label.service,
        label=label,
        opened_at=at,
        shipped_at=at,
    )
    held = list(order.lines.order_by("pk"))
    Content.objects.bulk_create(
        Content(
            seller_id=order.seller_id,
            parcel=parcel,
            order_id=order.pk,
            line_id=line.pk,
            sku_id=line.sku_id or 0,
            bin_id=0,
            quantity=line.quantity,
        )
        for line in held[: lines or None]
    )
    Order.objects.filter(pk=order.pk).update(status=Order.Status.SHIPPED, shipped_at=at)
    left = OrderShipped(
        seller_id=order.seller_id,
        subject=order.code,
        parcel=parcel.code,
        carrier=label.carrier,
        tracking_number=tracking_number,
    )
    events.record(left, actor=system_actor("floor"), at=at)
    return parcel
