"""What each seller of the whole house left behind while it joined: one row of every kind."""

from __future__ import annotations

from datetime import timedelta

from tests.world import NOON
from toiya.core.codes import code_for
from toiya.domain.members.models import (
    ApiKey,
    Application,
    BusinessProfile,
    Certificate,
    Challenge,
    Consent,
    Factor,
    GuidanceDone,
    Invitation,
    RecoveryCode,
    Seller,
    SignedIn,
    User,
)
from toiya.domain.warehouses.models import Warehouse


def joined(seller: Seller, owner: User, warehouse: Warehouse) -> None:
    """The seller's papers, answers, agreements, and the ways in it gave to others."""
    number = seller.pk
    BusinessProfile.objects.create(
        seller=seller, company_name="花束株式会社", company_name_en="Hanataba Inc.", address="千葉県船橋市浜町2-1-1",
        address_en="2-1-1 Hamacho, Funabashi", phone="+81470000000", industry="fashion", business_type="retail",
    )  # fmt: skip
    Certificate.objects.create(
        id=number, seller=seller, code=code_for("CRT", number), file_name="certificate.pdf",
        media_type="application/pdf", size_bytes=1000, sha256="0" * 64, storage_key=f"certificates/{number}",
        uploaded_by_id=owner.pk, uploaded_at=NOON,
    )  # fmt: skip
    Consent.objects.create(
        seller=seller, user_id=owner.pk, document="terms", version="1", language="ja", agreed_at=NOON
    )
    Application.objects.create(
        id=number, seller=seller, code=code_for("APP", number), status=Application.Status.APPROVED, sites=["qoo10"],
        goods="bags", deliveries_a_month=300, service=Application.Service.FULFILMENT, desk="sales@example.com",
        submitted_at=NOON, decided_at=NOON, decided_by_id=owner.pk,
    )  # fmt: skip
    GuidanceDone.objects.create(seller=seller, step="connect_shop", done_at=NOON, done_by_id=owner.pk)
    Invitation.objects.create(
        id=number, seller=seller, code=code_for("INV", number), email="new@example.com", role="clerk", language="ja",
        warehouse_id=warehouse.pk, secret_hash="0" * 64, invited_by_id=owner.pk, invited_at=NOON,
        expires_at=NOON + timedelta(days=7),
    )  # fmt: skip
    ApiKey.objects.create(
        id=number, seller=seller, code=code_for("KEY", number), name="stock", beginning="toiya_0000",
        secret_hash=f"{number:064d}", scopes=["see_stock"], made_by_id=owner.pk, made_at=NOON,
    )  # fmt: skip
    Challenge.objects.create(
        user=owner, purpose=Challenge.Purpose.EMAIL_LINK, target=owner.email, language="ja", secret_hash="0" * 64,
        made_at=NOON, expires_at=NOON + timedelta(days=14),
    )  # fmt: skip
    Factor.objects.create(user=owner, kind=Factor.Kind.PASSKEY, name="phone", credential=f"c{number}", added_at=NOON)
    RecoveryCode.objects.create(user=owner, code_hash="0" * 64, made_at=NOON)
    SignedIn.objects.create(user=owner, key=f"session {number}", began_at=NOON, seen_at=NOON)
