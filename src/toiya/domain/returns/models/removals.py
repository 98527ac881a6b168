"""Removals: a seller takes pieces back, or has them thrown away (L26, A192)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.warehouses.models import Bin, Warehouse


class Removal(WithStates):
    """
    Pieces of a seller that leave for good. Sent ones go out as an order of their own, whose status tells how far they
    are; thrown away ones are counted out by the floor. `is_everything`: all that is free when it is ordered.

    Prepared ones were drawn up by us, such as when the service was stopped: a person confirms them.
    """

    class Kind(models.TextChoices):
        SEND = "send", _("Send to me")
        DISPOSE = "dispose", _("Throw away")

    class Status(models.TextChoices):
        PREPARED = "prepared", pgettext_lazy("a removal", "To be confirmed")
        ORDERED = "ordered", pgettext_lazy("a removal", "Ordered")
        DONE = "done", pgettext_lazy("a removal", "Done")
        CANCELLED = "cancelled", pgettext_lazy("a removal", "Cancelled")

    class Payer(models.TextChoices):
        SELLER = "seller", _("Prepaid, from the wallet")
        RECEIVER = "receiver", _("Freight collect, paid at the door")

    ARROWS = {
        Status.PREPARED: frozenset({Status.ORDERED, Status.CANCELLED}),
        Status.ORDERED: frozenset({Status.DONE, Status.CANCELLED}),
        Status.DONE: frozenset(),
        Status.CANCELLED: frozenset(),
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20, unique=True)
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.SEND)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PREPARED)
    is_everything = models.BooleanField(default=False)
    payer = models.CharField(max_length=8, choices=Payer.choices, default=Payer.SELLER)
    service_code = models.CharField(max_length=30, blank=True)
    order = models.OneToOneField(Order, on_delete=models.PROTECT, null=True, related_name="removal")
    name = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    postal_code = models.CharField(max_length=12, blank=True)
    first_line = models.CharField(max_length=300, blank=True)
    second_line = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    consent = models.CharField(max_length=200, blank=True)  # whose word it is that pieces are thrown away
    token = models.CharField(max_length=60, blank=True)  # the same form twice is one removal
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "id"], name="removal_of_seller"),
            models.UniqueConstraint(
                fields=["seller", "token"], name="one_removal_per_token", condition=~models.Q(token="")
            ),
            models.UniqueConstraint(
                fields=["seller", "warehouse"], name="one_prepared_removal", condition=models.Q(status="prepared")
            ),
        ]
        indexes = [models.Index(fields=["warehouse", "status"], name="removals_to_do")]

    def __str__(self) -> str:
        return f"{self.code} {self.kind} {self.status}"

    @property
    def is_open(self) -> bool:
        """Whether anything is still to be done for it."""
        if self.status != self.Status.ORDERED:
            return self.status == self.Status.PREPARED
        ended = (Order.Status.SHIPPED, Order.Status.DELIVERED, Order.Status.CANCELLED)
        return self.order is None or self.order.status not in ended


class RemovalLine(models.Model):
    """Pieces of one SKU to be removed; `gone` counts those the floor threw away."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    removal = models.ForeignKey(Removal, on_delete=models.PROTECT, related_name="lines", db_index=False)
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    gone = models.PositiveIntegerField(default=0)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["removal", "sku"], name="sku_once_in_removal"),
            models.UniqueConstraint(fields=["seller", "id"], name="removal_line_of_seller"),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0, gone__lte=models.F("quantity")), name="removal_line_adds_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone} of {self.quantity} of {self.sku_id}"

    @property
    def left(self) -> int:
        """Pieces still to be counted out."""
        return self.quantity - self.gone


class CountedOut(models.Model):
    """Pieces of a removal thrown away out of one bin; never changed. `scan_id`: the same scan twice is one."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    line = models.ForeignKey(RemovalLine, on_delete=models.PROTECT, related_name="counted_out")
    bin = models.ForeignKey(Bin, on_delete=models.PROTECT, related_name="+")
    lot = models.CharField(max_length=40, blank=True)
    quantity = models.PositiveIntegerField()
    scan_id = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scan_id", "lot"], name="counted_out_once"),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="counted_out_some"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of line {self.line_id}"
