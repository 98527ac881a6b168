"""The ledger of goods: balances, what lies in which bin, and the movements both are sums of."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from toiya.core.rows import OwnedRows
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import Bin, Warehouse


class Balance(models.Model):
    """
    One SKU in one warehouse: in the building, of that promised, and of that blocked (quarantined, damaged).

    Available is what is left. Blocked is what lies in bins of a blocked kind.

    Written by `actions/ledger.py` only; always the sum of its movements.
    """

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, db_index=False)
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, db_index=False, related_name="balances")
    on_hand = models.PositiveIntegerField(default=0)
    allocated = models.PositiveIntegerField(default=0)
    blocked = models.PositiveIntegerField(default=0, db_default=0)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "warehouse", "sku"], name="one_balance"),
            models.CheckConstraint(
                condition=models.Q(
                    allocated__gte=0, blocked__gte=0, on_hand__gte=models.F("allocated") + models.F("blocked")
                ),
                name="allocated_within_on_hand",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sku_id} in {self.warehouse_id}: {self.on_hand} - {self.allocated}"

    @property
    def available(self) -> int:
        """Pieces that may still be promised."""
        return self.on_hand - self.allocated - self.blocked


class BinStock(models.Model):
    """Pieces of one SKU and lot in one bin; the sum over a warehouse's bins is what is on hand."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, db_index=False)
    bin = models.ForeignKey(Bin, on_delete=models.PROTECT, related_name="stock")
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, db_index=False, related_name="bin_stock")
    lot = models.CharField(max_length=40, blank=True)
    expires_on = models.DateField(null=True)
    quantity = models.PositiveIntegerField(default=0)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "warehouse", "sku", "bin", "lot"], name="one_bin_stock"),
            models.CheckConstraint(condition=models.Q(quantity__gte=0), name="bin_stock_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.sku_id} in {self.bin_id}"


class Movement(models.Model):
    """
    One line of the ledger, never edited. The quantity is positive; the kind gives the direction.

    `from_bin`/`to_bin` say where pieces left and went; a promise touches no bin. Only plain ids here: the table is
    hot and append-only, and `verify` checks the references set-wise.
    """

    class Kind(models.IntegerChoices):
        RECEIVE = 1, pgettext_lazy("movement of stock", "Received")
        ALLOCATE = 2, _("Promised")
        DEALLOCATE = 3, _("Promise taken back")
        SHIP = 4, pgettext_lazy("movement of stock", "Shipped")
        MOVE = 5, _("Moved")
        FOUND = 6, _("Counted more")
        LOST = 7, _("Counted fewer")
        BLOCK = 8, _("Set aside")
        UNBLOCK = 9, _("Free again")
        SCRAP = 10, _("Written off")
        TAKE_OUT = 21, _("Taken out")

    seller_id = models.BigIntegerField()
    warehouse_id = models.BigIntegerField()
    sku_id = models.BigIntegerField()
    kind = models.PositiveSmallIntegerField(choices=Kind.choices)
    quantity = models.PositiveIntegerField()
    from_bin_id = models.BigIntegerField(null=True)
    to_bin_id = models.BigIntegerField(null=True)
    lot = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(quantity__gt=0), name="movement_is_positive")]
        indexes = [models.Index(fields=["sku_id", "id"], name="movement_of_sku")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.quantity} of {self.sku_id}"
