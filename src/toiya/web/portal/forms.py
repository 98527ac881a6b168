"""The forms of the portal. Messages say what to enter, with an example or the limit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SellerCodeForm(forms.Form):
    """A SKU's code in the seller's own words."""

    seller_code = forms.CharField(
        label=_("Seller code"),
        help_text=_("Orders find this SKU by it: the option code at the sales site, else the product's seller code."),
        max_length=100,
        required=False,
        error_messages={"max_length": _("Seller code: %(show_value)s characters, at most %(limit_value)s fit.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ShopForm(forms.Form):
    """Which site, which shop, and what we call it."""

    channel = forms.ChoiceField(label=_("Sales site"), widget=forms.RadioSelect)
    shop_id = forms.CharField(
        label=_("Shop ID"),
        help_text=_("The ID you log in with at the sales site. At Qoo10: your QSM login ID."),
        max_length=100,
        error_messages={"required": _("Enter the shop ID, the one you log in with at the sales site.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Name"),
        help_text=_("How the shop is called here."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, channels: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["channel"]
        field.choices = channels
        field.initial = channels[0][0] if channels else None


class SwitchesForm(forms.Form):
    """What we do for the shop by ourselves (A206-A208)."""

    is_pulling = forms.BooleanField(label=_("Pull orders"), required=False, initial=True)
    is_confirming = forms.BooleanField(label=_("Confirm orders at the site"), required=False, initial=True)
    is_writing_back = forms.BooleanField(label=_("Write tracking numbers back"), required=False, initial=True)
    is_pushing_stock = forms.BooleanField(label=_("Show our stock at the site"), required=False, initial=True)


class GrantForm(forms.Form):
    """For sites without a console page: the password that makes the key. It is passed on and never kept."""

    password = forms.CharField(
        label=_("Password at the sales site"),
        help_text=_("Passed on once to make the key. We do not keep it."),
        error_messages={"required": _("Enter the password you log in with at the sales site.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
