"""What the seller console needs to hand sellers over to a partner: its key, the partner, what it handed over."""

from typing import ClassVar

from django.db import models

from toiya.sandbox.site.models.shops import SellerKey, Shop


class SigningKey(models.Model):
    """The site's one Ed25519 key; the private half never leaves this table."""

    private_key = models.BinaryField()
    key_id = models.CharField(max_length=43, unique=True)

    objects: ClassVar[models.Manager["SigningKey"]] = models.Manager()

    def __str__(self) -> str:
        """Name the key, never show it."""
        return f"key {self.key_id}"


class Partner(models.Model):
    """The one program that sellers may be handed over to: its name, and the address that takes assertions."""

    name = models.CharField(max_length=50)
    join_url = models.URLField(max_length=300)

    objects: ClassVar[models.Manager["Partner"]] = models.Manager()

    def __str__(self) -> str:
        """Name the partner."""
        return self.name


class Handover(models.Model):
    """One assertion that was signed. The key issued for it is kept, so that asking twice gives the same."""

    token_id = models.CharField(max_length=50, unique=True)
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="handovers")
    purpose = models.CharField(max_length=10)
    issued_at = models.DateTimeField()
    seller_key = models.ForeignKey(SellerKey, on_delete=models.CASCADE, null=True, related_name="handovers")

    objects: ClassVar[models.Manager["Handover"]] = models.Manager()

    def __str__(self) -> str:
        """Say which shop was handed over, and what for."""
        return f"{self.shop.login_id} {self.purpose}"
