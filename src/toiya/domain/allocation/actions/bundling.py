"""Making a SKU a virtual bundle, changing what it is made of, and making it a plain SKU again (L11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.allocation import sql
from toiya.domain.catalog.actions.bundles import Part, checked_parts, write_parts
from toiya.domain.catalog.events import BundleSet, BundleUnset
from toiya.domain.catalog.models import Sku
from toiya.domain.orders.models import Line, OpenOrder, Order
from toiya.domain.stock import sql as stock_sql
from toiya.domain.stock.models import Balance
from toiya.domain.warehouses.models import Warehouse

_PROMISED = (Order.Status.ALLOCATED, Order.Status.PICKING, Order.Status.PACKING, Order.Status.READY)


class BundlePromised(Refusal):
    """Orders got their stock by what the bundle is made of now."""

    code = "bundle_promised"
    message = gettext_lazy(
        "%(orders)s orders have their pieces of %(sku)s promised. Ship them or take their allocations back first."
    )


class BundleHasStock(Refusal):
    """Pieces of the SKU itself lie in a warehouse."""

    code = "bundle_has_stock"
    message = gettext_lazy(
        "%(on_hand)s pieces of %(sku)s are on hand. A bundle picked from its parts has none of its own: "
        "sell them first, or have them taken out."
    )


@transaction.atomic
def make_bundle(*, sku_code: str, parts: Sequence[Part], is_assembled: bool = False, actor: Actor, at: datetime) -> Sku:
    """
    A SKU is picked from these parts from now on, or put together from them before it is sold.

    An assembled bundle has stock of its own. Work orders that were asked for keep their parts.

    :raises NotFound: no such SKU for this reader, or a part is none of the seller's
    :raises BundlePromised: :raises BundleHasStock:
    :raises Refusal: the parts make no bundle (`catalog.actions.bundles`)
    """
    bundle = _lock(sku_code, actor)

    rows = checked_parts(bundle, parts)
    if not is_assembled or bundle.bundle_kind == Sku.BundleKind.VIRTUAL:
        _check_promises(bundle)
    if not is_assembled:
        _check_stock(bundle)

    write_parts(bundle, Sku.BundleKind.ASSEMBLED if is_assembled else Sku.BundleKind.VIRTUAL, rows)

    pieces = sum(row.quantity for row in rows)
    made = BundleSet(seller_id=bundle.seller_id, subject=bundle.code, parts=len(rows), pieces=pieces)
    events.record(made, actor=actor, at=at)
    return bundle


@transaction.atomic
def unmake_bundle(*, sku_code: str, actor: Actor, at: datetime) -> Sku:
    """
    A bundle is a plain SKU again, with stock of its own. A plain one stays as it is.

    :raises NotFound: no such SKU for this reader
    :raises BundlePromised: orders have its parts promised
    """
    bundle = _lock(sku_code, actor)

    if not bundle.bundle_kind:
        return bundle
    if bundle.bundle_kind == Sku.BundleKind.VIRTUAL:
        _check_promises(bundle)

    write_parts(bundle, Sku.BundleKind.NONE, [])

    events.record(BundleUnset(seller_id=bundle.seller_id, subject=bundle.code), actor=actor, at=at)
    return bundle


def _lock(sku_code: str, actor: Actor) -> Sku:
    """The SKU locked, while nothing can be promised to the seller's orders and no piece of the SKU moves."""
    seller_id = Sku.objects.visible_to(actor).filter(code=sku_code).values_list("seller_id", flat=True).first()
    if seller_id is None:
        raise NotFound(kind="SKU", code=sku_code)
    sql.close_gate(seller_id)
    bundle: Sku = Sku.objects.filter(code=sku_code).lock().get()
    warehouses = list(Warehouse.objects.order_by("pk").values_list("pk", flat=True))
    stock_sql.lock_balances(seller_id, warehouses, [bundle.pk])
    return bundle


def _check_promises(bundle: Sku) -> None:
    open_orders = OpenOrder.objects.filter(seller_id=bundle.seller_id).values("order_id")
    lines = Line.objects.filter(order_id__in=open_orders, sku_id=bundle.pk, is_cancelled=False)
    orders = lines.filter(order__status__in=_PROMISED).values("order_id").distinct().count()
    if orders:
        raise BundlePromised(sku=bundle.code, orders=orders)


def _check_stock(bundle: Sku) -> None:
    own = Balance.objects.filter(seller_id=bundle.seller_id, sku=bundle)
    on_hand = own.aggregate(on_hand=Sum("on_hand"))["on_hand"] or 0
    if on_hand:
        raise BundleHasStock(sku=bundle.code, on_hand=on_hand)
