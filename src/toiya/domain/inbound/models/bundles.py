"""One delivery: the cargo bundle, what is in it, its cartons, and the slot at the dock."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from toiya.core.rows import LockableRows, OwnedRows
from toiya.core.states import WithStates
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import Warehouse


class CargoBundle(WithStates):
    """
    What a seller says will arrive in one delivery (A125-A131).

    Money for it is set aside in the wallet when it is asked for (`estimate_minor`, L20) under its code. Once counted it
    costs `fee_minor`, charged under `fee_source`; while `fee_taken_at` is None the wallet does not cover it. Deliveries
    that were completed before fees were counted have none of the three: their estimate was taken.
    """

    class Status(models.TextChoices):
        REQUESTED = "requested", pgettext_lazy("a cargo bundle", "Requested")
        CONFIRMED = "confirmed", pgettext_lazy("a cargo bundle", "Confirmed")
        SHIPPED = "shipped", pgettext_lazy("a cargo bundle", "Shipped")
        ARRIVED = "arrived", pgettext_lazy("a cargo bundle", "Arrived")
        COMPLETED = "completed", pgettext_lazy("a cargo bundle", "Completed")
        REJECTED = "rejected", pgettext_lazy("a cargo bundle", "Rejected")
        DELETED = "deleted", pgettext_lazy("a cargo bundle", "Deleted")

    ARROWS = {
        Status.REQUESTED: frozenset({Status.CONFIRMED, Status.REJECTED, Status.DELETED}),
        Status.CONFIRMED: frozenset({Status.SHIPPED, Status.ARRIVED, Status.REJECTED, Status.DELETED}),
        Status.SHIPPED: frozenset({Status.ARRIVED, Status.REJECTED}),
        Status.ARRIVED: frozenset({Status.COMPLETED}),
        Status.COMPLETED: frozenset(),
        Status.REJECTED: frozenset(),
        Status.DELETED: frozenset(),
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20, unique=True)
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, related_name="cargo_bundles")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.REQUESTED)
    estimated_on = models.DateField()  # a day of the warehouse
    carrier_name = models.CharField(max_length=60, blank=True)
    tracking_number = models.CharField(max_length=60, blank=True)
    cartons_told = models.PositiveIntegerField(null=True)
    remark = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why it was rejected
    is_freight_collect = models.BooleanField(default=False)
    is_express = models.BooleanField(default=False)
    wants_quality_check = models.BooleanField(default=False)  # L16; without it pieces are only counted
    wants_sku_labels = models.BooleanField(default=False, db_default=False)  # a label printed and put on each piece
    is_announced = models.BooleanField(default=True)  # False: it stood at the door without a word
    source_key = models.CharField(max_length=100, blank=True, default="")  # a program's call, so that it counts once
    estimate_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="JPY")
    fee_minor = models.BigIntegerField(null=True)
    fee_source = models.CharField(max_length=40, blank=True, default="", db_default="")
    fee_taken_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    shipped_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "id"], name="cargo_bundle_of_seller"),
            models.UniqueConstraint(
                fields=["seller", "source_key"], name="one_bundle_per_source", condition=~models.Q(source_key="")
            ),
        ]
        indexes = [
            models.Index(fields=["warehouse", "status"], name="cargo_bundle_by_state"),
            models.Index(
                fields=["seller", "id"],
                name="cargo_bundle_fee_due",
                condition=models.Q(fee_minor__isnull=False, fee_taken_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class BundleLine(models.Model):
    """One SKU of a bundle: so many are told, so many came well, so many came damaged. Counted by `Receipt`s."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    bundle = models.ForeignKey(CargoBundle, on_delete=models.CASCADE, related_name="lines", db_index=False)
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="bundle_lines")
    told = models.PositiveIntegerField(default=0)
    received = models.PositiveIntegerField(default=0)
    damaged = models.PositiveIntegerField(default=0)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bundle", "sku"], name="one_line_per_sku_in_bundle")]

    def __str__(self) -> str:
        return f"{self.told} of {self.sku_id} in {self.bundle_id}"


class Carton(models.Model):
    """One box of a delivery, with a 2D code on it (L19)."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    bundle = models.ForeignKey(CargoBundle, on_delete=models.CASCADE, related_name="cartons", db_index=False)
    code = models.CharField(max_length=20, unique=True)
    number = models.PositiveIntegerField()  # 1 of 4, 2 of 4, …
    length_mm = models.PositiveIntegerField(default=0)
    width_mm = models.PositiveIntegerField(default=0)
    height_mm = models.PositiveIntegerField(default=0)
    weight_g = models.PositiveIntegerField(default=0)
    arrived_at = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bundle", "number"], name="one_carton_per_number")]

    def __str__(self) -> str:
        return self.code


class CartonLine(models.Model):
    """So many pieces of a SKU are in a carton, says the seller (L18)."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    carton = models.ForeignKey(Carton, on_delete=models.CASCADE, related_name="lines", db_index=False)
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["carton", "sku"], name="sku_once_in_carton"),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="carton_line_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.sku_id} in {self.carton_id}"


class DockSlot(models.Model):
    """A time at a warehouse's dock that one delivery can book (L15)."""

    class Size(models.TextChoices):
        NORMAL = "normal", _("any delivery")
        LARGE = "large", _("large or oversize delivery")

    warehouse = models.ForeignKey(Warehouse, on_delete=models.CASCADE, related_name="dock_slots", db_index=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    dock = models.CharField(max_length=20)
    size = models.CharField(max_length=10, choices=Size.choices, default=Size.LARGE)
    bundle = models.OneToOneField(CargoBundle, on_delete=models.SET_NULL, null=True, related_name="dock_slot")

    objects = LockableRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["warehouse", "dock", "starts_at"], name="one_slot_at_a_time"),
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="slot_takes_time"),
        ]

    def __str__(self) -> str:
        return f"{self.dock} {self.starts_at:%Y-%m-%d %H:%M}"
