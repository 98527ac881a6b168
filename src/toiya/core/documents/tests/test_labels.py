"""Labels read back: PDFs rendered and scanned, ZPL run by a printer of the tests, words against the fonts' own dots."""

from __future__ import annotations

import tracemalloc

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFont, ImageOps

from tests.zpl_printer import print_zpl
from toiya.core.documents import Box, CodeDoesNotFit, Style, glyphs
from toiya.core.documents.barcodes import modules_of
from toiya.core.documents.ean import ean_runs, is_ean
from toiya.core.documents.fitting import Room, fit_or_cut
from toiya.core.documents.fonts import font_file, width
from toiya.core.documents.labels import BOX_FORMATS, GOODS_FORMATS, Batch, Drawing, Paper
from toiya.core.documents.marks import freight_mark
from toiya.core.documents.pdf_labels import pdf_of
from toiya.core.documents.stickers import Layout
from toiya.core.documents.zpl import zpl_of

WIDE = Layout(100, 50, 1, 1, 100, 50)
KOREAN, CHINESE, JAPANESE = "린넨 토트백 네이비", "亚麻手提袋 海军蓝 门", "リネントート 紺"
needs_faces = pytest.mark.skipif(
    glyphs.face_for(KOREAN, glyphs.KOREAN) is None, reason="no Noto Sans CJK on this machine (fonts-noto-cjk)"
)


def words(text: str, tongue: str = "", size: float = 20) -> Drawing:
    def draw(paper: Paper, box: Box) -> None:
        paper.words(text, Box(5, 5, box.width - 10, 20), Style(size), tongue)

    return draw


def codes(kind: str, text: str, room: Box) -> Drawing:
    def draw(paper: Paper, box: Box) -> None:
        if kind == "qr":
            paper.square(text, room)
        else:
            paper.linear("ean" if kind == "ean" else "code128", text, room)

    return draw


def rendered(pdf: bytes, page: int = 0, dots: float = 203.2) -> Image.Image:
    return pypdfium2.PdfDocument(pdf)[page].render(scale=dots / 72).to_pil().convert("L")


def scanned(picture: Image.Image) -> list[tuple[str, str]]:
    return sorted((str(found.format), found.text) for found in zxingcpp.read_barcodes(picture))


def ink(picture: Image.Image) -> Image.Image:
    """The black of a picture, without the white around it."""
    black = ImageOps.invert(picture.convert("L")).point(lambda shade: 255 if shade > 127 else 0)
    return black.crop(black.getbbox())


def set_by(file: str, place: int, text: str, size: int) -> Image.Image:
    """The words as the font itself draws them."""
    font = ImageFont.truetype(file, size, index=place, layout_engine=ImageFont.Layout.BASIC)
    picture = Image.new("1", (4000, size * 2), 1)
    pen = ImageDraw.Draw(picture)
    pen.fontmode = "1"
    pen.text((10, size), text, font=font, fill=0, anchor="ls")
    return ink(picture)


def likeness(one: Image.Image, other: Image.Image) -> float:
    """How many dots of a hundred are the same."""
    same = ImageOps.invert(Image.blend(one, other.resize(one.size), 0.5).point(lambda shade: 255 * (shade == 127)))
    return 100 * sum(same.histogram()[200:]) / (one.width * one.height)


def noto(place: int) -> tuple[str, int]:
    face = glyphs.face_for(KOREAN, glyphs.KOREAN)
    assert face is not None
    return face.file, place


@pytest.mark.parametrize("text", ["4901234567894", "96385074", "012345678905"])
def test_a_jan_of_13_8_or_12_digits_is_read_back_from_pdf_and_zpl(text: str) -> None:
    batch = Batch(codes("ean", text, Box(5, 5, 90, 20)))
    kinds = {"4901234567894": ("EAN-13", text), "96385074": ("EAN-8", text), "012345678905": ("EAN-13", "0" + text)}
    assert scanned(rendered(pdf_of([batch], WIDE, title="x").pdf)) == [kinds[text]]
    (printed,) = print_zpl("".join(zpl_of([batch], WIDE, 203)))
    assert printed.codes() == [kinds[text]]


