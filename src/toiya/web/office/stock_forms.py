"""Finding the stock a form of the desk is about."""

from __future__ import annotations

from django.http import Http404

from toiya.domain.stock.actions.spots import Spot
from toiya.domain.stock.models import BinStock
from toiya.domain.warehouses.models import Bin, Warehouse
from toiya.web.office.access import building
from toiya.web.shared.reader import Request
from toiya.web.shared.whole_numbers import signed_number


def lying(request: Request, row: int) -> BinStock:
    """One SKU and lot in one bin of the desk's building. :raises Http404:"""
    found: BinStock | None = (
        BinStock.objects.visible_to(request.actor)
        .filter(pk=row, warehouse=building(request))
        .select_related("sku", "bin", "seller")
        .first()
    )
    if found is None:
        raise Http404
    return found


def spot_of(row: BinStock, seen: str | None = None) -> Spot:
    """The same for an action; `seen` is the number the form was drawn with, so that a form sent twice counts once."""
    return Spot(row.sku, row.bin, row.lot, seen=whole(seen) if seen else None)


def whole(text: str) -> int:
    """A keyed whole number with its sign; 0 when it is none, which every action refuses."""
    return signed_number(text) or 0


def bin_called(warehouse: Warehouse, text: str) -> Bin:
    """A bin by its code. :raises Http404:"""
    found: Bin | None = warehouse.bins.filter(code=text.strip().upper().removeprefix("BIN-")).first()
    if found is None:
        raise Http404
    return found
