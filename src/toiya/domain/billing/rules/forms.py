"""How an invoice must look in the operator's country: data, and nothing but data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InvoiceForm:
    """
    One country's invoice: what its registration number begins with, whether the paper calls itself qualified, and
    whether lines of the reduced rate carry a mark.
    """

    prefix: str = ""
    is_qualified: bool = False
    has_reduced_mark: bool = False


# Japan's qualified invoice (適格請求書) has six items (carriers.md 5.1); others name number and tax of each rate.
FORMS: Mapping[str, InvoiceForm] = {
    "JP": InvoiceForm(prefix="T", is_qualified=True, has_reduced_mark=True),
    "KR": InvoiceForm(),
    "CN": InvoiceForm(),
    "SG": InvoiceForm(),
}


def form_of(country: str) -> InvoiceForm:
    """The form of a country; a plain one where we have none."""
    return FORMS.get(country, InvoiceForm())
