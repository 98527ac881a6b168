"""Pages, barcodes and stickers, checked by rendering the PDF and reading it back."""

import re

import pypdfium2
import pytest
import zxingcpp

from toiya.core.documents import (
    CARD_A6,
    LAYOUTS,
    ROLL_60_40,
    SHEET_A4_24,
    Box,
    CodeDoesNotFit,
    Document,
    Page,
    Replaced,
    Sticker,
    Style,
    TextDoesNotFit,
    sticker_sheet,
)
from toiya.core.documents.barcodes import code128, nw7, qr

SKU = Sticker("300000001289-00003", "オーガニック抹茶 100g 缶", "Funabashi Tea")


def read(document: Document, *, page: int = 0, dots_an_inch: int = 203) -> list[tuple[str, str]]:
    picture = pypdfium2.PdfDocument(document.pdf)[page].render(scale=dots_an_inch / 72).to_pil()
    return sorted((str(found.format), found.text) for found in zxingcpp.read_barcodes(picture))


def words(document: Document) -> str:
    text: str = pypdfium2.PdfDocument(document.pdf)[0].get_textpage().get_text_range()
    return text


def drawn() -> Document:
    page = Page(100, 150, title="Sample")
    page.write("東京都渋谷区神宮前", Box(5, 5, 90, 10), Style(14))
    page.write("김", Box(5, 20, 90, 10), Style(14, bold=True, align="right", middle=True))
    page.bars(nw7("444413758703", width=90, height=15), left=5, top=40)
    page.bars(code128("300000001289771-00003", width=90, height=15), left=5, top=60)
    page.bars(qr("BIN-A03-02-1 東京", side=30), left=5, top=90)
    return page.finish()


def test_all_three_codes_are_read_back_at_203_dpi() -> None:
    assert read(drawn()) == [
        ("Codabar", "A444413758703A"),
        ("Code 128", "300000001289771-00003"),
        ("QR Code", "BIN-A03-02-1 東京"),
    ]


def test_every_bar_lies_on_the_dots_of_the_printer() -> None:
    for bars in (nw7("444413758703", width=92, height=15), code128("PCL-7K2M4Q-9", width=92, height=15)):
        edges = [edge for left, _, wide, _ in bars.rectangles for edge in (left, left + wide)]
        assert all((edge / 0.125).is_integer() for edge in edges)


def test_the_page_is_as_large_as_told_and_the_words_can_be_read_back() -> None:
    document = drawn()
    assert [round(side / 72 * 25.4, 3) for side in pypdfium2.PdfDocument(document.pdf)[0].get_size()] == [
        100,
        150,
    ]
    assert "東京都渋谷区神宮前" in words(document)
    assert "〓" in words(document)
    assert document.replaced == (Replaced("김", "〓"),)


def test_the_font_is_embedded_as_a_subset() -> None:
    pdf = drawn().pdf
    assert re.search(rb"/BaseFont /[A-Z]{6}\+IPAexGothic", pdf)
    assert b"/FontFile2" in pdf
    assert len(pdf) < 60_000


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert drawn() == drawn()


def test_a_text_without_room_is_refused_by_the_page() -> None:
    page = Page(60, 40, title="Small")
    with pytest.raises(TextDoesNotFit):
        page.write("あ" * 500, Box(0, 0, 60, 10), Style(10))


@pytest.mark.parametrize("number", ["", "12 34", "１２", "12A4"])
def test_a_number_that_is_no_number_makes_no_nw7(number: str) -> None:
    with pytest.raises(ValueError, match="no NW-7 number"):
        nw7(number, width=90, height=10)


def test_a_code_too_long_for_its_box_is_refused() -> None:
    with pytest.raises(CodeDoesNotFit):
        code128("PCL-7K2M4Q-9", width=20, height=10)
    with pytest.raises(CodeDoesNotFit):
        qr("x" * 200, side=10)


def test_code_128_takes_printable_ascii_only() -> None:
    with pytest.raises(ValueError, match="Code 128"):
        code128("商品", width=90, height=10)


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_a_sku_sticker_is_read_back_from_every_paper(name: str) -> None:
    assert read(sticker_sheet([SKU], LAYOUTS[name])) == [("Code 128", "300000001289-00003")]


def test_stickers_fill_the_sheet_after_the_places_used_up() -> None:
    stickers = [Sticker(f"BIN-A{number:02d}-01-1") for number in range(25)]
    document = sticker_sheet(stickers, SHEET_A4_24, skip=3)
    first, second = read(document), read(document, page=1)
    assert len(pypdfium2.PdfDocument(document.pdf)) == 2
    assert [code for _, code in first + second] == [sticker.code for sticker in stickers]
    assert len(second) == 4


def test_a_long_code_on_a_small_sticker_becomes_a_qr_code() -> None:
    assert read(sticker_sheet([Sticker("300000001289771-00003-LOT-2026-11-22")], ROLL_60_40)) == [
        ("QR Code", "300000001289771-00003-LOT-2026-11-22")
    ]


def test_a_badge_card_says_its_words() -> None:
    text = words(sticker_sheet([Sticker("BADGE-7K2M4Q", "佐藤 花子", "Picker")], CARD_A6))
    assert [line.strip() for line in text.splitlines()] == ["佐藤 花子", "BADGE-7K2M4Q", "Picker"]


def test_no_stickers_are_no_sheet() -> None:
    with pytest.raises(ValueError, match="no stickers"):
        sticker_sheet([], SHEET_A4_24)