def test_a_wrong_check_digit_is_no_jan() -> None:
    assert [is_ean(text) for text in ("4901234567894", "4901234567893", "490123", "４９０１２３４５６７８９４")] == [
        True,
        False,
        False,
        False,
    ]
    with pytest.raises(ValueError, match="no JAN"):
        ean_runs("4901234567893")
    assert [modules_of(ean_runs(text)) for text in ("4901234567894", "96385074")] == [95 + 20, 67 + 20]


@pytest.mark.parametrize("dots", [203, 300])
@pytest.mark.parametrize("text", ["300000001289-00003", "CB-7QX4K2-4", "A>B^C~D_E", "12>34"])
def test_code_128_and_qr_are_read_back_from_zpl_with_signs_that_are_commands(text: str, dots: int) -> None:
    batches = [Batch(codes("code128", text, Box(2, 5, 96, 15)), 3), Batch(codes("qr", text, Box(5, 5, 30, 30)))]
    bars, square = print_zpl("".join(zpl_of(batches, WIDE, dots)))
    assert (bars.codes(), bars.copies) == ([("Code 128", text)], 3)
    assert (square.codes(), square.copies) == ([("QR Code", text)], 1)


def test_no_bar_is_thinner_than_a_scanner_reads() -> None:
    narrow = Batch(codes("code128", "300000001289-00003", Box(1, 1, 38, 10)))
    for dots in (203, 300):
        with pytest.raises(CodeDoesNotFit):
            list(zpl_of([narrow], WIDE, dots))
        with pytest.raises(CodeDoesNotFit):
            list(zpl_of([Batch(codes("qr", "300000001289-00003", Box(1, 1, 5, 5)))], WIDE, dots))
    with pytest.raises(CodeDoesNotFit):
        pdf_of([narrow], WIDE, title="x")


@needs_faces
@pytest.mark.parametrize(
    ("text", "tongue", "place", "size"), [(KOREAN, "", 1, 20), (CHINESE, "zh-hans", 2, 20), ("直門", "zh-hans", 2, 20)]
)
def test_korean_and_chinese_words_have_the_dots_of_their_own_face(
    text: str, tongue: str, place: int, size: float
) -> None:
    batch = Batch(words(text, tongue, size))
    (printed,) = print_zpl("".join(zpl_of([batch], WIDE, 203)))
    own = set_by(*noto(place), text, round(size / 72 * 203.2))
    assert ink(printed.picture).tobytes() == own.tobytes()
    large = set_by(*noto(place), text, round(size / 72 * 600))
    assert likeness(large, ink(rendered(pdf_of([batch], WIDE, title="x").pdf, dots=600))) > 95


@needs_faces
def test_the_same_characters_look_otherwise_in_japanese() -> None:
    """The control of the test above: dots of another face are not equal."""
    (printed,) = print_zpl("".join(zpl_of([Batch(words("直", "zh-hans"))], WIDE, 203)))
    assert ink(printed.picture).tobytes() != set_by(font_file(), 0, "直", 56).tobytes()


def test_japanese_words_have_the_dots_of_the_embedded_font() -> None:
    batch = Batch(words(JAPANESE))
    (printed,) = print_zpl("".join(zpl_of([batch], WIDE, 300)))
    assert ink(printed.picture).tobytes() == set_by(font_file(), 0, JAPANESE, round(20 / 72 * 300)).tobytes()
    large = set_by(font_file(), 0, JAPANESE, round(20 / 72 * 600))
    assert likeness(large, ink(rendered(pdf_of([batch], WIDE, title="x").pdf, dots=600))) > 95


@needs_faces
@pytest.mark.parametrize("text", [KOREAN, CHINESE, JAPANESE])
def test_the_words_of_a_pdf_can_be_found_and_copied(text: str) -> None:
    tongue = "zh-hans" if text == CHINESE else ""
    page = pypdfium2.PdfDocument(pdf_of([Batch(words(text, tongue))], WIDE, title="x").pdf)[0]
    assert page.get_textpage().get_text_range() == text


