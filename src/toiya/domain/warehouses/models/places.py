"""Buildings and their bins."""

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
    closes_on_holidays = models.BooleanField(default=False, db_default=False)  # Japan's public holidays

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
    aisle = models.PositiveSmallIntegerField(null=True)  # counted from the packing tables; None: nobody said
    bay = models.PositiveSmallIntegerField(null=True)  # from the front of the aisle
    level = models.PositiveSmallIntegerField(null=True)  # from the ground
    is_reserve = models.BooleanField(default=False, db_default=False)  # picks go to other bins first

    objects = LockableRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["warehouse", "code"], name="one_bin_per_code")]

    def __str__(self) -> str:
        return self.code


class PalletPlace(models.Model):
    """
    From a day of the warehouse on a bin holds a whole pallet, or no longer does; nobody said: it does not.

    Never edited: what is said later counts from its own day on, so that storage of days that are over stays as it was.
    Of several of one day the newest counts.
    """

    bin = models.ForeignKey(Bin, on_delete=models.PROTECT, related_name="pallet_places")
    from_on = models.DateField()
    is_pallet = models.BooleanField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"{self.bin_id} {'holds a pallet' if self.is_pallet else 'holds no pallet'} from {self.from_on}"
