"""Labels as wishes that end bought, rejected or in doubt; what was printed and what was voided."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.carriers.models.contracts import Service, Way
from toiya.domain.members.models import Seller


class Label(WithStates):
    """
    The wish for one label. `reference` is our parcel's code: the carrier is asked by it, so a repeated call
    never buys a second one. `shipment` is a snapshot taken when the wish was made.

    `attempt` counts the calls begun; an answer counts only for the attempt it belongs to. `next_try_at` is
    when a wanted label is due to be asked for (once more); it is None for all others, and for those that get their
    number by file. A bought label is refused again when it is voided (`LabelVoid`), so that another can be wanted.
    """

    class Status(models.TextChoices):
        WANTED = "wanted", _("Being made")
        BOUGHT = "bought", _("Made")
        REJECTED = "rejected", _("Refused by the carrier")
        IN_DOUBT = "in_doubt", _("No answer from the carrier")
        DROPPED = "dropped", _("No longer needed")

    ARROWS = {
        Status.WANTED: frozenset({Status.BOUGHT, Status.REJECTED, Status.IN_DOUBT, Status.DROPPED}),
        Status.BOUGHT: frozenset({Status.REJECTED}),
        Status.REJECTED: frozenset({Status.WANTED, Status.DROPPED}),
        Status.IN_DOUBT: frozenset({Status.WANTED, Status.DROPPED}),
        Status.DROPPED: frozenset(),
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    reference = models.CharField(max_length=20)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, db_index=False)
    carrier = models.CharField(max_length=20)
    way = models.CharField(max_length=4, choices=Way.choices, default=Way.ASK, db_default=Way.ASK)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WANTED)
    attempt = models.PositiveIntegerField(default=0)
    tracking_number = models.CharField(max_length=50, blank=True)
    shipment = models.JSONField()
    document = models.BinaryField(default=b"")
    problem = models.CharField(max_length=300, blank=True)
    wanted_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    bought_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "reference"], name="one_label_per_parcel"),
            models.UniqueConstraint(
                fields=["carrier", "tracking_number"],
                name="number_used_once",
                condition=~models.Q(tracking_number=""),
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], name="label_due", condition=models.Q(status="wanted")),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.tracking_number}"


class LabelPrint(models.Model):
    """One printing of a label: who, when, and from the second one on, why."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    label = models.ForeignKey(Label, on_delete=models.PROTECT, related_name="prints")
    printed_by = models.CharField(max_length=100)
    printed_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.label_id} by {self.printed_by}"


class LabelVoid(models.Model):
    """A number that was on a label and is never used again: who voided it, when and why."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    label = models.ForeignKey(Label, on_delete=models.PROTECT, related_name="voids")
    carrier = models.CharField(max_length=20)
    tracking_number = models.CharField(max_length=50)
    reason = models.CharField(max_length=200)
    voided_by = models.CharField(max_length=100)
    voided_at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["carrier", "tracking_number"], name="number_voided_once")]

    def __str__(self) -> str:
        return self.tracking_number
