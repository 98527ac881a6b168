"""Rows of returns that actions lock before they decide."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from toiya.core.actor import Actor
from toiya.core.errors import NotFound
from toiya.domain.orders.models import Order
from toiya.domain.returns.models import Aside, DoorParcel, Removal, Return


def locked_return(code: str, actor: Actor) -> Return:
    """A step: the return, locked under its order; people of a building see those of it. :raises NotFound:"""
    rows = Return.objects.visible_to(actor).filter(code=code[:20])
    if actor.warehouse_id is not None:
        rows = rows.filter(warehouse_id=actor.warehouse_id)
    order_id = rows.values_list("order_id", flat=True).first()
    if order_id is not None:
        Order.objects.filter(pk=order_id).lock().get()
    found: Return | None = rows.lock().select_related("order", "warehouse", "seller").first()
    if found is None:
        raise NotFound(kind=gettext_lazy("return"), code=code[:20])
    return found


def locked_aside(aside_id: int, actor: Actor) -> Aside:
    """A step: pieces that were set aside, locked under their return. :raises NotFound:"""
    rows = Aside.objects.visible_to(actor).filter(pk=aside_id)
    if actor.warehouse_id is not None:
        rows = rows.filter(grading__parent__warehouse_id=actor.warehouse_id)
    found: Aside | None = rows.lock().select_related("grading__parent", "grading__sku", "grading__bin").first()
    if found is None:
        raise NotFound(kind=gettext_lazy("returned pieces"), code=str(aside_id))
    return found


def locked_door_parcel(code: str, actor: Actor) -> DoorParcel:
    """A step: a parcel at the door, locked. :raises NotFound:"""
    rows = DoorParcel.objects.visible_to(actor).filter(code=code[:20])
    if actor.warehouse_id is not None:
        rows = rows.filter(warehouse_id=actor.warehouse_id)
    found: DoorParcel | None = rows.lock().select_related("warehouse").first()
    if found is None:
        raise NotFound(kind=gettext_lazy("parcel at the door"), code=code[:20])
    return found


def locked_removal(code: str, actor: Actor) -> Removal:
    """A step: the removal, locked under its order, as the floor locks it. :raises NotFound:"""
    rows = Removal.objects.visible_to(actor).filter(code=code[:20])
    if actor.warehouse_id is not None:
        rows = rows.filter(warehouse_id=actor.warehouse_id)
    order_id = rows.values_list("order_id", flat=True).first()
    if order_id is not None:
        Order.objects.filter(pk=order_id).lock().get()
    found: Removal | None = rows.lock().select_related("order", "warehouse", "seller").first()
    if found is None:
        raise NotFound(kind=gettext_lazy("removal"), code=code[:20])
    return found
