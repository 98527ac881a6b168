"""Secrets we send to somebody so that they prove an address is theirs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import LockableRows
from toiya.domain.members.models.people import User


class Challenge(models.Model):
    """
    A link or a code on its way to an e-mail address or a phone. Single use.

    Only the hash is kept. `sealed_secret` holds the secret, encrypted, until it was sent, and is emptied then.
    """

    class Purpose(models.TextChoices):
        EMAIL_LINK = "email_link", _("Verify an e-mail by link")
        EMAIL_CODE = "email_code", _("Verify an e-mail by code")
        PHONE_CODE = "phone_code", _("Verify a phone by code")
        PASSWORD_RESET = "password_reset", _("Set a new password")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="challenges")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    target = models.CharField(max_length=254)  # the address or phone the secret goes to
    language = models.CharField(max_length=10)
    secret_hash = models.CharField(max_length=64, db_index=True)
    sealed_secret = models.TextField(blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)

    objects = LockableRows.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "purpose", "id"], name="challenge_of_user")]

    def __str__(self) -> str:
        return f"{self.purpose} for user {self.user_id}"


class ResetWish(models.Model):
    """
    Somebody asked for a new password and named an e-mail or a log-in id, which may be nobody's.

    Stored unseen at the door, so that its answer and its work are the same for every name; a job looks who it is and
    removes the row.
    """

    asked = models.CharField(max_length=254)
    language = models.CharField(max_length=10)
    asked_at = models.DateTimeField()

    objects = LockableRows.as_manager()

    def __str__(self) -> str:
        return f"wish {self.pk}"
