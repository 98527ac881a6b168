"""What became of the truck an order was promised for."""

from __future__ import annotations

from django.db import models

from toiya.core.rows import OwnedRows
from toiya.domain.members.models import Seller
from toiya.domain.orders.models.orders import Order


class PromiseMove(models.Model):
    """
    The order is promised for another truck than before: one cause and one owner, the evidence of a delay (A180, L47).

    `is_late`: the truck was missed; else the order was moved before it could be, such as to a reserved day (A056).
    Never changed.
    """

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="promise_moves")
    was_for = models.DateTimeField()
    now_for = models.DateTimeField()
    cause = models.CharField(max_length=30)
    owner = models.CharField(max_length=10)
    is_late = models.BooleanField()
    at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "was_for"], name="one_cause_per_missed_truck", condition=models.Q(is_late=True)
            ),
        ]
        indexes = [models.Index(fields=["seller", "was_for"], name="late_orders", condition=models.Q(is_late=True))]

    def __str__(self) -> str:
        return f"{self.order_id} {self.was_for} {self.cause}"
