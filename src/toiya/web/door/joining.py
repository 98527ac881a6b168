"""The steps of joining at the edge: what the session holds, the proof of an account, and the way in at the end."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toiya.core import limits
from toiya.core.actor import system_actor
from toiya.core.limits import Limit
from toiya.domain.channels import queries
from toiya.domain.channels.actions.connecting import ShopAlreadyConnected
from toiya.domain.channels.actions.joining import JoinOver, MayNotLink, NewAccount, join_existing, join_new
from toiya.domain.channels.models import ConsoleLink, PendingJoin
from toiya.domain.members.actions.taking_over import Agreement
from toiya.domain.members.models import User
from toiya.domain.members.rules.documents import VERSIONS
from toiya.web.door.console_calls import key_for
from toiya.web.shared.middleware import SELLER_KEY
from toiya.web.shared.reader import Request
from toiya.web.shared.signing_in import enter

SECRET, PROVEN, ENTERING = "joining", "joining_proven", "entering"
ACTOR = system_actor("joining")
BY_ACCOUNT = Limit("join_password", 8, timedelta(minutes=15))
BY_JOIN = Limit("join_tries", 12, timedelta(minutes=15))


@dataclass(frozen=True, slots=True)
class Proven:
    """Whose password was given, and what was chosen then: kept while a second factor is asked for."""

    user_id: int
    is_apart: bool
    has_agreed: bool


def pending_of(request: Request) -> PendingJoin | None:
    """The join that waits in this browser session."""
    return queries.pending_join(request.session.get(SECRET, ""), request.at)


def prove(request: Request, pending: PendingJoin, login: str, password: str) -> User | None:
    """
    Whose account that is, by its password alone; None whether there is no such account or the password is another.

    :raises TooManyTries: for the account, or for this join
    """
    limits.take(BY_JOIN, pending.secret_hash, at=request.at)
    limits.take(BY_ACCOUNT, login, at=request.at)
    user = authenticate(request, username=login, password=password)
    if not isinstance(user, User):
        return None
    limits.forget(BY_ACCOUNT, login)
    return user


def agreement(*, is_given: bool) -> Agreement:
    """What was agreed to, in the language it was shown in."""
    return Agreement(VERSIONS if is_given else {}, get_language() or "en")


def finish_new(request: Request, pending: PendingJoin, password: str) -> HttpResponse:
    """A new account, connected and linked; then in."""
    if queries.connected_seller(pending.channel, pending.shop_id) is not None:
        raise ShopAlreadyConnected(shop_id=pending.shop_id)
    link = join_new(
        secret=request.session[SECRET],
        account=NewAccount(queries.free_login(pending), password),
        agreement=agreement(is_given=True),
        issued=key_for(pending, request.at),
        actor=ACTOR,
        at=request.at,
    )
    words = _(
        "Welcome. %(shop)s is connected and its orders are on their way. "
        "Apply for fulfilment to use QX Smart Inventory with our warehouse."
    )
    messages.success(request, words % {"shop": link.connection.name})
    return go_in(request, link)


def finish_existing(request: Request, pending: PendingJoin, proven: Proven) -> HttpResponse:
    """Link the proven account; then in."""
    user = User.objects.filter(pk=proven.user_id, is_active=True, staff=None).first()
    if user is None:
        raise MayNotLink()
    seller_code = "" if proven.is_apart else _seller_for(pending, user)
    if not seller_code and not proven.has_agreed:
        raise MayNotLink()
    owner = queries.connected_seller(pending.channel, pending.shop_id)
    if owner is not None and owner not in {
        each.seller_id for each in queries.sellers_to_link(user) if each.seller.code == seller_code
    }:
        raise ShopAlreadyConnected(shop_id=pending.shop_id)
    link = join_existing(
        secret=request.session[SECRET],
        user_id=user.pk,
        seller_code=seller_code,
        agreement=agreement(is_given=not seller_code),
        issued=key_for(pending, request.at),
        actor=ACTOR,
        at=request.at,
    )
    messages.success(
        request, _("%(shop)s is linked. From now on its seller console opens Toiya.") % {"shop": link.connection.name}
    )
    return go_in(request, link)


def _seller_for(pending: PendingJoin, user: User) -> str:
    """The seller that has the shop already, else the first the person may connect shops for; '' when there is none."""
    choices = queries.sellers_to_link(user)
    owner = queries.connected_seller(pending.channel, pending.shop_id)
    ordered = sorted(choices, key=lambda each: each.seller_id != owner)
    return ordered[0].seller.code if ordered else ""


def go_in(request: Request, link: ConsoleLink) -> HttpResponse:
    """Sign the linked person in; the order page is where everybody lands (A032)."""
    forget(request)
    response = enter(request, link.user, way="link", next_address=reverse("portal:orders"))
    request.session[SELLER_KEY] = link.seller.code
    response.status_code = 303
    return response


def forget(request: Request) -> None:
    """Nothing of joining stays in the session."""
    for name in (SECRET, PROVEN, ENTERING):
        request.session.pop(name, None)


def keep_proven(request: Request, proven: Proven) -> None:
    """Until the second factor is given, in this session alone."""
    request.session[PROVEN] = asdict(proven)


def proven_of(request: Request) -> Proven:
    """:raises JoinOver: nothing was proven in this session"""
    kept: dict[str, Any] | None = request.session.get(PROVEN)
    if not kept:
        raise JoinOver()
    return Proven(**kept)


def proven_user(request: Request) -> User:
    """Who gave the password in this session. :raises JoinOver: nobody, or they are switched off"""
    user = User.objects.filter(pk=proven_of(request).user_id, is_active=True).first()
    if user is None:
        raise JoinOver()
    return user
