"""What pieces really weigh, learned from the scale."""

from __future__ import annotations

from django.db import models

from toiya.core.rows import OwnedRows
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller


class SkuWeight(models.Model):
    """
    One piece of a SKU as parcels weighed, without their box: how many parcels, and what the last of them say (each in
    `recent_g`): their mean and sum of squares, as `weight_rules.Learned` tells.
    """

    sku = models.OneToOneField(Sku, on_delete=models.CASCADE, primary_key=True, related_name="learned_weight")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    parcels = models.PositiveIntegerField(default=0)
    mean_g = models.FloatField(default=0)
    squares_g2 = models.FloatField(default=0)
    recent_g = models.JSONField(default=list)  # what a piece weighed in each of the last parcels, the oldest first

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parcels=0) | models.Q(mean_g__gt=0, squares_g2__gte=0), name="learned_weight_is_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sku_id}: {self.mean_g:.0f} g of {self.parcels}"
