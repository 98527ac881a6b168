"""The office's forms for money: the bank's file, a deposit to assign, gift codes, a settlement, cash."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.domain.channels.models import Connection
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions.gifts import MOST_AT_ONCE, Batch
from toiya.domain.wallet.actions.reversals import Wrong
from toiya.domain.wallet.models import GiftCode, Reversal
from toiya.web.shared.amounts import amount_field, read_amount
from toiya.web.shared.whole_numbers import WholeField

MOST_FILE = 4 * 1024 * 1024
_OFF = {"autocomplete": "off"}
BANK_COLUMNS = {
    "day": _("Day"),
    "amount": _("Amount that came in"),
    "name": _("Payer's name"),
    "message": _("Message"),
    "inquiry": _("The bank's number of the deposit"),
    "account": _("Account"),
}


def _file_field(label: Any, help_text: Any) -> forms.FileField:
    return forms.FileField(
        label=label,
        help_text=help_text,
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty. Choose another one.")},
    )


def _currency_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False)


def _offer(form: forms.Form, currencies: Sequence[str]) -> None:
    """The currencies there are wallets in; the first stands there when the page opens."""
    field: Any = form.fields["currency"]
    field.choices = [(each, each) for each in currencies]
    field.initial = currencies[0]


class _FileForm(forms.Form):
    """A file of a bearable size; its content says what it is, not its name."""

    def content(self) -> bytes:
        """All of it."""
        return bytes(self.cleaned_data["file"].read())

    def clean(self) -> dict[str, Any]:
        """Not beyond what is read at once."""
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file and file.size > MOST_FILE:
            self.add_error("file", _("The file is larger than 4 MB. Ask for fewer days at once."))
        return cleaned


class BankFileForm(_FileForm):
    """What the bank hands out."""

    file = _file_field(
        _("Bank file"), _("The notice of incoming transfers (200 bytes a record), or a CSV or Excel list of deposits.")
    )
    currency = _currency_field(_("Currency of the account"))

    def __init__(self, *args: Any, currencies: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, currencies)

    def clean_currency(self) -> str:
        """Yen when nothing is said."""
        return self.cleaned_data["currency"] or "JPY"


class HeadingForm(forms.Form):
    """What the bank calls one of our columns."""

    heading = forms.CharField(
        label=_("The bank's heading"),
        max_length=100,
        error_messages={"required": _("Copy the heading from the bank's list.")},
        widget=forms.TextInput(attrs=_OFF),
    )
    column = forms.ChoiceField(label=_("What it is"), choices=list(BANK_COLUMNS.items()))


class SettlementForm(_FileForm):
    """What a sales site paid for one shop's orders."""

    shop = forms.ChoiceField(label=_("Shop"))
    file = _file_field(
        _("Settlement of the site"), _("CSV or Excel with the order numbers and what was paid for each.")
    )

    def __init__(self, *args: Any, shops: list[Connection], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["shop"]
        choices.choices = [(shop.code, f"{shop.name} ({shop.seller.name})") for shop in shops]


class _SellerField(forms.CharField):
    """A seller by its code."""

    def clean(self, value: Any) -> Any:
        """The seller itself."""
        code = str(super().clean(value)).strip().upper()
        found = Seller.objects.filter(code=code).first()
        if found is None:
            raise forms.ValidationError(
                _("There is no seller %(code)s. Copy the code from the list of sellers."), params={"code": code[:20]}
            )
        return found


class CashForm(forms.Form):
    """A top-up that a person books, such as cash at the desk."""

    seller = _SellerField(label=_("Seller code"), max_length=20, widget=forms.TextInput(attrs=_OFF))
    amount = amount_field(_("Amount"))
    reference = forms.CharField(
        label=_("Reference"),
        max_length=40,
        help_text=_("What it will be known by, such as the number of the receipt."),
        error_messages={"required": _("Enter a reference, such as the number of the receipt.")},
        widget=forms.TextInput(attrs=_OFF),
    )
    token = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """The amount in the seller's currency."""
        cleaned = super().clean() or {}
        seller, typed = cleaned.get("seller"), cleaned.get("amount")
        if seller and typed:
            try:
                cleaned["amount"] = read_amount(typed, seller.currency)
            except forms.ValidationError as trouble:
                self.add_error("amount", trouble)
        return cleaned


class GiftCodesForm(forms.Form):
    """So many codes of so much."""

    codes = WholeField(
        label=_("How many"),
        min_value=1,
        max_value=MOST_AT_ONCE,
        widget=forms.TextInput(attrs={**_OFF, "inputmode": "numeric"}),
    )
    amount = amount_field(_("Amount of each"))
    currency = _currency_field(_("Currency"))
    money = forms.ChoiceField(label=_("What it is"), choices=GiftCode.Money.choices)
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Empty: no end."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    note = forms.CharField(label=_("What for"), required=False, max_length=100, widget=forms.TextInput(attrs=_OFF))

    def __init__(self, *args: Any, currencies: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, currencies)

    def clean(self) -> dict[str, Any]:
        """The amount in the chosen currency's own unit, yen when none is chosen."""
        cleaned = super().clean() or {}
        if typed := cleaned.get("amount"):
            try:
                cleaned["amount"] = read_amount(typed, cleaned.get("currency") or "JPY")
            except forms.ValidationError as trouble:
                self.add_error("amount", trouble)
        return cleaned

    def batch(self, zone: ZoneInfo) -> Batch:
        """What to issue; the last day ends at midnight of the warehouse."""
        until = self.cleaned_data["until"]
        return Batch(
            codes=self.cleaned_data["codes"],
            amount=self.cleaned_data["amount"],
            money=GiftCode.Money(self.cleaned_data["money"]),
            note=self.cleaned_data["note"],
            expires_at=datetime.combine(until, time.max, zone) if until else None,
        )


class ReversalForm(forms.Form):
    """What came wrong, why, and the evidence."""

    cause = forms.CharField(
        label=_("What to take back"),
        max_length=20,
        help_text=_(
            "The code of a deposit (DEP-…), a card payment (CRD-…), a redeemed gift code (GFT-…) or cash (CSH-…)."
        ),
        error_messages={"required": _("Enter the code of what to take back.")},
        widget=forms.TextInput(attrs=_OFF),
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[each for each in Reversal.Reason.choices if each[0] != Reversal.Reason.WHOLE_FILE],
    )
    to_seller = forms.CharField(
        label=_("Whose money it is"),
        required=False,
        max_length=20,
        help_text=_("A seller's code, for a deposit of another seller. Empty: the deposit waits for a person again."),
        widget=forms.TextInput(attrs=_OFF),
    )
    note = forms.CharField(
        label=_("Evidence"),
        max_length=300,
        help_text=_("Who told of it, when, and where the letter is kept."),
        error_messages={"required": _("Write who told of it, when, and where the letter is kept.")},
        widget=forms.TextInput(attrs=_OFF),
    )

    def clean_cause(self) -> str:
        """A code as it is printed, however it was typed."""
        return str(self.cleaned_data["cause"]).strip().upper()

    def wrong(self) -> Wrong:
        """What is told of it."""
        told = self.cleaned_data
        return Wrong(reason=told["reason"], note=told["note"], to_seller=told["to_seller"].strip().upper())
