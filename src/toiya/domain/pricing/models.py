"""Rate cards with their versions, whom they are for, and charges: every priced fact. All of it is append-only."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from toiya.core.rows import LockableRows, OwnedRows
from toiya.domain.members.models import Seller
from toiya.domain.pricing.codec import entry_of, rate_of
from toiya.domain.pricing.rules import Card, Entry
from toiya.domain.warehouses.models import Warehouse


class ChargeKind(models.TextChoices):
    """The words of `rules.Kind`."""

    INBOUND_PIECE = "inbound_piece", _("Taking in, by the piece")
    INBOUND_CARTON = "inbound_carton", _("Taking in, by the carton")
    INBOUND_EXPRESS = "inbound_express", _("Express lane, percent")
    QUALITY_CHECK = "quality_check", _("Quality check of a piece")
    SKU_LABEL = "sku_label", _("Label on a piece")
    PICK_FIRST = "pick_first", _("First piece of a parcel picked")
    PICK_MORE = "pick_more", _("Each further piece picked")
    PACKAGING = "packaging", _("Box or bag")
    INSERT = "insert", _("Leaflet or gift put in")
    SHIPPING = "shipping", pgettext_lazy("a charge", "Shipping")
    SURCHARGE = "surcharge", _("Surcharge on shipping")
    DISPATCH_ELSEWHERE = "dispatch_elsewhere", _("Parcel of an order from elsewhere")
    RETURN_PIECE = "return_piece", _("Return of a piece")
    REMOVAL_PIECE = "removal_piece", _("Piece taken out for you")
    REMOVAL_PARCEL = "removal_parcel", _("Parcel with pieces taken out")
    WORK_MINUTE = "work_minute", _("Work by the minute")
    ASSEMBLY_PIECE = "assembly_piece", _("Bundle put together")
    STORAGE_MONTH = "storage_month", _("Storage of slow sellers, a piece and month")
    STORAGE_VOLUME_DAY = "storage_volume_day", _("Storage by volume and day")
    STORAGE_BIN = "storage_bin", _("Storage by bin and day")
    STORAGE_PALLET = "storage_pallet", _("Storage by pallet and day")
    STORAGE_PEAK = "storage_peak", _("Storage by the month's highest stock")
    STORAGE_AVERAGE = "storage_average", _("Storage by the month's average stock")
    CREDIT = "credit", _("Credit")


class RateCard(models.Model):
    """A price list under a name, in one currency. Its prices are its versions'."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60, unique=True)
    currency = models.CharField(max_length=3, default="JPY")
    created_at = models.DateTimeField()

    objects = LockableRows.as_manager()

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class CardVersion(models.Model):
    """
    All rules of a card from a day on, and the places of the zones they name. In force from `from_on` once another
    person has approved it.

    `drafted_by` is the actor's id. Never edited: the next change is the next version.
    """

    card = models.ForeignKey(RateCard, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    from_on = models.DateField()
    rates = models.JSONField()
    zones = models.JSONField(default=dict)  # {zone: [prefectures or beginnings of postal codes]}
    note = models.CharField(max_length=200, blank=True)
    drafted_by = models.CharField(max_length=60)
    drafted_name = models.CharField(max_length=100)
    drafted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "number"], name="one_card_version")]

    def __str__(self) -> str:
        return f"{self.card_id} v{self.number} from {self.from_on}"

    @property
    def as_card(self) -> Card:
        """The version as the rules see it."""
        rates = tuple(rate_of(stored, self.zones) for stored in self.rates)
        return Card(self.card.code, self.number, self.card.currency, rates, self.zones)


class CardApproval(models.Model):
    """The second person's yes to a version."""

    version = models.OneToOneField(CardVersion, on_delete=models.PROTECT, primary_key=True, related_name="approval")
    approved_by = models.CharField(max_length=60)
    approved_name = models.CharField(max_length=100)
    approved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.version_id} by {self.approved_name}"


class CardAssignment(models.Model):
    """
    From a day on a card holds for a seller, a warehouse, both together, or (neither) for everybody.

    The newest day that has come counts. Without a card: what was assigned here before ends.
    """

    card = models.ForeignKey(RateCard, on_delete=models.PROTECT, null=True, related_name="assignments")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    from_on = models.DateField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["seller", "warehouse", "from_on"], name="card_assigned")]

    def __str__(self) -> str:
        return f"{self.card_id} for {self.seller_id} in {self.warehouse_id} from {self.from_on}"


class Charges(OwnedRows):
    """Charges, and those that cost something."""

    def priced(self) -> Self:
        """Without the facts that had no price on their day; those are kept so that they can be priced anew."""
        return self.exclude(amount_minor=0)


class Charge(models.Model):
    """
    One priced fact. `source` is the cause in the wallet: money set aside under it is the sum of its charges.

    `entry` is the whole fact, so that `rules.rate` replays it. What has no price is kept with an amount of 0, so that
    it can be priced with another card. Due is what was taken for its source; see the wallet. Never edited.
    """

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    source = models.CharField(max_length=40)
    number = models.PositiveIntegerField()  # place among the charges of its source
    kind = models.CharField(max_length=20, choices=ChargeKind.choices)
    subject = models.CharField(max_length=40)
    on = models.DateField()  # a day of the warehouse
    quantity = models.BigIntegerField()
    unit_price = models.DecimalField(max_digits=16, decimal_places=4)  # major unit, tax inside
    per = models.PositiveIntegerField(default=1)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    formula = models.CharField(max_length=80, blank=True)
    card_code = models.CharField(max_length=20, blank=True)  # empty: a list price
    card_version = models.PositiveIntegerField(default=0)
    entry = models.JSONField()
    tax_percent = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    objects = Charges.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "source", "number"], name="one_charge_per_cause")]
        indexes = [models.Index(fields=["seller", "on"], name="charge_by_day")]

    def __str__(self) -> str:
        return f"{self.source} {self.kind}: {self.currency} {self.amount_minor}"

    @property
    def fact(self) -> Entry:
        """The fact that was priced."""
        return entry_of(self.entry)
