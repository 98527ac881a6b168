"""Letters about applications: to the regional desk (A025, A026) and to the seller's people, at each step (L34)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from toiya.core.actor import Actor
from toiya.domain.members.models import Application, BusinessProfile, Membership, User
from toiya.domain.members.rules.approval import language_of_desk
from toiya.domain.notifications.actions.writing import Letter, Recipient, to_user, write_letter

Status = Application.Status
ROLES_TOLD = ("owner", "manager")  # those who may do something about it
_KINDS: Mapping[str, str] = {
    Status.WAITING: "application_received",
    Status.ASKED: "application_asked",
    Status.APPROVED: "application_approved",
    Status.REJECTED: "application_rejected",
}
_PATHS: Mapping[str, str] = {Status.APPROVED: "/start/"}
_OWN_PAGE = "/application/"


@transaction.atomic
def tell_desk(*, application_id: int, actor: Actor, at: datetime) -> None:
    """The mail of A025 to the desk of the seller's country, in the desk's language; a reply goes to the seller."""
    application = Application.objects.select_related("seller").get(pk=application_id)
    owner = _people(application)[:1]
    letter = Letter(
        "application_to_desk",
        {
            **_words(application),
            "email": owner[0].email if owner else "",
            "sites": ", ".join(application.sites),
            "goods": application.goods,
            "deliveries": application.deliveries_a_month,
            "path": f"/office/applications/{application.code}/",
            "reply_to": owner[0].email if owner else "",
        },
    )
    write_letter(letter=letter, to=_desk(application), key=f"application-{application.pk}-desk", at=at)


@transaction.atomic
def tell_desk_of_answer(*, application_id: int, actor: Actor, at: datetime) -> None:
    """The seller answered: the desk reads question and answer."""
    application = Application.objects.select_related("seller").get(pk=application_id)
    if application.status != Status.WAITING or application.asked_at is None:
        return  # asked once more or decided meanwhile
    owner = _people(application)[:1]
    letter = Letter(
        "application_answered_to_desk",
        {
            **_words(application),
            "answer": application.answer,
            "path": f"/office/applications/{application.code}/",
            "reply_to": owner[0].email if owner else "",
        },
    )
    key = f"application-{application.pk}-answered-{int(application.asked_at.timestamp())}"
    write_letter(letter=letter, to=_desk(application), key=key, at=at)


@transaction.atomic
def tell_applicant(*, application_id: int, actor: Actor, at: datetime) -> None:
    """Where the application stands, to each owner and manager in their own language; once for each step."""
    application = Application.objects.select_related("seller").get(pk=application_id)
    if application.status == Status.WAITING and application.asked_at is not None:
        return  # the answer is the seller's own word
    step: str = application.status
    if application.status == Status.ASKED and application.asked_at is not None:
        step = f"asked-{int(application.asked_at.timestamp())}"
    words = {**_words(application), "path": _PATHS.get(application.status, _OWN_PAGE)}
    for user in _people(application):
        letter = Letter(_KINDS[application.status], {**words, "name": user.name})
        key = f"application-{application.pk}-{step}-{user.pk}"
        write_letter(letter=letter, to=to_user(user, application.seller_id), key=key, at=at)


def _people(application: Application) -> list[User]:
    """Owners first, then managers."""
    members = Membership.objects.filter(seller_id=application.seller_id, role__in=ROLES_TOLD, user__is_active=True)
    return [member.user for member in members.select_related("user").order_by("-role", "user_id")]


def _desk(application: Application) -> Recipient:
    language = language_of_desk(application.seller.country)
    return Recipient(application.desk, language, seller_id=application.seller_id)


def _words(application: Application) -> dict[str, str | int]:
    profile = BusinessProfile.objects.filter(seller_id=application.seller_id).first()
    return {
        "code": application.code,
        "company": profile.company_name if profile else application.seller.name,
        "service": _service(application),
        "question": application.question,
        "reason": application.reason,
    }


def _service(application: Application) -> str:
    """What was wished for; once approved, what the seller has: an approver may grant something else."""
    seller = application.seller
    if application.status != Status.APPROVED:
        return application.service
    if seller.uses_fulfilment and seller.uses_smart_delivery:
        return Application.Service.BOTH
    return Application.Service.FULFILMENT if seller.uses_fulfilment else Application.Service.SMART_DELIVERY
