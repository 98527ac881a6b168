"""How many of a listing a site is told, and what came of comparing that with what the site shows."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import OwnedRows
from toiya.domain.channels.models.shops import Connection, Listing
from toiya.domain.channels.number_rules import NumberRule
from toiya.domain.members.models import Seller


class RuleRow(models.Model):
    """A rule for numbers as a row (`number_rules.NumberRule`)."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    buffer_pieces = models.PositiveIntegerField(default=0)
    share_percent = models.PositiveSmallIntegerField(default=100)
    most_shown = models.PositiveIntegerField(null=True)
    closed_below = models.PositiveIntegerField(default=0)

    objects = OwnedRows.as_manager()

    class Meta:
        abstract = True

    @property
    def rule(self) -> NumberRule:
        """The rule itself."""
        return NumberRule(self.buffer_pieces, self.share_percent, self.most_shown, self.closed_below)


class ShopRules(RuleRow):
    """What counts for every listing of a shop that has no rule of its own."""

    connection = models.OneToOneField(
        Connection, on_delete=models.CASCADE, primary_key=True, related_name="number_rules"
    )

    class Meta:
        verbose_name_plural = "shop rules"
        constraints = [
            models.CheckConstraint(condition=models.Q(share_percent__lte=100), name="shop_share_is_a_part"),
        ]

    def __str__(self) -> str:
        return f"numbers of {self.connection_id}"


class ListingRules(RuleRow):
    """A listing's own rule; the shop's does not count for it."""

    listing = models.OneToOneField(Listing, on_delete=models.CASCADE, primary_key=True, related_name="number_rules")

    class Meta:
        verbose_name_plural = "listing rules"
        constraints = [
            models.CheckConstraint(condition=models.Q(share_percent__lte=100), name="listing_share_is_a_part"),
        ]

    def __str__(self) -> str:
        return f"numbers of {self.listing_id}"


class Reconciliation(models.Model):
    """One night's comparison of a shop's stock numbers with ours."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="reconciliations", db_index=False)
    night = models.DateField()
    made_at = models.DateTimeField()
    listings = models.PositiveIntegerField()
    differences = models.PositiveIntegerField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "night"], name="one_reconciliation_per_night")]

    def __str__(self) -> str:
        return f"{self.connection_id} {self.night}"


class NumberDifference(models.Model):
    """A listing that showed another number than it should; it was told once more."""

    class Cause(models.TextChoices):
        NOT_TOLD = "not_told", _("Not told yet")
        ON_ITS_WAY = "on_its_way", _("The new number was on its way")
        NOT_TAKEN = "not_taken", _("The site did not take our number")
        SOLD_MEANWHILE = "sold_meanwhile", _("Sold at the site, the orders had not come in yet")
        CHANGED_AT_SITE = "changed_at_site", _("Changed at the site")

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    reconciliation = models.ForeignKey(Reconciliation, on_delete=models.CASCADE, related_name="rows", db_index=False)
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="differences")
    site_quantity = models.PositiveIntegerField()
    told_quantity = models.PositiveIntegerField(null=True)
    due_quantity = models.PositiveIntegerField()
    cause = models.CharField(max_length=20, choices=Cause.choices)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reconciliation", "listing"], name="one_difference_per_listing")]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.site_quantity} instead of {self.due_quantity}"
