"""The forms of a seller's own rules for giving stock to orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.domain.allocation.actions.policies import Policy
from toiya.domain.allocation.models import AllocationRules, WarehouseRank
from toiya.domain.warehouses.models import Warehouse
from toiya.web.shared.whole_numbers import WholeNumber


class RulesForm(forms.Form):
    """What is kept back or too old to promise, when an unpaid promise ends, and which warehouse is tried first."""

    buffer_pieces = WholeNumber(
        label=_("Pieces kept back of each SKU"),
        help_text=_("So many pieces are never promised by themselves. 0: none."),
        required=False,
    )
    expiry_days = WholeNumber(
        label=_("Days that must be left before the use-by date"),
        help_text=_("Pieces that expire sooner are not promised. Empty: no limit."),
        required=False,
    )
    unpaid_hours = WholeNumber(
        label=_("Hours that an unpaid order keeps its pieces"),
        help_text=_("After that the pieces are free again. Empty: no limit."),
        required=False,
    )

    when_short = forms.ChoiceField(
        label=_("When an order lacks pieces"),
        choices=[
            ("", _("It waits until everything is there")),
            ("send", _("Send what is there; the rest follows")),
        ],
        help_text=_(
            "The rest becomes an order of its own: a second parcel, with its own shipping fee. An order is divided "
            "once at most, and never while it is held or reserved for a day."
        ),
        required=False,
    )

    def __init__(self, *args: Any, warehouses: Sequence[Warehouse], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("The nearest to the receiver")), *((house.code, house.name) for house in warehouses)]
        for place in range(1, len(warehouses) + 1 if len(warehouses) > 1 else 1):
            label = _("Warehouse tried as number %(place)s") % {"place": place}
            self.fields[f"place_{place}"] = forms.ChoiceField(label=label, choices=choices, required=False)

    def policy(self) -> Policy:
        """What was entered. A warehouse that is named twice counts where it comes first."""
        told = self.cleaned_data
        named = [told[name] for name in self.fields if name.startswith("place_") and told[name]]
        return Policy(
            buffer_pieces=told["buffer_pieces"] or 0,
            expiry_days=told["expiry_days"],
            unpaid_hours=told["unpaid_hours"],
            warehouses=tuple(dict.fromkeys(named)),
            sends_what_is_there=told["when_short"] == "send",
        )


def initial_of(seller_id: int) -> dict[str, Any]:
    """The rules in force, as the form shows them."""
    rules = AllocationRules.objects.filter(seller_id=seller_id).first() or AllocationRules()
    ranks = WarehouseRank.objects.filter(seller_id=seller_id, is_left_out=False).order_by("place")
    shown: dict[str, Any] = {
        "buffer_pieces": rules.buffer_pieces,
        "expiry_days": rules.expiry_days,
        "unpaid_hours": rules.unpaid_hours,
        "when_short": "send" if rules.sends_what_is_there else "",
    }
    codes = ranks.values_list("warehouse__code", flat=True)
    return shown | {f"place_{place}": code for place, code in enumerate(codes, start=1)}


class BufferForm(forms.Form):
    """What is kept back of one SKU."""

    sku = forms.CharField(
        label=_("SKU"),
        help_text=_("The SKU code or your own code."),
        max_length=100,
        error_messages={"required": _("Enter the code of the SKU.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    pieces = WholeNumber(
        label=_("Pieces kept back"), help_text=_("Empty: as the rule for all SKUs says."), required=False
    )
