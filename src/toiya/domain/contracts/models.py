"""The agreement: versions by country, a seller's own numbers, and what it signed."""

from __future__ import annotations

from django.db import models

from toiya.core.rows import LockableRows, OwnedRows
from toiya.domain.members.models import Seller


class TermsVersion(models.Model):
    """A country's numbers from a day on, announced ahead. Version 1 of each country is in `rules.STANDARD`."""

    country = models.CharField(max_length=2)
    version = models.PositiveIntegerField()
    figures = models.JSONField()
    holds_from = models.DateField()
    announced_at = models.DateTimeField()
    announced_by = models.CharField(max_length=100)

    objects = LockableRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["country", "version"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.country} {self.version}"


class Variation(models.Model):
    """A seller's own numbers in one country. The newest counts; it holds when the seller has signed it."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="variations")
    country = models.CharField(max_length=2)
    changes = models.JSONField()
    note = models.CharField(max_length=200, blank=True)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=100)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.seller_id} {self.country}: {self.changes}"


class Agreement(models.Model):
    """
    A seller's signature, never edited: who, when, which version in which language, the whole text and its hash, and
    the numbers the text was made of. The newest of a country is in force.
    """

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="agreements")
    code = models.CharField(max_length=20, unique=True)
    country = models.CharField(max_length=2)
    version = models.PositiveIntegerField()
    figures = models.JSONField()
    language = models.CharField(max_length=10)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    pays_fees_automatically = models.BooleanField()  # A018: fees are taken from the wallet as they arise
    signed_by_id = models.BigIntegerField(null=True)  # empty: a rule of ours, not a person
    signed_by = models.CharField(max_length=100)
    signed_at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pays_fees_automatically=True), name="agreement_includes_automatic_fees"
            )
        ]
        indexes = [models.Index(fields=["seller", "country", "-id"], name="agreement_in_force")]

    def __str__(self) -> str:
        return f"{self.code} {self.country} {self.version}"
