"""Lots that near their last usable day: from when on a seller wants to hear of it, and of which it was told."""

from __future__ import annotations

from django.db import models

from toiya.core.rows import OwnedRows
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound.receiving_rules import EXPIRY_DAYS
from toiya.domain.members.models import Seller


class LotRules(models.Model):
    """So many days before a lot's last usable day its seller is told; without a row `EXPIRY_DAYS` hold."""

    seller = models.OneToOneField(Seller, on_delete=models.CASCADE, primary_key=True, related_name="lot_rules")
    days = models.PositiveSmallIntegerField(default=EXPIRY_DAYS)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.seller_id} hears {self.days} days before"


class LotWarning(models.Model):
    """The seller was told of this lot, once, never edited; those of one moment are one letter."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="+")
    lot = models.CharField(max_length=40, blank=True)
    expires_on = models.DateField()
    pieces = models.PositiveIntegerField()  # those that lay there then
    told_at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "sku", "lot", "expires_on"], name="one_warning_a_lot")]

    def __str__(self) -> str:
        return f"{self.lot} of {self.sku_id} until {self.expires_on}"
