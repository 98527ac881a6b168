"""Money that came wrong and goes back: asked for by one person, carried out by another."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.members.models import Seller


class Reversal(WithStates):
    """
    One booked deposit, card payment, gift code or cash that is taken back from a seller's wallet, with the reason and
    the evidence. A second person carries it out, for a seller may owe us afterwards what it spent (`owed_minor`).

    `to_seller` is whose a deposit is instead: it is booked there at once. With `file` it is a line of a bank's file
    that was undone whole, which takes unspent money only and needs no second person.
    """

    class Status(models.TextChoices):
        ASKED = "asked", _("Waits for a second person")
        DONE = "done", _("Taken back")
        DECLINED = "declined", _("Declined")

    ARROWS = {
        Status.ASKED: frozenset({Status.DONE, Status.DECLINED}),
        Status.DONE: frozenset(),
        Status.DECLINED: frozenset(),
    }

    class Kind(models.TextChoices):
        DEPOSIT = "deposit", _("Deposit")
        CARD = "card", _("Card payment")
        GIFT = "gift", _("Gift code")
        CASH = "cash", _("Booked by hand")

    class Reason(models.TextChoices):
        WRONG_SELLER = "wrong_seller", _("It is another seller's money")
        RECALLED = "recalled", _("The bank took the transfer back")
        CHARGEBACK = "chargeback", _("The card's bank took the money back")
        IN_ERROR = "in_error", _("It was booked in error")
        WHOLE_FILE = "whole_file", _("Its file was undone")

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False, related_name="reversals")
    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    cause = models.CharField(max_length=20)  # the code of what is taken back
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    owed_minor = models.BigIntegerField(default=0)  # what was spent already: a debt since
    to_seller = models.ForeignKey(Seller, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    note = models.CharField(max_length=300)  # the evidence: what the bank, the gateway or the seller wrote, and where
    file = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASKED)
    asked_by = models.CharField(max_length=40)
    asked_name = models.CharField(max_length=100)
    asked_at = models.DateTimeField()
    ended_by = models.CharField(max_length=40, blank=True)
    ended_name = models.CharField(max_length=100, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cause"], name="one_open_reversal_per_cause", condition=models.Q(status="asked")
            ),
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0, owed_minor__gte=0, owed_minor__lte=models.F("amount_minor")),
                name="reversal_amounts",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="done") | ~models.Q(ended_by=models.F("asked_by")) | ~models.Q(file=""),
                name="reversal_by_two_persons",
            ),
        ]
        indexes = [models.Index(fields=["cause"], name="reversal_of_cause")]

    def __str__(self) -> str:
        return f"{self.code}: {self.cause} {self.currency} {self.amount_minor} {self.status}"
