"""What a shop offers: listings and their combination options, each with its stock."""

from decimal import Decimal
from typing import ClassVar

from django.db import models

from toiya.sandbox.site.models.shops import Shop

# Qoo10 separates the columns of a multi-axis option with two pipes and an asterisk.
AXIS_SEPARATOR = "||*"


class Listing(models.Model):
    """One product page. ``quantity`` counts only while the listing has no options."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="listings")
    item_code = models.CharField(max_length=10, unique=True)
    seller_code = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=300)
    status = models.CharField(max_length=2, default="S2")
    price = models.DecimalField(max_digits=14, decimal_places=4)
    retail_price = models.DecimalField(max_digits=14, decimal_places=4, default=Decimal(0))
    tax_rate = models.CharField(max_length=2, default="10")
    quantity = models.IntegerField(default=0)
    expires_on = models.DateField()
    shipping_number = models.IntegerField(default=1)
    single_options = models.JSONField(default=list, help_text="rows {Name, Value, Price, OptionCode}")
    listed_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Listing"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "seller_code"],
                condition=~models.Q(seller_code=""),
                name="one_listing_per_seller_code",
            )
        ]

    def __str__(self) -> str:
        """Name the listing by its item code."""
        return self.item_code


class Option(models.Model):
    """One combination (colour and size) of a listing, known by its exact name, value and code."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="options")
    name = models.CharField(max_length=255)
    value = models.CharField(max_length=255)
    code = models.CharField(max_length=50, blank=True)
    price = models.DecimalField(max_digits=14, decimal_places=4, default=Decimal(0))
    quantity = models.IntegerField(default=0)

    objects: ClassVar[models.Manager["Option"]] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["listing", "name", "value"], name="one_option_per_value"),
        ]

    def __str__(self) -> str:
        """Name the option as an order line shows it."""
        return self.text

    @property
    def axes(self) -> list[tuple[str, str]]:
        """Name and value of each axis, in order."""
        return list(
            zip(self.name.split(AXIS_SEPARATOR), self.value.split(AXIS_SEPARATOR), strict=False),
        )

    @property
    def text(self) -> str:
        """The option as orders show it: ``カラー:青 / サイズ:M(+200円)``."""
        joined = " / ".join(f"{name}:{value}" for name, value in self.axes)
        return f"{joined}({self.price:+.0f}円)" if self.price else joined