def test_the_language_of_a_text_is_seen_by_its_letters_then_by_its_writer() -> None:
    told = [("リネン", "zh-hans"), ("린넨", "ja"), ("亚麻", "zh-hans"), ("亜麻", "ja"), ("Linen", "ko"), ("直", "ko")]
    assert [glyphs.tongue_of(text, writer) for text, writer in told] == ["ja", "ko", "zh-hans", "ja", "ja", "ja"]


@needs_faces
def test_a_letter_no_font_has_is_a_geta_mark() -> None:
    assert glyphs.settable("린\U000f0000넨", glyphs.face_for(KOREAN, glyphs.KOREAN)) == "린〓넨"
    assert glyphs.settable("A\U000f0000B", None) == "A〓B"


def test_a_long_text_is_made_smaller_then_broken_then_cut_with_a_mark() -> None:
    room = Room(width=100, height=24, largest=20, smallest=10)
    assert fit_or_cut("ネイビー", room).lines == ("ネイビー",)
    assert fit_or_cut("ネイビー", room).size == 20
    two = fit_or_cut("紺" * 18, room)
    assert (len(two.lines), two.size, two.text) == (2, 11, "紺" * 18)
    cut = fit_or_cut("紺" * 40, room)
    assert (cut.size, cut.text) == (10, "紺" * 19 + "…")
    assert all(width(line, cut.size) <= 100 for line in cut.lines)
    korean = fit_or_cut("네이비 토트백", Room(40, 24, 10, 10, lambda text, size: len(text) * size))
    assert korean.lines == ("네이비", "토트백")


def test_every_layout_keeps_its_labels_on_the_paper_and_apart() -> None:
    for form in (*GOODS_FORMATS.values(), *BOX_FORMATS.values()):
        layout = form.layout
        places = [layout.place(number) for number in range(form.per_page)]
        assert min(place.left for place in places) >= 0
        assert min(place.top for place in places) >= 0
        assert max(place.left + place.width for place in places) <= layout.paper_width + 0.001, form.code
        assert max(place.top + place.height for place in places) <= layout.paper_height + 0.001, form.code
        assert layout.column_gap >= 0
        assert layout.row_gap >= 0


def test_a_used_sheet_is_begun_at_its_first_free_place() -> None:
    form = GOODS_FORMATS["a4-24"]
    batch = Batch(codes("code128", "CB-7QX4K2-4", Box(2, 5, 62, 12)), 3)
    pdf = pdf_of([batch], form.layout, title="x", skip=22).pdf
    assert len(pypdfium2.PdfDocument(pdf)) == 2
    assert [len(scanned(rendered(pdf, page))) for page in (0, 1)] == [2, 1]
    first = rendered(pdf, 0)
    assert scanned(first.crop((0, 0, first.width, int(first.height * 0.85)))) == []
    assert pdf_of([batch], form.layout, title="x", skip=22).pdf == pdf, "the same drawing is the same bytes"
    with pytest.raises(ValueError, match="no labels"):
        pdf_of([Batch(batch.draw, 0)], form.layout, title="x")


def test_thousands_of_labels_are_one_small_file_made_in_little_memory() -> None:
    form = GOODS_FORMATS["roll-60x40"]
    batches = [Batch(codes("code128", f"300000001289-{number:05d}", Box(2, 5, 56, 12)), 50) for number in range(100)]
    pdf_of(batches[:1], form.layout, title="x")
    tracemalloc.start()
    pdf = pdf_of(batches, form.layout, title="x").pdf
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(pypdfium2.PdfDocument(pdf)) == 5_000
    assert len(pdf) < 4_000_000
    assert peak < 80_000_000
    zpl = "".join(zpl_of(batches, form.layout, 203))
    assert sum(printed.copies for printed in print_zpl(zpl)) == 5_000
    assert len(zpl) < 20_000


def test_the_eight_freight_marks_differ() -> None:
    frames = ("maru", "kaku", "hishi", "yama", "uroko", "igeta", "kikko", "kane")
    drawn = {freight_mark(frame, "花").tobytes() for frame in frames}
    assert len(drawn) == 8
    assert freight_mark("maru", "花").tobytes() != freight_mark("maru", "K").tobytes()
