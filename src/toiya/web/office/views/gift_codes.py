"""Gift codes: issue some, print their secrets once, see which are redeemed, revoke one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.wallet.actions.gifts import issue_gift_codes, revoke_gift_code
from toiya.domain.wallet.models import GiftCode
from toiya.domain.wallet.queries import purse_currencies
from toiya.domain.warehouses.queries import calendar_of
from toiya.web.office.access import building, desk
from toiya.web.office.money_forms import GiftCodesForm
from toiya.web.office.money_tabs import tabs
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import GIFT


@desk(Permission.BOOK_MONEY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def gift_codes(request: Request) -> HttpResponse:
    """All gift codes; a POST issues some and shows their secrets, this once."""
    currencies = purse_currencies()
    form = GiftCodesForm(request.POST if request.method == "POST" else None, currencies=currencies)
    issued: dict[str, str] = {}
    if form.is_bound and form.is_valid():
        batch = form.batch(calendar_of(building(request)).zone)
        try:
            issued = issue_gift_codes(batch=batch, actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            form = GiftCodesForm(currencies=currencies)
    page = page_of(GiftCode.objects.select_related("seller"), request.GET, ("-id",))
    context = {
        "form": form,
        "issued": issued,
        "page": page,
        "rows": [{"gift": gift, "status": GIFT[gift.status]} for gift in page.rows],
        "tabs": tabs(request.actor, "gift-codes"),
    }
    return render(request, "office/gift_codes.html", context, status=422 if form.errors else 200)


@desk(Permission.BOOK_MONEY)
@require_POST
def revocation(request: Request, code: str) -> HttpResponse:
    """Nobody can redeem it any more."""
    revoke_gift_code(code=code, actor=request.actor, at=request.at)
    messages.success(request, _("The gift code is revoked."))
    return redirect("office:gift-codes")
