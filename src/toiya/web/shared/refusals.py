"""A refusal as an answer: 409 page, HTMX toast with the words beside the control, or the floor's stop screen."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from toiya.core.errors import NotFound, Refusal
from toiya.web.shared.errors import back_address, layout_of
from toiya.web.shared.waiting import hold_reason

FLOOR_HEADER = "X-Toiya-Floor"


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """
    409 (404 for what is not there) in the shape the asker can use.

    The floor's scripts send X-Toiya-Floor and get the stop screen for the same step; HTMX gets a toast that stays
    and, by the event `refused`, the words beside the control that was used.
    """
    status = 404 if isinstance(refusal, NotFound) else 409
    if request.headers.get(FLOOR_HEADER):
        return stop_screen(request, refusal, status)
    if request.headers.get("HX-Request"):
        return _toast(request, refusal)
    template = "toiya/errors/404.html" if status == 404 else "toiya/errors/409.html"
    context = {
        "message": told(refusal),
        "code": refusal.code,
        "layout": layout_of(request),
        "back": back_address(request),
    }
    return render(request, template, context, status=status)


def told(refusal: Refusal) -> str:
    """What a refusal says, with the hold's code among its details turned into words."""
    details = refusal.details
    if not isinstance(details.get("hold"), str):
        return str(refusal)
    return str(refusal.message) % (details | {"hold": hold_reason(details["hold"]).status.word})


def stop_screen(request: HttpRequest, refusal: Refusal, status: int = 409) -> HttpResponse:
    """The whole screen says stop; the next scan goes to the same address with the same step."""
    context = {
        "message": told(refusal),
        "code": refusal.code,
        "expected": refusal.details.get("expected", ""),
        "scanned": request.POST.get("scan", ""),
        "step": request.POST.get("step", ""),
        "action": request.path,
    }
    return render(request, "toiya/floor/stop.html", context, status=status)


def _toast(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    context = {"message": told(refusal), "kind": "stop", "stays": True}
    response = render(request, "toiya/components/toast_oob.html", context, status=409)
    response["HX-Reswap"] = "none"
    response["HX-Trigger"] = json.dumps({"refused": {"code": refusal.code, "message": told(refusal)}})
    return response
