"""The operator's decisions on applications: ask, approve, reject. Each once, by somebody who is not the applicant."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor, ActorKind
from toiya.core.errors import NotFound, Refusal
from toiya.domain.members.events import ApplicationApproved, ApplicationAsked, ApplicationRejected
from toiya.domain.members.models import Application, Membership, Seller, User
from toiya.domain.members.rules.approval import MOST_LETTERS

Status = Application.Status
Service = Application.Service
DECIDED = frozenset({Status.APPROVED, Status.REJECTED})


class AlreadyDecided(Refusal):
    """Somebody else was faster; their decision stands."""

    code = "already_decided"
    message = gettext_lazy("%(name)s decided %(code)s before you: %(status)s. Reload the page to see it.")


class AlreadyAsked(Refusal):
    """One question at a time: the seller has not answered the last one."""

    code = "already_asked"
    message = gettext_lazy("%(code)s waits for the seller's answer already. Wait for it, or decide without it.")


class OwnApplication(Refusal):
    """Nobody decides about a seller they work for."""

    code = "own_application"
    message = gettext_lazy("You work for the seller of %(code)s. Let a colleague decide.")


class NoSuchService(Refusal):
    """The service asked for is none of ours."""

    code = "no_such_service"
    message = gettext_lazy("There is no service %(service)s. Choose Smart Delivery, Fulfilment or both.")


@transaction.atomic
def ask_seller(*, application_code: str, question: str, actor: Actor, at: datetime) -> Application:
    """
    Want to know more before deciding; the seller is told.

    :raises AlreadyDecided: somebody was faster
    :raises AlreadyAsked: the last question is not answered yet
    """
    _seller, application = _to_decide(application_code, actor)
    question = texts.plain(question, most=MOST_LETTERS)
    if application.status == Status.ASKED:
        raise AlreadyAsked(code=application.code)

    application.move_to(Status.ASKED)
    application.question, application.answer, application.asked_at = question, "", at
    application.save(update_fields=["status", "question", "answer", "asked_at"])

    asked = ApplicationAsked(
        seller_id=application.seller_id, subject=application.code, application_id=application.pk, question=question
    )
    events.record(asked, actor=actor, at=at)
    return application


@transaction.atomic
def approve_application(*, application_code: str, service: str, actor: Actor, at: datetime) -> Application:
    """
    Let the seller use a service: what it wished for, or what the approver grants instead.

    A waiting seller becomes active with exactly that; an active one gets it on top of what it has.

    :raises AlreadyDecided: somebody was faster
    :raises OwnApplication: the approver works for that seller
    """
    seller, application = _to_decide(application_code, actor)
    check_service(service)

    approved = grant(seller=seller, application=application, service=service, actor=actor, at=at)

    events.record(approved, actor=actor, at=at)
    return application


@transaction.atomic
def reject_application(*, application_code: str, reason: str, actor: Actor, at: datetime) -> Application:
    """
    Decline, with the reason that the seller reads. A seller that was active stays as it was.

    :raises AlreadyDecided: somebody was faster
    :raises OwnApplication: the approver works for that seller
    """
    seller, application = _to_decide(application_code, actor)
    reason = texts.plain(reason, most=MOST_LETTERS)

    if seller.status == Seller.Status.PENDING:
        seller.move_to(Seller.Status.REJECTED)
        seller.save(update_fields=["status"])
    _decide(application, Status.REJECTED, actor, at)
    application.reason = reason
    application.save(update_fields=["reason"])

    rejected = ApplicationRejected(
        seller_id=seller.pk, subject=application.code, application_id=application.pk, reason=reason
    )
    events.record(rejected, actor=actor, at=at)
    return application


def check_service(service: str) -> None:
    """:raises NoSuchService:"""
    if service not in Service.values:
        raise NoSuchService(service=service[:20])


def grant(*, seller: Seller, application: Application, service: str, actor: Actor, at: datetime) -> ApplicationApproved:
    """The change of an approval on locked rows, and its event, for the action around it to record."""
    was_active = seller.status == Seller.Status.ACTIVE
    if not was_active:
        seller.move_to(Seller.Status.ACTIVE)
    seller.uses_fulfilment = service != Service.SMART_DELIVERY or (was_active and seller.uses_fulfilment)
    seller.uses_smart_delivery = service != Service.FULFILMENT or (was_active and seller.uses_smart_delivery)
    seller.save(update_fields=["status", "uses_fulfilment", "uses_smart_delivery"])
    _decide(application, Status.APPROVED, actor, at)
    return ApplicationApproved(
        seller_id=seller.pk, subject=application.code, application_id=application.pk, service=service
    )


def _decide(application: Application, status: str, actor: Actor, at: datetime) -> None:
    application.move_to(status)
    application.decided_at = at
    application.decided_by_id = int(actor.id) if actor.kind == ActorKind.PERSON else None
    application.save(update_fields=["status", "decided_at", "decided_by_id"])


def _to_decide(code: str, actor: Actor) -> tuple[Seller, Application]:
    """The seller and its application, locked in that order, for somebody of the operator to decide on."""
    found = Application.objects.visible_to(actor).filter(code=code).first() if actor.is_operator else None
    if found is None:
        raise NotFound(kind=gettext_lazy("application"), code=code)
    seller: Seller = Seller.objects.filter(pk=found.seller_id).lock().get()
    application: Application = Application.objects.filter(pk=found.pk).lock().get()
    if application.status in DECIDED:
        decider = User.objects.filter(pk=application.decided_by_id or 0).first()
        name = decider.name if decider else gettext_lazy("A rule")
        raise AlreadyDecided(name=name, code=code, status=application.get_status_display())
    is_person = actor.kind == ActorKind.PERSON
    if is_person and Membership.objects.filter(user_id=int(actor.id), seller=seller).exists():
        raise OwnApplication(code=code)
    return seller, application
