"""Which of our two services serves an order."""

from __future__ import annotations

from django.db import models

from toiya.core.rows import OwnedRows
from toiya.domain.members.models import Seller
from toiya.domain.orders.models.orders import Order


class ShopWay(models.Model):
    """Which of our two services serves the orders of one shop, for a seller that uses both (`rules.Way`)."""

    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, db_index=False)
    shop_code = models.CharField(max_length=20)
    way = models.CharField(max_length=20)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "shop_code"], name="one_way_per_shop")]

    def __str__(self) -> str:
        return f"{self.shop_code}: {self.way}"


class OrderWay(models.Model):
    """A person chose the service of this one order; it counts more than what was set for the shop."""

    order = models.OneToOneField(Order, on_delete=models.CASCADE, primary_key=True, related_name="chosen_way")
    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, db_index=False)
    way = models.CharField(max_length=20)
    chosen_at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.order_id}: {self.way}"
