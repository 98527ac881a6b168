"""Work orders: bundles that the warehouse puts together before they are sold (L11)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import Bin, Warehouse


class WorkOrder(WithStates):
    """So many pieces of an assembled bundle, wanted in one warehouse; movements name its code as their source."""

    class Status(models.TextChoices):
        REQUESTED = "requested", pgettext_lazy("a work order", "Requested")
        ACCEPTED = "accepted", pgettext_lazy("a work order", "Accepted")
        IN_WORK = "in_work", pgettext_lazy("a work order", "In work")
        COMPLETED = "completed", pgettext_lazy("a work order", "Completed")
        DECLINED = "declined", pgettext_lazy("a work order", "Declined")
        CANCELLED = "cancelled", pgettext_lazy("a work order", "Cancelled")

    ARROWS = {
        Status.REQUESTED: frozenset({Status.ACCEPTED, Status.DECLINED, Status.CANCELLED}),
        Status.ACCEPTED: frozenset({Status.IN_WORK, Status.CANCELLED}),
        Status.IN_WORK: frozenset({Status.COMPLETED, Status.CANCELLED}),
        Status.COMPLETED: frozenset(),
        Status.DECLINED: frozenset(),
        Status.CANCELLED: frozenset(),
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20, unique=True)
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="work_orders")
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, db_index=False, related_name="work_orders")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.REQUESTED)
    quantity = models.PositiveIntegerField()
    made = models.PositiveIntegerField(default=0)
    taken_apart = models.PositiveIntegerField(default=0)
    price_minor = models.PositiveBigIntegerField()  # for one piece
    currency = models.CharField(max_length=3, default="JPY")
    fee_part = models.PositiveIntegerField(default=0, db_default=0)  # WO-…/part is what is set aside; 0: never was
    note = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=200, blank=True)  # why it was declined
    to_bin = models.ForeignKey(Bin, on_delete=models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "id"], name="work_order_of_seller"),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0, made__lte=models.F("quantity"), taken_apart__lte=models.F("made")),
                name="work_order_adds_up",
            ),
        ]
        indexes = [models.Index(fields=["warehouse", "status"], name="work_orders_to_do")]

    def __str__(self) -> str:
        return f"{self.code} {self.status}: {self.made} of {self.quantity}"

    @property
    def left(self) -> int:
        """Pieces still to be made."""
        return self.quantity - self.made

    @property
    def whole(self) -> int:
        """Pieces made and not taken apart again."""
        return self.made - self.taken_apart


class WorkPart(models.Model):
    """So many pieces of a SKU in one piece of the order's bundle, and the bin the worker takes them from."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    work_order = models.ForeignKey(WorkOrder, on_delete=models.CASCADE, related_name="parts", db_index=False)
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    from_bin = models.ForeignKey(Bin, on_delete=models.PROTECT, null=True, related_name="+")
    is_confirmed = models.BooleanField(default=False, db_default=False)  # a piece of it was scanned at that bin

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work_order", "sku"], name="part_once_in_work_order")]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.sku_id} for {self.work_order_id}"


class Making(models.Model):
    """One confirmation of the floor. `scan_id`: the same scan twice is one."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    work_order = models.ForeignKey(WorkOrder, on_delete=models.PROTECT, related_name="makings")
    quantity = models.PositiveIntegerField()
    is_apart = models.BooleanField(default=False)
    scan_id = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{'-' if self.is_apart else '+'}{self.quantity} of {self.work_order_id}"


class AssemblyPrice(models.Model):
    """What one piece put together costs in a warehouse, from a day on; the newest day that has come holds."""

    warehouse = models.ForeignKey(Warehouse, on_delete=models.CASCADE, related_name="assembly_prices", db_index=False)
    from_on = models.DateField()  # a day of the warehouse
    price_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3, default="JPY")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["warehouse", "from_on"], name="one_assembly_price_a_day")]

    def __str__(self) -> str:
        return f"{self.currency} {self.price_minor} in {self.warehouse_id} from {self.from_on}"
