"""The way of a walk through the building: what its bins' places say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.db.models import Max

from toiya.domain.outbound.walk_rules import Place, Route, route
from toiya.domain.warehouses.models import Bin


def route_past(warehouse_id: int, bin_ids: Iterable[int]) -> Route:
    """In which order to walk past these bins (two queries)."""
    bins, last = Bin.objects.in_bulk(list(bin_ids)), _last_bay(warehouse_id)
    return _route(bins.values(), last)


def metres_of(warehouse_id: int, walks: Sequence[Collection[int]]) -> int | None:
    """How far these walks are in all, each past its bins (two queries); None where a bin has no place."""
    bins = Bin.objects.in_bulk(sorted({bin_id for walk in walks for bin_id in walk}))
    last = _last_bay(warehouse_id)
    metres = [_route([bins[bin_id] for bin_id in walk], last).metres for walk in walks]
    known = [each for each in metres if each is not None]
    return sum(known) if len(known) == len(metres) else None


def _last_bay(warehouse_id: int) -> int:
    return Bin.objects.filter(warehouse_id=warehouse_id).aggregate(last=Max("bay"))["last"] or 0


def _route(bins: Collection[Bin], last_bay: int) -> Route:
    return route({each.pk: _place(each) for each in bins}, {each.pk: each.walk_order for each in bins}, last_bay)


def _place(place: Bin) -> Place | None:
    return None if place.aisle is None or place.bay is None else Place(place.aisle, place.bay)
