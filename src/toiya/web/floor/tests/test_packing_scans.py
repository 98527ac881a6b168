"""The packing station and the truck over HTTP."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from tests.floor_world import PIN, a_coded_sku, a_person, labelled, on_the_floor, packed, walked
from tests.packing_world import a_lotted_sku
from tests.world import a_seller, a_warehouse, held, money_in, stock_of
from toiya.core.models import EventRow
from toiya.domain.carriers.models import Service
from toiya.domain.members.models import Seller, Staff
from toiya.domain.outbound.models import Content, Parcel, SerialNumber, Slot
from toiya.domain.warehouses.models import Warehouse
from toiya.web.floor.tests.handheld import Handheld

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_the_table(seller: Seller, warehouse: Warehouse, picker: Staff, service: Service) -> Handheld:
    """A picked tote with two pieces of A and one of B was scanned at the packing station."""
    stock_of(a_coded_sku(seller, "A"), warehouse, 5, bin_code="A01-02-1")
    stock_of(a_coded_sku(seller, "B"), warehouse, 5, bin_code="A01-04-1")
    release, _ = on_the_floor(seller, warehouse, {"A": 2, "B": 1})
    walked(release.pick_lists[0].code, picker)
    handheld = Handheld(picker)
    handheld.open(reverse("floor:station"))
    handheld.scan("T-001")
    return handheld


def test_every_piece_then_the_weight_then_the_label(at_the_table: Handheld) -> None:
    for scan, tone in (("A", "ok"), ("B", "ok"), ("A", "done")):
        at_the_table.scan(scan)
        assert at_the_table.tone == tone
    assert "Nekopos" in at_the_table.page
    at_the_table.scan("0.93 KG")
    assert "The label is being made" in at_the_table.page
    parcel = labelled(Parcel.objects.get())
    at_the_table.open(at_the_table.url)
    assert parcel.label is not None
    assert parcel.label.tracking_number in at_the_table.page
    at_the_table.scan("4999999999999")
    assert at_the_table.status == 409
    at_the_table.scan(parcel.label.tracking_number)
    assert "goes to the truck" in at_the_table.page


def test_packing_scans_cost_at_most_eight_statements(at_the_table: Handheld) -> None:
    for scan in ("A", "B", "A"):
        at_the_table.scan(scan)
        assert len(at_the_table.statements) <= 8, f"{scan}\n" + "\n\n".join(at_the_table.statements)


def test_a_piece_sent_twice_is_packed_once(at_the_table: Handheld) -> None:
    scan_id = str(uuid4())
    step = at_the_table.step
    for _ in range(2):
        at_the_table.scan("A", scan_id, step)
    assert Content.objects.get().quantity == 1


def test_a_weight_sent_again_after_the_label_came_is_no_wrong_label(at_the_table: Handheld) -> None:
    for scan in ("A", "B", "A"):
        at_the_table.scan(scan)
    scan_id, step = str(uuid4()), at_the_table.step
    at_the_table.scan("930 g", scan_id, step)
    labelled(Parcel.objects.get())

    at_the_table.scan("930 g", scan_id, step)

    assert at_the_table.status == 200
    assert "Stick the label on, then scan it" in at_the_table.page


def test_a_weight_that_does_not_fit_is_accepted_by_a_lead_only(at_the_table: Handheld, warehouse: Warehouse) -> None:
    for scan in ("A", "B", "A"):
        at_the_table.scan(scan)
    at_the_table.scan("300")
    assert "The weight does not fit" in at_the_table.page
    picker, lead = a_person(warehouse), a_person(warehouse, "floor_lead")
    for badge, pin in (("", ""), (picker.badge, PIN), (lead.badge, "0000")):
        at_the_table.send(number="300", reason="packaging", badge=badge, pin=pin)
        assert "Only a lead may accept this weight" in at_the_table.page
    at_the_table.send(number="300", reason="packaging", badge=lead.badge.lower(), pin=PIN)
    assert "The label is being made" in at_the_table.page
    told = EventRow.objects.get(name="parcel.weight_accepted")
    assert (told.data["lead"], told.data["measured_g"]) == (lead.user.name, 300)
    assert Slot.objects.get().is_closed


def test_a_barcode_is_no_weight(at_the_table: Handheld) -> None:
    for scan in ("A", "B", "A", "4901234567894"):
        at_the_table.scan(scan)
    assert at_the_table.status == 409
    assert Parcel.objects.get().status == Parcel.Status.OPEN


def test_a_parcel_that_waits_for_money_says_so(warehouse: Warehouse, picker: Staff, service: Service) -> None:
    poor = a_seller("Kumo")
    money_in(poor, 100)
    stock_of(a_coded_sku(poor, "A"), warehouse, 1)
    release, _ = on_the_floor(poor, warehouse, {"A": 1})
    walked(release.pick_lists[0].code, picker)
    parcel = labelled(packed("T-001", picker, service))
    handheld = Handheld(picker)
    handheld.open(reverse("floor:parcel", args=[parcel.code]))
    assert "wallet is too low: JPY\N{NO-BREAK SPACE}285 are missing" in handheld.page


def test_a_parcel_is_scanned_onto_the_truck(
    seller: Seller, warehouse: Warehouse, picker: Staff, service: Service
) -> None:
    stock_of(a_coded_sku(seller, "A"), warehouse, 2)
    release, _ = on_the_floor(seller, warehouse, {"A": 1}, {"A": 1})
    walked(release.pick_lists[0].code, picker)
    first, second = (labelled(packed(tote, picker, service)) for tote in ("T-001", "T-002"))
    handheld = Handheld(picker)
    handheld.open(reverse("floor:ship"))
    handheld.scan("NONSENSE")
    assert handheld.status == 409
    handheld.scan(first.code)
    assert (handheld.tone, "1 <small>left" in handheld.page) == ("ok", True)
    handheld.scan(first.code)
    assert handheld.tone == "warn"
    handheld.scan(second.label.tracking_number if second.label else "")
    assert handheld.tone == "done"
    assert set(Parcel.objects.values_list("status", flat=True)) == {Parcel.Status.SHIPPED}


def test_a_held_order_stays_and_the_screen_says_why_in_words(
    seller: Seller, warehouse: Warehouse, picker: Staff, service: Service
) -> None:
    stock_of(a_coded_sku(seller, "A"), warehouse, 1)
    release, _ = on_the_floor(seller, warehouse, {"A": 1})
    walked(release.pick_lists[0].code, picker)
    parcel = labelled(packed("T-001", picker, service))
    held(parcel.order, "cancel_asked")
    handheld = Handheld(picker)
    handheld.open(reverse("floor:ship"))

    handheld.scan(parcel.code)

    assert handheld.status == 409
    assert "is on hold (Stop asked)" in handheld.page
    assert Parcel.objects.get().status == Parcel.Status.LABELLED


def test_the_label_is_a_pdf_for_those_of_the_building(at_the_table: Handheld, picker: Staff, service: Service) -> None:
    parcel = labelled(packed("T-001", picker, service))
    answer = at_the_table.client.get(reverse("floor:label", args=[parcel.code]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    stranger = Handheld(a_person(a_warehouse("OSK", "Osaka")))
    assert stranger.client.get(reverse("floor:label", args=[parcel.code])).status_code == 404


def test_a_piece_with_a_serial_number_asks_for_it_before_the_next(
    seller: Seller, warehouse: Warehouse, picker: Staff, service: Service
) -> None:
    a_lotted_sku(seller, warehouse, "CLOCK", {"L1": 2}, tracks_serials=True)
    release, (order,) = on_the_floor(seller, warehouse, {"CLOCK": 2})
    walked(release.pick_lists[0].code, picker)
    handheld = Handheld(picker)
    handheld.open(reverse("floor:station"))
    handheld.scan("T-001")
    handheld.scan("CLOCK")
    assert "Scan the serial number on this piece" in handheld.page
    handheld.scan("CLOCK")
    assert handheld.status == 409
    handheld.open(handheld.url)
    handheld.scan("SN-1")
    handheld.scan("CLOCK")
    handheld.scan("SN-2")
    assert "Close the box and weigh it" in handheld.page
    assert len(handheld.statements) <= 14, "\n\n".join(handheld.statements)
    handheld.scan("620 g")
    assert "The label is being made" in handheld.page
    assert (Parcel.objects.get().service, order.code) == (service, Parcel.objects.get().order.code)
    assert list(SerialNumber.objects.order_by("pk").values_list("number", flat=True)) == ["SN-1", "SN-2"]
