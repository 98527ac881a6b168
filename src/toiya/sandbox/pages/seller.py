"""The seller console as a seller sees it: sign in, QX Smart Inventory, and the way to the partner."""

from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.sandbox.pages.forms import ConsoleForm
from toiya.sandbox.pages.security import allow_return_to
from toiya.sandbox.site import clock
from toiya.sandbox.site.handover import is_linked, key_for, public_key, sign_assertion
from toiya.sandbox.site.models import Partner, Shop
from toiya.sandbox.site.ordering.refusals import OrderingRefused
from toiya.sandbox.site.qapi.authentication import shop_with_password

# Cookies do not know ports: a name that Toiya does not use.
COOKIE = "sandbox_seller"
COOKIE_PATH = "/console/"
SIGNED_IN_SECONDS = 8 * 3600


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for QSM id and password; a link from a shop's pages brings the id along."""
    form = ConsoleForm(request.POST if request.method == "POST" else None, initial={"user_id": request.GET.get("shop")})
    if request.method == "POST" and form.is_valid():
        shop = shop_with_password(form.cleaned_data["user_id"], form.cleaned_data["pwd"])
        if shop is not None and not shop.is_suspended:
            response = HttpResponseRedirect(reverse("smart-inventory"))
            value = signing.dumps(shop.login_id, salt=COOKIE)
            response.set_cookie(
                COOKIE, value, max_age=SIGNED_IN_SECONDS, path=COOKIE_PATH, httponly=True, samesite="Strict"
            )
            return response
        form.add_error(None, "The QSM ID or the password is not right. Check both and sign in again.")
    shops = Shop.objects.order_by("id")
    return render(request, "pages/seller_sign_in.html", {"form": form, "shops": shops})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave the console."""
    del request
    response = HttpResponseRedirect(reverse("seller-sign-in"))
    response.delete_cookie(COOKIE, path=COOKIE_PATH, samesite="Strict")
    return response


@require_safe
def smart_inventory(request: HttpRequest) -> HttpResponse:
    """Show Listing & Pricing > Option Management > Qx Smart Inventory, with the button at its top."""
    shop = signed_in_shop(request)
    if shop is None:
        return HttpResponseRedirect(reverse("seller-sign-in"))
    context = {"seller": shop, "partner": Partner.objects.first(), "is_linked": is_linked(shop)}
    return render(request, "pages/smart_inventory.html", context)


@require_POST
def hand_over(request: HttpRequest) -> HttpResponse:
    """
    Sign an assertion and show the page whose one button posts it to the partner.

    The assertion stands in the page's form and in no address; the partner sees by Origin where it came from.
    """
    shop, partner = signed_in_shop(request), Partner.objects.first()
    if shop is None:
        return HttpResponseRedirect(reverse("seller-sign-in"))
    try:
        if partner is None:
            raise OrderingRefused("No partner is known here. Name one with POST /_control/partner.")
        assertion = sign_assertion(
            shop,
            purpose=request.POST.get("purpose", ""),
            issuer=issuer_of(request),
            audience=partner.join_url,
            at=clock.now(),
        )
    except OrderingRefused as refused:
        return render(request, "pages/console_refused.html", {"text": str(refused)}, status=409)
    response = render(request, "pages/hand_over.html", {"seller": shop, "partner": partner, "assertion": assertion})
    parts = urlsplit(partner.join_url)
    allow_return_to(response, f"{parts.scheme}://{parts.netloc}")
    # "same-origin" would send the partner the Origin "null".
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def keys(request: HttpRequest) -> JsonResponse:
    """Publish the key that assertions are checked with."""
    del request
    return JsonResponse({"keys": [public_key()]})


@csrf_exempt
@require_POST
def join_key(request: HttpRequest) -> JsonResponse:
    """Give the partner the seller key for an assertion (a form field), server to server."""
    key = key_for(request.POST.get("assertion", ""), at=clock.now())
    if key is None:
        text = "The assertion is not ours, or older than a day. Join again from the console."
        return JsonResponse({"error": text}, status=400)
    ends = key.expires_at.astimezone(clock.JAPAN).isoformat()
    return JsonResponse({"login_id": key.shop.login_id, "seller_key": key.key, "expires_at": ends})


def signed_in_shop(request: HttpRequest) -> Shop | None:
    """Return the shop whose seller is signed in, if any."""
    try:
        login_id = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=SIGNED_IN_SECONDS)
    except signing.BadSignature:
        return None
    return Shop.objects.filter(login_id=login_id, is_suspended=False).first()


def issuer_of(request: HttpRequest) -> str:
    """Return the console's address, by which a partner knows it."""
    return request.build_absolute_uri("/console")
