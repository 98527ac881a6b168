"""Payments at the pretend payment service."""

from typing import ClassVar

from django.db import models


class CardPayment(models.Model):
    """One payment a program asked for; `reference` is its own word, and asking again gives the same payment."""

    number = models.CharField(max_length=40, unique=True)
    reference = models.CharField(max_length=60, unique=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    return_url = models.CharField(max_length=500)
    notify_url = models.CharField(max_length=500)
    status = models.CharField(max_length=10, default="open")
    problem = models.CharField(max_length=40, blank=True)
    card = models.CharField(max_length=40, blank=True)
    keeps_card = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["CardPayment"]] = models.Manager()

    def __str__(self) -> str:
        """Say what it is for and how it stands."""
        return f"{self.reference} {self.status}"
