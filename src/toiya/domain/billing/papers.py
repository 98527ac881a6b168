"""An invoice or credit note on A4, in the seller's language: the six items of a qualified invoice (carriers.md 5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from toiya.core.documents import Box, Style
from toiya.core.documents.pdf_labels import LabelPage
from toiya.core.money import Money
from toiya.domain.billing.models import Invoice, StatementLine
from toiya.domain.billing.rules import forms, lines, taxes
from toiya.domain.billing.words import kind_word

ROWS_A_PAGE = 26
_FIRST_ROW_MM = 108
_ROW_MM = 5.6
_COLUMNS = ((15, 96), (112, 22), (135, 18), (154, 41))  # left and width
_LINE = Style(9.5, 6, middle=True)
_RIGHT = Style(9.5, 6, middle=True, align="right")


@dataclass(frozen=True, slots=True)
class _Row:
    """What was supplied: all lines of one kind and rate together."""

    words: str
    count: str
    percent: str
    amount: str


def invoice_paper(invoice: Invoice) -> bytes:
    """The paper as PDF; the same invoice gives the same bytes."""
    language = invoice.seller.language
    with override(language):
        rows = _rows_of(invoice)
        pages = [rows[start : start + ROWS_A_PAGE] for start in range(0, len(rows), ROWS_A_PAGE)] or [[]]
        page = LabelPage(210, 297, title=invoice.number)
        for number, shown in enumerate(pages, start=1):
            if number > 1:
                page.next()
            _draw_sides(page, invoice, (number, len(pages)))
            for place, row in enumerate(shown):
                _draw_row(page, row, _FIRST_ROW_MM + place * _ROW_MM)
        _draw_foot(page, invoice, _FIRST_ROW_MM + (len(pages[-1]) + 0.6) * _ROW_MM)
        return page.finish().pdf


def money(minor: int, currency: str) -> str:
    """An amount on paper: the code, then digits in threes; a minus before both."""
    return Money(minor, currency).plain


def _rows_of(invoice: Invoice) -> list[_Row]:
    form = forms.form_of(invoice.issuer["country"])
    if invoice.kind == Invoice.Kind.CREDIT_NOTE:
        ((percent, total, _tax),) = invoice.rates
        return [_Row(invoice.reason, "1", _percent(percent, form), money(total, invoice.currency))]
    told = StatementLine.objects.filter(statement_id=invoice.statement_id).exclude(origin__in=lines.ON_NO_INVOICE)
    sums: dict[tuple[str, int], list[int]] = {}
    for kind, percent, amount in told.order_by("number").values_list("kind", "tax_percent", "amount_minor"):
        sums.setdefault((kind, percent), []).append(amount)
    return [
        _Row(kind_word(kind), str(len(amounts)), _percent(percent, form), money(sum(amounts), invoice.currency))
        for (kind, percent), amounts in sums.items()
    ]


def _percent(percent: int, form: forms.InvoiceForm) -> str:
    mark = f" {taxes.REDUCED_MARK}" if form.has_reduced_mark and percent == taxes.REDUCED_PERCENT else ""
    return f"{percent} %{mark}"


def _draw_sides(page: LabelPage, invoice: Invoice, at: tuple[int, int]) -> None:
    """The title, both sides, the number, the dates, the whole amount, and the heads of the table."""
    page.words(_title(invoice), Box(15, 14, 110, 11), Style(20, 10, bold=True, middle=True))
    _draw_column(page, 130, _numbers(invoice, at))
    to, issuer = invoice.recipient, invoice.issuer
    page.words(_("To %(name)s") % {"name": to["name"]}, Box(15, 34, 105, 8), Style(13, 7, bold=True))
    page.words(to["address"], Box(15, 43, 100, 11), Style(9.5, 6))
    page.words(to["code"], Box(15, 55, 100, 6), _LINE)
    page.words(issuer["name"], Box(130, 46, 65, 8), Style(12, 7, bold=True))
    page.words(issuer["address"], Box(130, 55, 65, 12), Style(9, 6))
    if issuer["registration_number"]:
        told = _("Registration number: %(number)s") % {"number": issuer["registration_number"]}
        page.words(told, Box(130, 68, 65, 6), _LINE)
    total = money(invoice.total_minor, invoice.currency)
    is_note = invoice.kind == Invoice.Kind.CREDIT_NOTE
    told = _("Given back, with tax: %(amount)s") if is_note else _("Amount with tax: %(amount)s")
    page.words(told % {"amount": total}, Box(15, 80, 180, 10), Style(16, 9, bold=True, middle=True))
    page.line(15, 91, 180, thick=0.5)
    heads = (_("What was supplied"), _("Lines"), _("Tax"), _("Amount with tax"))
    for place, (word, (left, width)) in enumerate(zip(heads, _COLUMNS, strict=True)):
        page.words(word, Box(left, 99, width, 5), Style(8, 5, middle=True, align="right" if place else "left"))
    page.line(15, 105.5, 180, thick=0.25)


def _title(invoice: Invoice) -> str:
    is_qualified = forms.form_of(invoice.issuer["country"]).is_qualified
    if invoice.kind == Invoice.Kind.CREDIT_NOTE:
        return _("Credit note (qualified)") if is_qualified else _("Credit note")
    return _("Qualified invoice") if is_qualified else _("Tax invoice")


def _numbers(invoice: Invoice, at: tuple[int, int]) -> list[str]:
    statement = invoice.statement
    first, last = statement.month.isoformat(), statement.last_day.isoformat()
    refers = [_("For invoice %(number)s") % {"number": invoice.refers_to.number}] if invoice.refers_to else []
    return [
        _("Number %(number)s") % {"number": invoice.number},
        *refers,
        _("Date %(day)s") % {"day": invoice.issued_on.isoformat()},
        _("Supplied from %(first)s to %(last)s") % {"first": first, "last": last},
        _("Page %(page)s of %(pages)s") % {"page": at[0], "pages": at[1]},
    ]


def _draw_column(page: LabelPage, left: float, texts: Sequence[str]) -> None:
    for place, text in enumerate(texts):
        page.words(text, Box(left, 14 + place * 5.5, 65, 5.2), Style(9, 6, middle=True))


def _draw_row(page: LabelPage, row: _Row, top: float) -> None:
    for place, (word, (left, width)) in enumerate(
        zip((row.words, row.count, row.percent, row.amount), _COLUMNS, strict=True)
    ):
        page.words(word, Box(left, top, width, _ROW_MM - 0.5), _RIGHT if place else _LINE)
    page.line(15, top + _ROW_MM - 0.2, 180, thick=0.125)


def _draw_foot(page: LabelPage, invoice: Invoice, top: float) -> None:
    """For each rate the total and the tax in it; the mark's meaning; the digest by which the bill can be checked."""
    form = forms.form_of(invoice.issuer["country"])
    for percent, total, tax in invoice.rates:
        told = _("At %(percent)s: %(total)s, of that tax %(tax)s") % {
            "percent": _percent(percent, form),
            "total": money(total, invoice.currency),
            "tax": money(tax, invoice.currency),
        }
        page.words(told, Box(15, top, 180, 6), _RIGHT)
        top += 6.2
    if form.has_reduced_mark:
        page.words(_("%(mark)s reduced tax rate") % {"mark": taxes.REDUCED_MARK}, Box(15, top, 180, 5), Style(8, 6))
        top += 6
    if invoice.kind == Invoice.Kind.INVOICE and invoice.statement.paid_out_minor:
        paid_out = money(invoice.statement.paid_out_minor, invoice.currency)
        told = _("Paid into the wallet for damage and delay, no part of this invoice: %(amount)s")
        page.words(told % {"amount": paid_out}, Box(15, top, 180, 5), Style(8, 6))
        top += 5
    page.words(_("Bill %(code)s") % {"code": invoice.statement.code}, Box(15, top, 180, 5), Style(8, 6))
    digest = _("Digest of its lines: %(digest)s") % {"digest": invoice.statement.inputs_hash}
    page.words(digest, Box(15, top + 5, 180, 5), Style(8, 5))
