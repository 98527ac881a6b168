"""Sellers join us, link an account, and enter from a site's console. Who they are: (channel, shop id), no e-mail."""

from __future__ import annotations

import secrets as random
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, secrets
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.channels import queries, rules
from toiya.domain.channels.actions.connecting import ShopAlreadyConnected, Switches, connect_shop, renew_key
from toiya.domain.channels.events import EnteredFromConsole, JoinBegun, ShopLinked, ShopUnlinked
from toiya.domain.channels.models import Connection, ConsoleLink, PendingJoin, UsedAssertion
from toiya.domain.channels.models.joins import hash_of
from toiya.domain.channels.port import Assertion, IssuedKey
from toiya.domain.members.actions.taking_over import Agreement, Firm, NewPerson, take_over
from toiya.domain.members.models import Seller, User

PENDING_FOR = timedelta(minutes=30)
LONGEST_PENDING = timedelta(hours=23)  # the site gives the key for a day


class JoinNotTrusted(Refusal):
    """One message for everything that is wrong with an assertion, so that it teaches a forger nothing."""

    code = "join_not_trusted"
    message = gettext_lazy(
        "This request to join cannot be trusted: it is too old, was used before, or does not come from the site. "
        "Go back to the seller console and press the button once more."
    )


class JoinOver(Refusal):
    """The half hour passed, it was finished, or it belongs to another browser."""

    code = "join_over"
    message = gettext_lazy("This join is over. Go back to the seller console and press the button once more.")


class MayNotLink(Refusal):
    """The account has no role that may connect shops at that seller."""

    code = "may_not_link"
    message = gettext_lazy(
        "With this account no shop may be connected there. Choose another account, or ask the owner for the role."
    )


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What the page adds to what the site carried over: the log-in id, and a password for next time if wished."""

    login: str
    password: str = ""


@transaction.atomic
def begin_join(*, channel: str, assertion: Assertion, raw: str, actor: Actor, at: datetime) -> str:
    """
    Use the assertion up and keep what it carried over for half an hour; the secret is for the browser's session.

    :raises JoinNotTrusted: the assertion was used before
    """
    secret = random.token_urlsafe(32)

    _use_up(assertion)
    PendingJoin.objects.create(
        secret_hash=hash_of(secret),
        channel=channel,
        shop_id=assertion.shop_id,
        shop_name=rules.printable(assertion.shop_name)[:100],
        email=assertion.email.strip().lower(),
        contact_name=rules.printable(assertion.contact_name)[:100],
        phone=rules.phone_of(assertion.phone),
        country=rules.country_of(assertion.country),
        postal_code=rules.printable(assertion.postal_code)[:12],
        address=rules.printable(assertion.address)[:280],
        company_name=rules.printable(assertion.company_name)[:100],
        sealed_assertion=secrets.seal(raw, bound_to=_bound_to(hash_of(secret))),
        begun_at=at,
        expires_at=at + PENDING_FOR,
    )

    events.record(JoinBegun(seller_id=None, subject=assertion.shop_id, channel=channel), actor=actor, at=at)
    return secret


@transaction.atomic
def renew_join(*, secret: str, at: datetime) -> PendingJoin:
    """
    Keep a join that somebody works on for another half hour, within the day for which the site gives the key.

    :raises JoinOver:
    """
    pending = _locked(secret, at)

    pending.expires_at = min(at + PENDING_FOR, pending.begun_at + LONGEST_PENDING)
    pending.save(update_fields=["expires_at"])
    return pending


def assertion_of(pending: PendingJoin) -> str:
    """The site's assertion as it came, for the call that gets the key. Never log it."""
    return secrets.unseal(pending.sealed_assertion, bound_to=_bound_to(pending.secret_hash))


@transaction.atomic
def join_new(
    *, secret: str, account: NewAccount, agreement: Agreement, issued: IssuedKey, actor: Actor, at: datetime
) -> ConsoleLink:
    """
    A new seller with its owner, connected and linked: all of A032 in one go.

    :raises JoinOver:
    :raises ShopAlreadyConnected: the shop has a connection; we do not say whose
    :raises LoginTaken: somebody was quicker
    """
    pending = _locked(secret, at)

    name = pending.contact_name or pending.company_name or pending.shop_name or pending.shop_id
    person = NewPerson(account.login, pending.email, name, account.password)
    seller = take_over(firm=_firm(pending), person=person, agreement=agreement, actor=actor, at=at)
    user = User.objects.get(memberships__seller=seller)
    shop = _connected(pending, seller, issued, actor, at)
    link, told = _linked(pending, shop, user, at)

    events.record(told, actor=actor, at=at)
    return link


