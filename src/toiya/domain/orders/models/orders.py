"""Orders as the sales site or the seller gave them: lines and addresses."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.members.models import Seller


class Order(WithStates):
    """
    What one buyer bought in one cart. `shop_code` and `external_id` are the site's words for it, so that the same
    message twice is one order; `waiting_reason` repeats the leading reason of its lines for lists.
    """

    class Status(models.TextChoices):
        RECEIVED = "received", _("Received")
        WAITING = "waiting", _("Waiting")
        ALLOCATED = "allocated", _("Allocated")
        PICKING = "picking", _("Picking")
        PACKING = "packing", _("Packing")
        READY = "ready", _("Ready for the truck")
        TO_HAND_IN = "to_hand_in", _("To be handed in")
        HANDED_IN = "handed_in", _("At the collection centre")
        SHIPPED = "shipped", _("In delivery")
        DELIVERED = "delivered", _("Delivered")
        CANCELLED = "cancelled", _("Cancelled")

    ARROWS = {
        Status.RECEIVED: frozenset({Status.WAITING, Status.ALLOCATED, Status.TO_HAND_IN, Status.CANCELLED}),
        Status.WAITING: frozenset({Status.ALLOCATED, Status.TO_HAND_IN, Status.CANCELLED}),
        Status.ALLOCATED: frozenset({Status.WAITING, Status.PICKING, Status.TO_HAND_IN, Status.CANCELLED}),
        Status.PICKING: frozenset({Status.PACKING, Status.WAITING, Status.CANCELLED}),
        Status.PACKING: frozenset({Status.READY, Status.WAITING, Status.CANCELLED}),
        Status.READY: frozenset({Status.SHIPPED, Status.PACKING, Status.CANCELLED}),
        Status.TO_HAND_IN: frozenset({Status.RECEIVED, Status.HANDED_IN, Status.CANCELLED}),
        Status.HANDED_IN: frozenset({Status.SHIPPED}),
        Status.SHIPPED: frozenset({Status.DELIVERED}),
        Status.DELIVERED: frozenset(),
        Status.CANCELLED: frozenset(),
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    code = models.CharField(max_length=20)
    channel = models.CharField(max_length=20)
    shop_code = models.CharField(max_length=20, blank=True)
    external_id = models.CharField(max_length=60)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.RECEIVED)
    waiting_reason = models.CharField(max_length=30, blank=True)
    currency = models.CharField(max_length=3, default="JPY")
    total_minor = models.BigIntegerField(default=0)
    note = models.CharField(max_length=1000, blank=True)
    paid_at = models.DateTimeField(null=True)
    placed_at = models.DateTimeField()
    ship_by = models.DateTimeField(null=True)
    shipped_at = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True)  # the cut-off on whose day it is to leave; moved with a cause only

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], name="one_order_per_code"),
            # The site's number first: it tells almost all carts apart, so little is compared. And a look-up of carts
            # can then go by no other index, such as that of a seller's orders (`sql.known_keys`).
            models.UniqueConstraint(fields=["external_id", "shop_code", "seller"], name="one_order_per_cart"),
            models.UniqueConstraint(fields=["seller", "id"], name="order_of_seller"),
        ]
        # No index names what changes on the order's way, so none of its steps needs new index entries: a third of
        # the cost of shipping. What still wants work is in `OpenOrder`, what left when in the events.

    def __str__(self) -> str:
        return self.code


class Line(models.Model):
    """
    One line of an order: what the site calls the thing, and the SKU it was matched to (or none yet).

    `pieces_each` pieces of the SKU are sent for each thing bought (a link may say 3 for a pack of three). `site_item`
    is the site's own number of the product, by which the line finds its listing.
    """

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines", db_constraint=False)
    external_id = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    option = models.CharField(max_length=300, blank=True)
    item_code = models.CharField(max_length=100, blank=True)
    option_code = models.CharField(max_length=100, blank=True)
    sku_id = models.BigIntegerField(null=True)
    pieces_each = models.PositiveIntegerField(default=1, db_default=1)
    site_item = models.CharField(max_length=60, blank=True, default="", db_default="")
    is_matched_by_hand = models.BooleanField(default=False, db_default=False)  # a person's word; no link changes it
    quantity = models.PositiveIntegerField()
    unit_price_minor = models.BigIntegerField(default=0)
    is_cancelled = models.BooleanField(default=False)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(quantity__gt=0), name="line_quantity_positive")]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"

    @property
    def pieces(self) -> int:
        """Pieces of its SKU that the line sends: what was bought, times the pieces of each."""
        return self.quantity * self.pieces_each

    @property
    def match_code(self) -> str:
        """The code that must equal the SKU's own: the option's, else the product's (A215)."""
        return self.option_code or self.item_code


class OpenOrder(models.Model):
    """
    An order that is not shipped, delivered or cancelled: how lists of work find it among all that ever were.

    Written with the order, removed by the action that ends it; the order's status has the last word.
    """

    pk = models.CompositePrimaryKey("seller_id", "order_id")  # the only index: each costs as much as the row
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"open {self.order_id}"


class Address(models.Model):
    """Where one order goes. Apart from the order, because it is forgotten earlier (R25)."""

    order = models.OneToOneField(
        Order, on_delete=models.CASCADE, primary_key=True, related_name="address", db_constraint=False
    )
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    name = models.CharField(max_length=100)
    name_kana = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    country = models.CharField(max_length=2, default="JP")
    postal_code = models.CharField(max_length=12, blank=True)
    first_line = models.CharField(max_length=300)
    second_line = models.CharField(max_length=300, blank=True)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.postal_code} {self.first_line}"
