"""What sellers owe: requests with their lines, payments, disputes, steps of the time line, and prepared returns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.billing.models import StatementLine
from toiya.domain.catalog.models import Sku
from toiya.domain.dues import rules
from toiya.domain.dues.rules import Sums
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import Warehouse


class PaymentRequest(WithStates):
    """
    What a seller is asked to pay (A174). `subject` is what it is for, such as a statement's code: one request each that
    is not withdrawn. `terms` are the agreement's numbers then; `round` counts how often its time line began anew.
    """

    class Kind(models.TextChoices):
        STATEMENT = "statement", _("Warehouse fees")
        OTHER = "other", _("Other")

    class Status(models.TextChoices):
        TO_PAY = "to_pay", pgettext_lazy("a payment request", "To be paid")
        PART_PAID = "part_paid", pgettext_lazy("a payment request", "Partly paid")
        PAID = "paid", pgettext_lazy("a payment request", "Paid")
        WITHDRAWN = "withdrawn", pgettext_lazy("a payment request", "Withdrawn")

    ARROWS: ClassVar[Mapping[Any, frozenset[Any]]] = {
        Status.TO_PAY: frozenset({Status.PART_PAID, Status.PAID, Status.WITHDRAWN}),
        Status.PART_PAID: frozenset({Status.PAID}),
        Status.PAID: frozenset(),
        Status.WITHDRAWN: frozenset(),
    }
    OPEN = (Status.TO_PAY, Status.PART_PAID)

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    subject = models.CharField(max_length=40)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.TO_PAY)
    amount_minor = models.BigIntegerField()
    paid_minor = models.BigIntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)
    credited_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    remark = models.CharField(max_length=200, blank=True)
    is_automatic = models.BooleanField()
    terms = models.JSONField()
    notice_on = models.DateField()
    due_on = models.DateField()
    round = models.PositiveIntegerField(default=1)
    requested_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seller", "kind", "subject"],
                name="one_request_per_subject",
                condition=~models.Q(status="withdrawn"),
            ),
            models.UniqueConstraint(fields=["seller", "id"], name="payment_request_of_seller"),
            models.CheckConstraint(
                condition=models.Q(
                    amount_minor__gt=0,
                    refunded_minor__gte=0,
                    paid_minor__gte=models.F("refunded_minor"),
                    credited_minor__range=(0, models.F("amount_minor")),
                ),
                name="payment_request_adds_up",
            ),
        ]
        indexes = [models.Index(fields=["status", "due_on"], name="payment_requests_due")]

    def __str__(self) -> str:
        return f"{self.code} {self.status}: {self.currency} {self.amount_minor}"

    @property
    def sums(self) -> Sums:
        """Its money."""
        return Sums(self.amount_minor, self.paid_minor, self.refunded_minor, self.credited_minor)

    @property
    def owed_minor(self) -> int:
        """What is still to be paid."""
        return self.sums.owed if self.status in self.OPEN else 0


class RequestLine(models.Model):
    """One item of a request, never edited: what, how many, by which sum, and the line of the bill it comes from."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    request = models.ForeignKey(PaymentRequest, on_delete=models.PROTECT, related_name="lines", db_index=False)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=30, blank=True)  # a kind of charge, where it is one
    subject = models.CharField(max_length=200)
    quantity = models.BigIntegerField(default=1)
    formula = models.CharField(max_length=200, blank=True)
    amount_minor = models.BigIntegerField()
    bill_line = models.ForeignKey(StatementLine, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "position"], name="request_line_per_position")]

    def __str__(self) -> str:
        return f"{self.subject}: {self.amount_minor}"


class Payment(models.Model):
    """Money taken from the wallet for one request, never edited; `token` of its form makes pressing twice once."""

    class Way(models.TextChoices):
        BY_HAND = "by_hand", _("By hand")
        AUTOMATIC = "automatic", _("Automatic")

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    request = models.ForeignKey(PaymentRequest, on_delete=models.PROTECT, related_name="payments", db_index=False)
    code = models.CharField(max_length=20, unique=True)
    way = models.CharField(max_length=10, choices=Way.choices)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    token = models.CharField(max_length=60)
    paid_at = models.DateTimeField()
    actor = models.CharField(max_length=100)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "token"], name="one_payment_per_form"),
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="payment_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.currency} {self.amount_minor}"


