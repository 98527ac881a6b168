"""Acts of linking listings to SKUs: who changed which links, so that a whole act can be taken back."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import OwnedRows
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.models.shops import Listing
from toiya.domain.members.models import Seller


class LinkAct(models.Model):
    """Links changed in one press, or by one set of a file's rows."""

    class Way(models.TextChoices):
        PAGE = "page", _("on the page")
        FILE = "file", _("by a file")

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20, unique=True)
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.PAGE)
    actor_name = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "id"], name="link_act_of_seller")]

    def __str__(self) -> str:
        return self.code


class LinkChange(models.Model):
    """One listing's link before and after an act."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    act = models.ForeignKey(LinkAct, on_delete=models.CASCADE, related_name="changes", db_index=False)
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="link_changes")
    old_sku = models.ForeignKey(Sku, on_delete=models.SET_NULL, null=True, related_name="+")
    old_pieces = models.PositiveIntegerField()
    was_tied_by_hand = models.BooleanField()
    new_sku = models.ForeignKey(Sku, on_delete=models.SET_NULL, null=True, related_name="+")
    new_pieces = models.PositiveIntegerField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act", "listing"], name="one_link_change_per_listing")]

    def __str__(self) -> str:
        return f"{self.act_id} {self.listing_id}"
