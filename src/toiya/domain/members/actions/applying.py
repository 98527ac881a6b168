"""What a seller tells the operator when it applies for our service (A025)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.domain.members.models import Application, Seller


@dataclass(frozen=True, slots=True)
class Answers:
    """The questionnaire: sales sites, goods, average deliveries a month, and the service wished for."""

    sites: Sequence[str]
    goods: str
    deliveries_a_month: int
    service: str


def store_application(*, seller: Seller, answers: Answers, desk: str, at: datetime) -> Application:
    """One open application of the seller; part of an action that holds the seller's row and records the event."""
    number = next_ids("members_application_id_seq", 1)[0]
    return Application.objects.create(
        id=number,
        seller=seller,
        code=code_for("APP", number),
        sites=list(answers.sites),
        goods=answers.goods,
        deliveries_a_month=answers.deliveries_a_month,
        service=answers.service,
        desk=desk,
        submitted_at=at,
    )
