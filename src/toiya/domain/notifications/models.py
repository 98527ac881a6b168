"""Letters on their way to people: what each says, to whom, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.members.models import Seller, User


class Message(WithStates):
    """
    One mail or SMS. `key` names its cause, so that the same cause never writes twice.

    The text is made when it is sent, in the recipient's language, from `kind` and `words`. A secret (a code, a link)
    lies sealed until then and is emptied afterwards.
    """

    class Channel(models.TextChoices):
        MAIL = "mail", _("E-mail")
        SMS = "sms", _("SMS")

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting to be sent")
        SENT = "sent", _("Sent")
        BOUNCED = "bounced", _("Came back")
        GIVEN_UP = "given_up", _("Given up")

    ARROWS: ClassVar[Mapping[Any, frozenset[Any]]] = {
        Status.WAITING: frozenset({Status.SENT, Status.BOUNCED, Status.GIVEN_UP}),
        Status.SENT: frozenset({Status.BOUNCED}),
        Status.BOUNCED: frozenset(),
        Status.GIVEN_UP: frozenset({Status.WAITING}),
    }

    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=4, choices=Channel.choices, default=Channel.MAIL)
    kind = models.CharField(max_length=40)
    recipient = models.CharField(max_length=254)
    name = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=10)
    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, null=True, related_name="messages")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="messages")
    words = models.JSONField(default=dict)
    sealed_secret = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    attempt = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    wanted_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], name="message_due", condition=models.Q(status="waiting")),
            models.Index(fields=["recipient", "id"], name="message_to"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient}"


class OrderNews(models.Model):
    """How far a seller's people were written about new orders: up to that order's number."""

    seller = models.OneToOneField(Seller, on_delete=models.CASCADE, primary_key=True, related_name="+")
    told_up_to = models.BigIntegerField(default=0)
    told_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.seller_id} up to {self.told_up_to}"
