"""The pretend payment service: programs ask for payments, a person pays on its page, signed callbacks tell of it."""

import hashlib
import hmac
import json
import secrets
import time
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.sandbox.pages.security import allow_return_to
from toiya.sandbox.site.models import CardPayment

LOOPBACK_HOSTS = {"127.0.0.1", "localhost", "::1"}
CALLBACK_SECONDS = 20
# How often each way of telling posts its callback: a lost one never does, a double one twice.
CALLBACKS = {"": 1, "lost": 0, "double": 2}


@csrf_exempt
@require_POST
def make_payment(request: HttpRequest) -> JsonResponse:
    """Make a payment and its page; the same reference gives the same payment."""
    if request.headers.get("Authorization") != f"Bearer {settings.CARDS_KEY}":
        return JsonResponse({"error": "The key is wrong. Use TOIYA_CARDS_KEY of the site."}, status=403)
    asked = _asked(request)
    if asked is None:
        return JsonResponse({"error": "reference, amount_minor, currency, return_url and notify_url"}, status=400)
    made, _is_new = CardPayment.objects.get_or_create(
        reference=asked.pop("reference"), defaults={**asked, "number": f"pay_{secrets.token_hex(12)}"}
    )
    if made.card and not made.keeps_card:
        return JsonResponse(_document(_from_kept(made)), status=201)
    url = request.build_absolute_uri(reverse("card-page", args=[made.number]))
    return JsonResponse({"id": made.number, "url": url}, status=201)


@require_safe
def look(request: HttpRequest, number: str) -> JsonResponse:
    """How a payment stands."""
    if request.headers.get("Authorization") != f"Bearer {settings.CARDS_KEY}":
        return JsonResponse({"error": "The key is wrong. Use TOIYA_CARDS_KEY of the site."}, status=403)
    found = CardPayment.objects.filter(number=number).first()
    if found is None:
        return JsonResponse({"error": "No such payment. Check its number."}, status=404)
    return JsonResponse(_document(found))


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, number: str) -> HttpResponse:
    """Where a card would be typed: here a person only says whether it is taken, and how the callback goes."""
    payment = get_object_or_404(CardPayment, number=number)
    if request.method != "POST":
        answer = render(request, "pages/card.html", {"payment": payment})
        allow_return_to(answer, _origin(payment.return_url))
        return answer
    if payment.status == "open":
        payment.status = "paid" if request.POST.get("decision") == "pay" else "failed"
        payment.problem = "" if payment.status == "paid" else "card_declined"
        if payment.status == "paid" and payment.keeps_card:
            payment.card = f"crd_{secrets.token_hex(8)}"
        payment.save(update_fields=["status", "problem", "card"])
    for _ in range(CALLBACKS.get(request.POST.get("callback", ""), 1)):
        tell(payment)
    return HttpResponseRedirect(payment.return_url)


def _from_kept(payment: CardPayment) -> CardPayment:
    """Take it from a card that an earlier payment kept; an unknown one is declined. Asked again, nothing changes."""
    if payment.status != "open":
        return payment
    is_known = CardPayment.objects.filter(card=payment.card, keeps_card=True, status="paid").exists()
    payment.status = "paid" if is_known else "failed"
    payment.problem = "" if is_known else "card_unknown"
    payment.save(update_fields=["status", "problem"])
    return payment


def tell(payment: CardPayment) -> int:
    """Post the signed callback; the status of the answer, 0 without one."""
    body = json.dumps(_document(payment)).encode()
    seconds = int(time.time())
    proof = hmac.new(settings.CARDS_KEY.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "X-Signature": f"t={seconds},v1={proof}"}
    call = urllib.request.Request(payment.notify_url, body, headers)  # noqa: S310 - checked: this machine only
    try:
        with urllib.request.urlopen(call, timeout=CALLBACK_SECONDS) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code
    except OSError:
        return 0


def _document(payment: CardPayment) -> dict[str, Any]:
    return {
        "id": payment.number,
        "reference": payment.reference,
        "status": payment.status,
        "amount_minor": payment.amount_minor,
        "currency": payment.currency,
        "problem": payment.problem,
        "card": payment.card if payment.keeps_card else "",
    }


def _asked(request: HttpRequest) -> dict[str, Any] | None:
    """What a program sent, if it is whole and names this machine only."""
    try:
        sent = json.loads(request.body)
        asked = {name: sent[name] for name in ("reference", "amount_minor", "currency", "return_url", "notify_url")}
    except (ValueError, KeyError, TypeError):
        return None
    asked["card"], asked["keeps_card"] = str(sent.get("card") or "")[:40], sent.get("keeps_card") is True
    amount = asked["amount_minor"]
    is_near = all(urlsplit(str(asked[name])).hostname in LOOPBACK_HOSTS for name in ("return_url", "notify_url"))
    return asked if isinstance(amount, int) and amount > 0 and is_near else None


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
