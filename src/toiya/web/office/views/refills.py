"""Pick bins: from which bins SKUs are picked, and what is to be carried there from the reserve now."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.outbound.actions.refilling import choose_pick_face, give_up_pick_face
from toiya.domain.outbound.refills import pick_faces, refills_of
from toiya.web.office.access import building, desk
from toiya.web.office.refill_forms import PickBinForm
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request

MOST_SHOWN = 200


@desk(Permission.LEAD_FLOOR)
@require_http_methods(["GET", "HEAD", "POST"])
def pick_bins(request: Request) -> HttpResponse:
    """The pick bins of this building with what they want; a POST adds one, or changes its limits."""
    warehouse = building(request)
    form = PickBinForm(request.POST) if request.method == "POST" else PickBinForm()
    if form.is_bound and form.is_valid():
        try:
            choose_pick_face(
                warehouse_id=warehouse.pk,
                sku_code=form.cleaned_data["sku"],
                bin_code=form.cleaned_data["bin"],
                limits=form.limits(),
                actor=request.actor,
                at=request.at,
            )
        except Refusal as refusal:
            put_refusal(form, refusal, {"not_found": "sku", "not_a_pick_bin": "bin", "wrong_limits": "maximum"})
        else:
            messages.success(request, _("Picked from there first, from the next wave on."))
            return redirect("office:pick-bins")
    wanted = {each.face.pk: each for each in refills_of(warehouse.pk)}
    rows = [{"face": face, "refill": wanted.get(face.pk)} for face in pick_faces(warehouse.pk, MOST_SHOWN)]
    context = {"form": form, "warehouse": warehouse, "rows": rows}
    return render(request, "office/pick_bins.html", context, status=422 if form.errors else 200)


@desk(Permission.LEAD_FLOOR)
@require_POST
def removal(request: Request, face: int) -> HttpResponse:
    """Pick the SKU from any bin again."""
    give_up_pick_face(face_id=face, warehouse_id=building(request).pk, actor=request.actor, at=request.at)
    messages.success(request, _("Picked from any bin again."))
    return redirect("office:pick-bins")
