"""Orders on the floor: waves, walks and the pieces to take."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import LockableRows, OwnedRows
from toiya.core.states import WithStates
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller, User
from toiya.domain.orders.models import Order
from toiya.domain.warehouses.models import Bin, Warehouse


class Wave(models.Model):
    """Orders released to the floor together. The header is the operator's; its orders belong to their sellers."""

    code = models.CharField(max_length=20, unique=True)
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT)
    released_at = models.DateTimeField()
    released_by = models.CharField(max_length=100)

    objects = LockableRows.as_manager()

    def __str__(self) -> str:
        return self.code


class PickList(WithStates):
    """One person's walk: a few orders, each with its own tote in a numbered slot of the cart."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting for a picker")
        PICKING = "picking", _("Picking")
        DONE = "done", _("Picked")

    class Method(models.TextChoices):
        CLUSTER = "cluster", _("Eight totes on a cart")
        BATCH = "batch", _("Many orders of one piece, sorted when packed")
        DISCRETE = "discrete", _("One order at a time")

    ARROWS = {
        Status.WAITING: frozenset({Status.PICKING, Status.DONE}),
        Status.PICKING: frozenset({Status.DONE, Status.WAITING}),
        Status.DONE: frozenset(),
    }

    code = models.CharField(max_length=20, unique=True)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="pick_lists")
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, db_index=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    method = models.CharField(
        max_length=10, choices=Method.choices, default=Method.CLUSTER, db_default=Method.CLUSTER.value
    )
    picker = models.ForeignKey(User, on_delete=models.PROTECT, null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    metres = models.PositiveIntegerField(null=True)  # of the walk from the tables and back; None: a bin has no place

    objects = LockableRows.as_manager()

    def __str__(self) -> str:
        return self.code


class Slot(models.Model):
    """One order's place on a pick list, and the tote that was tied to it by scanning."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    pick_list = models.ForeignKey(PickList, on_delete=models.CASCADE, related_name="slots")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="slots")
    number = models.PositiveSmallIntegerField()
    tote = models.ForeignKey(Bin, on_delete=models.PROTECT, null=True)
    is_closed = models.BooleanField(default=False)
    shares_tote = models.BooleanField(default=False, db_default=False)  # with the first slot of a batch

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pick_list", "number"], name="one_order_per_slot"),
            models.UniqueConstraint(
                fields=["order"], name="one_open_slot_per_order", condition=models.Q(is_closed=False)
            ),
            models.UniqueConstraint(
                fields=["tote"],
                name="one_open_slot_per_tote",
                condition=models.Q(is_closed=False, tote__isnull=False, shares_tote=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pick_list_id}/{self.number}"


class PickTask(WithStates):
    """Take so many pieces of one SKU and lot from one bin for one order line."""

    class Status(models.TextChoices):
        OPEN = "open", _("To pick")
        PICKED = "picked", _("Picked")
        SHORT = "short", _("Short")

    ARROWS = {
        Status.OPEN: frozenset({Status.PICKED, Status.SHORT}),
        Status.PICKED: frozenset(),
        Status.SHORT: frozenset(),
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    pick_list = models.ForeignKey(PickList, on_delete=models.CASCADE, related_name="tasks")
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="tasks")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="pick_tasks")
    line_id = models.BigIntegerField()
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, db_index=False)
    bin = models.ForeignKey(Bin, on_delete=models.PROTECT, db_index=False)
    lot = models.CharField(max_length=40, blank=True)
    quantity = models.PositiveIntegerField()
    picked = models.PositiveIntegerField(default=0)
    sequence = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    is_bin_confirmed = models.BooleanField(default=False)
    is_lot_confirmed = models.BooleanField(default=False, db_default=False)  # of SKUs kept by lot

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0, picked__lte=models.F("quantity")), name="picked_within_task"
            )
        ]
        indexes = [
            models.Index(fields=["bin", "sku"], name="task_open", condition=models.Q(status="open")),
        ]

    def __str__(self) -> str:
        return f"{self.picked}/{self.quantity} of {self.sku_id} from {self.bin_id}"


class Scan(models.Model):
    """The id of a scan that had its effect, so that the same scan sent twice has it once (R07)."""

    scan_id = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.scan_id
