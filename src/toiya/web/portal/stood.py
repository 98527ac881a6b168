"""SKUs as they stood at a moment, for the pages that show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from toiya.domain.catalog.models import Sku
from toiya.domain.stock import queries
from toiya.domain.warehouses.models import Bin, Warehouse
from toiya.web.shared.moments import moment_of

DEFAULT_ZONE = "Asia/Tokyo"


@dataclass(frozen=True, slots=True)
class Stood:
    """SKU, warehouse and numbers of each row; of one SKU alone also bin, lot and pieces."""

    rows: Sequence[Any] = ()
    places: Sequence[tuple[str, str, int]] = field(default_factory=list)


def stood(skus: Sequence[Sku], moment: datetime, houses: Mapping[int, Warehouse]) -> Stood:
    """What the movements until then add up to (one query, three for one SKU)."""
    standing = queries.standing_at([sku.pk for sku in skus], moment)
    by_pk = {sku.pk: sku for sku in skus}
    rows = [(by_pk[sku], houses[house], numbers) for (sku, house), numbers in standing.items()]
    if len(skus) != 1:
        return Stood(rows)
    lying = queries.bins_at(skus[0].pk, moment)
    names = dict(Bin.objects.filter(pk__in={row[0] for row in lying}).values_list("pk", "code"))
    return Stood(rows, [(names[bin_id], lot, pieces) for bin_id, lot, pieces in lying])


def stood_on_page(sku: Sku, typed: str, houses: Mapping[int, Warehouse]) -> dict[str, Any]:
    """What the page of one SKU shows when somebody asked for a moment, in the first warehouse's time."""
    zone = houses[min(houses)].time_zone if houses else DEFAULT_ZONE
    moment = moment_of(typed, ZoneInfo(zone)) if typed else None
    then = stood([sku], moment, houses) if moment else Stood()
    return {"typed_moment": typed[:30], "moment": moment, "rows_then": then.rows, "places_then": then.places}
