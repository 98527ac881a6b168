"""Sellers of the test world apply for the centres they send goods to."""

from __future__ import annotations

from datetime import datetime

from tests.dues_world import signed
from tests.world import NOON
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import CentreUse, Warehouse


def applied(seller: Seller, *houses: Warehouse, at: datetime = NOON) -> None:
    """The seller's agreement covers these centres, beside those it covers already."""
    used = set(CentreUse.objects.filter(seller=seller, ended_at=None).values_list("warehouse_id", flat=True))
    if not {house.pk for house in houses} <= used:
        signed(seller, *Warehouse.objects.filter(pk__in=used | {house.pk for house in houses}), at=at)
