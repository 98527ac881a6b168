"""What taking goods in costs at one warehouse, and how fast it counts until that was measured."""

from __future__ import annotations

from django.db import models

from toiya.domain.inbound.rules import DEFAULT_FEES
from toiya.domain.warehouses.models import Warehouse


class InboundFees(models.Model):
    """Prices in the currency's smallest unit (L20), and the pieces counted in an hour while nothing was measured."""

    warehouse = models.OneToOneField(Warehouse, on_delete=models.CASCADE, primary_key=True, related_name="inbound_fees")
    currency = models.CharField(max_length=3, default="JPY")
    per_piece_minor = models.PositiveIntegerField(default=DEFAULT_FEES.per_piece_minor)
    per_carton_minor = models.PositiveIntegerField(default=DEFAULT_FEES.per_carton_minor)
    check_per_piece_minor = models.PositiveIntegerField(default=DEFAULT_FEES.check_per_piece_minor)
    express_percent = models.PositiveSmallIntegerField(default=DEFAULT_FEES.express_percent)
    label_per_piece_minor = models.PositiveIntegerField(
        default=DEFAULT_FEES.label_per_piece_minor, db_default=DEFAULT_FEES.label_per_piece_minor
    )
    pieces_an_hour = models.PositiveIntegerField(default=DEFAULT_FEES.pieces_an_hour)

    def __str__(self) -> str:
        return f"what {self.warehouse_id} takes for taking in"
