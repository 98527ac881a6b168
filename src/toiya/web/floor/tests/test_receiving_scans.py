"""Receiving and putting away over HTTP: one field, a scan that may come twice, photos, and a battery that dies."""

from __future__ import annotations

import io
import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests.floor_world import a_coded_sku, a_person
from tests.receiving_world import a_delivery, arrived, counted, lying
from tests.world import a_warehouse, an_order, judged, stock_of
from toiya.core import papers
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound.models import BundleLine, CargoBundle, Difference, QualityCheck, Receipt
from toiya.domain.members.models import Seller, Staff
from toiya.domain.stock.models import Balance, BinStock
from toiya.domain.warehouses.models import Warehouse
from toiya.web.floor.tests.handheld import Handheld

pytestmark = pytest.mark.django_db


@pytest.fixture
def tote(seller: Seller) -> Sku:
    return a_coded_sku(seller, "TOTE", barcode="4901234567894")


@pytest.fixture
def bundle(seller: Seller, warehouse: Warehouse, tote: Sku) -> CargoBundle:
    """Three totes in one carton, on their way."""
    return a_delivery(seller, warehouse, {tote: 3})


@pytest.fixture
def counting(bundle: CargoBundle, picker: Staff) -> Handheld:
    """The carton was scanned; the pieces come next."""
    handheld = Handheld(picker)
    handheld.open(reverse("floor:receive"))
    handheld.scan(bundle.cartons.get().code)
    return handheld


def a_photo(name: str = "photo.jpg") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def came(sku: Sku) -> tuple[int, int]:
    line = BundleLine.objects.get(sku=sku)
    return line.received, line.damaged


def test_carton_then_pieces_and_the_last_one_told_says_done(counting: Handheld, tote: Sku) -> None:
    assert counting.url.startswith("/floor/receive/CB-")
    assert counting.step.startswith("count-")
    tones = []
    for scan in ("4901234567894", "TOTE", tote.code, "TOTE"):
        counting.scan(scan)
        tones.append(counting.tone)
    assert tones == ["ok", "ok", "done", "warn"]
    assert came(tote) == (4, 0)
    assert lying(tote) == {"DOCK-1": 4}
    assert Receipt.objects.filter(carton__isnull=False).count() == 4


def test_the_same_scan_sent_twice_counts_once_and_answers_twice(counting: Handheld, tote: Sku) -> None:
    step, scan_id = counting.step, str(uuid4())
    for _ in range(2):
        counting.scan("TOTE", scan_id, step)
        assert counting.tone == "ok"
    assert came(tote) == (1, 0)


def test_another_device_goes_on_where_a_battery_died(
    counting: Handheld, bundle: CargoBundle, warehouse: Warehouse, tote: Sku
) -> None:
    counting.scan("TOTE")
    other = Handheld(a_person(warehouse))
    page = other.open(reverse("floor:receive"))
    assert bundle.code in page
    other.scan(bundle.code)
    assert "1 / 3" in other.page
    other.scan("TOTE")
    assert came(tote) == (2, 0)


def test_one_scan_and_a_keyed_number_and_more_than_told_is_asked_about(counting: Handheld, tote: Sku) -> None:
    counting.scan("TOTE")
    carton = counting.step.split("-")[1]
    counting.send(ask="many", sku=str(tote.pk))
    assert counting.step == f"piece-{tote.pk}"
    counting.send(number="9", carton=carton)
    assert "More than told" in counting.page
    assert came(tote) == (1, 0)
    counting.send(number="9", carton=carton, sure="yes")
    assert came(tote) == (10, 0)
    assert counting.tone == "warn"


@pytest.mark.seed("L17")
def test_gs1_codes_bring_lot_and_last_day(counting: Handheld, tote: Sku) -> None:
    Sku.objects.filter(pk=tote.pk).update(tracks_lots=True, tracks_expiry=True)
    counting.scan("(01)04901234567894(10)A7(17)271231")
    counting.scan("]d2010490123456789410A7\x1d17271231")
    row = BinStock.objects.get(sku=tote)
    assert (row.lot, str(row.expires_on), row.quantity) == ("A7", "2027-12-31", 2)


