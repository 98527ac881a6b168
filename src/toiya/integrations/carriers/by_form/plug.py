"""Parcels abroad: the number comes from the carrier's own form, the address label is drawn here."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy
from reportlab.lib.units import mm

from toiya.core.documents import Box, Style, TextDoesNotFit, glyphs
from toiya.core.documents.fitting import Room, fit
from toiya.core.documents.pdf_labels import LabelPage
from toiya.core.errors import Rejected
from toiya.domain.carriers import slip
from toiya.domain.carriers.port import LabelAnswer, LabelRequest, Party

_S10 = re.compile(r"[A-Z]{2}(\d{8})(\d)[A-Z]{2}", re.ASCII)
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_LEFT, _INNER = 4.0, 92.0
_SMALL = Style(8, 6, middle=True)


class ByForm:
    """Implements `Carrier` and `TypedNumbers` of `domain.carriers.port`. It keeps nothing."""

    name = "by_form"
    label = gettext_lazy("Abroad, by the carrier's form")
    needs_number = False
    is_test = False

    def is_number(self, text: str) -> bool:
        """Whether this is a number of the postal standard S10."""
        match = _S10.fullmatch(text)
        return match is not None and s10_digit(match[1]) == int(match[2])

    def check_digit(self, body: int) -> str:
        """:raises ValueError: numbers stand on the form, none is ever made here"""
        raise ValueError(f"{body}: the number stands on the carrier's form")

    def buy(self, request: LabelRequest) -> LabelAnswer:
        """The address label of a typed number. :raises Rejected: it is no number, or not all of it has room"""
        number = request.tracking_number
        if not self.is_number(number):
            raise Rejected("not_a_number", f"{number!r} is no number of a form.")
        slip.check(request, ())
        if not (request.receiver.name.strip() and request.receiver.first_line.strip()):
            raise Rejected("receiver_incomplete", "The receiver's name or address is empty.")
        page = LabelPage(100, 150, title=f"{request.reference} {number}")
        page.words(request.service_name, Box(_LEFT, 5, _INNER, 10), Style(18, 8, bold=True, middle=True))
        page.line(_LEFT, 17, _INNER, thick=0.5)
        _party(page, "FROM", request.sender, 19)
        _party(page, "TO", request.receiver, 47)
        page.line(_LEFT, 92, _INNER, thick=0.5)
        told = f"{request.weight_g} g · {request.pieces} pcs · {request.ship_on.isoformat()}"
        page.words(told, Box(_LEFT, 93, _INNER, 6), Style(10, 6, middle=True))
        page.words(request.contents, Box(_LEFT, 99, _INNER, 6), Style(10, 6, middle=True))
        page.linear("code128", number, Box(_LEFT, 107, _INNER, 14))
        page.words(number, Box(_LEFT, 122, _INNER, 6), Style(14, 8, bold=True, middle=True, align="centre"))
        page.linear("code128", request.reference, Box(_LEFT, 131, _INNER, 8))
        page.words(f"{request.reference}  {request.order_code}", Box(_LEFT, 140, _INNER, 5), _SMALL)
        return LabelAnswer(number, page.finish().pdf)


def s10_digit(body: str) -> int:
    """The check digit of eight digits by the postal standard S10."""
    rest = 11 - sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def _party(page: LabelPage, word: str, party: Party, top: float) -> None:
    page.words(word, Box(_LEFT, top, 14, 5), _SMALL)
    where = f"{party.first_line} {party.second_line}".strip()
    _whole(page, party.name, Box(_LEFT + 15, top, _INNER - 15, 7), Style(13, 7, bold=True, middle=True))
    _whole(page, where, Box(_LEFT + 15, top + 7, _INNER - 15, 11), Style(11, 6))
    _whole(page, f"{party.postal_code}  {party.phone}".strip(), Box(_LEFT + 15, top + 19, _INNER - 15, 5), _SMALL)


def _whole(page: LabelPage, text: str, box: Box, style: Style) -> None:
    """Words that are never cut. :raises Rejected: they have no room"""
    face = glyphs.face_for(text, glyphs.tongue_of(text, ""), bold=style.bold)
    room = Room(box.width * mm, box.height * mm, style.largest, style.smallest, glyphs.measured(face))
    try:
        fit(glyphs.settable(text, face), room)
    except TextDoesNotFit as refused:
        raise Rejected("text_does_not_fit", f"{refused.rest!r} has no room on the label. Shorten it.") from refused
    page.words(text, box, style)
