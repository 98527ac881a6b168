"""Ticking the steps of a seller's own plan (A048)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.members.events import GuidanceTicked, GuidanceUnticked
from toiya.domain.members.models import GuidanceDone, Seller
from toiya.domain.members.rules.guidance import GUIDANCE

_KNOWN = frozenset(step.code for step in GUIDANCE)


class NoSuchGuidance(Refusal):
    """The plan has no such step."""

    code = "no_such_guidance"
    message = gettext_lazy("The plan has no step %(step)s. Reload the page to see its steps.")


@transaction.atomic
def tick_guidance(*, step: str, actor: Actor, at: datetime) -> None:
    """
    Note that the actor's seller has the step behind it. Ticked already: nothing happens.

    :raises NoSuchGuidance: no plan has that step
    """
    seller = _own(actor)
    _check(step)

    tick = GuidanceDone(seller=seller, step=step, done_at=at, done_by_id=int(actor.id))
    if GuidanceDone.objects.filter(seller=seller, step=step).exists():
        return
    tick.save()

    events.record(GuidanceTicked(seller_id=seller.pk, subject=seller.code, step=step), actor=actor, at=at)


@transaction.atomic
def untick_guidance(*, step: str, actor: Actor, at: datetime) -> None:
    """
    Take the tick back. Not ticked: nothing happens.

    :raises NoSuchGuidance: no plan has that step
    """
    seller = _own(actor)
    _check(step)

    removed, _tables = GuidanceDone.objects.filter(seller=seller, step=step).delete()
    if not removed:
        return

    events.record(GuidanceUnticked(seller_id=seller.pk, subject=seller.code, step=step), actor=actor, at=at)


def _own(actor: Actor) -> Seller:
    found: Seller | None = Seller.objects.filter(pk=actor.seller_id or 0).lock().first()
    if found is None:
        raise NotFound(kind=gettext_lazy("seller"), code="")
    return found


def _check(step: str) -> None:
    if step not in _KNOWN:
        raise NoSuchGuidance(step=step[:40])
