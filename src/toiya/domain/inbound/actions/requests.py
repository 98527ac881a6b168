"""Asking to bring goods in or take them out, and taking such a request back (A108-A115)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor
from toiya.core.codes import codes_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound import judging, queries, rules
from toiya.domain.inbound.events import InboundRequestCancelled, InboundRequested
from toiya.domain.inbound.models import InboundRequest
from toiya.domain.members.models import Seller
from toiya.domain.stock.models import Balance
from toiya.domain.warehouses.actions.centres import check_centre
from toiya.domain.warehouses.models import Warehouse

Kind = InboundRequest.Kind
Status = InboundRequest.Status
MOST_LETTERS = 200


class PiecesOutOfRange(Refusal):
    """A quantity of zero, or more than fits into a building."""

    code = "pieces_out_of_range"
    message = gettext_lazy("Quantity %(quantity)s: enter a whole number from 1 to 1,000,000.")


class NotStockedHere(Refusal):
    """The item is not kept in our warehouses (A120)."""

    code = "not_stocked_here"
    message = gettext_lazy(
        "Inventory item %(item)s is marked as not kept in our warehouse. Switch it on, then ask once more."
    )


class SkuSwitchedOff(Refusal):
    """Nothing is brought in of a SKU that is off."""

    code = "sku_switched_off"
    message = gettext_lazy("SKU %(sku)s is switched off. Switch it on first, or choose another one.")


class FewerThere(Refusal):
    """More would be taken out than is free."""

    code = "fewer_there"
    message = gettext_lazy(
        "%(available)s pieces of %(sku)s are free in %(warehouse)s. Ask for at most that many to be taken out."
    )


class RequestUnderWay(Refusal):
    """Only a request on which nothing was done yet can be taken back."""

    code = "request_under_way"
    message = gettext_lazy(
        "%(code)s cannot be cancelled: %(status)s. Delete its cargo bundle first, or ask the warehouse."
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """One request to make; `source_key` makes a line of a file or a program's call count once."""

    sku_code: str
    quantity: int
    warehouse_id: int
    way: str = Kind.IN
    description: str = ""
    source_key: str = ""


@transaction.atomic
def make_requests(*, seller_id: int, wanted: Sequence[Wanted], actor: Actor, at: datetime) -> list[InboundRequest]:
    """
    Make requests to bring in or take out, all of them or none; one per wish, in order.

    A wish whose source is known already gives the request that is there.

    :raises NotFound: a SKU is not this seller's, or there is no such warehouse
    :raises PiecesOutOfRange: :raises NotStockedHere: :raises SkuSwitchedOff: :raises FewerThere:
    :raises CentreNotAppliedFor: goods would come to a building the agreement does not cover
    :raises TooManyPiecesAsked: :raises TooManyOpenPieces: the warehouse's rules
    """
    Seller.objects.lock().get(pk=seller_id)  # one at a time, so that two do not pass the same cap together
    known = _known(seller_id, wanted)
    new = [wish for wish in wanted if not (wish.source_key and wish.source_key in known)]
    skus = {sku.code: sku for sku in _skus(seller_id, {wish.sku_code for wish in new})}
    houses = Warehouse.objects.in_bulk({wish.warehouse_id for wish in new})

    _check_each(new, skus, houses)
    for house in {wish.warehouse_id for wish in new if wish.way == Kind.IN}:
        check_centre(seller_id=seller_id, warehouse=houses[house])
    _check_rules(seller_id, new, houses)
    _check_stock(seller_id, new, skus, houses)

    made = _rows(seller_id, new, skus, at)
    InboundRequest.objects.bulk_create(made)

    events.record_all([_told(row) for row in made], actor=actor, at=at)
    fresh = iter(made)
    return [known[wish.source_key] if wish.source_key in known else next(fresh) for wish in wanted]


def _known(seller_id: int, wanted: Sequence[Wanted]) -> dict[str, InboundRequest]:
    keys = {wish.source_key for wish in wanted if wish.source_key}
    rows = InboundRequest.objects.filter(seller_id=seller_id, source_key__in=keys) if keys else ()
    return {row.source_key: row for row in rows}


def _skus(seller_id: int, codes: set[str]) -> list[Sku]:
    return list(Sku.objects.filter(seller_id=seller_id, code__in=codes).select_related("item"))


