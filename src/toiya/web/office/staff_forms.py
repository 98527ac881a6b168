"""Forms of the operator's people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.domain.warehouses.models import Warehouse


class PlaceForm(forms.Form):
    """A role among those the reader may give, and the building."""

    role = forms.ChoiceField(label=_("Role"), error_messages={"invalid_choice": _("Choose one of the roles shown.")})
    warehouse = forms.ModelChoiceField(
        Warehouse.objects.order_by("name"), label=_("Warehouse"), required=False, empty_label=_("None")
    )

    def __init__(self, *args: Any, roles: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]

    def warehouse_id(self) -> int | None:
        """The chosen building."""
        chosen = self.cleaned_data["warehouse"]
        return chosen.pk if chosen else None


class InviteStaffForm(PlaceForm):
    """The same for somebody who is invited."""

    email = forms.EmailField(
        label=_("E-mail"),
        error_messages={
            "required": _("Enter the e-mail."),
            "invalid": _("Write the e-mail like name@example.com."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "data-check": "email"}),
    )
    field_order = ("email", "role", "warehouse")
