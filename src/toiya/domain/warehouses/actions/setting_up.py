"""Making warehouses and their bins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from toiya.domain.warehouses.models import Bin, CutOff, Warehouse
from toiya.domain.warehouses.place_rules import coordinates
from toiya.domain.warehouses.rules import DEFAULT_CUT_OFFS


@dataclass(frozen=True, slots=True)
class NewBin:
    """A bin to make: its printed code, kind, zone and place in the walk. Codes such as A03-02-1 say where it stands."""

    code: str
    kind: str
    zone: str
    walk_order: int
    is_reserve: bool = False


@dataclass(frozen=True, slots=True)
class Building:
    """A warehouse to open."""

    code: str
    name: str
    postal_code: str
    address: str
    phone: str
    time_zone: str = "Asia/Tokyo"
    branch_code: str = ""
    address_en: str = ""
    receiving_phone: str = ""
    receiving_email: str = ""


@transaction.atomic
def open_warehouse(*, building: Building, bins: Sequence[NewBin]) -> Warehouse:
    """Make a warehouse with its bins and the default cut-offs."""
    warehouse = Warehouse.objects.create(
        code=building.code,
        name=building.name,
        postal_code=building.postal_code,
        address=building.address,
        phone=building.phone,
        time_zone=building.time_zone,
        branch_code=building.branch_code,
        address_en=building.address_en,
        receiving_phone=building.receiving_phone,
        receiving_email=building.receiving_email,
    )
    CutOff.objects.bulk_create(
        [CutOff(warehouse=warehouse, channel=channel, local_time=at) for channel, at in DEFAULT_CUT_OFFS.items()]
    )
    where = coordinates(new.code for new in bins if new.kind == Bin.Kind.STORAGE)
    Bin.objects.bulk_create([_bin(warehouse, new, where.get(new.code)) for new in bins])
    return warehouse


def _bin(warehouse: Warehouse, new: NewBin, where: tuple[int, int, int] | None) -> Bin:
    aisle, bay, level = where or (None, None, None)
    return Bin(
        warehouse=warehouse,
        code=new.code,
        kind=new.kind,
        zone=new.zone,
        walk_order=new.walk_order,
        aisle=aisle,
        bay=bay,
        level=level,
        is_reserve=new.is_reserve,
    )
