"""What a warehouse takes for a piece put together, as data with the day it holds from."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.core.money import Money
from toiya.domain.assembly import rules
from toiya.domain.assembly.events import AssemblyPriceSet
from toiya.domain.assembly.models import AssemblyPrice
from toiya.domain.warehouses.models import Warehouse

CURRENCY = "JPY"  # the warehouses list their prices in yen


class PriceOff(Refusal):
    """An amount that is no price."""

    code = "assembly_price_off"
    message = gettext_lazy("%(price)s cannot be a price. Enter an amount from 0 to %(most)s.")


class PriceDayOver(Refusal):
    """Prices of days that are over stay as they were."""

    code = "price_day_over"
    message = gettext_lazy("%(day)s is over in the warehouse. Enter today, %(today)s, or a later day.")


@transaction.atomic
def set_assembly_price(
    *, warehouse_id: int, price_minor: int, from_on: date, actor: Actor, at: datetime
) -> AssemblyPrice:
    """
    Put a price in force from a day on, for what is asked for from then on; the same day again replaces it.

    :raises NotFound: :raises PriceOff: :raises PriceDayOver:
    """
    warehouse = Warehouse.objects.filter(pk=warehouse_id).first()
    if warehouse is None:
        raise NotFound(kind=gettext_lazy("warehouse"), code=str(warehouse_id))
    if not 0 <= price_minor <= rules.MOST_PRICE_MINOR:
        raise PriceOff(price=Money(price_minor, CURRENCY), most=Money(rules.MOST_PRICE_MINOR, CURRENCY))
    today = at.astimezone(ZoneInfo(warehouse.time_zone)).date()
    if from_on < today:
        raise PriceDayOver(day=from_on.isoformat(), today=today.isoformat())

    price, _ = AssemblyPrice.objects.update_or_create(
        warehouse=warehouse, from_on=from_on, defaults={"price_minor": price_minor, "currency": CURRENCY}
    )

    changed = AssemblyPriceSet(
        seller_id=None,
        subject=warehouse.code,
        warehouse_id=warehouse.pk,
        price_minor=price_minor,
        currency=price.currency,
        from_on=from_on.isoformat(),
    )
    events.record(changed, actor=actor, at=at)
    return price
