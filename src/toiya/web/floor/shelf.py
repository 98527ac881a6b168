"""What a scan on the shelf may mean: a bin, or goods."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toiya.core.codes import folded
from toiya.core.errors import NotFound, Refusal
from toiya.domain.outbound.actions.picking import WrongBin, WrongSku, printed_codes
from toiya.domain.stock.actions.spots import Spot
from toiya.domain.stock.models import BinStock
from toiya.domain.warehouses.models import Bin


class NothingOfThat(Refusal):
    """Neither a bin nor goods that lie in this building."""

    code = "nothing_of_that"
    message = gettext_lazy("%(scan)s is no bin, and no goods that lie here. Scan a bin, or the barcode of the goods.")


def bin_of(warehouse_id: int, scan: str) -> Bin | None:
    """The bin whose barcode this is."""
    found: Bin | None = Bin.objects.filter(warehouse_id=warehouse_id, code__in=printed_codes(scan)).first()
    return found


def lying(warehouse_id: int, scan: str, place: Bin | None = None) -> QuerySet[Any]:
    """What the scan finds: all that lies in the bin, or all places where those goods lie."""
    rows = BinStock.objects.filter(warehouse_id=warehouse_id, quantity__gt=0)
    place = place or bin_of(warehouse_id, scan)
    if place is not None:
        rows = rows.filter(bin=place)
    else:
        code = folded(scan)
        rows = rows.filter(Q(sku__code=code) | Q(sku__barcodes__barcode=scan) | Q(sku__seller_code__iexact=scan))
    return rows.select_related("bin", "sku", "seller").distinct().order_by("bin__walk_order", "bin_id", "pk")


def row_of(warehouse_id: int, row: int) -> BinStock:
    """One SKU and lot in one bin of this building. :raises NotFound:"""
    rows = BinStock.objects.filter(pk=row, warehouse_id=warehouse_id).select_related("bin", "sku", "seller")
    found: BinStock | None = rows.first()
    if found is None:
        raise NotFound(kind=_("place"), code=str(row))
    return found


def spot_of(row: BinStock, seen: int) -> Spot:
    """The same for an action; `seen` is how many pieces the screen showed."""
    return Spot(row.sku, row.bin, row.lot, seen=seen)


def check_source(row: BinStock, scan: str) -> None:
    """The person stands at the bin to take from. :raises WrongBin:"""
    if row.bin.code not in printed_codes(scan):
        raise WrongBin(scan=scan, expected=row.bin.code)


def check_goods(row: BinStock, scan: str) -> None:
    """The person holds the SKU to carry. :raises WrongSku:"""
    code = folded(scan)
    known = {row.sku.code, row.sku.seller_code.upper()} | {each.barcode.upper() for each in row.sku.barcodes.all()}
    if not code or code not in known:
        name = f"{row.sku.name} {row.sku.option}".strip()
        raise WrongSku(scan=scan or "–", name=name, sku=row.sku.code)
