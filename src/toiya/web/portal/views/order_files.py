"""Taking in an order file: good rows become orders, each row to mend is named with its cell and its mend."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from toiya.core.actor import Permission
from toiya.core.sheets import MEGABYTE, MOST_CSV_BYTES, UnreadableSheet
from toiya.domain.channels.models import Connection
from toiya.domain.orders.actions.importing import Imported, import_orders
from toiya.domain.orders.imports import CHANNEL
from toiya.web.portal.access import for_sellers
from toiya.web.portal.access import shop_of as seller_of_request
from toiya.web.portal.forms import OrderFileForm
from toiya.web.shared.access import needs
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request

MOST_SHOWN = 500


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def order_files(request: Request) -> HttpResponse:
    """
    The form, and after a POST what came of the file.

    The result is the answer itself: taking the same file in once more (a reload) changes nothing.
    """
    shops = list(
        Connection.objects.visible_to(request.actor).filter(channel=CHANNEL).order_by("pk").values_list("code", "name")
    )
    form = OrderFileForm(*_sent(request), shops=shops)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        done = _taken_in(request, form)
        if done is not None:
            context |= {"done": done, "problems": done.problems[:MOST_SHOWN], "form": OrderFileForm(shops=shops)}
    return render(request, "portal/imports.html", context, status=422 if form.errors else 200)


def _sent(request: Request) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _taken_in(request: Request, form: OrderFileForm) -> Imported | None:
    upload = form.cleaned_data["file"]
    if upload.size > MOST_CSV_BYTES:
        words = _("The file has %(size)s MB; at most %(limit)s MB fit. Split it.")
        size = {"size": upload.size // MEGABYTE, "limit": MOST_CSV_BYTES // MEGABYTE}
        form.add_error("file", words % size)
        return None
    try:
        return import_orders(
            seller_id=seller_of_request(request).pk,
            file_name=upload.name,
            content=upload.read(),
            actor=request.actor,
            at=request.at,
            shop_code=form.cleaned_data.get("shop", ""),
        )
    except UnreadableSheet as refusal:
        put_refusal(form, refusal, {refusal.code: "file"})
        return None
