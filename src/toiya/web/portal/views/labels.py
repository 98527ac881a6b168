"""Labels for one's own goods and boxes."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from toiya.core.actor import Permission
from toiya.domain.inbound.models import CargoBundle
from toiya.web.portal.access import for_sellers
from toiya.web.shared.access import needs
from toiya.web.shared.box_labels import box_page
from toiya.web.shared.goods_labels import goods_page
from toiya.web.shared.reader import Request


@needs(Permission.SEE_STOCK)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def labels(request: Request) -> HttpResponse:
    """Labels for goods: any number, any paper. A POST answers with the file."""
    return goods_page(request, reverse("portal:labels"), reverse("portal:skus"))


@needs(Permission.SEE_STOCK)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def carton_labels(request: Request, code: str) -> HttpResponse:
    """Labels for the boxes of a delivery, and its packing list. A POST answers with the file."""
    bundles = CargoBundle.objects.visible_to(request.actor).select_related("seller", "warehouse")
    bundle = bundles.filter(code=code).first()
    if bundle is None:
        raise Http404
    return box_page(request, bundle, reverse("portal:labels"))
