"""The way of a walk through the building: what its bins' places say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.db.models import Max, Subquery

from toiya.domain.outbound.walk_rules import Place, Route, route
from toiya.domain.warehouses.models import Bin


def route_past(warehouse_id: int, bin_ids: Iterable[int]) -> Route:
    """In which order to walk past these bins (one query)."""
    bins, last = _bins(warehouse_id, bin_ids)
    return _route(bins.values(), last)


def metres_of(warehouse_id: int, walks: Sequence[Collection[int]]) -> int | None:
    """How far these walks are in all, each past its bins (one query); None where a bin has no place."""
    bins, last = _bins(warehouse_id, {bin_id for walk in walks for bin_id in walk})
    metres = [_route([bins[bin_id] for bin_id in walk], last).metres for walk in walks]
    known = [each for each in metres if each is not None]
    return sum(known) if len(known) == len(metres) else None


def _bins(warehouse_id: int, bin_ids: Iterable[int]) -> tuple[dict[int, Bin], int]:
    """The bins, and the last bay of the building."""
    in_building = Bin.objects.filter(warehouse_id=warehouse_id).order_by().values("warehouse_id")
    last_bay = Subquery(in_building.annotate(last=Max("bay")).values("last"))
    found = list(Bin.objects.filter(pk__in=list(bin_ids)).annotate(last_bay=last_bay))
    return {each.pk: each for each in found}, (found[0].last_bay or 0) if found else 0


def _route(bins: Collection[Bin], last_bay: int) -> Route:
    return route({each.pk: _place(each) for each in bins}, {each.pk: each.walk_order for each in bins}, last_bay)


def _place(place: Bin) -> Place | None:
    return None if place.aisle is None or place.bay is None else Place(place.aisle, place.bay)
