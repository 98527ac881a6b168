"""Which of our two services a seller uses: Fulfilment, Smart Delivery, or both."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.members.events import ServicesChosen
from toiya.domain.members.models import Seller


class NoServiceChosen(Refusal):
    """A seller has at least one of the services."""

    code = "no_service_chosen"
    message = gettext_lazy("No service is chosen. Choose Fulfilment, Smart Delivery, or both.")


@transaction.atomic
def choose_services(*, seller_id: int, fulfilment: bool, smart_delivery: bool, actor: Actor, at: datetime) -> None:
    """
    Let a seller use these services from now on. Orders that were begun go on as they are.

    :raises NoServiceChosen: neither of them
    """
    seller = Seller.objects.filter(pk=seller_id).lock().get()

    if not (fulfilment or smart_delivery):
        raise NoServiceChosen()
    if (seller.uses_fulfilment, seller.uses_smart_delivery) == (fulfilment, smart_delivery):
        return

    seller.uses_fulfilment, seller.uses_smart_delivery = fulfilment, smart_delivery
    seller.save(update_fields=["uses_fulfilment", "uses_smart_delivery"])

    chosen = ServicesChosen(
        seller_id=seller.pk, subject=seller.code, fulfilment=fulfilment, smart_delivery=smart_delivery
    )
    events.record(chosen, actor=actor, at=at)
