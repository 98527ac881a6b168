"""Returns from buyers: what was announced, what came, and how each piece was judged."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.warehouses.models import Bin, Warehouse


class Return(WithStates):
    """
    Goods of a seller that a buyer sends back; movements name its code as their source.

    `order` is None when nobody could tell which order it was. `wish` is what its seller wants with pieces that are
    not as new; `tracking_number` is that of the parcel that comes back.
    """

    class Status(models.TextChoices):
        ANNOUNCED = "announced", pgettext_lazy("a return", "Announced")
        ARRIVED = "arrived", pgettext_lazy("a return", "At the returns desk")
        DONE = "done", pgettext_lazy("a return", "Inspected")
        REFUSED = "refused", pgettext_lazy("a return", "Refused at the door")
        CANCELLED = "cancelled", pgettext_lazy("a return", "Cancelled")

    class Reason(models.TextChoices):
        MIND = "mind", _("The buyer changed their mind")
        WRONG = "wrong", _("Another thing was sent")
        DAMAGED = "damaged", _("It came damaged")
        UNDELIVERED = "undelivered", _("It could not be delivered")
        OTHER = "other", pgettext_lazy("why a return comes", "Another reason")

    class Wish(models.TextChoices):
        ASK = "ask", _("Set it aside and ask me")
        RESTOCK = "restock", _("Sell opened pieces again")
        SEND_BACK = "send_back", _("Send it to me")
        DISPOSE = "dispose", _("Throw it away")

    ARROWS = {
        Status.ANNOUNCED: frozenset({Status.ARRIVED, Status.REFUSED, Status.CANCELLED}),
        Status.REFUSED: frozenset({Status.ARRIVED}),
        Status.ARRIVED: frozenset({Status.DONE}),
        Status.DONE: frozenset(),
        Status.CANCELLED: frozenset(),
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20, unique=True)
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, db_index=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, null=True, related_name="returns")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ANNOUNCED)
    is_announced = models.BooleanField(default=True)
    reason = models.CharField(max_length=12, choices=Reason.choices, default=Reason.OTHER)
    wish = models.CharField(max_length=10, choices=Wish.choices, default=Wish.ASK)
    tracking_number = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=300, blank=True)
    token = models.CharField(max_length=60, blank=True, default="", db_default="")  # a program's call twice is one
    created_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    fee_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="JPY")
    fee_taken_at = models.DateTimeField(null=True)  # None while a fee is due that the wallet did not cover

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "id"], name="return_of_seller"),
            models.UniqueConstraint(
                fields=["seller", "token"], name="one_return_per_token", condition=~models.Q(token="")
            ),
        ]
        indexes = [
            models.Index(fields=["warehouse", "status"], name="returns_to_do"),
            models.Index(fields=["tracking_number"], name="returns_by_number"),
            models.Index(
                fields=["seller"],
                name="returns_to_pay",
                condition=models.Q(fee_minor__gt=0, fee_taken_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.status}"


class ReturnLine(models.Model):
    """Pieces of one SKU of a return: how many were announced, how many came."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    parent = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="lines", db_index=False)
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="+")
    announced = models.PositiveIntegerField(default=0)
    came = models.PositiveIntegerField(default=0)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parent", "sku"], name="sku_once_in_return")]

    def __str__(self) -> str:
        return f"{self.came} of {self.announced} of {self.sku_id}"

    @property
    def missing(self) -> int:
        """Pieces that were announced and did not come."""
        return max(0, self.announced - self.came)


class Grading(models.Model):
    """
    How pieces of one SKU were judged at the desk, and into which bin they went; never changed.

    `scan_id`: the same scan twice is one. `is_sellable`: they went to a shelf, and not to a place for goods set aside.
    """

    class Grade(models.TextChoices):
        A = "A", _("As new")
        B = "B", _("Opened, whole")
        C = "C", pgettext_lazy("a returned piece", "Damaged")
        D = "D", pgettext_lazy("a returned piece", "Waste")

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    parent = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="gradings")
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="+")
    bin = models.ForeignKey(Bin, on_delete=models.PROTECT, related_name="+")
    grade = models.CharField(max_length=1, choices=Grade.choices)
    is_sellable = models.BooleanField()
    quantity = models.PositiveIntegerField()
    note = models.CharField(max_length=200, blank=True)
    photo_key = models.CharField(max_length=100, blank=True)
    scan_id = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "id"], name="grading_of_seller"),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="grading_of_some_pieces"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.sku_id}: {self.grade}"
