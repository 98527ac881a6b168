"""What comes back from buyers, for a seller's own programs: announced, read with how each piece was judged."""

# Annotations stay objects here: ninja reads them where they stand, behind our decorator.
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from ninja import Query, Router

from toiya.core.actor import Permission
from toiya.core.errors import NotFound
from toiya.domain.returns.actions.announcing import Announcement, announce_return, cancel_return
from toiya.domain.returns.models import Grading, Return
from toiya.web.api import return_shapes
from toiya.web.api.asking import call_key, call_token, page, pieces_of, plain, refuse_others
from toiya.web.api.security import caller, needs_scope
from toiya.web.api.shapes import Trouble

router = Router()
DECLINED = dict.fromkeys((401, 403, 404, 409, 422, 429), Trouble)
ONE = {200: return_shapes.ReturnShape, **DECLINED}


@router.get("/returns", response={200: return_shapes.Returns, **DECLINED}, summary="Returns, newest first")
@needs_scope(Permission.SEE_ORDERS)
def returns(request: Any, response: HttpResponse, asked: Query[return_shapes.ReturnsAsked]) -> Any:
    """What buyers sent back, with how each piece was judged; `status` keeps those in one state."""
    refuse_others(request, "cursor", "limit", "status")
    rows = _rows(request)
    if asked.status:
        rows = rows.filter(status=plain(asked.status))
    found, next_cursor = page(rows, cursor=asked.cursor, limit=asked.limit)
    return {"returns": [_told(row) for row in found], "next_cursor": next_cursor}


@router.post("/returns", response=ONE, summary="Announce a return")
@needs_scope(Permission.EDIT_ORDERS)
def announce(request: Any, response: HttpResponse, asked: return_shapes.ReturnAsked) -> Any:
    """Pieces of an order that left come back. The same Idempotency-Key gives the return announced before."""
    refuse_others(request)
    told = Announcement(
        order_code=plain(asked.order),
        pieces=pieces_of(asked.pieces),
        reason=asked.reason,
        wish=asked.wish,
        tracking_number=plain(asked.tracking_number),
        note=plain(asked.note),
        consents=asked.consents,
        token=call_token(request),
    )
    made = announce_return(told=told, actor=caller(request), at=request.at)
    return _told(_read(request, made.code))


@router.get("/returns/{code}", response=ONE, summary="One return")
@needs_scope(Permission.SEE_ORDERS)
def one(request: Any, response: HttpResponse, code: str) -> Any:
    """A return with its lines and how the pieces were judged."""
    refuse_others(request)
    return _told(_read(request, code))


@router.post("/returns/{code}/cancellation", response=ONE, summary="Call a return off")
@needs_scope(Permission.EDIT_ORDERS)
def cancel(request: Any, response: HttpResponse, code: str) -> Any:
    """It will not come after all. Cancelled already, it stays so."""
    refuse_others(request)
    call_key(request)
    cancel_return(code=plain(code), actor=caller(request), at=request.at)
    return _told(_read(request, code))


def _rows(request: Any) -> QuerySet[Return]:
    rows: QuerySet[Return] = Return.objects.visible_to(caller(request)).select_related("order", "warehouse")
    return rows.prefetch_related("lines__sku", "gradings__sku", "gradings__aside")


def _read(request: Any, code: str) -> Return:
    found = _rows(request).filter(code=plain(code)[:20]).first()
    if found is None:
        raise NotFound(kind=gettext_lazy("return"), code=code[:20])
    return found


def _told(row: Return) -> dict[str, Any]:
    same = ("code", "status", "is_announced", "reason", "wish", "tracking_number", "note", "fee_minor", "currency")
    return {name: getattr(row, name) for name in (*same, "created_at", "arrived_at", "ended_at")} | {
        "order": row.order.code if row.order else "",
        "warehouse": row.warehouse.code,
        "lines": [
            {"sku": line.sku.code, "announced": line.announced, "came": line.came}
            for line in sorted(row.lines.all(), key=lambda each: each.pk)
        ],
        "inspections": [_judged(each) for each in sorted(row.gradings.all(), key=lambda each: each.pk)],
    }


def _judged(row: Grading) -> dict[str, Any]:
    aside = getattr(row, "aside", None)
    return {
        "sku": row.sku.code,
        "grade": row.grade,
        "quantity": row.quantity,
        "is_sellable": row.is_sellable,
        "note": row.note,
        "has_photo": bool(row.photo_key),
        "decision": aside.decision if aside else "",
        "state": aside.status if aside else "",
        "tracking_number": aside.tracking_number if aside else "",
        "at": row.at,
    }