class Dispute(WithStates):
    """A seller says that a line is wrong, with a paper if it has one; the office credits it, in part, or not."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("a dispute", "To be decided")
        ACCEPTED = "accepted", pgettext_lazy("a dispute", "Credited")
        DECLINED = "declined", pgettext_lazy("a dispute", "Declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("a dispute", "Taken back")

    ARROWS: ClassVar[Mapping[Any, frozenset[Any]]] = {
        Status.OPEN: frozenset({Status.ACCEPTED, Status.DECLINED, Status.WITHDRAWN}),
        Status.ACCEPTED: frozenset(),
        Status.DECLINED: frozenset(),
        Status.WITHDRAWN: frozenset(),
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    line = models.ForeignKey(RequestLine, on_delete=models.PROTECT, related_name="disputes")
    code = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    reason = models.CharField(max_length=1000)
    evidence_key = models.CharField(max_length=100, blank=True)
    evidence_type = models.CharField(max_length=20, blank=True)
    evidence_name = models.CharField(max_length=150, blank=True)
    credit_minor = models.BigIntegerField(default=0)
    answer = models.CharField(max_length=1000, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=100)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=100, blank=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"], name="one_open_dispute_per_line", condition=models.Q(status="open")
            ),
            models.CheckConstraint(condition=models.Q(credit_minor__gte=0), name="credit_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.status}"


class DunningStep(models.Model):
    """
    A step of a request's time line was taken, once in each round; never edited.

    `announces_on`: the day of what it announces, as it was told to the seller.
    """

    STEPS = (
        (rules.Step.NOTICE.value, _("Asked for")),
        (rules.Step.REMINDER.value, _("Reminded")),
        (rules.Step.SUSPENSION.value, _("Dispatch suspended")),
        (rules.Step.WARNING.value, _("Warned that the service stops")),
        (rules.Step.STOP.value, _("Service stopped")),
        (rules.Step.RETURN.value, _("Return prepared")),
    )

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    request = models.ForeignKey(PaymentRequest, on_delete=models.PROTECT, related_name="steps", db_index=False)
    step = models.CharField(max_length=12, choices=STEPS)
    round = models.PositiveIntegerField()
    taken_on = models.DateField()
    announces_on = models.DateField(null=True)
    owed_minor = models.BigIntegerField()
    at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "round", "step"], name="each_step_once_a_round")]

    def __str__(self) -> str:
        return f"{self.step} of {self.request_id}"


class AutoPay(models.Model):
    """The seller lets what is asked for be taken from the wallet as soon as it is asked (L21). No row: by hand."""

    seller = models.OneToOneField(Seller, on_delete=models.PROTECT, primary_key=True, related_name="auto_pay")
    since = models.DateTimeField()
    chosen_by = models.CharField(max_length=100)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.seller_id} pays automatically"


class ReturnPlan(WithStates):
    """All goods of a seller that did not pay, to go back freight collect once a person confirms; dropped if it pays."""

    class Status(models.TextChoices):
        PREPARED = "prepared", pgettext_lazy("a return plan", "Prepared")
        AGREED = "agreed", pgettext_lazy("a return plan", "Agreed to by the seller")
        CONFIRMED = "confirmed", pgettext_lazy("a return plan", "Confirmed")
        DROPPED = "dropped", pgettext_lazy("a return plan", "Dropped")

    ARROWS: ClassVar[Mapping[Any, frozenset[Any]]] = {
        Status.PREPARED: frozenset({Status.AGREED, Status.CONFIRMED, Status.DROPPED}),
        Status.AGREED: frozenset({Status.CONFIRMED, Status.DROPPED}),
        Status.CONFIRMED: frozenset(),
        Status.DROPPED: frozenset(),
    }
    WAITING = (Status.PREPARED, Status.AGREED)

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    request = models.ForeignKey(PaymentRequest, on_delete=models.PROTECT, related_name="return_plans", db_index=False)
    code = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PREPARED)
    prepared_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=100, blank=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seller"], name="one_return_plan_waits", condition=models.Q(status__in=["prepared", "agreed"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.status}"


class ReturnPlanLine(models.Model):
    """So many pieces of a SKU in a warehouse, as they lay there when the return was prepared."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    plan = models.ForeignKey(ReturnPlan, on_delete=models.PROTECT, related_name="lines")
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, related_name="+")
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "warehouse", "sku"], name="return_plan_line_once")]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.sku_id}"
