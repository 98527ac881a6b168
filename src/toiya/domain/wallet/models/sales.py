"""Sales whose money comes through us, and the fees that wait for it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.members.models import Seller


class SettlingShop(models.Model):
    """A shop whose sales site pays us: the fees of its orders are taken from what it pays (A167)."""

    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, db_index=False)
    shop_code = models.CharField(max_length=20)
    since = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "shop_code"], name="one_settling_per_shop")]

    def __str__(self) -> str:
        return self.shop_code


class Sale(WithStates):
    """
    An order whose money the sales site owes us; made when the first fee waits for it, or when it is paid.

    `expected_minor` is what the buyer paid: fees may wait for that much and no more.
    """

    class Status(models.TextChoices):
        AWAITED = "awaited", _("Not paid yet")
        SETTLED = "settled", _("Paid by the site")
        LOST = "lost", _("Will not be paid")

    ARROWS = {
        Status.AWAITED: frozenset({Status.SETTLED, Status.LOST}),
        Status.SETTLED: frozenset({Status.AWAITED}),  # the settlement was undone
        Status.LOST: frozenset({Status.SETTLED}),
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    order_code = models.CharField(max_length=40)
    shop_code = models.CharField(max_length=20, blank=True)
    currency = models.CharField(max_length=3)
    expected_minor = models.BigIntegerField()
    settled_minor = models.BigIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.AWAITED)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "order_code"], name="one_sale_per_order")]
        indexes = [models.Index(fields=["seller", "id"], name="awaited_sale", condition=models.Q(status="awaited"))]

    def __str__(self) -> str:
        return f"{self.order_code}: {self.currency} {self.expected_minor} {self.status}"