def test_a_lot_is_asked_for_when_the_code_does_not_say_it(counting: Handheld, tote: Sku) -> None:
    Sku.objects.filter(pk=tote.pk).update(tracks_lots=True, tracks_expiry=True)
    counting.scan("TOTE")
    assert counting.step == f"lot-{tote.pk}"
    counting.send(number="2", lot="B1", day="99999999")
    assert counting.status == 409
    counting.send(step=f"lot-{tote.pk}", number="2", lot="B1", day="2027-12-31")
    assert (BinStock.objects.get(sku=tote).lot, came(tote)) == ("B1", (2, 0))


def test_a_damaged_piece_is_set_aside_with_its_photo(counting: Handheld, tote: Sku, bundle: CargoBundle) -> None:
    counting.send(ask="damaged")
    assert counting.step.startswith("damaged-")
    counting.scan("TOTE")
    assert counting.step == f"hurt-{tote.pk}"
    told = {"step": counting.step, "scan_id": str(uuid4()), "number": "1", "note": "torn", "photo": a_photo()}
    answer = counting.client.post(counting.url.split("?")[0], told)
    assert answer.status_code == 200
    receipt = Receipt.objects.get()
    assert (receipt.condition, receipt.note, came(tote)) == ("damaged", "torn", (0, 1))
    assert papers.kind_of(papers.cupboard().open(receipt.photo_key).read(16)) == papers.JPEG
    balance = Balance.objects.get(sku=tote)
    assert (balance.on_hand, balance.blocked, balance.available) == (1, 1, 0)


def test_a_file_that_is_no_picture_changes_nothing(counting: Handheld, tote: Sku) -> None:
    liar = SimpleUploadedFile("photo.jpg", b"<html>", "image/jpeg")
    told = {"step": f"hurt-{tote.pk}", "scan_id": str(uuid4()), "number": "1", "photo": liar}
    answer = counting.client.post(counting.url.split("?")[0], told)
    assert answer.status_code == 409
    assert not Receipt.objects.exists()


def test_an_unknown_barcode_becomes_an_unknown_thing(counting: Handheld) -> None:
    counting.scan("4900000000009")
    assert counting.step == "thing-0"
    counting.send(number="1", code="4900000000009", note="a blue cup")
    receipt = Receipt.objects.get()
    assert (receipt.sku, receipt.scanned, receipt.note) == (None, "4900000000009", "a blue cup")
    assert counting.step.startswith("count-")


@pytest.mark.seed("L16")
def test_the_check_list_comes_before_the_first_piece(counting: Handheld, tote: Sku, bundle: CargoBundle) -> None:
    CargoBundle.objects.filter(pk=bundle.pk).update(wants_quality_check=True)
    counting.scan("TOTE")
    assert counting.step == f"check-{tote.pk}"
    counting.send(**{"point-0": "right", "point-1": "right", "note": "smudged label"})
    check = QualityCheck.objects.get()
    assert (check.points, check.faults, check.note) == (["outside", "option", "label"], ["label"], "smudged label")
    counting.scan("TOTE")
    assert came(tote) == (1, 0)


def test_done_shows_what_differs_and_complete_ends_it(counting: Handheld, tote: Sku, bundle: CargoBundle) -> None:
    counting.scan("TOTE")
    counting.scan("CMD-DONE")
    assert "This differs from what was told" in counting.page
    counting.send(ask="complete")
    assert f"{bundle.code} is completed" in counting.page
    assert counting.tone == "done"
    assert list(Difference.objects.values_list("kind", "pieces")) == [("fewer", 2)]


def test_a_delivery_nobody_announced_is_begun_and_a_large_one_refused(picker: Staff, seller: Seller, tote: Sku) -> None:
    handheld = Handheld(picker)
    handheld.open(reverse("floor:receive"))
    handheld.send(ask="unannounced")
    handheld.send(seller=seller.code, cartons="9")
    assert handheld.status == 409
    handheld.send(seller=seller.code, cartons="1")
    handheld.scan("TOTE")
    assert came(tote) == (1, 0)
    assert CargoBundle.objects.get().is_announced is False


