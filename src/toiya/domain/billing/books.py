"""The list of invoices for accounting, as CSV that a spreadsheet and an old accounting program both read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from toiya.core.money import minor_digits
from toiya.core.sheet_files import csv_content
from toiya.domain.billing.models import Invoice, StatementLine
from toiya.domain.billing.rules.lines import shown_price
from toiya.domain.billing.words import kind_word

ENCODINGS: Mapping[str, str] = {"utf-8": "utf-8-sig", "cp932": "cp932"}  # with a BOM for spreadsheets, or Shift-JIS


def accounting_file(invoices: Iterable[Invoice], encoding: str) -> bytes:
    """One row for each rate of each invoice; a credit note's amounts have a minus."""
    headings = [_("Date"), _("Number"), _("Kind"), _("Partner"), _("Partner's name"), _("Month"), _("Currency")]
    headings += [_("Tax rate"), _("Amount with tax"), _("Tax"), _("Refers to"), _("Registration number")]
    rows: list[list[str]] = [headings]
    for invoice in invoices:
        sign = -1 if invoice.kind == Invoice.Kind.CREDIT_NOTE else 1
        for percent, total, tax in invoice.rates:
            rows.append(_row(invoice, (percent, sign * total, sign * tax)))
    return csv_content(rows, ENCODINGS.get(encoding, "utf-8-sig"))


def _row(invoice: Invoice, amounts: tuple[int, int, int]) -> list[str]:
    digits = minor_digits(invoice.currency)
    percent, total, tax = amounts
    return [
        invoice.issued_on.isoformat(),
        invoice.number,
        str(invoice.get_kind_display()),
        invoice.recipient["code"],
        invoice.recipient["name"],
        f"{invoice.statement.month:%Y-%m}",
        invoice.currency,
        f"{percent}",
        signed(total, digits),
        signed(tax, digits),
        invoice.refers_to.number if invoice.refers_to else "",
        invoice.issuer["registration_number"],
    ]


def signed(minor: int, digits: int) -> str:
    """An amount as plain digits with the currency's decimals."""
    return ("-" if minor < 0 else "") + shown_price(abs(minor), digits)


def lines_file(told: Iterable[StatementLine], currency: str, encoding: str) -> bytes:
    """The lines of one bill, a row each."""
    headings = [_("Line"), _("Date"), _("What"), _("For"), _("Cause"), _("Quantity"), _("Formula"), _("Rate card")]
    rows: list[list[str]] = [[*headings, _("Tax rate"), _("Amount with tax"), _("Currency"), _("How")]]
    digits = minor_digits(currency)
    for line in told:
        inputs = json.loads(line.inputs)
        card = f"{inputs['card']} {inputs['version']}" if inputs["card"] else ""
        what = [str(line.number), line.on.isoformat(), kind_word(line.kind), line.subject, line.source]
        sums = [str(line.quantity), inputs["formula"], card, str(line.tax_percent), signed(line.amount_minor, digits)]
        rows.append([*what, *sums, currency, str(line.get_origin_display())])
    return csv_content(rows, ENCODINGS.get(encoding, "utf-8-sig"))
