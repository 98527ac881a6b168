"""A seller and what it told us of itself when it joined: firm, certificate, what it agreed to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import LockableRows, OwnedRows
from toiya.core.states import WithStates


class Seller(WithStates):
    """
    A merchant whose goods we keep: our tenant. Its freight mark (frame and character) never changes.

    The country decides the currency of every charge (A009). A seller has one of our two services, or both.
    """

    class Kind(models.TextChoices):
        BASIC = "basic", _("Basic member")
        BUSINESS = "business", _("Business member")

    class Status(models.TextChoices):
        PENDING = "pending", _("Waiting for approval")
        ACTIVE = "active", _("Active")
        REJECTED = "rejected", _("Not approved")

    ARROWS: ClassVar[Mapping[Any, frozenset[Any]]] = {
        Status.PENDING: frozenset({Status.ACTIVE, Status.REJECTED}),
        Status.ACTIVE: frozenset({Status.PENDING}),  # a basic member that becomes a business where that is approved
        Status.REJECTED: frozenset({Status.PENDING}),
    }

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.BUSINESS)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    uses_fulfilment = models.BooleanField(default=True)
    uses_smart_delivery = models.BooleanField(default=False)
    country = models.CharField(max_length=2, default="JP")
    currency = models.CharField(max_length=3, default="JPY")
    language = models.CharField(max_length=10, default="ja")
    mark_frame = models.CharField(max_length=10, default="maru")
    mark_character = models.CharField(max_length=2, default="問")
    registered_at = models.DateTimeField()

    objects = LockableRows.as_manager()

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class BusinessProfile(models.Model):
    """What a business member told of its firm (A010-A014, A047, A048). Codes of lists, never words."""

    class Payment(models.TextChoices):
        WALLET = "wallet", _("Toiya wallet only")
        NEW_QOO10 = "new_qoo10", _("A new Qoo10 account, made for me")
        OWN_QOO10 = "own_qoo10", _("My own Qoo10 account")

    seller = models.OneToOneField(Seller, on_delete=models.CASCADE, related_name="profile")
    company_name = models.CharField(max_length=100)
    company_name_en = models.CharField(max_length=100)
    address = models.CharField(max_length=300)
    address_en = models.CharField(max_length=300)
    phone = models.CharField(max_length=20)  # E.164
    industry = models.CharField(max_length=30)
    business_type = models.CharField(max_length=30)
    is_sole_trader = models.BooleanField(default=False)
    registration_number = models.CharField(max_length=30, blank=True)
    real_name = models.CharField(max_length=100, blank=True)  # of the one who is paid out (A047)
    business_model = models.CharField(max_length=30, blank=True)
    online_experience = models.CharField(max_length=30, blank=True)
    payment = models.CharField(max_length=10, choices=Payment.choices, default=Payment.WALLET)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.company_name} ({self.company_name_en})"


class Certificate(models.Model):
    """
    A stored paper of a seller, such as its registration certificate (A015). Judged by content, stored re-written.

    Lies outside the web root under a random key; seen by its owner and by approvers only, and each look is an event.
    """

    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, related_name="certificates")
    code = models.CharField(max_length=20, unique=True)
    file_name = models.CharField(max_length=150)
    media_type = models.CharField(max_length=20)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=100)
    uploaded_by_id = models.BigIntegerField()
    uploaded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = OwnedRows.as_manager()

    def __str__(self) -> str:
        return f"{self.code} {self.media_type}"


class Consent(models.Model):
    """Somebody agreed to one version of one document, in the language they read it in (A018)."""

    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, related_name="consents")
    user_id = models.BigIntegerField()
    document = models.CharField(max_length=20)
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    agreed_at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "user_id", "document", "version"], name="one_consent_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.version}"
