"""Top-ups by card: the gateway's own page asks for the card; we know its number of the payment only."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.members.models import Seller


class CardPayment(WithStates):
    """
    One wish to pay by card: stored, told to the gateway, answered. No card number ever touches us.

    `external_id` and `page_url` are the gateway's. Its callbacks may come late, twice or never; the first answer that
    ends the payment counts, and whoever is not answered is asked for.
    """

    class Status(models.TextChoices):
        WISHED = "wished", _("Being prepared")
        OPEN = "open", _("Waits for the card")
        PAID = "paid", _("Paid")
        FAILED = "failed", _("Not paid")
        TAKEN_BACK = "taken_back", _("Taken back")

    ARROWS = {
        Status.WISHED: frozenset({Status.OPEN, Status.FAILED}),
        Status.OPEN: frozenset({Status.PAID, Status.FAILED}),
        Status.PAID: frozenset({Status.TAKEN_BACK}),
        Status.FAILED: frozenset({Status.PAID}),  # the gateway took the money all the same
        Status.TAKEN_BACK: frozenset(),
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20, unique=True)
    token = models.CharField(max_length=40)
    keeps_card = models.BooleanField(default=False)
    is_automatic = models.BooleanField(default=False)  # taken from the kept card, without a page
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WISHED)
    external_id = models.CharField(max_length=60, blank=True)
    page_url = models.CharField(max_length=500, blank=True)
    problem = models.CharField(max_length=60, blank=True)
    wished_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "token"], name="one_card_payment_per_form"),
            models.UniqueConstraint(
                fields=["external_id"], name="one_payment_per_external_id", condition=~models.Q(external_id="")
            ),
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="card_payment_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.currency} {self.amount_minor} {self.status}"
