"""Items and SKUs for a seller's own programs: read, register, add to."""

# Annotations stay objects here: ninja reads them where they stand, behind our decorator.
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from ninja import Query, Router

from toiya.core.actor import Permission
from toiya.core.errors import NotFound
from toiya.domain.catalog.actions.program_calls import add_options_once, register_item_once
from toiya.domain.catalog.actions.registering import NewItem, NewSku
from toiya.domain.catalog.models import Barcode, InventoryItem, Sku
from toiya.domain.catalog.queries import with_words
from toiya.domain.members.queries import seller_of
from toiya.web.api import catalogue_shapes as shapes
from toiya.web.api.asking import call_key, page, refuse_others
from toiya.web.api.security import caller, needs_scope
from toiya.web.api.shapes import PageOf, Trouble

router = Router()
DECLINED = dict.fromkeys((401, 403, 404, 409, 422, 429), Trouble)


@router.get("/items", response={200: shapes.Items, **DECLINED}, summary="Items, newest first")
@needs_scope(Permission.SEE_STOCK)
def items(request: Any, response: HttpResponse, asked: Query[PageOf]) -> Any:
    """A page of inventory items."""
    refuse_others(request, "cursor", "limit")
    rows = InventoryItem.objects.visible_to(caller(request))
    found, next_cursor = page(rows, cursor=asked.cursor, limit=asked.limit)
    return {"items": [_item(item) for item in found], "next_cursor": next_cursor}


@router.post("/items", response={201: shapes.ItemWhole, **DECLINED}, summary="Register an item")
@needs_scope(Permission.EDIT_CATALOG)
def register(request: Any, response: HttpResponse, wanted: shapes.ItemWanted) -> Any:
    """An item with its SKUs, all or nothing. The same Idempotency-Key gives the item made before."""
    refuse_others(request)
    seller = seller_of(caller(request))
    if seller is None:
        raise NotFound(kind="seller", code="")
    facts = wanted.model_dump(exclude={"skus", "option_names"})
    item = register_item_once(
        seller_id=seller.pk,
        key=call_key(request),
        new=NewItem(**facts, option_names=tuple(wanted.option_names)),
        options=_options(wanted.skus),
        actor=caller(request),
        at=request.at,
    )
    return 201, _whole(item)


@router.get("/items/{code}", response={200: shapes.ItemWhole, **DECLINED}, summary="One item")
@needs_scope(Permission.SEE_STOCK)
def item(request: Any, response: HttpResponse, code: str) -> Any:
    """An item with its SKUs."""
    refuse_others(request)
    return _whole(_item_of(request, code))


@router.post("/items/{code}/skus", response={201: shapes.ItemWhole, **DECLINED}, summary="Add SKUs to an item")
@needs_scope(Permission.EDIT_CATALOG)
def add(request: Any, response: HttpResponse, code: str, wanted: shapes.SkusWanted) -> Any:
    """More SKUs for an item, all or nothing. The same Idempotency-Key adds them once."""
    refuse_others(request)
    found = add_options_once(
        key=call_key(request),
        item_code=code.replace("\x00", ""),
        options=_options(wanted.skus),
        actor=caller(request),
        at=request.at,
    )
    return 201, _whole(found)


@router.get("/skus", response={200: shapes.Skus, **DECLINED}, summary="SKUs, newest first")
@needs_scope(Permission.SEE_STOCK)
def skus(request: Any, response: HttpResponse, asked: Query[shapes.SkusAsked]) -> Any:
    """A page of SKUs; `q` finds them by any code, barcode or words."""
    refuse_others(request, "cursor", "limit", "q")
    rows = with_words(Sku.objects.visible_to(caller(request)).select_related("item"), asked.q)
    found, next_cursor = page(rows, cursor=asked.cursor, limit=asked.limit)
    return {"skus": _skus(found), "next_cursor": next_cursor}


@router.get("/skus/{code}", response={200: shapes.SkuShort, **DECLINED}, summary="One SKU")
@needs_scope(Permission.SEE_STOCK)
def sku(request: Any, response: HttpResponse, code: str) -> Any:
    """A SKU with what is written about it."""
    refuse_others(request)
    rows = Sku.objects.visible_to(caller(request)).filter(code=code.replace("\x00", "")).select_related("item")
    found = list(rows)
    if not found:
        raise NotFound(kind="SKU", code=code[:40])
    return _skus(found)[0]


def _item_of(request: Any, code: str) -> InventoryItem:
    found: InventoryItem | None = (
        InventoryItem.objects.visible_to(caller(request)).filter(code=code.replace("\x00", "")).first()
    )
    if found is None:
        raise NotFound(kind="item", code=code[:40])
    return found


def _options(wanted: Sequence[shapes.SkuWanted]) -> list[NewSku]:
    return [NewSku(**each.model_dump(exclude={"values"}), values=tuple(each.values)) for each in wanted]


def _item(found: InventoryItem) -> dict[str, Any]:
    return {name: getattr(found, name) for name in shapes.ItemShort.model_fields}


def _whole(found: InventoryItem) -> dict[str, Any]:
    return _item(found) | {"skus": _skus(list(found.skus.select_related("item").order_by("pk")))}


def _skus(found: Sequence[Sku]) -> list[dict[str, Any]]:
    barcodes: dict[int, list[str]] = {}
    for sku_id, barcode in Barcode.objects.filter(sku__in=found).order_by("pk").values_list("sku_id", "barcode"):
        barcodes.setdefault(sku_id, []).append(barcode)
    own = set(shapes.SkuShort.model_fields) - {"item", "barcodes", "price_minor", "currency"}
    return [
        {name: getattr(each, name) for name in own}
        | {
            "item": each.item.code,
            "barcodes": barcodes.get(each.pk, []),
            "price_minor": each.item.price_minor + each.surcharge_minor,
            "currency": each.item.currency,
        }
        for each in found
    ]
