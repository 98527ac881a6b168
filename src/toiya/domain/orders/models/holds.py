"""Reasons why an order must wait."""

from __future__ import annotations

from django.db import models

from toiya.core.rows import OwnedRows
from toiya.domain.members.models import Seller
from toiya.domain.orders.models.orders import Order


class Hold(models.Model):
    """
    A reason why an order must wait, with its owner (`hold_rules`). Several at once; each is lifted alone.

    One with an instant in `until` is lifted by itself when that is past.
    """

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="holds")
    code = models.CharField(max_length=30)
    details = models.JSONField(default=dict)
    placed_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "code"], name="one_open_hold_per_code", condition=models.Q(lifted_at__isnull=True)
            )
        ]
        indexes = [
            models.Index(
                fields=["until"],
                name="hold_that_ends",
                condition=models.Q(lifted_at__isnull=True, until__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} on {self.order_id}"
