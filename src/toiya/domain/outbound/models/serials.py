"""Serial numbers that left in parcels."""

from __future__ import annotations

from django.db import models

from toiya.core.rows import OwnedRows
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.outbound.models.parcels import Parcel


class SerialNumber(models.Model):
    """
    The serial number of one piece, scanned when it was packed (L50). A number of a SKU is out once at most; `back_at`:
    the piece came back, so that it may be sent again.
    """

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="serials")
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, db_index=False)
    number = models.CharField(max_length=60)  # folded, as `core.codes.folded`
    scanned_by = models.CharField(max_length=100)
    scanned_at = models.DateTimeField()
    back_by = models.CharField(max_length=100, blank=True, default="")
    back_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sku", "number"], name="serial_number_out_once", condition=models.Q(back_at=None)
            ),
            models.CheckConstraint(condition=~models.Q(number=""), name="serial_number_not_empty"),
        ]
        indexes = [models.Index(fields=["number"], name="serial_number_searched")]

    def __str__(self) -> str:
        return self.number
