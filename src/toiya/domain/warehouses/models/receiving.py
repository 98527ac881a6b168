"""What a warehouse takes in."""

from __future__ import annotations

from django.db import models

from toiya.domain.warehouses.models.places import Warehouse


class ReceivingRules(models.Model):
    """
    What one warehouse takes in, judged when a seller asks (A136-A139, L15); None means no limit.

    A delivery of more than `large_pieces`, or with a side or weight past the oversize limits, needs a booked dock slot.
    """

    warehouse = models.OneToOneField(
        Warehouse, on_delete=models.CASCADE, primary_key=True, related_name="receiving_rules"
    )
    most_pieces_a_request = models.PositiveIntegerField(null=True)
    most_pieces_a_bundle = models.PositiveIntegerField(null=True)
    most_kinds_a_carton = models.PositiveIntegerField(null=True)
    most_open_pieces = models.PositiveIntegerField(null=True)  # of one seller, asked for and not received yet
    large_pieces = models.PositiveIntegerField(null=True)
    oversize_mm = models.PositiveIntegerField(null=True)
    oversize_g = models.PositiveIntegerField(null=True)
    takes_freight_collect = models.BooleanField(default=False)
    needs_carton_list = models.BooleanField(default=True)  # kinds packed apart: which kind is in which carton
    needs_approval = models.BooleanField(default=True)
    most_unannounced_cartons = models.PositiveIntegerField(default=5)  # more than so many are turned away (A139)

    def __str__(self) -> str:
        return f"what {self.warehouse_id} takes in"
