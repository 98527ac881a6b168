"""A sign-up that is under way: what was answered so far, kept for whoever holds its key."""

from __future__ import annotations

from django.db import models

from toiya.core.rows import LockableRows
from toiya.domain.members.models.sellers import Seller


class SignUpDraft(models.Model):
    """
    The answers of one sign-up or upgrade by step, as typed, and the papers handed in. The key stands in one session.

    No password is here, only its hash. When the seller has come of it (`seller`), the answers are emptied, and the
    same draft handed in again makes nothing new. Swept with its papers after `expires_at`.
    """

    key = models.CharField(max_length=64, unique=True)
    answers = models.JSONField(default=dict)
    papers = models.JSONField(default=list)
    began_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, null=True, related_name="drafts")

    objects = LockableRows.as_manager()

    def __str__(self) -> str:
        return f"draft {self.pk}"
