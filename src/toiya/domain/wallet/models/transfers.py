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
        Status.ARRIVED: frozenset({Status.AWAITED}),  # what came was other money: it was taken back
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


class BankFile(WithStates):
    """
    One file of the bank's, taken once: the same content is the same file. Nothing of it is booked before a person who
    saw what would be says so; afterwards it can be undone as far as its money is unspent.

    `told_minor` is the total the file itself tells, `to_mend` the rows nobody could read (number, cells, why, cell),
    `known` the codes of the deposits an earlier file told of. A file that is thrown away leaves no row.
    """

    class Status(models.TextChoices):
        READ = "read", _("Read, nothing booked")
        BOOKED = "booked", _("Booked")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    ARROWS = {
        Status.READ: frozenset({Status.BOOKED}),
        Status.BOOKED: frozenset({Status.UNDOING}),
        Status.UNDOING: frozenset({Status.UNDONE, Status.BOOKED}),
        Status.UNDONE: frozenset(),
    }

    code = models.CharField(max_length=20, unique=True)
    sha256 = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(max_length=100)
    form = models.CharField(max_length=10)  # zengin or csv
    currency = models.CharField(max_length=3, default="JPY", db_default="JPY")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.READ)
    told_minor = models.BigIntegerField(null=True)
    total_minor = models.BigIntegerField(default=0, db_default=0)  # of the lines that were read
    headings = models.JSONField(default=list)
    to_mend = models.JSONField(default=list)
    known = models.JSONField(default=list)
    note = models.CharField(max_length=200, blank=True, default="", db_default="")  # why it was undone
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
    overlap tell it once; one that was undone frees it. `guess` is the announced transfer it is likely to be,
    `confidence` percent. What was taken back once needs a person: no match books it again.
    """

    class Status(models.TextChoices):
        READ = "read", _("Its file is not booked yet")
        WAITING = "waiting", _("Waits for a person")
        BOOKED = "booked", _("Booked")
        NOT_OURS = "not_ours", _("No top-up")
        UNDONE = "undone", _("Undone with its file")

    ARROWS = {
        Status.READ: frozenset({Status.WAITING}),
        Status.WAITING: frozenset({Status.BOOKED, Status.NOT_OURS, Status.UNDONE}),
        Status.BOOKED: frozenset({Status.WAITING, Status.NOT_OURS, Status.UNDONE}),
        Status.NOT_OURS: frozenset({Status.WAITING, Status.UNDONE}),
        Status.UNDONE: frozenset(),
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
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.READ)
    needs_person = models.BooleanField(default=False, db_default=False)
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
