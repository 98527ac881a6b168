"""What screens and letters ask of conversations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Avg, Count, F, Q, QuerySet

from toiya.core.actor import Actor, Permission
from toiya.domain.conversations import rules
from toiya.domain.conversations.models import Conversation, Entry
from toiya.domain.members.models import User
from toiya.domain.members.rules import OPERATOR_ROLES
from toiya.domain.warehouses.models import Warehouse

Status = Conversation.Status
MEASURED = timedelta(days=30)


def desk_hours() -> rules.Hours:
    """The operator's desk hours, by the first warehouse's zone and closed days (two queries)."""
    warehouse = Warehouse.objects.order_by("pk").first()
    if warehouse is None:
        return rules.Hours()
    closed = frozenset(warehouse.closed_days.values_list("day", flat=True))
    return rules.Hours(zone=ZoneInfo(warehouse.time_zone), closed=closed)


def waiting_count(actor: Actor) -> int:
    """How many conversations wait for this actor's side."""
    wanted = Status.WAITING_FOR_OPERATOR if actor.is_operator else Status.WAITING_FOR_SELLER
    return Conversation.objects.visible_to(actor).filter(status=wanted).count()


def live_about(actor: Actor, kind: str, code: str) -> Conversation | None:
    """The conversation about that object that is not closed, as far as the actor may see it."""
    found: Conversation | None = (
        Conversation.objects.visible_to(actor)
        .filter(about_kind=kind, about_code=code)
        .exclude(status=Status.CLOSED)
        .first()
    )
    return found


def entries_of(conversation: Conversation, actor: Actor) -> QuerySet[Entry]:
    """What was said, oldest first; the operator's notes for the operator only."""
    found: QuerySet[Entry] = Entry.objects.visible_to(actor).filter(conversation=conversation).order_by("id")
    return found if actor.is_operator else found.filter(is_internal=False)


@dataclass(frozen=True, slots=True)
class Measured:
    """How fast the operator answered in the last 30 days."""

    answers: int
    in_time: int
    average: timedelta | None


def measured(at: datetime) -> Measured:
    """The answer times of the last 30 days, one query."""
    answers = Entry.objects.filter(was_in_time__isnull=False, said_at__gte=at - MEASURED)
    told = answers.aggregate(
        answers=Count("pk"), in_time=Count("pk", filter=Q(was_in_time=True)), average=Avg("waited_seconds")
    )
    average = None if told["average"] is None else timedelta(seconds=round(told["average"]))
    return Measured(told["answers"], told["in_time"], average)


def colleagues() -> list[User]:
    """The people of the operator who answer sellers."""
    roles = [role for role, permissions in OPERATOR_ROLES.items() if Permission.ANSWER_SELLERS in permissions]
    return list(User.objects.filter(staff__role__in=roles, is_active=True).order_by("name", "pk"))


def with_untold() -> QuerySet[Conversation]:
    """Conversations in which something was said that the other side was not written to about."""
    untold = Q(
        entries__side=Entry.Side.OPERATOR, entries__is_internal=False, entries__id__gt=F("told_seller_upto")
    ) | Q(entries__side=Entry.Side.SELLER, entries__id__gt=F("told_operator_upto"))
    found: QuerySet[Conversation] = Conversation.objects.filter(untold).distinct().order_by("pk")
    return found


def names_of(user_ids: Iterable[int | None]) -> dict[int, str]:
    """Names of users by id, one query."""
    return dict(User.objects.filter(pk__in={each for each in user_ids if each}).values_list("pk", "name"))
