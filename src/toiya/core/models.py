"""The table of what happened: one immutable row per event."""

from __future__ import annotations

from django.db import models

from toiya.core.rows import OwnedRows

# Everything but what happens to orders and goods. The audit asks with these very words, or the index is of no use.
AUDITED = (
    ~models.Q(name__startswith="order.")
    & ~models.Q(name__startswith="parcel.")
    & ~models.Q(name__startswith="label.")
    & ~models.Q(name__startswith="stock.")
)


class EventRow(models.Model):
    """
    Something that happened, in the past tense. Timelines, the audit and webhooks read these rows.

    Never edited, never removed: a trigger refuses it. Only the name of a person who was erased becomes their number.
    """

    name = models.CharField(max_length=60)
    seller_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=60)
    actor_name = models.CharField(max_length=100)
    data = models.JSONField()

    objects = OwnedRows.as_manager()

    class Meta:
        db_table = "core_event"
        indexes = [
            models.Index(fields=["subject", "id"], name="core_event_subject"),
            # The audit's way in; what happens to orders and goods by the thousand is told on their own pages.
            models.Index(fields=["seller_id", "id"], name="core_event_audit", condition=AUDITED),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject}"


class LimitRow(models.Model):
    """A bucket of tries (`core.limits`): which brake for whom, hashed, and how many are left."""

    key = models.CharField(max_length=64, primary_key=True)
    tokens = models.FloatField()
    filled_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "core_limit"

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.tokens}"
