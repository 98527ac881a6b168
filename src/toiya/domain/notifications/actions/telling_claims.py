"""Letters about claims and credits: what was decided, what is in the wallet; in each reader's language (L24, L47)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from toiya.core.actor import Actor
from toiya.core.money import Money
from toiya.domain.claims.models import Claim, DelayCredit
from toiya.domain.members.models import Membership
from toiya.domain.notifications.actions.writing import Letter, to_user, write_letter

Status = Claim.Status
ROLES_TOLD = ("owner", "manager")
MOST_CODES = 20
_KINDS: Mapping[str, str] = {
    Status.ACCEPTED: "claim_accepted",
    Status.DECLINED: "claim_declined",
    Status.PAID: "claim_paid",
}


@transaction.atomic
def tell_of_claim(*, claim_id: int, actor: Actor, at: datetime) -> None:
    """Write to each owner and manager what became of a claim, once per step; what a machine dropped is not told."""
    claim = Claim.objects.get(pk=claim_id)
    kind = _KINDS.get(claim.status)
    if kind is None or claim.ground == Claim.Ground.CAME_TO_LIGHT:
        return
    words: dict[str, str | int] = {
        "code": claim.code,
        "amount": Money(claim.accepted_minor or 0, claim.currency).plain,
        "reason": claim.reason,
        "path": f"/claims/{claim.code}/",
    }
    _write(claim.seller_id, Letter(kind, words), f"claim-{claim.pk}-{claim.status}", at)


@transaction.atomic
def tell_of_opening(*, claim_id: int, actor: Actor, at: datetime) -> None:
    """Write to each owner and manager, once, that the operator found damage or loss and opened a claim for them."""
    claim = Claim.objects.get(pk=claim_id)
    words: dict[str, str | int] = {
        "code": claim.code,
        "due_on": claim.due_on.isoformat(),
        "path": f"/claims/{claim.code}/",
    }
    _write(claim.seller_id, Letter("claim_opened", words), f"claim-{claim.pk}-opened", at)


@transaction.atomic
def tell_of_credits(*, last_order_id: int, actor: Actor, at: datetime) -> None:
    """Write to each owner and manager about the credits that were booked together, of which this order is the last."""
    last = DelayCredit.objects.get(pk=last_order_id)
    together = DelayCredit.objects.filter(seller_id=last.seller_id, at=last.at, amount_minor__gt=0)
    rows = list(together.select_related("order").order_by("pk"))
    words: dict[str, str | int] = {
        "orders": len(rows),
        "amount": Money(sum(row.amount_minor for row in rows), last.currency).plain,
        "codes": "\n".join(row.order.code for row in rows[:MOST_CODES]),
        "path": "/claims/?view=credits",
    }
    _write(last.seller_id, Letter("delays_credited", words), f"credits-{last_order_id}", at)


def _write(seller_id: int, letter: Letter, cause: str, at: datetime) -> None:
    members = Membership.objects.filter(seller_id=seller_id, role__in=ROLES_TOLD, user__is_active=True)
    for member in members.select_related("user").order_by("user_id"):
        write_letter(letter=letter, to=to_user(member.user, seller_id), key=f"{cause}-{member.user_id}", at=at)
