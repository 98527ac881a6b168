"""Shops we are connected to, their listings, what they told us, and the wishes we have towards the sites."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import OwnedRows
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.outbound.models import Parcel


class Connection(models.Model):
    """
    One shop on one kind of sales site. The key is sealed; the switches are the manual's (A206-A208).

    `pulled_until` moves only together with the orders it covers (R01). `problem` is a code, `site_message` the site's
    own words. While `retry_at` lies ahead we leave the site alone: it was down, or does not take our key.
    """

    class Status(models.TextChoices):
        WORKING = "working", _("Working")
        DEGRADED = "degraded", _("Degraded: orders queue")
        BROKEN = "broken", _("Broken")

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20, unique=True)
    channel = models.CharField(max_length=20)
    shop_id = models.CharField(max_length=100)
    name = models.CharField(max_length=100)
    sealed_key = models.TextField(blank=True)
    key_expires_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WORKING)
    problem = models.CharField(max_length=60, blank=True)
    site_message = models.CharField(max_length=300, blank=True)
    failures = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    is_pulling = models.BooleanField(default=True)
    is_confirming = models.BooleanField(default=True)
    is_writing_back = models.BooleanField(default=True)
    is_pushing_stock = models.BooleanField(default=True)
    pulled_until = models.DateTimeField(null=True)
    pulled_at = models.DateTimeField(null=True)
    reconciled_at = models.DateTimeField(null=True)
    listings_read_at = models.DateTimeField(null=True)
    wanted_at = models.DateTimeField(null=True)  # when we last looked for wishes to store
    tested_at = models.DateTimeField(null=True)
    connected_at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "shop_id"], name="one_live_connection_per_shop"),
            models.UniqueConstraint(fields=["seller", "id"], name="connection_of_seller"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.channel} {self.shop_id}"


class Listing(models.Model):
    """
    One product option offered on a shop. `fingerprint` is the site's exact identity of it, never built by us.

    One of it is `pieces` of its SKU. A tie made by a person is never changed by a code. A listing the site no longer
    shows is `is_gone`, not removed.
    """

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="listings", db_index=False)
    external_id = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=300)
    item_code = models.CharField(max_length=100, blank=True)
    option_code = models.CharField(max_length=100, blank=True)
    site_quantity = models.PositiveIntegerField(default=0)
    site_fields = models.JSONField(default=dict)
    sku = models.ForeignKey(Sku, on_delete=models.SET_NULL, null=True, related_name="listings")
    pieces = models.PositiveIntegerField(default=1, db_default=1)
    option = models.CharField(max_length=300, blank=True, default="", db_default="")
    option_kind = models.CharField(max_length=20, blank=True, default="", db_default="")
    is_tied_by_hand = models.BooleanField(default=False)
    is_gone = models.BooleanField(default=False)
    seen_at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["connection", "external_id", "fingerprint"], name="one_listing_per_option"),
            models.UniqueConstraint(fields=["seller", "id"], name="listing_of_seller"),
            models.CheckConstraint(condition=models.Q(pieces__gt=0), name="listing_pieces_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.fingerprint}".strip()


class Wish(models.Model):
    """
    What we want from a site: stored with its cause, told until it is settled, safe to tell twice.

    `attempt` counts the calls begun, and an answer counts only for its own attempt (F04). `failures` counts the ones
    that went wrong while the site was up; the patience of 72 hours runs from `due_since`.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting to be told")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Declined by the site")
        GIVEN_UP = "given_up", _("Given up")
        DROPPED = "dropped", _("No longer needed")

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    attempt = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    due_since = models.DateTimeField()
    next_try_at = models.DateTimeField()
    problem = models.CharField(max_length=60, blank=True)
    site_message = models.CharField(max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        abstract = True


class Confirmation(Wish):
    """Tell the site that we took an order (2 -> 3 at Qoo10)."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="confirmations", db_index=False)
    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="confirmation", db_constraint=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["connection", "next_try_at"], name="confirmation_due", condition=models.Q(status="waiting")
            )
        ]

    def __str__(self) -> str:
        return f"confirm {self.order_id}: {self.status}"


class WriteBack(Wish):
    """Tell the site carrier and tracking number of a shipped parcel (L08). One per parcel, accepted once."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="write_backs", db_index=False)
    parcel = models.OneToOneField(Parcel, on_delete=models.CASCADE, related_name="write_back", db_constraint=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="write_backs", db_constraint=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["connection", "next_try_at"], name="write_back_due", condition=models.Q(status="waiting")
            )
        ]

    def __str__(self) -> str:
        return f"write back {self.parcel_id}: {self.status}"


class StockPush(Wish):
    """
    The number a listing should show. A newer version replaces an older one that was not told yet (R08).

    `doubt_at` is the last call whose outcome we do not know: it may still reach the site after a newer one, so the
    newest number is told once more when such a straggler can no longer come.
    """

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="stock_pushes", db_index=False)
    listing = models.OneToOneField(Listing, on_delete=models.CASCADE, related_name="stock_push")
    version = models.PositiveIntegerField(default=1)
    quantity = models.PositiveIntegerField()
    told_version = models.PositiveIntegerField(default=0)
    told_quantity = models.PositiveIntegerField(null=True)
    is_calling = models.BooleanField(default=False)
    doubt_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "stock pushes"
        indexes = [
            models.Index(
                fields=["connection", "next_try_at"], name="stock_push_due", condition=models.Q(status="waiting")
            )
        ]

    def __str__(self) -> str:
        return f"show {self.quantity} of {self.listing_id}: {self.status}"


class Pull(models.Model):
    """One look at a shop's orders: the window, what came, and what went wrong."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="pulls")
    window_from = models.DateTimeField()
    window_until = models.DateTimeField()
    started_at = models.DateTimeField()
    orders_seen = models.PositiveIntegerField(default=0)
    orders_new = models.PositiveIntegerField(default=0)
    orders_changed = models.PositiveIntegerField(default=0)
    orders_refused = models.PositiveIntegerField(default=0)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.connection_id} {self.started_at:%Y-%m-%d %H:%M}"


class Stranger(models.Model):
    """
    An order the site gave us that cannot be placed as it is: which field, which problem. Without the buyer's data.

    Open until the same order could be placed, or is no longer offered.
    """

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="strangers", db_index=False)
    external_id = models.CharField(max_length=300)
    field = models.CharField(max_length=30)
    problem = models.CharField(max_length=30)
    paid_at = models.DateTimeField(null=True)
    first_seen_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "external_id"], name="one_stranger_per_cart")]

    def __str__(self) -> str:
        return f"{self.external_id}: {self.field} {self.problem}"


class Notice(models.Model):
    """What a site told us about a line that left the normal road. Applied once; a lifted hold stays lifted (R02)."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="notices", db_index=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="notices", db_constraint=False)
    line_external_id = models.CharField(max_length=60)
    state = models.CharField(max_length=20)
    reason = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "line_external_id", "state", "order"], name="one_notice_per_state"
            )
        ]

    def __str__(self) -> str:
        return f"{self.line_external_id} {self.state}"
