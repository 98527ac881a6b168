"""Where parcels are on their way, by their carriers' scans."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import OwnedRows
from toiya.domain.carriers.models.labels import Label
from toiya.domain.members.models import Seller


class State(models.TextChoices):
    """What a carrier says of a parcel, in our words."""

    PICKED_UP = "picked_up", _("Picked up")
    MOVING = "moving", _("On the way")
    OUT = "out", _("Out for delivery")
    ATTEMPTED = "attempted", _("Nobody at home")
    KEPT = "kept", _("Kept at the office")
    DELIVERED = "delivered", _("Delivered")
    RETURNING = "returning", _("On the way back")
    RETURNED = "returned", _("Back at the sender")
    INQUIRY = "inquiry", _("Looked for by the carrier")


class CarrierScan(models.Model):
    """One scan by the carrier; the same one told twice is one row."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    label = models.ForeignKey(Label, on_delete=models.PROTECT, related_name="scans", db_index=False)
    state = models.CharField(max_length=10, choices=State.choices)
    happened_at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["label", "state", "happened_at"], name="one_scan_told_once")]

    def __str__(self) -> str:
        return f"{self.label_id} {self.state}"


class Journey(models.Model):
    """A parcel's way by its newest scan; `suspected_at` says since when it may be lost."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    label = models.OneToOneField(Label, on_delete=models.PROTECT, related_name="journey")
    state = models.CharField(max_length=10, choices=State.choices, blank=True)
    seen_at = models.DateTimeField(null=True)
    suspected_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.label_id} {self.state}"
