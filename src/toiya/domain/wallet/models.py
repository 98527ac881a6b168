"""The ledger of money: double entry, prepaid, per seller and currency."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import OwnedRows
from toiya.domain.members.models import Seller


class Account(models.Model):
    """
    One locked balance. FREE and RESERVED are the seller's money with us; FEES what we earned from them;
    TOP_UPS, negative, what they paid in. The four of a currency sum to zero.
    """

    class Kind(models.TextChoices):
        FREE = "free", _("Free")
        RESERVED = "reserved", _("Set aside")
        FEES = "fees", _("Fees")
        TOP_UPS = "top_ups", _("Top-ups")

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    currency = models.CharField(max_length=3)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    balance_minor = models.BigIntegerField(default=0)
    credit_limit_minor = models.BigIntegerField(default=0)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "currency", "kind"], name="one_account"),
            models.CheckConstraint(
                condition=~models.Q(kind="free") | models.Q(balance_minor__gte=-models.F("credit_limit_minor")),
                name="free_within_limit",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="reserved") | models.Q(balance_minor__gte=0), name="reserved_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seller_id} {self.kind}: {self.currency} {self.balance_minor}"


class Posting(models.Model):
    """A wallet transaction: entries that sum to zero. Never edited."""

    class Kind(models.TextChoices):
        TOP_UP = "top_up", _("Topped up")
        RESERVE = "reserve", _("Set aside")
        VOID = "void", _("Given back")
        CAPTURE = "capture", _("Taken")
        REFUND = "refund", _("Refunded")

    seller_id = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    currency = models.CharField(max_length=3)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class TopUp(models.Model):
    """A top-up that was asked for; `token` is of the form it came from, so that sending it twice books it once."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    token = models.CharField(max_length=40)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "token"], name="one_top_up_per_form")]

    def __str__(self) -> str:
        return f"{self.currency} {self.amount_minor} {self.token}"


class Entry(models.Model):
    """One line of a posting on one account, never edited; `source` is the code of what it was for."""

    seller_id = models.BigIntegerField()
    posting_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    amount_minor = models.BigIntegerField()
    source = models.CharField(max_length=40)

    objects = OwnedRows.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["account_id", "id"], name="entry_of_account")]

    def __str__(self) -> str:
        return f"{self.amount_minor} on {self.account_id}"


class Reservation(models.Model):
    """Money set aside for one cause. It ends once: captured or voided."""

    class Status(models.TextChoices):
        OPEN = "open", _("Set aside")
        CAPTURED = "captured", _("Taken")
        VOIDED = "voided", _("Given back")

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    currency = models.CharField(max_length=3)
    source = models.CharField(max_length=40)
    amount_minor = models.BigIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "source"], name="one_reservation_per_cause"),
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="reservation_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.currency} {self.amount_minor} {self.status}"
