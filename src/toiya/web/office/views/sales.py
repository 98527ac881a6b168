"""Sales whose money comes through us: which shops, what is still to come, and the sites' settlements."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.channels.actions.settlement_files import take_settlement
from toiya.domain.channels.models import Connection, SettlementFile
from toiya.domain.channels.settlement_file import read_settlement
from toiya.domain.wallet.actions.sales import choose_settling, give_up_sale
from toiya.domain.wallet.models import Sale, SettlingShop
from toiya.web.office.access import desk
from toiya.web.office.money_forms import SettlementForm
from toiya.web.office.money_tabs import tabs
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import MONEY_FILE

MOST_FILES = 10
_FIELDS = {
    "settlement_taken_before": "file",
    "unreadable_settlement": "file",
    "unreadable_sheet": "file",
    "shop_not_settling": "shop",
}


@desk(Permission.BOOK_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def sales(request: Request) -> HttpResponse:
    """What sites still owe us; a POST reads a settlement of one shop and shows what it would do."""
    shops = list(Connection.objects.select_related("seller").order_by("seller__name", "name"))
    settling = set(SettlingShop.objects.values_list("shop_code", flat=True))
    is_post = request.method == "POST"
    paid_here = [shop for shop in shops if shop.code in settling]
    form = SettlementForm(request.POST if is_post else None, request.FILES if is_post else None, shops=paid_here)
    if form.is_bound and form.is_valid():
        try:
            taken = _take(request, form, {shop.code: shop for shop in shops})
        except Refusal as refusal:
            put_refusal(form, refusal, _FIELDS)
        else:
            return redirect("office:settlement", taken.code)
    awaited = Sale.objects.filter(status=Sale.Status.AWAITED).select_related("seller")
    page = page_of(awaited, request.GET, ("id",))
    context = {
        "form": form,
        "files": [
            (file, MONEY_FILE[file.status])
            for file in SettlementFile.objects.select_related("seller").order_by("-pk")[:MOST_FILES]
        ],
        "shops": [{"shop": shop, "is_on": shop.code in settling} for shop in shops],
        "page": page,
        "sales": page.rows,
        "tabs": tabs(request.actor, "sales"),
    }
    return render(request, "office/sales.html", context, status=422 if form.errors else 200)


def _take(request: Request, form: SettlementForm, shops: dict[str, Connection]) -> SettlementFile:
    code, content = form.cleaned_data["shop"], form.content()
    read = read_settlement(content, shops[code].seller.currency)
    name = form.cleaned_data["file"].name
    return take_settlement(
        connection_code=code, content=content, file_name=name, read=read, actor=request.actor, at=request.at
    )


@desk(Permission.BOOK_MONEY)
@require_POST
def settling(request: Request, code: str) -> HttpResponse:
    """Whether a shop's sales are paid to us."""
    shop = Connection.objects.filter(code=code).select_related("seller").first()
    if shop is None:
        raise Http404
    is_on = request.POST.get("is_on") == "1"
    choose_settling(seller=shop.seller, shop_code=shop.code, is_on=is_on, actor=request.actor, at=request.at)
    messages.success(request, _("Saved. It counts for labels made from now on."))
    return redirect("office:sales")


@desk(Permission.BOOK_MONEY)
@require_POST
def giving_up(request: Request, sale: int) -> HttpResponse:
    """The site will not pay for an order."""
    found = Sale.objects.filter(pk=sale).select_related("seller").first()
    if found is None:
        raise Http404
    give_up_sale(seller=found.seller, order_code=found.order_code, actor=request.actor, at=request.at)
    messages.success(request, _("Fees of %(order)s are due from free money now.") % {"order": found.order_code})
    return redirect("office:sales")
