"""What a seller's program asked of an order, so that the same call sent twice is one."""

from __future__ import annotations

from django.db import models

from toiya.core.rows import OwnedRows
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order


class OrderCall(models.Model):
    """
    One call of a seller's program and what it was told; `key` holds the act, the order and the program's own key.

    An empty `answer` is a call that is being worked on: it is written and answered in one transaction.
    """

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, db_index=False, related_name="+")
    key = models.CharField(max_length=160)
    answer = models.JSONField(default=dict)  # the fields of `Told`
    at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "key"], name="one_order_call_per_key")]

    def __str__(self) -> str:
        return self.key
