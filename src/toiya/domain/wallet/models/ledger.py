"""The ledger of money: double entry, prepaid, per seller and currency."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.members.models import Seller


class Account(models.Model):
    """
    One locked balance. FREE, RESERVED and ADVERTISING are the seller's money with us; FEES what we earned from them.

    Negative are those that money comes from: TOP_UPS what they paid in, SETTLEMENTS what sales sites paid for them,
    COMPENSATIONS and GIVEN what we gave (for damage; as advertising credit), OWED fees that a sale to come will pay,
    DEBT money that was taken back from the seller after it was spent: the next money pays it.
    All of a currency sum to zero. The first four are made together, the others when they are first needed.
    """

    class Kind(models.TextChoices):
        FREE = "free", _("Free")
        RESERVED = "reserved", _("Set aside")
        FEES = "fees", _("Fees")
        TOP_UPS = "top_ups", _("Top-ups")
        COMPENSATIONS = "compensations", _("Compensations")
        SETTLEMENTS = "settlements", _("Settlements")
        ADVERTISING = "advertising", _("Advertising credit")
        GIVEN = "given", _("Advertising credit given")
        OWED = "owed", _("To be paid by sales to come")
        DEBT = "debt", _("Debt to us")

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    currency = models.CharField(max_length=3)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    balance_minor = models.BigIntegerField(default=0)
    credit_limit_minor = models.BigIntegerField(default=0)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "currency", "kind"], name="one_account"),
            models.CheckConstraint(
                condition=~models.Q(kind="free") | models.Q(balance_minor__gte=-models.F("credit_limit_minor")),
                name="free_within_limit",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="reserved") | models.Q(balance_minor__gte=0), name="reserved_not_negative"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="advertising") | models.Q(balance_minor__gte=0),
                name="advertising_not_negative",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="owed") | models.Q(balance_minor__lte=0), name="owed_not_positive"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="debt") | models.Q(balance_minor__lte=0), name="debt_not_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seller_id} {self.kind}: {self.currency} {self.balance_minor}"


class Posting(models.Model):
    """A wallet transaction: entries that sum to zero. Never edited."""

    class Kind(models.TextChoices):
        TOP_UP = "top_up", _("Topped up")
        RESERVE = "reserve", _("Set aside")
        VOID = "void", _("Given back")
        CAPTURE = "capture", _("Taken")
        REFUND = "refund", _("Refunded")
        CHARGE = "charge", _("Paid")
        CHARGE_ADVERTISING = "charge_ads", _("Paid with advertising credit")
        COMPENSATE = "compensate", _("Compensated")
        SETTLE_SALE = "settle_sale", _("Sale settled")
        GRANT = "grant", _("Advertising credit given")
        DEFER = "defer", _("Set aside from a sale to come")
        VOID_DEFERRED = "void_defer", _("Given back to a sale to come")
        REPAY = "repay", _("Paid from the sale")
        COVER = "cover", _("Paid back by advertising credit")
        TAKE_BACK = "take_back", _("Taken back")
        OWE_BACK = "owe_back", _("Taken back after it was spent")
        PAY_DEBT = "pay_debt", _("Debt paid")
        TAKE_CREDIT = "take_credit", _("Advertising credit taken back")
        UNSETTLE = "unsettle", _("Money of a sale taken back")
        UNPAY = "unpay", _("Waits for the sale again")

    seller_id = models.BigIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    currency = models.CharField(max_length=3)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class TopUp(WithStates):
    """
    A top-up that was asked for; `token` is of the form it came from, so that sending it twice books it once.

    `code` names one that a person booked by hand, such as cash: what has no other code to be taken back by.
    """

    class Status(models.TextChoices):
        BOOKED = "booked", _("Booked")
        TAKEN_BACK = "taken_back", _("Taken back")

    ARROWS = {Status.BOOKED: frozenset({Status.TAKEN_BACK}), Status.TAKEN_BACK: frozenset()}

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    token = models.CharField(max_length=40)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    at = models.DateTimeField()
    code = models.CharField(max_length=20, blank=True, default="", db_default="")
    reference = models.CharField(max_length=40, blank=True, default="", db_default="")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.BOOKED, db_default=Status.BOOKED)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "token"], name="one_top_up_per_form"),
            models.UniqueConstraint(fields=["code"], name="one_top_up_per_code", condition=~models.Q(code="")),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.amount_minor} {self.token}"


class Entry(models.Model):
    """One line of a posting on one account, never edited; `source` is the code of what it was for."""

    seller_id = models.BigIntegerField()
    posting_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    amount_minor = models.BigIntegerField()
    source = models.CharField(max_length=40)

    objects = OwnedRows.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["account_id", "id"], name="entry_of_account")]

    def __str__(self) -> str:
        return f"{self.amount_minor} on {self.account_id}"


class Booked(models.Model):
    """
    A charge, compensation, grant, cover, settlement or taking back booked for one cause, which is not booked again.

    Never edited. `kind` is the verb's: a charge that two purses shared is one row.
    """

    seller_id = models.BigIntegerField()
    kind = models.CharField(max_length=20, choices=Posting.Kind.choices)
    source = models.CharField(max_length=40)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    use = models.CharField(max_length=20, blank=True)

    objects = OwnedRows.as_manager()

    class Meta:
        verbose_name_plural = "booked causes"
        constraints = [
            models.UniqueConstraint(fields=["seller_id", "kind", "source"], name="one_booking_per_cause"),
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="booking_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source}: {self.currency} {self.amount_minor}"


class Reservation(models.Model):
    """
    Money set aside for one cause. It ends once: captured or voided.

    `sale` is the order whose settlement is to pay it, `is_owed` that it has not yet: the money came from OWED.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Set aside")
        CAPTURED = "captured", _("Taken")
        VOIDED = "voided", _("Given back")

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    currency = models.CharField(max_length=3)
    source = models.CharField(max_length=40)
    amount_minor = models.BigIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    sale = models.CharField(max_length=40, blank=True, default="", db_default="")
    is_owed = models.BooleanField(default=False, db_default=False)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "source"], name="one_reservation_per_cause"),
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="reservation_is_positive"),
            models.CheckConstraint(
                condition=models.Q(is_owed=False) | ~models.Q(sale=""), name="what_is_owed_names_its_sale"
            ),
        ]
        indexes = [
            models.Index(fields=["seller", "id"], name="reservation_owed", condition=models.Q(is_owed=True)),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.currency} {self.amount_minor} {self.status}"
