"""A seller's own programs change orders: cancel, hold, lift, send elsewhere, divide, join."""

# Annotations stay objects here: ninja reads them where they stand, behind our decorator.
from datetime import UTC
from typing import Any

from django.http import HttpResponse
from ninja import Router

from toiya.core.actor import Permission
from toiya.domain.orders.actions.hand_holds import HandHold
from toiya.domain.orders.rules import AddressDraft
from toiya.domain.outbound.actions import program_calls as acts
from toiya.domain.outbound.actions.program_calls import Call, Told
from toiya.web.api import change_shapes as shapes
from toiya.web.api.asking import call_key, refuse_others
from toiya.web.api.security import caller, needs_scope
from toiya.web.api.shapes import Trouble

router = Router()
DECLINED = dict.fromkeys((401, 403, 404, 409, 422, 429), Trouble)
ANSWERS = {200: shapes.OrderChanged, **DECLINED}


@router.post("/{code}/cancellation", response=ANSWERS, summary="Cancel an order")
@needs_scope(Permission.EDIT_ORDERS)
def cancel(request: Any, response: HttpResponse, code: str) -> Any:
    """Cancel an order, unless a parcel of it is sealed. The sales site is not told: cancel there too."""
    return _told(acts.stop_order_once(call=_call(request, code), actor=caller(request), at=request.at))


@router.post("/{code}/holds", response=ANSWERS, summary="Hold an order")
@needs_scope(Permission.EDIT_ORDERS)
def hold(request: Any, response: HttpResponse, code: str, asked: shapes.HoldAsked) -> Any:
    """Let an order wait. What is promised to it stays promised. An instant without a zone is UTC."""
    until = asked.until.replace(tzinfo=asked.until.tzinfo or UTC) if asked.until else None
    wish = HandHold(asked.reason, asked.note.replace("\x00", ""), until)
    told = acts.hold_order_once(call=_call(request, code), hold=wish, actor=caller(request), at=request.at)
    return _told(told)


@router.post("/{code}/holds/{hold}/lifting", response=ANSWERS, summary="Lift a hold")
@needs_scope(Permission.EDIT_ORDERS)
def lift(request: Any, response: HttpResponse, code: str, hold: str) -> Any:
    """End one hold of an order; it goes on by itself. The warehouse's and the carrier's holds they lift themselves."""
    reason = hold.replace("\x00", "")[:40]
    told = acts.lift_hold_once(call=_call(request, code), code=reason, actor=caller(request), at=request.at)
    return _told(told)


@router.post("/{code}/address", response=ANSWERS, summary="Send an order elsewhere")
@needs_scope(Permission.EDIT_ORDERS)
def address(request: Any, response: HttpResponse, code: str, asked: shapes.AddressAsked) -> Any:
    """Another receiver or address, until the label of a parcel is wanted."""
    told = {name: value.replace("\x00", "").strip() for name, value in asked.model_dump().items()}
    draft = AddressDraft(**told)
    answer = acts.change_address_once(call=_call(request, code), address=draft, actor=caller(request), at=request.at)
    return _told(answer)


@router.post("/{code}/parts", response=ANSWERS, summary="Divide an order")
@needs_scope(Permission.EDIT_ORDERS)
def divide(request: Any, response: HttpResponse, code: str, asked: shapes.PartAsked) -> Any:
    """What is named becomes an order of its own to the same receiver: a second parcel, with its own shipping fee."""
    takes: dict[int, int] = {}
    for each in asked.lines:
        takes[each.line] = takes.get(each.line, 0) + each.quantity
    told = acts.split_order_once(call=_call(request, code), takes=takes, actor=caller(request), at=request.at)
    return _told(told)


@router.post("/{code}/joining", response=ANSWERS, summary="Send orders together")
@needs_scope(Permission.EDIT_ORDERS)
def join(request: Any, response: HttpResponse, code: str, asked: shapes.JoiningAsked) -> Any:
    """This order and the named ones go to their one receiver together; the oldest of them goes on."""
    others = [each.replace("\x00", "")[:20] for each in asked.orders]
    told = acts.merge_orders_once(call=_call(request, code), others=others, actor=caller(request), at=request.at)
    return _told(told)


def _call(request: Any, code: str) -> Call:
    refuse_others(request)
    return Call(call_key(request), code.replace("\x00", "")[:20])


def _told(answer: Told) -> dict[str, str]:
    return {"result": answer.result, "order": answer.order_code, "parcel": answer.parcel_code}
