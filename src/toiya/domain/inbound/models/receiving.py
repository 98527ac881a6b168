"""What was counted when goods came, and where it differs from what was told."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound.models.bundles import CargoBundle, Carton
from toiya.domain.members.models import Seller


class Receipt(models.Model):
    """
    One count on the floor, never edited. `scan_id` is the scanner's id of the scan: the same twice is one count.

    Good pieces go to the dock bin, damaged ones to the damaged bin (blocked); of unknown things nothing is booked.
    """

    class Condition(models.TextChoices):
        GOOD = "good", pgettext_lazy("condition of goods", "Good")
        DAMAGED = "damaged", pgettext_lazy("condition of goods", "Damaged")
        UNKNOWN = "unknown", pgettext_lazy("condition of goods", "Unknown thing")

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    bundle = models.ForeignKey(CargoBundle, on_delete=models.PROTECT, related_name="receipts")
    carton = models.ForeignKey(Carton, on_delete=models.PROTECT, null=True, related_name="receipts")
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, null=True, related_name="+")
    scan_id = models.CharField(max_length=40, unique=True)
    condition = models.CharField(max_length=10, choices=Condition.choices, default=Condition.GOOD)
    quantity = models.PositiveIntegerField()
    lot = models.CharField(max_length=40, blank=True)
    expires_on = models.DateField(null=True)
    scanned = models.CharField(max_length=100, blank=True)  # what an unknown thing bears
    note = models.CharField(max_length=200, blank=True)
    photo_key = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)
    counted_by = models.CharField(max_length=40, blank=True, default="", db_default="")  # the actor's id

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(quantity__gt=0), name="receipt_is_positive")]

    def __str__(self) -> str:
        return f"{self.quantity} {self.condition} in {self.bundle_id}"


class TakenBack(models.Model):
    """The counter-entry of a count that was a mistake; the same `scan_id` twice takes one count back."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="taken_back")
    scan_id = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"receipt {self.receipt_id} taken back"


class Difference(WithStates):
    """Where a completed bundle is not as it was told; talked over in a conversation, then settled."""

    class Kind(models.TextChoices):
        MORE = "more", _("More than told")
        FEWER = "fewer", _("Fewer than told")
        DAMAGED = "damaged", _("Damaged on arrival")
        UNKNOWN = "unknown", _("Not known")
        UNANNOUNCED = "unannounced", _("Not announced")

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("a difference in a delivery", "Open")
        SETTLED = "settled", pgettext_lazy("a difference in a delivery", "Settled")

    class Outcome(models.TextChoices):
        COUNT_STANDS = "count_stands", _("The count stands")
        FOUND_LATER = "found_later", _("The missing pieces were found")
        WRITTEN_OFF = "written_off", _("Written off")
        TO_RETURN = "to_return", _("Goes back to the seller")

    ARROWS = {Status.OPEN: frozenset({Status.SETTLED}), Status.SETTLED: frozenset()}

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    bundle = models.ForeignKey(CargoBundle, on_delete=models.PROTECT, related_name="differences")
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    pieces = models.PositiveIntegerField()
    scanned = models.CharField(max_length=100, blank=True)
    note = models.CharField(max_length=300, blank=True)
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True, default="")
    settlement_note = models.CharField(max_length=300, blank=True, default="")

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bundle", "kind", "sku", "scanned"], name="one_difference_of_a_kind", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pieces} of {self.sku_id} in {self.bundle_id}"
