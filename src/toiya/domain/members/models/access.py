"""Invitations to people and keys for programs: ways in that a member gives."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from toiya.core.rows import OwnedRows
from toiya.domain.members.models.sellers import Seller


class Invitation(models.Model):
    """An e-mail address may take a role: at a seller, or at the operator where `seller` is empty. Single use."""

    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, null=True, related_name="invitations")
    code = models.CharField(max_length=20, unique=True)
    email = models.EmailField()
    name = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=20)
    warehouse_id = models.BigIntegerField(null=True)
    language = models.CharField(max_length=10)
    secret_hash = models.CharField(max_length=64, db_index=True)
    sealed_secret = models.TextField(blank=True)  # until it was sent
    invited_by_id = models.BigIntegerField()
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.code} {self.role}"


class ApiKey(models.Model):
    """A program's key, shown once and kept as a hash. It belongs to a member and does at most what that member may."""

    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, related_name="api_keys")
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    beginning = models.CharField(max_length=16)  # the first letters, to know it again by
    secret_hash = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=30))
    made_by_id = models.BigIntegerField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        indexes = [models.Index(fields=["seller", "id"], name="api_key_of_seller")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
