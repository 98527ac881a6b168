"""Reading applications: the queue of those that wait, the place in it, past decisions, what an approver should see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet

from toiya.core.actor import Actor
from toiya.domain.members.models import Application, BusinessProfile, Certificate, Seller, User
from toiya.domain.members.rules import approval

Status = Application.Status
OPEN = (Status.WAITING, Status.ASKED)
_PAST = 50
_SHORTEST_PHONE = 7


@dataclass(frozen=True, slots=True)
class Remark:
    """Something an approver should look at: a code for the words, and the other seller or detail it is about."""

    code: str
    about: str = ""
    is_grave: bool = False


def waiting_count() -> int:
    """How many applications wait for the operator."""
    return Application.objects.filter(status=Status.WAITING).count()


def latest_of(actor: Actor) -> Application | None:
    """The application that counts for the actor's seller now: the newest one."""
    found: Application | None = Application.objects.visible_to(actor).order_by("-id").first()
    return found


def place_of(application: Application) -> int:
    """Its place among those that wait for the operator, 1 is next."""
    earlier = Q(submitted_at__lt=application.submitted_at) | Q(
        submitted_at=application.submitted_at, pk__lt=application.pk
    )
    return 1 + Application.objects.filter(earlier, status=Status.WAITING).count()


def typical_wait() -> timedelta | None:
    """What the last decisions by people took, the middle of them."""
    decided = Application.objects.exclude(decided_at=None).exclude(decided_by_id=None).order_by("-decided_at")
    waits = [
        decided_at - submitted_at
        for submitted_at, decided_at in decided.values_list("submitted_at", "decided_at")[:_PAST]
    ]
    return approval.typical(waits)


def certificates_of(seller: Seller) -> QuerySet[Certificate]:
    """The papers that count, newest first."""
    found: QuerySet[Certificate] = Certificate.objects.filter(seller=seller, withdrawn_at=None).order_by("-id")
    return found


def owners_of(seller: Seller) -> list[User]:
    """The people who own the seller's account, the first one first."""
    return list(User.objects.filter(memberships__seller=seller, memberships__role="owner").order_by("pk"))


def remarks_on(
    seller: Seller, profile: BusinessProfile | None, owners: Sequence[User], certificates: Sequence[Certificate]
) -> list[Remark]:
    """What does not add up, the grave first; four queries."""
    found = [*_same_firm(seller, profile), *_same_phone(seller, profile, owners)]
    rejected = Application.objects.filter(seller=seller, status=Status.REJECTED).count()
    if rejected:
        found.append(Remark("rejected_before", str(rejected)))
    if profile is None:
        found.append(Remark("no_firm"))
    elif not profile.real_name:
        found.append(Remark("no_real_name"))
    if not certificates:
        found.append(Remark("no_certificate"))
    if any(owner.verify_by is not None and owner.email_verified_at is None for owner in owners):
        found.append(Remark("email_unverified"))
    if any(owner.mail_bounced_at is not None for owner in owners):
        found.append(Remark("mail_bounced"))
    return found


def _same_firm(seller: Seller, profile: BusinessProfile | None) -> list[Remark]:
    if profile is None or not profile.registration_number:
        return []
    same = BusinessProfile.objects.filter(
        registration_number=profile.registration_number, seller__country=seller.country
    ).exclude(seller=seller)
    names = same.order_by("seller__code").values_list("seller__code", "seller__name")[:3]
    return [Remark("same_registration_number", f"{name} ({code})", is_grave=True) for code, name in names]


def _same_phone(seller: Seller, profile: BusinessProfile | None, owners: Sequence[User]) -> list[Remark]:
    phones = {owner.phone for owner in owners} | ({profile.phone} if profile else set())
    phones = {phone for phone in phones if len(phone) >= _SHORTEST_PHONE}
    if not phones:
        return []
    firms = Q(profile__phone__in=phones) | Q(memberships__user__phone__in=phones)
    same = Seller.objects.filter(firms).exclude(pk=seller.pk).distinct().order_by("code")
    return [
        Remark("same_phone", f"{name} ({code})", is_grave=True) for code, name in same.values_list("code", "name")[:3]
    ]
