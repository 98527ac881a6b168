"""Where buyers send things back to: data of each warehouse (A193)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor
from toiya.core.errors import NotFound
from toiya.domain.returns.events import ReturnsAddressSet
from toiya.domain.returns.models import ReturnsAddress
from toiya.domain.warehouses.models import Warehouse


@dataclass(frozen=True, slots=True)
class Where:
    """The address of a returns desk."""

    name: str
    postal_code: str
    address: str
    entrance: str
    phone: str


@transaction.atomic
def set_returns_address(*, warehouse_code: str, where: Where, actor: Actor, at: datetime) -> ReturnsAddress:
    """Write it, or another one. :raises NotFound: :raises NothingWritten: :raises TextTooLong:"""
    warehouse = Warehouse.objects.filter(code=warehouse_code[:20]).first()
    if warehouse is None:
        raise NotFound(kind=gettext_lazy("warehouse"), code=warehouse_code[:20])
    written = {
        "name": texts.plain(where.name, most=100, may_have_lines=False),
        "postal_code": texts.plain(where.postal_code, most=10, may_have_lines=False),
        "address": texts.plain(where.address, most=200, may_have_lines=False),
        "entrance": where.entrance.strip()[:100],
        "phone": texts.plain(where.phone, most=20, may_have_lines=False),
    }

    made: ReturnsAddress
    made, _is_new = ReturnsAddress.objects.update_or_create(warehouse=warehouse, defaults=written)

    told = ReturnsAddressSet(seller_id=None, subject=warehouse.code, entrance=made.entrance)
    events.record(told, actor=actor, at=at)
    return made
