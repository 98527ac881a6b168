"""Inventory items and their SKUs."""

from __future__ import annotations

from django.db import models

from toiya.core.rows import OwnedRows
from toiya.domain.members.models import Seller


class InventoryItem(models.Model):
    """A product with its options, under one 12-digit code (A082)."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=200)
    next_option = models.PositiveIntegerField(default=1)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "id"], name="item_of_seller")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Sku(models.Model):
    """One sellable thing of one seller: 12 digits, a dash, 5 digits (A083)."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    item = models.ForeignKey(InventoryItem, on_delete=models.PROTECT, related_name="skus")
    code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=200)
    option = models.CharField(max_length=100, blank=True)
    seller_code = models.CharField(max_length=100, blank=True)
    weight_g = models.PositiveIntegerField(default=0)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "id"], name="sku_of_seller"),
            models.UniqueConstraint(
                fields=["seller", "seller_code"], name="one_sku_per_seller_code", condition=~models.Q(seller_code="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name} {self.option}".strip()


class Barcode(models.Model):
    """A barcode on the goods. Unique for one seller only: two sellers may keep the same product (T02)."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    sku = models.ForeignKey(Sku, on_delete=models.CASCADE, related_name="barcodes")
    barcode = models.CharField(max_length=40)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "barcode"], name="one_sku_per_barcode")]
        indexes = [models.Index(fields=["barcode"], name="barcode_scanned")]

    def __str__(self) -> str:
        return self.barcode
