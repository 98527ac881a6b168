"""A seller's application for our service, and how far it came with the plan made for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.members.models.sellers import Seller


class Application(WithStates):
    """The answers of A025 and what the operator decided. One that is open per seller."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting for the operator")
        ASKED = "asked", _("Waiting for your answer")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")

    class Service(models.TextChoices):
        SMART_DELIVERY = "smart_delivery", _("Smart Delivery")
        FULFILMENT = "fulfilment", _("Fulfilment")
        BOTH = "both", _("Both")

    ARROWS: ClassVar[Mapping[Any, frozenset[Any]]] = {
        Status.WAITING: frozenset({Status.ASKED, Status.APPROVED, Status.REJECTED}),
        Status.ASKED: frozenset({Status.WAITING, Status.APPROVED, Status.REJECTED}),
        Status.APPROVED: frozenset(),
        Status.REJECTED: frozenset(),
    }

    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, related_name="applications")
    code = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    sites = ArrayField(models.CharField(max_length=60), default=list)
    goods = models.CharField(max_length=300)
    deliveries_a_month = models.PositiveIntegerField()
    service = models.CharField(max_length=20, choices=Service.choices)
    warehouse_id = models.BigIntegerField(null=True)  # the building wished for (L41)
    desk = models.EmailField()  # the regional desk that is told (A026)
    question = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    submitted_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seller"], condition=models.Q(status__in=["waiting", "asked"]), name="one_open_application"
            )
        ]
        indexes = [
            models.Index(fields=["submitted_at"], name="application_waits", condition=models.Q(status="waiting")),
            models.Index(fields=["-decided_at"], name="application_decided"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.status}"


class GuidanceDone(models.Model):
    """A step of the seller's own plan that it has behind it (A048)."""

    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, related_name="guidance_done")
    step = models.CharField(max_length=40)
    done_at = models.DateTimeField()
    done_by_id = models.BigIntegerField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "step"], name="one_tick_per_step")]

    def __str__(self) -> str:
        return self.step
