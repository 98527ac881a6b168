"""Which of the two services a seller uses: chosen by whoever may approve sellers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from toiya.core.actor import Permission
from toiya.domain.members.actions.choosing import choose_services
from toiya.domain.members.models import Seller
from toiya.web.office.access import desk
from toiya.web.shared.reader import Request


@desk(Permission.APPROVE_SELLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def services(request: Request, code: str) -> HttpResponse:
    """The two services of one seller, each on or off."""
    seller = Seller.objects.filter(code=code).first()
    if seller is None:
        raise Http404
    if request.method != "POST":
        return render(request, "office/services.html", {"seller": seller})
    choose_services(
        seller_id=seller.pk,
        fulfilment="fulfilment" in request.POST,
        smart_delivery="smart_delivery" in request.POST,
        actor=request.actor,
        at=request.at,
    )
    messages.success(request, _("The services of %(seller)s are saved.") % {"seller": seller.name})
    return HttpResponseRedirect(reverse("office:sellers"))
