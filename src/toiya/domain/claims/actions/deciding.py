"""Claims filed, accepted within their cap, declined with a reason, and paid out once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.core.money import Money
from toiya.domain.claims import rules
from toiya.domain.claims.actions.evidence import locked_claim
from toiya.domain.claims.events import ClaimAccepted, ClaimDeclined, ClaimFiled, ClaimPaid
from toiya.domain.claims.models import Claim, Payout
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.sql import Purse

Status = Claim.Status
MOST_REASON = 300


class ValueNotKnown(Refusal):
    """Nobody knows what the goods are worth."""

    code = "value_not_known"
    message = gettext_lazy("The value of %(sku)s is not known. Enter what one piece is worth.")


class NothingIsPaid(Refusal):
    """The service of the parcel pays nothing."""

    code = "nothing_is_paid"
    message = gettext_lazy(
        "By its terms the service of this parcel pays nothing. Decline the claim, or enter the service's terms first."
    )


class AboveCap(Refusal):
    """More than the goods are worth, or than the carrier pays."""

    code = "above_cap"
    message = gettext_lazy("At most %(most)s can be accepted, by value and terms. Enter an amount above 0, up to that.")


class GroundMissing(Refusal):
    """No ground was chosen."""

    code = "ground_missing"
    message = gettext_lazy("Say why nothing is paid. Choose one of the grounds shown.")


class ClaimNeedsSecondPerson(Refusal):
    """Who opened a claim for a seller does not decide it."""

    code = "claim_needs_second_person"
    message = gettext_lazy("You opened claim %(claim)s yourself. Ask another person to decide it.")


@transaction.atomic
def file_claim(*, claim_code: str, reason: str = "", actor: Actor, at: datetime) -> None:
    """
    Hand a drafted claim to whoever pays.

    :raises NotFound: :raises NoSuchStep: it is no draft :raises ValueNotKnown: :raises NothingIsPaid:
    """
    claim = locked_claim(claim_code, actor)

    claim.move_to(Status.FILED)
    unknown = claim.lines.filter(unit_value_minor=0).select_related("sku").order_by("pk").first()
    if unknown is not None:
        raise ValueNotKnown(sku=unknown.sku.code)
    if not claim.most_minor:
        raise NothingIsPaid()
    why = texts.plain(reason, most=MOST_REASON) if reason.strip() else ""

    claim.filed_at, claim.filed_by = at, actor.name
    claim.save(update_fields=["status", "filed_at", "filed_by"])

    told = ClaimFiled(seller_id=claim.seller_id, subject=claim.code, claim_id=claim.pk, reason=why)
    events.record(told, actor=actor, at=at)


@transaction.atomic
def accept_claim(*, claim_code: str, amount_minor: int, reason: str, actor: Actor, at: datetime) -> None:
    """
    Accept a filed claim with an amount, with the reason a person gives.

    :raises NotFound: :raises NoSuchStep: it is not filed :raises ClaimNeedsSecondPerson: :raises AboveCap:
    :raises core.texts refusals: no reason
    """
    claim = locked_claim(claim_code, actor)

    claim.move_to(Status.ACCEPTED)
    _check_second_person(claim, actor)
    if not 0 < amount_minor <= claim.most_minor:
        raise AboveCap(most=Money(claim.most_minor, claim.currency))
    why = texts.plain(reason, most=MOST_REASON)

    claim.accepted_minor, claim.reason = amount_minor, why
    claim.decided_at, claim.decided_by = at, actor.name
    claim.save(update_fields=["status", "accepted_minor", "reason", "decided_at", "decided_by"])

    told = ClaimAccepted(
        seller_id=claim.seller_id,
        subject=claim.code,
        claim_id=claim.pk,
        amount_minor=amount_minor,
        currency=claim.currency,
        reason=why,
    )
    events.record(told, actor=actor, at=at)


@transaction.atomic
def decline_claim(*, claim_code: str, ground: str, reason: str, actor: Actor, at: datetime) -> None:
    """
    Say no to a drafted or filed claim: force majeure, before inspection (A067) and the like, in words for the seller.

    :raises NotFound: :raises NoSuchStep: it is decided :raises ClaimNeedsSecondPerson: :raises GroundMissing:
    :raises core.texts refusals: no reason
    """
    claim = locked_claim(claim_code, actor)

    claim.move_to(Status.DECLINED)
    _check_second_person(claim, actor)
    if ground not in Claim.Ground.values:
        raise GroundMissing()
    why = texts.plain(reason, most=MOST_REASON)

    claim.ground, claim.reason = ground, why
    claim.decided_at, claim.decided_by = at, actor.name
    claim.save(update_fields=["status", "ground", "reason", "decided_at", "decided_by"])

    told = ClaimDeclined(seller_id=claim.seller_id, subject=claim.code, claim_id=claim.pk, ground=ground, reason=why)
    events.record(told, actor=actor, at=at)


@transaction.atomic
def pay_claim(*, claim_code: str, actor: Actor, at: datetime) -> None:
    """
    Put the accepted amount into the seller's wallet, split over the claim's lines; once.

    :raises NotFound: :raises NoSuchStep: it is not accepted, or paid already
    """
    claim = locked_claim(claim_code, actor)
    lines = list(claim.lines.order_by("pk"))

    claim.move_to(Status.PAID)
    amount = claim.accepted_minor or 0
    parts = rules.split(amount, [line.value_minor for line in lines])

    ledger.compensate(Purse(claim.seller_id, claim.currency, actor.name, at), amount, claim.code)
    Payout.objects.bulk_create(
        [
            Payout(
                seller_id=claim.seller_id,
                line=line,
                claim=claim,
                amount_minor=part,
                currency=claim.currency,
                at=at,
                actor=actor.name,
            )
            for line, part in zip(lines, parts, strict=True)
        ]
    )
    claim.paid_at, claim.paid_by = at, actor.name
    claim.save(update_fields=["status", "paid_at", "paid_by"])

    told = ClaimPaid(
        seller_id=claim.seller_id,
        subject=claim.code,
        claim_id=claim.pk,
        amount_minor=amount,
        currency=claim.currency,
    )
    events.record(told, actor=actor, at=at)


def _check_second_person(claim: Claim, actor: Actor) -> None:
    if claim.desk_opener == actor.id:
        raise ClaimNeedsSecondPerson(claim=claim.code)
