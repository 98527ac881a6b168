"""The seller console: a seller signs in, and the asking program gets a one-time code for the seller key."""

import json
import secrets
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from toiya.sandbox.pages.forms import ConsoleForm
from toiya.sandbox.pages.security import allow_return_to
from toiya.sandbox.site import clock
from toiya.sandbox.site.models import ConsoleCode
from toiya.sandbox.site.qapi.authentication import issue_seller_key, shop_with_password

CODE_LIFETIME = timedelta(minutes=10)
LOOPBACK_HOSTS = {"127.0.0.1", "localhost", "::1"}


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """
    Ask for QSM id and password, issue a seller key, go back to ``return_url`` with ``code`` and ``state``.

    A ``return_url`` that is not http(s) on this machine is refused with status 400.
    """
    sent = request.POST if request.method == "POST" else request.GET
    return_url, state = sent.get("return_url", ""), sent.get("state", "")
    origin = _loopback_origin(return_url)
    if origin is None:
        text = "return_url is not an http address on this machine. Start again from the program that sent you."
        return render(request, "pages/console_refused.html", {"text": text}, status=400)
    form = ConsoleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        code = _issue_code(form.cleaned_data["user_id"], form.cleaned_data["pwd"])
        if code is not None:
            return _go_back(return_url, origin, {"code": code, "state": state})
        form.add_error(None, "The QSM ID or the password is not right. Check both and sign in again.")
    shown = {"form": form, "return_url": return_url, "state": state, "origin": origin}
    response = render(request, "pages/console.html", shown)
    allow_return_to(response, origin)
    return response


@csrf_exempt
@require_POST
def exchange(request: HttpRequest) -> JsonResponse:
    """Give the seller key for a code, once and within ten minutes; the code comes as JSON or as a form."""
    code = _sent_code(request)
    now = clock.now()
    fresh = ConsoleCode.objects.filter(code=code, used_at=None, expires_at__gt=now)
    if not code or not fresh.update(used_at=now):
        text = "The code is unknown, used or older than ten minutes. Sign in at the console again."
        return JsonResponse({"error": text}, status=400)
    key = ConsoleCode.objects.select_related("seller_key__shop").get(code=code).seller_key
    return JsonResponse(
        {
            "login_id": key.shop.login_id,
            "seller_key": key.key,
            "expires_at": key.expires_at.astimezone(clock.JAPAN).isoformat(),
        }
    )


@transaction.atomic
def _issue_code(login_id: str, password: str) -> str | None:
    shop = shop_with_password(login_id, password)
    if shop is None or shop.is_suspended:
        return None
    at = clock.now()
    code = secrets.token_urlsafe(32)
    key = issue_seller_key(shop, at=at)
    ConsoleCode.objects.create(code=code, seller_key=key, expires_at=at + CODE_LIFETIME)
    return code


def _loopback_origin(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or host not in LOOPBACK_HOSTS or parts.username is not None:
        return None
    named = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{named}:{port}" if port else f"{parts.scheme}://{named}"


def _go_back(return_url: str, origin: str, answer: dict[str, str]) -> HttpResponse:
    parts = urlsplit(return_url)
    query = urlencode([*parse_qsl(parts.query), *((name, value) for name, value in answer.items() if value)])
    # Built from the checked origin, so that nothing odd in the address can lead elsewhere.
    target = origin + urlunsplit(("", "", parts.path or "/", query, ""))
    response = HttpResponseRedirect(target)
    allow_return_to(response, origin)
    return response


def _sent_code(request: HttpRequest) -> str:
    if request.content_type != "application/json":
        return request.POST.get("code", "")
    try:
        body = json.loads(request.body)
    except ValueError:
        return ""
    return str(body.get("code", "")) if isinstance(body, dict) else ""
