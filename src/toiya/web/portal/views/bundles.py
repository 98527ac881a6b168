"""What a SKU is made of: a form that makes it a bundle picked from its parts, and the button that ends that."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.allocation.actions.bundling import make_bundle, unmake_bundle
from toiya.domain.catalog.models import Sku
from toiya.web.portal.access import for_sellers
from toiya.web.portal.bundle_rows import BundleForm
from toiya.web.shared.access import needs
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def bundle(request: Request, code: str) -> HttpResponse:
    """The parts of a bundle. A POST saves them; with the button `plain` the SKU is no bundle any more."""
    found: Sku | None = Sku.objects.visible_to(request.actor).filter(code=code).first()
    if found is None:
        raise Http404
    parts = list(found.parts.select_related("part", "bundle").order_by("pk"))
    form = BundleForm(request.POST.dict() if request.method == "POST" else None, parts, request.actor)
    if request.method == "POST" and _save(request, found, form):
        return HttpResponseRedirect(reverse("portal:sku", args=[code]))
    context = {"sku": found, "form": form, "is_bundle": bool(parts)}
    return render(request, "portal/bundle.html", context, status=422 if form.errors else 200)


def _save(request: Request, found: Sku, form: BundleForm) -> bool:
    is_plain = "plain" in request.POST
    parts = form.parts() if form.is_valid() and not is_plain else []
    if form.errors:
        return False
    try:
        if is_plain:
            unmake_bundle(sku_code=found.code, actor=request.actor, at=request.at)
        else:
            make_bundle(
                sku_code=found.code,
                parts=parts,
                is_assembled=form.cleaned_data["is_assembled"],
                actor=request.actor,
                at=request.at,
            )
    except Refusal as refusal:
        put_refusal(form, refusal)
        return False
    words = _("It is no bundle any more.") if is_plain else _("Bundle saved. Waiting orders are judged again now.")
    messages.success(request, words)
    return True
