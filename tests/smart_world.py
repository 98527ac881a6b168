"""Smart Delivery in the test world: sellers who pack themselves, their orders, labels and parcels at the counter."""

from __future__ import annotations

from datetime import datetime

from tests.floor_world import labelled
from tests.world import NOON, WORLD, a_seller, acting_for, an_order
from toiya.domain.allocation.actions.routing import judge_orders
from toiya.domain.carriers.models import Service
from toiya.domain.members.actions.choosing import choose_services
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.announcing import Packed, make_labels
from toiya.domain.outbound.actions.handing_in import Counter, HandedIn, hand_in_parcel
from toiya.domain.outbound.models import Parcel
from toiya.domain.warehouses.models import Warehouse


def serves(seller: Seller, *, fulfilment: bool, smart_delivery: bool) -> Seller:
    """The seller with these of our two services."""
    choose_services(seller_id=seller.pk, fulfilment=fulfilment, smart_delivery=smart_delivery, actor=WORLD, at=NOON)
    seller.refresh_from_db()
    return seller


def a_packing_seller(name: str = "Hibari") -> Seller:
    """A seller that uses Smart Delivery only."""
    return serves(a_seller(name), fulfilment=False, smart_delivery=True)


def routed(*orders: Order, at: datetime = NOON) -> list[Order]:
    """The orders after the job that judges looked at them."""
    judge_orders(seller_id=orders[0].seller_id, order_ids=[order.pk for order in orders], actor=WORLD, at=at)
    return list(Order.objects.filter(pk__in=[order.pk for order in orders]).order_by("pk"))


def to_hand_in(seller: Seller, **given: str) -> Order:
    """An order that its seller packs itself."""
    return routed(an_order(seller, {"OWN-1": 2}, **given))[0]  # type: ignore[arg-type]


def announced(order: Order, warehouse: Warehouse, service: Service, *, weight_g: int = 400) -> Parcel:
    """The parcel of an order whose label was asked for on the seller's page."""
    made = make_labels(
        seller_id=order.seller_id,
        warehouse_id=warehouse.pk,
        packed=[Packed(order.code, weight_g, service.code)],
        actor=acting_for(order.seller),
        at=NOON,
    )
    return Parcel.objects.get(code=made.parcels[0])


def with_label(order: Order, warehouse: Warehouse, service: Service, *, weight_g: int = 400) -> Parcel:
    """The parcel after the jobs got its label: the seller may print it."""
    return labelled(announced(order, warehouse, service, weight_g=weight_g))


def handed_in(parcel: Parcel, *, scan_id: str = "", at: datetime = NOON) -> HandedIn:
    """The parcel scanned at the counter of its centre."""
    counter = Counter(parcel.warehouse_id)
    return hand_in_parcel(counter=counter, scan=parcel.code, actor=WORLD, at=at, scan_id=scan_id)
