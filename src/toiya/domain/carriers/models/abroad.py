"""Where services go besides Japan."""

from __future__ import annotations

from django.db import models

from toiya.domain.carriers.models.contracts import Service


class Reach(models.Model):
    """A country that a service goes to. A service with any goes to those alone; all others go within Japan."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="reaches", db_index=False)
    country = models.CharField(max_length=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "country"], name="one_reach_per_country")]

    def __str__(self) -> str:
        return f"{self.service_id} to {self.country}"
