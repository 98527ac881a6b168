"""Taking on a seller, and its first person, whom somebody we trust has vouched for: no form, no e-mail to verify."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.members import policy
from toiya.domain.members.actions.joining import register_seller
from toiya.domain.members.events import MemberSignedUp
from toiya.domain.members.models import BusinessProfile, Consent, Membership, Seller, User
from toiya.domain.members.rules.countries import currency_of

OWNER = "owner"


class LoginTaken(Refusal):
    """Somebody took the log-in id in the meantime."""

    code = "login_taken"
    message = gettext_lazy("The log-in ID %(login)s was taken just now. Press Done once more to get another one.")


@dataclass(frozen=True, slots=True)
class Firm:
    """What is known of the seller's firm; codes of lists stay empty until it tells them itself."""

    name: str
    country: str
    company_name: str = ""
    address: str = ""
    phone: str = ""  # E.164 or empty


@dataclass(frozen=True, slots=True)
class NewPerson:
    """The first person. Without a password they come in by the site's console, or by a reset link (A041)."""

    login: str
    email: str
    name: str
    password: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed to, and the language it was read in."""

    documents: Mapping[str, str]
    language: str


@transaction.atomic
def take_over(*, firm: Firm, person: NewPerson | User, agreement: Agreement, actor: Actor, at: datetime) -> Seller:
    """
    Make the seller with its owner: a new person whose e-mail counts as verified (A033), or somebody we know (L39).

    Where sellers are approved first (A024) it waits for that. Its services are applied for separately (A034).

    :raises LoginTaken: the new person's log-in id is another's
    """
    seller = register_seller(
        name=firm.name, currency=currency_of(firm.country), language=agreement.language, actor=actor, at=at
    )
    seller.country, seller.kind = firm.country, Seller.Kind.BUSINESS
    seller.uses_fulfilment = seller.uses_smart_delivery = False
    if policy.needs_approval(firm.country):
        seller.status = Seller.Status.PENDING
    seller.save()

    user = person if isinstance(person, User) else _made(person, firm, agreement.language, at)
    Membership.objects.create(user=user, seller=seller, role=OWNER)
    BusinessProfile.objects.create(
        seller=seller,
        company_name=firm.company_name or firm.name,
        company_name_en="",
        address=firm.address,
        address_en="",
        phone=firm.phone,
        industry="",
        business_type="",
    )
    _agree(seller, user, agreement, at)

    signed_up = MemberSignedUp(
        seller_id=seller.pk, subject=seller.code, user_id=user.pk, kind=seller.kind, way="console"
    )
    events.record(signed_up, actor=actor, at=at)
    return seller


def _made(person: NewPerson, firm: Firm, language: str, at: datetime) -> User:
    try:
        with transaction.atomic():
            return User.objects.create_user(
                email=person.email,
                login=person.login,
                name=person.name,
                password=person.password or None,
                language=language,
                phone=firm.phone,
                email_verified_at=at,
            )
    except IntegrityError as error:
        raise LoginTaken(login=person.login) from error


def _agree(seller: Seller, user: User, agreement: Agreement, at: datetime) -> None:
    Consent.objects.bulk_create(
        Consent(
            seller=seller,
            user_id=user.pk,
            document=document,
            version=version,
            language=agreement.language,
            agreed_at=at,
        )
        for document, version in agreement.documents.items()
    )
