"""Shops on the sales site and the keys their sellers work with."""

from typing import ClassVar

from django.db import models


class Shop(models.Model):
    """One seller's shop. The password is a pretend one and is kept readable, so that a demo can print it."""

    login_id = models.CharField(max_length=50, unique=True)
    password = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    api_key = models.CharField(max_length=100, unique=True)
    is_suspended = models.BooleanField(default=False)
    not_granted = models.JSONField(default=dict, help_text="method name → -90002 or -90003")
    email = models.EmailField(blank=True)
    contact_name = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    country = models.CharField(max_length=2, default="JP")
    postal_code = models.CharField(max_length=12, blank=True)
    address = models.CharField(max_length=300, blank=True)
    company_name = models.CharField(max_length=100, blank=True)
    uses_smart_inventory = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Shop"]] = models.Manager()

    def __str__(self) -> str:
        """Name the shop by its log-in id, as orders do."""
        return self.login_id


class SellerKey(models.Model):
    """A seller key (販売者認証キー): opens every method but the one that issues it, for one year."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="seller_keys")
    key = models.CharField(max_length=200, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects: ClassVar[models.Manager["SellerKey"]] = models.Manager()

    def __str__(self) -> str:
        """Name the key's shop, never the key."""
        return f"key of {self.shop.login_id}"


class ConsoleCode(models.Model):
    """What the seller console hands back to the asking program: good once, for ten minutes."""

    code = models.CharField(max_length=100, unique=True)
    seller_key = models.ForeignKey(SellerKey, on_delete=models.CASCADE, related_name="console_codes")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["ConsoleCode"]] = models.Manager()

    def __str__(self) -> str:
        """Name the code's shop, never the code."""
        return f"code of {self.seller_key.shop.login_id}"
