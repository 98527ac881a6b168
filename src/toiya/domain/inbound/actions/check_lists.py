"""A SKU's own check list for quality checks (L16)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound.events import CheckListSet
from toiya.domain.inbound.models import CheckPoint

MOST_POINTS = 8


class TooManyPoints(Refusal):
    """A check list nobody reads to its end."""

    code = "too_many_check_points"
    message = gettext_lazy("The check list has %(points)s points, at most %(most)s fit. Put some together.")


@transaction.atomic
def set_check_list(*, sku_code: str, questions: Sequence[str], actor: Actor, at: datetime) -> None:
    """
    Say what is looked at when a quality check is ordered for this SKU; an empty list brings back the usual one.

    :raises NotFound: no such SKU for this actor
    :raises TooManyPoints: :raises core.texts refusals: a point cannot be kept
    """
    sku: Sku | None = Sku.objects.visible_to(actor).filter(code=sku_code).lock().first()
    if sku is None:
        raise NotFound(kind="SKU", code=sku_code)
    points = [texts.plain(question, most=120, may_have_lines=False) for question in questions if question.strip()]
    if len(points) > MOST_POINTS:
        raise TooManyPoints(points=len(points), most=MOST_POINTS)

    CheckPoint.objects.filter(sku=sku).delete()
    CheckPoint.objects.bulk_create(
        [
            CheckPoint(seller_id=sku.seller_id, sku=sku, position=place, question=point)
            for place, point in enumerate(points, start=1)
        ]
    )

    events.record(CheckListSet(seller_id=sku.seller_id, subject=sku.code, points=len(points)), actor=actor, at=at)
