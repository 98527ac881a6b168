"""Labels for goods on every paper we offer, read back with names in Japanese, Korean and Chinese."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest
import zxingcpp

from tests.world import a_seller, a_sku
from tests.zpl_printer import print_zpl
from toiya.core.documents import glyphs
from toiya.core.documents.labels import GOODS_FORMATS, Format
from toiya.domain.catalog.models import Sku
from toiya.domain.catalog.papers import MOST_LABELS, NoLabels, TooManyLabels, Wanted, goods_labels

pytestmark = pytest.mark.django_db
JAN = "4901234567894"
NAMES = ("オーガニック抹茶 100g 缶", "린넨 토트백 네이비", "亚麻手提袋 海军蓝")


@pytest.fixture
def skus() -> list[Sku]:
    seller = a_seller()
    seller.language = "zh-hans"
    seller.save()
    made = [a_sku(seller, f"LT-{place}", name, "M", JAN if place == 1 else "") for place, name in enumerate(NAMES)]
    return list(Sku.objects.filter(pk__in=[sku.pk for sku in made]).select_related("seller").order_by("pk"))


def read_pdf(pdf: bytes) -> list[list[tuple[str, str]]]:
    """What a scanner reads on each page, printed with 8 dots a millimetre."""
    pictures = [page.render(scale=203.2 / 72).to_pil() for page in pypdfium2.PdfDocument(pdf)]
    return [sorted((str(found.format), found.text) for found in zxingcpp.read_barcodes(each)) for each in pictures]


def read_places(pdf: bytes, form: Format) -> list[tuple[str, str]]:
    """What a scanner held over one label after the other reads."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=203.2 / 72).to_pil()
        for number in range(form.per_page):
            place = form.layout.place(number)
            edges = (place.left, place.top, place.left + place.width, place.top + place.height)
            label = picture.crop(tuple(round(edge * 8) for edge in edges))
            found += [(str(code.format), code.text) for code in zxingcpp.read_barcodes(label)]
    return found


@pytest.mark.seed("A132", "L33")
@pytest.mark.parametrize("code", [name for name, form in GOODS_FORMATS.items() if not form.dots_an_inch])
def test_any_number_of_labels_is_read_back_from_every_pdf_paper(code: str, skus: list[Sku]) -> None:
    form = GOODS_FORMATS[code]
    wanted = [Wanted(skus[0], 2, "24A", date(2027, 3, 1)), Wanted(skus[1], 0), Wanted(skus[2], 3)]
    pdf = goods_labels(wanted, form, skip=4)
    assert len(pypdfium2.PdfDocument(pdf)) == (5 if form.per_page == 1 else 1)
    read = read_places(pdf, form)
    assert [text for _kind, text in read] == [skus[0].code] * 2 + [skus[2].code] * 3
    has_room = form.layout.width - 0.12 * min(form.layout.width, form.layout.height) >= 46.75
    assert {kind for kind, _text in read} == {"Code 128" if has_room else "QR Code"}


@pytest.mark.seed("L33")
@pytest.mark.parametrize("code", [name for name, form in GOODS_FORMATS.items() if form.dots_an_inch])
def test_labels_are_read_back_from_every_label_printer(code: str, skus: list[Sku]) -> None:
    form = GOODS_FORMATS[code]
    zpl = goods_labels([Wanted(sku, copies) for sku, copies in zip(skus, (2, 1, 40), strict=True)], form).decode()
    printed = print_zpl(zpl)
    assert [(label.copies, [text for _kind, text in label.codes()]) for label in printed] == [
        (2, [skus[0].code]),
        (1, [skus[1].code]),
        (40, [skus[2].code]),
    ]
    dots = 8 if form.dots_an_inch == 203 else 300 / 25.4
    assert {label.picture.size for label in printed} == {
        (round(form.layout.width * dots), round(form.layout.height * dots))
    }


@pytest.mark.seed("L33")
def test_the_goods_own_barcode_is_printed_where_there_is_one(skus: list[Sku]) -> None:
    form = GOODS_FORMATS["roll-40x30"]
    pages = read_pdf(goods_labels([Wanted(sku, 1) for sku in skus], form, with_jan=True))
    assert pages == [[("QR Code", skus[0].code)], [("EAN-13", JAN)], [("QR Code", skus[2].code)]]
    words = pypdfium2.PdfDocument(goods_labels([Wanted(skus[1], 1)], form, with_jan=True))[0].get_textpage()
    assert f"{skus[1].code} · LT-1" in words.get_text_range()


@pytest.mark.skipif(glyphs.face_for("린", "ko") is None, reason="no Noto Sans CJK on this machine (fonts-noto-cjk)")
def test_names_options_codes_lots_and_days_can_be_read(skus: list[Sku]) -> None:
    pdf = goods_labels([Wanted(sku, 1, "24A", date(2027, 3, 1)) for sku in skus], GOODS_FORMATS["roll-100x50"])
    pages = [page.get_textpage().get_text_range().split("\r\n") for page in pypdfium2.PdfDocument(pdf)]
    foots = [f"LT-{place} · LOT 24A · EXP 2027-03-01" for place in range(3)]
    assert pages == [[name, "M", sku.code, foot] for name, sku, foot in zip(NAMES, skus, foots, strict=True)]


def test_a_name_too_long_for_its_label_ends_in_a_mark_and_the_code_stays_whole(skus: list[Sku]) -> None:
    skus[0].name = "とても長い名前の商品" * 12
    pdf = goods_labels([Wanted(skus[0], 1)], GOODS_FORMATS["a4-65"])
    lines = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range().split("\r\n")
    assert lines[1].endswith("…")
    assert "".join(lines[:2])[:-1] in skus[0].name
    assert skus[0].code in lines
    assert read_pdf(pdf) == [[("QR Code", skus[0].code)]]


def test_nothing_and_too_much_are_declined_with_the_mend(skus: list[Sku]) -> None:
    form = GOODS_FORMATS["a4-24"]
    with pytest.raises(NoLabels) as nothing:
        goods_labels([Wanted(skus[0], 0)], form)
    assert str(nothing.value) == ("There is nothing to print. Enter how many labels you want of at least one SKU.")
    with pytest.raises(TooManyLabels) as much:
        goods_labels([Wanted(skus[0], MOST_LABELS), Wanted(skus[1], 1)], form)
    assert str(much.value) == "5001 labels are too many for one file. Print at most 5000 at a time."
    assert len(pypdfium2.PdfDocument(goods_labels([Wanted(skus[0], MOST_LABELS)], form))) == 209
