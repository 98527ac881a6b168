"""When trucks leave, and on which days none does."""

from __future__ import annotations

from django.db import models

from toiya.domain.warehouses.models.places import Warehouse


class CutOff(models.Model):
    """Latest local time at which a channel's order still ships today; channel '' is all others (A055, A170)."""

    warehouse = models.ForeignKey(Warehouse, on_delete=models.CASCADE, related_name="cut_offs", db_index=False)
    channel = models.CharField(max_length=20, blank=True)
    local_time = models.TimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["warehouse", "channel"], name="one_cut_off_per_channel")]

    def __str__(self) -> str:
        return f"{self.channel or '*'} {self.local_time:%H:%M}"


class ClosedDay(models.Model):
    """A day on which the warehouse ships nothing."""

    warehouse = models.ForeignKey(Warehouse, on_delete=models.CASCADE, related_name="closed_days", db_index=False)
    day = models.DateField()
    name = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["warehouse", "day"], name="closed_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
