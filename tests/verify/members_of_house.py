"""What each seller of the whole house left behind while it joined: one row of every kind."""

from __future__ import annotations

from datetime import timedelta

from tests.world import NOON, WORLD
from toiya.core.actor import Actor, ActorKind
from toiya.core.codes import code_for
from toiya.domain.conversations.actions.talking import hand_over, note, start_conversation
from toiya.domain.members.actions.joining import add_staff
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
    SignUpDraft,
    User,
)
from toiya.domain.notifications.models import Message, OrderNews
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
        warehouse_id=warehouse.pk, submitted_at=NOON, decided_at=NOON, decided_by_id=owner.pk,
    )  # fmt: skip
    SignUpDraft.objects.create(
        key=f"draft {number}", began_at=NOON, expires_at=NOON + timedelta(days=14), seller=seller
    )
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
    _talk_of(seller, owner, warehouse)
    Challenge.objects.create(
        user=owner, purpose=Challenge.Purpose.EMAIL_LINK, target=owner.email, language="ja", secret_hash="0" * 64,
        made_at=NOON, expires_at=NOON + timedelta(days=14),
    )  # fmt: skip
    _letters_of(seller, owner)
    _sessions_of(owner)


def _sessions_of(owner: User) -> None:
    Factor.objects.create(user=owner, kind=Factor.Kind.PASSKEY, name="phone", credential=f"c{owner.pk}", added_at=NOON)
    RecoveryCode.objects.create(user=owner, code_hash="0" * 64, made_at=NOON)
    SignedIn.objects.create(user=owner, key=f"session {owner.pk}", began_at=NOON, seen_at=NOON)


def _talk_of(seller: Seller, owner: User, warehouse: Warehouse) -> None:
    talk = start_conversation(kind="seller", about=seller.code, text="When?", actor=_acting(seller, owner), at=NOON)
    note(conversation_code=talk.code, text="Call back.", actor=_acting(None, owner), at=NOON)
    hand_over(conversation_code=talk.code, to_user_id=_a_colleague(seller, warehouse), actor=WORLD, at=NOON)


def _acting(seller: Seller | None, user: User) -> Actor:
    return Actor(kind=ActorKind.PERSON, id=str(user.pk), name=user.name, seller_id=seller.pk if seller else None)


def _a_colleague(seller: Seller, warehouse: Warehouse) -> int:
    """Somebody who answers sellers."""
    user = User.objects.create_user(email=f"answers-{seller.pk}@toiya.example", name="Answers")
    return add_staff(
        user=user, role="approver", warehouse_id=warehouse.pk, badge=f"ANS-{seller.pk}", pin="4711"
    ).user_id


def _letters_of(seller: Seller, owner: User) -> None:
    """A letter that was sent, and how far the seller's people know of new orders."""
    Message.objects.create(
        key=f"welcome-{seller.pk}", kind="new_orders", recipient=owner.email, language="ja", seller=seller, user=owner,
        status=Message.Status.SENT, attempt=1, wanted_at=NOON, next_try_at=NOON, sent_at=NOON,
    )  # fmt: skip
    OrderNews.objects.create(seller=seller, told_up_to=1, told_at=NOON)
