"""A field for whole numbers, as people type them."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def whole_number(typed: str) -> int | None:
    """Digits of any width, with commas; None for anything else (A112)."""
    text = unicodedata.normalize("NFKC", typed).replace(",", "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


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
            raise forms.ValidationError(_("“%(typed)s”: enter a whole number, such as 80."), params={"typed": typed})
        return number
