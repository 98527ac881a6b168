"""Orders that were divided or joined, and where their lines came from."""

from __future__ import annotations

from django.db import models

from toiya.core.rows import OwnedRows
from toiya.domain.members.models import Seller
from toiya.domain.orders.models.orders import Line, Order


class SplitOff(models.Model):
    """The order was split off from another one, of the same buyer and receiver."""

    order = models.OneToOneField(Order, on_delete=models.CASCADE, primary_key=True, related_name="split_off")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    source = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="parts")
    is_automatic = models.BooleanField(default=False)  # by the seller's rule, not by a person
    split_by = models.CharField(max_length=100)
    split_at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.order_id} from {self.source_id}"


class MergedAway(models.Model):
    """The order ended because its lines go with another one; no site is told that it was cancelled."""

    order = models.OneToOneField(Order, on_delete=models.CASCADE, primary_key=True, related_name="merged_away")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    into = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="merged_here")
    merged_by = models.CharField(max_length=100)
    merged_at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.order_id} into {self.into_id}"


class LineOrigin(models.Model):
    """
    The order that a line came with, written only when it moves or is divided; all others came with their own.

    The lines with one `root` are one line of the site: together they have the `bought` things of it, always.
    """

    line = models.OneToOneField(Line, on_delete=models.CASCADE, primary_key=True, related_name="origin")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="+")
    root = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="+")
    bought = models.PositiveIntegerField()
    is_divided = models.BooleanField(default=False)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.line_id} came with {self.order_id}"
