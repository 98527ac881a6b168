"""The test carrier's label: 100 x 150 mm, black on white, as a Japanese thermal label is arranged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from toiya.core.documents import Box, CodeDoesNotFit, Document, Page, Style, TextDoesNotFit
from toiya.core.documents.barcodes import Bars, code128, nw7
from toiya.core.errors import Rejected
from toiya.domain.carriers.port import LabelRequest, Party

WIDTH, HEIGHT = 100.0, 150.0
WARNING = "NOT A REAL SHIPMENT"
_LEFT, _INNER = 4.0, 92.0
_SMALL = Style(6.5, smallest=5)
_VALUE = Style(10.5, smallest=6.5, bold=True)


def draw(request: LabelRequest) -> tuple[Document, tuple[str, ...]]:
    """
    The label of one parcel, and remarks on what is not printed as it was given.

    :raises Rejected: something has no room on the label; the message names it and what is left over
    """
    page = Page(WIDTH, HEIGHT, title=f"{request.reference} {request.tracking_number}")
    _head(page, request)
    _receiver(page, request.receiver)
    _sender(page, request.sender)
    _details(page, request)
    shortened = _contents(page, request.contents)
    _codes(page, request)
    document = page.finish()
    return document, (*(f"{item.character} was printed as {item.by}" for item in document.replaced), *shortened)


def _head(page: Page, request: LabelRequest) -> None:
    page.block(Box(_LEFT, 4, _INNER, 8.5))
    page.write("TEST", Box(_LEFT + 2, 4, 24, 8.5), Style(20, bold=True, white=True, middle=True))
    warning = Style(10.5, white=True, middle=True, align="right")
    page.write(f"{WARNING}　見本", Box(_LEFT + 26, 4, _INNER - 28, 8.5), warning)
    page.write("TEST CARRIER", Box(_LEFT, 14, 44, 9), Style(15, bold=True, middle=True))
    with _room_for("service"):
        box = Box(_LEFT + 46, 14, 46, 9)
        page.frame(box, thick=0.5)
        page.write(request.service_name, _inset(box), Style(16, 8, bold=True, middle=True, align="centre"))
    page.line(_LEFT, 25, _INNER, thick=0.75)


def _receiver(page: Page, receiver: Party) -> None:
    _tag(page, "お届け先", 27)
    with _room_for("receiver's phone"):
        page.write(_phone(receiver), Box(_LEFT + 44, 27, 48, 5), Style(10, 7, align="right", middle=True))
    with _room_for("receiver's postal code"):
        page.write(_postal(receiver.postal_code), Box(_LEFT, 33.5, _INNER, 14), Style(38, 20, bold=True))
    with _room_for("receiver's address"):
        page.write(_address(receiver), Box(_LEFT, 48.5, _INNER, 16.5), Style(15, 7))
    with _room_for("receiver's name"):
        page.write(f"{receiver.name} 様", Box(_LEFT, 66, _INNER, 11.5), Style(23, 7.5, bold=True, middle=True))
    page.line(_LEFT, 79, _INNER)


def _sender(page: Page, sender: Party) -> None:
    _tag(page, "ご依頼主", 80.5)
    with _room_for("sender's name"):
        page.write(sender.name, Box(_LEFT + 19, 80, 73, 6), Style(10.5, 6.5, bold=True, middle=True))
    with _room_for("sender's address"):
        words = f"{_postal(sender.postal_code)}　{_address(sender)}　{_phone(sender)}".strip()
        page.write(words, Box(_LEFT, 86.5, _INNER, 7.5), Style(9, 6))


def _details(page: Page, request: LabelRequest) -> None:
    page.frame(Box(_LEFT, 95.5, _INNER, 17.5), thick=0.25)
    page.line(_LEFT, 105, _INNER)
    cells = (
        ("出荷日", request.ship_on.strftime("%Y/%m/%d"), 25.0),
        ("重量", f"{request.weight_g:,} g", 21.0),
        ("点数", str(request.pieces), 12.0),
        ("注文番号", request.order_code, 34.0),
    )
    left = _LEFT
    for word, value, width in cells:
        page.write(word, Box(left + 1, 96, width - 2, 3), _SMALL)
        with _room_for(word):
            page.write(value, Box(left + 1, 99, width - 2, 5.5), _VALUE)
        left += width
        if left < _LEFT + _INNER:
            page.upright(left, 95.5, 9.5)


def _contents(page: Page, contents: str) -> tuple[str, ...]:
    """What is inside: the one thing that may be shortened, with a remark, for nobody delivers by it."""
    box, style = Box(_LEFT + 11, 105.5, _INNER - 12, 7), Style(10, 6, middle=True)
    page.write("品名", Box(_LEFT + 1, 105.5, 10, 3), _SMALL)
    try:
        page.write(contents, box, style)
    except TextDoesNotFit as long:
        shown = long.text.removesuffix(long.rest)
    else:
        return ()
    while True:
        shown = shown[:-1].rstrip()
        with suppress(TextDoesNotFit):
            page.write(f"{shown}…", box, style)
            return (f"The contents were shortened to '{shown}…'",)


def _codes(page: Page, request: LabelRequest) -> None:
    number = request.tracking_number
    with _room_for("tracking number"):
        _centred(page, nw7(number, width=_INNER, height=13), 114.5)
        page.write("お問い合せ番号", Box(_LEFT, 128.6, 22, 3), _SMALL)
        page.write(grouped(number), Box(_LEFT + 14, 127.8, 64, 6), Style(15, bold=True, align="centre"))
    page.line(_LEFT, 134.5, _INNER, thick=0.125, dashed=True)
    with _room_for("reference"):
        _centred(page, code128(request.reference, width=_INNER, height=7), 135.75)
        page.write(request.reference, Box(_LEFT, 143, _INNER, 4), Style(9, 6, bold=True, align="centre"))


def grouped(number: str) -> str:
    """A tracking number as people read it: in fours."""
    return "-".join(number[start : start + 4] for start in range(0, len(number), 4))


@contextmanager
def _room_for(field: str) -> Iterator[None]:
    try:
        yield
    except TextDoesNotFit as refused:
        message = f"The {field} has no room on the label: {refused.rest!r} is left over. Shorten it."
        raise Rejected("text_does_not_fit", message) from refused
    except (CodeDoesNotFit, ValueError) as refused:
        raise Rejected("code_not_printable", f"The {field} cannot be printed as a barcode: {refused}.") from refused


def _centred(page: Page, bars: Bars, top: float) -> None:
    page.bars(bars, left=(WIDTH - bars.width) / 2, top=top)


def _tag(page: Page, words: str, top: float) -> None:
    page.block(Box(_LEFT, top, 17, 5))
    page.write(words, Box(_LEFT, top, 17, 5), Style(9, white=True, middle=True, align="centre"))


def _inset(box: Box) -> Box:
    return Box(box.left + 1, box.top + 0.5, box.width - 2, box.height - 1)


def _postal(code: str) -> str:
    digits = code.replace("-", "")
    if len(digits) == 7 and digits.isascii() and digits.isdigit():
        return f"〒{digits[:3]}-{digits[3:]}"
    return code


def _address(party: Party) -> str:
    return f"{party.first_line} {party.second_line}".strip()


def _phone(party: Party) -> str:
    return f"TEL:{party.phone}" if party.phone else ""
