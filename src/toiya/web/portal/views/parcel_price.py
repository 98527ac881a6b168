"""What a parcel would cost, before it is packed and has a label: the same cards and list prices, told in advance."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from toiya.core.actor import Permission
from toiya.domain.carriers.abroad import HOME
from toiya.domain.carriers.models import Service
from toiya.domain.outbound.carriage import Goes, destination
from toiya.domain.outbound.charging import Planned, estimate_of
from toiya.domain.outbound.models import PackagingBox
from toiya.domain.pricing.actions.charging import Quote
from toiya.domain.warehouses.models import Warehouse
from toiya.domain.warehouses.queries import local_day
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.shared.access import needs
from toiya.web.shared.price_words import kind_word
from toiya.web.shared.reader import Request
from toiya.web.shared.whole_numbers import WholeNumber

MOST_G = 1_000_000
MOST_PIECES = 10_000


class ParcelForm(forms.Form):
    """A parcel within Japan: from where, by what, how heavy, in which box, to where."""

    warehouse = forms.ChoiceField(label=_("Warehouse"))
    service = forms.ChoiceField(label=_("Service"))
    box = forms.ChoiceField(label=_("Box"), required=False)
    weight_g = WholeNumber(label=_("Weight in g"))
    pieces = WholeNumber(label=_("Pieces"))
    postal_code = forms.CharField(
        label=_("Postal code of the receiver"),
        max_length=12,
        error_messages={"required": _("Enter a postal code, such as 273-0017.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    is_from_elsewhere = forms.BooleanField(label=_("The order comes from no connected shop"), required=False)

    def __init__(
        self, *args: Any, choices: dict[str, list[tuple[str, str]]], boxes: dict[str, PackagingBox], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.boxes = boxes
        for name, found in choices.items():
            field: Any = self.fields[name]
            field.choices = found if field.required else [("", _("Not known")), *found]

    def clean(self) -> dict[str, Any]:
        """Numbers that a parcel can have, a box of that warehouse, and a place that the post knows."""
        cleaned = super().clean() or {}
        for name, most in (("weight_g", MOST_G), ("pieces", MOST_PIECES)):
            if name in cleaned and not 1 <= (cleaned[name] or 0) <= most:
                self.add_error(name, _("Enter a whole number above 0."))
        to = destination(HOME, cleaned.get("postal_code", ""))
        if "postal_code" in cleaned and not to.prefecture:
            self.add_error("postal_code", _("The post has no such postal code. Enter one such as 273-0017."))
        cleaned["to"] = to
        box = self.boxes.get(cleaned.get("box", ""))
        if box and box.warehouse.code != cleaned.get("warehouse"):
            self.add_error("box", _("This box is not of the chosen warehouse. Choose one of its boxes."))
        return cleaned


@needs(Permission.SEE_WALLET)
@for_sellers
@require_safe
def parcel_price(request: Request) -> HttpResponse:
    """The lines and their sum once the form is filled; a constant number of statements."""
    found = PackagingBox.objects.filter(is_active=True).select_related("warehouse").order_by("warehouse", "code")
    boxes = {str(box.pk): box for box in found}
    choices = {
        "warehouse": list(Warehouse.objects.order_by("pk").values_list("code", "name")),
        "service": list(Service.objects.order_by("price_minor", "code").values_list("code", "name")),
        "box": [(key, f"{box.warehouse.name} · {box.name}") for key, box in boxes.items()],
    }
    form = ParcelForm(request.GET if "service" in request.GET else None, choices=choices, boxes=boxes)
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        quote = _estimate(request, form.cleaned_data, boxes)
        context |= {"quote": quote, "lines": [(kind_word(line.kind), line) for line in quote.lines]}
    return render(request, "portal/parcel_price.html", context, status=422 if form.errors else 200)


def _estimate(request: Request, told: dict[str, Any], boxes: dict[str, PackagingBox]) -> Quote:
    house = Warehouse.objects.get(code=told["warehouse"])
    box = boxes.get(told["box"])
    goes = Goes(local_day(house, request.at), told["weight_g"], box.size.outer.sum_mm if box else 0)
    service = Service.objects.get(code=told["service"])
    planned = Planned(service, goes, told["to"], told["pieces"], box, told["is_from_elsewhere"])
    return estimate_of(shop_of(request), house, planned)
