"""What both faces say and do when an order is changed: the answer in words, and the forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from toiya.core.errors import Refusal
from toiya.domain.orders.actions.hand_holds import hold_order
from toiya.domain.orders.models import Address, Order
from toiya.domain.outbound.actions.readdressing import change_address
from toiya.domain.outbound.actions.splitting import split_order
from toiya.domain.outbound.models import Stop
from toiya.web.shared import fields, formats
from toiya.web.shared.clock import HOME_ZONE
from toiya.web.shared.order_forms import AddressForm, HoldForm, SplitForm
from toiya.web.shared.reader import Request


@dataclass(frozen=True, slots=True)
class Place:
    """Where the form stands: its order, the pages around it, the zone of its days."""

    order: Order
    back_url: str
    orders_url: str
    zone: ZoneInfo = HOME_ZONE


def say(request: Request, answer: Stop | None, done: str) -> None:
    """The answer to a request, at once: `done`, or who sealed which parcel and when."""
    if answer is None or answer.outcome == Stop.Outcome.STOPPED:
        messages.success(request, done)
        return
    parcel: Any = answer.parcel
    words = _("Too late: %(parcel)s was sealed at %(time)s by %(person)s.") % {
        "parcel": parcel.code,
        "time": formats.clock(parcel.sealed_at or answer.asked_at, HOME_ZONE),
        "person": parcel.packed_by or "–",
    }
    messages.warning(request, words)


def hold_page(request: Request, place: Place) -> HttpResponse:
    """The form that holds an order, and the act."""
    is_operator = request.actor.is_operator
    form = HoldForm(request.POST or None, is_operator=is_operator, zone=place.zone)
    if request.method == "POST" and form.is_valid():
        try:
            hold_order(order_code=place.order.code, hold=form.hold(), actor=request.actor, at=request.at)
        except Refusal as refusal:
            fields.put_refusal(form, refusal, {"hold_ends_in_the_past": "until", "not_yours_to_place": "reason"})
        else:
            messages.success(request, _("%(code)s waits until the hold is lifted.") % {"code": place.order.code})
            return HttpResponseRedirect(place.back_url)
    return _page(request, "toiya/orders/hold.html", form, place)


def address_page(request: Request, place: Place) -> HttpResponse:
    """The form of the receiver's address, and the act."""
    present = Address.objects.filter(order=place.order).first()
    form = AddressForm(request.POST or None, present=present)
    if request.method == "POST" and form.is_valid():
        try:
            code, address = place.order.code, form.address()
            answer = change_address(order_code=code, address=address, actor=request.actor, at=request.at)
        except Refusal as refusal:
            fields.put_refusal(form, refusal)
        else:
            say(request, answer, _("%(code)s goes to this address.") % {"code": code})
            return HttpResponseRedirect(place.back_url)
    return _page(request, "toiya/orders/address.html", form, place)


def split_page(request: Request, place: Place) -> HttpResponse:
    """What of an order goes by itself, and the act."""
    lines = list(place.order.lines.filter(is_cancelled=False).order_by("pk"))
    form = SplitForm(request.POST if request.method == "POST" else None, lines=lines)
    if request.method == "POST" and form.is_valid():
        try:
            part = split_order(order_code=place.order.code, takes=form.takes(), actor=request.actor, at=request.at)
        except Refusal as refusal:
            fields.put_refusal(form, refusal)
        else:
            messages.success(request, _("Divided: %(part)s goes by itself.") % {"part": part.code})
            return HttpResponseRedirect(place.back_url)
    return _page(request, "toiya/orders/split.html", form, place)


def _page(request: Request, template: str, form: Any, place: Place) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"form": form, "order": place.order, "back_url": place.back_url, "orders_url": place.orders_url}
    return render(request, template, context, status=status)
