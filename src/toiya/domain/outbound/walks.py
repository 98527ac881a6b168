"""The way of a walk through the building: what its bins' places say."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max

from toiya.domain.outbound.walk_rules import Place, Route, route
from toiya.domain.warehouses.models import Bin


def route_past(warehouse_id: int, bin_ids: Iterable[int]) -> Route:
    """In which order to walk past these bins (two queries)."""
    bins = list(Bin.objects.filter(pk__in=list(bin_ids)))
    last = Bin.objects.filter(warehouse_id=warehouse_id).aggregate(last=Max("bay"))["last"] or 0
    return route({each.pk: _place(each) for each in bins}, {each.pk: each.walk_order for each in bins}, last)


def _place(place: Bin) -> Place | None:
    return None if place.aisle is None or place.bay is None else Place(place.aisle, place.bay)
