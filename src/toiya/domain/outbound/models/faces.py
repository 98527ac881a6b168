"""Bins that one picks a SKU from, and how full they are kept."""

from __future__ import annotations

from django.db import models

from toiya.core.rows import OwnedRows
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import Bin, Warehouse


class PickFace(models.Model):
    """
    A SKU's pick bin: refilled up to `maximum` once fewer than `minimum` free pieces lie there.

    All other bins of the SKU in the building are its reserve: picks go there only when its pick bins do not suffice.
    """

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, db_index=False)
    bin = models.ForeignKey(Bin, on_delete=models.PROTECT, db_index=False)
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, db_index=False)
    minimum = models.PositiveIntegerField()
    maximum = models.PositiveIntegerField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["warehouse", "sku", "bin"], name="one_pick_face_per_bin"),
            models.CheckConstraint(
                condition=models.Q(minimum__gt=0, maximum__gte=models.F("minimum")), name="pick_face_limits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sku_id} in {self.bin_id}: {self.minimum} to {self.maximum}"
