"""Why stock is changed by hand: kept as a note that the movements name as their source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy

from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.stock.models import StockNote

Reason = StockNote.Reason


class NoSuchReason(Refusal):
    """A reason that is not on the list."""

    code = "no_such_reason"
    message = gettext_lazy("Say why the pieces change. Choose one of the reasons shown.")


@dataclass(frozen=True, slots=True)
class Why:
    """The reason of a change, words to it, and a photo that was stored before."""

    reason: str
    note: str = ""
    photo_key: str = ""
    photo_type: str = ""


def write_note(*, sku: Sku, warehouse_id: int, why: Why, actor: Actor, at: datetime) -> StockNote:
    """A step: keep the reason. :raises NoSuchReason:"""
    if why.reason not in Reason.values:
        raise NoSuchReason()
    number = next_ids("stock_stocknote_id_seq", 1)[0]
    return StockNote.objects.create(
        id=number,
        seller_id=sku.seller_id,
        warehouse_id=warehouse_id,
        sku=sku,
        code=code_for("STN", number),
        reason=why.reason,
        note=why.note.strip()[:300],
        photo_key=why.photo_key,
        photo_type=why.photo_type,
        at=at,
        actor=actor.name,
    )
