"""When a second person counts, and when the lead is asked, as data that the office changes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.stock.events import CountRulesSet
from toiya.domain.stock.models import CountRules
from toiya.domain.stock.rules import Limits
from toiya.domain.warehouses.models import Warehouse

MOST = 100_000_000


class CountLimitOff(Refusal):
    """A limit that no count can come to."""

    code = "count_limit_off"
    message = gettext_lazy("%(value)s is out of range. Enter a whole number from 1 to %(most)s.")


class LeadBeforeRecount(Refusal):
    """The lead would be asked about differences nobody counts again."""

    code = "lead_before_recount"
    message = gettext_lazy(
        "The lead is asked from %(lead)s pieces and a second person from %(recount)s. "
        "Enter at least as many for the lead."
    )


@transaction.atomic
def set_count_rules(*, warehouse_id: int, limits: Limits, actor: Actor, at: datetime) -> None:
    """
    Put the rules in force for what is counted from now on.

    :raises NotFound: :raises CountLimitOff: :raises LeadBeforeRecount:
    """
    warehouse = Warehouse.objects.filter(pk=warehouse_id).first()
    if warehouse is None:
        raise NotFound(kind=gettext_lazy("warehouse"), code=str(warehouse_id))
    for value in (limits.recount_pieces, limits.recount_minor, limits.lead_pieces):
        if value is not None and not 1 <= value <= MOST:
            raise CountLimitOff(value=value, most=MOST)
    if limits.lead_pieces < limits.recount_pieces:
        raise LeadBeforeRecount(lead=limits.lead_pieces, recount=limits.recount_pieces)

    told = {
        "recount_pieces": limits.recount_pieces,
        "recount_minor": limits.recount_minor,
        "lead_pieces": limits.lead_pieces,
    }
    CountRules.objects.update_or_create(warehouse=warehouse, defaults=told)

    changed = CountRulesSet(
        seller_id=None,
        subject=warehouse.code,
        recount_pieces=limits.recount_pieces,
        recount_minor=limits.recount_minor or 0,
        lead_pieces=limits.lead_pieces,
    )
    events.record(changed, actor=actor, at=at)
