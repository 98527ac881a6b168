"""Bills: what a seller owes for a month, line by line, and the invoices made of it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from toiya.core.rows import LockableRows, OwnedRows
from toiya.core.states import WithStates
from toiya.domain.billing.rules import months
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import Warehouse


class StorageMonth(models.Model):
    """
    Storage of one seller in one warehouse for one month of that warehouse's calendar was priced, once.

    `month` is the month's first day; the charges it made name its code as their source.
    """

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, db_index=False, related_name="+")
    month = models.DateField()
    code = models.CharField(max_length=20, unique=True)
    skus = models.PositiveIntegerField()
    total_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "warehouse", "month"], name="storage_once_a_month")]

    def __str__(self) -> str:
        return f"{self.code} {self.month:%Y-%m}: {self.currency} {self.total_minor}"


class Statement(WithStates):
    """
    One seller's bill for one month of the operator's calendar and one currency.

    Running, its lines are what the ledgers say at the moment; closed, they are written down and never change. `taken`
    left the wallet in the month, `due` is still to be paid (storage), `credited` was given back. `paid_out` is what the
    wallet got for damage or delay: it is shown, and changes nothing of the total. Minor units.
    """

    class Status(models.TextChoices):
        RUNNING = "running", pgettext_lazy("a bill", "Running")
        CLOSED = "closed", pgettext_lazy("a bill", "Closed")
        PAID = "paid", pgettext_lazy("a bill", "Paid")

    ARROWS = {
        Status.RUNNING: frozenset({Status.CLOSED}),
        Status.CLOSED: frozenset({Status.PAID}),
        Status.PAID: frozenset(),
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    month = models.DateField()
    currency = models.CharField(max_length=3)
    code = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RUNNING)
    taken_minor = models.BigIntegerField(default=0)
    due_minor = models.BigIntegerField(default=0)
    credited_minor = models.BigIntegerField(default=0)
    paid_out_minor = models.BigIntegerField(default=0)
    total_minor = models.BigIntegerField(default=0)
    line_count = models.PositiveIntegerField(default=0)
    inputs_hash = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "month", "currency"], name="one_statement_a_month"),
            models.UniqueConstraint(fields=["seller", "id"], name="statement_of_seller"),
            models.CheckConstraint(
                condition=models.Q(
                    total_minor=models.F("taken_minor") + models.F("due_minor") - models.F("credited_minor")
                ),
                name="statement_adds_up",
            ),
        ]
        indexes = [models.Index(fields=["status", "month"], name="statements_to_close")]

    def __str__(self) -> str:
        return f"{self.code} {self.month:%Y-%m} {self.status}: {self.currency} {self.total_minor}"

    @property
    def last_day(self) -> date:
        """The last day of its month."""
        return months.last_day(self.month)


class StatementLine(models.Model):
    """
    One priced fact on a closed statement, never edited.

    `inputs` is the whole line as text: what was priced, by which version of which rate card, the entries of the ledger
    it comes from and the formula; `digest` is its SHA-256. `amount_minor` of a credit is negative.
    """

    class Origin(models.TextChoices):
        TAKEN = "taken", pgettext_lazy("a line of a bill", "Taken from the wallet")
        DUE = "due", pgettext_lazy("a line of a bill", "To be paid")
        CREDITED = "credited", pgettext_lazy("a line of a bill", "Given back")
        NOTED = "noted", pgettext_lazy("a line of a bill", "Given back by credit note")
        PAID_OUT = "paid_out", pgettext_lazy("a line of a bill", "Paid into the wallet")

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines", db_index=False)
    number = models.PositiveIntegerField()
    origin = models.CharField(max_length=10, choices=Origin.choices)
    kind = models.CharField(max_length=30)
    subject = models.CharField(max_length=40)
    source = models.CharField(max_length=40)
    on = models.DateField()
    quantity = models.PositiveBigIntegerField()  # volume days of a warehouse full are many
    amount_minor = models.BigIntegerField()
    tax_percent = models.PositiveSmallIntegerField()
    charge_id = models.BigIntegerField(null=True, unique=True)
    wallet_entry_id = models.BigIntegerField(null=True)
    also_entry_id = models.BigIntegerField(null=True)  # the rest of the same cause, paid from a second purse
    inputs = models.TextField()
    digest = models.CharField(max_length=64)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "number"], name="line_once_in_statement"),
            models.CheckConstraint(
                condition=~models.Q(charge_id=None, wallet_entry_id=None), name="line_comes_from_a_ledger"
            ),
        ]
        indexes = [
            models.Index(fields=["seller", "wallet_entry_id"], name="line_of_wallet_entry"),
            models.Index(
                fields=["seller", "also_entry_id"],
                name="line_of_second_purse",
                condition=models.Q(also_entry_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.subject}: {self.amount_minor}"


class LineCredit(models.Model):
    """
    A part of a line that went back, never edited: the one place that says what of a line is left to give back.

    `cause` is the credit note's number, the dispute's code, or the entry of a refund that stands on the bill itself.
    A credit of a note or a dispute has its credit note as soon as its bill has an invoice. Minor units, positive.
    """

    class Kind(models.TextChoices):
        NOTE = "note", pgettext_lazy("why a line was credited", "Credit note")
        DISPUTE = "dispute", pgettext_lazy("why a line was credited", "Dispute")
        REFUND = "refund", pgettext_lazy("why a line was credited", "Refund")

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    line = models.ForeignKey(StatementLine, on_delete=models.PROTECT, related_name="credits", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    cause = models.CharField(max_length=40)
    amount_minor = models.BigIntegerField()
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "cause"], name="line_credited_once_for_a_cause"),
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="line_credit_is_positive"),
        ]
        indexes = [models.Index(fields=["seller", "cause"], name="line_credits_of_cause")]

    def __str__(self) -> str:
        return f"{self.cause}: {self.amount_minor} of line {self.line_id}"


class Issuer(models.Model):
    """
    Who writes the invoices: the operator, as it stands on them from `from_on` on. Never edited; the newest one counts.

    `registration_number` is in Japan T and 13 digits (carriers.md 5.2); a company's digits have a check digit.
    """

    name = models.CharField(max_length=100)
    address = models.CharField(max_length=300)
    country = models.CharField(max_length=2)
    registration_number = models.CharField(max_length=30, blank=True)
    is_sole_trader = models.BooleanField(default=False)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"{self.name} {self.registration_number}"


class InvoiceSeries(models.Model):
    """The numbers of one year: the row is locked to draw one, so that there is no gap."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    objects = LockableRows.as_manager()

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Invoice(models.Model):
    """
    An invoice over a closed statement, or a credit note that refers to one; one row of numbers, never edited.

    `issuer` and `recipient` are both sides as they stand on the paper; `rates` the total and the tax of each rate.
    A credit note's amounts are positive and mean what went back; `token` is its form's, or the dispute it comes from.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("Invoice")
        CREDIT_NOTE = "credit_note", _("Credit note")

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="invoices", db_index=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    refers_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="notes")
    number = models.CharField(max_length=20, unique=True)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    issued_on = models.DateField()
    currency = models.CharField(max_length=3)
    total_minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField()
    rates = models.JSONField()  # [[percent, total with tax, tax], …]
    issuer = models.JSONField()
    recipient = models.JSONField()
    reason = models.CharField(max_length=200, blank=True)
    token = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "sequence"], name="one_invoice_per_number"),
            models.UniqueConstraint(
                fields=["statement"], name="one_invoice_per_statement", condition=models.Q(kind="invoice")
            ),
            models.UniqueConstraint(
                fields=["seller", "token"], name="one_note_per_form", condition=~models.Q(token="")
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="credit_note") | models.Q(refers_to__isnull=False),
                name="note_refers_to_an_invoice",
            ),
        ]
        indexes = [models.Index(fields=["issued_on"], name="invoices_by_day")]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}: {self.currency} {self.total_minor}"
