"""Boxes, parcels and manifests, as a seller's own programs read them."""

# Annotations stay objects here: ninja reads them where they stand, behind our decorator.
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from ninja import Query, Router

from toiya.core.actor import Permission
from toiya.core.errors import NotFound
from toiya.domain.catalog.models import Sku
from toiya.domain.outbound.models import Content, Manifest, ManifestParcel, PackagingBox, Parcel, SerialNumber
from toiya.web.api import parcel_shapes as shapes
from toiya.web.api.asking import page, refuse_others
from toiya.web.api.security import caller, needs_scope
from toiya.web.api.shapes import PageOf, Trouble

router = Router()
DECLINED = dict.fromkeys((401, 403, 404, 409, 422, 429), Trouble)


@router.get("/boxes", response={200: shapes.Boxes, **DECLINED}, summary="Boxes to pack in, newest first")
@needs_scope(Permission.SEE_ORDERS)
def boxes(request: Any, response: HttpResponse, asked: Query[PageOf]) -> Any:
    """The boxes that our warehouses pack in, with what they cost."""
    refuse_others(request, "cursor", "limit")
    rows = PackagingBox.objects.filter(is_active=True).select_related("warehouse")
    found, next_cursor = page(rows, cursor=asked.cursor, limit=asked.limit)
    own = set(shapes.BoxShape.model_fields) - {"warehouse"}
    told = [{name: getattr(box, name) for name in own} | {"warehouse": box.warehouse.code} for box in found]
    return {"boxes": told, "next_cursor": next_cursor}


@router.get("/parcels", response={200: shapes.Parcels, **DECLINED}, summary="Parcels, newest first")
@needs_scope(Permission.SEE_ORDERS)
def parcels(request: Any, response: HttpResponse, asked: Query[shapes.ParcelsAsked]) -> Any:
    """A page of parcels; `order` keeps those of one order, `status` those in one state."""
    refuse_others(request, "cursor", "limit", "order", "status")
    rows = _parcels(request)
    if asked.order:
        rows = rows.filter(order__code=asked.order.replace("\x00", ""))
    if asked.status:
        rows = rows.filter(status=asked.status.replace("\x00", ""))
    found, next_cursor = page(rows, cursor=asked.cursor, limit=asked.limit)
    return {"parcels": _told(found), "next_cursor": next_cursor}


@router.get("/parcels/{code}", response={200: shapes.ParcelShape, **DECLINED}, summary="One parcel")
@needs_scope(Permission.SEE_ORDERS)
def parcel(request: Any, response: HttpResponse, code: str) -> Any:
    """A parcel with what is in it."""
    refuse_others(request)
    found = list(_parcels(request).filter(code=code.replace("\x00", "")))
    if not found:
        raise NotFound(kind="parcel", code=code[:40])
    return _told(found)[0]


@router.get("/manifests", response={200: shapes.Manifests, **DECLINED}, summary="Manifests, newest first")
@needs_scope(Permission.SEE_ORDERS)
def manifests(request: Any, response: HttpResponse, asked: Query[PageOf]) -> Any:
    """The trucks that took parcels of yours, and which."""
    refuse_others(request, "cursor", "limit")
    mine = ManifestParcel.objects.visible_to(caller(request))
    rows = Manifest.objects.filter(pk__in=mine.values("manifest_id")).select_related("warehouse")
    found, next_cursor = page(rows, cursor=asked.cursor, limit=asked.limit)
    taken: dict[int, list[str]] = {}
    for manifest_id, code in mine.filter(manifest__in=found).order_by("pk").values_list("manifest_id", "parcel__code"):
        taken.setdefault(manifest_id, []).append(code)
    own = set(shapes.ManifestShape.model_fields) - {"warehouse", "parcels"}
    told = [
        {name: getattr(row, name) for name in own} | {"warehouse": row.warehouse.code, "parcels": taken.get(row.pk, [])}
        for row in found
    ]
    return {"manifests": told, "next_cursor": next_cursor}


def _parcels(request: Any) -> Any:
    near = ("order", "warehouse", "service", "label", "reservation", "boxed__box", "on_manifest__manifest")
    return Parcel.objects.visible_to(caller(request)).select_related(*near).defer("label__document", "label__shipment")


def _told(found: Sequence[Parcel]) -> list[dict[str, Any]]:
    contents: dict[int, list[Content]] = {}
    for content in Content.objects.filter(parcel__in=found).order_by("pk"):
        contents.setdefault(content.parcel_id, []).append(content)
    skus = {content.sku_id for inside in contents.values() for content in inside}
    codes = dict(Sku.objects.filter(pk__in=skus).values_list("pk", "code"))
    serials: dict[tuple[int, int], list[str]] = {}
    for row in SerialNumber.objects.filter(parcel__in=found, back_at=None).order_by("pk"):
        serials.setdefault((row.parcel_id, row.sku_id), []).append(row.number)
    return [
        _parcel(each) | {"contents": [_content(row, codes, serials) for row in contents.get(each.pk, [])]}
        for each in found
    ]


def _content(row: Content, codes: dict[int, str], serials: dict[tuple[int, int], list[str]]) -> dict[str, Any]:
    """The serial numbers are of the SKU: where several lines of an order want it, the first one names them all."""
    numbers = serials.pop((row.parcel_id, row.sku_id), [])
    return {"sku": codes.get(row.sku_id, ""), "lot": row.lot, "quantity": row.quantity, "serial_numbers": numbers}


def _parcel(row: Parcel) -> dict[str, Any]:
    boxed, listed = getattr(row, "boxed", None), getattr(row, "on_manifest", None)
    fee = row.reservation
    return {
        "code": row.code,
        "order": row.order.code,
        "warehouse": row.warehouse.code,
        "status": row.status,
        "service": row.service.code if row.service else "",
        "carrier": row.service.carrier if row.service else "",
        "tracking_number": row.label.tracking_number if row.label else "",
        "weight_g": row.weight_g,
        "box": boxed.box.code if boxed else "",
        "fee_minor": fee.amount_minor if fee else 0,
        "currency": fee.currency if fee else "",
        "fee_status": fee.status if fee else "",
        "manifest": listed.manifest.code if listed else "",
        "opened_at": row.opened_at,
        "sealed_at": row.sealed_at,
        "shipped_at": row.shipped_at,
    }
