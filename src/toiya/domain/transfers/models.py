"""Transfers: pieces of one SKU that go from one warehouse to another (L45)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import Bin, Warehouse


class Transfer(WithStates):
    """
    So many pieces of a SKU on their way between two warehouses; movements name its code as their source.

    Until they are taken from their bins they are promised to it. Taken and not put into a bin again they are on the
    way: in neither warehouse's book. `extra` came though nobody had sent them.
    """

    class Status(models.TextChoices):
        REQUESTED = "requested", pgettext_lazy("a transfer", "Requested")
        ACCEPTED = "accepted", pgettext_lazy("a transfer", "Accepted")
        COLLECTING = "collecting", pgettext_lazy("a transfer", "Being collected")
        ON_THE_WAY = "on_the_way", pgettext_lazy("a transfer", "On the way")
        ARRIVING = "arriving", pgettext_lazy("a transfer", "Being put away")
        ARRIVED = "arrived", pgettext_lazy("a transfer", "Arrived")
        DECLINED = "declined", pgettext_lazy("a transfer", "Declined")
        CANCELLED = "cancelled", pgettext_lazy("a transfer", "Cancelled")

    ARROWS = {
        Status.REQUESTED: frozenset({Status.ACCEPTED, Status.DECLINED, Status.CANCELLED}),
        Status.ACCEPTED: frozenset({Status.COLLECTING, Status.CANCELLED}),
        Status.COLLECTING: frozenset({Status.ON_THE_WAY}),
        Status.ON_THE_WAY: frozenset({Status.ARRIVING, Status.ARRIVED}),
        Status.ARRIVING: frozenset({Status.ARRIVED}),
        Status.ARRIVED: frozenset(),
        Status.DECLINED: frozenset(),
        Status.CANCELLED: frozenset(),
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20, unique=True)
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="transfers")
    from_warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, db_index=False, related_name="+")
    to_warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, db_index=False, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.REQUESTED)
    quantity = models.PositiveIntegerField()
    picked = models.PositiveIntegerField(default=0)
    received = models.PositiveIntegerField(default=0)
    extra = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=200, blank=True)  # why it was declined
    from_bin = models.ForeignKey(Bin, on_delete=models.PROTECT, null=True, related_name="+")
    to_bin = models.ForeignKey(Bin, on_delete=models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "id"], name="transfer_of_seller"),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0, picked__lte=models.F("quantity"), received__lte=models.F("picked")),
                name="transfer_adds_up",
            ),
            models.CheckConstraint(
                condition=~models.Q(from_warehouse=models.F("to_warehouse")), name="transfer_goes_elsewhere"
            ),
        ]
        indexes = [
            models.Index(fields=["from_warehouse", "status"], name="transfers_to_send"),
            models.Index(fields=["to_warehouse", "status"], name="transfers_to_come"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.status}: {self.picked} of {self.quantity}, {self.received} there"

    @property
    def left(self) -> int:
        """Pieces still to be collected."""
        return self.quantity - self.picked

    @property
    def under_way(self) -> int:
        """Pieces that left one warehouse and are not in a bin of the other; of an ended transfer, those missing."""
        return self.picked - self.received


class TransferLot(models.Model):
    """The pieces of a transfer that are of one lot: collected, and put into bins of the other warehouse."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="lots", db_index=False)
    lot = models.CharField(max_length=40, blank=True)
    expires_on = models.DateField(null=True)
    picked = models.PositiveIntegerField(default=0)
    received = models.PositiveIntegerField(default=0)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transfer", "lot"], name="lot_once_in_transfer"),
            models.CheckConstraint(condition=models.Q(received__lte=models.F("picked")), name="transfer_lot_adds_up"),
        ]

    def __str__(self) -> str:
        return f"{self.received} of {self.picked} of lot '{self.lot}'"

    @property
    def left(self) -> int:
        """Pieces still on the way."""
        return self.picked - self.received


class TransferScan(models.Model):
    """One confirmation of the floor. `scan_id`: the same scan twice is one."""

    class Step(models.TextChoices):
        COLLECTED = "collected"
        PUT_AWAY = "put_away"
        EXTRA = "extra"

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="scans")
    step = models.CharField(max_length=10, choices=Step.choices)
    quantity = models.PositiveIntegerField()
    scan_id = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.step} {self.quantity} of {self.transfer_id}"
