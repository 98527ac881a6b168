"""Returned pieces that may not be sold: what their seller decides, and what was done."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.members.models import Seller
from toiya.domain.returns.models.returns import Grading


class Aside(WithStates):
    """
    The pieces of one grading that were set aside: their seller decides, the warehouse does it.

    Nothing is thrown away without the word of the seller: `decided_by` and `consent` keep whose word it was.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waits for the seller")
        DECIDED = "decided", _("To be done")
        DONE = "done", pgettext_lazy("returned pieces", "Done")

    class Decision(models.TextChoices):
        RESTOCK = "restock", _("Sell again")
        SEND_BACK = "send_back", _("Send to the seller")
        DISPOSE = "dispose", _("Throw away")

    ARROWS = {
        Status.WAITING: frozenset({Status.DECIDED}),
        Status.DECIDED: frozenset({Status.DONE}),
        Status.DONE: frozenset(),
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    grading = models.OneToOneField(Grading, on_delete=models.PROTECT, related_name="aside")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    consent = models.CharField(max_length=200, blank=True)
    decided_by = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=100, blank=True)
    done_at = models.DateTimeField(null=True)
    tracking_number = models.CharField(max_length=40, blank=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "id"], name="aside_of_seller")]
        indexes = [models.Index(fields=["status", "id"], name="asides_to_do")]

    def __str__(self) -> str:
        return f"{self.grading_id} {self.status} {self.decision}"
