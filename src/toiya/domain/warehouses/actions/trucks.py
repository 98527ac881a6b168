"""When trucks leave, as data that the office changes: cut-offs, closed days, holidays and peak days."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.warehouses.events import (
    CutOffRemoved,
    CutOffSet,
    DayClosed,
    DayOpened,
    HolidaysSet,
    PeakAnnounced,
    PeakDropped,
)
from toiya.domain.warehouses.models import ClosedDay, CutOff, PeakDay, Warehouse
from toiya.domain.warehouses.rules import EVERY_DAY

MOST_EXTRA_DAYS = 30
MOST_DAYS_CLOSED = 60


class CutOffNever(Refusal):
    """A cut-off that holds on no day."""

    code = "cut_off_never"
    message = gettext_lazy("This cut-off holds on no day. Choose weekdays, and an end that is not before its start.")


class UsualCutOff(Refusal):
    """The cut-off of all channels and carriers is what the others fall back to."""

    code = "usual_cut_off"
    message = gettext_lazy("This cut-off is for everything that has none of its own. Change its time instead.")


class PeakOutOfRange(Refusal):
    """A delay that nobody can announce."""

    code = "peak_out_of_range"
    message = gettext_lazy("%(days)s days cannot be announced. Enter a number from 1 to %(most)s.")


class TooManyClosed(Refusal):
    """So many closed days leave no truck to promise."""

    code = "too_many_closed"
    message = gettext_lazy("%(most)s coming days are closed already. Open one of them first.")


@dataclass(frozen=True, slots=True)
class CutOffFacts:
    """A cut-off: '' is every channel or carrier; Monday is 0; no days: for good."""

    channel: str
    carrier: str
    local_time: time
    weekdays: Set[int] = EVERY_DAY
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class PeakFacts:
    """A peak day and what is said of it, by language (en, ja, zh, ko)."""

    day: date
    extra_days: int
    words: dict[str, str]


def _building(warehouse_id: int) -> Warehouse:
    found: Warehouse | None = Warehouse.objects.select_for_update(no_key=True).filter(pk=warehouse_id).first()
    if found is None:
        raise NotFound(kind=gettext_lazy("warehouse"), code=str(warehouse_id))
    return found


@transaction.atomic
def set_cut_off(*, warehouse_id: int, facts: CutOffFacts, actor: Actor, at: datetime) -> None:
    """
    Put a cut-off in force, in place of the one for the same channel, carrier and first day.

    Orders that are promised already keep their truck.

    :raises NotFound: :raises CutOffNever:
    """
    warehouse = _building(warehouse_id)
    ends_early = facts.starts_on is not None and facts.ends_on is not None and facts.ends_on < facts.starts_on
    if ends_early or not facts.weekdays & EVERY_DAY:
        raise CutOffNever()

    told = {
        "local_time": facts.local_time,
        "weekdays": sum(1 << day for day in facts.weekdays & EVERY_DAY),
        "ends_on": facts.ends_on,
    }
    CutOff.objects.update_or_create(
        warehouse=warehouse,
        channel=facts.channel,
        carrier=facts.carrier,
        starts_on=facts.starts_on,
        defaults=told,
    )

    done = CutOffSet(seller_id=None, subject=warehouse.code, **_named(facts.channel, facts.carrier, facts.local_time))
    events.record(done, actor=actor, at=at)


@transaction.atomic
def remove_cut_off(*, warehouse_id: int, cut_off_id: int, actor: Actor, at: datetime) -> None:
    """
    The cut-off holds no longer; gone already is as good.

    :raises NotFound: :raises UsualCutOff:
    """
    warehouse = _building(warehouse_id)
    row = CutOff.objects.filter(warehouse=warehouse, pk=cut_off_id).first()
    if row is None:
        return
    if not row.channel and not row.carrier and row.starts_on is None:
        raise UsualCutOff()

    row.delete()

    gone = CutOffRemoved(seller_id=None, subject=warehouse.code, **_named(row.channel, row.carrier, row.local_time))
    events.record(gone, actor=actor, at=at)


def _named(channel: str, carrier: str, local_time: time) -> dict[str, str]:
    return {"channel": channel, "carrier": carrier, "local_time": f"{local_time:%H:%M}"}


@transaction.atomic
def close_day(*, warehouse_id: int, day: date, name: str, actor: Actor, at: datetime) -> None:
    """
    Nothing ships on that day; said again it changes the name.

    :raises NotFound: :raises TooManyClosed:
    """
    warehouse = _building(warehouse_id)
    coming = ClosedDay.objects.filter(warehouse=warehouse, day__gte=at.date() - timedelta(days=1))
    if coming.exclude(day=day).count() >= MOST_DAYS_CLOSED:
        raise TooManyClosed(most=MOST_DAYS_CLOSED)

    told = {"name": texts.plain(name, most=60, may_have_lines=False) if name.strip() else ""}
    ClosedDay.objects.update_or_create(warehouse=warehouse, day=day, defaults=told)

    events.record(DayClosed(seller_id=None, subject=warehouse.code, day=day.isoformat()), actor=actor, at=at)


@transaction.atomic
def open_day(*, warehouse_id: int, day: date, actor: Actor, at: datetime) -> None:
    """The day ships as usual; open already is as good. :raises NotFound:"""
    warehouse = _building(warehouse_id)
    deleted, _ = ClosedDay.objects.filter(warehouse=warehouse, day=day).delete()
    if deleted:
        events.record(DayOpened(seller_id=None, subject=warehouse.code, day=day.isoformat()), actor=actor, at=at)


@transaction.atomic
def set_holidays(*, warehouse_id: int, closes: bool, actor: Actor, at: datetime) -> None:
    """Whether the warehouse is closed on Japan's public holidays. :raises NotFound:"""
    warehouse = _building(warehouse_id)
    if warehouse.closes_on_holidays == closes:
        return

    warehouse.closes_on_holidays = closes
    warehouse.save(update_fields=["closes_on_holidays"])

    events.record(HolidaysSet(seller_id=None, subject=warehouse.code, closes=int(closes)), actor=actor, at=at)


