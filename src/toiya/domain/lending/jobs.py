"""Background doors of shared stock."""

from __future__ import annotations

from procrastinate.contrib.django import app

from toiya.core import clock, jobs
from toiya.core.actor import system_actor
from toiya.domain.catalog.models import ItemShare
from toiya.domain.lending import queries
from toiya.domain.lending.actions.handing import PlanOutdated, Wanted, hand_over, take_over
from toiya.domain.lending.actions.mirroring import mirror_skus
from toiya.domain.lending.models import Mirror

ACTOR = system_actor("lending")


@app.task(name="lending.take", queue="default")
def take(handing_id: int) -> None:
    """Let the taker of a handing have it."""
    take_over(handing_id=handing_id, actor=ACTOR, at=clock.now())


@app.task(name="lending.settle", queue="default")
def settle(seller_id: int) -> None:
    """
    What a partner's waiting orders lack is taken from the owners; what it needs no more goes back.

    Done twice, or beside itself, no piece changes hands twice: a plan that is out of date hands nothing over.
    """
    for handing_id in queries.not_taken(seller_id):
        take(handing_id)
    found = Mirror.objects.filter(seller_id=seller_id).select_related("share", "source", "sku")
    mirrors = {mirror.sku_id: mirror for mirror in found}
    if not mirrors:
        return
    seen = {share_id: queries.newest_handing(share_id) for share_id in {each.share_id for each in mirrors.values()}}
    plan = queries.plan_of(seller_id, mirrors)
    steps = [(place, pieces, True) for place, pieces in plan.backs.items()]
    steps += [(place, pieces, False) for place, pieces in plan.loans.items()]
    for (warehouse_id, sku_id), pieces, is_back in steps:
        mirror = mirrors[sku_id]
        wanted = Wanted(mirror, warehouse_id, pieces, seen[mirror.share_id], is_back)
        try:
            handing = hand_over(wanted=wanted, actor=ACTOR, at=clock.now())
        except PlanOutdated:
            continue  # the sweep, or the job of whoever changed it, decides anew
        seen[mirror.share_id] = handing.pk
        take(handing.pk)


@app.task(name="lending.follow_shares", queue="default")
def follow_shares(seller_id: int) -> None:
    """An owner's shares were accepted, ended, or got SKUs: partners have their own ones, and give back what is over."""
    shares = ItemShare.objects.filter(seller_id=seller_id).order_by("pk")
    for share_id in shares.filter(status=ItemShare.Status.ACCEPTED).values_list("pk", flat=True):
        mirror_skus(share_id=share_id, actor=ACTOR, at=clock.now())
    partners = Mirror.objects.filter(share__in=shares).order_by("seller_id").values_list("seller_id", flat=True)
    for partner_id in partners.distinct():
        jobs.wake("lending.settle", "seller_id", partner_id)


@app.periodic(cron="*/5 * * * *")
@app.task(name="lending.sweep", queue="default")
def sweep(timestamp: int) -> None:
    """Owners and their partners are looked at again: pieces that came in may be lent, those over go back."""
    shares = ItemShare.objects.filter(status=ItemShare.Status.ACCEPTED) | ItemShare.objects.exclude(mirrors=None)
    for seller_id in shares.order_by("seller_id").values_list("seller_id", flat=True).distinct():
        jobs.wake("lending.follow_shares", "seller_id", seller_id)
