"""What is not done for a seller until it has paid."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import LockableRows
from toiya.domain.members.models.sellers import Seller


class Standstill(models.Model):
    """
    A seller with unpaid fees (A071): nothing leaves for it, later nothing is taken in either. No row: all goes on.

    Written and removed by `dues` alone; packages below it read it. `cause` is the code of what is to be paid.
    """

    class Stage(models.TextChoices):
        DISPATCH = "dispatch", _("Dispatch is suspended")
        SERVICE = "service", _("The service is stopped")

    seller = models.OneToOneField(Seller, on_delete=models.PROTECT, primary_key=True, related_name="standstill")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    cause = models.CharField(max_length=20)
    since = models.DateTimeField()

    objects = LockableRows.as_manager()

    def __str__(self) -> str:
        return f"{self.seller_id} {self.stage} for {self.cause}"
