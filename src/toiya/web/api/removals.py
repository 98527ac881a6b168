"""What a seller takes back or has thrown away, for its own programs."""

# Annotations stay objects here: ninja reads them where they stand, behind our decorator.
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from ninja import Query, Router

from toiya.core.actor import Permission
from toiya.core.errors import NotFound
from toiya.domain.inbound.queries import warehouse_by_branch
from toiya.domain.outbound.models import Parcel
from toiya.domain.returns.actions.calling_off import cancel_removal
from toiya.domain.returns.actions.ordering import Receiver, Wanted, order_removal
from toiya.domain.returns.models import Removal
from toiya.web.api import return_shapes
from toiya.web.api.asking import call_key, call_token, page, pieces_of, plain, refuse_others
from toiya.web.api.security import caller, needs_scope
from toiya.web.api.shapes import Trouble

router = Router()
DECLINED = dict.fromkeys((401, 403, 404, 409, 422, 429), Trouble)
ONE = {200: return_shapes.RemovalShape, **DECLINED}


@router.get("/removals", response={200: return_shapes.Removals, **DECLINED}, summary="Removals, newest first")
@needs_scope(Permission.SEE_STOCK)
def removals(request: Any, response: HttpResponse, asked: Query[return_shapes.RemovalsAsked]) -> Any:
    """What leaves for good, with the numbers it left with; `status` keeps those in one state."""
    refuse_others(request, "cursor", "limit", "status")
    rows = _rows(request)
    if asked.status:
        rows = rows.filter(status=plain(asked.status))
    found, next_cursor = page(rows, cursor=asked.cursor, limit=asked.limit)
    return {"removals": _told(found), "next_cursor": next_cursor}


@router.post("/removals", response=ONE, summary="Order a removal")
@needs_scope(Permission.EDIT_INBOUND)
def order(request: Any, response: HttpResponse, asked: return_shapes.RemovalAsked) -> Any:
    """Pieces are kept for it at once, all or none. The same Idempotency-Key gives the removal ordered before."""
    refuse_others(request)
    actor, token = caller(request), call_token(request)
    house = warehouse_by_branch(plain(asked.warehouse))
    if house is None:
        raise NotFound(kind=gettext_lazy("warehouse"), code=asked.warehouse[:20])
    to = asked.receiver.model_dump() if asked.receiver else {}
    wanted = Wanted(
        warehouse_code=house.code,
        pieces=pieces_of(asked.pieces),
        is_everything=asked.everything,
        kind=asked.kind,
        payer=asked.payer,
        service_code=plain(asked.service),
        receiver=Receiver(**{name: plain(value) for name, value in to.items()}),
        reason=plain(asked.reason),
        consents=asked.consents,
        token=token,
    )
    made = order_removal(seller_id=actor.seller_id or 0, wanted=wanted, actor=actor, at=request.at)
    return _one(request, made.code)


@router.get("/removals/{code}", response=ONE, summary="One removal")
@needs_scope(Permission.SEE_STOCK)
def one(request: Any, response: HttpResponse, code: str) -> Any:
    """A removal: how far it is, and the numbers it left with."""
    refuse_others(request)
    return _one(request, code)


@router.post("/removals/{code}/cancellation", response=ONE, summary="Call a removal off")
@needs_scope(Permission.EDIT_INBOUND)
def cancel(request: Any, response: HttpResponse, code: str) -> Any:
    """Before the floor has begun: its pieces are free again. Cancelled already, it stays so."""
    refuse_others(request)
    call_key(request)
    cancel_removal(code=plain(code), reason="", actor=caller(request), at=request.at)
    return _one(request, code)


def _rows(request: Any) -> QuerySet[Removal]:
    rows: QuerySet[Removal] = Removal.objects.visible_to(caller(request)).select_related("order", "warehouse")
    return rows.prefetch_related("lines__sku")


def _one(request: Any, code: str) -> dict[str, Any]:
    found = list(_rows(request).filter(code=plain(code)[:20])[:1])
    if not found:
        raise NotFound(kind=gettext_lazy("removal"), code=code[:20])
    return _told(found)[0]


def _told(rows: list[Removal]) -> list[dict[str, Any]]:
    numbers = _numbers([row.order_id for row in rows if row.order_id])
    return [
        {name: getattr(row, name) for name in ("code", "kind", "status", "payer", "reason", "created_at", "ended_at")}
        | {
            "warehouse": row.warehouse.code,
            "service": row.service_code,
            "order": row.order.code if row.order else "",
            "order_status": row.order.status if row.order else "",
            "tracking_numbers": numbers.get(row.order_id or 0, []),
            "lines": [
                {"sku": line.sku.code, "quantity": line.quantity, "gone": line.gone}
                for line in sorted(row.lines.all(), key=lambda each: each.pk)
            ],
        }
        for row in rows
    ]


def _numbers(order_ids: list[int]) -> dict[int, list[str]]:
    """The tracking numbers of the parcels that left, by order."""
    gone = Parcel.objects.filter(order_id__in=order_ids, status=Parcel.Status.SHIPPED, label__isnull=False)
    found: dict[int, list[str]] = {}
    for order_id, number in gone.order_by("pk").values_list("order_id", "label__tracking_number"):
        if number:
            found.setdefault(order_id, []).append(number)
    return found