@transaction.atomic
def join_existing(
    *,
    secret: str,
    user_id: int,
    seller_code: str,
    agreement: Agreement,
    issued: IssuedKey,
    actor: Actor,
    at: datetime,
) -> ConsoleLink:
    """
    Link the shop to an account whose owner has proven it: to one of its sellers, or to a new one of theirs (L39).

    :param seller_code: empty for a seller of its own, to which `agreement` belongs
    :raises JoinOver:
    :raises MayNotLink: no such account, or no role at that seller that may connect shops
    :raises ShopAlreadyConnected: the shop is connected to another seller; we do not say whose
    """
    pending = _locked(secret, at)
    user: User | None = User.objects.filter(pk=user_id, is_active=True, staff=None).first()

    if user is None:
        raise MayNotLink()
    if seller_code:
        seller = next((each.seller for each in queries.sellers_to_link(user) if each.seller.code == seller_code), None)
        if seller is None:
            raise MayNotLink()
    else:
        seller = take_over(firm=_firm(pending), person=user, agreement=agreement, actor=actor, at=at)

    shop = _connected(pending, seller, issued, actor, at)
    link, told = _linked(pending, shop, user, at)

    events.record(told, actor=actor, at=at)
    return link


@transaction.atomic
def enter(*, channel: str, assertion: Assertion, actor: Actor, at: datetime) -> ConsoleLink:
    """
    Use the assertion up and say for whom the linked shop opens the door (A036).

    :raises JoinNotTrusted: the assertion was used before
    :raises JoinOver: the shop is not linked, or its person is gone
    """
    _use_up(assertion)
    link = queries.living_link(channel, assertion.shop_id)
    if link is None:
        raise JoinOver()

    link.entered_at = at
    link.save(update_fields=["entered_at"])

    entered = EnteredFromConsole(seller_id=link.seller_id, subject=link.connection.code, user_id=link.user_id)
    events.record(entered, actor=actor, at=at)
    return link


@transaction.atomic
def unlink_shop(*, link_id: int, actor: Actor, at: datetime) -> None:
    """
    Shut the door from the site's console. The shop stays connected; nothing is changed at the site.

    :raises NotFound: no such link of this seller
    """
    link: ConsoleLink | None = ConsoleLink.objects.visible_to(actor).filter(pk=link_id).lock().first()
    if link is None:
        raise NotFound(kind="link", code=str(link_id))

    told = ShopUnlinked(
        seller_id=link.seller_id,
        subject=link.connection.code,
        channel=link.channel,
        shop_id=link.shop_id,
        user_id=link.user_id,
    )
    link.delete()

    events.record(told, actor=actor, at=at)


def _use_up(assertion: Assertion) -> None:
    row = UsedAssertion(
        issuer=assertion.issuer, token_id=assertion.token_id, expires_at=assertion.expires_at + rules.CLOCK_SKEW
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise JoinNotTrusted() from error


def _locked(secret: str, at: datetime) -> PendingJoin:
    found = PendingJoin.objects.filter(secret_hash=hash_of(secret), expires_at__gt=at)
    pending: PendingJoin | None = found.lock().first() if secret else None
    if pending is None:
        raise JoinOver()
    return pending


def _firm(pending: PendingJoin) -> Firm:
    name = pending.shop_name or pending.company_name or pending.shop_id
    address = " ".join(part for part in (pending.postal_code, pending.address) if part)
    return Firm(name, pending.country or "JP", pending.company_name, address, pending.phone)


def _connected(pending: PendingJoin, seller: Seller, issued: IssuedKey, actor: Actor, at: datetime) -> Connection:
    """The shop's connection with its new key, made or renewed."""
    found = Connection.objects.filter(channel=pending.channel, shop_id=pending.shop_id)
    shop: Connection | None = found.lock().first()
    if shop is not None and shop.seller_id != seller.pk:
        raise ShopAlreadyConnected(shop_id=pending.shop_id)
    if shop is not None:
        return renew_key(connection_code=shop.code, issued=issued, actor=actor, at=at)
    return connect_shop(
        seller_id=seller.pk,
        channel=pending.channel,
        shop_id=pending.shop_id,
        name=pending.shop_name,
        issued=issued,
        switches=Switches(),
        actor=actor,
        at=at,
    )


def _linked(pending: PendingJoin, shop: Connection, user: User, at: datetime) -> tuple[ConsoleLink, ShopLinked]:
    """The link, in the place of a dead one; the join is over."""
    link, _ = ConsoleLink.objects.update_or_create(
        channel=pending.channel,
        shop_id=pending.shop_id,
        defaults={
            "seller_id": shop.seller_id,
            "connection": shop,
            "user": user,
            "email": pending.email,
            "linked_at": at,
            "entered_at": at,
        },
    )
    told = ShopLinked(
        seller_id=shop.seller_id,
        subject=shop.code,
        connection_id=shop.pk,
        channel=pending.channel,
        shop_id=pending.shop_id,
        user_id=user.pk,
    )
    pending.delete()
    return link, told


def _bound_to(secret_hash: str) -> str:
    return f"join {secret_hash}"
