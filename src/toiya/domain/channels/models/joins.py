"""Sellers who come over from a site's console: what they brought, what was used up, who is linked."""

from __future__ import annotations

import hashlib

from django.db import models

from toiya.core.rows import LockableRows, OwnedRows
from toiya.domain.channels.models.shops import Connection
from toiya.domain.members.models import Seller, User


def hash_of(secret: str) -> str:
    """What we keep of a session's secret; long and random, so that one round of SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


class UsedAssertion(models.Model):
    """An assertion that was shown to us. It counts once; the row is swept when it would be too old anyway."""

    issuer = models.CharField(max_length=200)
    token_id = models.CharField(max_length=200)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "token_id"], name="one_use_per_assertion")]

    def __str__(self) -> str:
        return f"{self.token_id} of {self.issuer}"


class PendingJoin(models.Model):
    """
    A seller between the site's button and our [Done]: what the site carried over, for one browser session.

    The session knows the secret, we its hash. `sealed_assertion` becomes the shop's key; the row goes with the join.
    """

    secret_hash = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=20)
    shop_id = models.CharField(max_length=100)
    shop_name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    contact_name = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2, blank=True)
    postal_code = models.CharField(max_length=12, blank=True)
    address = models.CharField(max_length=280, blank=True)
    company_name = models.CharField(max_length=100, blank=True)
    sealed_assertion = models.TextField()
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    objects = LockableRows.as_manager()

    def __str__(self) -> str:
        return f"{self.channel} {self.shop_id}"


class ConsoleLink(models.Model):
    """
    A shop at a site, by (channel, shop id) and never by e-mail, opens the door for this person at this seller.

    `email` is the address the shop was registered with at its site when it was linked (A050): shown, never matched.
    """

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="console_links")
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="console_links")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="console_links")
    channel = models.CharField(max_length=20)
    shop_id = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    linked_at = models.DateTimeField()
    entered_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "shop_id"], name="one_link_per_shop")]

    def __str__(self) -> str:
        return f"{self.channel} {self.shop_id}"
