"""Carriers' services, our number ranges, and labels as wishes that end bought, rejected or in doubt."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import LockableRows, OwnedRows
from toiya.core.states import WithStates
from toiya.domain.members.models import Seller


class Service(models.Model):
    """A carrier's product, such as Nekopos, with its limit and what we charge per parcel."""

    code = models.CharField(max_length=30, unique=True)
    carrier = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    site_name = models.CharField(max_length=60)
    max_weight_g = models.PositiveIntegerField()
    max_size_cm = models.PositiveIntegerField(default=0)  # length + width + height; 0: no limit told
    price_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="JPY")

    def __str__(self) -> str:
        return self.name


class NumberRange(models.Model):
    """A contract's range of tracking numbers; `next_body` is the 11-digit body drawn next."""

    carrier = models.CharField(max_length=20, unique=True)
    first_body = models.BigIntegerField()
    last_body = models.BigIntegerField()
    next_body = models.BigIntegerField()
    is_test = models.BooleanField(default=True)

    objects = LockableRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(next_body__gte=models.F("first_body"), next_body__lte=models.F("last_body") + 1),
                name="range_runs_forward",
            )
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.next_body}"


class Label(WithStates):
    """
    The wish for one label. `reference` is our parcel's code: the carrier is asked by it, so a repeated call
    never buys a second one. `shipment` is a snapshot taken when the wish was made.

    `attempt` counts the calls begun; an answer counts only for the attempt it belongs to. `next_try_at` is
    when a wanted label is due to be asked for (once more); it is None for all others.
    """

    class Status(models.TextChoices):
        WANTED = "wanted", _("Being made")
        BOUGHT = "bought", _("Made")
        REJECTED = "rejected", _("Refused by the carrier")
        IN_DOUBT = "in_doubt", _("No answer from the carrier")
        DROPPED = "dropped", _("No longer needed")

    ARROWS = {
        Status.WANTED: frozenset({Status.BOUGHT, Status.REJECTED, Status.IN_DOUBT, Status.DROPPED}),
        Status.BOUGHT: frozenset(),
        Status.REJECTED: frozenset({Status.WANTED, Status.DROPPED}),
        Status.IN_DOUBT: frozenset({Status.WANTED, Status.DROPPED}),
        Status.DROPPED: frozenset(),
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    reference = models.CharField(max_length=20)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, db_index=False)
    carrier = models.CharField(max_length=20)
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
