"""Claims with their evidence, what was paid for them, credits for delays, and the terms of both."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.catalog.models import Sku
from toiya.domain.claims.rules import Place, liability
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.outbound.models import Parcel
from toiya.domain.stock.models import StockNote
from toiya.domain.warehouses.models import Warehouse


class FilingTerms(models.Model):
    """
    Within how many days a carrier wants to be told, from a day on; carrier "" is our own house. Never changed.

    `source` says where that is written, such as a clause; `is_confirmed`: somebody looked it up there.
    """

    carrier = models.CharField(max_length=20, blank=True)
    starts_on = models.DateField()
    within_days = models.PositiveIntegerField()
    source = models.CharField(max_length=200, blank=True)
    is_confirmed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["carrier", "starts_on"], name="one_filing_terms_a_day"),
            models.CheckConstraint(condition=models.Q(within_days__gt=0), name="filing_takes_days"),
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.within_days} days from {self.starts_on}"


class CreditRule(models.Model):
    """
    What we credit for an order late by our fault, from a day on; without a seller it is everybody's. Never changed.

    `amount_minor` and `percent` of the order's fees are added; both 0: no credit. `month_cap_minor` 0: no cap.
    """

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, null=True, db_index=False)
    currency = models.CharField(max_length=3)
    starts_on = models.DateField()
    amount_minor = models.BigIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(default=0)
    month_cap_minor = models.BigIntegerField(default=0)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seller", "currency", "starts_on"], name="one_credit_rule_a_day", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=models.Q(amount_minor__gte=0, month_cap_minor__gte=0, percent__lte=100),
                name="credit_rule_is_sane",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.amount_minor} + {self.percent} % from {self.starts_on}"


class Claim(WithStates):
    """
    Money asked for because goods were damaged or lost: of one parcel, or of pieces of one SKU in one warehouse.

    `cause` names what happened, so the same is one claim whoever tells it. `cap_minor` is the most its carrier pays
    (None: no cap). `value_minor` is the sum of its lines. `facts` are the records as they were when it was opened.

    `due_on` was counted by `filing_terms` (None: none were entered) and stays. `desk_opener` is the id of the person of
    the operator who opened it for the seller; somebody else decides it.
    """

    class Kind(models.TextChoices):
        WAREHOUSE_DAMAGE = "warehouse_damage", _("Damaged in the warehouse")
        WAREHOUSE_LOSS = "warehouse_loss", _("Lost in the warehouse")
        CARRIER_DAMAGE = "carrier_damage", _("Damaged in delivery")
        CARRIER_LOSS = "carrier_loss", _("Lost in delivery")

    class Payer(models.TextChoices):
        OPERATOR = "operator", pgettext_lazy("who pays", "Warehouse")
        CARRIER = "carrier", pgettext_lazy("who pays", "Carrier")

    class Ground(models.TextChoices):
        FORCE_MAJEURE = "force_majeure", _("Force majeure")
        BEFORE_INSPECTION = "before_inspection", _("Damaged before inspection")
        IN_DELIVERY = "in_delivery", _("Damaged in delivery")
        CAME_TO_LIGHT = "came_to_light", _("Found again")
        NO_PROOF = "no_proof", _("Not proved")
        TOO_LATE = "too_late", _("Told too late")
        OTHER = "other", _("Another reason")

    class Status(models.TextChoices):
        DRAFTED = "drafted", _("Drafted")
        FILED = "filed", _("Filed")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        PAID = "paid", _("Paid out")

    ARROWS = {
        Status.DRAFTED: frozenset({Status.FILED, Status.DECLINED}),
        Status.FILED: frozenset({Status.ACCEPTED, Status.DECLINED}),
        Status.ACCEPTED: frozenset({Status.PAID}),
        Status.DECLINED: frozenset(),
        Status.PAID: frozenset(),
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    payer = models.CharField(max_length=10, choices=Payer.choices)
    carrier = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFTED)
    cause = models.CharField(max_length=60)
    is_by_machine = models.BooleanField(default=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, null=True, related_name="claims")
    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, null=True, related_name="claims")
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, null=True, related_name="claims")
    stock_note = models.ForeignKey(StockNote, on_delete=models.PROTECT, null=True, related_name="+")
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, db_index=False, related_name="+")
    note = models.CharField(max_length=1000, blank=True)
    facts = models.JSONField(default=dict)
    currency = models.CharField(max_length=3)
    value_minor = models.BigIntegerField(default=0)
    cap_minor = models.BigIntegerField(null=True)
    accepted_minor = models.BigIntegerField(null=True)
    ground = models.CharField(max_length=20, choices=Ground.choices, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    due_on = models.DateField()
    filing_terms = models.ForeignKey(FilingTerms, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=100)
    desk_opener = models.CharField(max_length=60, blank=True)
    filed_at = models.DateTimeField(null=True)
    filed_by = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=100, blank=True)
    paid_at = models.DateTimeField(null=True)
    paid_by = models.CharField(max_length=100, blank=True)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "cause"], name="one_claim_per_cause"),
            models.CheckConstraint(
                condition=models.Q(accepted_minor__isnull=True)
                | (models.Q(accepted_minor__gt=0) & models.Q(accepted_minor__lte=models.F("value_minor"))),
                name="claim_within_value",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_minor__isnull=True)
                | models.Q(cap_minor__isnull=True)
                | models.Q(accepted_minor__lte=models.F("cap_minor")),
                name="claim_within_cap",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"], name="claims_to_do", condition=models.Q(status__in=["drafted", "filed"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.status}"

    @property
    def most_minor(self) -> int:
        """The most that may be accepted: the value, or what the carrier's service pays when that is less."""
        place = Place.IN_DELIVERY if self.payer == self.Payer.CARRIER else Place.IN_THE_HOUSE
        return liability(place, self.value_minor, self.cap_minor).most_minor


