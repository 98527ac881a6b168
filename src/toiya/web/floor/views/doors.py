"""Coming to the floor and leaving it: badge, PIN, start of the shift."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from toiya.domain.members.actions.joining import WrongBadgeOrPin, sign_in_on_floor
from toiya.web.floor.scanning import scan_of
from toiya.web.floor.screen import SIGN_IN, on_floor, show, worker
from toiya.web.shared.access import open_to_all
from toiya.web.shared.reader import Request
from toiya.web.shared.signing_in import open_session

SHIFT = 12 * 3600  # a badge's session ends with the longest shift
YEAR = 365 * 24 * 3600


def _next(request: Request) -> str:
    address = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours and address.startswith("/floor/") else ""


@open_to_all("the floor's door")
@never_cache
@sensitive_post_parameters("pin")
def sign_in(request: Request) -> HttpResponse:
    """First the badge, then the PIN. Whether a badge exists is not told: the PIN is asked for in any case."""
    context: dict[str, Any] = {"back": "", "next": _next(request)}
    if request.method != "POST":
        return show(request, "badge", context)
    badge = scan_of(request).text.upper() or request.POST.get("badge", "").replace("\x00", "")[:20]
    if not badge:
        return show(request, "badge", context)
    if "pin" not in request.POST:
        return show(request, "pin", context | {"badge": badge}, tone="ok")
    try:
        staff = sign_in_on_floor(badge=badge, pin=request.POST["pin"][:12])
    except WrongBadgeOrPin as refusal:
        return show(request, "badge", context | {"refusal": refusal}, tone="stop")
    open_session(request, staff.user, way="badge")
    request.session.set_expiry(SHIFT)
    request.session["by_badge"] = True  # a badge with a PIN opens the floor only
    response = redirect(_next(request) or "floor:start")
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and check_for_language(staff.user.language):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, staff.user.language, max_age=YEAR, samesite="Lax")
    return response


@on_floor
def start(request: Request) -> HttpResponse:
    """One gesture allows sound, keeps the screen on and makes the scanner ready."""
    if request.method == "POST":
        return redirect("floor:jobs")
    return show(request, "start", {"name": worker(request).name, "back": ""})


@open_to_all("leaving is never refused")
@require_POST
def sign_out(request: Request) -> HttpResponseRedirect:
    """Ends the shift on this device."""
    logout(request)
    return HttpResponseRedirect(str(redirect(SIGN_IN).url))
