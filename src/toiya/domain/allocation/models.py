"""Which warehouse's stock serves which order line, and why a line has none."""

from __future__ import annotations

from django.db import models

from toiya.core.rows import OwnedRows


class Allocation(models.Model):
    """
    This order line gets so many pieces of that SKU from that warehouse: one row, or one per part of a virtual bundle.

    Open until its order is shipped; taken back, it is gone (the stock ledger keeps the history). Plain ids: the table
    is hot.
    """

    pk = models.CompositePrimaryKey("line_id", "sku_id")
    line_id = models.BigIntegerField()
    seller_id = models.BigIntegerField()
    order_id = models.BigIntegerField()
    warehouse_id = models.BigIntegerField()
    sku_id = models.BigIntegerField()
    quantity = models.PositiveIntegerField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(quantity__gt=0), name="allocation_is_positive")]
        indexes = [models.Index(fields=["order_id"], name="allocation_of_order")]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.sku_id} for line {self.line_id}"


class WaitReason(models.Model):
    """Why one order line waits: exactly one row per line of a waiting order, none for any other."""

    line_id = models.BigIntegerField(primary_key=True)
    seller_id = models.BigIntegerField()
    order_id = models.BigIntegerField()
    code = models.CharField(max_length=30)
    details = models.JSONField(default=dict)
    since = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        indexes = [models.Index(fields=["order_id"], name="reason_of_order")]

    def __str__(self) -> str:
        return f"{self.code} for line {self.line_id}"
