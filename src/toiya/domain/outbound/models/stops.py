"""Orders stopped or changed on the floor: what was asked, which of two answers it got, and pieces to carry back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import OwnedRows
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.outbound.models.parcels import Parcel
from toiya.domain.outbound.models.waves import PickList
from toiya.domain.warehouses.models import Bin


class Stop(models.Model):
    """
    Somebody asked to stop or change an order, and was answered in the same moment (D-08).

    There are two answers and the database knows no third: it was stopped, or a parcel had been sealed before.
    """

    class Wish(models.TextChoices):
        CANCEL = "cancel", _("Cancel the order")
        LINES = "lines", _("Cancel some lines")
        ADDRESS = "address", _("Change the address")
        SKU = "sku", _("Change a SKU")

    class Outcome(models.TextChoices):
        STOPPED = "stopped", _("Done")
        SEALED = "sealed", _("Too late")

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="stops")
    wish = models.CharField(max_length=10, choices=Wish.choices)
    reason = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    asked_by = models.CharField(max_length=100)
    asked_at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="stopped") | Q(outcome="sealed", parcel__isnull=False),
                name="stopped_or_sealed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.wish} of {self.order_id}: {self.outcome}"


class CarryBack(models.Model):
    """Pieces of a stopped order that lie in its tote until a person scans the bin they are put into."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    stop = models.ForeignKey(Stop, on_delete=models.PROTECT, related_name="pieces")
    pick_list = models.ForeignKey(PickList, on_delete=models.PROTECT, related_name="carry_backs")
    tote = models.ForeignKey(Bin, on_delete=models.PROTECT, db_index=False, related_name="+")
    home = models.ForeignKey(Bin, on_delete=models.PROTECT, db_index=False, related_name="+")
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, db_index=False)
    lot = models.CharField(max_length=40, blank=True)
    quantity = models.PositiveIntegerField()
    put_into = models.ForeignKey(Bin, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    put_by = models.CharField(max_length=100, blank=True)
    put_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="carry_back_positive"),
            models.CheckConstraint(
                condition=Q(put_at=None) | Q(put_into__isnull=False),
                name="put_back_whole",
            ),
        ]
        indexes = [models.Index(fields=["tote"], name="carry_back_open", condition=Q(put_at=None))]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.sku_id} from {self.tote_id}"
