"""The warehouse takes pieces out as the seller asked, or declines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor
from toiya.core.codes import folded
from toiya.core.errors import NotFound, Refusal
from toiya.domain.inbound.events import TakenOut, TakingOutDeclined
from toiya.domain.inbound.models import InboundRequest
from toiya.domain.stock import sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.ledger import Book, Post
from toiya.domain.stock.models import BinStock

Status = InboundRequest.Status


class RequestOver(Refusal):
    """It was completed, declined or cancelled meanwhile."""

    code = "request_over"
    message = gettext_lazy("%(code)s is over: %(status)s. Reload the page to see what became of it.")


class PiecesDiffer(Refusal):
    """The bins named do not add up to what was asked."""

    code = "pieces_differ"
    message = gettext_lazy(
        "%(asked)s pieces are to be taken out and the bins named give %(taken)s. Mend the numbers so that they agree."
    )


class NotInBin(Refusal):
    """A bin that holds fewer pieces of the SKU than are to be taken from it."""

    code = "not_in_bin"
    message = gettext_lazy("Bin %(bin)s holds %(there)s pieces of %(sku)s. Take at most that many from it.")


@dataclass(frozen=True, slots=True)
class Taken:
    """So many pieces out of a bin, of a lot where the goods have lots."""

    bin_code: str
    quantity: int
    lot: str = ""


@transaction.atomic
def complete_taking_out(*, request_code: str, taken: Sequence[Taken], actor: Actor, at: datetime) -> InboundRequest:
    """
    Book pieces out of named bins; the request is completed. Blocked pieces do not leave this way.

    :raises NotFound: :raises RequestOver: :raises PiecesDiffer: :raises NotInBin:
    :raises NotEnoughStock: the pieces are promised to orders
    """
    request = _locked(request_code, actor)
    seller_id, house, sku = request.seller_id, request.warehouse_id, request.sku
    sql.lock_balances(seller_id, [house], [sku.pk])
    rows = BinStock.objects.filter(seller_id=seller_id, warehouse_id=house, sku=sku, quantity__gt=0)
    there = {(row.bin.code, row.lot): row for row in rows.select_related("bin") if row.bin.kind not in row.bin.BLOCKED}

    total = sum(part.quantity for part in taken)
    if total != request.quantity:
        raise PiecesDiffer(asked=request.quantity, taken=total)
    posts = []
    for part in taken:
        row = there.get((folded(part.bin_code), part.lot)) or there.get((part.bin_code, part.lot))
        if row is None or not 1 <= part.quantity <= row.quantity:
            raise NotInBin(bin=part.bin_code[:30], there=row.quantity if row else 0, sku=sku.code)
        posts.append(Post(sku.pk, part.quantity, request.code, from_bin_id=row.bin_id, lot=row.lot))

    ledger.take_out(Book(seller_id, house, actor.name, at), posts)
    _end(request, Status.COMPLETED, "", at)

    event = TakenOut(
        seller_id=seller_id, subject=request.code, sku=sku.code, warehouse_id=house, quantity=request.quantity
    )
    events.record(event, actor=actor, at=at)
    return request


@transaction.atomic
def decline_taking_out(*, request_code: str, reason: str, actor: Actor, at: datetime) -> InboundRequest:
    """
    Say no, with a reason that the seller reads.

    :raises NotFound: :raises RequestOver: :raises NothingWritten: the reason is empty
    """
    request = _locked(request_code, actor)
    reason = texts.plain(reason, most=200, may_have_lines=False)

    _end(request, Status.CANCELLED, reason, at)

    event = TakingOutDeclined(seller_id=request.seller_id, subject=request.code, reason=reason)
    events.record(event, actor=actor, at=at)
    return request


def _locked(code: str, actor: Actor) -> InboundRequest:
    rows = InboundRequest.objects.visible_to(actor).filter(code=code, kind=InboundRequest.Kind.OUT)
    found: InboundRequest | None = rows.lock().select_related("sku").first()
    if found is None:
        raise NotFound(kind=gettext_lazy("request"), code=code[:20])
    if found.status != Status.REQUESTED:
        raise RequestOver(code=found.code, status=found.get_status_display())
    return found


def _end(request: InboundRequest, status: str, reason: str, at: datetime) -> None:
    request.move_to(status)
    request.reason, request.ended_at = reason, at
    request.save(update_fields=["status", "reason", "ended_at"])
