"""Boxes and what is in them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.carriers.models import Label, Service
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.wallet.models import Reservation
from toiya.domain.warehouses.models import Warehouse


class Parcel(WithStates):
    """One box of one order. Its code is our reference at the carrier and the source of its fee."""

    class Status(models.TextChoices):
        OPEN = "open", _("Packing")
        SEALED = "sealed", _("Waiting for its label")
        AWAITED = "awaited", _("To be handed in")
        LABELLED = "labelled", _("Ready for the truck")
        SHIPPED = "shipped", _("In delivery")
        CANCELLED = "cancelled", _("Cancelled")

    ARROWS = {
        Status.OPEN: frozenset({Status.SEALED, Status.CANCELLED}),
        Status.SEALED: frozenset({Status.LABELLED, Status.AWAITED, Status.CANCELLED}),
        Status.AWAITED: frozenset({Status.LABELLED, Status.CANCELLED}),
        Status.LABELLED: frozenset({Status.SHIPPED, Status.SEALED}),
        Status.SHIPPED: frozenset(),
        Status.CANCELLED: frozenset(),
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    code = models.CharField(max_length=20)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="parcels", db_constraint=False)
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, db_index=False, db_constraint=False)
    weight_g = models.PositiveIntegerField(default=0)
    label = models.ForeignKey(Label, on_delete=models.PROTECT, null=True, db_constraint=False)
    reservation = models.ForeignKey(
        Reservation, on_delete=models.PROTECT, null=True, db_index=False, db_constraint=False
    )
    packed_by = models.CharField(max_length=100, blank=True)
    opened_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)
    shipped_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], name="one_parcel_per_code"),
            models.UniqueConstraint(fields=["seller", "id"], name="parcel_of_seller"),
        ]

    def __str__(self) -> str:
        return self.code


class Content(models.Model):
    """Pieces scanned into a parcel, and the place they are kept until the truck comes."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="contents", db_constraint=False)
    order_id = models.BigIntegerField()
    line_id = models.BigIntegerField()
    sku_id = models.BigIntegerField()
    bin_id = models.BigIntegerField()
    lot = models.CharField(max_length=40, blank=True)
    quantity = models.PositiveIntegerField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parcel", "line_id", "sku_id", "lot"], name="one_content")]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.sku_id} in {self.parcel_id}"
