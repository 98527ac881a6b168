"""Orders that sellers enter themselves, and how an order is wished to be delivered."""

from __future__ import annotations

from django.db import models

from toiya.core.rows import OwnedRows
from toiya.domain.members.models import Seller
from toiya.domain.orders.models.orders import Order
from toiya.domain.warehouses.models import Warehouse

FIRST_NUMBER = 1_000_000
REMOVAL_CHANNEL = "removal"  # of orders that goods go out as which their seller takes home


def management_number(row: int) -> str:
    """The management number of a row: seven digits from 1000001 on (A156)."""
    return str(FIRST_NUMBER + row)


class ManagedOrder(models.Model):
    """
    What a seller tells of an order that came over no shop of ours, beside the order itself (A157, A162).

    `source_key` makes the same form, row or call twice one order; `reference` is the number at the site it was sold on.
    """

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="managed")
    number = models.CharField(max_length=10, unique=True)
    source_key = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    site = models.CharField(max_length=40, blank=True)
    sub_category = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=60, blank=True)
    buyer = models.CharField(max_length=100, blank=True)
    mobile = models.CharField(max_length=30, blank=True)
    third_party = models.CharField(max_length=100, blank=True)
    gift_name = models.CharField(max_length=100, blank=True)
    gift_country = models.CharField(max_length=2, blank=True)
    gift_postal_code = models.CharField(max_length=12, blank=True)
    gift_address = models.CharField(max_length=300, blank=True)
    gift_contact = models.CharField(max_length=60, blank=True)
    customs_code = models.CharField(max_length=30, blank=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "id"], name="managed_order_of_seller"),
            models.UniqueConstraint(
                fields=["seller", "source_key"], name="one_managed_order_per_source", condition=~models.Q(source_key="")
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Wish(models.Model):
    """How an order is wished to go: from which warehouse, with which service, on which day, in which hours."""

    order = models.OneToOneField(Order, on_delete=models.CASCADE, primary_key=True, related_name="wish")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, null=True, db_index=False)
    service_code = models.CharField(max_length=30, blank=True)  # empty: ordinary, with tracking
    deliver_on = models.DateField(null=True)
    slot = models.CharField(max_length=10, blank=True)
    is_freight_collect = models.BooleanField(default=False, db_default=False)  # the receiver pays the carrier

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"wish of {self.order_id}"
