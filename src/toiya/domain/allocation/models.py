"""Which warehouse's stock serves which order line, and why a line has none."""

from __future__ import annotations

from django.db import models

from toiya.core.rows import LockableRows, OwnedRows
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.warehouses.models import Warehouse


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


class AllocationRules(models.Model):
    """
    What a seller wants of its stock: so many pieces of each SKU kept back, none promised that expire within so many
    days, and unpaid orders giving their pieces back after so many hours. An order that lacks pieces waits whole, or is
    divided once so that what is there goes (L30).
    """

    seller = models.OneToOneField(Seller, on_delete=models.CASCADE, primary_key=True, related_name="allocation_rules")
    buffer_pieces = models.PositiveIntegerField(default=0)
    expiry_days = models.PositiveIntegerField(null=True)
    unpaid_hours = models.PositiveIntegerField(null=True)
    sends_what_is_there = models.BooleanField(default=False, db_default=False)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"how {self.seller_id} gives away its stock"


class SkuBuffer(models.Model):
    """Pieces of one SKU that are kept back, whatever the seller's rule for all SKUs says."""

    sku = models.OneToOneField(Sku, on_delete=models.CASCADE, primary_key=True, related_name="buffer")
    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, db_index=False)
    pieces = models.PositiveIntegerField()

    objects = OwnedRows.as_manager()

    class Meta:
        indexes = [models.Index(fields=["seller", "sku"], name="buffers_of_seller")]

    def __str__(self) -> str:
        return f"{self.pieces} of {self.sku_id}"


class WarehouseRank(models.Model):
    """Where a warehouse stands in a seller's own order; the first is tried first. Left out: never tried by itself."""

    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, db_index=False)
    warehouse = models.ForeignKey(Warehouse, on_delete=models.CASCADE, db_index=False, related_name="+")
    place = models.PositiveSmallIntegerField()
    is_left_out = models.BooleanField(default=False)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "warehouse"], name="one_rank_per_warehouse")]

    def __str__(self) -> str:
        return f"{self.warehouse_id} at {self.place}"


class ClosedWarehouse(models.Model):
    """A warehouse that takes no new promises for now; what is promised there is still picked."""

    warehouse = models.OneToOneField(Warehouse, on_delete=models.CASCADE, primary_key=True, related_name="closure")
    closed_at = models.DateTimeField()

    objects = LockableRows.as_manager()

    def __str__(self) -> str:
        return f"{self.warehouse_id} since {self.closed_at}"


class ChosenWarehouse(models.Model):
    """A person chose the warehouse of this one order (A143); it waits rather than being sent from another."""

    order = models.OneToOneField(Order, on_delete=models.CASCADE, primary_key=True, related_name="chosen_warehouse")
    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, db_index=False)
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, db_index=False, related_name="+")
    chosen_at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.order_id} from {self.warehouse_id}"


class ShipDay(models.Model):
    """The order goes to the floor on this local day and not before (A056); its pieces are promised meanwhile."""

    order = models.OneToOneField(Order, on_delete=models.CASCADE, primary_key=True, related_name="ship_day")
    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, db_index=False)
    day = models.DateField()
    reserved_at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.order_id} on {self.day}"
