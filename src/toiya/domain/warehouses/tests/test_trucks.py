"""The office changes when trucks leave; what is refused changes nothing."""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.world import NOON, WORLD, a_warehouse
from toiya.core.models import EventRow
from toiya.domain.warehouses.actions.trucks import (
    CutOffFacts,
    CutOffNever,
    PeakFacts,
    PeakOutOfRange,
    TooManyClosed,
    UsualCutOff,
    announce_peak,
    close_day,
    drop_peak,
    open_day,
    remove_cut_off,
    set_cut_off,
    set_holidays,
)
from toiya.domain.warehouses.models import ClosedDay, CutOff, PeakDay, Warehouse
from toiya.domain.warehouses.queries import promise_calendar
from toiya.domain.warehouses.rules import next_cut_off

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 20)


def test_a_cut_off_is_entered_changed_and_removed() -> None:
    house = a_warehouse()
    for hour in (17, 18):
        facts = CutOffFacts("qoo10", "yamato", time(hour), frozenset({4}))
        set_cut_off(warehouse_id=house.pk, facts=facts, actor=WORLD, at=NOON)
    row = CutOff.objects.get(carrier="yamato")
    assert (row.local_time, row.days, row.is_plain) == (time(18), {4}, False)
    calendar = promise_calendar(house)
    assert next_cut_off(calendar, "qoo10", NOON, "yamato").isoformat() == "2026-11-20T09:00:00+00:00"
    for _twice in range(2):
        remove_cut_off(warehouse_id=house.pk, cut_off_id=row.pk, actor=WORLD, at=NOON)
    told = list(EventRow.objects.filter(subject=house.code).order_by("id").values_list("name", flat=True))
    assert told == ["warehouse.cut_off_set", "warehouse.cut_off_set", "warehouse.cut_off_removed"]


def test_the_usual_cut_off_stays_and_one_that_never_holds_is_refused() -> None:
    house = a_warehouse()
    usual = CutOff.objects.get(warehouse=house, channel="")
    with pytest.raises(UsualCutOff):
        remove_cut_off(warehouse_id=house.pk, cut_off_id=usual.pk, actor=WORLD, at=NOON)
    for facts in (
        CutOffFacts("", "", time(9), frozenset()),
        CutOffFacts("", "", time(9), starts_on=FRIDAY, ends_on=date(2026, 11, 19)),
    ):
        with pytest.raises(CutOffNever):
            set_cut_off(warehouse_id=house.pk, facts=facts, actor=WORLD, at=NOON)
    assert CutOff.objects.filter(warehouse=house).count() == 2


def test_days_are_closed_and_opened_and_holidays_close() -> None:
    house = a_warehouse()
    close_day(warehouse_id=house.pk, day=FRIDAY, name="", actor=WORLD, at=NOON)
    close_day(warehouse_id=house.pk, day=FRIDAY, name="Stock-taking", actor=WORLD, at=NOON)
    assert promise_calendar(house).time_on(FRIDAY, "qoo10") is None
    open_day(warehouse_id=house.pk, day=FRIDAY, actor=WORLD, at=NOON)
    assert promise_calendar(house).time_on(FRIDAY, "qoo10") == time(16)
    assert promise_calendar(house).time_on(date(2026, 11, 23), "qoo10") == time(16)
    set_holidays(warehouse_id=house.pk, closes=True, actor=WORLD, at=NOON)
    assert promise_calendar(Warehouse.objects.get()).time_on(date(2026, 11, 23), "qoo10") is None


def test_no_more_than_sixty_coming_days_are_closed() -> None:
    house = a_warehouse()
    days = [date(2026, 12, 1).toordinal() + number for number in range(60)]
    ClosedDay.objects.bulk_create([ClosedDay(warehouse=house, day=date.fromordinal(day)) for day in days])
    with pytest.raises(TooManyClosed):
        close_day(warehouse_id=house.pk, day=FRIDAY, name="", actor=WORLD, at=NOON)
    assert ClosedDay.objects.count() == 60


@pytest.mark.seed("A058")
def test_a_peak_day_is_announced_in_four_languages_and_dropped() -> None:
    house = a_warehouse()
    words = {"en": "Many orders: two days later.", "ja": "混雑のため2日遅れます。", "zh": "", "ko": "이틀 늦습니다."}
    announce_peak(warehouse_id=house.pk, facts=PeakFacts(FRIDAY, 2, words), actor=WORLD, at=NOON)
    peak = PeakDay.objects.get()
    assert [peak.words(language) for language in ("ja", "zh-hans", "ko", "en")] == [
        words["ja"],
        words["en"],
        words["ko"],
        words["en"],
    ]
    assert promise_calendar(house).peaks == {FRIDAY: 2}
    with pytest.raises(PeakOutOfRange):
        announce_peak(warehouse_id=house.pk, facts=PeakFacts(FRIDAY, 31, words), actor=WORLD, at=NOON)
    assert PeakDay.objects.get().extra_days == 2
    drop_peak(warehouse_id=house.pk, day=FRIDAY, actor=WORLD, at=NOON)
    assert promise_calendar(house).peaks == {}
