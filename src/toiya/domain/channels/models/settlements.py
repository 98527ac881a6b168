"""Settlement files of sales sites: looked at, booked, perhaps undone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.members.models import Seller


class SettlementFile(WithStates):
    """
    What a site says it paid for one shop's orders. Nothing is booked before a person who saw what would be says so.

    `rows` are (number in the file, the site's number, minor units), `to_mend` those nobody could read (number, cells,
    why, cell), `told_minor` the total the file itself tells, `booked` the orders this file settled. A file that is
    thrown away leaves no row; one that is undone may be handed in again.
    """

    class Status(models.TextChoices):
        READ = "read", _("Read, nothing booked")
        BOOKED = "booked", _("Booked")
        UNDONE = "undone", _("Undone")

    ARROWS = {
        Status.READ: frozenset({Status.BOOKED}),
        Status.BOOKED: frozenset({Status.UNDONE}),
        Status.UNDONE: frozenset(),
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    shop_code = models.CharField(max_length=20)
    code = models.CharField(max_length=20, unique=True)
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=100)
    currency = models.CharField(max_length=3)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.READ)
    rows = models.JSONField()
    headings = models.JSONField(default=list)
    to_mend = models.JSONField(default=list)
    told_minor = models.BigIntegerField(null=True)
    booked = models.JSONField(default=list)
    note = models.CharField(max_length=200, blank=True)  # why it was undone
    taken_by = models.CharField(max_length=100)
    taken_at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seller", "shop_code", "sha256"],
                condition=~models.Q(status="undone"),
                name="one_settlement_per_file",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.file_name}"
