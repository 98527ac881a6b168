"""Inventory items and their SKUs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.members.models import Seller


class InventoryItem(models.Model):
    """A product with its options, under one 12-digit code (A082)."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=200)
    next_option = models.PositiveIntegerField(default=1)
    seller_code = models.CharField(max_length=100, blank=True, default="")  # A077
    reference_code = models.CharField(max_length=100, blank=True, default="")  # A078: a product on a sales site
    follows_reference = models.BooleanField(default=False)  # A080
    is_stocked_here = models.BooleanField(default=True)  # A076; the model's default was No, and stopped people
    is_active = models.BooleanField(default=True)
    price_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="JPY")
    option_names = models.JSONField(default=list)  # the headings of the options, such as ["Colour", "Size"] (A090)
    registered_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "id"], name="item_of_seller")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Sku(models.Model):
    """
    One sellable thing of one seller: 12 digits, a dash, 5 digits (A083).

    `own_quantity` is what the seller says they have, wherever it is (A107); the ledger of goods never reads it. Its
    price is the item's and `surcharge_minor` (A091). `version` counts the changes, for grids that save cell by cell.
    `preferred_service` is a carrier service's code (L29); `packaging` is the seller's own box for it (L28).
    `search_text` is all it is found by (names, codes, barcodes), folded by `core.folding`.
    """

    class BundleKind(models.TextChoices):
        NONE = "", _("not a bundle")
        VIRTUAL = "virtual", _("picked from its parts")
        ASSEMBLED = "assembled", _("put together beforehand")

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    item = models.ForeignKey(InventoryItem, on_delete=models.PROTECT, related_name="skus")
    code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=200)
    option = models.CharField(max_length=100, blank=True)
    seller_code = models.CharField(max_length=100, blank=True)
    weight_g = models.PositiveIntegerField(default=0)
    length_mm = models.PositiveIntegerField(default=0)
    width_mm = models.PositiveIntegerField(default=0)
    height_mm = models.PositiveIntegerField(default=0)
    option_values = models.JSONField(default=list)  # as many as the item has option names
    surcharge_minor = models.BigIntegerField(default=0)
    own_quantity = models.PositiveIntegerField(default=0)
    hs_code = models.CharField(max_length=12, blank=True, default="")
    customs_text = models.CharField(max_length=100, blank=True, default="")
    origin_country = models.CharField(max_length=2, blank=True, default="")
    tracks_lots = models.BooleanField(default=False)
    tracks_expiry = models.BooleanField(default=False)
    tracks_serials = models.BooleanField(default=False, db_default=False)  # asked for piece by piece when packed
    preferred_service = models.CharField(max_length=40, blank=True, default="")
    packing_note = models.CharField(max_length=300, blank=True, default="")
    is_packaging = models.BooleanField(default=False)
    packaging = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="packed_in_it")
    bundle_kind = models.CharField(max_length=10, choices=BundleKind.choices, blank=True, default="")
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=0)
    search_text = models.TextField(blank=True, default="")

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "id"], name="sku_of_seller"),
            models.UniqueConstraint(
                fields=["seller", "seller_code"], name="one_sku_per_seller_code", condition=~models.Q(seller_code="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name} {self.option}".strip()


class Barcode(models.Model):
    """A barcode on the goods. Unique for one seller only: two sellers may keep the same product (T02)."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    sku = models.ForeignKey(Sku, on_delete=models.CASCADE, related_name="barcodes")
    barcode = models.CharField(max_length=40)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "barcode"], name="one_sku_per_barcode")]
        indexes = [models.Index(fields=["barcode"], name="barcode_scanned")]

    def __str__(self) -> str:
        return self.barcode


class BundlePart(models.Model):
    """So many pieces of a SKU belong to one piece of a bundle (L11). A bundle is never part of a bundle."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    bundle = models.ForeignKey(Sku, on_delete=models.CASCADE, related_name="parts", db_index=False)
    part = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="part_of")
    quantity = models.PositiveIntegerField(default=1)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bundle", "part"], name="part_once_in_bundle"),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="bundle_part_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.part_id} in {self.bundle_id}"


class Photo(models.Model):
    """A picture of a SKU, judged and kept in the cupboard of papers; for its seller and the operator's people only."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    sku = models.ForeignKey(Sku, on_delete=models.CASCADE, related_name="photos")
    code = models.CharField(max_length=20, unique=True)
    storage_key = models.CharField(max_length=100)
    file_name = models.CharField(max_length=100)
    media_type = models.CharField(max_length=40)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sku", "sha256"], name="picture_once_per_sku")]

    def __str__(self) -> str:
        return f"{self.code} {self.file_name}"


class ItemShare(WithStates):
    """An item that another seller, the partner, may see with what is available (A079); `lending` has its pieces."""

    class Status(models.TextChoices):
        OFFERED = "offered", _("Offered")
        ACCEPTED = "accepted", _("Shared")
        DECLINED = "declined", _("Declined")
        ENDED = "ended", _("Ended")

    ARROWS: ClassVar[Mapping[Any, frozenset[Any]]] = {
        Status.OFFERED: frozenset({Status.ACCEPTED, Status.DECLINED, Status.ENDED}),
        Status.ACCEPTED: frozenset({Status.ENDED}),
        Status.DECLINED: frozenset(),
        Status.ENDED: frozenset(),
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    item = models.ForeignKey(InventoryItem, on_delete=models.CASCADE, related_name="shares")
    partner = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="shared_with_us")
    code = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OFFERED)
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "partner"],
                name="one_open_share_per_partner",
                condition=models.Q(status__in=["offered", "accepted"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.item_id} for {self.partner_id}: {self.status}"


class ProgramCall(models.Model):
    """A call of a seller's program that made an item or SKUs of it, under the key the program gave: it counts once."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    key = models.CharField(max_length=120)
    item = models.ForeignKey(InventoryItem, on_delete=models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "key"], name="one_item_per_program_call")]

    def __str__(self) -> str:
        return self.key
