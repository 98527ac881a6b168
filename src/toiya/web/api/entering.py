"""A seller's own programs enter orders: one, or up to 1,000 at once. `views.py` has their addresses."""

# Annotations stay objects here: ninja reads them where they stand, behind our decorator.
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from toiya.core.actor import Permission
from toiya.core.errors import NotFound, Refusal
from toiya.domain.members.queries import seller_of
from toiya.domain.orders.actions.entering import enter_orders
from toiya.domain.orders.entered import Became, Entered
from toiya.domain.orders.entries import Entry, EntryLine
from toiya.domain.orders.entry_words import FIELDS, sentence_of
from toiya.web.api import order_shapes
from toiya.web.api.asking import call_key, refuse_others
from toiya.web.api.security import caller, needs_scope


class OrderToMend(Refusal):
    """Something in the order is not what it must be."""

    code = "order_to_mend"
    message = gettext_lazy("The order is not taken. Mend these fields and send it once more: %(fields)s.")


@needs_scope(Permission.EDIT_ORDERS)
def enter(request: Any, response: HttpResponse, asked: order_shapes.OrderAsked) -> Any:
    """An order of another site, with its management number. The same Idempotency-Key gives the order made before."""
    refuse_others(request)
    (ended,) = _entered(request, [asked], [call_key(request)])
    if ended.became in (Became.TAKEN, Became.TO_MEND):
        told = {f"of_{each.field}_{each.line}" if each.line else f"of_{each.field}": each for each in ended.flaws}
        names = ", ".join(dict.fromkeys(str(FIELDS.get(each.field, each.field)) for each in ended.flaws))
        raise OrderToMend(fields=names, **{name: sentence_of(each) for name, each in told.items()})
    return _told(ended)


@needs_scope(Permission.EDIT_ORDERS)
def enter_many(request: Any, response: HttpResponse, asked: order_shapes.OrdersAskedAtOnce) -> Any:
    """Each is judged on its own, and told what became of it. Repeated with the same key, nothing is doubled."""
    refuse_others(request)
    key = call_key(request)
    keys = [f"{key}|{place}" for place in range(len(asked.orders))]
    return {"orders": [_told(ended) for ended in _entered(request, asked.orders, keys)]}


def _entered(request: Any, asked: Sequence[order_shapes.OrderAsked], keys: Sequence[str]) -> list[Entered]:
    actor = caller(request)
    seller = seller_of(actor)
    if seller is None:
        raise NotFound(kind="seller", code="")
    entries = [_entry(each, key) for each, key in zip(asked, keys, strict=True)]
    return enter_orders(seller_id=seller.pk, entries=entries, channel="api", actor=actor, at=request.at)


def _entry(asked: order_shapes.OrderAsked, key: str) -> Entry:
    told = asked.model_dump(exclude={"lines"})
    lines = tuple(EntryLine(**each.model_dump() | {"quantity": str(each.quantity)}) for each in asked.lines)
    return Entry(lines=lines, key=key, **told)


def _told(ended: Entered) -> dict[str, Any]:
    return {
        "result": ended.became.value,
        "code": ended.code,
        "management_number": ended.number,
        "flaws": [
            {
                "field": flaw.field,
                "line": flaw.line,
                "code": flaw.code,
                "message": sentence_of(flaw),
                "mend": flaw.mend,
            }
            for flaw in ended.flaws
        ],
    }
