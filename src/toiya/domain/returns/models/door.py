"""The returns door: where returns are sent, and parcels that were refused or that nobody could place."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from toiya.core.rows import LockableRows, OwnedRows
from toiya.core.states import WithStates
from toiya.domain.members.models import Seller
from toiya.domain.returns.models.returns import Return
from toiya.domain.warehouses.models import Warehouse


class ReturnsAddress(models.Model):
    """Where buyers send things back to: another entrance and telephone than deliveries have (A193)."""

    warehouse = models.OneToOneField(
        Warehouse, on_delete=models.CASCADE, primary_key=True, related_name="returns_address"
    )
    name = models.CharField(max_length=100)
    postal_code = models.CharField(max_length=10)
    address = models.CharField(max_length=200)
    entrance = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=20)

    objects = LockableRows.as_manager()

    def __str__(self) -> str:
        return f"{self.name} {self.address} {self.entrance}"


class DoorParcel(WithStates):
    """
    A parcel at the returns door that did not become a return at once; the scan that came twice is one.

    `seller` is None as long as nobody knows whose it is. A refused one went back with its driver.
    """

    class Status(models.TextChoices):
        UNKNOWN = "unknown", pgettext_lazy("a parcel at the door", "Nobody knows whose")
        PLACED = "placed", pgettext_lazy("a parcel at the door", "Found its seller")
        REFUSED = "refused", pgettext_lazy("a parcel at the door", "Refused: freight collect")

    ARROWS = {
        Status.UNKNOWN: frozenset({Status.PLACED, Status.REFUSED}),
        Status.PLACED: frozenset(),
        Status.REFUSED: frozenset(),
    }

    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, db_index=False)
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, null=True)
    parent = models.ForeignKey(Return, on_delete=models.PROTECT, null=True, related_name="door_parcels")
    code = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.UNKNOWN)
    scanned = models.CharField(max_length=100)
    note = models.CharField(max_length=200, blank=True)
    photo_key = models.CharField(max_length=100, blank=True)
    scan_id = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)
    ended_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        indexes = [models.Index(fields=["warehouse", "status"], name="door_parcels_to_place")]

    def __str__(self) -> str:
        return f"{self.code} {self.status}"
