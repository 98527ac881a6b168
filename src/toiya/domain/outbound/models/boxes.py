"""Boxes to pack in, which of them a parcel took, and what lies in a parcel besides what was ordered."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import LockableRows, OwnedRows
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.outbound.boxing import BoxSize
from toiya.domain.outbound.models.parcels import Parcel
from toiya.domain.warehouses.models import Bin, Warehouse


class PackagingBox(models.Model):
    """
    A kind of box or bag that a warehouse packs in: its room inside, its wall, what it weighs empty, what we charge.

    Boxes are taken out of use (`is_active`), never deleted: parcels point to them.
    """

    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    length_mm = models.PositiveIntegerField()
    width_mm = models.PositiveIntegerField()
    height_mm = models.PositiveIntegerField()
    wall_mm = models.PositiveIntegerField(default=3)
    empty_g = models.PositiveIntegerField(default=0)
    price_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="JPY")
    is_active = models.BooleanField(default=True)

    objects = LockableRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["warehouse", "code"], name="one_box_per_code"),
            models.CheckConstraint(
                condition=models.Q(length_mm__gt=0, width_mm__gt=0, height_mm__gt=0, price_minor__gte=0),
                name="box_has_room",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def size(self) -> BoxSize:
        """The box as the rules see it."""
        sides = (self.length_mm, self.width_mm, self.height_mm)
        return BoxSize(self.code, sides, self.wall_mm, self.empty_g, self.price_minor)


class ParcelBox(models.Model):
    """The box a parcel goes in; its price is part of the parcel's fee, as it was when it was chosen."""

    parcel = models.OneToOneField(Parcel, on_delete=models.CASCADE, primary_key=True, related_name="boxed")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    box = models.ForeignKey(PackagingBox, on_delete=models.PROTECT, db_index=False)
    price_minor = models.BigIntegerField(default=0)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.parcel_id} in {self.box_id}"


class Insert(models.Model):
    """A SKU, such as a leaflet, of which one piece goes into every parcel of its seller while it `is_active`."""

    sku = models.OneToOneField(Sku, on_delete=models.CASCADE, primary_key=True, related_name="insert")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT)
    is_active = models.BooleanField(default=True)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"insert {self.sku_id}"


class Enclosure(models.Model):
    """
    Pieces of the seller's own packaging or inserts scanned into a parcel, or said to be missing (none of them).

    They are promised to the parcel and leave their bin when it is sealed: before, `bin` is empty. They ship with it.
    """

    class Kind(models.TextChoices):
        PACKAGING = "packaging", _("own packaging")
        INSERT = "insert", _("insert")

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="enclosures", db_index=False)
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    bin = models.ForeignKey(Bin, on_delete=models.PROTECT, null=True, db_index=False)
    lot = models.CharField(max_length=40, blank=True, default="")
    quantity = models.PositiveIntegerField(default=0)
    is_missing = models.BooleanField(default=False)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parcel", "sku", "lot"], name="one_enclosure"),
            models.CheckConstraint(
                condition=models.Q(is_missing=True, quantity=0) | models.Q(is_missing=False, quantity__gt=0),
                name="enclosed_or_missing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.sku_id} with {self.parcel_id}"
