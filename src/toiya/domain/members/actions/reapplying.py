"""What a seller does about its application: answer, apply again, ask for the other service."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.members import policy
from toiya.domain.members.actions.applying import Answers, store_application
from toiya.domain.members.actions.approving import check_service, grant
from toiya.domain.members.events import ApplicationAnswered, ApplicationSubmitted
from toiya.domain.members.models import Application, Seller
from toiya.domain.members.rules.approval import MOST_LETTERS

Status = Application.Status
OPEN = (Status.WAITING, Status.ASKED)
MOST_SITES, MOST_SITE_LETTERS, MOST_GOODS_LETTERS = 10, 60, 300
MOST_DELIVERIES = 10_000_000


class NothingAsked(Refusal):
    """There is no open question on this application."""

    code = "nothing_asked"
    message = gettext_lazy("Nobody waits for an answer on %(code)s. Reload the page to see where it stands.")


class ApplicationOpen(Refusal):
    """One application at a time."""

    code = "application_open"
    message = gettext_lazy("Your application %(code)s is open already. Wait for the decision, or answer what is asked.")


class ServiceHadAlready(Refusal):
    """The seller has what it asks for."""

    code = "service_had_already"
    message = gettext_lazy("You have this service already. Choose the other one, or go on with the next step.")


class TooManySites(Refusal):
    """More sales sites than are kept; representative ones are enough (A025)."""

    code = "too_many_sites"
    message = gettext_lazy("These are %(count)s sales sites, at most %(most)s fit. Name the largest ones only.")


class DeliveriesOutOfRange(Refusal):
    """The number of deliveries a month is no number of deliveries."""

    code = "deliveries_out_of_range"
    message = gettext_lazy("%(number)s deliveries a month are not possible. Enter a number from 1 to %(most)s.")


@transaction.atomic
def answer_question(*, application_code: str, answer: str, actor: Actor, at: datetime) -> Application:
    """
    Answer what the operator asked; the application takes its old place in the queue.

    :raises NothingAsked: there is no open question
    """
    found = Application.objects.visible_to(actor).filter(code=application_code).lock().first()
    if found is None:
        raise NotFound(kind=gettext_lazy("application"), code=application_code)
    application: Application = found
    answer = texts.plain(answer, most=MOST_LETTERS)
    if application.status != Status.ASKED:
        raise NothingAsked(code=application_code)

    application.move_to(Status.WAITING)
    application.answer = answer
    application.save(update_fields=["status", "answer"])

    answered = ApplicationAnswered(
        seller_id=application.seller_id, subject=application.code, application_id=application.pk, answer=answer
    )
    events.record(answered, actor=actor, at=at)
    return application


@transaction.atomic
def apply_for_service(
    *, seller_id: int, answers: Answers, warehouse_id: int | None, actor: Actor, at: datetime
) -> Application:
    """
    Apply: again after a refusal, or as an active seller for the other service and its warehouse (A034, L41).

    Where the country asks for no approval, an active seller has the service at once.

    :raises ApplicationOpen: one is open already
    :raises ServiceHadAlready: an active seller asks for what it has
    """
    seller = Seller.objects.filter(pk=seller_id).lock().first()
    if seller is None or not (actor.is_operator or actor.seller_id == seller_id):
        raise NotFound(kind=gettext_lazy("seller"), code="")
    answers = _checked(answers)
    waiting = Application.objects.filter(seller=seller, status__in=OPEN).first()
    if waiting is not None:
        raise ApplicationOpen(code=waiting.code)
    is_active = seller.status == Seller.Status.ACTIVE
    if is_active and not _adds_something(seller, answers.service):
        raise ServiceHadAlready()

    if seller.status == Seller.Status.REJECTED:
        seller.move_to(Seller.Status.PENDING)
        seller.save(update_fields=["status"])
    desk = policy.desk_for(seller.country).email
    application = store_application(seller=seller, answers=answers, desk=desk, at=at)
    application.warehouse_id = warehouse_id
    application.save(update_fields=["warehouse_id"])
    recorded: list[events.Event] = [
        ApplicationSubmitted(seller_id=seller.pk, subject=application.code, application_id=application.pk)
    ]
    if is_active and not policy.needs_approval(seller.country):
        granted = grant(seller=seller, application=application, service=answers.service, actor=actor, at=at)
        recorded.append(granted)

    events.record_all(recorded, actor=actor, at=at)
    return application


def _adds_something(seller: Seller, service: str) -> bool:
    wants_fulfilment = service != Application.Service.SMART_DELIVERY
    wants_smart_delivery = service != Application.Service.FULFILMENT
    return (wants_fulfilment and not seller.uses_fulfilment) or (
        wants_smart_delivery and not seller.uses_smart_delivery
    )


def _checked(answers: Answers) -> Answers:
    """The answers as they are kept. :raises Refusal: one of them cannot be kept"""
    check_service(answers.service)
    if not 1 <= answers.deliveries_a_month <= MOST_DELIVERIES:
        raise DeliveriesOutOfRange(number=answers.deliveries_a_month, most=MOST_DELIVERIES)
    if len(answers.sites) > MOST_SITES:
        raise TooManySites(count=len(answers.sites), most=MOST_SITES)
    sites = [texts.plain(site, most=MOST_SITE_LETTERS, may_have_lines=False) for site in answers.sites]
    return replace(answers, sites=sites, goods=texts.plain(answers.goods, most=MOST_GOODS_LETTERS))
