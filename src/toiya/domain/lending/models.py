"""Shared use of stock (A079): a partner's mirror of each SKU, and pieces that change hands."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from toiya.core.rows import OwnedRows
from toiya.domain.catalog.models import ItemShare, Sku
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import Bin, Warehouse


class Mirror(models.Model):
    """The partner's own SKU for the owner's SKU `source` of a shared item; the partner sells and ships by its own."""

    OF_PARTNERS: ClassVar = frozenset({"share_id", "source_id"})

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    share = models.ForeignKey(ItemShare, on_delete=models.PROTECT, related_name="mirrors")
    source = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="mirrors")
    sku = models.OneToOneField(Sku, on_delete=models.PROTECT, related_name="mirror_of")

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "source"], name="one_mirror_per_partner")]

    def __str__(self) -> str:
        return f"{self.sku_id} for {self.source_id}"


class LendLimit(models.Model):
    """How many pieces of a shared item the partner may have taken in all; what came back counts no more."""

    share = models.OneToOneField(ItemShare, on_delete=models.CASCADE, primary_key=True, related_name="lend_limit")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    most_pieces = models.PositiveIntegerField()

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.most_pieces} of {self.share_id}"


class Handing(models.Model):
    """
    Pieces that left one seller's book for another's, in the same bins; written by the giver's transaction.

    Until the taker's `Taking` is there they are in neither book. `is_back`: they return to the owner of the item.
    """

    OF_PARTNERS: ClassVar = frozenset({"share_id", "to_sku_id"})

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20, unique=True)
    share = models.ForeignKey(ItemShare, on_delete=models.PROTECT, related_name="handings")
    taker = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="handings_to_us")
    is_back = models.BooleanField(default=False)
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, db_index=False, related_name="+")
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="+")
    to_sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "id"], name="handing_of_seller"),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="handing_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.quantity} of {self.sku_id} to {self.taker_id}"


class HandingPart(models.Model):
    """The pieces of a handing that lie in one bin and are of one lot."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    handing = models.ForeignKey(Handing, on_delete=models.PROTECT, related_name="parts")
    bin = models.ForeignKey(Bin, on_delete=models.PROTECT, related_name="+")
    lot = models.CharField(max_length=40, blank=True)
    expires_on = models.DateField(null=True)
    quantity = models.PositiveIntegerField()

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.quantity} in {self.bin_id}"


class Taking(models.Model):
    """The taker has the pieces of a handing in its book; written by the taker's transaction, once."""

    OF_PARTNERS: ClassVar = frozenset({"handing_id"})

    handing = models.OneToOneField(Handing, on_delete=models.PROTECT, primary_key=True, related_name="taking")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.handing_id} taken"