@transaction.atomic
def announce_peak(*, warehouse_id: int, facts: PeakFacts, actor: Actor, at: datetime) -> None:
    """
    What is due on that day is promised so many days later, and sellers are told so (A058).

    :raises NotFound: :raises PeakOutOfRange: :raises NothingWritten: there are no English words
    """
    warehouse = _building(warehouse_id)
    if not 1 <= facts.extra_days <= MOST_EXTRA_DAYS:
        raise PeakOutOfRange(days=facts.extra_days, most=MOST_EXTRA_DAYS)
    others = {f"words_{tongue}": words for tongue, words in facts.words.items() if words.strip() and tongue != "en"}
    words = {"words_en": facts.words.get("en", ""), **others}
    told = {name: texts.plain(text, most=200, may_have_lines=False) for name, text in words.items()}

    PeakDay.objects.update_or_create(
        warehouse=warehouse, day=facts.day, defaults={"extra_days": facts.extra_days, **told}
    )

    day = facts.day.isoformat()
    done = PeakAnnounced(seller_id=None, subject=warehouse.code, day=day, extra_days=facts.extra_days)
    events.record(done, actor=actor, at=at)


@transaction.atomic
def drop_peak(*, warehouse_id: int, day: date, actor: Actor, at: datetime) -> None:
    """The day is an ordinary one; so already is as good. :raises NotFound:"""
    warehouse = _building(warehouse_id)
    deleted, _ = PeakDay.objects.filter(warehouse=warehouse, day=day).delete()
    if deleted:
        events.record(PeakDropped(seller_id=None, subject=warehouse.code, day=day.isoformat()), actor=actor, at=at)
