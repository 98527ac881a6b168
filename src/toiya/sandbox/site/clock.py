"""What time it is on the sales site, and how the site writes and reads time (Japan, whole seconds)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from toiya.sandbox.site.models import Clock

JAPAN = ZoneInfo("Asia/Tokyo")


def now() -> datetime:
    """Return the site's present moment in UTC, cut to the second."""
    clock = Clock.objects.first()
    if clock is None:
        return datetime.now(UTC).replace(microsecond=0)
    if clock.fixed_at is not None:
        return clock.fixed_at.replace(microsecond=0)
    return datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=clock.offset_seconds)


def today() -> date:
    """Return the site's present day in Japan."""
    return now().astimezone(JAPAN).date()


def set_time(moment: datetime, *, is_held: bool) -> None:
    """Move the clock to a moment; a held clock stays there, another runs on from it."""
    offset = int((moment - datetime.now(UTC)).total_seconds())
    Clock.objects.update_or_create(
        pk=1,
        defaults={"offset_seconds": offset, "fixed_at": moment if is_held else None},
    )


def advance(seconds: int) -> None:
    """Move the clock forward (or back, with a negative number), held or not."""
    clock, _ = Clock.objects.get_or_create(pk=1)
    clock.offset_seconds += seconds
    if clock.fixed_at is not None:
        clock.fixed_at += timedelta(seconds=seconds)
    clock.save()


def return_to_real_time() -> None:
    """Let the clock show real time again."""
    Clock.objects.all().delete()


def wire_time(moment: datetime | None) -> str:
    """Write a moment as QAPI does, ``2026-04-01 09:58:12`` in Japan; nothing becomes an empty string."""
    return "" if moment is None else moment.astimezone(JAPAN).strftime("%Y-%m-%d %H:%M:%S")


def wire_day(day: date | None) -> str:
    """Write a day as QAPI writes estimated dates, ``2026-04-04 00:00:00``; nothing becomes an empty text."""
    return "" if day is None else f"{day.isoformat()} 00:00:00"


def one_year_after(moment: datetime) -> datetime:
    """Return the same moment of the next year; 29 February becomes the 28th."""
    local = moment.astimezone(JAPAN)
    if (local.month, local.day) == (2, 29):
        local = local.replace(day=28)
    return local.replace(year=local.year + 1).astimezone(UTC)
