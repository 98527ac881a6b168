"""Which words are to be forgotten: what was said about an order whose buyer was forgotten (R25)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Greatest

from toiya.core.models import EventRow
from toiya.domain.conversations.models import Conversation, Entry
from toiya.domain.outbound.events import BuyerForgotten
from toiya.domain.outbound.models import Parcel

Kind = Conversation.Kind
OF_PARCELS = (Kind.PARCEL, Kind.LABEL, Kind.CHARGE)  # named by the code of their parcel


def to_forget(at: datetime, days: int) -> QuerySet[Conversation]:
    """
    Conversations with words whose time is over, and until when that is (`said_until`): all that was said before the
    buyer was forgotten, and of what was said since whatever is as old as buyers become.
    """
    parcels = Parcel.objects.filter(code=OuterRef("about_code"))
    order = Case(
        When(about_kind=Kind.ORDER, then=F("about_code")),
        When(about_kind__in=OF_PARCELS, then=Subquery(parcels.values("order__code")[:1])),
    )
    forgotten = EventRow.objects.filter(name=BuyerForgotten.NAME, subject=OuterRef("about_order"))
    old = Entry.objects.filter(~Q(text=""), conversation=OuterRef("pk"), said_at__lte=OuterRef("said_until"))
    found = (
        Conversation.objects.filter(about_kind__in=[Kind.ORDER, *OF_PARCELS])
        .annotate(about_order=order, forgotten_at=Subquery(forgotten.order_by("id").values("at")[:1]))
        .filter(forgotten_at__isnull=False)
        .annotate(said_until=Greatest("forgotten_at", Value(at - timedelta(days=days))))
    )
    due: QuerySet[Conversation] = found.filter(Exists(old)).order_by("pk")
    return due
