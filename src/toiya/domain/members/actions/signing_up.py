"""Signing up by the form, and becoming a business later: everything that comes of it, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor, ActorKind
from toiya.core.errors import Refusal
from toiya.core.papers import StoredPaper
from toiya.domain.members import policy
from toiya.domain.members.actions.applying import Answers, store_application
from toiya.domain.members.actions.certificates import store_certificates
from toiya.domain.members.actions.drafts import DraftGone
from toiya.domain.members.actions.joining import add_member, register_seller
from toiya.domain.members.events import ApplicationSubmitted, EmailToVerify, MemberSignedUp, MemberUpgraded
from toiya.domain.members.models import BusinessProfile, Consent, Seller, SignUpDraft, User
from toiya.domain.members.rules import countries
from toiya.domain.members.rules.signing_up import (
    BASIC,
    BUSINESS,
    DAYS_TO_VERIFY,
    Account,
    Firm,
    services_of,
)

Status = Seller.Status


class EmailTaken(Refusal):
    """Somebody has an account with this address."""

    code = "email_taken"
    message = gettext_lazy("%(email)s has an account already. Sign in with it, or take another address.")


class BusinessIncomplete(Refusal):
    """A business without its firm, its answers or its certificate."""

    code = "business_incomplete"
    message = gettext_lazy("A business member also needs firm, answers and certificate. Go back and fill them in.")


class NotBasic(Refusal):
    """Only a basic member becomes a business member."""

    code = "not_basic"
    message = gettext_lazy("%(seller)s is a business member already. Change its data on the company page.")


@dataclass(frozen=True, slots=True)
class Business:
    """What a business tells on top: its firm and the questionnaire of A025."""

    firm: Firm
    answers: Answers


@dataclass(frozen=True, slots=True)
class SignUp:
    """A whole form. `agreed` is the version of each document that was agreed to (A018)."""

    account: Account
    country: str
    agreed: Mapping[str, str]
    business: Business | None = None

    @property
    def kind(self) -> str:
        return BUSINESS if self.business else BASIC


@transaction.atomic
def sign_up(*, draft_key: str, form: SignUp, actor: Actor, at: datetime) -> User:
    """
    A person, their seller with its freight mark, firm, papers, agreements and application. They own the seller.

    The same draft twice makes one account and returns it. A business verifies its e-mail within 14 days (A020); in a
    country that asks for it, the seller waits for approval (A024).

    :raises DraftGone: no such draft
    :raises EmailTaken: the address has an account, perhaps only since a moment ago
    :raises BusinessIncomplete: no paper was handed in
    """
    draft = _locked(draft_key)
    if draft.seller is not None:
        owner: User = draft.seller.memberships.get(role="owner", user__email=form.account.email).user
        return owner
    if is_taken(form.account.email):
        raise EmailTaken(email=form.account.email)
    if form.business and not draft.papers:
        raise BusinessIncomplete()

    user = _store_user(form, at)
    name = form.business.firm.company_name if form.business else form.account.name
    currency, language = countries.currency_of(form.country), form.account.language
    seller = register_seller(name=name, currency=currency, language=language, actor=_as_member(user), at=at)
    seller.country, seller.kind = form.country, form.kind
    seller.status = Status.PENDING if _waits(form.kind, form.country) else Status.ACTIVE
    add_member(seller=seller, user=user, role="owner")
    happened = _store_rest(seller, user, form.business, draft, at)
    _store_consents(seller, user, form.agreed, at)
    _end(draft, seller)

    signed_up = MemberSignedUp(seller_id=seller.pk, subject=seller.code, user_id=user.pk, kind=form.kind, way="form")
    verify = _to_verify(seller, user, form.account.proof)
    events.record_all([signed_up, verify, *happened], actor=_as_member(user, seller), at=at)
    return user


@transaction.atomic
def become_business(
    *, draft_key: str, seller_id: int, business: Business, agreed: Mapping[str, str], actor: Actor, at: datetime
) -> Seller:
    """
    A basic member tells of its firm and is a business from then on (A001); its country and currency stay.

    :raises NotBasic: it is one already
    :raises DraftGone, BusinessIncomplete: as when signing up
    """
    draft = _locked(draft_key)
    seller: Seller = Seller.objects.filter(pk=seller_id).lock().get()
    user: User = User.objects.select_for_update(no_key=True).get(pk=int(actor.id))
    if draft.seller_id == seller.pk:
        return seller
    if seller.kind != Seller.Kind.BASIC:
        raise NotBasic(seller=seller.name)
    if not draft.papers:
        raise BusinessIncomplete()

    seller.kind = BUSINESS
    if _waits(BUSINESS, seller.country) and seller.status == Status.ACTIVE:
        seller.move_to(Status.PENDING)
    if user.email_verified_at is None and user.verify_by is None:
        user.verify_by = at + DAYS_TO_VERIFY
        user.save(update_fields=["verify_by"])
    happened = _store_rest(seller, user, business, draft, at)
    _store_consents(seller, user, agreed, at)
    _end(draft, seller)

    upgraded = MemberUpgraded(seller_id=seller.pk, subject=seller.code, user_id=user.pk)
    events.record_all([upgraded, *happened], actor=actor, at=at)
    return seller


def is_taken(email: str) -> bool:
    """Whether an account answers to this address. Behind a brake only: it tells who is a member."""
    address = email.strip().lower()
    return User.objects.filter(Q(login=address) | Q(email=address)).exists()


def _locked(key: str) -> SignUpDraft:
    draft: SignUpDraft | None = SignUpDraft.objects.filter(key=key).lock().first()
    if draft is None:
        raise DraftGone()
    return draft


def _waits(kind: str, country: str) -> bool:
    return kind == BUSINESS and policy.needs_approval(country)  # a basic member never waits (A024)


def _store_user(form: SignUp, at: datetime) -> User:
    account = form.account
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                email=account.email,
                name=account.name,
                phone=account.phone,
                language=account.language,
                verify_by=at + DAYS_TO_VERIFY,
            )
    except IntegrityError as error:  # somebody was quicker by a moment
        raise EmailTaken(email=account.email) from error
    user.password = account.password_hash
    user.save(update_fields=["password"])
    return user


def _store_rest(
    seller: Seller, user: User, business: Business | None, draft: SignUpDraft, at: datetime
) -> Sequence[events.Event]:
    """Services, firm, papers and application of the seller; the seller's row is saved here."""
    service = business.answers.service if business else ""
    seller.uses_fulfilment, seller.uses_smart_delivery = services_of(seller.kind, service)
    seller.save(update_fields=["country", "kind", "status", "uses_fulfilment", "uses_smart_delivery"])
    if business is None:
        return []
    BusinessProfile.objects.create(seller=seller, **asdict(business.firm))
    papers = [StoredPaper(**paper) for paper in draft.papers]
    added = store_certificates(seller=seller, papers=papers, user_id=user.pk, at=at)
    desk = policy.desk_for(seller.country).email
    application = store_application(seller=seller, answers=business.answers, desk=desk, at=at)
    submitted = ApplicationSubmitted(seller_id=seller.pk, subject=application.code, application_id=application.pk)
    return [*added, submitted]


def _store_consents(seller: Seller, user: User, agreed: Mapping[str, str], at: datetime) -> None:
    consents = [
        Consent(
            seller=seller, user_id=user.pk, document=document, version=version, language=user.language, agreed_at=at
        )
        for document, version in sorted(agreed.items())
    ]
    Consent.objects.bulk_create(consents, ignore_conflicts=True)


def _end(draft: SignUpDraft, seller: Seller) -> None:
    draft.seller, draft.answers, draft.papers = seller, {}, []
    draft.save(update_fields=["seller", "answers", "papers"])


def _to_verify(seller: Seller, user: User, proof: str) -> EmailToVerify:
    return EmailToVerify(seller_id=seller.pk, subject=str(user.pk), user_id=user.pk, way=proof)


def _as_member(user: User, seller: Seller | None = None) -> Actor:
    """Who signed up did it themselves."""
    return Actor(kind=ActorKind.PERSON, id=str(user.pk), name=user.name, seller_id=seller.pk if seller else None)
