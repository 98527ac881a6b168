"""What this building takes for a piece put together, from which day on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.core.money import Money
from toiya.domain.assembly import queries
from toiya.domain.assembly.actions.prices import set_assembly_price
from toiya.domain.assembly.models import AssemblyPrice
from toiya.web.office.access import building, desk
from toiya.web.office.assembly_forms import PriceForm
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request

MOST_SHOWN = 50


@desk(Permission.APPROVE_INBOUND)
@require_http_methods(["GET", "HEAD", "POST"])
def prices(request: Request) -> HttpResponse:
    """The prices, the newest day first; a POST writes one."""
    warehouse = building(request)
    form = PriceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            set_assembly_price(warehouse_id=warehouse.pk, **form.cleaned_data, actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal, {"assembly_price_off": "price_minor", "price_day_over": "from_on"})
        else:
            messages.success(request, _("In force from that day on."))
            return redirect("office:assembly-prices")
    rows = AssemblyPrice.objects.filter(warehouse=warehouse).order_by("-from_on")[:MOST_SHOWN]
    context = {
        "form": form,
        "warehouse": warehouse,
        "now": queries.prices_at([warehouse], request.at)[warehouse.pk],
        "rows": [(row.from_on, Money(row.price_minor, row.currency)) for row in rows],
    }
    return render(request, "office/assembly_prices.html", context, status=422 if form.errors else 200)
