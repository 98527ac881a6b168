"""Requests and deliveries for tests, built by the app's own actions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tests.centres_world import applied
from tests.world import NOON, WORLD, acting_for, money_in
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound.actions.approving import approve_bundle
from toiya.domain.inbound.actions.bundles import Announcement, Sending, create_bundle, send_bundle
from toiya.domain.inbound.actions.requests import Wanted, make_requests
from toiya.domain.inbound.models import CargoBundle, InboundRequest
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import ReceivingRules, Warehouse

ARRIVAL = date(2026, 11, 24)


def rules_of(warehouse: Warehouse, **rules: Any) -> ReceivingRules:
    """The warehouse's receiving rules with these values."""
    return ReceivingRules.objects.update_or_create(warehouse=warehouse, defaults=rules)[0]


def a_request(
    sku: Sku, warehouse: Warehouse, quantity: int = 10, *, way: str = "in", at: datetime = NOON
) -> InboundRequest:
    """One open request of the SKU's seller."""
    if way == "in":
        applied(sku.seller, warehouse, at=at)
    wish = Wanted(sku.code, quantity, warehouse.pk, way)
    return make_requests(seller_id=sku.seller_id, wanted=[wish], actor=acting_for(sku.seller), at=at)[0]


def a_bundle(
    seller: Seller, warehouse: Warehouse, wants: Mapping[Sku, int], *, at: datetime = NOON, **plan: Any
) -> CargoBundle:
    """A delivery of the seller that was asked for; the wallet is filled enough."""
    money_in(seller, 100_000, at=at)
    requests = [a_request(sku, warehouse, pieces, at=at) for sku, pieces in wants.items()]
    return create_bundle(
        seller_id=seller.pk,
        request_codes=[request.code for request in requests],
        plan=Announcement(**{"estimated_on": ARRIVAL} | plan),
        actor=acting_for(seller),
        at=at,
    )


def approved(bundle: CargoBundle, at: datetime = NOON) -> CargoBundle:
    """The delivery after the office said yes."""
    return approve_bundle(bundle_code=bundle.code, actor=WORLD, at=at)


def sent(bundle: CargoBundle, at: datetime = NOON, cartons: int = 2) -> CargoBundle:
    """The delivery on its way."""
    sending = Sending("Sagawa", "1234-5678-9012", cartons, bundle.estimated_on)
    return send_bundle(bundle_code=bundle.code, sending=sending, actor=acting_for(bundle.seller), at=at)