class ClaimLine(models.Model):
    """Pieces of one SKU that are claimed. `basis` says where the value of a piece comes from."""

    class Basis(models.TextChoices):
        PRICE = "price", _("Price of the item")
        SOLD = "sold", _("Price it was sold for")
        PERSON = "person", _("Entered by a person")
        UNKNOWN = "unknown", _("Not known")

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="lines", db_index=False)
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    unit_value_minor = models.BigIntegerField(default=0)
    basis = models.CharField(max_length=10, choices=Basis.choices, default=Basis.UNKNOWN)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "sku"], name="one_line_per_sku_of_claim"),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0, unit_value_minor__gte=0), name="claim_line_is_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.sku_id}"

    @property
    def value_minor(self) -> int:
        """What the pieces are worth."""
        return self.quantity * self.unit_value_minor


class Evidence(models.Model):
    """A picture or paper that a person added, judged and kept in the cupboard of papers. Never edited."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence", db_index=False)
    file_name = models.CharField(max_length=100)
    storage_key = models.CharField(max_length=100)
    media_type = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    is_by_seller = models.BooleanField()
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=100)

    objects = OwnedRows.as_manager()

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [models.UniqueConstraint(fields=["claim", "sha256"], name="one_file_of_claim")]

    def __str__(self) -> str:
        return f"{self.file_name} of {self.claim_id}"


class Payout(models.Model):
    """The part of an accepted claim that was paid for one of its lines, once. Never edited."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    line = models.OneToOneField(ClaimLine, on_delete=models.PROTECT, primary_key=True, related_name="payout")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="payouts")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(amount_minor__gte=0), name="payout_not_negative")]

    def __str__(self) -> str:
        return f"{self.currency} {self.amount_minor} for {self.line_id}"


class DelayCredit(models.Model):
    """
    What was credited for an order that was late by our fault, by which rule; once per order, never edited.

    0 when the month's cap was reached. `month` is the first day of the local month it counts in.
    """

    order = models.OneToOneField(Order, on_delete=models.PROTECT, primary_key=True, related_name="delay_credit")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    rule = models.ForeignKey(CreditRule, on_delete=models.PROTECT, db_index=False, related_name="+")
    missed_at = models.DateTimeField()
    cause = models.CharField(max_length=30)
    fees_minor = models.BigIntegerField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    month = models.DateField()
    at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_minor__gte=0), name="delay_credit_not_negative")
        ]
        indexes = [models.Index(fields=["seller", "month"], name="delay_credits_of_month")]

    def __str__(self) -> str:
        return f"{self.currency} {self.amount_minor} for {self.order_id}"
