"""Parcels abroad: the services that go there, and numbers to type from the carrier's form."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from toiya.core.actor import Permission
from toiya.core.errors import NotFound, Refusal
from toiya.domain.carriers.abroad import numbers_to_type, services_abroad
from toiya.domain.carriers.actions.abroad import offer_abroad, type_number
from toiya.web.office.abroad_forms import AbroadForm
from toiya.web.office.access import desk
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request

MOST = 50


@desk(Permission.RELEASE_WAVES)
@require_http_methods(["GET", "HEAD", "POST"])
def abroad(request: Request) -> HttpResponse:
    """What waits for a number and which services go where; a POST offers one, or sends it to other countries."""
    may_offer = request.actor.may(Permission.MEND_JOBS)
    form = AbroadForm(request.POST if request.method == "POST" and may_offer else None)
    if form.is_bound and form.is_valid():
        try:
            offer_abroad(offer=form.offer(), actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("Saved. Orders held for their country are looked at within two minutes."))
            return redirect("office:abroad")
    rows = [(each, ", ".join(sorted(reach.country for reach in each.reaches.all()))) for each in services_abroad()]
    context = {"rows": rows, "labels": numbers_to_type(MOST), "form": form, "may_offer": may_offer}
    return render(request, "office/abroad.html", context, status=422 if form.errors else 200)


@desk(Permission.RELEASE_WAVES)
@require_POST
def number(request: Request, code: str) -> HttpResponse:
    """The number that stands on the carrier's form."""
    try:
        typed = request.POST.get("number", "")[:40]
        type_number(parcel=code, number=typed, actor=request.actor, at=request.at)
    except NotFound:
        raise
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The number is on %(parcel)s. Its address label is drawn.") % {"parcel": code})
    return redirect("office:abroad")
