"""Amounts of money as people type them, read in one place: full-width digits, commas, the currency's own mark."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.core.errors import Refusal
from toiya.core.money import Money, minor_digits
from toiya.web.shared.whole_numbers import plain_digits

MOST_MONEY = Decimal(10) ** 12
_PLAIN = re.compile(r"[0-9]{1,15}(\.[0-9]{1,4})?")  # Decimal itself takes 1e5 and 1_0 too
# What people write before or behind an amount, besides the code; full-width marks are made half-width before.
_MARKS = {"JPY": ("¥", "円"), "KRW": ("₩", "원"), "CNY": ("¥", "元"), "USD": ("$",), "EUR": ("€",), "SGD": ("S$", "$")}
_EXAMPLE = {0: 120_000, 2: 120_050}


class NotAnAmount(Refusal):
    """What stands in a field for money is no amount of its currency; `name` is the field's label."""

    code = "not_an_amount"
    message = _("%(name)s: “%(typed)s” is not an amount. Enter one such as %(example)s.")


def major_typed(typed: str, currency: str) -> Decimal | None:
    """
    What was typed, from 0, in the currency's own unit; None when it is no amount of this currency: not a number, with
    another currency's mark, or with more decimals than the currency has.
    """
    text = plain_digits(typed).upper()
    for mark in (currency, *_MARKS.get(currency, ())):
        if text != (bare := text.removeprefix(mark).removesuffix(mark)):
            text = bare.strip()
            break
    if not _PLAIN.fullmatch(text):
        return None
    amount = Decimal(text)
    return amount if amount == round(amount, minor_digits(currency)) else None


def money_typed(typed: str, currency: str, name: Any, *, nothing: int | None = None) -> Money:
    """
    The amount in a field.

    :param name: the field's label, for the refusal
    :param nothing: the minor units that an empty field means; None: it must be filled in
    :raises NotAnAmount: what stands there is none
    """
    if nothing is not None and not typed.strip():
        return Money(nothing, currency)
    amount = major_typed(typed, currency)
    if amount is None or amount >= MOST_MONEY:
        example = Money(_EXAMPLE[minor_digits(currency)], currency)
        raise NotAnAmount(name=name, typed=typed[:30], example=example)
    return Money.rounded(amount, currency)


def read_amount(typed: str, currency: str) -> Money:
    """The amount in minor units. :raises ValidationError: none, or beyond the limits, with an example"""
    amount = major_typed(typed, currency)
    if amount is not None and 0 < amount < MOST_MONEY:
        return Money.rounded(amount, currency)
    words = (
        _("Amount “%(typed)s”: enter a whole number above 0, such as 20000.")
        if minor_digits(currency) == 0
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
    amount = major_typed(text.strip() or "0", currency)
    return None if amount is None else Money.rounded(amount, currency).minor


def major(minor: int, currency: str) -> Decimal:
    """An amount in the currency's own unit, as a sheet has it."""
    return Decimal(minor).scaleb(-minor_digits(currency))


def shown_amount(minor: int, currency: str) -> str:
    """An amount as a field shows it: plain digits, as many decimals as the currency has."""
    return f"{major(minor, currency):.{minor_digits(currency)}f}"
