"""Which sellers may send goods to which warehouse."""

from __future__ import annotations

from django.db import models

from toiya.core.rows import OwnedRows
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models.places import Warehouse


class CentreUse(models.Model):
    """
    A seller applied for a centre (A063); `ended_at`: it uses it no more. Written by the signature (`contracts`), and
    kept here because all that brings goods into a building asks for it.
    """

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="centres", db_index=False)
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "warehouse"], name="centre_once_per_seller")]

    def __str__(self) -> str:
        return f"{self.seller_id} uses {self.warehouse_id}"
