"""A carrier's label, 100 x 150 mm, in our own design: one drawing for PDF and for label printers (ZPL)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toiya.core.documents import Box, CodeDoesNotFit, Document, Layout, Style
from toiya.core.documents.labels import Batch, Paper
from toiya.core.documents.pdf_labels import pdf_of
from toiya.core.documents.zpl import zpl_of
from toiya.core.errors import Rejected
from toiya.domain.carriers.port import FieldProblem, LabelAnswer, LabelRequest, Party

PAPER = Layout(100, 150, 1, 1, 100, 150)
HEAVIEST_G = 50_000
WARNING = "NOT A REAL SHIPMENT 見本"
_SLOT_WORDS = {"AM": "午前中"}
_LEFT, _INNER = 4.0, 92.0
_SMALL = Style(6.5, smallest=5)
_VALUE = Style(10.5, smallest=6.5, bold=True)


@dataclass(frozen=True, slots=True)
class Slip:
    """What is drawn: the parcel, its carrier, the letters around the number in the barcode, whether it is a test."""

    request: LabelRequest
    carrier: str
    ends: str
    is_test: bool

    def draw(self, paper: Paper, _box: Box) -> None:
        """Put the label on a paper."""
        _head(paper, self)
        _receiver(paper, self.request.receiver)
        _sender(paper, self.request.sender)
        _details(paper, self.request)
        _codes(paper, self)


def pdf(slip: Slip) -> Document:
    """The label as PDF; the same slip gives the same bytes. :raises Rejected: a code has no room"""
    try:
        return pdf_of([Batch(slip.draw)], PAPER, title=f"{slip.request.reference} {slip.request.tracking_number}")
    except (CodeDoesNotFit, ValueError) as refused:
        raise Rejected("code_not_printable", f"The label cannot be printed: {refused}.") from refused


def zpl(slip: Slip, dots_an_inch: int) -> bytes:
    """The label for a printer. :raises Rejected: a code has no room"""
    try:
        return "".join(zpl_of([Batch(slip.draw)], PAPER, dots_an_inch)).encode()
    except (CodeDoesNotFit, ValueError) as refused:
        raise Rejected("code_not_printable", f"The label cannot be printed: {refused}.") from refused


class OwnLabels:
    """What plugs of Japanese carriers share: numbers of our range with their check digit, and labels drawn here."""

    label = ""
    needs_number = True

    def __init__(self, *, is_test: bool, ends: str = "A") -> None:
        self.is_test = is_test
        self._ends = ends

    def check(self, request: LabelRequest) -> tuple[FieldProblem, ...]:
        """What would keep this label out of every file."""
        raise NotImplementedError

    def check_digit(self, body: int) -> str:
        """The 12-digit number of an 11-digit body: the body modulo 7 comes last."""
        return f"{body:011d}{body % 7}"

    def buy(self, request: LabelRequest) -> LabelAnswer:
        """The label of a number we gave. :raises Rejected: the request is not one the carrier could take"""
        return LabelAnswer(request.tracking_number, pdf(self._slip(request)).pdf)

    def zpl(self, request: LabelRequest, dots_an_inch: int) -> bytes:
        """The same label for a printer. :raises Rejected:"""
        return zpl(self._slip(request), dots_an_inch)

    def _slip(self, request: LabelRequest) -> Slip:
        check(request, self.check(request))
        return Slip(request, self.label, self._ends, self.is_test)


def check(request: LabelRequest, problems: Sequence[FieldProblem]) -> None:
    """Decline what no carrier takes, and what its fields cannot carry. :raises Rejected:"""
    if not 0 < request.weight_g <= HEAVIEST_G:
        raise Rejected("weight_out_of_range", f"{request.weight_g} g is not between 1 g and {HEAVIEST_G:,} g.")
    if request.pieces < 1:
        raise Rejected("no_pieces", f"{request.pieces} pieces cannot be shipped.")
    if problems:
        told = "; ".join(f"{each.field}: {each.problem} {each.letters}".rstrip() for each in problems)
        raise Rejected("field_not_printable", told)


def _head(paper: Paper, slip: Slip) -> None:
    if slip.is_test:
        paper.frame(Box(_LEFT, 4, _INNER, 8.5), thick=1)
        paper.words("TEST", Box(_LEFT + 2, 4, 24, 8.5), Style(20, bold=True, middle=True))
        paper.words(WARNING, Box(_LEFT + 26, 4, _INNER - 28, 8.5), Style(10, middle=True, align="right"))
    paper.words(slip.carrier, Box(_LEFT, 14, 44, 9), Style(15, 8, bold=True, middle=True))
    paper.frame(Box(_LEFT + 46, 14, 46, 9), thick=0.5)
    name = Style(15, 8, bold=True, middle=True, align="centre")
    payer = " 着払" if slip.request.is_freight_collect else ""
    paper.words(slip.request.service_name + payer, Box(_LEFT + 47, 14.5, 44, 8), name)
    paper.line(_LEFT, 25, _INNER, thick=0.75)


def _receiver(paper: Paper, receiver: Party) -> None:
    paper.words("お届け先", Box(_LEFT, 27, 17, 5), Style(9, middle=True))
    phone = f"TEL:{receiver.phone}" if receiver.phone else ""
    paper.words(phone, Box(_LEFT + 44, 27, 48, 5), Style(10, 7, align="right", middle=True))
    paper.words(f"〒{receiver.postal_code}", Box(_LEFT, 33.5, _INNER, 14), Style(34, 20, bold=True))
    paper.words(receiver.first_line, Box(_LEFT, 48.5, _INNER, 11), Style(14, 7))
    paper.words(receiver.second_line, Box(_LEFT, 60, _INNER, 5.5), Style(13, 6))
    paper.words(f"{receiver.name} 様", Box(_LEFT, 66, _INNER, 11.5), Style(22, 7, bold=True, middle=True))
    paper.line(_LEFT, 79, _INNER)


def _sender(paper: Paper, sender: Party) -> None:
    paper.words("ご依頼主", Box(_LEFT, 80.5, 17, 5), Style(9, middle=True))
    paper.words(sender.name, Box(_LEFT + 19, 80, 73, 6), Style(10.5, 6, bold=True, middle=True))
    where = f"〒{sender.postal_code} {sender.first_line} {sender.second_line} {sender.phone}"
    paper.words(where, Box(_LEFT, 86.5, _INNER, 7.5), Style(9, 5))


def _details(paper: Paper, request: LabelRequest) -> None:
    paper.frame(Box(_LEFT, 95.5, _INNER, 17.5), thick=0.25)
    paper.line(_LEFT, 105, _INNER)
    wish = "" if request.deliver_on is None else request.deliver_on.strftime("%m/%d")
    slot = _SLOT_WORDS.get(request.slot, request.slot)
    cells = (
        ("出荷日", request.ship_on.strftime("%Y/%m/%d"), 24.0),
        ("お届け希望", f"{wish} {slot}".strip() or "–", 26.0),
        ("重量", f"{request.weight_g:,} g", 18.0),
        ("点数", str(request.pieces), 24.0),
    )
    left = _LEFT
    for word, value, width in cells:
        paper.words(word, Box(left + 1, 96, width - 2, 3), _SMALL)
        paper.words(value, Box(left + 1, 99, width - 2, 5.5), _VALUE)
        left += width
    paper.words("品名", Box(_LEFT + 1, 105.5, 10, 3), _SMALL)
    paper.words(request.contents, Box(_LEFT + 11, 105.5, _INNER - 12, 7), Style(10, 6, middle=True))


def _codes(paper: Paper, slip: Slip) -> None:
    number = slip.request.tracking_number
    paper.linear("nw7", f"{slip.ends}{number}{slip.ends}", Box(_LEFT, 114.5, _INNER, 13))
    grouped = "-".join(number[start : start + 4] for start in range(0, len(number), 4))
    paper.words("お問い合せ番号", Box(_LEFT, 128.6, 22, 3), _SMALL)
    paper.words(grouped, Box(_LEFT + 14, 127.8, 64, 6), Style(15, bold=True, align="centre"))
    paper.linear("code128", slip.request.reference, Box(_LEFT, 135.75, _INNER, 7))
    told = f"{slip.request.reference}  {slip.request.order_code}"
    paper.words(told, Box(_LEFT, 143, _INNER, 4), Style(9, 6, bold=True, align="centre"))
