"""The ledger of goods: balances, what lies in which bin, and the movements both are sums of."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
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
        return f"{self.sku_id} in {self.warehouse_id}: {self.on_hand} - {self.allocated} - {self.blocked}"

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
        BLOCK = 8, pgettext_lazy("stock", "Set aside")
        UNBLOCK = 9, _("Free again")
        SCRAP = 10, _("Written off")
        TAKE_OUT = 21, _("Taken out")
        ASSEMBLE_OUT = 31, _("Taken to assemble")
        ASSEMBLE_IN = 32, _("Assembled")
        TRANSFER_OUT = 41, _("Sent to another warehouse")
        TRANSFER_IN = 42, _("Came from another warehouse")
        LEND_OUT = 51, _("Given to a partner")
        LEND_IN = 52, _("Taken from a partner")
        RETURN_IN = 61, _("Came back from a buyer")
        RETURN_ASIDE = 62, _("Came back and was set aside")
        SEND_BACK = 63, _("Sent back to the seller")

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
        indexes = [
            models.Index(fields=["sku_id", "id"], name="movement_of_sku"),
            BrinIndex(fields=["at"], name="movement_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.quantity} of {self.sku_id}"


class StockNote(models.Model):
    """
    Why people changed stock outside an order: the reason, words, a photo. Movements name it as their source.

    Written off goods need the seller's consent: what was said is in `note`.
    """

    class Reason(models.TextChoices):
        COUNTED = "counted", pgettext_lazy("why stock changed", "Counted")
        DAMAGED = "damaged", pgettext_lazy("why stock changed", "Damaged")
        EXPIRED = "expired", pgettext_lazy("why stock changed", "Past its last usable day")
        DOUBTFUL = "doubtful", pgettext_lazy("why stock changed", "Quality in doubt")
        WRONG_LABEL = "wrong_label", pgettext_lazy("why stock changed", "Wrong label")
        RECALLED = "recalled", pgettext_lazy("why stock changed", "Called back by the seller")
        LOST = "lost", pgettext_lazy("why stock changed", "Lost")
        FOUND = "found", pgettext_lazy("why stock changed", "Found")
        CHECKED = "checked", pgettext_lazy("why stock changed", "Looked at and good")
        DISPOSED = "disposed", pgettext_lazy("why stock changed", "Thrown away")

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, db_index=False)
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20, unique=True)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    note = models.CharField(max_length=300, blank=True)
    photo_key = models.CharField(max_length=200, blank=True)
    photo_type = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.code} {self.reason}"


class CountRules(models.Model):
    """From how many pieces, or how much money, one warehouse lets a second person count, and asks its lead."""

    warehouse = models.OneToOneField(Warehouse, on_delete=models.CASCADE, primary_key=True, related_name="count_rules")
    recount_pieces = models.PositiveIntegerField(default=3)
    recount_minor = models.PositiveBigIntegerField(null=True)  # in the currency of the item's price
    lead_pieces = models.PositiveIntegerField(default=10)

    def __str__(self) -> str:
        return f"how {self.warehouse_id} counts"


class CountTask(WithStates):
    """One SKU and lot in one bin that is to be counted, without looking at the book."""

    class Cause(models.TextChoices):
        NEVER = "never", pgettext_lazy("why a count is asked", "Never counted")
        TOUCHED = "touched", pgettext_lazy("why a count is asked", "Touched most")
        SHORT = "short", pgettext_lazy("why a count is asked", "Picked short")
        ASKED = "asked", pgettext_lazy("why a count is asked", "Asked for")

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("a count", "To count")
        RECOUNT = "recount", pgettext_lazy("a count", "To count once more")
        TO_JUDGE = "to_judge", pgettext_lazy("a count", "Waits for the lead")
        DONE = "done", pgettext_lazy("a count", "Done")
        DROPPED = "dropped", pgettext_lazy("a count", "Dropped")

    ARROWS = {
        Status.OPEN: frozenset({Status.RECOUNT, Status.TO_JUDGE, Status.DONE, Status.DROPPED}),
        Status.RECOUNT: frozenset({Status.TO_JUDGE, Status.DONE, Status.DROPPED}),
        Status.TO_JUDGE: frozenset({Status.RECOUNT, Status.DONE, Status.DROPPED}),
        Status.DONE: frozenset(),
        Status.DROPPED: frozenset(),
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, db_index=False)
    bin = models.ForeignKey(Bin, on_delete=models.PROTECT, related_name="+")
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="+")
    lot = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=20, unique=True)
    cause = models.CharField(max_length=10, choices=Cause.choices)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sku", "bin", "lot"],
                name="one_open_count",
                condition=models.Q(status__in=["open", "recount", "to_judge"]),
            ),
            models.UniqueConstraint(fields=["seller", "id"], name="count_task_of_seller"),
        ]
        indexes = [models.Index(fields=["warehouse", "status"], name="counts_to_do")]

    def __str__(self) -> str:
        return f"{self.code} {self.status}"


class Count(models.Model):
    """What one person counted, and what the book said then. `scan_id`: the same scan twice is one count."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    task = models.ForeignKey(CountTask, on_delete=models.PROTECT, related_name="counts")
    counted = models.PositiveIntegerField()
    booked = models.PositiveIntegerField()
    scan_id = models.CharField(max_length=40, unique=True)
    person = models.CharField(max_length=40)  # the actor's id: another person must count again
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.counted} of {self.booked}"

    @property
    def difference(self) -> int:
        """Positive: more pieces than the book says."""
        return self.counted - self.booked
