"""What was kept of the moment a parcel was closed: pictures, and the slip that lies in it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import OwnedRows
from toiya.domain.members.models import Seller
from toiya.domain.outbound.models.parcels import Parcel


class ParcelPhoto(models.Model):
    """A picture of a parcel, written anew and kept in the cupboard of papers under the hash of its bytes."""

    class Moment(models.TextChoices):
        OPEN = "open", _("Open box")
        SEALED = "sealed", _("Closed box")

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="photos")
    moment = models.CharField(max_length=8, choices=Moment.choices)
    sha256 = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=100)
    media_type = models.CharField(max_length=20)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=100)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parcel", "sha256"], name="one_picture_of_parcel")]

    def __str__(self) -> str:
        return f"{self.moment} {self.parcel_id}"


class PackingSlip(models.Model):
    """The paper in the box, as it was printed first: the same bytes at every print."""

    parcel = models.OneToOneField(Parcel, on_delete=models.PROTECT, primary_key=True, related_name="slip")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    language = models.CharField(max_length=10)
    document = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"slip of {self.parcel_id}"


class SlipMessage(models.Model):
    """What a seller says to its buyers on the slip, in one language."""

    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, db_index=False)
    language = models.CharField(max_length=10)
    words = models.CharField(max_length=500)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "language"], name="one_slip_message_per_language")]

    def __str__(self) -> str:
        return f"{self.seller_id} {self.language}"
