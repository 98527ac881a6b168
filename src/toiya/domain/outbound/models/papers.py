"""What a parcel that leaves the country carries for customs."""

from __future__ import annotations

from django.db import models

from toiya.core.rows import OwnedRows
from toiya.domain.members.models import Seller
from toiya.domain.outbound.models.parcels import Parcel


class CustomsPaper(models.Model):
    """The invoice and the customs declaration of a parcel, as they were made first: the same bytes at every print."""

    parcel = models.OneToOneField(Parcel, on_delete=models.PROTECT, primary_key=True, related_name="customs_paper")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    country = models.CharField(max_length=2)
    form = models.CharField(max_length=4)  # of the postal union: CN22 or CN23
    document = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"customs paper of {self.parcel_id}"
