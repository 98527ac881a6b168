"""Conversations attached to an object, and what was said in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.members.models import Seller


class Conversation(WithStates):
    """
    Seller and operator talk about one object, named by kind and public code. One that is not closed per object.

    `due_at` is the promised instant of the operator's answer, while it owes one. `told_*` say up to which entry
    each side was written to by mail.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Nobody owes an answer")
        WAITING_FOR_OPERATOR = "waiting_for_operator", _("Waiting for the warehouse")
        WAITING_FOR_SELLER = "waiting_for_seller", _("Waiting for the seller")
        CLOSED = "closed", _("Closed")

    class Kind(models.TextChoices):
        ORDER = "order", _("Order")
        PARCEL = "parcel", _("Parcel")
        SKU = "sku", _("SKU")
        APPLICATION = "application", _("Application")
        SELLER = "seller", _("Your account")
        CONNECTION = "connection", _("Shop")
        CHARGE = "charge", _("Charge")
        LABEL = "label", _("Label")
        BUNDLE = "bundle", _("Cargo bundle")

    _EACH: ClassVar[frozenset[Any]] = frozenset(
        {Status.OPEN, Status.WAITING_FOR_OPERATOR, Status.WAITING_FOR_SELLER, Status.CLOSED}
    )
    ARROWS: ClassVar[Mapping[Any, frozenset[Any]]] = {
        Status.OPEN: _EACH - {Status.OPEN},
        Status.WAITING_FOR_OPERATOR: _EACH - {Status.WAITING_FOR_OPERATOR},
        Status.WAITING_FOR_SELLER: _EACH - {Status.WAITING_FOR_SELLER},
        Status.CLOSED: frozenset(),
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="conversations")
    code = models.CharField(max_length=20, unique=True)
    about_kind = models.CharField(max_length=20, choices=Kind.choices)
    about_code = models.CharField(max_length=40)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.OPEN)
    opened_at = models.DateTimeField()
    last_said_at = models.DateTimeField()
    waits_since = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    assigned_to_id = models.BigIntegerField(null=True)
    told_seller_upto = models.BigIntegerField(default=0)
    told_operator_upto = models.BigIntegerField(default=0)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "id"], name="conversation_of_one_seller"),
            models.UniqueConstraint(
                fields=["seller", "about_kind", "about_code"],
                name="one_live_conversation",
                condition=~models.Q(status="closed"),
            ),
            models.CheckConstraint(
                condition=models.Q(status="waiting_for_operator", due_at__isnull=False)
                | (~models.Q(status="waiting_for_operator") & models.Q(due_at__isnull=True)),
                name="an_answer_is_promised_while_owed",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="conversation_due", condition=models.Q(due_at__isnull=False)),
            models.Index(fields=["seller", "status"], name="conversation_of_seller"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.status}"


class Entry(models.Model):
    """
    Something said, never edited; its words become empty when they are forgotten. Internal ones are the operator's own.

    On the operator's answer stand the seconds the seller waited for it, and whether that was as promised.
    """

    class Side(models.TextChoices):
        SELLER = "seller", _("Seller")
        OPERATOR = "operator", _("Warehouse")

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="+", db_index=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="entries")
    side = models.CharField(max_length=10, choices=Side.choices)
    author_id = models.BigIntegerField()
    author_name = models.CharField(max_length=100)
    is_internal = models.BooleanField(default=False)
    text = models.TextField()
    said_at = models.DateTimeField()
    waited_seconds = models.PositiveIntegerField(null=True)
    was_in_time = models.BooleanField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_internal=False) | models.Q(side="operator"), name="notes_are_the_operators"
            )
        ]
        indexes = [models.Index(fields=["said_at"], name="entry_answer", condition=models.Q(was_in_time__isnull=False))]

    def __str__(self) -> str:
        return f"{self.side} {self.said_at}"
