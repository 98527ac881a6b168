"""Beyond counting: what a seller wants looked at, what was found, and where counted pieces were carried."""

from __future__ import annotations

from django.db import models

from toiya.core.rows import OwnedRows
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound.models.bundles import CargoBundle
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import Bin, Warehouse


class CheckPoint(models.Model):
    """One line of a SKU's own check list (L16); a SKU without any is checked by `receiving_rules.CHECK_LIST`."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    sku = models.ForeignKey(Sku, on_delete=models.CASCADE, related_name="check_points", db_index=False)
    position = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=120)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sku", "position"], name="one_check_point_per_position")]

    def __str__(self) -> str:
        return self.question


class QualityCheck(models.Model):
    """The answered check list of one SKU of a delivery, never edited. `faults` are the points that are not right."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    bundle = models.ForeignKey(CargoBundle, on_delete=models.PROTECT, related_name="quality_checks", db_index=False)
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="+")
    points = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bundle", "sku"], name="checked_once_in_bundle")]

    def __str__(self) -> str:
        return f"{self.sku_id} in {self.bundle_id}"


class Putaway(models.Model):
    """Pieces carried from the dock to a bin by one scan, never edited; the same `scan_id` twice is one walk."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, db_index=False)
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="+")
    from_bin = models.ForeignKey(Bin, on_delete=models.PROTECT, related_name="+", db_index=False)
    to_bin = models.ForeignKey(Bin, on_delete=models.PROTECT, related_name="+", db_index=False)
    lot = models.CharField(max_length=40, blank=True)
    quantity = models.PositiveIntegerField()
    scan_id = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(quantity__gt=0), name="putaway_is_positive")]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.sku_id} to {self.to_bin_id}"
