"""The office's page of cut-offs, closed days and peak days, over HTTP."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.test import Client

from tests.floor_world import a_person
from tests.world import a_warehouse
from toiya.domain.warehouses.models import ClosedDay, CutOff, PeakDay, Warehouse

pytestmark = pytest.mark.django_db
PLACE = "/office/cut-offs/"


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def desk(warehouse: Warehouse) -> Client:
    client = Client()
    client.force_login(a_person(warehouse, "floor_lead").user)
    return client


@pytest.mark.seed("L46")
def test_a_cut_off_of_a_channel_and_carrier_is_entered_and_removed(desk: Client) -> None:
    typed = {"channel": "qoo10", "carrier": "yamato", "local_time": "17:30", "weekdays": ["0", "4"]}
    assert desk.post(PLACE, typed).status_code == 302
    row = CutOff.objects.get(carrier="yamato")
    assert (row.channel, row.local_time, row.days) == ("qoo10", time(17, 30), {0, 4})
    page = desk.get(PLACE).content.decode()
    assert "17:30" in page
    assert "Monday, Friday" in page
    assert desk.post(f"{PLACE}{row.pk}/removal/").status_code == 302
    assert not CutOff.objects.filter(carrier="yamato").exists()


def test_what_is_wrong_is_said_and_nothing_changes(desk: Client) -> None:
    assert desk.post(PLACE, {"local_time": "25:00", "weekdays": ["0"]}).status_code == 422
    assert desk.post(PLACE, {"local_time": "9:00"}).status_code == 422
    wrong = {"local_time": "9:00", "weekdays": ["0"], "starts_on": "2099-01-02", "ends_on": "2099-01-01"}
    answer = desk.post(PLACE, wrong)
    assert (answer.status_code, "holds on no day" in answer.content.decode()) == (422, True)
    assert desk.post(f"{PLACE}closed/", {"day": "soon"}).status_code == 422
    assert desk.post(f"{PLACE}peaks/", {"peak_day": "2099-01-01", "extra_days": "0", "en": "x"}).status_code == 422
    assert desk.post(f"{PLACE}opening/", {"day": "2099-02-31"}).status_code == 404
    assert (CutOff.objects.count(), ClosedDay.objects.count(), PeakDay.objects.count()) == (2, 0, 0)


def test_days_are_closed_opened_and_announced(desk: Client, warehouse: Warehouse) -> None:
    desk.post(f"{PLACE}closed/", {"day": "2099-01-01", "name": "New Year"})
    desk.post(f"{PLACE}peaks/", {"peak_day": "2099-01-05", "extra_days": "2", "en": "Many orders.", "ja": "混雑"})
    desk.post(f"{PLACE}holidays/", {"closes": "1"})
    page = desk.get(PLACE).content.decode()
    assert [words in page for words in ("New Year", "2 days later", "Closed on Japan")] == [True] * 3
    assert (ClosedDay.objects.get().day, PeakDay.objects.get().words_ja) == (date(2099, 1, 1), "混雑")
    desk.post(f"{PLACE}opening/", {"day": "2099-01-01"})
    desk.post(f"{PLACE}peaks/removal/", {"day": "2099-01-05"})
    assert (ClosedDay.objects.count(), PeakDay.objects.count()) == (0, 0)


def test_a_picker_does_not_reach_it(warehouse: Warehouse) -> None:
    client = Client()
    client.force_login(a_person(warehouse).user)
    assert client.post(PLACE, {"local_time": "09:00", "weekdays": ["0"]}).status_code in {302, 403}
    assert CutOff.objects.count() == 2