@pytest.mark.seed("A139")
@pytest.mark.parametrize("reason", ["freight_collect", "unannounced", "unidentified"])
def test_what_is_turned_away_is_written_down(picker: Staff, reason: str) -> None:
    handheld = Handheld(picker)
    handheld.open(reverse("floor:receive"))
    handheld.send(ask="away")
    handheld.send(reason=reason, seller="")
    assert "Turned away and written down" in handheld.page


def test_a_delivery_of_another_building_is_not_there(bundle: CargoBundle) -> None:
    stranger = Handheld(a_person(a_warehouse("KWG", "Kawaguchi")))
    stranger.open(reverse("floor:receive-delivery", args=[bundle.code]))
    assert stranger.status == 404


@pytest.fixture
def docked(bundle: CargoBundle, tote: Sku) -> Sku:
    """Three totes at the dock."""
    counted(arrived(bundle), tote, 3)
    return tote


@pytest.mark.seed("L18")
def test_a_piece_shows_its_bin_and_the_scanned_bin_books_it(
    picker: Staff, docked: Sku, warehouse: Warehouse, seller: Seller
) -> None:
    stock_of(a_coded_sku(seller, "TOTF"), warehouse, 1, bin_code="A01-01-1")  # a look-alike
    handheld = Handheld(picker)
    handheld.open(reverse("floor:put-away"))
    handheld.scan("TOTE")
    assert "A01-02-1" in handheld.page
    scan_id = str(uuid4())
    action = re.search(r'class="scan-box" method="post" action="([^"]+)"', handheld.page)
    assert action
    for _ in range(2):
        handheld.url = action.group(1)
        handheld.scan("BIN-A01-02-1", scan_id, "bin-1")
        assert handheld.tone in ("ok", "done")
    assert lying(docked) == {"A01-02-1": 3}


def test_another_bin_is_right_too_and_a_look_alike_there_warns(
    picker: Staff, docked: Sku, warehouse: Warehouse, seller: Seller
) -> None:
    stock_of(a_coded_sku(seller, "TOTF"), warehouse, 1, bin_code="A01-01-1")
    handheld = Handheld(picker)
    handheld.open(reverse("floor:put-away-goods", args=[BinStock.objects.get(sku=docked).pk]))
    handheld.scan("A01-01-1")
    assert handheld.tone == "warn"
    assert "Look-alike there" in handheld.page
    assert lying(docked) == {"A01-01-1": 3}


@pytest.mark.seed("L17")
def test_what_orders_wait_for_is_not_put_away(picker: Staff, docked: Sku, warehouse: Warehouse, seller: Seller) -> None:
    judged(an_order(seller, {"TOTE": 2}))
    handheld = Handheld(picker)
    page = handheld.open(reverse("floor:put-away"))
    assert "stay at the dock: orders take them from here" in page
    handheld.scan("TOTE")
    handheld.scan("A01-01-1")
    assert lying(docked) == {"A01-01-1": 1, "DOCK-1": 2}


def test_every_scan_of_a_count_costs_at_most_twenty_statements(counting: Handheld, tote: Sku) -> None:
    for scan in ("4901234567894", "4901234567894"):
        counting.scan(scan)
    assert len(counting.statements) <= 20, "\n\n".join(counting.statements)


def test_the_undo_card_takes_the_last_count_back_once_per_scan(counting: Handheld, tote: Sku) -> None:
    for _ in range(2):
        counting.scan("4901234567894")
    counting.scan("CMD-UNDO", scan_id="undo-card-1")
    counting.scan("CMD-UNDO", scan_id="undo-card-1")
    assert (came(tote), counting.tone) == ((1, 0), "warn")
    assert "Taken back: 1 × " in counting.page
    assert counting.step.startswith("count-")
    counting.scan("cmd-undo")
    counting.scan("CMD-UNDO")
    assert (counting.status, came(tote)) == (409, (0, 0))
