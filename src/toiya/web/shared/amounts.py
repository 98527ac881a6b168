"""Amounts of money as people type them: full-width digits, commas, no more decimals than the currency has."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.core.money import Money, minor_digits

MOST_MONEY = Decimal(10) ** 12
_PLAIN = re.compile(r"[0-9]{1,15}(\.[0-9]{1,2})?")
_PLAIN_AMOUNT = re.compile(r"[0-9]{1,20}(\.[0-9]{1,4})?")  # Decimal itself takes 1e5 and 1_0 too


def read_amount(typed: str, currency: str) -> Money:
    """The amount in minor units. :raises ValidationError: none, or beyond the limits, with an example"""
    text = unicodedata.normalize("NFKC", typed).replace(",", "").replace(" ", "")
    digits = minor_digits(currency)
    amount = Decimal(text if _PLAIN_AMOUNT.fullmatch(text) else 0)
    if 0 < amount < MOST_MONEY and amount == round(amount, digits):
        return Money.rounded(amount, currency)
    words = (
        _("Amount “%(typed)s”: enter a whole number above 0, such as 20000.")
        if digits == 0
        else _("Amount “%(typed)s”: enter a number above 0 with at most two decimals, such as 200.00.")
    )
    raise forms.ValidationError(words, params={"typed": typed})


def amount_field(label: object, *, is_required: bool = True, help_text: object = "") -> forms.CharField:
    """A field for an amount; the form's `clean_` reads it with `read_amount`."""
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        help_text=help_text,  # type: ignore[arg-type]
        required=is_required,
        max_length=30,
        error_messages={"required": _("Enter the amount, such as 20000.")},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


def typed_minor(text: str, currency: str) -> int | None:
    """Minor units of what was typed, nothing for 0; None when it is no amount of this currency."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "") or "0"
    if not _PLAIN.fullmatch(plain):
        return None
    amount = Decimal(plain)
    if amount != round(amount, minor_digits(currency)):
        return None
    return Money.rounded(amount, currency).minor


def major(minor: int, currency: str) -> Decimal:
    """An amount in the currency's own unit, as a sheet has it."""
    return Decimal(minor).scaleb(-minor_digits(currency))


def shown_amount(minor: int, currency: str) -> str:
    """An amount as a field shows it: plain digits, as many decimals as the currency has."""
    return f"{major(minor, currency):.{minor_digits(currency)}f}"
