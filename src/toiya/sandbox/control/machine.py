"""Control of the site itself: sign of life, reset, clock, fault switches, the record of calls."""

from datetime import UTC, datetime

from django.db import transaction
from django.http import HttpRequest

from toiya.sandbox.control.bodies import Body, ControlRefused
from toiya.sandbox.control.doors import door, find_shop
from toiya.sandbox.control.states import call_state, fault_state
from toiya.sandbox.site import clock
from toiya.sandbox.site.models import Call, Clock, Fault, Partner, Shop
from toiya.sandbox.site.qapi.faults import KINDS
from toiya.sandbox.site.qapi.methods import CERTIFICATION, METHODS

MOST_CALLS = 1000


@door("GET")
def health(request: HttpRequest) -> dict[str, object]:
    """Say that the site is up."""
    del request
    return {"ok": True, "shops": Shop.objects.count()}


@door("POST")
@transaction.atomic
def reset(request: HttpRequest) -> dict[str, object]:
    """Forget everything but the site's own key: shops with all they own, faults, calls; the clock shows real time."""
    Body.of(request).end()
    for model in (Shop, Fault, Call, Clock, Partner):
        model._default_manager.all().delete()
    return {"ok": True}


@door("GET", "POST")
def site_clock(request: HttpRequest) -> dict[str, object]:
    """GET tells the time; POST sets it (``now``, ``is_held``), moves it (``advance_seconds``) or frees it."""
    if request.method == "POST":
        body = Body.of(request)
        if body.has("is_real") and body.flag("is_real"):
            clock.return_to_real_time()
        elif body.has("now"):
            clock.set_time(body.moment("now"), is_held=body.flag("is_held", False))
        clock.advance(body.integer("advance_seconds", 0))
        body.end()
    held = Clock.objects.exclude(fixed_at=None).exists()
    return {
        "now": clock.now().astimezone(clock.JAPAN).isoformat(),
        "real_now": datetime.now(UTC).astimezone(clock.JAPAN).isoformat(timespec="seconds"),
        "is_held": held,
    }


@door("GET", "POST", "DELETE")
def faults(request: HttpRequest) -> dict[str, object]:
    """GET lists the faults, POST switches one on, DELETE switches all off."""
    if request.method == "DELETE":
        Fault.objects.all().delete()
    if request.method == "POST":
        return fault_state(_switch_on(Body.of(request)))
    return {"faults": [fault_state(fault) for fault in Fault.objects.all()], "kinds": KINDS}


@door("GET", "DELETE")
def calls(request: HttpRequest) -> dict[str, object]:
    """GET returns recorded calls (``method``, ``shop``, ``after`` a call's id), DELETE forgets them."""
    if request.method == "DELETE":
        Call.objects.all().delete()
    found = Call.objects.all()
    if request.GET.get("method"):
        found = found.filter(method=request.GET["method"])
    if request.GET.get("shop"):
        found = found.filter(login_id=request.GET["shop"])
    after = request.GET.get("after", "0")
    if not after.isdigit():
        raise ControlRefused("after is not a call's id. Give a whole number.")
    found = found.filter(pk__gt=int(after))
    return {"count": found.count(), "calls": [call_state(call) for call in found[:MOST_CALLS]]}


def _switch_on(body: Body) -> Fault:
    kind, method = body.text("kind"), body.text("method", "*")
    shop, count, skip = body.text("shop", ""), body.integer_or_none("count"), body.integer("skip", 0)
    settings = body.record("settings")
    body.end()
    if kind not in KINDS:
        raise ControlRefused(f"There is no fault {kind}. Use one of: {', '.join(KINDS)}.")
    if method not in {"*", CERTIFICATION, *METHODS}:
        raise ControlRefused(f"There is no method {method}. Use * or one that the site knows.")
    if shop:
        find_shop(shop)
    return Fault.objects.create(kind=kind, method=method, login_id=shop, remaining=count, skip=skip, settings=settings)
