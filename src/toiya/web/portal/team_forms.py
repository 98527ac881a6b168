"""Forms of the team and of keys."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class InviteForm(forms.Form):
    """An e-mail and a role among those the reader may give."""

    email = forms.EmailField(
        label=_("E-mail"),
        error_messages={
            "required": _("Enter the e-mail."),
            "invalid": _("Write the e-mail like name@example.com."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "data-check": "email"}),
    )
    role = forms.ChoiceField(label=_("Role"), error_messages={"invalid_choice": _("Choose one of the roles shown.")})

    def __init__(self, *args: Any, roles: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    """Another role among those the reader may give."""

    role = forms.ChoiceField(label=_("Role"), error_messages={"invalid_choice": _("Choose one of the roles shown.")})

    def __init__(self, *args: Any, roles: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]


class KeyForm(forms.Form):
    """Name, scopes among those the reader may do, and how long."""

    DAYS = (("30", _("30 days")), ("90", _("90 days")), ("365", _("1 year")), ("0", _("without end")))

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("What uses it, such as: stock sheet, own shop."),
        error_messages={"required": _("Enter a name.")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one."),
            "invalid_choice": _("A key may do only what you may do yourself. Choose among those shown."),
        },
    )
    days = forms.ChoiceField(label=_("Works for"), choices=DAYS, initial="90")

    def __init__(self, *args: Any, scopes: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = scopes  # type: ignore[attr-defined]
