"""Manifests: which parcels one truck of one carrier takes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import LockableRows, OwnedRows
from toiya.core.states import WithStates
from toiya.domain.members.models import Seller
from toiya.domain.outbound.models.parcels import Parcel
from toiya.domain.warehouses.models import Warehouse


class Manifest(WithStates):
    """The parcels of one truck. The header is the operator's; its parcels belong to their sellers."""

    class Status(models.TextChoices):
        OPEN = "open", _("Being loaded")
        CLOSED = "closed", _("Closed")
        HANDED_OVER = "handed_over", _("Handed over")

    ARROWS = {
        Status.OPEN: frozenset({Status.CLOSED}),
        Status.CLOSED: frozenset({Status.HANDED_OVER}),
        Status.HANDED_OVER: frozenset(),
    }

    code = models.CharField(max_length=20, unique=True)
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, db_index=False)
    carrier = models.CharField(max_length=20)
    service_day = models.DateField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=100)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=100, blank=True, default="")
    handed_over_at = models.DateTimeField(null=True)
    handed_over_by = models.CharField(max_length=100, blank=True, default="")

    objects = LockableRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["warehouse", "carrier"],
                name="one_open_manifest_per_carrier",
                condition=models.Q(status="open"),
            ),
        ]
        indexes = [models.Index(fields=["warehouse", "service_day"], name="manifests_of_day")]

    def __str__(self) -> str:
        return self.code


class ManifestParcel(models.Model):
    """A parcel on a manifest; a parcel is on one at most."""

    parcel = models.OneToOneField(Parcel, on_delete=models.PROTECT, primary_key=True, related_name="on_manifest")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    manifest = models.ForeignKey(Manifest, on_delete=models.PROTECT, related_name="parcels")
    scanned_at = models.DateTimeField()
    scanned_by = models.CharField(max_length=100)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.parcel_id} on {self.manifest_id}"
