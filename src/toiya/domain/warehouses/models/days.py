"""When trucks leave, and on which days none does."""

from __future__ import annotations

from collections.abc import Set

from django.db import models

from toiya.domain.warehouses.models.places import Warehouse

WHOLE_WEEK = 127


class CutOff(models.Model):
    """
    Latest local time at which a channel's order still ships today; channel and carrier '' are all (A055, A170, L46).

    `weekdays` has one bit per weekday, Monday the lowest; without days it holds for good.
    """

    warehouse = models.ForeignKey(Warehouse, on_delete=models.CASCADE, related_name="cut_offs", db_index=False)
    channel = models.CharField(max_length=20, blank=True)
    carrier = models.CharField(max_length=20, blank=True, default="", db_default="")
    local_time = models.TimeField()
    weekdays = models.PositiveSmallIntegerField(default=WHOLE_WEEK, db_default=WHOLE_WEEK)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["warehouse", "channel", "carrier", "starts_on"],
                name="one_cut_off_per_channel",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=models.Q(weekdays__range=(1, WHOLE_WEEK)), name="cut_off_on_some_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.channel or '*'} {self.carrier or '*'} {self.local_time:%H:%M}"

    @property
    def days(self) -> Set[int]:
        """Its weekdays, Monday is 0."""
        return frozenset(day for day in range(7) if self.weekdays >> day & 1)

    @property
    def is_plain(self) -> bool:
        """Whether it says no more than a channel's time."""
        return not self.carrier and self.weekdays == WHOLE_WEEK and self.starts_on is None and self.ends_on is None


class ClosedDay(models.Model):
    """A day on which the warehouse ships nothing."""

    warehouse = models.ForeignKey(Warehouse, on_delete=models.CASCADE, related_name="closed_days", db_index=False)
    day = models.DateField()
    name = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["warehouse", "day"], name="closed_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class PeakDay(models.Model):
    """
    A day whose trucks are known to be too few: what is due on it is promised `extra_days` later (A058).

    Announced to sellers in their own language; English stands for a language without words.
    """

    warehouse = models.ForeignKey(Warehouse, on_delete=models.CASCADE, related_name="peak_days", db_index=False)
    day = models.DateField()
    extra_days = models.PositiveSmallIntegerField()
    words_en = models.CharField(max_length=200)
    words_ja = models.CharField(max_length=200, blank=True, default="")
    words_zh = models.CharField(max_length=200, blank=True, default="")
    words_ko = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["warehouse", "day"], name="one_peak_per_day"),
            models.CheckConstraint(condition=models.Q(extra_days__range=(1, 30)), name="peak_of_some_days"),
        ]

    def __str__(self) -> str:
        return f"{self.day} + {self.extra_days}"

    def words(self, language: str) -> str:
        """What is said to a reader of that language."""
        return {"ja": self.words_ja, "zh": self.words_zh, "ko": self.words_ko}.get(language[:2], "") or self.words_en
