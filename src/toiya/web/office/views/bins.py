"""The bins of a building: which are reserves or pallet places, where they stand, what fits."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from toiya.core.actor import Permission
from toiya.core.codes import folded
from toiya.core.errors import Refusal
from toiya.domain.warehouses.actions.bins import describe_bins
from toiya.domain.warehouses.models import Bin
from toiya.domain.warehouses.queries import local_day, pallet_places
from toiya.web.office.access import building, desk
from toiya.web.office.bin_forms import BinsForm
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request


@desk(Permission.LEAD_FLOOR)
@require_http_methods(["GET", "HEAD", "POST"])
def bins(request: Request) -> HttpResponse:
    """The storage bins, found by the beginning of their code; a POST says something of some of them."""
    warehouse = building(request)
    words = folded(request.GET.get("q", "").replace("\x00", ""))[:30].removeprefix("BIN-").rstrip("*")
    form = BinsForm(request.POST) if request.method == "POST" else BinsForm(initial={"bins": f"{words}*" * bool(words)})
    if form.is_bound and form.is_valid():
        try:
            count = describe_bins(
                warehouse_id=warehouse.pk,
                names=form.cleaned_data["bins"].replace("\x00", ""),
                facts=form.facts(),
                actor=request.actor,
                at=request.at,
            )
        except Refusal as refusal:
            put_refusal(form, refusal, {"no_such_bins": "bins", "same_spot": "level", "nothing_said": "use"})
        else:
            messages.success(request, ngettext("%(n)s bin changed.", "%(n)s bins changed.", count) % {"n": count})
            return redirect("office:bins")
    found = Bin.objects.filter(warehouse=warehouse, kind=Bin.Kind.STORAGE, code__startswith=words)
    context = {
        "form": form,
        "warehouse": warehouse,
        "words": words,
        "pallets": set(pallet_places(warehouse.pk, local_day(warehouse, request.at))),
        "page": page_of(found, request.GET, ("code", "id")),
    }
    return render(request, "office/bins.html", context, status=422 if form.errors else 200)
