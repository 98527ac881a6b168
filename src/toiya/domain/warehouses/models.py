"""Buildings, their bins, and when their trucks leave."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import LockableRows


class Warehouse(models.Model):
    """One building (branch). Local time exists only through its time zone."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100)
    time_zone = models.CharField(max_length=40, default="Asia/Tokyo")
    postal_code = models.CharField(max_length=10)
    address = models.CharField(max_length=200)
    phone = models.CharField(max_length=20)
    branch_code = models.CharField(max_length=10, blank=True, default="")  # 0000011520 in files (A117)
    address_en = models.CharField(max_length=200, blank=True, default="")
    receiving_phone = models.CharField(max_length=20, blank=True, default="")
    receiving_email = models.EmailField(blank=True, default="")

    def __str__(self) -> str:
        return self.name


class Bin(models.Model):
    """
    The smallest addressed place. Totes and the place for packed parcels are bins too, so goods are always somewhere.

    Its code is printed with the prefix BIN-, or TOTE- for totes.
    """

    class Kind(models.TextChoices):
        STORAGE = "storage", _("storage")
        TOTE = "tote", _("tote")
        STAGING = "staging", _("packed parcels")
        PROBLEM = "problem", _("problem goods")
        DOCK = "dock", _("received, not yet put away")
        QUARANTINE = "quarantine", _("quarantine")
        DAMAGED = "damaged", _("damaged goods")

    BLOCKED = (Kind.QUARANTINE, Kind.DAMAGED)  # what lies there is on hand and cannot be promised

    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, related_name="bins", db_index=False)
    code = models.CharField(max_length=30)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.STORAGE)
    zone = models.CharField(max_length=10, blank=True)
    walk_order = models.PositiveIntegerField(default=0)
    holds_pieces = models.PositiveIntegerField(null=True)  # how many pieces fit; None: nobody said

    objects = LockableRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["warehouse", "code"], name="one_bin_per_code")]

    def __str__(self) -> str:
        return self.code


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


class ReceivingRules(models.Model):
    """
    What one warehouse takes in, judged when a seller asks (A136-A139, L15); None means no limit.

    A delivery of more than `large_pieces`, or with a side or weight past the oversize limits, needs a booked dock slot.
    """

    warehouse = models.OneToOneField(
        Warehouse, on_delete=models.CASCADE, primary_key=True, related_name="receiving_rules"
    )
    most_pieces_a_request = models.PositiveIntegerField(null=True)
    most_pieces_a_bundle = models.PositiveIntegerField(null=True)
    most_kinds_a_carton = models.PositiveIntegerField(null=True)
    most_open_pieces = models.PositiveIntegerField(null=True)  # of one seller, asked for and not received yet
    large_pieces = models.PositiveIntegerField(null=True)
    oversize_mm = models.PositiveIntegerField(null=True)
    oversize_g = models.PositiveIntegerField(null=True)
    takes_freight_collect = models.BooleanField(default=False)
    needs_carton_list = models.BooleanField(default=True)  # kinds packed apart: which kind is in which carton
    needs_approval = models.BooleanField(default=True)
    most_unannounced_cartons = models.PositiveIntegerField(default=5)  # more than so many are turned away (A139)

    def __str__(self) -> str:
        return f"what {self.warehouse_id} takes in"
