"""Deliveries with boxes and lots in stock, for the tests of labels: rows as the seller's own words would make them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tests.world import NOON, WORLD
from toiya.core.codes import code_for
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound.models import BundleLine, CargoBundle, Carton, CartonLine, InboundRequest
from toiya.domain.stock.actions.goods import Arrival, receive_stock
from toiya.domain.warehouses.models import Warehouse


def a_delivery(warehouse: Warehouse, boxes: Sequence[Mapping[Sku, int]], *, number: int = 1) -> CargoBundle:
    """A cargo bundle, arriving on 24 November, with these boxes: pieces by SKU."""
    seller = next(iter(boxes[0])).seller
    bundle = CargoBundle.objects.create(
        seller=seller,
        code=code_for("CB", number),
        warehouse=warehouse,
        estimated_on=date(2026, 11, 24),
        created_at=NOON,
    )
    told: dict[Sku, int] = {}
    for place, contents in enumerate(boxes, start=1):
        carton = Carton.objects.create(
            seller=seller,
            bundle=bundle,
            code=code_for("CTN", number * 1000 + place),
            number=place,
            length_mm=620,
            width_mm=400,
            height_mm=350,
            weight_g=14_000,
        )
        for sku, quantity in contents.items():
            CartonLine.objects.create(seller=seller, carton=carton, sku=sku, quantity=quantity)
            told[sku] = told.get(sku, 0) + quantity
    for sku, quantity in told.items():
        BundleLine.objects.create(seller=seller, bundle=bundle, sku=sku, told=quantity)
    return bundle


def a_request(sku: Sku, warehouse: Warehouse, quantity: int, *, number: int = 1) -> InboundRequest:
    """A request to bring in so many pieces."""
    return InboundRequest.objects.create(
        seller=sku.seller,
        code=code_for("IN", number),
        sku=sku,
        warehouse=warehouse,
        quantity=quantity,
        requested_at=NOON,
    )


def lots_of(sku: Sku, warehouse: Warehouse, lots: Mapping[tuple[str, date | None], int]) -> None:
    """Pieces received by lot and use-by day."""
    place = warehouse.bins.get(code="A01-01-1")
    receive_stock(
        seller_id=sku.seller_id,
        warehouse_id=warehouse.pk,
        arrivals=[Arrival(sku.pk, place.pk, pieces, lot, day) for (lot, day), pieces in lots.items()],
        source="CB-TEST",
        actor=WORLD,
        at=NOON,
    )
