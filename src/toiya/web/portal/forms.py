"""The forms of the portal. Messages say what to enter, with an example or the limit."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.core.money import Money, minor_digits

MOST_MONEY = Decimal(10) ** 12
_PLAIN_AMOUNT = re.compile(r"[0-9]{1,20}(\.[0-9]{1,4})?")  # Decimal itself takes 1e5 and 1_0 too


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


class TopUpForm(forms.Form):
    """Money to book into the wallet: an amount of the seller's currency and what it is known by."""

    amount = forms.CharField(
        label=_("Amount"),
        error_messages={"required": _("Enter the amount, such as 20000.")},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    reference = forms.CharField(
        label=_("Reference"),
        help_text=_("What you will know it by, such as the number of the transfer."),
        max_length=40,
        error_messages={
            "required": _("Enter a reference, such as the number of the transfer."),
            "max_length": _("Reference: %(show_value)s characters, at most %(limit_value)s fit."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    token = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    def clean_amount(self) -> Money:
        """Full-width digits and thousands commas are understood; no more decimals than the currency has."""
        typed = self.cleaned_data["amount"]
        text = unicodedata.normalize("NFKC", typed).replace(",", "").replace(" ", "")
        digits = minor_digits(self.currency)
        amount = Decimal(text if _PLAIN_AMOUNT.fullmatch(text) else 0)
        fits = 0 < amount < MOST_MONEY and amount == round(amount, digits)
        if not fits:
            words = (
                _("Amount “%(typed)s”: enter a whole number above 0, such as 20000.")
                if digits == 0
                else _("Amount “%(typed)s”: enter a number above 0 with at most two decimals, such as 200.00.")
            )
            raise forms.ValidationError(words, params={"typed": typed})
        return Money.rounded(amount, self.currency)


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
