"""What a seller asks to bring in, or to have taken out: one SKU, so many pieces, one warehouse (A108-A115)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound.models.bundles import CargoBundle
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import Warehouse


class InboundRequest(WithStates):
    """
    One in/out request; its code is the in/out number (A111).

    A request to bring in is bundled with others into one delivery (A122-A125) and completed with it; a request to take
    out is completed by the warehouse. `source_key` makes a line of a file or a program's call come in only once.
    """

    class Kind(models.TextChoices):
        IN = "in", _("Bring in")
        OUT = "out", _("Take out")

    class Status(models.TextChoices):
        REQUESTED = "requested", pgettext_lazy("an in/out request", "Requested")
        BUNDLED = "bundled", _("In a cargo bundle")
        COMPLETED = "completed", pgettext_lazy("an in/out request", "Completed")
        CANCELLED = "cancelled", pgettext_lazy("an in/out request", "Cancelled")

    ARROWS = {
        Status.REQUESTED: frozenset({Status.BUNDLED, Status.COMPLETED, Status.CANCELLED}),
        Status.BUNDLED: frozenset({Status.REQUESTED, Status.COMPLETED}),
        Status.COMPLETED: frozenset(),
        Status.CANCELLED: frozenset(),
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=3, choices=Kind.choices, default=Kind.IN)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.REQUESTED)
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="inbound_requests")
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, db_index=False)
    bundle = models.ForeignKey(CargoBundle, on_delete=models.SET_NULL, null=True, related_name="requests")
    quantity = models.PositiveIntegerField()
    description = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    source_key = models.CharField(max_length=100, blank=True, default="")
    requested_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "id"], name="inbound_request_of_seller"),
            models.UniqueConstraint(
                fields=["seller", "source_key"], name="one_request_per_source", condition=~models.Q(source_key="")
            ),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="inbound_request_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.kind} {self.quantity}"
