"""How an invoice must look in the operator's country: data, and nothing but data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InvoiceForm:
    """
    One country's invoice. `rates` are the percentages its lines may have; `prefix` what the registration number begins
    with; `has_reduced_mark` whether lines of the reduced rate are marked.
    """

    country: str
    prefix: str
    rates: tuple[int, ...]
    has_reduced_mark: bool = False


# Japan's qualified invoice (適格請求書): six items, carriers.md 5.1. Others name the number and one tax.
FORMS: Mapping[str, InvoiceForm] = {
    "JP": InvoiceForm("JP", "T", (10, 8, 0), has_reduced_mark=True),
    "KR": InvoiceForm("KR", "", (10, 0)),
    "CN": InvoiceForm("CN", "", (6, 0)),
    "SG": InvoiceForm("SG", "", (9, 0)),
}


def form_of(country: str) -> InvoiceForm:
    """The form of a country; a plain one where we have none."""
    return FORMS.get(country, InvoiceForm(country, "", (0,)))
