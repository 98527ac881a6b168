"""The forms of the wallet: a transfer to announce, a gift code, a card, an alert."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.core.money import Money
from toiya.domain.wallet.actions.watching import Filling
from toiya.web.shared.amounts import amount_field, read_amount


class _OfCurrency(forms.Form):
    """A form with an amount of the seller's currency and a token that makes sending it twice harmless."""

    amount = amount_field(_("Amount"))
    token = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    def clean_amount(self) -> Money:
        """As people type it."""
        return read_amount(self.cleaned_data["amount"], self.currency)


class TransferForm(_OfCurrency):
    """Money that will come by bank, and the name the bank writes beside it."""

    sender_name = forms.CharField(
        label=_("Name on the bank account"),
        help_text=_(
            "As the bank writes it, in katakana, such as カ）ハナタバ. It finds the money if the number is missing."
        ),
        max_length=48,
        error_messages={
            "required": _("Enter the name on the bank account, such as カ）ハナタバ."),
            "max_length": _("Name: %(show_value)s characters, at most %(limit_value)s fit."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CardForm(_OfCurrency):
    """Money by card; the card itself is typed at the payment service."""

    keeps_card = forms.BooleanField(
        label=_("The payment service keeps the card, for automatic top-ups"), required=False
    )


class GiftCodeForm(forms.Form):
    """The letters of a gift code."""

    code = forms.CharField(
        label=_("Gift code"),
        help_text=_("Sixteen letters and digits, such as 7K2M-4QRT-9XWD-HP3N."),
        max_length=60,
        error_messages={"required": _("Enter the gift code of your card.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class AlertForm(forms.Form):
    """Below which amount of free money a letter is written; empty: none is."""

    below = amount_field(
        _("Write to us when free money falls below"), is_required=False, help_text=_("Leave it empty for no letter.")
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    def clean_below(self) -> Money | None:
        """None for no letter."""
        typed = self.cleaned_data["below"]
        return read_amount(typed, self.currency) if typed.strip() else None


class FillingForm(forms.Form):
    """When, how much and at most how much is taken from the kept card."""

    below = amount_field(_("When free money falls below"))
    amount = amount_field(_("take from the card"))
    cap = amount_field(_("but in 31 days at most"))

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    def _clean(self, name: str) -> Money:
        return read_amount(self.cleaned_data[name], self.currency)

    def clean_below(self) -> Money:
        """As people type it."""
        return self._clean("below")

    def clean_amount(self) -> Money:
        """As people type it."""
        return self._clean("amount")

    def clean_cap(self) -> Money:
        """As people type it."""
        return self._clean("cap")

    def filling(self) -> Filling:
        """What was chosen."""
        below, amount, cap = (self.cleaned_data[name].minor for name in ("below", "amount", "cap"))
        return Filling(below, amount, cap)
