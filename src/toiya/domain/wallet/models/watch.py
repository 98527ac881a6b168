"""What a seller wishes to happen when its money runs low."""

from __future__ import annotations

from django.db import models

from toiya.core.rows import OwnedRows
from toiya.domain.members.models import Seller


class MoneyWatch(models.Model):
    """
    A letter when free money falls below an amount, and money by itself from the card the gateway keeps (L21).

    Without a row nothing happens by itself. `alerted_at` is when the seller was told that free money is low; empty
    again once it is not. `sealed_card` is the gateway's word for the card, of no use to anybody but us and the gateway.
    """

    seller = models.OneToOneField(Seller, on_delete=models.CASCADE, primary_key=True, related_name="money_watch")
    alert_below_minor = models.BigIntegerField(null=True)
    alerted_at = models.DateTimeField(null=True)
    sealed_card = models.CharField(max_length=400, blank=True)
    fill_below_minor = models.BigIntegerField(null=True)
    fill_minor = models.BigIntegerField(null=True)
    month_cap_minor = models.BigIntegerField(null=True)  # of automatic payments, in any 31 days
    changed_at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(alert_below_minor__isnull=True) | models.Q(alert_below_minor__gt=0),
                name="alert_threshold_is_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(fill_below_minor__isnull=True)
                | models.Q(fill_minor__gt=0, month_cap_minor__gte=models.F("fill_minor")) & ~models.Q(sealed_card=""),
                name="filling_has_its_amounts",
            ),
        ]

    def __str__(self) -> str:
        return f"watch of {self.seller_id}"
