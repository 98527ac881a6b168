"""Parcels that sellers pack themselves and hand in."""

from __future__ import annotations

from django.db import models

from toiya.core.rows import OwnedRows
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.outbound.models.parcels import Parcel
from toiya.domain.warehouses.models import Warehouse


class HandInList(models.Model):
    """The parcels a seller hands in together, on paper: its barcode is scanned before theirs."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20)
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, db_index=False)
    made_by = models.CharField(max_length=100)
    made_at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], name="one_hand_in_list_per_code"),
            models.UniqueConstraint(fields=["seller", "id"], name="hand_in_list_of_seller"),
        ]

    def __str__(self) -> str:
        return self.code


class HandIn(models.Model):
    """
    A parcel that the seller packs itself (Smart Delivery): announced with its label, received at a collection centre.

    Such a parcel holds no pieces of ours, so nothing of it is in the ledger of goods.
    """

    parcel = models.OneToOneField(Parcel, on_delete=models.CASCADE, primary_key=True, related_name="hand_in")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="hand_ins")
    list = models.ForeignKey(HandInList, on_delete=models.PROTECT, null=True, related_name="hand_ins")
    size_cm = models.PositiveIntegerField(default=0)  # length + width + height; 0: not told
    is_cancelled = models.BooleanField(default=False)
    handed_in_at = models.DateTimeField(null=True)
    handed_in_by = models.CharField(max_length=100, blank=True)
    measured_g = models.PositiveIntegerField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"], name="one_hand_in_per_order", condition=models.Q(is_cancelled=False)
            ),
            models.CheckConstraint(
                condition=models.Q(is_cancelled=False) | models.Q(handed_in_at=None), name="handed_in_or_cancelled"
            ),
        ]

    def __str__(self) -> str:
        return f"hand in {self.parcel_id}"
