"""Box labels and the packing list, printed and read back."""

from __future__ import annotations

import pypdfium2
import pytest
import zxingcpp

from tests.labels_world import a_delivery
from tests.world import a_seller, a_sku, a_warehouse, some_skus
from tests.zpl_printer import print_zpl
from toiya.core.documents.labels import BOX_FORMATS
from toiya.domain.inbound.models import CargoBundle, Carton
from toiya.domain.inbound.packing_paper import packing_list
from toiya.domain.inbound.papers import NoBoxes, box_labels
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def bundle() -> CargoBundle:
    """Four boxes: two kinds in the first, one in each of the others."""
    seller = a_seller()
    navy, soap = a_sku(seller), a_sku(seller, "SO-1", "石けん 100 g", "")
    warehouse = a_warehouse()
    Warehouse.objects.filter(pk=warehouse.pk).update(
        address_en="W05 berth, 3-4-2 Nishiura, Funabashi", receiving_phone="050-3189-7050"
    )
    made = a_delivery(warehouse, [{navy: 30, soap: 20}, {navy: 50}, {soap: 120}, {soap: 1}])
    return CargoBundle.objects.select_related("seller", "warehouse").get(pk=made.pk)


def cartons(bundle: CargoBundle) -> list[Carton]:
    return list(bundle.cartons.order_by("number"))


def read_pdf(pdf: bytes) -> list[list[tuple[str, str]]]:
    pictures = [page.render(scale=203.2 / 72).to_pil() for page in pypdfium2.PdfDocument(pdf)]
    return [sorted((str(found.format), found.text) for found in zxingcpp.read_barcodes(each)) for each in pictures]


def words(pdf: bytes, page: int = 0) -> list[str]:
    told: str = pypdfium2.PdfDocument(pdf)[page].get_textpage().get_text_range()
    return told.split("\r\n")


@pytest.mark.seed("L19")
@pytest.mark.parametrize("code", [name for name, form in BOX_FORMATS.items() if not form.dots_an_inch])
def test_every_box_has_a_label_with_its_own_code_on_every_paper(code: str, bundle: CargoBundle) -> None:
    form = BOX_FORMATS[code]
    pages = read_pdf(box_labels(bundle, [carton.pk for carton in cartons(bundle)], form))
    assert len(pages) == -(-4 // form.per_page)
    read = sorted(found for page in pages for found in page)
    assert read == sorted(("QR Code", carton.code) for carton in cartons(bundle))


@pytest.mark.seed("L19", "L33")
@pytest.mark.parametrize("code", [name for name, form in BOX_FORMATS.items() if form.dots_an_inch])
def test_label_printers_print_each_box_once(code: str, bundle: CargoBundle) -> None:
    printed = print_zpl(box_labels(bundle, [carton.pk for carton in cartons(bundle)], BOX_FORMATS[code]).decode())
    assert [(label.copies, label.codes()) for label in printed] == [
        (1, [("QR Code", carton.code)]) for carton in cartons(bundle)
    ]


@pytest.mark.seed("A134", "L19")
def test_a_box_says_whose_it_is_the_inbound_number_which_of_how_many_where_to_and_what_is_in_it(
    bundle: CargoBundle,
) -> None:
    first = cartons(bundle)[0]
    told = words(box_labels(bundle, [first.pk], BOX_FORMATS["a6"]))
    assert {bundle.code, bundle.seller.code, "Hanataba", first.code, "1 / 4", "62 × 40 × 35 cm 14 kg"} <= set(told)
    assert {"Funabashi", "〒273-0012 千葉県船橋市浜町2-1-1", "TEL 050-3189-7050"} <= set(told)
    assert "W05 berth, 3-4-2 Nishiura, Funabashi" in told
    assert {"LT-NVM Linen tote navy M × 30", "SO-1 石けん 100 g × 20"} <= set(told)


def test_more_kinds_than_the_label_has_rows_are_counted_on_its_last_row(bundle: CargoBundle) -> None:
    tea = some_skus(bundle.seller, 12)
    many = a_delivery(bundle.warehouse, [dict.fromkeys(tea, 5)], number=2)
    told = words(box_labels(many, [cartons(many)[0].pk], BOX_FORMATS["a6"]))
    rows = [line for line in told if line.endswith("× 5")]
    assert [line.split()[0] for line in rows] == [f"T-{number:03d}" for number in range(1, 8)]
    assert "5" in told[told.index(rows[-1]) + 1]


def test_only_boxes_of_the_bundle_are_printed(bundle: CargoBundle) -> None:
    other = a_delivery(bundle.warehouse, [{a_sku(a_seller("Kumo")): 5}], number=2)
    with pytest.raises(NoBoxes) as none:
        box_labels(bundle, [cartons(other)[0].pk], BOX_FORMATS["a6"])
    assert str(none.value) == (
        f"There is no box to print a label for. List the boxes of {bundle.code} first, then tick some."
    )


def test_the_packing_list_names_every_box_and_bears_the_bundles_code(bundle: CargoBundle) -> None:
    pdf = packing_list(bundle)
    assert read_pdf(pdf) == [[("QR Code", bundle.code)]]
    told = words(pdf)
    skus = {line.sku.seller_code: line.sku.code for line in bundle.lines.select_related("sku")}
    assert [line for line in told if "LT-NVM" in line or "SO-1" in line] == [
        f"1 / 4 {skus['LT-NVM']} LT-NVM Linen tote navy M 30",
        f"{skus['SO-1']} SO-1 石けん 100 g 20",
        f"2 / 4 {skus['LT-NVM']} LT-NVM Linen tote navy M 50",
        f"3 / 4 {skus['SO-1']} SO-1 石けん 100 g 120",
        f"4 / 4 {skus['SO-1']} SO-1 石けん 100 g 1",
    ]
    assert "221" in told[-1]


def test_without_boxes_the_packing_list_is_the_list_of_goods_over_as_many_pages_as_it_takes() -> None:
    seller, warehouse = a_seller(), a_warehouse()
    made = a_delivery(warehouse, [dict.fromkeys(some_skus(seller, 40), 2)])
    Carton.objects.filter(bundle=made).delete()
    pdf = packing_list(made)
    assert read_pdf(pdf) == [[("QR Code", made.code)]] * 2
    assert sum(" T-0" in line for page in (0, 1) for line in words(pdf, page)) == 40
    assert "80" in words(pdf, 1)[-1]
