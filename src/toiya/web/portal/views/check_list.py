"""What the warehouse looks at when a seller orders a quality check of a SKU."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from toiya.core.actor import Permission
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound.actions.check_lists import MOST_POINTS, set_check_list
from toiya.domain.inbound.models import CheckPoint
from toiya.web.portal.access import for_sellers
from toiya.web.shared.access import needs
from toiya.web.shared.reader import Request
from toiya.web.shared.refusals import told


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def check_list(request: Request, code: str) -> HttpResponse:
    """One point a line; without any, the usual three are looked at."""
    sku: Sku | None = Sku.objects.visible_to(request.actor).filter(code=code).first()
    if sku is None:
        raise NotFound(kind="SKU", code=code)
    kept = CheckPoint.objects.visible_to(request.actor).filter(sku=sku).order_by("position")
    text, trouble = "\n".join(kept.values_list("question", flat=True)), ""
    if request.method == "POST":
        text = request.POST.get("points", "")[:4000]
        try:
            set_check_list(sku_code=code, questions=text.splitlines(), actor=request.actor, at=request.at)
        except Refusal as refusal:
            trouble = told(refusal)
        else:
            messages.success(request, _("The check list is saved"))
            return redirect("portal:check-list", code=code)
    context = {"sku": sku, "text": text, "trouble": trouble, "most": MOST_POINTS}
    return render(request, "portal/check_list.html", context, status=422 if trouble else 200)
