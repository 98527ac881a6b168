"""Whole numbers as people type them, read in one place: digits of any width, thousands apart, a sign."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.core.errors import Refusal

MOST_DIGITS = 9
_APART = re.compile(r"(?<=[0-9])[, '](?=[0-9]{3}(?![0-9]))")  # 1,200 but not 1,5, which means another number
_MINUS = "\N{MINUS SIGN}"
NOT_WHOLE = _("“%(typed)s”: enter a whole number, such as 80.")


class NotAWholeNumber(Refusal):
    """What stands in a field for a number is none; `name` is the field's label."""

    code = "not_a_whole_number"
    message = _("%(name)s: “%(typed)s” is not a whole number. Enter digits, such as 80.")


def plain_digits(typed: str) -> str:
    """What was typed, in digits of half width, without what stands between thousands (A112)."""
    return _APART.sub("", unicodedata.normalize("NFKC", typed).strip()).replace(_MINUS, "-")


def whole_number(typed: str, most_digits: int = MOST_DIGITS) -> int | None:
    """The number from 0 that was typed; None for anything else."""
    text = plain_digits(typed)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= most_digits else None


def signed_number(typed: str) -> int | None:
    """The same with a sign before it, if there is one."""
    text = plain_digits(typed)
    number = whole_number(text[1:] if text[:1] in ("+", "-") else text)
    return -number if number is not None and text.startswith("-") else number


def number_typed(typed: str, name: Any, *, nothing: int | None = None) -> int:
    """
    The number in a field.

    :param name: the field's label, for the refusal
    :param nothing: what an empty field means; None: it must be filled in
    :raises NotAWholeNumber: what stands there is none
    """
    if nothing is not None and not typed.strip():
        return nothing
    number = whole_number(typed)
    if number is None:
        raise NotAWholeNumber(name=name, typed=typed[:30])
    return number


class WholeNumber(forms.CharField):
    """A whole number from 0, typed in any width."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> Any:
        """The number; None when nothing is typed and nothing must be."""
        typed = super().clean(value)
        if not typed:
            return None
        number = whole_number(typed)
        if number is None:
            raise forms.ValidationError(NOT_WHOLE, params={"typed": typed})
        return number


class WholeField(forms.IntegerField):
    """A whole number between limits, typed in any width."""

    widget = forms.TextInput  # one for numbers takes no comma and no full-width digit
    default_error_messages = {"invalid": NOT_WHOLE}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The keys of a small screen are digits."""
        return {**super().widget_attrs(widget), "inputmode": "numeric"}

    def to_python(self, value: Any) -> int | None:
        typed = "" if value is None else str(value)
        try:
            return super().to_python(plain_digits(typed))
        except forms.ValidationError as trouble:
            raise forms.ValidationError(trouble.message, "invalid", {"typed": typed[:30]}) from None
