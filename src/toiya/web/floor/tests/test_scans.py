"""The door and the walk over HTTP: one field, one address, few statements, a scan that may come twice."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.floor_world import PIN, a_coded_sku, a_person, on_the_floor
from tests.world import stock_of
from toiya.domain.members.models import Seller, Staff
from toiya.domain.outbound.models import PickTask
from toiya.domain.warehouses.models import Warehouse
from toiya.web.floor.tests.handheld import Handheld

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_the_bin(seller: Seller, warehouse: Warehouse, picker: Staff) -> Handheld:
    """Three pieces of A wanted from A01-02-1, then one of B from A01-04-1; the totes are tied."""
    stock_of(a_coded_sku(seller, "A", barcode="4901234567894"), warehouse, 5, bin_code="A01-02-1")
    stock_of(a_coded_sku(seller, "B"), warehouse, 5, bin_code="A01-04-1")
    on_the_floor(seller, warehouse, {"A": 3, "B": 1})
    handheld = Handheld(picker)
    handheld.open(reverse("floor:jobs"))
    code = re.search(r'value="(PL-[^"]+)"', handheld.page)
    assert code
    handheld.scan(code.group(1))
    handheld.scan("T-001")
    return handheld


def test_a_stranger_is_sent_to_the_badge_and_comes_back(picker: Staff) -> None:
    client = Client()
    answer = client.get(reverse("floor:station"))
    assert answer["Location"].startswith(reverse("floor:sign-in"))
    told = {"badge": picker.badge, "pin": PIN, "next": reverse("floor:station")}
    assert client.post(reverse("floor:sign-in"), told)["Location"] == reverse("floor:station")


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/floor/", "/office/"])
def test_the_door_leads_nowhere_else(picker: Staff, address: str) -> None:
    told = {"badge": picker.badge, "pin": PIN, "next": address}
    assert Client().post(reverse("floor:sign-in"), told)["Location"] == reverse("floor:start")


def test_a_wrong_pin_and_an_unknown_badge_look_the_same(picker: Staff) -> None:
    client = Client()
    pages = [
        client.post(reverse("floor:sign-in"), {"badge": badge, "pin": "0000"}).content.decode()
        for badge in (picker.badge, "BADGE-NONE", "BADGE\x00")
    ]
    told = [re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", page) for page in pages]
    assert told[0] == told[1] == told[2]
    assert 'data-tone="stop"' in told[0]
    assert client.get(reverse("floor:jobs")).status_code == 302


def test_a_badge_opens_the_floor_and_not_the_office(warehouse: Warehouse) -> None:
    handheld = Handheld(a_person(warehouse, "floor_lead"))
    assert handheld.client.get(reverse("floor:jobs")).status_code == 200
    assert handheld.client.get(reverse("office:today"))["Location"].startswith("/sign-in/")


def test_bin_and_piece_are_two_scans_and_the_next_bin_shows(at_the_bin: Handheld) -> None:
    assert at_the_bin.step.startswith("bin-")
    at_the_bin.scan("A01-02-1")
    assert (at_the_bin.tone, at_the_bin.step[:4]) == ("ok", "sku-")
    for tone in ("ok", "ok", "done"):
        at_the_bin.scan("4901234567894")
        assert at_the_bin.tone == tone
    assert "A01-04-1" in at_the_bin.page
    assert at_the_bin.step.startswith("bin-")


def test_a_wrong_scan_stops_and_the_right_one_goes_on_at_once(at_the_bin: Handheld) -> None:
    page = at_the_bin.scan("A01-03-1")
    assert (at_the_bin.status, at_the_bin.tone) == (409, "stop")
    assert "A01-03-1" in page
    assert "A01-02-1" in page
    at_the_bin.scan("A01-02-1")
    assert (at_the_bin.status, at_the_bin.tone) == (200, "ok")


def test_the_same_scan_sent_twice_answers_twice_and_counts_once(at_the_bin: Handheld) -> None:
    at_the_bin.scan("A01-02-1")
    step, scan_id = at_the_bin.step, str(uuid4())
    pages = [at_the_bin.scan("A", scan_id, step) for _ in range(2)]
    assert [re.search(r'data-tone="(\w*)"', page).group(1) for page in pages] == ["ok", "ok"]  # type: ignore[union-attr]
    assert PickTask.objects.get(pk=int(step[4:])).picked == 1


def test_a_screen_left_behind_changes_nothing_and_says_so(at_the_bin: Handheld) -> None:
    old = at_the_bin.step
    at_the_bin.scan("A01-02-1")
    for _ in range(3):
        at_the_bin.scan("A")
    at_the_bin.scan("A01-02-1", step=old)
    assert at_the_bin.tone == "warn"
    assert "A01-04-1" in at_the_bin.page


def test_short_asks_how_many_and_takes_the_number(at_the_bin: Handheld) -> None:
    at_the_bin.scan("A01-02-1")
    at_the_bin.send(ask="short")
    assert "How many are there?" in at_the_bin.page
    at_the_bin.send(number="1")
    assert "waits" in at_the_bin.page
    assert at_the_bin.tone == "call"


def test_a_command_card_asks_the_same(at_the_bin: Handheld) -> None:
    at_the_bin.scan("A01-02-1")
    at_the_bin.scan("CMD-SHORT")
    assert "How many are there?" in at_the_bin.page


def test_the_rest_of_a_stop_may_be_keyed_after_one_scan(at_the_bin: Handheld) -> None:
    at_the_bin.scan("A01-02-1")
    at_the_bin.scan("A")
    at_the_bin.send(ask="count")
    at_the_bin.send(number="２")
    assert at_the_bin.tone == "done"


@pytest.mark.parametrize("scan", ["", "\x00\x00", "x" * 5000, "'; DROP TABLE", "]C1", "💥"])
def test_a_malformed_scan_is_one_clear_message(at_the_bin: Handheld, scan: str) -> None:
    for _ in range(2):
        at_the_bin.scan(scan)
        assert at_the_bin.status == 409
        assert at_the_bin.tone == "stop"


@pytest.mark.parametrize("fields", [{"step": "sku-999999"}, {"step": "nonsense"}, {"step": "bin-1' --"}])
def test_a_malformed_step_breaks_nothing(at_the_bin: Handheld, fields: dict[str, str]) -> None:
    at_the_bin.scan("A01-02-1", **fields)
    assert at_the_bin.status in (200, 404)
    assert not PickTask.objects.filter(is_bin_confirmed=True).exists()


def test_symbology_marks_and_full_width_signs_are_understood(at_the_bin: Handheld) -> None:
    at_the_bin.scan("]C1Ａ01-02-1")
    at_the_bin.scan("]E04901234567894")
    assert at_the_bin.tone == "ok"


def test_every_scan_of_a_walk_costs_at_most_eight_statements(at_the_bin: Handheld) -> None:
    for scan in ("A01-02-1", "A", "A", "A", "A01-04-1", "B"):
        at_the_bin.scan(scan)
        assert len(at_the_bin.statements) <= 8, f"{scan}\n" + "\n\n".join(at_the_bin.statements)
    assert "All picked" in at_the_bin.page


def test_a_step_weighs_less_than_twelve_kilobytes(at_the_bin: Handheld) -> None:
    at_the_bin.scan("A01-02-1")
    assert len(at_the_bin.page.encode()) < 12_000


def test_nobody_opens_the_walk_of_another(at_the_bin: Handheld, warehouse: Warehouse) -> None:
    other = Handheld(a_person(warehouse))
    other.open(at_the_bin.url)
    assert other.status == 409
