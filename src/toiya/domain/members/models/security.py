"""What a person proves themselves with beside the password, and where they are signed in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import LockableRows
from toiya.domain.members.models.people import User


class Factor(models.Model):
    """
    An authenticator app or a passkey of a person.

    Of an app we keep the seed, sealed and bound to its row, and the last time step that was used: a code works once. Of
    a passkey we keep the public key; its counter finds copies.
    """

    class Kind(models.TextChoices):
        APP = "app", _("Authenticator app")
        PASSKEY = "passkey", _("Passkey")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=60)
    sealed_seed = models.TextField(blank=True)
    last_step = models.BigIntegerField(default=0)
    credential = models.CharField(max_length=700, unique=True, null=True)
    public_key = models.TextField(blank=True)
    counter = models.BigIntegerField(default=0)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = LockableRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(kind="app"), name="one_app_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class RecoveryCode(models.Model):
    """One of the codes a person keeps on paper for the day the phone is gone. Only the hash is kept; works once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes", db_index=False)
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = LockableRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "code_hash"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"recovery code of user {self.user_id}"


class SignedIn(models.Model):
    """A browser or handheld where somebody is signed in: the person's own list of the sessions there are."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="signed_in")
    key = models.CharField(max_length=40, unique=True)  # of Django's session, which ends with this row
    device = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=45, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    objects = LockableRows.as_manager()

    def __str__(self) -> str:
        return f"user {self.user_id} since {self.began_at}"
