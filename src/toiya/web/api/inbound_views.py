"""Goods on their way in, for a seller's own programs: requests and cargo bundles."""

# Annotations stay objects here: ninja reads them where they stand, behind our decorator.
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from ninja import Query, Router

from toiya.core.actor import Permission
from toiya.core.errors import NotFound
from toiya.domain.inbound import queries
from toiya.domain.inbound.actions.bundles import Announcement, create_bundle
from toiya.domain.inbound.actions.requests import Wanted, make_requests
from toiya.domain.inbound.models import CargoBundle, InboundRequest
from toiya.web.api import inbound_shapes, shapes
from toiya.web.api.asking import call_key, page, refuse_others
from toiya.web.api.security import caller, needs_scope

router = Router()
DECLINED = dict.fromkeys((401, 403, 404, 409, 422, 429), shapes.Trouble)


@router.get("/requests", response={200: inbound_shapes.InboundRequests, **DECLINED}, summary="Requests, newest first")
@needs_scope(Permission.SEE_STOCK)
def requests(request: Any, response: HttpResponse, asked: Query[shapes.PageOf]) -> Any:
    """What the seller asked to bring in or take out."""
    refuse_others(request, "cursor", "limit")
    rows = InboundRequest.objects.visible_to(caller(request)).select_related("sku", "warehouse", "bundle")
    found, next_cursor = page(rows, cursor=asked.cursor, limit=asked.limit)
    return {"requests": [_request(row) for row in found], "next_cursor": next_cursor}


@router.post("/requests", response={200: inbound_shapes.InboundRequestShape, **DECLINED}, summary="Make a request")
@needs_scope(Permission.EDIT_INBOUND)
def make(request: Any, response: HttpResponse, asked: inbound_shapes.InboundRequestAsked) -> Any:
    """Ask to bring in or take out pieces of a SKU. The same Idempotency-Key gives the request made before."""
    refuse_others(request)
    actor, key = caller(request), call_key(request)
    house = queries.warehouse_by_branch(asked.warehouse.replace("\x00", ""))
    if house is None:
        raise NotFound(kind=gettext_lazy("warehouse"), code=asked.warehouse[:20])
    wish = Wanted(asked.sku.replace("\x00", ""), asked.quantity, house.pk, asked.way, asked.description, key)
    made = make_requests(seller_id=actor.seller_id or 0, wanted=[wish], actor=actor, at=request.at)[0]
    return _request(made)


@router.get("/bundles", response={200: inbound_shapes.Bundles, **DECLINED}, summary="Cargo bundles, newest first")
@needs_scope(Permission.SEE_STOCK)
def bundles(request: Any, response: HttpResponse, asked: Query[inbound_shapes.BundlesAsked]) -> Any:
    """Deliveries with their lines; `status` keeps those in one state."""
    refuse_others(request, "cursor", "limit", "status")
    rows = CargoBundle.objects.visible_to(caller(request)).select_related("warehouse")
    if asked.status:
        rows = rows.filter(status=asked.status.replace("\x00", ""))
    found, next_cursor = page(rows.prefetch_related("lines__sku"), cursor=asked.cursor, limit=asked.limit)
    return {"bundles": [_bundle(row) for row in found], "next_cursor": next_cursor}


@router.post("/bundles", response={200: inbound_shapes.BundleShape, **DECLINED}, summary="Make a cargo bundle")
@needs_scope(Permission.EDIT_INBOUND)
def make_bundle(request: Any, response: HttpResponse, asked: inbound_shapes.BundleAsked) -> Any:
    """Put open requests together to one delivery. The same Idempotency-Key gives the bundle made before."""
    refuse_others(request)
    actor, key = caller(request), call_key(request)
    told = asked.model_dump(exclude={"requests"})
    codes = [code.replace("\x00", "")[:20] for code in asked.requests]
    made = create_bundle(
        seller_id=actor.seller_id or 0,
        request_codes=codes,
        plan=Announcement(**told, source_key=key),
        actor=actor,
        at=request.at,
    )
    return _bundle(made)


def _request(row: InboundRequest) -> dict[str, Any]:
    return {
        "code": row.code,
        "way": row.kind,
        "status": row.status,
        "sku": row.sku.code,
        "warehouse": row.warehouse.code,
        "quantity": row.quantity,
        "description": row.description,
        "reason": row.reason,
        "bundle": row.bundle.code if row.bundle else "",
        "requested_at": row.requested_at,
        "ended_at": row.ended_at,
    }


def _bundle(row: CargoBundle) -> dict[str, Any]:
    return {
        "code": row.code,
        "status": row.status,
        "warehouse": row.warehouse.code,
        "estimated_on": row.estimated_on,
        "carrier": row.carrier_name,
        "tracking_number": row.tracking_number,
        "cartons": row.cartons_told,
        "remark": row.remark,
        "reason": row.reason,
        "fee_minor": row.estimate_minor if row.fee_minor is None else row.fee_minor,
        "currency": row.currency,
        "created_at": row.created_at,
        "confirmed_at": row.confirmed_at,
        "shipped_at": row.shipped_at,
        "arrived_at": row.arrived_at,
        "lines": [
            {"sku": line.sku.code, "told": line.told, "received": line.received, "damaged": line.damaged}
            for line in row.lines.all()
        ],
    }
