"""Bank transfers: what sellers announced, what the bank told, and what was made of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import LockableRows, OwnedRows
from toiya.core.states import WithStates
from toiya.domain.members.models import Seller


class AnnouncedTransfer(WithStates):
    """Money a seller says it sends by bank, under a reference of eight digits that it writes into the transfer."""

    class Status(models.TextChoices):
        AWAITED = "awaited", _("On its way")
        ARRIVED = "arrived", _("Arrived")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    ARROWS = {
        Status.AWAITED: frozenset({Status.ARRIVED, Status.WITHDRAWN}),
        Status.ARRIVED: frozenset(),
        Status.WITHDRAWN: frozenset({Status.ARRIVED}),  # the money came all the same
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    reference = models.CharField(max_length=8, unique=True)
    token = models.CharField(max_length=40)  # of the form: sent twice it announces once
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    sender_name = models.CharField(max_length=48)  # as the bank will write it
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.AWAITED)
    announced_at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "token"], name="one_announcement_per_form"),
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="announced_is_positive"),
        ]
        indexes = [
            models.Index(fields=["currency", "id"], name="awaited_transfer", condition=models.Q(status="awaited"))
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.currency} {self.amount_minor}"


class BankHeading(models.Model):
    """What a bank's list calls one of our columns: said once by a person, understood from then on."""

    heading = models.CharField(max_length=100, unique=True)  # folded, as compared
    column = models.CharField(max_length=20)
    said_by = models.CharField(max_length=100)
    said_at = models.DateTimeField()

    objects = LockableRows.as_manager()

    def __str__(self) -> str:
        return f"{self.heading} is {self.column}"


class BankFile(models.Model):
    """One file of the bank's, taken once: the same content is the same file."""

    code = models.CharField(max_length=20, unique=True)
    sha256 = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(max_length=100)
    form = models.CharField(max_length=10)  # zengin or csv
    lines = models.PositiveIntegerField()
    new_lines = models.PositiveIntegerField()  # those no earlier file told of
    taken_by = models.CharField(max_length=100)
    taken_at = models.DateTimeField()

    objects = LockableRows.as_manager()

    def __str__(self) -> str:
        return f"{self.code} {self.file_name}"


class Deposit(WithStates):
    """
    One line of the bank's: money on our account. Nobody's until it is matched or a person assigns it.

    `fingerprint` is what the bank told of it and which of several alike it is within its day, so that files that
    overlap tell it once. `guess` is the announced transfer it is likely to be, `confidence` percent.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waits for a person")
        BOOKED = "booked", _("Booked")
        NOT_OURS = "not_ours", _("No top-up")

    ARROWS = {
        Status.WAITING: frozenset({Status.BOOKED, Status.NOT_OURS}),
        Status.BOOKED: frozenset(),
        Status.NOT_OURS: frozenset({Status.WAITING}),
    }

    code = models.CharField(max_length=20, unique=True)
    bank_file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="deposits")
    fingerprint = models.CharField(max_length=64, unique=True)
    account = models.CharField(max_length=40)
    booked_on = models.DateField()
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    name = models.CharField(max_length=100)
    message = models.CharField(max_length=100, blank=True)
    inquiry = models.CharField(max_length=20, blank=True)
    is_reversal = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    guess = models.CharField(max_length=8, blank=True)
    confidence = models.PositiveSmallIntegerField(default=0)
    matched_by = models.CharField(max_length=12, blank=True)  # reference, name or person
    note = models.CharField(max_length=200, blank=True)  # why it is no top-up
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, null=True, related_name="deposits")
    transfer = models.ForeignKey(AnnouncedTransfer, on_delete=models.PROTECT, null=True, related_name="deposits")
    ended_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="booked") | models.Q(seller__isnull=False, is_reversal=False),
                name="booked_deposit_has_a_seller",
            ),
        ]
        indexes = [models.Index(fields=["booked_on"], name="waiting_deposit", condition=models.Q(status="waiting"))]

    def __str__(self) -> str:
        return f"{self.code}: {self.currency} {self.amount_minor} {self.status}"
