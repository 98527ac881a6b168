"""Gift codes: money in an envelope."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.members.models import Seller


class GiftCode(WithStates):
    """
    Money for whoever knows the secret, once. Only the secret's hash is kept; `code` is what the office calls it.

    `money` says which purse it fills: top-ups pay every fee, advertising credit what `rules.ALLOWED` lists.
    """

    class Status(models.TextChoices):
        ISSUED = "issued", _("Not redeemed")
        REDEEMED = "redeemed", _("Redeemed")
        REVOKED = "revoked", _("Revoked")
        TAKEN_BACK = "taken_back", _("Taken back")

    class Money(models.TextChoices):
        PREPAID = "free", _("Top-up")
        ADVERTISING = "advertising", _("Advertising credit")

    ARROWS = {
        Status.ISSUED: frozenset({Status.REDEEMED, Status.REVOKED}),
        Status.REDEEMED: frozenset({Status.TAKEN_BACK}),
        Status.REVOKED: frozenset(),
        Status.TAKEN_BACK: frozenset(),
    }

    code = models.CharField(max_length=20, unique=True)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    money = models.CharField(max_length=12, choices=Money.choices, default=Money.PREPAID)
    note = models.CharField(max_length=100, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ISSUED)
    issued_by = models.CharField(max_length=100)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, null=True, related_name="gift_codes")
    ended_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="gift_is_positive"),
            models.CheckConstraint(
                condition=~models.Q(status="redeemed") | models.Q(seller__isnull=False), name="redeemed_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.currency} {self.amount_minor} {self.status}"
