"""What was bought: carts, their lines (Qoo10's orders) and the claims about lines."""

from decimal import ROUND_DOWN, Decimal
from typing import ClassVar

from django.db import models

from toiya.sandbox.site.models.listings import Listing, Option
from toiya.sandbox.site.models.shops import Shop

# The site keeps a tenth of what the buyer pays; the share is ours, only the field is documented.
SELLER_SHARE = Decimal("0.9")


class Status(models.IntegerChoices):
    """States of a line; the labels are the texts on the wire (channels.md 1.4)."""

    AWAITING_SHIPPING = 1, "Awaiting shipping(1)"
    ON_REQUEST = 2, "On request(2)"
    SELLER_CONFIRM = 3, "Seller confirm(3)"
    ON_DELIVERY = 4, "On delivery(4)"
    DELIVERED = 5, "Delivered(5)"


class ClaimStat(models.IntegerChoices):
    """States of a claim; the numbers are documented, the texts around them are ours (channels.md 1.5)."""

    CANCEL_REQUESTED = 1, "Cancel Request(1)"
    CANCELLING = 2, "Cancelling(2)"
    CANCELLED = 3, "Cancelled(3)"
    RETURN_REQUESTED = 4, "Return Request(4)"
    RETURNING = 5, "Returning(5)"
    RETURNED = 6, "Returned(6)"
    EXCHANGE_REQUESTED = 11, "Exchange Request(11)"
    EXCHANGE_APPROVED = 12, "Exchange Approved(12)"
    REDELIVERING = 13, "Redelivering(13)"
    NOT_RECEIVED_REFUNDED = 14, "Non-receipt Refunded(14)"
    PARTLY_NOT_RECEIVED = 15, "Partial Non-receipt Refunded(15)"
    UNPAID_CANCELLED = 16, "Unpaid Order Cancelled(16)"


class Cart(models.Model):
    """Lines bought together: one buyer, one receiver, one payment. Numbers may collide between shops."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="carts")
    pack_no = models.BigIntegerField()
    ordered_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, db_index=True)
    visible_from = models.DateTimeField(help_text="the API does not show the cart before this moment")
    buyer = models.JSONField(help_text="name, kana, tel, mobile, email")
    receiver = models.JSONField(help_text="name, kana, tel, mobile, zip_code, address1, address2")
    desired_delivery = models.CharField(max_length=50, blank=True)
    message = models.CharField(max_length=500, blank=True)
    payment_method = models.CharField(max_length=50, default="クレジットカード")
    shipping_rate = models.DecimalField(max_digits=14, decimal_places=4, default=Decimal(0))
    gift = models.CharField(max_length=50, blank=True)
    packing_no = models.CharField(max_length=20, blank=True)
    seller_delivery_no = models.CharField(max_length=20, blank=True)

    objects: ClassVar[models.Manager["Cart"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "pack_no"], name="one_cart_per_pack_no"),
        ]

    def __str__(self) -> str:
        """Name the cart by its number."""
        return str(self.pack_no)


class Line(models.Model):
    """One item and option of a cart: what Qoo10 calls an order, with a number of its own."""

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="lines")
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="lines")
    order_no = models.BigIntegerField(unique=True)
    status = models.IntegerField(choices=Status.choices)
    is_cancelled = models.BooleanField(default=False)
    listing = models.ForeignKey(Listing, on_delete=models.SET_NULL, null=True)
    option = models.ForeignKey(Option, on_delete=models.SET_NULL, null=True)
    item_code = models.CharField(max_length=10)
    seller_item_code = models.CharField(max_length=100, blank=True)
    item_title = models.CharField(max_length=300)
    option_text = models.CharField(max_length=600, blank=True)
    option_code = models.CharField(max_length=50, blank=True)
    price = models.DecimalField(max_digits=14, decimal_places=4)
    option_price = models.DecimalField(max_digits=14, decimal_places=4, default=Decimal(0))
    quantity = models.IntegerField()
    discount = models.DecimalField(max_digits=14, decimal_places=4, default=Decimal(0))
    estimated_shipping_on = models.DateField(null=True)
    delay_type = models.CharField(max_length=1, blank=True)
    delay_memo = models.CharField(max_length=1000, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=30, blank=True)
    shipping_corp = models.CharField(max_length=200, blank=True)
    tracking_no = models.CharField(max_length=50, blank=True)
    shipped_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Line"]] = models.Manager()

    class Meta:
        ordering = ["order_no"]
        indexes = [models.Index(fields=["shop", "status", "is_cancelled"], name="lines_by_status")]

    def __str__(self) -> str:
        """Name the line by its order number."""
        return str(self.order_no)

    @property
    def total(self) -> Decimal:
        """What the buyer pays for the line: pieces and their option price, less the discount."""
        return (self.price + self.option_price) * self.quantity - self.discount

    @property
    def settle_price(self) -> Decimal:
        """What the seller receives, in whole yen."""
        return (self.total * SELLER_SHARE).quantize(Decimal(1), rounding=ROUND_DOWN)

    @property
    def status_text(self) -> str:
        """The state as the wire says it; a cancelled line has none."""
        return "" if self.is_cancelled else str(Status(self.status).label)


class Claim(models.Model):
    """A cancellation, return or exchange of one line."""

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="claims")
    stat = models.IntegerField(choices=ClaimStat.choices)
    reason = models.CharField(max_length=500, blank=True)
    memo = models.CharField(max_length=1000, blank=True)
    requested_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Claim"]] = models.Manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        """Name the claim by its line and state."""
        return f"{self.line.order_no} {self.status_text}"

    @property
    def status_text(self) -> str:
        """The state as the wire says it."""
        return str(ClaimStat(self.stat).label)
