"""What screens and jobs ask about claims."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from toiya.core.actor import Actor
from toiya.core.errors import NotFound
from toiya.domain.claims.actions.drafting import HOUSE_KINDS
from toiya.domain.claims.models import Claim, DelayCredit
from toiya.domain.outbound.models import Parcel
from toiya.domain.stock.models import Movement, StockNote

Status = Claim.Status
TO_DO = (Status.DRAFTED, Status.FILED, Status.ACCEPTED)
MOST_NOTES = 500
# The views of the office's desk: which claims, by their carrier or our own house.
VIEWS: Mapping[str, Mapping[str, object]] = {
    "todo": {"status__in": TO_DO},
    "carrier": {"status": Status.DRAFTED, "payer": Claim.Payer.CARRIER},
    "filed": {"status": Status.FILED},
    "to_pay": {"status": Status.ACCEPTED},
    "over": {"status__in": (Status.DECLINED, Status.PAID)},
}


def claims_of(actor: Actor, status: str = "") -> QuerySet[Claim]:
    """Claims this actor may see, of one status or of all."""
    found: QuerySet[Claim] = Claim.objects.visible_to(actor).select_related("seller", "order", "parcel", "sku")
    return found.filter(status=status) if status in Status.values else found


def desk(actor: Actor, view: str) -> QuerySet[Claim]:
    """The claims of a view of the office's desk."""
    return claims_of(actor).filter(**VIEWS.get(view, VIEWS["todo"]))


def counts(actor: Actor) -> dict[str, int]:
    """How many claims there are of each status; one query."""
    rows = Claim.objects.visible_to(actor).values_list("status").annotate(count=Count("pk")).order_by()
    found = dict(rows)
    return {status: found.get(status, 0) for status in Status.values}


def waiting(actor: Actor) -> QuerySet[Claim]:
    """Claims that wait for the operator: filed, or accepted and not paid."""
    found: QuerySet[Claim] = Claim.objects.visible_to(actor).filter(status__in=(Status.FILED, Status.ACCEPTED))
    return found


def claim_of(actor: Actor, code: str) -> Claim:
    """One claim with what its page needs. :raises NotFound: none that this actor may see"""
    found = (
        claims_of(actor)
        .select_related("warehouse", "stock_note", "parcel__service", "filing_terms")
        .filter(code=code)
        .first()
    )
    if found is None:
        raise NotFound(kind="claim", code=code[:20])
    return found


def paid_in_all(actor: Actor) -> dict[str, int]:
    """Per currency, what was paid for claims and credited for delays."""
    sums: dict[str, int] = {}
    paid = Claim.objects.visible_to(actor).filter(status=Status.PAID).values_list("currency")
    for currency, minor in paid.annotate(sum=Sum("accepted_minor")).order_by():
        sums[currency] = sums.get(currency, 0) + minor
    for currency, minor in credits_of(actor).values_list("currency").annotate(sum=Sum("amount_minor")).order_by():
        sums[currency] = sums.get(currency, 0) + minor
    return sums


def credits_of(actor: Actor) -> QuerySet[DelayCredit]:
    """Credits for late orders, without those that the month's cap left nothing of."""
    found: QuerySet[DelayCredit] = DelayCredit.objects.visible_to(actor).filter(amount_minor__gt=0)
    return found


def notes_to_claim(seller_id: int, since: datetime) -> list[int]:
    """Notes of the seller's stock about damage or loss that no claim is about yet."""
    reasons = {reason for reasons, _kind in HOUSE_KINDS.values() for reason in reasons}
    # Claims name their note by a key that is unique, so a note is looked up once however often this runs.
    claimed = Claim.objects.filter(stock_note_id=OuterRef("pk"))
    moved = Movement.objects.filter(sku_id=OuterRef("sku_id"), source=OuterRef("code"), kind__in=list(HOUSE_KINDS))
    notes = StockNote.objects.filter(seller_id=seller_id, at__gte=since, reason__in=reasons)
    notes = notes.filter(~Exists(claimed), Exists(moved))
    return list(notes.order_by("pk").values_list("pk", flat=True)[:MOST_NOTES])


def parcels_to_follow() -> list[int]:
    """Parcels with a draft by a machine because they may be lost, and those that may be lost and have no claim."""
    drafts = Claim.objects.filter(status=Status.DRAFTED, is_by_machine=True, kind=Claim.Kind.CARRIER_LOSS)
    found = set(drafts.exclude(parcel=None).values_list("parcel_id", flat=True))
    claimed = Claim.objects.filter(parcel_id=OuterRef("pk"))
    lost = Parcel.objects.filter(~Exists(claimed), label__journey__suspected_at__isnull=False)
    return sorted(found | set(lost.values_list("pk", flat=True)[:MOST_NOTES]))
