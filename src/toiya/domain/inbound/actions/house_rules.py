"""What a warehouse takes in and for what fee, as data that the office changes."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.inbound.events import ReceivingRulesSet
from toiya.domain.inbound.models import InboundFees
from toiya.domain.inbound.rules import Fees, Limits
from toiya.domain.warehouses.models import ReceivingRules, Warehouse

MOST = 100_000_000


class NumberOutOfRange(Refusal):
    """A limit or price that is none."""

    code = "number_out_of_range"
    message = gettext_lazy("%(value)s is out of range. Enter a whole number from 0 to %(most)s.")


@transaction.atomic
def set_receiving_rules(*, warehouse_id: int, limits: Limits, fees: Fees, actor: Actor, at: datetime) -> None:
    """
    Put rules and prices in force for what is asked from now on.

    :raises NotFound: :raises NumberOutOfRange:
    """
    warehouse = Warehouse.objects.filter(pk=warehouse_id).first()
    if warehouse is None:
        raise NotFound(kind=gettext_lazy("warehouse"), code=str(warehouse_id))
    for value in [*asdict(limits).values(), *asdict(fees).values()]:
        if isinstance(value, int) and not 0 <= value <= MOST:
            raise NumberOutOfRange(value=value, most=MOST)
    if fees.express_percent > 1000:
        raise NumberOutOfRange(value=fees.express_percent, most=1000)

    ReceivingRules.objects.update_or_create(warehouse=warehouse, defaults=asdict(limits))
    InboundFees.objects.update_or_create(warehouse=warehouse, defaults=asdict(fees))

    changed = ReceivingRulesSet(seller_id=None, subject=warehouse.code, warehouse_id=warehouse.pk)
    events.record(changed, actor=actor, at=at)
