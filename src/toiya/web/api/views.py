"""Version 1 of the API: what a seller's own programs read, as far as the key's maker and its scopes reach."""

# Annotations stay objects here: ninja reads them where they stand, behind our decorator.
from typing import Any

from django.http import HttpResponse
from ninja import NinjaAPI, Query

from toiya.core.actor import Permission
from toiya.core.errors import NotFound
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.telling_queries import number_words
from toiya.domain.members.queries import seller_of
from toiya.domain.orders.models import Order
from toiya.domain.outbound.purchases import Purchase, purchase_of
from toiya.domain.stock.models import Balance, Movement
from toiya.domain.stock.queries import notes_by_code
from toiya.domain.warehouses.models import Warehouse
from toiya.web.api import entering, order_shapes, shapes
from toiya.web.api.answers import install
from toiya.web.api.asking import page, refuse_others
from toiya.web.api.catalogue import router as catalogue
from toiya.web.api.changes import router as changes
from toiya.web.api.inbound_views import router as inbound_router
from toiya.web.api.parcels import router as parcels
from toiya.web.api.removals import router as removals
from toiya.web.api.returns import router as returns
from toiya.web.api.security import KeyAuth, caller, needs_scope

api = NinjaAPI(
    title="Toiya API",
    version="1",
    description="For a seller's own programs. Send `Authorization: Bearer` and a key, made under Settings, Keys.",
    docs_url=None,
    auth=KeyAuth(),
    urls_namespace="api",
)
install(api)
api.add_router("", catalogue)
api.add_router("/inbound", inbound_router)
api.add_router("/orders", changes)
api.add_router("", parcels)
api.add_router("", returns)
api.add_router("", removals)
DECLINED = dict.fromkeys((401, 403, 404, 409, 422, 429), shapes.Trouble)


@api.get("/account", response={200: shapes.Account, **DECLINED}, summary="The seller behind the key")
@needs_scope(Permission.SEE_COMPANY)
def account(request: Any, response: HttpResponse) -> Any:
    """Code, name and currency of the seller, and what the key may do now."""
    refuse_others(request)
    seller = seller_of(caller(request))
    return {
        "code": seller.code if seller else "",
        "name": seller.name if seller else "",
        "status": seller.status if seller else "",
        "country": seller.country if seller else "",
        "currency": seller.currency if seller else "",
        "scopes": sorted(str(permission) for permission in caller(request).permissions),
    }


@api.get("/orders", response={200: shapes.Orders, **DECLINED}, summary="Orders, newest first")
@needs_scope(Permission.SEE_ORDERS)
def orders(request: Any, response: HttpResponse, asked: Query[shapes.OrdersAsked]) -> Any:
    """A page of orders; `status` keeps those in one state."""
    refuse_others(request, "cursor", "limit", "status")
    rows = Order.objects.visible_to(caller(request))
    if asked.status:
        rows = rows.filter(status=asked.status)
    found, next_cursor = page(rows, cursor=asked.cursor, limit=asked.limit)
    return {"orders": [_short(order) for order in found], "next_cursor": next_cursor}


api.post("/orders", response={200: order_shapes.OrderEnded, **DECLINED}, summary="Enter an order")(entering.enter)
api.post("/orders/bulk", response={200: order_shapes.OrdersEnded, **DECLINED}, summary="Enter up to 1,000 orders")(
    entering.enter_many
)


@api.get("/orders/{code}", response={200: shapes.OrderWhole, **DECLINED}, summary="One order")
@needs_scope(Permission.SEE_ORDERS)
def order(request: Any, response: HttpResponse, code: str) -> Any:
    """An order with its lines, the codes of its open holds, and all parcels in which its buyer gets the purchase."""
    refuse_others(request)
    found = Order.objects.visible_to(caller(request)).filter(code=code.replace("\x00", "")).first()
    if found is None:
        raise NotFound(kind="order", code=code[:40])
    lines, purchase = list(found.lines.order_by("pk")), purchase_of(found.pk)
    skus = dict(Sku.objects.filter(pk__in=[line.sku_id for line in lines if line.sku_id]).values_list("pk", "code"))
    return _short(found) | {
        "lines": [
            {
                "id": line.pk,
                "title": line.title,
                "option": line.option,
                "sku": skus.get(line.sku_id or 0, ""),
                "quantity": line.quantity,
                "unit_price_minor": line.unit_price_minor,
                "is_cancelled": line.is_cancelled,
            }
            for line in lines
        ],
        "holds": sorted(found.holds.filter(lifted_at=None).values_list("code", flat=True)),
        "parcels": _parcels(purchase),
        "is_growing": purchase.is_growing,
    }


def _parcels(purchase: Purchase) -> list[dict[str, Any]]:
    words = number_words(each.parcel_id for each in purchase.parcels if each.parcel_id)
    return [
        {
            "number": number,
            "order": each.order_code,
            "parcel": each.code,
            "status": each.status,
            "service": each.service,
            "tracking_number": each.tracking_number,
            "site_number": words.get(each.parcel_id, ""),
        }
        for number, each in enumerate(purchase.parcels, start=1)
    ]


@api.get("/stock", response={200: shapes.Stock, **DECLINED}, summary="Stock by SKU and warehouse")
@needs_scope(Permission.SEE_STOCK)
def stock(request: Any, response: HttpResponse, asked: Query[shapes.PageOf]) -> Any:
    """On hand, of that promised, set aside, and the rest."""
    refuse_others(request, "cursor", "limit")
    rows = Balance.objects.visible_to(caller(request)).select_related("sku", "warehouse")
    found, next_cursor = page(rows, cursor=asked.cursor, limit=asked.limit)
    lines = [
        {
            "sku": balance.sku.code,
            "seller_code": balance.sku.seller_code,
            "name": balance.sku.name,
            "warehouse": balance.warehouse.code,
            "on_hand": balance.on_hand,
            "allocated": balance.allocated,
            "blocked": balance.blocked,
            "available": balance.available,
        }
        for balance in found
    ]
    return {"stock": lines, "next_cursor": next_cursor}


@api.get("/stock/movements", response={200: shapes.Movements, **DECLINED}, summary="Movements of stock")
@needs_scope(Permission.SEE_STOCK)
def movements(request: Any, response: HttpResponse, asked: Query[shapes.MovementsAsked]) -> Any:
    """Every piece that came, was promised, moved or left, newest first."""
    refuse_others(request, "cursor", "limit", "sku")
    rows = Movement.objects.visible_to(caller(request))
    if asked.sku:
        rows = rows.filter(sku_id__in=Sku.objects.visible_to(caller(request)).filter(code=asked.sku).values("pk"))
    found, next_cursor = page(rows, cursor=asked.cursor, limit=asked.limit)
    skus = dict(Sku.objects.filter(pk__in={row.sku_id for row in found}).values_list("pk", "code"))
    houses = dict(Warehouse.objects.values_list("pk", "code"))
    notes = notes_by_code(row.source for row in found)
    lines = [
        {
            "id": row.pk,
            "sku": skus[row.sku_id],
            "warehouse": houses[row.warehouse_id],
            "kind": Movement.Kind(row.kind).name.lower(),
            "quantity": row.quantity,
            "lot": row.lot,
            "source": row.source,
            "reason": notes[row.source].reason if row.source in notes else "",
            "at": row.at,
        }
        for row in found
    ]
    return {"movements": lines, "next_cursor": next_cursor}


def _short(found: Order) -> dict[str, Any]:
    return {name: getattr(found, name) for name in shapes.OrderShort.model_fields}
