"""The nightly comparison of what a shop shows with what it should, and telling everything that waits at once (L06)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.core.jobs import WakeUp, wake_all
from toiya.domain.channels import telling_queries
from toiya.domain.channels.actions.listing import store_listings
from toiya.domain.channels.actions.telling import QUEUE, TASKS
from toiya.domain.channels.events import NumbersCompared, TellingHurried
from toiya.domain.channels.models import Connection, NumberDifference, Reconciliation, StockPush, Wish
from toiya.domain.channels.number_rules import cause_of
from toiya.domain.channels.port import SiteListing
from toiya.domain.channels.sql import shelf, wishes
from toiya.domain.channels.sql.shelf import Number

KEPT = timedelta(days=60)


class NothingWaits(Refusal):
    """The site knows everything already."""

    code = "nothing_waits"
    message = gettext_lazy("Nothing waits to be told to %(shop)s. Reload the page to see its state.")


@transaction.atomic
def compare_numbers(
    *, connection_id: int, site_listings: Sequence[SiteListing], night: date, actor: Actor, at: datetime
) -> Reconciliation | None:
    """
    Keep what the shop shows and, once a night, each number that is not what it should be; those are told once more.

    Returns None when the night was compared before.
    """
    shop: Connection = Connection.objects.filter(pk=connection_id).lock().get()
    if Reconciliation.objects.filter(connection=shop, night=night).exists():
        return None

    store_listings(connection_id=shop.pk, site_listings=site_listings, actor=actor, at=at)
    numbers = shelf.numbers_of_shop(shop.seller_id, shop.pk, at)
    differing = [number for number in numbers if number.site != number.due]

    made = _write(shop, night, len(numbers), differing, at)
    _tell_again(shop, differing, at)
    Reconciliation.objects.filter(connection=shop, night__lt=night - KEPT).delete()

    compared = NumbersCompared(
        seller_id=shop.seller_id,
        subject=shop.code,
        night=night.isoformat(),
        listings=len(numbers),
        differences=len(differing),
    )
    events.record(compared, actor=actor, at=at)
    return made


def _write(shop: Connection, night: date, compared: int, differing: Sequence[Number], at: datetime) -> Reconciliation:
    made: Reconciliation = Reconciliation.objects.create(
        seller_id=shop.seller_id,
        connection=shop,
        night=night,
        made_at=at,
        listings=compared,
        differences=len(differing),
    )
    NumberDifference.objects.bulk_create(
        NumberDifference(
            seller_id=shop.seller_id,
            reconciliation=made,
            listing_id=number.listing_id,
            site_quantity=number.site,
            told_quantity=number.told,
            due_quantity=number.due,
            cause=cause_of(number.site, number.told, number.status).value,
        )
        for number in differing
    )
    return made


def _tell_again(shop: Connection, differing: Sequence[Number], at: datetime) -> None:
    """What had ended waits once more; what was accepted waits since the listings were stored (`sql.shops`)."""
    ended = StockPush.objects.filter(
        pk__in=[number.wish_id for number in differing if number.wish_id], status__in=telling_queries.ENDED
    )
    again = list(ended.order_by("pk").lock().values_list("pk", flat=True))
    StockPush.objects.filter(pk__in=again).update(
        status=Wish.Status.WAITING, failures=0, settled_at=None, due_since=at, next_try_at=at
    )
    if differing:
        wake_all([WakeUp(TASKS["stock"], "connection_id", shop.pk, QUEUE)])


@transaction.atomic
def tell_now(*, connection_code: str, actor: Actor, at: datetime) -> None:
    """
    Tell a shop everything that waits for it now, also while it was left alone because it had not answered.

    :raises NotFound: no such connection of this seller
    :raises NothingWaits: the site knows everything
    """
    shop: Connection | None = Connection.objects.visible_to(actor).filter(code=connection_code).lock().first()

    if shop is None:
        raise NotFound(kind="connection", code=connection_code)
    if not telling_queries.waiting(shop.pk, limit=1):
        raise NothingWaits(shop=shop.name)

    wishes.make_due(shop.pk, at, renew_patience=False)
    shop.retry_at = None
    shop.save(update_fields=["retry_at"])

    hurried = TellingHurried(seller_id=shop.seller_id, subject=shop.code, connection_id=shop.pk)
    events.record(hurried, actor=actor, at=at)
    wake_all(WakeUp(task, "connection_id", shop.pk, QUEUE) for task in TASKS.values())
