"""What carriers offer and agreed with us: services, their terms through time, contracts, ranges of numbers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import LockableRows


class Way(models.TextChoices):
    """How a carrier's labels come to their numbers: asked for one by one, by files, or from its own form."""

    ASK = "ask", _("One by one")
    FILE = "file", _("By file")
    HAND = "hand", _("Typed by hand")


class Service(models.Model):
    """A carrier's product, such as Nekopos, with its limit and what we charge per parcel."""

    code = models.CharField(max_length=30, unique=True)
    carrier = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    site_name = models.CharField(max_length=60)
    max_weight_g = models.PositiveIntegerField()
    max_size_cm = models.PositiveIntegerField(default=0)  # length + width + height; 0: no limit told
    price_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="JPY")

    def __str__(self) -> str:
        return self.name


class NumberRange(models.Model):
    """A contract's range of tracking numbers; `next_body` is the 11-digit body drawn next."""

    carrier = models.CharField(max_length=20, unique=True)
    first_body = models.BigIntegerField()
    last_body = models.BigIntegerField()
    next_body = models.BigIntegerField()
    is_test = models.BooleanField(default=True)

    objects = LockableRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(next_body__gte=models.F("first_body"), next_body__lte=models.F("last_body") + 1),
                name="range_runs_forward",
            )
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.next_body}"


class ServiceTerms(models.Model):
    """
    What a service takes from a day on, until its next terms (`service_rules.Terms` as a row). Never changed: terms that
    were in force stay, others start on another day.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="terms", db_index=False)
    starts_on = models.DateField()
    tiers = models.JSONField(default=list)  # [three sides together in mm, weight in g], the smallest first
    longest_mm = models.PositiveIntegerField(default=0)
    thickest_mm = models.PositiveIntegerField(default=0)
    least_long_mm = models.PositiveIntegerField(default=0)
    least_wide_mm = models.PositiveIntegerField(default=0)
    within_mm = models.JSONField(default=list)
    most_weight_g = models.PositiveIntegerField(default=0)
    takes_date = models.BooleanField(default=False)
    slots = models.JSONField(default=list)
    latest_days = models.PositiveIntegerField(default=0)
    is_mailbox = models.BooleanField(default=False)
    compensation_minor = models.BigIntegerField(default=0)
    is_offered = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "starts_on"], name="one_terms_a_day")]

    def __str__(self) -> str:
        return f"{self.service_id} from {self.starts_on}"


class Contract(models.Model):
    """
    What was agreed with a carrier: how labels come to numbers, the layout of its files, whom it bills.

    After `lost_after_days` without a scan a parcel may be lost; 0: nobody watches.
    """

    carrier = models.CharField(max_length=20, unique=True)
    way = models.CharField(max_length=4, choices=Way.choices, default=Way.ASK)
    layout = models.CharField(max_length=20, blank=True)
    customer_code = models.CharField(max_length=12, blank=True)
    billing_class = models.CharField(max_length=3, blank=True)
    fare_code = models.CharField(max_length=2, default="01")
    lost_after_days = models.PositiveIntegerField(default=0)

    objects = LockableRows.as_manager()

    def __str__(self) -> str:
        return self.carrier
