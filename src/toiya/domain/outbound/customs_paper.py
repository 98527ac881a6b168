"""
The papers of a parcel abroad on A4: a commercial invoice, then the declaration CN22 or CN23.

Their fixed words are English, which customs everywhere read; what the seller wrote stands as it is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from toiya.core.documents import Box, Style
from toiya.core.documents.pdf_labels import LabelPage
from toiya.core.money import minor_digits
from toiya.domain.carriers.port import Party
from toiya.domain.outbound.customs_rules import SMALL, Goods

ROWS_A_PAGE = 22
_FIRST_ROW_MM = 118.0
_ROW_MM = 6.0
_COLUMNS = ((15, 66), (82, 24), (107, 12), (120, 12), (133, 20), (154, 20), (175, 20))
_HEADS = ("Description of contents", "HS code", "Origin", "Pieces", "Weight g", "Value each", "Value")
_LINE = Style(10, 6, middle=True)
_FORMS = {True: "Customs declaration CN22", False: "Customs declaration CN23"}


@dataclass(frozen=True, slots=True)
class Papers:
    """All that stands on the papers."""

    reference: str
    order: str
    seller: str
    sender: Party
    receiver: Party
    country: str
    goods: Sequence[Goods]
    currency: str
    weight_g: int
    form: str
    made_on: date


def draw(papers: Papers) -> bytes:
    """Invoice and declaration as one PDF."""
    page = LabelPage(210, 297, title=f"{papers.reference} {papers.form}")
    starts = range(0, len(papers.goods), ROWS_A_PAGE)
    titles = ["Commercial invoice", _FORMS[papers.form == SMALL]]
    for place, (title, start) in enumerate((title, start) for title in titles for start in starts):
        if place:
            page.next()
        _head(page, papers, title)
        for row, goods in enumerate(papers.goods[start : start + ROWS_A_PAGE]):
            _row(page, papers, goods, _FIRST_ROW_MM + row * _ROW_MM)
        _foot(page, papers)
    return page.finish().pdf


def _head(page: LabelPage, papers: Papers, title: str) -> None:
    page.words(title, Box(15, 12, 180, 12), Style(20, 10, bold=True, middle=True))
    told = f"{papers.reference} · {papers.order} · {papers.made_on.isoformat()}"
    page.words(told, Box(15, 25, 180, 6), _LINE)
    _party(page, "Sender", papers.sender, 15)
    _party(page, "Receiver", papers.receiver, 108)
    page.words(f"Seller: {papers.seller}", Box(15, 78, 90, 6), _LINE)
    page.words(f"Country: {papers.country}", Box(108, 78, 87, 6), _LINE)
    page.words("Category: sale of goods", Box(15, 86, 90, 6), _LINE)
    page.words(f"Currency: {papers.currency}", Box(108, 86, 87, 6), _LINE)
    page.line(15, 108, 180, thick=0.5)
    for word, (left, width) in zip(_HEADS, _COLUMNS, strict=True):
        page.words(word, Box(left, 109, width, 7), Style(8, 5, middle=True))
    page.line(15, 117, 180, thick=0.25)


def _party(page: LabelPage, word: str, party: Party, left: float) -> None:
    page.words(word, Box(left, 34, 87, 5), Style(8, 6, middle=True))
    page.words(party.name, Box(left, 39, 87, 8), Style(13, 7, bold=True, middle=True))
    page.words(f"{party.first_line} {party.second_line}".strip(), Box(left, 48, 87, 16), Style(11, 6))
    page.words(f"{party.postal_code}  {party.phone}".strip(), Box(left, 65, 87, 6), _LINE)


def _row(page: LabelPage, papers: Papers, goods: Goods, top: float) -> None:
    words = (
        goods.text,
        goods.hs_code,
        goods.origin,
        str(goods.quantity),
        str(goods.all_g),
        amount(goods.value_minor, papers.currency),
        amount(goods.all_minor, papers.currency),
    )
    for place, (word, (left, width)) in enumerate(zip(words, _COLUMNS, strict=True)):
        style = Style(9, 5, middle=True, align="right" if place > 2 else "left")
        page.words(word, Box(left, top, width, _ROW_MM - 0.5), style)
    page.line(15, top + _ROW_MM - 0.2, 180, thick=0.125)


def _foot(page: LabelPage, papers: Papers) -> None:
    value = amount(sum(goods.all_minor for goods in papers.goods), papers.currency)
    pieces = sum(goods.quantity for goods in papers.goods)
    told = f"Total: {pieces} pieces · {papers.weight_g} g gross · {papers.currency} {value}"
    page.words(told, Box(15, 256, 180, 7), Style(12, 7, bold=True, middle=True))
    sworn = (
        "The particulars given here are correct; the parcel holds nothing dangerous or forbidden by post or customs."
    )
    page.words(sworn, Box(15, 264, 180, 6), Style(9, 6, middle=True))
    page.words("Date and sender's signature", Box(15, 278, 60, 6), Style(9, 6, middle=True))
    page.line(75, 284, 120, thick=0.25)


def amount(minor: int, currency: str) -> str:
    """An amount in digits, such as 1,200 or 12.50."""
    digits = minor_digits(currency)
    whole, part = divmod(minor, 10**digits)
    return f"{whole:,}.{part:0{digits}d}" if digits else f"{whole:,}"
