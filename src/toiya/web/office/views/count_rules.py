"""From when on a count is doubted in this building."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.stock.actions.count_rules import set_count_rules
from toiya.domain.stock.queries import count_limits
from toiya.web.office.access import building, desk
from toiya.web.office.count_forms import CountRulesForm
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request


@desk(Permission.LEAD_FLOOR)
@require_http_methods(["GET", "HEAD", "POST"])
def count_rules(request: Request) -> HttpResponse:
    """What holds now; a POST puts other numbers in force."""
    warehouse = building(request)
    form = CountRulesForm(request.POST) if request.method == "POST" else CountRulesForm.of(count_limits(warehouse.pk))
    if form.is_bound and form.is_valid():
        try:
            set_count_rules(warehouse_id=warehouse.pk, limits=form.limits(), actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal, {"lead_before_recount": "lead_pieces"})
        else:
            messages.success(request, _("In force for what is counted from now on."))
            return redirect("office:count-rules")
    context = {"form": form, "warehouse": warehouse}
    return render(request, "office/count_rules.html", context, status=422 if form.errors else 200)
