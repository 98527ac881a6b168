"""Sellers that wait for approval, and the people who decide, for tests of approval and of the first steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from tests.world import NOON, PASSWORD
from toiya.core.actor import Actor, ActorKind
from toiya.domain.members.actions.applying import Answers, store_application
from toiya.domain.members.actions.joining import add_member, add_staff, register_seller
from toiya.domain.members.models import Application, BusinessProfile, Seller, User
from toiya.domain.members.policy import desk_for
from toiya.domain.members.rules import OPERATOR_ROLES, SELLER_ROLES, WHILE_PENDING

_numbers = count(1)


@dataclass
class Applicant:
    """A seller with its owner and the application that counts."""

    seller: Seller
    user: User
    application: Application
    actor: Actor

    @property
    def code(self) -> str:
        return self.application.code


def an_applicant(
    name: str = "Hanok",
    *,
    country: str = "KR",
    registration_number: str = "120-81-47521",
    phone: str = "+82226201168",
    at: datetime = NOON,
    service: str = "fulfilment",
) -> Applicant:
    """A business of that country that filled in the form and waits."""
    number = next(_numbers)
    user = User.objects.create_user(
        email=f"owner-{number}@hanok.example",
        name=f"{name} owner",
        password=PASSWORD,
        language="ko",
        phone=f"+8210{number:08d}",
        verify_by=at + timedelta(days=14),
    )
    actor = Actor(kind=ActorKind.PERSON, id=str(user.pk), name=user.name)
    seller = register_seller(name=name, currency="KRW", language="ko", actor=actor, at=at)
    seller.status, seller.country = Seller.Status.PENDING, country
    seller.save()
    add_member(seller=seller, user=user, role="owner")
    BusinessProfile.objects.create(
        seller=seller, company_name=f"{name} 주식회사", company_name_en=f"{name} Co.", address="서울 중구 세종대로 110",
        address_en="110 Sejong-daero, Jung-gu, Seoul", phone=phone, industry="food", business_type="retail",
        registration_number=registration_number, business_model="own_brand", online_experience="under_1_year",
    )  # fmt: skip
    application = store_application(
        seller=seller,
        answers=Answers(["Qoo10", "Gmarket"], "green tea", 300, service),
        desk=desk_for(country).email,
        at=at,
    )
    permissions = SELLER_ROLES["owner"] & WHILE_PENDING
    acting = Actor(kind=ActorKind.PERSON, id=str(user.pk), name=user.name, seller_id=seller.pk, permissions=permissions)
    return Applicant(seller, user, application, acting)


def an_approver(name: str = "Sato", role: str = "approver") -> Actor:
    """Somebody of the operator who decides on applications and answers sellers; signs in with PASSWORD."""
    number = next(_numbers)
    user = User.objects.create_user(email=f"approver-{number}@toiya.example", name=name, password=PASSWORD)
    add_staff(user=user, role=role, warehouse_id=None, badge=f"DESK-{number:04d}", pin="4711")
    return Actor(kind=ActorKind.PERSON, id=str(user.pk), name=name, permissions=OPERATOR_ROLES[role])