def _check_each(wanted: Sequence[Wanted], skus: dict[str, Sku], houses: dict[int, Warehouse]) -> None:
    for wish in wanted:
        sku = skus.get(wish.sku_code)
        if sku is None:
            raise NotFound(kind="SKU", code=wish.sku_code[:40])
        if wish.warehouse_id not in houses:
            raise NotFound(kind=gettext_lazy("warehouse"), code=str(wish.warehouse_id))
        if not 1 <= wish.quantity <= rules.MOST_PIECES:
            raise PiecesOutOfRange(quantity=wish.quantity)
        if wish.way == Kind.IN and not sku.item.is_stocked_here:
            raise NotStockedHere(item=sku.item.code)
        if wish.way == Kind.IN and not (sku.is_active and sku.item.is_active):
            raise SkuSwitchedOff(sku=sku.code)
        if wish.description:
            texts.plain(wish.description, most=MOST_LETTERS, may_have_lines=False)


def _check_rules(seller_id: int, wanted: Sequence[Wanted], houses: dict[int, Warehouse]) -> None:
    open_pieces = queries.open_pieces(seller_id)
    limits = {key: queries.limits_of(key) for key in houses}
    for wish in wanted:
        if wish.way == Kind.IN:
            before = open_pieces.get(wish.warehouse_id, 0)
            breach = rules.judge_request(limits[wish.warehouse_id], quantity=wish.quantity, open_pieces=before)
            judging.refuse(breach, houses[wish.warehouse_id])
            open_pieces[wish.warehouse_id] = before + wish.quantity


def _check_stock(seller_id: int, wanted: Sequence[Wanted], skus: dict[str, Sku], houses: dict[int, Warehouse]) -> None:
    out = [wish for wish in wanted if wish.way == Kind.OUT]
    if not out:
        return
    rows = Balance.objects.filter(seller_id=seller_id, sku__in={skus[wish.sku_code].pk for wish in out})
    free = {(row.warehouse_id, row.sku_id): row.available for row in rows}
    for wish in out:
        place = (wish.warehouse_id, skus[wish.sku_code].pk)
        available = max(free.get(place, 0), 0)
        if wish.quantity > available:
            raise FewerThere(available=available, sku=wish.sku_code, warehouse=houses[wish.warehouse_id].name)
        free[place] = available - wish.quantity


def _rows(seller_id: int, wanted: Sequence[Wanted], skus: dict[str, Sku], at: datetime) -> list[InboundRequest]:
    numbers = next_ids("inbound_inboundrequest_id_seq", len(wanted)) if wanted else []
    return [
        InboundRequest(
            pk=number,
            seller_id=seller_id,
            code=code,
            kind=wish.way,
            sku=skus[wish.sku_code],
            warehouse_id=wish.warehouse_id,
            quantity=wish.quantity,
            description=wish.description.strip(),
            source_key=wish.source_key,
            requested_at=at,
        )
        for number, code, wish in zip(numbers, codes_for("IO", numbers), wanted, strict=True)
    ]


def _told(row: InboundRequest) -> InboundRequested:
    return InboundRequested(
        seller_id=row.seller_id,
        subject=row.code,
        sku=row.sku.code,
        way=str(row.kind),
        warehouse_id=row.warehouse_id,
        quantity=row.quantity,
    )


@transaction.atomic
def cancel_requests(
    *, request_codes: Sequence[str], actor: Actor, at: datetime, reason: str = ""
) -> list[InboundRequest]:
    """
    Take requests back, all of them or none; those that are cancelled already stay so.

    :raises NotFound: one of them is not there for this actor
    :raises RequestUnderWay: one of them is in a cargo bundle, or done
    """
    rows = list(InboundRequest.objects.visible_to(actor).filter(code__in=request_codes).lock())
    if missing := sorted(set(request_codes) - {row.code for row in rows}):
        raise NotFound(kind=gettext_lazy("request"), code=missing[0][:20])
    for row in rows:
        if row.status not in {Status.REQUESTED, Status.CANCELLED}:
            raise RequestUnderWay(code=row.code, status=row.get_status_display())

    fresh = [row for row in rows if row.status == Status.REQUESTED]
    for row in fresh:
        row.move_to(Status.CANCELLED)
        row.reason, row.ended_at = reason[:MOST_LETTERS], at
    InboundRequest.objects.bulk_update(fresh, ["status", "reason", "ended_at"])

    told = [InboundRequestCancelled(seller_id=row.seller_id, subject=row.code, reason=row.reason) for row in fresh]
    events.record_all(told, actor=actor, at=at)
    return rows
